"""The persona's plan of meals, each a recipe for a number of people."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import Entity, IsoDate, Limit
from mock_apis.core.errors import Conflict, InvalidArgument, NotFound
from mock_apis.food.nutrition import Portion, nutrients_of
from mock_apis.food.recipes import RecipeId, Servings, recipe_of
from mock_apis.health.measures import DailyEnergy

meal_plan = Domain("meal_plan", category="food", description="The user's plan of meals from the recipe collection.")

MealId = Annotated[str, Field(pattern=r"^MEAL-[0-9A-F]{6}$"), Entity("meal.id")]
Slot = Literal["breakfast", "lunch", "dinner"]
SLOTS: tuple[Slot, ...] = ("breakfast", "lunch", "dinner")


class Meal(Record):
    meal_id: MealId
    day: IsoDate
    slot: Slot
    recipe_id: RecipeId
    dish: str
    servings: int


class MealList(Record):
    total: int
    meals: list[Meal]


class DayNutrition(Record):
    """What one person eats who has one serving of each meal."""

    day: IsoDate
    meals: int
    kcal: float
    protein_g: float
    fat_g: float
    carbs_g: float
    fibre_g: float


class Basket(Record):
    from_day: IsoDate
    to_day: IsoDate
    total: int
    items: list[Portion]


class TargetCheck(Record):
    day: IsoDate
    planned_kcal: float
    missing_kcal: float
    """Negative if more is planned than the target."""


def seed_meals(w: World) -> list[Meal]:
    """Dinner for today and tomorrow."""
    draw = w.draw("meal_plan")
    chosen = draw.sample(["minestrone", "shakshuka", "dal-tadka", "ratatouille", "teriyaki-salmon"], 2)
    return [
        meal(f"MEAL-{draw.bits() % 0x1000000:06X}", (w.today + timedelta(days=ahead)).isoformat(), "dinner", recipe, 2)
        for ahead, recipe in enumerate(chosen)
    ]


def meal(meal_id: str, day: str, slot: Slot, recipe_id: str, servings: int) -> Meal:
    """A meal with the name of its dish. Raises NotFound."""
    dish = recipe_of(recipe_id)["name"]
    return Meal(meal_id=meal_id, day=day, slot=slot, recipe_id=recipe_id, dish=dish, servings=servings)


MEALS = Table("meal_plan", key="meal_id", seed_rows=seed_meals)


@meal_plan.tool(
    example={"day": "2025-12-12", "slot": "dinner", "recipe_id": "minestrone", "servings": 4},
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def add(w: World, day: IsoDate, slot: Slot, recipe_id: RecipeId, servings: Servings) -> Meal:
    """Plan a recipe for a meal of a day that has nothing planned yet.

    day: Today or a later day, YYYY-MM-DD.
    slot: Which meal of the day.
    recipe_id: The recipe, as given by recipes_search.
    servings: How many people eat.
    """
    recipe_of(recipe_id)
    if day < w.today.isoformat():
        raise InvalidArgument(f"day {day} lies before today, {w.today}")
    taken = [row for row in MEALS.all(w) if (row.day, row.slot) == (day, slot)]
    if taken:
        raise Conflict(f"slot {slot} of {day} has {taken[0].dish} planned: {taken[0].meal_id}; see meal_plan_swap")
    return MEALS.put(w, meal(w.new_id("MEAL"), day, slot, recipe_id, servings))


@meal_plan.tool(example={}, kind="stateful")
def list_(w: World, from_day: IsoDate | None = None, to_day: IsoDate | None = None, limit: Limit = 10) -> MealList:
    """List the planned meals from a day on, in the order they are eaten.

    from_day: First day, YYYY-MM-DD; today if left out.
    to_day: Last day, YYYY-MM-DD; no end if left out.
    limit: At most this many meals.
    """
    rows = between(w, from_day or w.today.isoformat(), to_day or "9999-12-31")
    return MealList(total=len(rows), meals=rows[:limit])


@meal_plan.tool(
    example={"meal_id": "@meal_plan_list.meals[0].meal_id", "recipe_id": "hummus"},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def swap(w: World, meal_id: MealId, recipe_id: RecipeId, servings: Servings | None = None) -> Meal:
    """Put another recipe in the place of a planned meal.

    meal_id: The meal, as given by meal_plan_add or meal_plan_list.
    recipe_id: The new recipe, as given by recipes_search.
    servings: How many people eat; as before if left out.
    """
    row = MEALS.get(w, meal_id)
    return MEALS.put(w, meal(meal_id, row.day, row.slot, recipe_id, servings or row.servings))


@meal_plan.tool(
    example={"meal_id": "@meal_plan_list.meals[0].meal_id"}, errors=[NotFound], writes=True, kind="stateful"
)
def remove(w: World, meal_id: MealId) -> Meal:
    """Take a meal out of the plan and return what it was.

    meal_id: The meal, as given by meal_plan_add or meal_plan_list.
    """
    return MEALS.remove(w, meal_id)


@meal_plan.tool(example={"day": "@meal_plan_add.day"}, errors=[NotFound], kind="stateful")
def nutrition(w: World, day: IsoDate) -> DayNutrition:
    """Add up the nutrients of one serving of each meal planned for a day.

    day: A day with planned meals, YYYY-MM-DD.
    """
    rows = between(w, day, day)
    if not rows:
        raise NotFound(f"day {day}: no meal is planned; see meal_plan_list")
    sums = {"kcal": 0.0, "protein_g": 0.0, "fat_g": 0.0, "carbs_g": 0.0, "fibre_g": 0.0}
    for row in rows:
        recipe = recipe_of(row.recipe_id)
        for food, grams in recipe["ingredients"]:
            for name, value in nutrients_of(food, grams / recipe["servings"]).items():
                sums[name] += value
    return DayNutrition(day=day, meals=len(rows), **{name: round(value, 1) for name, value in sums.items()})


@meal_plan.tool(
    example={"day": "@meal_plan_add.day", "kcal_per_day": "@body_metrics_daily_energy.kcal_per_day"},
    errors=[NotFound],
    kind="stateful",
)
def compare_to_need(w: World, day: IsoDate, kcal_per_day: DailyEnergy) -> TargetCheck:
    """Compare the energy of a day's planned meals with what a person needs.

    day: A day with planned meals, YYYY-MM-DD.
    kcal_per_day: Need in kcal a day, as given by body_metrics_daily_energy.
    """
    planned = nutrition(w, day).kcal
    return TargetCheck(day=day, planned_kcal=planned, missing_kcal=round(kcal_per_day - planned, 1))


@meal_plan.tool(example={"days": 7}, kind="stateful")
def shopping_list(w: World, days: Annotated[int, Field(ge=1, le=14)] = 7, from_day: IsoDate | None = None) -> Basket:
    """Add up the ingredients of all meals planned for the coming days.

    days: How many days, 1 to 14.
    from_day: First day, YYYY-MM-DD; today if left out.
    """
    first = from_day or w.today.isoformat()
    if not "2000-01-01" <= first <= "2999-12-31":
        raise InvalidArgument(f"from_day {first} is not from 2000 to 2999")
    last = (date.fromisoformat(first) + timedelta(days=days - 1)).isoformat()
    sums: dict[str, float] = {}
    for row in between(w, first, last):
        recipe = recipe_of(row.recipe_id)
        for food, grams in recipe["ingredients"]:
            sums[food] = sums.get(food, 0) + grams * row.servings / recipe["servings"]
    items = [
        Portion(food=food, grams=min(round(grams, 2), 100000))
        for food, grams in sorted(sums.items())
        if food != "water"
    ]
    return Basket(from_day=first, to_day=last, total=len(items), items=items[:60])


def between(w: World, first: str, last: str) -> list[Meal]:
    """The meals of these days, both included, in the order they are eaten."""
    rows = [row for row in MEALS.all(w) if first <= row.day <= last]
    return sorted(rows, key=lambda row: (row.day, SLOTS.index(row.slot)))
