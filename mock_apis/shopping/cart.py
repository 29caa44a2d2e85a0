"""The persona's shopping cart at the store, up to the paid order."""

from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World, money
from mock_apis.core.entities import CurrencyCode, Entity, IsoDate
from mock_apis.core.errors import FailedPrecondition, InsufficientFunds, NotFound
from mock_apis.core.persona import persona
from mock_apis.finance.ledger import CardId, charge_card
from mock_apis.finance.price_level import price, round_local
from mock_apis.logistics.parcels import STORE, send_from_store
from mock_apis.shopping.orders import ORDERS, Order, OrderId, OrderLine, Quantity
from mock_apis.shopping.stock import PRODUCTS, Product, ProductId, move_units

cart = Domain("cart", category="shopping", description="The user's shopping cart at the fictional online store.")

CartId = Annotated[str, Field(pattern=r"^CART-[0-9A-F]{6}$"), Entity("cart.id")]
CouponCode = Annotated[str, Field(pattern=r"^[A-Z]+[0-9]+$"), Entity("coupon.code")]
COUPONS = {"WELCOME5": (5, 0), "SAVE10": (10, 100), "BIG20": (20, 400)}
"""Percent off, and the price level of the subtotal from which the coupon counts."""


class CartLine(Record):
    product_id: ProductId
    quantity: int


class Cart(Record):
    cart_id: CartId
    lines: list[CartLine]
    coupon: CouponCode | None


class CartItem(Record):
    product_id: ProductId
    name: str
    quantity: int
    unit_price: float


class CartView(Record):
    cart_id: CartId
    items: list[CartItem]
    subtotal: float
    discount: float
    total: float
    currency: CurrencyCode
    coupon: CouponCode | None


class Coupon(Record):
    code: CouponCode
    percent_off: int
    minimum_subtotal: float


class CouponList(Record):
    total: int
    coupons: list[Coupon]


class Receipt(Record):
    order_id: OrderId
    total: float
    currency: CurrencyCode
    card_id: CardId
    expected_on: IsoDate


def seed_carts(w: World) -> list[Cart]:
    """The persona's one cart, empty."""
    return [Cart(cart_id=f"CART-{w.draw('cart').bits() % 0x1000000:06X}", lines=[], coupon=None)]


CARTS = Table("carts", key="cart_id", seed_rows=seed_carts)


@cart.tool(
    example={"product_id": "@store_search.products[0].product_id", "quantity": 2},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def add(w: World, product_id: ProductId, quantity: Quantity = 1) -> CartView:
    """Put units of a product into the shopping cart.

    product_id: The product, as given by store_search.
    quantity: How many units, in addition to those in the cart.
    """
    product, current = PRODUCTS.get(w, product_id), find_cart(w)
    held = sum(line.quantity for line in current.lines if line.product_id == product_id)
    return put_quantity(w, current, product, held + quantity)


@cart.tool(example={}, kind="stateful")
def view(w: World) -> CartView:
    """Show the items, discount and total of the shopping cart."""
    return show(w, find_cart(w))


@cart.tool(
    example={"product_id": "@cart_add.items[0].product_id", "quantity": 3},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def update_quantity(w: World, product_id: ProductId, quantity: Quantity) -> CartView:
    """Change how many units of an item are in the shopping cart.

    product_id: An item of the cart, as given by cart_view.
    quantity: The new number of units; cart_remove takes an item out.
    """
    current = find_cart(w)
    check_in_cart(current, product_id)
    return put_quantity(w, current, PRODUCTS.get(w, product_id), quantity)


@cart.tool(example={"product_id": "@cart_add.items[0].product_id"}, errors=[NotFound], writes=True, kind="stateful")
def remove(w: World, product_id: ProductId) -> CartView:
    """Take an item out of the shopping cart.

    product_id: An item of the cart, as given by cart_view.
    """
    current = find_cart(w)
    check_in_cart(current, product_id)
    lines = [line for line in current.lines if line.product_id != product_id]
    return show(w, CARTS.put(w, current.model_copy(update={"lines": lines})))


@cart.tool(example={}, kind="stateful")
def coupons(w: World) -> CouponList:
    """List the coupons that the store accepts, with the subtotal each of them needs."""
    found = [
        Coupon(code=code, percent_off=percent, minimum_subtotal=price(w, level))
        for code, (percent, level) in COUPONS.items()
    ]
    return CouponList(total=len(found), coupons=found)


@cart.tool(
    example={"code": "@cart_coupons.coupons[0].code"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def apply_coupon(w: World, code: CouponCode) -> CartView:
    """Apply a coupon to the shopping cart in place of any other coupon.

    code: Code of the coupon, such as one of cart_coupons.
    """
    if code not in COUPONS:
        raise NotFound(f"no coupon code '{code}'; see cart_coupons")
    current = find_cart(w)
    minimum, subtotal = price(w, COUPONS[code][1]), show(w, current).subtotal
    if subtotal < minimum:
        raise FailedPrecondition(f"code {code} needs a subtotal of {minimum:.2f}; the cart has {subtotal:.2f}")
    return show(w, CARTS.put(w, current.model_copy(update={"coupon": code})))


@cart.tool(
    example={"cart_id": "@cart_add.cart_id", "card_id": "@bank_cards.cards[0].card_id"},
    errors=[NotFound, FailedPrecondition, InsufficientFunds],
    writes=True,
    kind="stateful",
)
def checkout(w: World, cart_id: CartId, card_id: CardId | None = None) -> Receipt:
    """Order and pay what is in the shopping cart, delivered to the user's home.

    cart_id: The cart, as given by cart_view and cart_add.
    card_id: Bank card to pay with, as given by bank_cards; the first one if left out.
    """
    current = CARTS.get(w, cart_id)
    if not current.lines:
        raise FailedPrecondition(f"cart_id {cart_id} is empty; see cart_add")
    shown = show(w, current)
    card = charge_card(w, card_id, shown.total, STORE)
    for line in current.lines:
        move_units(w, line.product_id, -line.quantity)
    weight = sum(PRODUCTS.get(w, line.product_id).weight_kg * line.quantity for line in current.lines)
    shipment = send_from_store(w, round(weight, 2))
    order = Order(
        order_id=w.new_id("ORD"),
        placed_on=w.today.isoformat(),
        lines=[OrderLine(**item.model_dump()) for item in shown.items],
        discount_percent=find_percent(w, current, shown.subtotal),
        total=shown.total,
        card_id=card.card_id,
        tracking_number=shipment.tracking_number,
    )
    ORDERS.put(w, order)
    CARTS.put(w, current.model_copy(update={"lines": [], "coupon": None}))
    return Receipt(
        order_id=order.order_id,
        total=order.total,
        currency=shown.currency,
        card_id=card.card_id,
        expected_on=shipment.expected_on,
    )


def find_cart(w: World) -> Cart:
    """The one cart of this world."""
    return CARTS.all(w)[0]


def put_quantity(w: World, current: Cart, product: Product, quantity: int) -> CartView:
    """Set the units of one product. Raises FailedPrecondition if fewer are in stock."""
    if quantity > product.units:
        raise FailedPrecondition(f"quantity {quantity} is more than the {product.units} units in stock")
    counts = {line.product_id: line.quantity for line in current.lines} | {product.product_id: quantity}
    lines = [CartLine(product_id=key, quantity=count) for key, count in counts.items()]
    return show(w, CARTS.put(w, current.model_copy(update={"lines": lines})))


def show(w: World, current: Cart) -> CartView:
    """The cart with names, prices and sums."""
    items: list[CartItem] = []
    for line in current.lines:
        product = PRODUCTS.get(w, line.product_id)
        items.append(
            CartItem(product_id=line.product_id, name=product.name, quantity=line.quantity, unit_price=product.price)
        )
    subtotal = money(sum(item.quantity * item.unit_price for item in items))
    discount = round_local(w, subtotal * find_percent(w, current, subtotal) / 100)
    return CartView(
        cart_id=current.cart_id,
        items=items,
        subtotal=subtotal,
        discount=discount,
        total=money(subtotal - discount),
        currency=persona(w).currency,
        coupon=current.coupon,
    )


def find_percent(w: World, current: Cart, subtotal: float) -> int:
    """The coupon's percent off; 0 while the cart is below the coupon's minimum."""
    if current.coupon is None or subtotal < price(w, COUPONS[current.coupon][1]):
        return 0
    return COUPONS[current.coupon][0]


def check_in_cart(current: Cart, product_id: str) -> None:
    """Raises NotFound unless the product is in the cart."""
    if product_id not in {line.product_id for line in current.lines}:
        raise NotFound(f"no product_id '{product_id}' in the cart; see cart_view")
