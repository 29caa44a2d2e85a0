"""Real dishes with usual ingredients and amounts; all amounts are weights in grams."""

from typing import Annotated, Any, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import Entity, Limit
from mock_apis.core.errors import NotFound
from mock_apis.food.nutrition import FoodName, Portion, row_of

recipes = Domain("recipes", category="food", description="Recipes of well-known dishes with ingredients by weight.")

RecipeId = Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$"), Entity("recipe.id")]
Diet = Literal["any", "vegetarian", "vegan"]
Cuisine = Literal[
    "american", "austrian", "british", "chinese", "french", "german", "greek", "indian", "italian", "japanese",
    "levantine", "mexican", "north african", "peruvian", "russian", "spanish", "swedish", "tex-mex", "thai",
    "ukrainian", "west african",
]  # fmt: skip
Servings = Annotated[int, Field(ge=1, le=100)]


class Recipe(Record):
    recipe_id: RecipeId
    name: str
    cuisine: Cuisine
    servings: int
    minutes: int
    diet: Diet
    """vegetarian: without meat or fish; vegan: of plants only"""
    ingredients: list[Portion]
    steps: list[str]


class RecipeHead(Record):
    recipe_id: RecipeId
    name: str
    cuisine: Cuisine
    minutes: int
    diet: Diet


class RecipeList(Record):
    total: int
    recipes: list[RecipeHead]


class ScaledRecipe(Record):
    recipe_id: RecipeId
    servings: int
    ingredients: list[Portion]


class ShoppingList(Record):
    total: int
    items: list[Portion]


def recipe_of(recipe_id: str) -> dict[str, Any]:
    """The table's row. Raises NotFound."""
    for row in load_rows("recipes"):
        if row["recipe_id"] == recipe_id:
            return row
    raise NotFound(f"no recipe_id '{recipe_id}'; see recipes_search")


def diet_of(row: dict[str, Any]) -> Diet:
    """The strictest diet that all ingredients fit."""
    origins = {row_of(food)["origin"] for food, _ in row["ingredients"]}
    if "meat_fish" in origins:
        return "any"
    return "vegan" if origins == {"plant"} else "vegetarian"


def head_of(row: dict[str, Any]) -> RecipeHead:
    """A row without ingredients and steps."""
    return RecipeHead(
        recipe_id=row["recipe_id"],
        name=row["name"],
        cuisine=row["cuisine"],
        minutes=row["minutes"],
        diet=diet_of(row),
    )


def portions(row: dict[str, Any], factor: float) -> list[Portion]:
    """The ingredients times a factor."""
    return [Portion(food=food, grams=round(grams * factor, 2)) for food, grams in row["ingredients"]]


@recipes.tool(example={"cuisine": "italian", "max_minutes": 30}, kind="data")
def search(
    w: World,
    query: str = "",
    cuisine: Cuisine | None = None,
    diet: Diet = "any",
    max_minutes: Annotated[int, Field(ge=1, le=1440)] = 1440,
    limit: Limit = 5,
) -> RecipeList:
    """Find recipes by name, cuisine, diet and time, by name in order.

    query: Part of the name of the dish, in any case; all dishes if left out.
    cuisine: Only dishes of this cuisine.
    diet: Only dishes that fit; vegan dishes are vegetarian too.
    max_minutes: Longest total time in minutes.
    limit: At most this many recipes.
    """
    fits = {"any": ("any", "vegetarian", "vegan"), "vegetarian": ("vegetarian", "vegan"), "vegan": ("vegan",)}[diet]
    rows = [head_of(row) for row in load_rows("recipes") if query.casefold() in row["name"].casefold()]
    rows = [row for row in rows if cuisine in (None, row.cuisine) and row.diet in fits and row.minutes <= max_minutes]
    return as_list(rows, limit)


@recipes.tool(example={"food": "chickpea, cooked"}, errors=[NotFound], kind="data")
def by_ingredient(w: World, food: FoodName, limit: Limit = 5) -> RecipeList:
    """Find the recipes that use a food, by name in order.

    food: Name of the food, as given by nutrition_search.
    limit: At most this many recipes.
    """
    row_of(food)
    return as_list([head_of(row) for row in load_rows("recipes") if food in dict(row["ingredients"])], limit)


@recipes.tool(example={"recipe_id": "shakshuka"}, errors=[NotFound], kind="data")
def get(w: World, recipe_id: RecipeId) -> Recipe:
    """Show one recipe with its ingredients in grams and its steps.

    recipe_id: The recipe, as given by recipes_search.
    """
    row = recipe_of(recipe_id)
    return Recipe.model_validate({**row, "diet": diet_of(row), "ingredients": portions(row, 1)})


@recipes.tool(example={"recipe_id": "minestrone", "servings": 10}, errors=[NotFound], kind="computation")
def scale(w: World, recipe_id: RecipeId, servings: Servings) -> ScaledRecipe:
    """Work out the ingredients of a recipe for another number of servings.

    recipe_id: The recipe, as given by recipes_search.
    servings: How many people it is to serve.
    """
    row = recipe_of(recipe_id)
    return ScaledRecipe(recipe_id=recipe_id, servings=servings, ingredients=portions(row, servings / row["servings"]))


@recipes.tool(example={"recipe_ids": ["hummus", "tabbouleh"], "servings": 4}, errors=[NotFound], kind="computation")
def shopping_list(
    w: World, recipe_ids: Annotated[list[RecipeId], Field(min_length=1, max_length=5)], servings: Servings
) -> ShoppingList:
    """Add up the ingredients of several recipes, each for so many servings.

    recipe_ids: One to five recipes, as given by recipes_search.
    servings: How many people each dish is to serve.
    """
    sums: dict[str, float] = {}
    for row in map(recipe_of, recipe_ids):
        for food, grams in row["ingredients"]:
            sums[food] = sums.get(food, 0) + grams * servings / row["servings"]
    items = [Portion(food=food, grams=round(grams, 2)) for food, grams in sorted(sums.items()) if food != "water"]
    return ShoppingList(total=len(items), items=items)


def as_list(rows: list[RecipeHead], limit: int) -> RecipeList:
    """The first recipes by name."""
    return RecipeList(total=len(rows), recipes=sorted(rows, key=lambda row: row.recipe_id)[:limit])
