"""Home brewing by the usual formulas of brewers."""

import math
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition

brewing = Domain("brewing", category="food", description="Beer brewing: gravity, alcohol, bitterness, colour, mash.")

OriginalValue = Annotated[float, Entity("beer.original_gravity")]
Original = Annotated[float, Field(ge=1, le=1.2), Entity("beer.original_gravity")]
FinalValue = Annotated[float, Entity("beer.final_gravity")]
Final = Annotated[float, Field(ge=0.98, le=1.2), Entity("beer.final_gravity")]
Litres = Annotated[float, Field(ge=1, le=5000)]
Kilograms = Annotated[float, Field(ge=0.01, le=2000)]
Ppg = Annotated[float, Field(ge=1, le=46)]


class Wort(Record):
    original_gravity: OriginalValue
    plato: float


class Expected(Record):
    final_gravity: FinalValue
    abv_percent: float


class Alcohol(Record):
    abv_percent: float
    apparent_attenuation_percent: float


class Bitterness(Record):
    ibu: float
    utilization_percent: float


class Colour(Record):
    srm: float
    ebc: float


class Priming(Record):
    sugar_g: float
    """Table sugar."""


class Strike(Record):
    strike_c: float
    water_litres: float


class Reading(Record):
    gravity: OriginalValue


@brewing.tool(
    example={"malt_kg": 5.0, "points_per_pound_gallon": 36.0, "efficiency_percent": 75.0, "batch_litres": 20.0},
    errors=[FailedPrecondition],
    kind="computation",
)
def original_gravity(
    w: World,
    malt_kg: Kilograms,
    points_per_pound_gallon: Ppg,
    efficiency_percent: Annotated[float, Field(ge=20, le=100)],
    batch_litres: Litres,
) -> Wort:
    """Predict the gravity of wort from malt, its extract and the efficiency.

    malt_kg: Weight of the malt in kilograms.
    points_per_pound_gallon: Potential of the malt, 1 to 46; pale malt has about 36.
    efficiency_percent: Share of the potential that ends in the wort.
    batch_litres: Volume of the wort in litres.
    """
    points = malt_kg / 0.45359237 * points_per_pound_gallon * efficiency_percent / 100 / (batch_litres / 3.785411784)
    if points > 200:
        raise FailedPrecondition(f"malt_kg {malt_kg}: a gravity of {1 + points / 1000:.3f} is no wort")
    gravity = 1 + points / 1000
    return Wort(original_gravity=round(gravity, 4), plato=plato(gravity))


@brewing.tool(
    example={"original_gravity": "@brewing_original_gravity.original_gravity", "attenuation_percent": 75.0},
    kind="computation",
)
def expected_final_gravity(
    w: World, original_gravity: Original, attenuation_percent: Annotated[float, Field(ge=30, le=100)]
) -> Expected:
    """Predict final gravity and alcohol from the attenuation of the yeast.

    original_gravity: Gravity before fermentation, 1.0 to 1.2.
    attenuation_percent: Apparent attenuation of the yeast, 30 to 100.
    """
    final = 1 + (original_gravity - 1) * (1 - attenuation_percent / 100)
    return Expected(final_gravity=round(final, 4), abv_percent=round((original_gravity - final) * 131.25, 2))


@brewing.tool(
    example={
        "original_gravity": "@brewing_original_gravity.original_gravity",
        "final_gravity": "@brewing_expected_final_gravity.final_gravity",
    },
    errors=[FailedPrecondition],
    kind="computation",
)
def alcohol(w: World, original_gravity: Original, final_gravity: Final) -> Alcohol:
    """Work out alcohol by volume and attenuation from two measured gravities.

    original_gravity: Gravity before fermentation, 1.0 to 1.2.
    final_gravity: Gravity after fermentation, not above the first one.
    """
    if final_gravity > original_gravity or original_gravity <= 1:
        raise FailedPrecondition(f"final_gravity {final_gravity} is above {original_gravity}, or nothing could ferment")
    drop = original_gravity - final_gravity
    return Alcohol(
        abv_percent=round(drop * 131.25, 2),
        apparent_attenuation_percent=round(100 * drop / (original_gravity - 1), 1),
    )


@brewing.tool(
    example={
        "hops_g": 30.0,
        "alpha_percent": 10.0,
        "boil_minutes": 60,
        "batch_litres": 20.0,
        "gravity": "@brewing_original_gravity.original_gravity",
    },
    kind="computation",
)
def bitterness(
    w: World,
    hops_g: Annotated[float, Field(ge=1, le=10000)],
    alpha_percent: Annotated[float, Field(ge=1, le=25)],
    boil_minutes: Annotated[int, Field(ge=0, le=180)],
    batch_litres: Litres,
    gravity: Original,
) -> Bitterness:
    """Estimate the bitterness of one hop addition by Tinseth's formula.

    hops_g: Weight of the hops in grams.
    alpha_percent: Alpha acids of the hops in percent.
    boil_minutes: Minutes that the hops are boiled.
    batch_litres: Volume of the batch in litres.
    gravity: Gravity of the boiling wort, 1.0 to 1.2.
    """
    bigness = 1.65 * 0.000125 ** (gravity - 1)
    share = bigness * (1 - math.exp(-0.04 * boil_minutes)) / 4.15
    ibu = share * alpha_percent / 100 * hops_g * 1000 / batch_litres
    return Bitterness(ibu=round(ibu, 1), utilization_percent=round(share * 100, 2))


@brewing.tool(example={"malt_kg": 5.0, "malt_lovibond": 3.0, "batch_litres": 20.0}, kind="computation")
def colour(
    w: World, malt_kg: Kilograms, malt_lovibond: Annotated[float, Field(ge=1, le=700)], batch_litres: Litres
) -> Colour:
    """Estimate the colour of beer from malt by Morey's formula.

    malt_kg: Weight of the malt in kilograms.
    malt_lovibond: Colour of the malt in degrees Lovibond.
    batch_litres: Volume of the batch in litres.
    """
    units = malt_kg / 0.45359237 * malt_lovibond / (batch_litres / 3.785411784)
    srm = 1.4922 * units**0.6859
    return Colour(srm=round(srm, 1), ebc=round(srm * 1.97, 1))


@brewing.tool(
    example={"beer_litres": 20.0, "beer_c": 20.0, "co2_volumes": 2.4}, errors=[FailedPrecondition], kind="computation"
)
def priming_sugar(
    w: World,
    beer_litres: Litres,
    beer_c: Annotated[float, Field(ge=0, le=35)],
    co2_volumes: Annotated[float, Field(ge=1, le=5)],
) -> Priming:
    """Work out the table sugar that carbonates a batch in the bottle.

    beer_litres: Volume of the beer in litres.
    beer_c: Warmest temperature of the beer after fermentation in degrees Celsius.
    co2_volumes: Wanted carbonation in volumes of carbon dioxide.
    """
    fahrenheit = beer_c * 1.8 + 32
    dissolved = 3.0378 - 0.050062 * fahrenheit + 0.00026555 * fahrenheit**2
    if co2_volumes <= dissolved:
        raise FailedPrecondition(f"co2_volumes {co2_volumes}: the beer holds {dissolved:.2f} already")
    return Priming(sugar_g=round(4.0 * (co2_volumes - dissolved) * beer_litres, 1))


@brewing.tool(
    example={"malt_kg": 5.0, "litres_per_kg": 3.0, "grain_c": 20.0, "mash_c": 66.0},
    errors=[FailedPrecondition],
    kind="computation",
)
def strike_water(
    w: World,
    malt_kg: Kilograms,
    litres_per_kg: Annotated[float, Field(ge=1, le=10)],
    grain_c: Annotated[float, Field(ge=-10, le=40)],
    mash_c: Annotated[float, Field(ge=30, le=80)],
) -> Strike:
    """Find the temperature of the water that brings malt to mash temperature.

    malt_kg: Weight of the malt in kilograms.
    litres_per_kg: Litres of water a kilogram of malt.
    grain_c: Temperature of the malt in degrees Celsius.
    mash_c: Wanted temperature of the mash in degrees Celsius.
    """
    strike = mash_c + 0.41 * (mash_c - grain_c) / litres_per_kg
    if strike > 100:
        raise FailedPrecondition(f"mash_c {mash_c}: the water would need {strike:.1f} °C; use more water")
    return Strike(strike_c=round(strike, 1), water_litres=round(malt_kg * litres_per_kg, 2))


@brewing.tool(example={"plato": 12.5}, kind="computation")
def gravity_from_plato(w: World, plato: Annotated[float, Field(ge=0, le=40)]) -> Reading:
    """Turn degrees Plato (or Brix) of wort into specific gravity.

    plato: Extract in percent by weight, 0 to 40.
    """
    return Reading(gravity=round(1 + plato / (258.6 - 227.1 * plato / 258.2), 4))


def plato(gravity: float) -> float:
    """Degrees Plato of a specific gravity, by the usual cubic."""
    return round(max(0.0, -616.868 + 1111.14 * gravity - 630.272 * gravity**2 + 135.997 * gravity**3), 2)
