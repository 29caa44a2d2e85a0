"""A store's catalogue: finding products, what others say of them, what is left."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CurrencyCode, IsoDate, Limit
from mock_apis.core.errors import NotFound
from mock_apis.core.persona import FIRST_NAMES
from mock_apis.shopping.stock import GOODS, PRODUCTS, Category, Product, ProductId, draw_stars

store = Domain("store", category="shopping", description="Fictional online store that sells everyday goods.")

SENTENCES = {
    5: ("Exactly what I was looking for.", "Excellent, I would buy it again.", "Works perfectly so far."),
    4: ("Good value for the price.", "Very happy, one small flaw.", "Solid and well made."),
    3: ("Does the job, nothing more.", "Decent, but I expected better.", "It is all right."),
    2: ("Feels cheaper than it looks.", "Not quite as described.", "I hoped it would last longer."),
    1: ("Broke within a week.", "Very disappointed, sent it back.", "Would not recommend."),
}


class ProductSummary(Record):
    product_id: ProductId
    name: str
    price: float
    currency: CurrencyCode
    rating: float
    in_stock: bool


class ProductList(Record):
    total: int
    products: list[ProductSummary]


class ProductDetail(ProductSummary):
    brand: str
    category: Category
    weight_kg: float


class Review(Record):
    author: str
    stars: int
    text: str


class ReviewList(Record):
    product_id: ProductId
    rating: float
    total: int
    reviews: list[Review]


class StockLevel(Record):
    product_id: ProductId
    units: int
    restock_on: IsoDate | None
    """Day of the next delivery to the store; null unless sold out."""


@store.tool(example={"query": "kettle"}, kind="stateful")
def search(
    w: World,
    query: str,
    category: Category | None = None,
    max_price: Annotated[float, Field(ge=0)] | None = None,
    limit: Limit = 5,
) -> ProductList:
    """Search the store's products by words of their name, best match first.

    query: Words of a product or brand name, such as wireless mouse; a product needs one of them.
    category: Only products of this category.
    max_price: Highest price in the store's currency.
    limit: At most this many.
    """
    words = split_words(query)
    scored = [(len(words & split_words(product.name)), product) for product in PRODUCTS.all(w)]
    found = [
        (score, product)
        for score, product in scored
        if score and category in (None, product.category) and (max_price is None or product.price <= max_price)
    ]
    found.sort(key=lambda pair: (-pair[0], pair[1].units == 0, -pair[1].rating, pair[1].name))
    return list_products([product for _, product in found], limit)


@store.tool(example={"product_id": "@store_search.products[0].product_id"}, errors=[NotFound], kind="stateful")
def get(w: World, product_id: ProductId) -> ProductDetail:
    """Get the price, brand, category, weight and rating of a product.

    product_id: The product, as given by store_search.
    """
    product = PRODUCTS.get(w, product_id)
    return ProductDetail(
        **summarize(product).model_dump(),
        brand=product.brand,
        category=product.category,
        weight_kg=product.weight_kg,
    )


@store.tool(example={"product_id": "@store_search.products[0].product_id"}, errors=[NotFound], kind="generated")
def reviews(w: World, product_id: ProductId, limit: Limit = 5) -> ReviewList:
    """List what buyers wrote about a product, newest first.

    product_id: The product, as given by store_search.
    limit: At most this many.
    """
    product, draw = PRODUCTS.get(w, product_id), w.draw("review texts", product_id)
    found = [
        Review(author=draw.pick(FIRST_NAMES), stars=stars, text=draw.pick(SENTENCES[stars]))
        for stars in draw_stars(w, product_id)
    ]
    return ReviewList(product_id=product_id, rating=product.rating, total=len(found), reviews=found[:limit])


@store.tool(example={"product_id": "@store_search.products[0].product_id"}, errors=[NotFound], kind="stateful")
def similar(w: World, product_id: ProductId, limit: Limit = 5) -> ProductList:
    """List other products of the same category, same kind of thing first.

    product_id: The product to compare with, as given by store_search.
    limit: At most this many.
    """
    product = PRODUCTS.get(w, product_id)
    others = [other for other in PRODUCTS.all(w) if other.category == product.category and other != product]
    kind = find_kind(product)
    others.sort(key=lambda other: (find_kind(other) != kind, abs(other.price - product.price), other.name))
    return list_products(others, limit)


@store.tool(example={"product_id": "@store_search.products[0].product_id"}, errors=[NotFound], kind="stateful")
def stock(w: World, product_id: ProductId) -> StockLevel:
    """Get how many units of a product are left, and when it is restocked if none.

    product_id: The product, as given by store_search.
    """
    units = PRODUCTS.get(w, product_id).units
    days = w.draw("restock", product_id).between(3, 21)
    restock = None if units else (w.today + timedelta(days=days)).isoformat()
    return StockLevel(product_id=product_id, units=units, restock_on=restock)


def summarize(product: Product) -> ProductSummary:
    """A product as a list shows it."""
    fields = product.model_dump(include=set(ProductSummary.model_fields))
    return ProductSummary(**fields, in_stock=product.units > 0)


def list_products(products: list[Product], limit: int) -> ProductList:
    """The first `limit` of the products."""
    return ProductList(total=len(products), products=[summarize(product) for product in products[:limit]])


def find_kind(product: Product) -> str:
    """The product's name without the brand, as in GOODS."""
    return next(kind for _, kind, _, _ in GOODS if product.name == f"{product.brand} {kind}")


def split_words(text: str) -> set[str]:
    """Lower-case words without a plural s."""
    return {word.removesuffix("s") for word in text.lower().replace("-", " ").split()}
