"""Dishes that the fictional restaurants bring to the persona's addresses, paid by bank card."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.account.account import ADDRESSES, AddressId
from mock_apis.core import Domain, World, money
from mock_apis.core.data import load_rows
from mock_apis.core.entities import Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, InsufficientFunds, NotFound, ResourceExhausted
from mock_apis.core.persona import persona
from mock_apis.finance.ledger import CardId, charge_card, refund_card
from mock_apis.finance.price_level import price, round_local
from mock_apis.food import restaurants as guide
from mock_apis.food.delivery_rows import (
    FEE,
    FREE_CANCEL,
    MERCHANT,
    ORDERS,
    Count,
    Courier,
    CourierList,
    DeliveryId,
    Dish,
    FoodOrder,
    FoodOrderHead,
    FoodOrderList,
    Line,
    Menu,
    Status,
)
from mock_apis.food.recipes import RecipeId, recipe_of
from mock_apis.food.restaurants import Cuisine, Restaurant, RestaurantId

food_delivery = Domain(
    "food_delivery", category="food", description="Orders of dishes from fictional restaurants to the user's door."
)


@food_delivery.tool(example={}, errors=[NotFound], kind="stateful")
def nearby(
    w: World, address_id: AddressId | None = None, cuisine: Cuisine | None = None, limit: Limit = 5
) -> CourierList:
    """List the restaurants that deliver to one of the user's addresses, fastest first.

    address_id: Where to, as given by account_addresses; the default address if left out.
    cuisine: Only restaurants of this cuisine.
    limit: At most this many restaurants.
    """
    chosen = address_id or next(row.address_id for row in ADDRESSES.all(w) if row.default)
    places = guide.search(w, ADDRESSES.get(w, chosen).city, cuisine, 3, 20).restaurants
    rows = [
        Courier(
            restaurant_id=place.restaurant_id,
            name=place.name,
            cuisine=place.cuisine,
            rating=place.rating,
            minutes=minutes_to(w, place.restaurant_id, chosen),
        )
        for place in places
    ]
    rows.sort(key=lambda row: (row.minutes, row.restaurant_id))
    return CourierList(address_id=chosen, total=len(rows), restaurants=rows[:limit])


@food_delivery.tool(
    example={"restaurant_id": "@food_delivery_nearby.restaurants[0].restaurant_id"}, errors=[NotFound], kind="stateful"
)
def menu(w: World, restaurant_id: RestaurantId) -> Menu:
    """Show the dishes that a restaurant delivers, with prices.

    restaurant_id: The restaurant, as given by food_delivery_nearby or restaurants_search.
    """
    dishes = dishes_of(w, guide.require(w, restaurant_id))
    return Menu(restaurant_id=restaurant_id, currency=persona(w).currency, total=len(dishes), dishes=dishes)


@food_delivery.tool(
    example={
        "restaurant_id": "@food_delivery_menu.restaurant_id",
        "address_id": "@food_delivery_nearby.address_id",
        "recipe_id": "@food_delivery_menu.dishes[0].recipe_id",
        "count": 2,
    },
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def start_order(
    w: World, restaurant_id: RestaurantId, address_id: AddressId, recipe_id: RecipeId, count: Count = 1
) -> FoodOrder:
    """Start an order with its first dish; nothing is paid before it is placed.

    restaurant_id: A restaurant of the address's city, as given by food_delivery_nearby.
    address_id: Where to, as given by account_addresses.
    recipe_id: Dish of that restaurant, as given by food_delivery_menu.
    count: How many of the dish, 1 to 20.
    """
    place, address = guide.require(w, restaurant_id), ADDRESSES.get(w, address_id)
    if place.city.casefold() != address.city.casefold():
        raise FailedPrecondition(f"restaurant_id {restaurant_id} is in {place.city}, the address in {address.city}")
    line = line_of(w, place, recipe_id, count)
    row = FoodOrder(
        order_id=w.new_id("MEALS"),
        restaurant_id=restaurant_id,
        address_id=address_id,
        status="open",
        lines=[],
        delivery_fee=price(w, FEE),
        total=0.0,
        currency=persona(w).currency,
        arrives=None,
        placed=None,
        card_id=None,
    )
    return ORDERS.put(w, with_lines(w, row, [line]))


@food_delivery.tool(
    example={
        "order_id": "@food_delivery_start_order.order_id",
        "recipe_id": "@food_delivery_menu.dishes[1].recipe_id",
        "count": 1,
    },
    errors=[NotFound, FailedPrecondition, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def set_dish(
    w: World, order_id: DeliveryId, recipe_id: RecipeId, count: Annotated[int, Field(ge=0, le=20)]
) -> FoodOrder:
    """Set how many of a dish an open order has; 0 takes the dish out.

    order_id: The order, as given by food_delivery_start_order.
    recipe_id: Dish of its restaurant, as given by food_delivery_menu.
    count: How many of the dish, 0 to 20.
    """
    row = open_order(w, order_id)
    line = line_of(w, guide.require(w, row.restaurant_id), recipe_id, max(count, 1))
    lines = [kept for kept in row.lines if kept.recipe_id != recipe_id] + ([line] if count else [])
    if len(lines) > 10:
        raise ResourceExhausted(f"order_id {order_id} has 10 different dishes already")
    return ORDERS.put(w, with_lines(w, row, lines))


@food_delivery.tool(
    example={"order_id": "@food_delivery_start_order.order_id", "card_id": "@bank_cards.cards[0].card_id"},
    errors=[NotFound, FailedPrecondition, InsufficientFunds],
    writes=True,
    kind="stateful",
)
def place_order(w: World, order_id: DeliveryId, card_id: CardId | None = None) -> FoodOrder:
    """Place an open food order and pay for it by bank card.

    order_id: An open order with a dish, as given by food_delivery_start_order.
    card_id: Card to pay with, as given by bank_cards; the first one if left out.
    """
    row = open_order(w, order_id)
    if not row.lines:
        raise FailedPrecondition(f"order_id {order_id} has no dish; see food_delivery_set_dish")
    card = charge_card(w, card_id, row.total, MERCHANT)
    arrives = w.now + timedelta(minutes=minutes_to(w, row.restaurant_id, row.address_id))
    update = {
        "status": "placed",
        "card_id": card.card_id,
        "placed": w.now.isoformat(timespec="minutes"),
        "arrives": arrives.isoformat(timespec="minutes"),
    }
    return ORDERS.put(w, row.model_copy(update=update))


@food_delivery.tool(example={}, kind="stateful")
def list_orders(w: World, status: Status | None = None, limit: Limit = 5) -> FoodOrderList:
    """List the user's food orders with status, total and arrival, newest first.

    status: Only orders of this status.
    limit: At most this many orders.
    """
    rows = [row for row in ORDERS.all(w) if status in (None, row.status)][::-1]
    fields = set(FoodOrderHead.model_fields)
    heads = [FoodOrderHead.model_validate(row.model_dump(include=fields)) for row in rows[:limit]]
    return FoodOrderList(total=len(rows), orders=heads)


@food_delivery.tool(example={"order_id": "@food_delivery_start_order.order_id"}, errors=[NotFound], kind="stateful")
def get_order(w: World, order_id: DeliveryId) -> FoodOrder:
    """Show one food order with its dishes, address, payment and arrival.

    order_id: The order, as given by food_delivery_start_order or food_delivery_list_orders.
    """
    return ORDERS.get(w, order_id)


@food_delivery.tool(
    example={"order_id": "@food_delivery_place_order.order_id"},
    errors=[NotFound, FailedPrecondition, Conflict],
    writes=True,
    kind="stateful",
)
def cancel(w: World, order_id: DeliveryId) -> FoodOrder:
    """Cancel a food order; a placed one within 10 minutes, with a full refund.

    order_id: The order, as given by food_delivery_start_order or food_delivery_list_orders.
    """
    row = ORDERS.get(w, order_id)
    if row.status == "cancelled":
        raise Conflict(f"order_id {order_id} is cancelled already")
    if row.placed is not None and row.card_id is not None:
        if w.now - datetime.fromisoformat(row.placed) > FREE_CANCEL:
            raise FailedPrecondition(f"order_id {order_id} was placed over 10 minutes ago, at {row.placed}")
        refund_card(w, row.card_id, row.total, MERCHANT)
    return ORDERS.put(w, row.model_copy(update={"status": "cancelled", "arrives": None}))


def open_order(w: World, order_id: str) -> FoodOrder:
    """An order that is not placed yet. Raises NotFound, FailedPrecondition."""
    row = ORDERS.get(w, order_id)
    if row.status != "open":
        raise FailedPrecondition(f"order_id {order_id} is {row.status} already")
    return row


def dishes_of(w: World, place: Restaurant) -> list[Dish]:
    """At most six dishes: those of the cuisine, filled up with vegetable dishes of any."""
    draw = w.draw("food_delivery.menu", place.restaurant_id)
    own = [row["recipe_id"] for row in load_rows("recipes") if row["cuisine"] == place.cuisine]
    chosen = draw.sample(own, 6) + draw.sample(["hummus", "greek-salad", "tabbouleh", "ratatouille", "shakshuka"], 5)
    base = {1: 8.5, 2: 13.0, 3: 19.0}[place.price_level]
    return [
        Dish(recipe_id=recipe, name=recipe_of(recipe)["name"], price=price(w, base + draw.between(0, 12) / 2))
        for recipe in list(dict.fromkeys(chosen))[:6]
    ]


def line_of(w: World, place: Restaurant, recipe_id: str, count: int) -> Line:
    """A line of an order. Raises NotFound if the restaurant has no such dish."""
    for dish in dishes_of(w, place):
        if dish.recipe_id == recipe_id:
            return Line(recipe_id=recipe_id, count=count, price=dish.price)
    raise NotFound(f"no recipe_id '{recipe_id}' at {place.restaurant_id}; see food_delivery_menu")


def with_lines(w: World, row: FoodOrder, lines: list[Line]) -> FoodOrder:
    """The order with these lines and their total."""
    dishes = sum(line.price * line.count for line in lines)
    total = round_local(w, money(dishes + row.delivery_fee)) if lines else 0.0
    return row.model_copy(update={"lines": lines, "total": total})


def minutes_to(w: World, restaurant_id: str, address_id: str) -> int:
    """Minutes from the order to the door."""
    return w.draw("food_delivery.minutes", restaurant_id, address_id).between(4, 12) * 5
