"""The persona's wish lists of products of the store."""

from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World, money
from mock_apis.core.entities import CurrencyCode, Entity, Limit, PersonName
from mock_apis.core.errors import Conflict, FailedPrecondition, NotFound, ResourceExhausted
from mock_apis.core.persona import persona
from mock_apis.finance.price_level import round_local
from mock_apis.shopping.cart import CartView, find_cart, put_quantity
from mock_apis.shopping.stock import PRODUCTS, ProductId

wishlists = Domain("wishlists", category="shopping", description="The user's wish lists at the fictional store.")

WishlistId = Annotated[str, Field(pattern=r"^WISH-[0-9A-F]{6}$"), Entity("wishlist.id")]
MOST_ITEMS = 20


class Wishlist(Record):
    wishlist_id: WishlistId
    name: str
    recipient: PersonName | None
    """For whom the things are; null for the user."""
    product_ids: list[ProductId]


class WishlistHead(Record):
    wishlist_id: WishlistId
    name: str
    recipient: PersonName | None
    items: int


class WishlistList(Record):
    total: int
    wishlists: list[WishlistHead]


class Wish(Record):
    product_id: ProductId
    name: str
    price: float
    in_stock: bool


class WishlistView(Record):
    wishlist_id: WishlistId
    name: str
    recipient: PersonName | None
    items: list[Wish]
    total_price: float
    currency: CurrencyCode


def seed_wishlists(w: World) -> list[Wishlist]:
    """One list with three products in stock."""
    draw = w.draw("wishlists")
    products = draw.sample([row.product_id for row in PRODUCTS.all(w) if row.units], 3)
    return [
        Wishlist(
            wishlist_id=f"WISH-{draw.bits() % 0x1000000:06X}", name="For the flat", recipient=None, product_ids=products
        )
    ]


WISHLISTS = Table("wishlists", key="wishlist_id", seed_rows=seed_wishlists)


@wishlists.tool(example={"name": "Birthday", "recipient": "@bank_payees.payees[0]"}, writes=True, kind="stateful")
def create(w: World, name: str, recipient: PersonName | None = None) -> WishlistView:
    """Start an empty wish list, for the user or for somebody else.

    name: Short name of the list, such as Birthday.
    recipient: Person for whom the things are; the user if left out.
    """
    row = Wishlist(wishlist_id=w.new_id("WISH"), name=name, recipient=recipient, product_ids=[])
    return view(w, WISHLISTS.put(w, row))


@wishlists.tool(example={}, kind="stateful")
def list_(w: World, limit: Limit = 5) -> WishlistList:
    """List the user's wish lists with the number of things on each.

    limit: At most this many lists.
    """
    rows = WISHLISTS.all(w)
    heads = [
        WishlistHead(wishlist_id=row.wishlist_id, name=row.name, recipient=row.recipient, items=len(row.product_ids))
        for row in rows[:limit]
    ]
    return WishlistList(total=len(rows), wishlists=heads)


@wishlists.tool(example={"wishlist_id": "@wishlists_list.wishlists[0].wishlist_id"}, errors=[NotFound], kind="stateful")
def get(w: World, wishlist_id: WishlistId) -> WishlistView:
    """Show the products of a wish list with their prices and whether they are in stock.

    wishlist_id: The list, as given by wishlists_list.
    """
    return view(w, WISHLISTS.get(w, wishlist_id))


@wishlists.tool(
    example={"wishlist_id": "@wishlists_create.wishlist_id", "product_id": "@store_search.products[0].product_id"},
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def add(w: World, wishlist_id: WishlistId, product_id: ProductId) -> WishlistView:
    """Put a product of the store on a wish list.

    wishlist_id: The list, as given by wishlists_list.
    product_id: The product, as given by store_search.
    """
    row, product = WISHLISTS.get(w, wishlist_id), PRODUCTS.get(w, product_id)
    if product_id in row.product_ids:
        raise Conflict(f"product_id {product_id} ({product.name}) is on the list already")
    if len(row.product_ids) >= MOST_ITEMS:
        raise ResourceExhausted(f"wishlist_id {wishlist_id} is full: it holds {MOST_ITEMS} products")
    return keep(w, row, [*row.product_ids, product_id])


@wishlists.tool(
    example={
        "wishlist_id": "@wishlists_get.wishlist_id",
        "product_id": "@wishlists_get.items[0].product_id",
    },
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def remove(w: World, wishlist_id: WishlistId, product_id: ProductId) -> WishlistView:
    """Take a product off a wish list.

    wishlist_id: The list, as given by wishlists_list.
    product_id: A product on it, as given by wishlists_get.
    """
    row = find_with(w, wishlist_id, product_id)
    return keep(w, row, [other for other in row.product_ids if other != product_id])


@wishlists.tool(
    example={
        "wishlist_id": "@wishlists_get.wishlist_id",
        "product_id": "@wishlists_get.items[1].product_id",
    },
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def move_to_cart(w: World, wishlist_id: WishlistId, product_id: ProductId) -> CartView:
    """Move one unit of a product from a wish list to the shopping cart.

    wishlist_id: The list, as given by wishlists_list.
    product_id: A product on it that is in stock, as given by wishlists_get.
    """
    row = find_with(w, wishlist_id, product_id)
    keep(w, row, [other for other in row.product_ids if other != product_id])
    cart = find_cart(w)
    held = sum(line.quantity for line in cart.lines if line.product_id == product_id)
    return put_quantity(w, cart, PRODUCTS.get(w, product_id), held + 1)


def find_with(w: World, wishlist_id: str, product_id: str) -> Wishlist:
    """The list. Raises NotFound unless the product is on it."""
    row = WISHLISTS.get(w, wishlist_id)
    if product_id not in row.product_ids:
        raise NotFound(f"no product_id '{product_id}' on wishlist_id {wishlist_id}; see wishlists_get")
    return row


def keep(w: World, row: Wishlist, product_ids: list[str]) -> WishlistView:
    """Store the list with other products."""
    return view(w, WISHLISTS.put(w, row.model_copy(update={"product_ids": product_ids})))


def view(w: World, row: Wishlist) -> WishlistView:
    """The list with its products."""
    products = [PRODUCTS.get(w, product_id) for product_id in row.product_ids]
    return WishlistView(
        wishlist_id=row.wishlist_id,
        name=row.name,
        recipient=row.recipient,
        items=[
            Wish(product_id=item.product_id, name=item.name, price=item.price, in_stock=item.units > 0)
            for item in products
        ],
        total_price=round_local(w, money(sum(item.price for item in products))),
        currency=persona(w).currency,
    )
