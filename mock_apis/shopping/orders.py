"""The persona's orders at the store, from checkout to delivery, cancellation or return."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World, money
from mock_apis.core.entities import CityName, CurrencyCode, Entity, IsoDate, Limit
from mock_apis.core.errors import FailedPrecondition, NotFound
from mock_apis.core.persona import persona
from mock_apis.finance.ledger import CARDS, CardId, refund_card
from mock_apis.finance.price_level import round_local
from mock_apis.logistics.parcels import SHIPMENTS, STORE, TrackingNumber, find_status
from mock_apis.shopping.stock import PRODUCTS, ProductId, move_units

orders = Domain("orders", category="shopping", description="The user's orders at the fictional online store.")

OrderId = Annotated[str, Field(pattern=r"^ORD-[0-9A-F]{6}$"), Entity("order.id")]
OrderStatus = Literal["processing", "shipped", "delivered", "cancelled"]
Quantity = Annotated[int, Field(ge=1, le=20)]
RETURN_DAYS = 30


class OrderLine(Record):
    product_id: ProductId
    name: str
    quantity: int
    unit_price: float
    returned: int = 0


class Order(Record):
    order_id: OrderId
    placed_on: IsoDate
    lines: list[OrderLine]
    discount_percent: int
    total: float
    """What was charged: the lines less the discount."""
    card_id: CardId
    tracking_number: TrackingNumber
    refunded: float = 0.0


class OrderSummary(Record):
    order_id: OrderId
    placed_on: IsoDate
    status: OrderStatus
    total: float
    currency: CurrencyCode


class OrderList(Record):
    total: int
    orders: list[OrderSummary]


class OrderDetail(OrderSummary):
    discount_percent: int
    items: list[OrderLine]


class OrderTracking(Record):
    order_id: OrderId
    status: OrderStatus
    tracking_number: TrackingNumber
    destination: CityName
    expected_on: IsoDate


class Refund(Record):
    order_id: OrderId
    refund: float
    currency: CurrencyCode
    card_id: CardId


def seed_orders(w: World) -> list[Order]:
    """One order for each of the store's parcels, oldest first."""
    draw, card_id = w.draw("orders"), CARDS.all(w)[0].card_id
    rows: list[Order] = []
    for shipment in (row for row in SHIPMENTS.all(w) if row.sender == STORE):
        lines = [
            OrderLine(
                product_id=product.product_id,
                name=product.name,
                quantity=draw.between(1, 2),
                unit_price=product.price,
            )
            for product in draw.sample(PRODUCTS.all(w), draw.between(1, 3))
        ]
        rows.append(
            Order(
                order_id=f"ORD-{draw.bits() % 0x1000000:06X}",
                placed_on=shipment.sent_on,
                lines=lines,
                discount_percent=0,
                total=money(sum(line.quantity * line.unit_price for line in lines)),
                card_id=card_id,
                tracking_number=shipment.tracking_number,
            )
        )
    return rows


ORDERS = Table("orders", key="order_id", seed_rows=seed_orders)


@orders.tool(example={"status": "delivered"}, kind="stateful")
def list_(w: World, status: OrderStatus | None = None, limit: Limit = 5) -> OrderList:
    """List the user's orders at the store, newest first.

    status: Only orders in this state.
    limit: At most this many.
    """
    found = [summarize(w, order) for order in reversed(ORDERS.all(w))]
    found = [order for order in found if status in (None, order.status)]
    return OrderList(total=len(found), orders=found[:limit])


@orders.tool(example={"order_id": "@orders_list.orders[0].order_id"}, errors=[NotFound], kind="stateful")
def get(w: World, order_id: OrderId) -> OrderDetail:
    """Get the items, total and status of an order.

    order_id: The order, as given at checkout or by orders_list.
    """
    order = ORDERS.get(w, order_id)
    return OrderDetail(**summarize(w, order).model_dump(), discount_percent=order.discount_percent, items=order.lines)


@orders.tool(
    example={"order_id": "@cart_checkout.order_id"}, errors=[NotFound, FailedPrecondition], writes=True, kind="stateful"
)
def cancel(w: World, order_id: OrderId) -> Refund:
    """Cancel an order that has not been shipped and refund what was paid.

    order_id: The order, as given at checkout or by orders_list.
    """
    order = ORDERS.get(w, order_id)
    if (status := find_order_status(w, order)) != "processing":
        raise FailedPrecondition(f"order_id {order_id} is {status}; only an order in processing can be cancelled")
    shipment = SHIPMENTS.get(w, order.tracking_number)
    SHIPMENTS.put(w, shipment.model_copy(update={"cancelled": True}))
    for line in order.lines:
        move_units(w, line.product_id, line.quantity)
    return refund_order(w, order, order.total)


@orders.tool(
    example={
        "order_id": "@orders_list.orders[0].order_id",
        "product_id": "@orders_get.items[0].product_id",
    },
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def return_item(w: World, order_id: OrderId, product_id: ProductId, quantity: Quantity = 1) -> Refund:
    """Return units of a delivered item within 30 days and get their price back.

    order_id: The delivered order, as given by orders_list.
    product_id: The item of the order, as given by orders_get.
    quantity: How many units are sent back.
    """
    order = ORDERS.get(w, order_id)
    check_returnable(w, order)
    line = next((line for line in order.lines if line.product_id == product_id), None)
    if line is None:
        raise NotFound(f"no product_id '{product_id}' in order {order_id}")
    if quantity > line.quantity - line.returned:
        raise FailedPrecondition(f"quantity {quantity} is more than the {line.quantity - line.returned} left to return")
    returned = line.model_copy(update={"returned": line.returned + quantity})
    lines = [returned if other is line else other for other in order.lines]
    move_units(w, product_id, quantity)
    amount = round_local(w, quantity * line.unit_price * (1 - order.discount_percent / 100))
    return refund_order(w, order.model_copy(update={"lines": lines}), amount)


@orders.tool(example={"order_id": "@cart_checkout.order_id"}, errors=[NotFound], kind="stateful")
def track(w: World, order_id: OrderId) -> OrderTracking:
    """Get the tracking number and expected delivery day of an order.

    order_id: The order, as given at checkout or by orders_list.
    """
    order = ORDERS.get(w, order_id)
    shipment = SHIPMENTS.get(w, order.tracking_number)
    return OrderTracking(
        order_id=order_id,
        status=find_order_status(w, order),
        tracking_number=order.tracking_number,
        destination=shipment.destination,
        expected_on=shipment.expected_on,
    )


def find_order_status(w: World, order: Order) -> OrderStatus:
    """An order is where its parcel is."""
    status = find_status(w, SHIPMENTS.get(w, order.tracking_number))
    states: dict[str, OrderStatus] = {"label_created": "processing", "in_transit": "shipped"}
    return states.get(status) or ("delivered" if status == "delivered" else "cancelled")


def check_returnable(w: World, order: Order) -> None:
    """Raises FailedPrecondition unless the order was delivered at most RETURN_DAYS ago."""
    if (status := find_order_status(w, order)) != "delivered":
        raise FailedPrecondition(f"order_id {order.order_id} is {status}; only delivered items can be returned")
    delivered = date.fromisoformat(SHIPMENTS.get(w, order.tracking_number).expected_on)
    if w.today > delivered + timedelta(days=RETURN_DAYS):
        raise FailedPrecondition(f"order_id {order.order_id} was delivered on {delivered}, over {RETURN_DAYS} days ago")


def refund_order(w: World, order: Order, amount: float) -> Refund:
    """Pay money of an order back to the card it was paid with, never more than was paid."""
    amount = min(amount, money(order.total - order.refunded))
    ORDERS.put(w, order.model_copy(update={"refunded": money(order.refunded + amount)}))
    refund_card(w, order.card_id, amount, STORE)
    return Refund(order_id=order.order_id, refund=amount, currency=persona(w).currency, card_id=order.card_id)


def summarize(w: World, order: Order) -> OrderSummary:
    """An order as a list shows it."""
    return OrderSummary(
        order_id=order.order_id,
        placed_on=order.placed_on,
        status=find_order_status(w, order),
        total=order.total,
        currency=persona(w).currency,
    )
