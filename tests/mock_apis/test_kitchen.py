"""Kitchen, brewing, cocktails, planned meals and delivered ones."""

from typing import Any

import pytest

from mock_apis.core import Domain, World
from mock_apis.core.errors import Conflict, FailedPrecondition, NotFound
from mock_apis.finance.bank import bank
from mock_apis.food.brewing import brewing
from mock_apis.food.cocktails import cocktails
from mock_apis.food.food_delivery import food_delivery
from mock_apis.food.kitchen_math import GRAMS_PER_ML, kitchen_math
from mock_apis.food.meal_plan import meal_plan
from mock_apis.food.nutrition import row_of
from mock_apis.food.recipes import recipes

DAY = "2025-12-12"


def call(w: World, domain: Domain, tool: str, **arguments: Any) -> Any:
    return domain.tools[f"{domain.name}_{tool}"].run(w, arguments)


@pytest.fixture
def w() -> World:
    return World(7)


def test_kitchen_arithmetic_gives_known_values(w: World) -> None:
    assert call(w, kitchen_math, "volume_to_weight", food="sugar", amount=1, measure="us_cup")["grams"] == 201.1
    oven = call(w, kitchen_math, "oven_temperature", degrees=350, scale="fahrenheit")
    assert oven == {"celsius": 177, "fahrenheit": 350, "fan_celsius": 157, "gas_mark": "4"}
    assert call(w, kitchen_math, "pan_scale", from_length_cm=20, to_length_cm=30)["factor"] == 2.25
    assert call(w, kitchen_math, "boiling_point", altitude_m=0)["celsius"] == 100
    assert call(w, kitchen_math, "brine", water_g=1000, salt_percent=5) == {"salt_g": 50}
    for food in GRAMS_PER_ML:
        row_of(food)


def test_bakers_percentages_of_a_recipe(w: World) -> None:
    pizza = call(w, recipes, "get", recipe_id="pizza-margherita")["ingredients"]
    dough = call(w, kitchen_math, "bakers_percentages", items=pizza)
    assert (dough["flour_g"], dough["hydration_percent"]) == (500, 65)
    with pytest.raises(FailedPrecondition, match="no wheat flour"):
        call(w, kitchen_math, "bakers_percentages", items=[{"food": "water", "grams": 10}])


def test_brewing_formulas_give_known_values(w: World) -> None:
    assert call(w, brewing, "alcohol", original_gravity=1.05, final_gravity=1.01) == {
        "abv_percent": 5.25,
        "apparent_attenuation_percent": 80,
    }
    assert call(w, brewing, "gravity_from_plato", plato=12)["gravity"] == pytest.approx(1.0484, abs=0.0001)
    hops = call(w, brewing, "bitterness", hops_g=28, alpha_percent=10, boil_minutes=60, batch_litres=20, gravity=1.05)
    assert hops["utilization_percent"] == pytest.approx(23.1, abs=0.1)
    strike = call(w, brewing, "strike_water", malt_kg=5, litres_per_kg=4.1, grain_c=20, mash_c=66)
    assert strike == {"strike_c": 70.6, "water_litres": 20.5}


def test_cocktails_have_their_official_parts(w: World) -> None:
    negroni = call(w, cocktails, "get", cocktail="negroni")["parts"]
    assert [(part["ingredient"], part["ml"]) for part in negroni] == [
        ("gin", 30),
        ("Campari", 30),
        ("sweet vermouth", 30),
    ]
    bar = ["gin", "campari", "sweet vermouth"]
    assert call(w, cocktails, "makeable", at_hand=bar)["cocktails"] == [{"cocktail": "Negroni", "missing": []}]
    assert call(w, cocktails, "strength", cocktail="Kir")["alcohol_ml"] == 12.3
    assert call(w, cocktails, "search", ingredient="tequila")["cocktails"] == ["Margarita", "Paloma", "Tequila Sunrise"]


def test_a_planned_meal_is_counted_and_shopped_for(w: World) -> None:
    meal = call(w, meal_plan, "add", day=DAY, slot="dinner", recipe_id="hummus", servings=8)
    with pytest.raises(Conflict, match=meal["meal_id"]):
        call(w, meal_plan, "add", day=DAY, slot="dinner", recipe_id="caprese", servings=2)
    basket = call(w, meal_plan, "shopping_list", from_day=DAY, days=1)["items"]
    assert basket == call(w, recipes, "shopping_list", recipe_ids=["hummus"], servings=8)["items"]
    assert call(w, meal_plan, "nutrition", day=DAY)["kcal"] > 100
    call(w, meal_plan, "remove", meal_id=meal["meal_id"])
    with pytest.raises(NotFound, match=DAY):
        call(w, meal_plan, "nutrition", day=DAY)


def test_a_food_order_is_paid_once_and_refunded_when_cancelled_soon(w: World) -> None:
    near = call(w, food_delivery, "nearby")
    place, address = near["restaurants"][0]["restaurant_id"], near["address_id"]
    dishes = call(w, food_delivery, "menu", restaurant_id=place)["dishes"]
    order = call(
        w, food_delivery, "start_order", restaurant_id=place, address_id=address, recipe_id=dishes[0]["recipe_id"]
    )
    key = order["order_id"]
    more = call(w, food_delivery, "set_dish", order_id=key, recipe_id=dishes[1]["recipe_id"], count=2)
    assert more["total"] == pytest.approx(dishes[0]["price"] + 2 * dishes[1]["price"] + more["delivery_fee"])
    before = [row["balance"] for row in call(w, bank, "accounts")["accounts"]]
    call(w, food_delivery, "place_order", order_id=key)
    with pytest.raises(FailedPrecondition, match="placed already"):
        call(w, food_delivery, "set_dish", order_id=key, recipe_id=dishes[1]["recipe_id"], count=1)
    assert sum(row["balance"] for row in call(w, bank, "accounts")["accounts"]) < sum(before)
    call(w, food_delivery, "cancel", order_id=key)
    assert [row["balance"] for row in call(w, bank, "accounts")["accounts"]] == pytest.approx(before)
    with pytest.raises(Conflict, match="cancelled already"):
        call(w, food_delivery, "cancel", order_id=key)
