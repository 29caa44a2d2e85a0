"""Hand-checked facts and results: food, recipes, units, elements, statistics, numbers, texts."""

from typing import Any

import pytest

from mock_apis.core import Domain, World
from mock_apis.core.data import load_rows
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound, ResourceExhausted
from mock_apis.food.nutrition import nutrition
from mock_apis.food.recipes import recipes
from mock_apis.language.text_tools import text_tools
from mock_apis.mathematics.number_theory import number_theory
from mock_apis.mathematics.statistics import statistics
from mock_apis.science.elements import elements
from mock_apis.science.units import UNITS, units

WORLD = World(0)


def call(domain: Domain, tool: str, **arguments: Any) -> Any:
    return domain.tools[f"{domain.name}_{tool}"].run(WORLD, arguments)


@pytest.mark.parametrize(
    ("food", "kcal"), [("olive oil", 884), ("banana", 89), ("egg", 143), ("white rice, cooked", 130), ("water", 0)]
)
def test_energy_of_common_foods(food: str, kcal: float) -> None:
    assert call(nutrition, "get", food=food)["kcal"] == kcal


def test_meal_adds_up_by_weight() -> None:
    items = [{"food": "banana", "grams": 200}, {"food": "butter", "grams": 10}]
    assert call(nutrition, "meal_total", items=items)["kcal"] == pytest.approx(2 * 89 + 71.7)
    with pytest.raises(NotFound, match="unicorn"):
        call(nutrition, "meal_total", items=[{"food": "unicorn", "grams": 1}])
    with pytest.raises(InvalidArgument):
        call(nutrition, "meal_total", items=[{"food": "banana", "grams": "200"}])


def test_richest_and_compare_rank_by_nutrient() -> None:
    assert call(nutrition, "compare", foods=["egg", "almond"], nutrient="protein_g")["foods"][0]["food"] == "almond"
    top = call(nutrition, "richest", nutrient="fat_g")["foods"]
    assert {row["per_100_g"] for row in top[:3]} == {100.0}


def test_macronutrients_weigh_at_most_the_food() -> None:
    for row in load_rows("foods"):
        assert row["protein_g"] + row["fat_g"] + row["carbs_g"] <= 101, row["food"]
        assert row["fibre_g"] <= row["carbs_g"] + 0.05, row["food"]


def test_every_ingredient_of_every_recipe_has_nutrients() -> None:
    for row in load_rows("recipes"):
        items = call(recipes, "get", recipe_id=row["recipe_id"])["ingredients"]
        assert call(nutrition, "meal_total", items=items)["kcal"] / row["servings"] > 20


@pytest.mark.parametrize(
    ("recipe", "diet", "food"),
    [
        ("hummus", "vegan", "tahini"),
        ("shakshuka", "vegetarian", "egg"),
        ("spaghetti-carbonara", "any", "pancetta"),
        ("guacamole", "vegan", "avocado"),
    ],
)
def test_dish_fits_its_diet_and_has_its_ingredient(recipe: str, diet: str, food: str) -> None:
    got = call(recipes, "get", recipe_id=recipe)
    assert got["diet"] == diet
    assert recipe in [row["recipe_id"] for row in call(recipes, "by_ingredient", food=food, limit=20)["recipes"]]


def test_search_for_vegetarian_dishes_includes_vegan_ones() -> None:
    found = call(recipes, "search", diet="vegetarian", limit=20)
    assert {row["diet"] for row in found["recipes"]} == {"vegetarian", "vegan"}
    assert call(recipes, "search", query="pizza", max_minutes=5) == {"total": 0, "recipes": []}


def test_scaled_recipe_and_shopping_list_keep_proportions() -> None:
    doubled = call(recipes, "scale", recipe_id="caprese", servings=8)["ingredients"]
    assert {"food": "tomato", "grams": 1000.0} in doubled
    items = call(recipes, "shopping_list", recipe_ids=["caprese", "greek-salad"], servings=4)["items"]
    assert {"food": "tomato", "grams": 1000.0} in items


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        (1, "mi", "km", 1.609344),
        (1, "lb", "g", 453.59237),
        (100, "degC", "degF", 212),
        (-40, "degF", "degC", -40),
        (0, "degC", "K", 273.15),
        (36, "km/h", "m/s", 10),
        (1, "ac", "m2", 4046.8564224),
        (1, "gal_us", "floz_us", 128),
        (1, "kWh", "kJ", 3600),
        (1, "GiB", "MB", 1073.741824),
        (1, "atm", "torr", 760),
        (3, "feet", "inches", 36),
    ],
)
def test_unit_conversion(value: float, source: str, target: str, expected: float) -> None:
    assert call(units, "convert", value=value, from_unit=source, to_unit=target)["value"] == pytest.approx(expected)


def test_unit_conversion_refuses_nonsense() -> None:
    with pytest.raises(FailedPrecondition, match="mass"):
        call(units, "convert", value=1, from_unit="kg", to_unit="m")
    with pytest.raises(InvalidArgument, match="absolute zero"):
        call(units, "convert", value=-300, from_unit="degC", to_unit="K")
    with pytest.raises(NotFound, match="furlong"):
        call(units, "get", unit="furlong")


def test_every_unit_survives_the_way_to_its_base_and_back() -> None:
    for unit in UNITS.values():
        base = call(units, "get", unit=unit.symbol)["base"]
        there = call(units, "convert", value=250, from_unit=unit.symbol, to_unit=base)["value"]
        back = call(units, "convert", value=there, from_unit=base, to_unit=unit.symbol)["value"]
        assert back == pytest.approx(250)


@pytest.mark.parametrize(
    ("symbol", "number", "group", "period"),
    [("H", 1, 1, 1), ("He", 2, 18, 1), ("Fe", 26, 8, 4), ("Au", 79, 11, 6), ("Lu", 71, 3, 6), ("U", 92, None, 7)],
)
def test_place_of_element(symbol: str, number: int, group: int | None, period: int) -> None:
    got = call(elements, "get", symbol=symbol)
    assert (got["number"], got["group"], got["period"]) == (number, group, period)


def test_there_are_118_elements_and_the_noble_gases_are_seven() -> None:
    assert call(elements, "search")["total"] == 118
    assert [row["symbol"] for row in call(elements, "search", group=18, limit=10)["elements"]] == [
        "He", "Ne", "Ar", "Kr", "Xe", "Rn", "Og",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "mass"), [("H2O", 18.015), ("Ca(OH)2", 74.092), ("C6H12O6", 180.156), ("Al2(SO4)3", 342.132)]
)
def test_molar_mass(formula: str, mass: float) -> None:
    assert call(elements, "molar_mass", formula=formula)["grams_per_mole"] == pytest.approx(mass, abs=0.01)


@pytest.mark.parametrize("formula", ["H2O)", "(H2O", "()", "h2o", "H0", "2H", "H99999"])
def test_malformed_formula_is_an_invalid_argument(formula: str) -> None:
    with pytest.raises(InvalidArgument, match="formula"):
        call(elements, "molar_mass", formula=formula)


def test_description_and_percentile() -> None:
    got = call(statistics, "describe", values=[2, 4, 4, 4, 5, 5, 7, 9])
    assert (got["mean"], got["median"], got["total"]) == (5, 4.5, 40)
    assert got["standard_deviation"] == pytest.approx((32 / 7) ** 0.5)
    assert call(statistics, "percentile", values=[1, 2, 3, 4], percent=25)["value"] == 1.75


def test_correlation_and_regression() -> None:
    got = call(statistics, "linear_regression", x=[1, 2, 3], y=[3, 5, 7], predict_at=10)
    assert got == {"slope": 2, "intercept": 1, "r_squared": 1, "prediction": 21}
    assert call(statistics, "correlation", x=[1, 2, 3], y=[9, 4, 1])["spearman"] == -1
    with pytest.raises(InvalidArgument, match="equal"):
        call(statistics, "correlation", x=[1, 1, 1], y=[1, 2, 3])
    with pytest.raises(InvalidArgument, match="y has 2"):
        call(statistics, "correlation", x=[1, 2, 3], y=[1, 2])


def test_primes_and_factors() -> None:
    assert call(number_theory, "is_prime", number=999_999_999_989)["prime"]
    assert call(number_theory, "is_prime", number=1) == {"number": 1, "prime": False, "smallest_divisor": None}
    assert call(number_theory, "is_prime", number=91)["smallest_divisor"] == 7
    powers = call(number_theory, "factorize", number=1_000_000_000_000)["factors"]
    assert powers == [{"prime": 2, "exponent": 12}, {"prime": 5, "exponent": 12}]
    assert call(number_theory, "next_prime", number=89)["value"] == 97


def test_divisors_bases_and_inverses() -> None:
    assert call(number_theory, "gcd_lcm", numbers=[21, 6, 15]) == {"gcd": 3, "lcm": 210}
    assert call(number_theory, "convert_base", digits="255", from_base=10, to_base=16)["digits"] == "ff"
    assert call(number_theory, "mod_power", base=2, exponent=10, modulus=1000)["value"] == 24
    assert call(number_theory, "mod_inverse", number=3, modulus=7)["value"] == 5
    with pytest.raises(InvalidArgument, match="'2' is no digit"):
        call(number_theory, "convert_base", digits="102", from_base=2, to_base=10)
    with pytest.raises(FailedPrecondition):
        call(number_theory, "mod_inverse", number=4, modulus=8)


def test_texts_are_counted_and_compared() -> None:
    assert call(text_tools, "count", text="Don't stop. Go on!\nNow") == {
        "characters": 22, "words": 5, "sentences": 3, "lines": 2,
    }  # fmt: skip
    assert call(text_tools, "edit_distance", first="flaw", second="lawn")["distance"] == 2
    assert call(text_tools, "edit_distance", first="", second="")["similarity"] == 1
    with pytest.raises(ResourceExhausted):
        call(text_tools, "edit_distance", first="a" * 501, second="")


def test_texts_are_rewritten_and_hashed() -> None:
    assert call(text_tools, "slugify", text="  Ünïcode & Slugs! ")["text"] == "unicode-slugs"
    assert call(text_tools, "convert_case", text="parseHTTP response", style="snake")["text"] == "parse_http_response"
    assert call(text_tools, "hash", text="", algorithm="md5")["hex"] == "d41d8cd98f00b204e9800998ecf8427e"
    assert call(text_tools, "hash", text="abc", algorithm="sha1")["hex"] == "a9993e364706816aba3e25717850c26c9cd0d89d"


def test_short_words_read_more_easily_than_long_ones() -> None:
    easy = call(text_tools, "readability", text="The dog ran home. It was glad.")
    hard = call(text_tools, "readability", text="Institutional considerations necessitate organisational deliberation.")
    assert easy["flesch_reading_ease"] > 90 > 0 > hard["flesch_reading_ease"]
    with pytest.raises(FailedPrecondition):
        call(text_tools, "readability", text="...")
