"""Kitchen garden: facts on common crops with usual spacings and times, bed arithmetic, the persona's plantings."""

import math
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import IsoDate, Limit
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound
from mock_apis.food.nutrition import FoodName
from mock_apis.home.garden_rows import (
    PLANTINGS,
    BedPlan,
    Celsius,
    Crop,
    CropList,
    DegreeDays,
    Family,
    Frost,
    Metres,
    OutdoorDate,
    Planting,
    PlantingId,
    PlantingList,
    Rotation,
    Soil,
    crop_of,
)

garden = Domain("garden", category="home", description="Crops of the kitchen garden and the user's own plantings.")


@garden.tool(example={"frost": "tender"}, kind="stateful")
def crops(
    w: World, query: str = "", family: Family | None = None, frost: Frost | None = None, limit: Limit = 5
) -> CropList:
    """Find garden crops with family, frost hardiness, spacing and planting time.

    query: Part of the English or botanical name, in any case; all crops if left out.
    family: Only crops of this botanical family.
    frost: Only hardy or only frost-tender crops.
    limit: At most this many crops.
    """
    text = query.casefold()
    rows = [Crop(**row) for row in load_rows("garden_crops")]
    rows = [row for row in rows if text in row.crop or text in row.botanical_name.casefold()]
    rows = [row for row in rows if family in (None, row.family) and frost in (None, row.frost)]
    return CropList(total=len(rows), crops=rows[:limit])


@garden.tool(example={"before": "tomato", "after": "potato"}, errors=[NotFound], kind="stateful")
def check_rotation(w: World, before: FoodName, after: FoodName) -> Rotation:
    """Tell whether two crops that follow each other are of one plant family.

    before: Crop that grew in the bed, as given by garden_crops.
    after: Crop that is to follow, as given by garden_crops.
    """
    first, second = crop_of("before", before).family, crop_of("after", after).family
    return Rotation(same_family=first == second, before=first, after=second)


@garden.tool(example={"crop": "carrot", "length_m": 3.0, "width_m": 1.2}, errors=[NotFound], kind="stateful")
def bed_plan(w: World, crop: FoodName, length_m: Metres, width_m: Metres) -> BedPlan:
    """Count the plants of a crop that a rectangular bed holds at usual spacing.

    crop: The crop, as given by garden_crops.
    length_m: Length of the bed in metres; rows run along it.
    width_m: Width of the bed in metres.
    """
    row = crop_of("crop", crop)
    rows = max(1, math.floor(width_m * 100 / row.row_spacing_cm + 1e-9))
    each = max(1, math.floor(length_m * 100 / row.plant_spacing_cm + 1e-9))
    return BedPlan(crop=crop, rows=rows, plants_per_row=each, plants=rows * each)


@garden.tool(
    example={"crop": "tomato", "last_frost": "2025-05-10"}, errors=[NotFound, FailedPrecondition], kind="stateful"
)
def outdoor_date(w: World, crop: FoodName, last_frost: IsoDate) -> OutdoorDate:
    """Find the usual first day to sow or plant a crop outdoors in spring.

    crop: The crop, as given by garden_crops.
    last_frost: Expected day of the last frost, YYYY-MM-DD.
    """
    weeks = crop_of("crop", crop).weeks_from_last_frost
    if weeks is None:
        raise FailedPrecondition(f"crop '{crop}' is planted in autumn")
    if not 2 <= int(last_frost[:4]) <= 9998:
        raise InvalidArgument(f"last_frost {last_frost} is out of range")
    return OutdoorDate(crop=crop, day=(date.fromisoformat(last_frost) + timedelta(weeks=weeks)).isoformat())


@garden.tool(example={"highs_c": [20.0, 25.0], "lows_c": [10.0, 12.0], "base_c": 10.0}, kind="stateful")
def degree_days(
    w: World,
    highs_c: Annotated[list[Celsius], Field(min_length=1, max_length=60)],
    lows_c: Annotated[list[Celsius], Field(min_length=1, max_length=60)],
    base_c: Annotated[float, Field(ge=-10, le=30)] = 10.0,
) -> DegreeDays:
    """Add up growing degree days: each day's mean temperature above a base.

    highs_c: Highest temperature of each day in degrees Celsius.
    lows_c: Lowest temperature of each day in degrees Celsius, as many as there are highs.
    base_c: Temperature below which the crop does not grow.
    """
    if len(highs_c) != len(lows_c):
        raise InvalidArgument(f"lows_c has {len(lows_c)} days and highs_c {len(highs_c)}")
    if any(low > high for high, low in zip(highs_c, lows_c, strict=True)):
        raise InvalidArgument("lows_c: a low is above the high of its day")
    days = [max(0.0, (high + low) / 2 - base_c) for high, low in zip(highs_c, lows_c, strict=True)]
    return DegreeDays(degree_days=round(sum(days), 2))


@garden.tool(example={"length_m": 2.0, "width_m": 1.0, "depth_cm": 25.0, "bag_litres": 40.0}, kind="stateful")
def soil_for_bed(
    w: World,
    length_m: Metres,
    width_m: Metres,
    depth_cm: Annotated[float, Field(ge=1, le=200)],
    bag_litres: Annotated[float, Field(ge=1, le=2000)] = 40.0,
) -> Soil:
    """Work out litres and bags of soil that fill a raised bed.

    length_m: Inner length in metres.
    width_m: Inner width in metres.
    depth_cm: Depth to fill in centimetres.
    bag_litres: Litres in one bag.
    """
    litres = length_m * width_m * depth_cm * 10
    return Soil(litres=round(litres, 1), bags=math.ceil(litres / bag_litres - 1e-9))


@garden.tool(
    example={"crop": "@garden_bed_plan.crop", "bed": "south bed", "plants": "@garden_bed_plan.plants_per_row"},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def plant(w: World, crop: FoodName, bed: str, plants: Annotated[int, Field(ge=1, le=100000)]) -> Planting:
    """Record that a crop is planted in a bed of the user's garden today.

    crop: The crop, as given by garden_crops.
    bed: What the user calls the bed, for example south bed.
    plants: How many plants.
    """
    crop_of("crop", crop)
    row = Planting(
        planting_id=w.new_id("PLT"),
        crop=crop,
        bed=bed,
        plants=plants,
        planted=w.today.isoformat(),
        harvested_g=0,
        active=True,
    )
    return PLANTINGS.put(w, row)


@garden.tool(example={}, kind="stateful")
def plantings(w: World, bed: str | None = None, include_cleared: bool = False, limit: Limit = 5) -> PlantingList:
    """List what grows in the user's garden with harvests so far, oldest first.

    bed: Only plantings in this bed, in any case.
    include_cleared: Whether plantings that were cleared are listed too.
    limit: At most this many plantings.
    """
    rows = [row for row in PLANTINGS.all(w) if row.active or include_cleared]
    rows = [row for row in rows if bed is None or row.bed.casefold() == bed.casefold()]
    rows.sort(key=lambda row: (row.planted, row.planting_id))
    return PlantingList(total=len(rows), plantings=rows[:limit])


@garden.tool(
    example={"planting_id": "@garden_plantings.plantings[0].planting_id", "grams": 450},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def log_harvest(w: World, planting_id: PlantingId, grams: Annotated[int, Field(ge=1, le=100000)]) -> Planting:
    """Add a harvest to a planting of the user's garden.

    planting_id: The planting, as given by garden_plant or garden_plantings.
    grams: Weight of the harvest in grams.
    """
    row = growing(w, planting_id)
    return PLANTINGS.put(w, row.model_copy(update={"harvested_g": row.harvested_g + grams}))


@garden.tool(
    example={"planting_id": "@garden_plantings.plantings[0].planting_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def clear(w: World, planting_id: PlantingId) -> Planting:
    """Mark a planting as cleared from its bed; its harvest is kept.

    planting_id: The planting, as given by garden_plant or garden_plantings.
    """
    return PLANTINGS.put(w, growing(w, planting_id).model_copy(update={"active": False}))


def growing(w: World, planting_id: str) -> Planting:
    """A planting that still stands. Raises NotFound, FailedPrecondition."""
    row = PLANTINGS.get(w, planting_id)
    if not row.active:
        raise FailedPrecondition(f"planting_id {planting_id} was cleared")
    return row
