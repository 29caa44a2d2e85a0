"""What the fictional store sells: forty kinds of goods by three brands each."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Record, Table, World
from mock_apis.core.entities import CurrencyCode, Entity
from mock_apis.core.persona import persona
from mock_apis.finance.price_level import price

ProductId = Annotated[str, Field(pattern=r"^PROD-[0-9A-F]{6}$"), Entity("product.id")]
Category = Literal["kitchen", "electronics", "home", "garden", "sports", "toys", "office", "travel"]

BRANDS = {
    "kitchen": ("Brimley", "Ostwick", "Calderone"),
    "electronics": ("Voltaire Labs", "Nimbrio", "Okado"),
    "home": ("Halvora", "Fenwick & Roe", "Lumora"),
    "garden": ("Greenlow", "Thistledown", "Rakewell"),
    "sports": ("Stridon", "Peakline", "Corvello"),
    "toys": ("Pibble", "Woodsworth", "Tinkerby"),
    "office": ("Quillon", "Deskmate", "Paperwing"),
    "travel": ("Wayferro", "Roamly", "Satchell"),
}
GOODS: tuple[tuple[Category, str, int, float], ...] = (
    ("kitchen", "electric kettle", 38, 1.2),
    ("kitchen", "chef's knife", 45, 0.3),
    ("kitchen", "cast iron pan", 42, 2.8),
    ("kitchen", "coffee grinder", 55, 1.4),
    ("kitchen", "toaster", 35, 1.6),
    ("kitchen", "blender", 60, 3.0),
    ("kitchen", "mixing bowl set", 28, 1.5),
    ("electronics", "wireless headphones", 90, 0.4),
    ("electronics", "bluetooth speaker", 65, 0.8),
    ("electronics", "usb-c charger", 25, 0.2),
    ("electronics", "wireless mouse", 30, 0.2),
    ("electronics", "mechanical keyboard", 85, 1.0),
    ("electronics", "webcam", 50, 0.3),
    ("electronics", "power bank", 35, 0.4),
    ("home", "desk lamp", 40, 1.5),
    ("home", "wool blanket", 55, 1.3),
    ("home", "wall clock", 30, 0.9),
    ("home", "laundry basket", 22, 1.1),
    ("home", "bath towel set", 36, 1.6),
    ("garden", "garden hose", 32, 2.6),
    ("garden", "pruning shears", 24, 0.4),
    ("garden", "watering can", 18, 0.8),
    ("garden", "plant pot", 15, 1.7),
    ("sports", "yoga mat", 30, 1.2),
    ("sports", "running shoes", 95, 0.8),
    ("sports", "dumbbell pair", 48, 10.0),
    ("sports", "water bottle", 20, 0.3),
    ("sports", "bike helmet", 58, 0.5),
    ("toys", "building blocks", 34, 1.3),
    ("toys", "wooden train", 40, 1.5),
    ("toys", "jigsaw puzzle", 19, 0.7),
    ("toys", "board game", 37, 1.2),
    ("office", "notebook", 12, 0.3),
    ("office", "fountain pen", 33, 0.1),
    ("office", "desk organizer", 23, 0.9),
    ("office", "monitor stand", 44, 2.4),
    ("travel", "backpack", 75, 1.1),
    ("travel", "carry-on suitcase", 130, 3.1),
    ("travel", "travel pillow", 21, 0.4),
    ("travel", "packing cubes", 27, 0.5),
)
"""Category, kind, price level, weight in kilograms."""


class Product(Record):
    product_id: ProductId
    name: str
    brand: str
    category: Category
    price: float
    currency: CurrencyCode
    weight_kg: float
    rating: float
    """Mean of the reviews' stars, one decimal."""
    units: int


def seed_products(w: World) -> list[Product]:
    """One product a kind and brand; of each kind at most one is out of stock."""
    draw, currency = w.draw("products"), persona(w).currency
    products: list[Product] = []
    for category, kind, level, weight in GOODS:
        sold_out = draw.between(0, 9)
        for index, brand in enumerate(BRANDS[category]):
            product_id = f"PROD-{draw.bits() % 0x1000000:06X}"
            stars = draw_stars(w, product_id)
            products.append(
                Product(
                    product_id=product_id,
                    name=f"{brand} {kind}",
                    brand=brand,
                    category=category,
                    price=price(w, round(level * draw.between(70, 140) / 100) - 0.05),
                    currency=currency,
                    weight_kg=weight,
                    rating=round(sum(stars) / len(stars), 1),
                    units=0 if index == sold_out else draw.between(6, 40),
                )
            )
    return products


PRODUCTS = Table("products", key="product_id", seed_rows=seed_products)


def draw_stars(w: World, product_id: str) -> list[int]:
    """The stars of a product's reviews, newest first; two to six of them."""
    draw = w.draw("review stars", product_id)
    return [draw.pick((5, 5, 4, 4, 4, 3, 2, 1)) for _ in range(draw.between(2, 6))]


def move_units(w: World, product_id: str, change: int) -> None:
    """Take units out of stock (negative) or put them back."""
    product = PRODUCTS.get(w, product_id)
    PRODUCTS.put(w, product.model_copy(update={"units": product.units + change}))
