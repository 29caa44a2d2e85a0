"""Nutrients of common foods; typical rounded values, from which brands and varieties differ."""

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import Entity, Limit
from mock_apis.core.errors import NotFound

nutrition = Domain(
    "nutrition", category="food", description="Approximate energy and nutrients of common foods per 100 g."
)

FoodName = Annotated[str, Entity("food.name")]
"""A food as this domain spells it: olive oil; pasta, dry."""
Grams = Annotated[float, Field(gt=0, le=100000, strict=True)]
Group = Literal[
    "dairy or egg", "drink", "fat or oil", "fish", "fruit", "grain", "herb", "legume", "meat", "nut or seed",
    "seasoning", "sweet", "vegetable",
]  # fmt: skip
Nutrient = Literal["kcal", "protein_g", "fat_g", "carbs_g", "fibre_g"]
NUTRIENTS: tuple[Nutrient, ...] = ("kcal", "protein_g", "fat_g", "carbs_g", "fibre_g")


class Portion(Record):
    """An amount of a food."""

    food: FoodName
    grams: Grams


class Nutrients(Record):
    kcal: float
    protein_g: float
    fat_g: float
    carbs_g: float
    """Total carbohydrate, fibre included."""
    fibre_g: float


class FoodFacts(Nutrients):
    food: FoodName
    group: Group
    grams: float
    """The amount that the values are for."""


class FoodMatch(Record):
    food: FoodName
    group: Group
    kcal_per_100_g: float


class FoodList(Record):
    total: int
    foods: list[FoodMatch]


class MealTotal(Nutrients):
    grams: float


class Ranked(Record):
    food: FoodName
    per_100_g: float


class Ranking(Record):
    nutrient: Nutrient
    total: int
    foods: list[Ranked]


@cache
def rows_by_food() -> dict[str, dict[str, Any]]:
    """The table's rows by the name of the food."""
    return {row["food"]: row for row in load_rows("foods")}


def row_of(food: str) -> dict[str, Any]:
    """The table's row. Raises NotFound."""
    if food not in rows_by_food():
        raise NotFound(f"no food '{food}'; see nutrition_search")
    return rows_by_food()[food]


def nutrients_of(food: str, grams: float) -> dict[str, float]:
    """Every nutrient in that amount of a food, not rounded. Raises NotFound."""
    row = row_of(food)
    return {name: row[name] * grams / 100 for name in NUTRIENTS}


@nutrition.tool(example={"query": "rice"}, kind="data")
def search(w: World, query: str = "", group: Group | None = None, limit: Limit = 5) -> FoodList:
    """Find foods by part of their name or by food group.

    query: Part of the English name, in any case; all foods if left out.
    group: Only foods of this group.
    limit: At most this many foods.
    """
    rows = [row for row in load_rows("foods") if query.casefold() in row["food"] and group in (None, row["group"])]
    found = [FoodMatch(food=row["food"], group=row["group"], kcal_per_100_g=row["kcal"]) for row in rows[:limit]]
    return FoodList(total=len(rows), foods=found)


@nutrition.tool(example={"food": "banana", "grams": 120.0}, errors=[NotFound], kind="data")
def get(w: World, food: FoodName, grams: Grams = 100.0) -> FoodFacts:
    """Show the energy and main nutrients in an amount of one food.

    food: Name of the food, as given by nutrition_search or a recipe.
    grams: Weight of the food in grams.
    """
    values = {name: round(value, 2) for name, value in nutrients_of(food, grams).items()}
    return FoodFacts.model_validate({**values, "food": food, "group": row_of(food)["group"], "grams": grams})


@nutrition.tool(
    example={"items": [{"food": "oat", "grams": 50}, {"food": "milk, whole", "grams": 200}]},
    errors=[NotFound],
    kind="computation",
)
def meal_total(w: World, items: Annotated[list[Portion], Field(min_length=1, max_length=20)]) -> MealTotal:
    """Add up the energy and nutrients of several portions of food.

    items: Foods with their weights in grams, such as the ingredients of a recipe.
    """
    parts = [nutrients_of(item.food, item.grams) for item in items]
    sums = {name: round(sum(part[name] for part in parts), 2) for name in NUTRIENTS}
    return MealTotal(**sums, grams=round(sum(item.grams for item in items), 2))


@nutrition.tool(example={"foods": ["almond", "walnut"], "nutrient": "protein_g"}, errors=[NotFound], kind="data")
def compare(
    w: World, foods: Annotated[list[FoodName], Field(min_length=2, max_length=10)], nutrient: Nutrient
) -> Ranking:
    """Rank chosen foods by how much of one nutrient 100 g contain, most first.

    foods: Names of two to ten foods, as given by nutrition_search.
    nutrient: What to compare: energy in kcal or a nutrient in grams.
    """
    return rank(list(dict.fromkeys(foods)), nutrient, len(foods))


@nutrition.tool(example={"nutrient": "fibre_g", "group": "legume"}, kind="data")
def richest(w: World, nutrient: Nutrient, group: Group | None = None, limit: Limit = 5) -> Ranking:
    """List the foods with most of one nutrient per 100 g.

    nutrient: What to rank by: energy in kcal or a nutrient in grams.
    group: Only foods of this group.
    limit: At most this many foods.
    """
    return rank([row["food"] for row in load_rows("foods") if group in (None, row["group"])], nutrient, limit)


def rank(foods: list[str], nutrient: Nutrient, limit: int) -> Ranking:
    """The foods with most of the nutrient, equal ones by name. Raises NotFound."""
    rows = [Ranked(food=food, per_100_g=nutrients_of(food, 100)[nutrient]) for food in foods]
    rows.sort(key=lambda row: (-row.per_100_g, row.food))
    return Ranking(nutrient=nutrient, total=len(rows), foods=rows[:limit])
