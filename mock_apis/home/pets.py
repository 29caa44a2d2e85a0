"""The persona's pets: weights and vaccinations, energy need by formula, and foods that are known to be toxic."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, World
from mock_apis.core.entities import IsoDate, Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound
from mock_apis.food.nutrition import FoodName, row_of
from mock_apis.home.pet_rows import (
    FACTORS,
    PETS,
    TOXIC,
    VACCINATIONS,
    WEIGHTS,
    EnergyNeed,
    FoodRisk,
    Kilograms,
    Pet,
    PetId,
    PetList,
    Species,
    Vaccination,
    VaccinationList,
    Weighing,
    WeightRow,
    Weights,
)

pets = Domain("pets", category="home", description="The user's pets: weights, vaccinations, energy need, toxic foods.")


@pets.tool(
    example={"name": "Juno", "species": "dog", "born": "2022-05-04", "neutered": True}, writes=True, kind="stateful"
)
def register(w: World, name: str, species: Species, born: IsoDate, neutered: bool) -> Pet:
    """Add a pet to the household with species and birth.

    name: What the pet is called.
    species: Dog, cat, rabbit or parrot.
    born: Date of birth, YYYY-MM-DD, not after today.
    neutered: Whether the pet is neutered.
    """
    if not "1920-01-01" <= born <= w.today.isoformat() or not name.strip():
        raise InvalidArgument(f"born {born} lies after today, {w.today}, or name '{name}' is empty")
    row = Pet(pet_id=w.new_id("PET"), name=name, species=species, born=born, neutered=neutered, weight_kg=None)
    return PETS.put(w, row)


@pets.tool(example={}, kind="stateful")
def list_(w: World, species: Species | None = None, limit: Limit = 5) -> PetList:
    """List the user's pets with species, date of birth and latest weight.

    species: Only pets of this species.
    limit: At most this many pets.
    """
    rows = [row for row in PETS.all(w) if species in (None, row.species)]
    return PetList(total=len(rows), pets=rows[:limit])


@pets.tool(
    example={"pet_id": "@pets_list.pets[0].pet_id", "weight_kg": 14.2}, errors=[NotFound], writes=True, kind="stateful"
)
def log_weight(w: World, pet_id: PetId, weight_kg: Kilograms) -> Pet:
    """Record what a pet weighs today, in place of an earlier entry of today.

    pet_id: The pet, as given by pets_list.
    weight_kg: Weight in kilograms, 0.05 to 120.
    """
    pet, day = PETS.get(w, pet_id), w.today.isoformat()
    WEIGHTS.put(w, WeightRow(key=f"{pet_id} {day}", pet_id=pet_id, day=day, weight_kg=weight_kg))
    return PETS.put(w, pet.model_copy(update={"weight_kg": weight_kg}))


@pets.tool(example={"pet_id": "@pets_log_weight.pet_id"}, errors=[NotFound], kind="stateful")
def weights(w: World, pet_id: PetId, limit: Limit = 10) -> Weights:
    """List the weights recorded of a pet, latest first, and the change.

    pet_id: The pet, as given by pets_list.
    limit: At most this many weights.
    """
    PETS.get(w, pet_id)
    rows = [Weighing(day=row.day, weight_kg=row.weight_kg) for row in WEIGHTS.all(w) if row.pet_id == pet_id]
    rows.sort(key=lambda row: row.day, reverse=True)
    change = round(rows[0].weight_kg - rows[-1].weight_kg, 3) if rows else 0.0
    return Weights(pet_id=pet_id, total=len(rows), change_kg=change, weights=rows[:limit])


@pets.tool(
    example={"pet_id": "@pets_list.pets[0].pet_id", "vaccine": "rabies", "given": "2024-01-05", "days_valid": 1095},
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def add_vaccination(
    w: World,
    pet_id: PetId,
    vaccine: str,
    given: IsoDate,
    days_valid: Annotated[int, Field(ge=14, le=2000)] = 365,
) -> Vaccination:
    """Record a vaccination of a pet with the day on which the next is due.

    pet_id: The pet, as given by pets_list.
    vaccine: What against, for example rabies; it replaces the pet's earlier one against the same.
    given: Day it was given, YYYY-MM-DD, not after today.
    days_valid: Days until the next is due, 14 to 2000.
    """
    pet = PETS.get(w, pet_id)
    if not pet.born <= given <= w.today.isoformat():
        raise InvalidArgument(f"given {given} lies after today, {w.today}, or before the pet's birth")
    same = [row for row in VACCINATIONS.all(w) if row.pet_id == pet_id and row.vaccine.casefold() == vaccine.casefold()]
    for row in same:
        if row.given >= given:
            raise Conflict(f"vaccine '{vaccine}' was given on {row.given} already, see {row.vaccination_id}")
        VACCINATIONS.remove(w, row.vaccination_id)
    due = (date.fromisoformat(given) + timedelta(days=days_valid)).isoformat()
    row = Vaccination(vaccination_id=w.new_id("VAX"), pet_id=pet_id, vaccine=vaccine, given=given, due=due)
    return VACCINATIONS.put(w, row)


@pets.tool(example={"within_days": 365}, kind="stateful")
def vaccinations_due(
    w: World,
    within_days: Annotated[int, Field(ge=0, le=3650)] = 60,
    pet_id: PetId | None = None,
    limit: Limit = 5,
) -> VaccinationList:
    """List the pets' vaccinations that are overdue or due soon, soonest first.

    within_days: How many days ahead to look.
    pet_id: Only vaccinations of this pet, as given by pets_list.
    limit: At most this many vaccinations.
    """
    last = (w.today + timedelta(days=within_days)).isoformat()
    rows = [row for row in VACCINATIONS.all(w) if row.due <= last and pet_id in (None, row.pet_id)]
    rows.sort(key=lambda row: (row.due, row.vaccination_id))
    return VaccinationList(total=len(rows), vaccinations=rows[:limit])


@pets.tool(example={"pet_id": "@pets_list.pets[0].pet_id"}, errors=[NotFound, FailedPrecondition], kind="stateful")
def energy_need(w: World, pet_id: PetId) -> EnergyNeed:
    """Estimate the energy a grown dog or cat needs a day from its weight.

    pet_id: A dog or cat with a recorded weight, as given by pets_list.
    """
    pet = PETS.get(w, pet_id)
    factor = FACTORS.get((pet.species, pet.neutered))
    if factor is None or pet.weight_kg is None:
        raise FailedPrecondition(f"pet_id {pet_id} is a {pet.species} of weight {pet.weight_kg}; see pets_log_weight")
    resting = 70 * pet.weight_kg**0.75
    return EnergyNeed(
        pet_id=pet_id, resting_kcal_per_day=round(resting, 1), adult_kcal_per_day=round(resting * factor, 1)
    )


@pets.tool(example={"food": "onion", "species": "dog"}, errors=[NotFound], kind="stateful")
def toxic_food(w: World, food: FoodName, species: Species) -> FoodRisk:
    """Tell whether a food is on a short list of foods toxic to a species.

    food: Name of the food, as given by nutrition_search.
    species: Dog, cat, rabbit or parrot.
    """
    row_of(food)
    harmed, agent = TOXIC.get(food, ((), None))
    toxic = species in harmed
    return FoodRisk(food=food, species=species, known_toxic=toxic, agent=agent if toxic else None)


@pets.tool(example={"pet_id": "@pets_register.pet_id"}, errors=[NotFound], writes=True, kind="stateful")
def remove(w: World, pet_id: PetId) -> Pet:
    """Take a pet off the household's list, together with its records.

    pet_id: The pet, as given by pets_list.
    """
    pet = PETS.remove(w, pet_id)
    for weight in [row for row in WEIGHTS.all(w) if row.pet_id == pet_id]:
        WEIGHTS.remove(w, weight.key)
    for vaccination in [row for row in VACCINATIONS.all(w) if row.pet_id == pet_id]:
        VACCINATIONS.remove(w, vaccination.vaccination_id)
    return pet
