"""The rows behind the pets of the persona, and facts on toxic foods."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Record, Table, World
from mock_apis.core.entities import Entity, IsoDate
from mock_apis.food.nutrition import FoodName

PetId = Annotated[str, Field(pattern=r"^PET-[0-9A-F]{6}$"), Entity("pet.id")]
VaccinationId = Annotated[str, Field(pattern=r"^VAX-[0-9A-F]{6}$")]
Species = Literal["dog", "cat", "rabbit", "parrot"]
Kilograms = Annotated[float, Field(ge=0.05, le=120)]

ALLIUM = "sulphur compounds of onions and their kin, which destroy red blood cells"
CHOCOLATE = "theobromine and caffeine"
TOXIC: dict[str, tuple[tuple[Species, ...], str]] = {
    "onion": (("dog", "cat"), ALLIUM),
    "spring onion": (("dog", "cat"), ALLIUM),
    "leek": (("dog", "cat"), ALLIUM),
    "garlic": (("dog", "cat"), ALLIUM),
    "grape": (("dog",), "a substance that can make the kidneys fail"),
    "dark chocolate": (("dog", "cat", "rabbit", "parrot"), CHOCOLATE),
    "cocoa powder": (("dog", "cat", "rabbit", "parrot"), CHOCOLATE),
    "coffee, black": (("dog", "cat", "rabbit", "parrot"), "caffeine"),
    "white wine": (("dog", "cat", "rabbit", "parrot"), "alcohol"),
    "red wine": (("dog", "cat", "rabbit", "parrot"), "alcohol"),
    "avocado": (("rabbit", "parrot"), "persin"),
}
"""Foods of which veterinary references agree that they are toxic to the species."""
FACTORS = {("dog", True): 1.6, ("dog", False): 1.8, ("cat", True): 1.2, ("cat", False): 1.4}
"""Usual multiples of the resting energy of an adult, by species and whether neutered."""


class Pet(Record):
    pet_id: PetId
    name: str
    species: Species
    born: IsoDate
    neutered: bool
    weight_kg: float | None
    """The latest one."""


class PetList(Record):
    total: int
    pets: list[Pet]


class Weighing(Record):
    day: IsoDate
    weight_kg: float


class Weights(Record):
    pet_id: PetId
    total: int
    change_kg: float
    """From the first to the latest."""
    weights: list[Weighing]


class WeightRow(Weighing):
    key: str
    pet_id: PetId


class Vaccination(Record):
    vaccination_id: VaccinationId
    pet_id: PetId
    vaccine: str
    given: IsoDate
    due: IsoDate


class VaccinationList(Record):
    total: int
    vaccinations: list[Vaccination]


class EnergyNeed(Record):
    pet_id: PetId
    resting_kcal_per_day: float
    """70 times the weight to the power of 0.75"""
    adult_kcal_per_day: float


class FoodRisk(Record):
    food: FoodName
    species: Species
    known_toxic: bool
    """False only says that it is not on this list, not that it is safe."""
    agent: str | None


def seed_pets(w: World) -> list[Pet]:
    """A dog or a cat, or both."""
    draw = w.draw("pets")
    kinds: tuple[tuple[Species, tuple[str, ...], int, int], ...] = (
        ("dog", ("Bramble", "Rolf", "Pepper"), 90, 320),
        ("cat", ("Miso", "Tilda", "Oskar"), 32, 58),
    )
    return [
        Pet(
            pet_id=f"PET-{draw.bits() % 0x1000000:06X}",
            name=draw.pick(names),
            species=species,
            born=(w.today - timedelta(days=draw.between(500, 3600))).isoformat(),
            neutered=draw.chance(0.7),
            weight_kg=draw.between(low, high) / 10,
        )
        for species, names, low, high in kinds
    ]


def seed_vaccinations(w: World) -> list[Vaccination]:
    """One for each pet, given within the past year."""
    draw, rows = w.draw("pets.vaccinations"), []
    for pet in PETS.all(w):
        given = w.today - timedelta(days=draw.between(60, 350))
        rows.append(
            Vaccination(
                vaccination_id=f"VAX-{draw.bits() % 0x1000000:06X}",
                pet_id=pet.pet_id,
                vaccine="leptospirosis" if pet.species == "dog" else "cat flu",
                given=given.isoformat(),
                due=(given + timedelta(days=365)).isoformat(),
            )
        )
    return rows


PETS = Table("pets", key="pet_id", seed_rows=seed_pets)
WEIGHTS = Table[WeightRow]("pet_weights", key="key", seed_rows=lambda w: ())
VACCINATIONS = Table("pet_vaccinations", key="vaccination_id", seed_rows=seed_vaccinations)
