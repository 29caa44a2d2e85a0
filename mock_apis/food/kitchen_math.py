"""Kitchen arithmetic: volumes and weights, oven settings, pans, dough, brine, altitude."""

import math
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition, NotFound
from mock_apis.food.nutrition import FoodName, Portion, row_of

kitchen_math = Domain(
    "kitchen_math", category="food", description="Kitchen arithmetic: cups, ovens, pans, dough, brine."
)

Measure = Literal["ml", "us_cup", "us_tablespoon", "us_teaspoon"]
ML: dict[Measure, float] = {
    "ml": 1.0, "us_cup": 236.5882365, "us_tablespoon": 14.78676478125, "us_teaspoon": 4.92892159375,
}  # fmt: skip
GRAMS_PER_ML = {
    "water": 1.0, "milk, whole": 1.03, "cream, heavy": 0.99, "yogurt, plain": 1.03, "olive oil": 0.91,
    "vegetable oil": 0.92, "honey": 1.42, "sugar": 0.85, "salt": 1.2, "wheat flour": 0.53, "cocoa powder": 0.36,
    "cornflour": 0.54, "oat": 0.38, "white rice, dry": 0.85, "butter": 0.96, "soy sauce": 1.15, "vinegar": 1.01,
    "coconut milk": 0.97, "red wine": 0.99, "white wine": 0.99, "lemon juice": 1.03, "chicken broth": 1.0,
}  # fmt: skip
"""Usual densities, dry foods spooned and levelled; packing changes them."""
FactorValue = Annotated[float, Entity("recipe.scale_factor")]
PanCm = Annotated[float, Field(ge=5, le=100)]
Grams = Annotated[float, Field(ge=1, le=100000)]


class Weighed(Portion):
    ml: float
    grams_per_ml: float


class Oven(Record):
    celsius: int
    fahrenheit: int
    fan_celsius: int
    """20 degrees less, as usual for a fan oven."""
    gas_mark: str | None
    """British scale; null outside of it."""


class PanScale(Record):
    factor: FactorValue
    from_cm2: float
    to_cm2: float


class Share(Record):
    food: FoodName
    grams: float
    bakers_percent: float


class Dough(Record):
    flour_g: float
    hydration_percent: float
    """Water as a share of the flour; other liquids are not counted."""
    shares: list[Share]


class Brine(Record):
    salt_g: float


class Boiling(Record):
    celsius: float
    fahrenheit: float


class ScaledItems(Record):
    items: list[Portion]


@kitchen_math.tool(
    example={"food": "wheat flour", "amount": 2.0, "measure": "us_cup"}, errors=[NotFound], kind="computation"
)
def volume_to_weight(
    w: World, food: FoodName, amount: Annotated[float, Field(ge=0.01, le=10000)], measure: Measure
) -> Weighed:
    """Turn a volume of an ingredient into grams by its usual density.

    food: Ingredient as nutrition_search spells it: a liquid, fat, flour, sugar, salt, oat or rice.
    amount: How many of the measure.
    measure: Millilitres, or US customary cup, tablespoon or teaspoon, level.
    """
    row_of(food)
    if food not in GRAMS_PER_ML:
        raise NotFound(f"food '{food}' has no density here; known: {', '.join(sorted(GRAMS_PER_ML))}")
    ml, density = amount * ML[measure], GRAMS_PER_ML[food]
    grams = max(round(ml * density, 1), 0.1)
    if grams > 100000:
        raise NotFound(f"amount {amount} is over 100 kg of {food}")
    return Weighed(food=food, grams=grams, ml=round(ml, 1), grams_per_ml=density)


@kitchen_math.tool(example={"degrees": 350.0, "scale": "fahrenheit"}, errors=[FailedPrecondition], kind="computation")
def oven_temperature(
    w: World, degrees: Annotated[float, Field(ge=50, le=600)], scale: Literal["celsius", "fahrenheit"]
) -> Oven:
    """Give an oven setting in Celsius, Fahrenheit, for a fan oven and as gas mark.

    degrees: Temperature of a conventional oven.
    scale: Scale of the degrees.
    """
    celsius = degrees if scale == "celsius" else (degrees - 32) / 1.8
    if not 50 <= celsius <= 320:
        raise FailedPrecondition(f"degrees {degrees} {scale} is no oven temperature (50 to 320 °C)")
    fahrenheit = celsius * 1.8 + 32
    mark = round((fahrenheit - 250) / 25)
    names = {-1: "1/4", 0: "1/2", **{number: str(number) for number in range(1, 10)}}
    return Oven(
        celsius=round(celsius),
        fahrenheit=round(fahrenheit),
        fan_celsius=round(celsius) - 20,
        gas_mark=names.get(mark),
    )


@kitchen_math.tool(example={"from_length_cm": 20.0, "to_length_cm": 26.0}, kind="computation")
def pan_scale(
    w: World,
    from_length_cm: PanCm,
    to_length_cm: PanCm,
    from_width_cm: PanCm | None = None,
    to_width_cm: PanCm | None = None,
) -> PanScale:
    """Find the factor for a recipe that goes into a pan of another size.

    from_length_cm: Diameter of the recipe's round pan, or length of a rectangular one.
    to_length_cm: Diameter of the round pan at hand, or length of a rectangular one.
    from_width_cm: Width of the recipe's pan if it is rectangular; round if left out.
    to_width_cm: Width of the pan at hand if it is rectangular; round if left out.
    """
    before, after = area(from_length_cm, from_width_cm), area(to_length_cm, to_width_cm)
    return PanScale(factor=round(after / before, 3), from_cm2=round(before, 1), to_cm2=round(after, 1))


@kitchen_math.tool(
    example={"items": "@recipes_get.ingredients", "factor": "@kitchen_math_pan_scale.factor"},
    errors=[NotFound, FailedPrecondition],
    kind="computation",
)
def multiply(
    w: World,
    items: Annotated[list[Portion], Field(min_length=1, max_length=20)],
    factor: Annotated[float, Field(ge=0.01, le=100), Entity("recipe.scale_factor")],
) -> ScaledItems:
    """Multiply the weights of a list of ingredients by a factor.

    items: Foods with their weights in grams, such as the ingredients of a recipe.
    factor: What to multiply with, as given by kitchen_math_pan_scale.
    """
    rows = []
    for item in items:
        row_of(item.food)
        grams = round(item.grams * factor, 2)
        if not 0 < grams <= 100000:
            raise FailedPrecondition(f"items: {item.grams} g of {item.food} times {factor} is 0 or over 100 kg")
        rows.append(Portion(food=item.food, grams=grams))
    return ScaledItems(items=rows)


@kitchen_math.tool(
    example={"items": [{"food": "wheat flour", "grams": 500}, {"food": "water", "grams": 325}]},
    errors=[NotFound, FailedPrecondition],
    kind="computation",
)
def bakers_percentages(w: World, items: Annotated[list[Portion], Field(min_length=1, max_length=20)]) -> Dough:
    """Give each ingredient of a dough as a share of its flour.

    items: Foods with their weights in grams; at least one is wheat flour.
    """
    for item in items:
        row_of(item.food)
    flour = sum(item.grams for item in items if item.food == "wheat flour")
    if not flour:
        raise FailedPrecondition("items: no wheat flour among them")
    water = sum(item.grams for item in items if item.food == "water")
    shares = [
        Share(food=item.food, grams=item.grams, bakers_percent=round(100 * item.grams / flour, 2)) for item in items
    ]
    return Dough(flour_g=round(flour, 2), hydration_percent=round(100 * water / flour, 2), shares=shares)


@kitchen_math.tool(example={"water_g": 1000.0, "salt_percent": 5.0}, kind="computation")
def brine(
    w: World, water_g: Grams, salt_percent: Annotated[float, Field(ge=0, le=25)], food_g: Grams | None = None
) -> Brine:
    """Work out the salt for a brine, of the water alone or of water and food.

    water_g: Weight of the water in grams.
    salt_percent: Salt in percent of that weight, 0 to 25.
    food_g: Weight of the food in grams if the share is of water and food (equilibrium brine).
    """
    return Brine(salt_g=round((water_g + (food_g or 0)) * salt_percent / 100, 1))


@kitchen_math.tool(example={"altitude_m": 1600.0}, kind="computation")
def boiling_point(w: World, altitude_m: Annotated[float, Field(ge=-400, le=9000)]) -> Boiling:
    """Estimate the boiling point of water at an altitude in the standard atmosphere.

    altitude_m: Metres above sea level, -400 to 9000.
    """
    pressure = 101325 * (1 - 2.25577e-5 * altitude_m) ** 5.25588
    celsius = 1730.63 / (8.07131 - math.log10(pressure / 133.322)) - 233.426
    return Boiling(celsius=round(celsius, 1), fahrenheit=round(celsius * 1.8 + 32, 1))


def area(length: float, width: float | None) -> float:
    """Of a rectangle, or of a circle if there is no width."""
    return length * width if width is not None else math.pi * length**2 / 4
