"""The crops of the kitchen garden and the rows of the plantings."""

from datetime import timedelta
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field

from mock_apis.core import Record, Table, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import Entity, IsoDate
from mock_apis.core.errors import NotFound
from mock_apis.food.nutrition import FoodName

PlantingId = Annotated[str, Field(pattern=r"^PLT-[0-9A-F]{6}$"), Entity("garden_planting.id")]
Family = Literal[
    "Amaranthaceae", "Amaryllidaceae", "Apiaceae", "Asteraceae", "Brassicaceae", "Convolvulaceae", "Cucurbitaceae",
    "Fabaceae", "Lamiaceae", "Solanaceae",
]  # fmt: skip
Frost = Literal["hardy", "tender"]
Metres = Annotated[float, Field(ge=0.2, le=100)]
Celsius = Annotated[float, Field(ge=-60, le=60)]


class Crop(Record):
    crop: FoodName
    botanical_name: str
    family: Family
    frost: Frost
    """Whether frost kills its leaves (tender) or not."""
    plant_spacing_cm: int
    row_spacing_cm: int
    weeks_from_last_frost: int | None
    """When it goes outdoors, before (negative) or after the last frost; null for autumn planting."""


class CropList(Record):
    total: int
    crops: list[Crop]


class Rotation(Record):
    same_family: bool
    before: Family
    after: Family


class BedPlan(Record):
    crop: FoodName
    rows: int
    plants_per_row: int
    plants: int


class OutdoorDate(Record):
    crop: FoodName
    day: IsoDate


class DegreeDays(Record):
    degree_days: float


class Soil(Record):
    litres: float
    bags: int


class Planting(Record):
    planting_id: PlantingId
    crop: FoodName
    bed: str
    plants: int
    planted: IsoDate
    harvested_g: int
    active: bool


class PlantingList(Record):
    total: int
    plantings: list[Planting]


def seed_plantings(w: World) -> list[Planting]:
    """Three crops in two beds."""
    draw = w.draw("garden")
    chosen = draw.sample([row["crop"] for row in load_rows("garden_crops")], 3)
    return [
        Planting(
            planting_id=f"PLT-{draw.bits() % 0x1000000:06X}",
            crop=crop,
            bed=bed,
            plants=draw.between(3, 20),
            planted=(w.today - timedelta(days=draw.between(10, 80))).isoformat(),
            harvested_g=0,
            active=True,
        )
        for crop, bed in zip(chosen, ("north bed", "north bed", "south bed"), strict=True)
    ]


PLANTINGS = Table("garden_plantings", key="planting_id", seed_rows=seed_plantings)


@cache
def rows_by_crop() -> dict[str, dict[str, Any]]:
    """The table's rows by crop."""
    return {row["crop"]: row for row in load_rows("garden_crops")}


def crop_of(argument: str, crop: str) -> Crop:
    """The crop. Raises NotFound."""
    if crop not in rows_by_crop():
        raise NotFound(f"no {argument} '{crop}' is known to the garden; see garden_crops")
    return Crop(**rows_by_crop()[crop])
