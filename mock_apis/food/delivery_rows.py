"""The rows behind the food orders of the persona."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.account.account import AddressId
from mock_apis.core import Record, Table
from mock_apis.core.entities import CurrencyCode, Entity, IsoDateTime
from mock_apis.finance.ledger import CardId
from mock_apis.food.recipes import RecipeId
from mock_apis.food.restaurants import Cuisine, RestaurantId

DeliveryId = Annotated[str, Field(pattern=r"^MEALS-[0-9A-F]{6}$"), Entity("food_order.id")]
Count = Annotated[int, Field(ge=1, le=20)]
Status = Literal["open", "placed", "cancelled"]
FREE_CANCEL = timedelta(minutes=10)
FEE = 2.9
MERCHANT = "Doorstep Food"


class Courier(Record):
    restaurant_id: RestaurantId
    name: str
    cuisine: Cuisine
    rating: float
    minutes: int
    """To the door."""


class CourierList(Record):
    address_id: AddressId
    total: int
    restaurants: list[Courier]


class Dish(Record):
    recipe_id: RecipeId
    name: str
    price: float


class Menu(Record):
    restaurant_id: RestaurantId
    currency: CurrencyCode
    total: int
    dishes: list[Dish]


class Line(Record):
    recipe_id: RecipeId
    count: int
    price: float
    """Of one."""


class FoodOrder(Record):
    order_id: DeliveryId
    restaurant_id: RestaurantId
    address_id: AddressId
    status: Status
    lines: list[Line]
    delivery_fee: float
    total: float
    currency: CurrencyCode
    arrives: IsoDateTime | None
    placed: IsoDateTime | None
    card_id: CardId | None


class FoodOrderHead(Record):
    order_id: DeliveryId
    restaurant_id: RestaurantId
    status: Status
    total: float
    arrives: IsoDateTime | None


class FoodOrderList(Record):
    total: int
    orders: list[FoodOrderHead]


ORDERS = Table[FoodOrder]("food_delivery_orders", key="order_id", seed_rows=lambda w: ())
