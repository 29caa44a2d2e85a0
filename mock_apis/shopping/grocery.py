"""A grocery that sells the foods of the nutrition tables in packs and delivers them."""

import math
from datetime import datetime, time, timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World, money
from mock_apis.core.data import load_rows
from mock_apis.core.entities import CurrencyCode, Entity, IsoDateTime, Limit, StreetAddress
from mock_apis.core.errors import Conflict, FailedPrecondition, InsufficientFunds, NotFound
from mock_apis.core.persona import persona
from mock_apis.finance.ledger import CardId, charge_card
from mock_apis.finance.price_level import price
from mock_apis.food.nutrition import FoodName, Group, row_of
from mock_apis.food.recipes import RecipeId, Servings, recipe_of

grocery = Domain("grocery", category="shopping", description="Fictional grocery that delivers foods by the pack.")

Slot = Annotated[IsoDateTime, Entity("grocery_slot.start")]
GroceryOrderId = Annotated[str, Field(pattern=r"^GROC-[0-9A-F]{6}$"), Entity("grocery_order.id")]
Packs = Annotated[int, Field(ge=1, le=50)]

SHOP = "Green Basket"
LEVELS: dict[str, tuple[float, int]] = {
    "dairy or egg": (0.6, 500), "drink": (0.2, 1000), "fat or oil": (0.9, 500), "fish": (2.2, 300),
    "fruit": (0.35, 1000), "grain": (0.25, 1000), "herb": (2.5, 50), "legume": (0.4, 500), "meat": (1.3, 500),
    "nut or seed": (1.5, 200), "seasoning": (1.8, 100), "sweet": (0.7, 250), "vegetable": (0.3, 500),
}  # fmt: skip
"""Price level of 100 g, and grams in a pack."""


class Pack(Record):
    food: FoodName
    group: Group
    pack_grams: int
    price: float
    """Of a pack."""


class PackList(Record):
    total: int
    currency: CurrencyCode
    foods: list[Pack]


class Line(Record):
    food: FoodName
    packs: int


class BasketLine(Line):
    grams: int
    price: float


class Basket(Record):
    lines: list[BasketLine]
    total: float
    currency: CurrencyCode


class SlotList(Record):
    total: int
    slots: list[Slot]


class GroceryOrder(Record):
    order_id: GroceryOrderId
    slot: Slot
    street: StreetAddress
    total: float
    card_id: CardId
    lines: list[Line]


class OrderHead(Record):
    order_id: GroceryOrderId
    slot: Slot
    foods: list[FoodName]
    total: float


class OrderList(Record):
    total: int
    orders: list[OrderHead]


LINES: Table[Line] = Table("grocery_basket", key="food", seed_rows=lambda w: [])
ORDERS: Table[GroceryOrder] = Table("grocery_orders", key="order_id", seed_rows=lambda w: [])


@grocery.tool(example={"query": "rice"}, kind="generated")
def search(w: World, query: str = "", group: Group | None = None, limit: Limit = 5) -> PackList:
    """Find foods that the grocery sells, cheapest pack first.

    query: Part of the food's English name; all foods if left out.
    group: Only foods of this group.
    limit: At most this many foods.
    """
    text = query.casefold()
    rows = [row["food"] for row in load_rows("foods") if text in row["food"] and group in (None, row["group"])]
    packs = sorted((pack_of(w, food) for food in rows if food != "water"), key=lambda pack: (pack.price, pack.food))
    return PackList(total=len(packs), currency=persona(w).currency, foods=packs[:limit])


@grocery.tool(
    example={"food": "@grocery_search.foods[0].food", "packs": 2}, errors=[NotFound], writes=True, kind="stateful"
)
def add(w: World, food: FoodName, packs: Packs = 1) -> Basket:
    """Put packs of a food into the grocery basket.

    food: Name of the food, as given by grocery_search or nutrition_search.
    packs: How many packs, in addition to those in the basket.
    """
    pack_of(w, food)
    held = LINES.find(w, food)
    LINES.put(w, Line(food=food, packs=packs + (held.packs if held else 0)))
    return show(w)


@grocery.tool(
    example={"recipe_id": "@recipes_search.recipes[0].recipe_id", "servings": 4},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def add_recipe(w: World, recipe_id: RecipeId, servings: Servings) -> Basket:
    """Put all ingredients of a recipe into the grocery basket, in whole packs.

    recipe_id: The recipe, as given by recipes_search.
    servings: How many people it is to serve.
    """
    row = recipe_of(recipe_id)
    for food, grams in row["ingredients"]:
        if food != "water":
            needed = math.ceil(grams * servings / row["servings"] / pack_of(w, food).pack_grams)
            held = LINES.find(w, food)
            LINES.put(w, Line(food=food, packs=needed + (held.packs if held else 0)))
    return show(w)


@grocery.tool(example={"food": "@grocery_add.lines[0].food"}, errors=[NotFound], writes=True, kind="stateful")
def remove(w: World, food: FoodName) -> Basket:
    """Take all packs of a food out of the grocery basket.

    food: A food in the basket, as given by grocery_basket.
    """
    LINES.remove(w, food)
    return show(w)


@grocery.tool(example={}, kind="stateful")
def basket(w: World) -> Basket:
    """Show the packs in the grocery basket with their prices."""
    return show(w)


@grocery.tool(example={}, kind="stateful")
def slots(w: World, limit: Limit = 5) -> SlotList:
    """List the free two-hour delivery slots of the next three days, soonest first.

    limit: At most this many slots.
    """
    found = free_slots(w)
    return SlotList(total=len(found), slots=found[:limit])


@grocery.tool(
    example={"slot": "@grocery_slots.slots[0]", "total": "@grocery_add.total"},
    errors=[NotFound, Conflict, FailedPrecondition, InsufficientFunds],
    writes=True,
    kind="stateful",
)
def place_order(w: World, slot: Slot, total: float, card_id: CardId | None = None) -> GroceryOrder:
    """Order and pay the grocery basket, delivered to the user's home in a slot.

    slot: Start of a free slot, as given by grocery_slots.
    total: Total of the basket that the user agreed to, as given by grocery_basket.
    card_id: Bank card to pay with, as given by bank_cards; the first one if left out.
    """
    lines = LINES.all(w)
    if not lines:
        raise FailedPrecondition("the grocery basket is empty; see grocery_add")
    if slot not in free_slots(w):
        raise Conflict(f"slot {slot} is not free; see grocery_slots")
    due = show(w).total
    if abs(due - total) > 0.005:
        raise Conflict(f"total {total:.2f} is not the basket's total, {due:.2f}; see grocery_basket")
    card = charge_card(w, card_id, due, SHOP)
    for line in lines:
        LINES.remove(w, line.food)
    order_id, street = w.new_id("GROC"), persona(w).street
    row = GroceryOrder(order_id=order_id, slot=slot, street=street, total=due, card_id=card.card_id, lines=lines)
    return ORDERS.put(w, row)


@grocery.tool(example={}, kind="stateful")
def orders(w: World, limit: Limit = 5) -> OrderList:
    """List the user's grocery orders with their slots, newest first.

    limit: At most this many orders.
    """
    rows = ORDERS.all(w)
    heads = [
        OrderHead(order_id=row.order_id, slot=row.slot, foods=[line.food for line in row.lines][:10], total=row.total)
        for row in rows[::-1][:limit]
    ]
    return OrderList(total=len(rows), orders=heads)


@grocery.tool(
    example={"order_id": "@grocery_place_order.order_id", "slot": "@grocery_slots.slots[1]"},
    errors=[NotFound, Conflict, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def change_slot(w: World, order_id: GroceryOrderId, slot: Slot) -> GroceryOrder:
    """Move a grocery order to another free delivery slot before its slot begins.

    order_id: The order, as given by grocery_orders.
    slot: Start of a free slot, as given by grocery_slots.
    """
    row = ORDERS.get(w, order_id)
    if datetime.fromisoformat(row.slot) <= w.now:
        raise FailedPrecondition(f"order_id {order_id}: its slot {row.slot} has begun")
    if slot not in free_slots(w):
        raise Conflict(f"slot {slot} is not free; see grocery_slots")
    return ORDERS.put(w, row.model_copy(update={"slot": slot}))


def pack_of(w: World, food: str) -> Pack:
    """The pack in which a food is sold. Raises NotFound."""
    group = row_of(food)["group"]
    if food == "water":
        raise NotFound("no packs of food 'water'; it is not sold")
    level, grams = LEVELS[group]
    factor = w.draw("grocery price", food).amount(0.7, 1.6)
    return Pack(food=food, group=group, pack_grams=grams, price=price(w, level * grams / 100 * factor))


def show(w: World) -> Basket:
    """The basket with grams and prices."""
    lines = []
    for line in LINES.all(w):
        pack = pack_of(w, line.food)
        lines.append(
            BasketLine(**line.model_dump(), grams=line.packs * pack.pack_grams, price=money(line.packs * pack.price))
        )
    return Basket(lines=lines, total=money(sum(line.price for line in lines)), currency=persona(w).currency)


def free_slots(w: World) -> list[str]:
    """Half of the slots of the next three days, less those that the user has taken."""
    taken = {row.slot for row in ORDERS.all(w)}
    days = [w.today + timedelta(days=ahead) for ahead in (1, 2, 3)]
    starts = [
        datetime.combine(day, time(hour)).isoformat(timespec="minutes") for day in days for hour in range(8, 20, 2)
    ]
    return [start for start in starts if start not in taken and w.draw("grocery slot", start).chance(0.6)]
