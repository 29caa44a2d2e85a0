"""The store's reserve warehouse: bins of products behind what the store has on its shelves."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import Entity, IsoDateTime, Limit
from mock_apis.core.errors import FailedPrecondition, NotFound, ResourceExhausted
from mock_apis.shopping.orders import ORDERS, OrderId
from mock_apis.shopping.stock import PRODUCTS, ProductId, move_units

warehouse = Domain(
    "warehouse", category="logistics", description="Fictional reserve warehouse that refills the store's shelves."
)

Bin = Annotated[str, Field(pattern=r"^[A-F]-[0-9]{2}$"), Entity("warehouse.bin")]
"""Aisle A to F and place 01 to 20."""
Units = Annotated[int, Field(ge=1, le=500)]
Change = Literal["received", "moved", "to store"]
BIN_CAPACITY = 500
BINS = tuple(f"{aisle}-{place:02d}" for aisle in "ABCDEF" for place in range(1, 21))


class BinRow(Record):
    bin: Bin
    product_id: ProductId | None
    units: int


class ProductStock(Record):
    product_id: ProductId
    name: str
    bins: list[BinRow]
    reserve_units: int
    store_units: int


class LowStock(Record):
    product_id: ProductId
    name: str
    store_units: int
    reserve_units: int


class LowStockList(Record):
    total: int
    products: list[LowStock]


class FreeBins(Record):
    total: int
    bins: list[Bin]


class Movement(Record):
    number: int
    at: IsoDateTime
    change: Change
    product_id: ProductId
    bin: Bin
    units: int
    """Negative if they left the bin."""


class MovementList(Record):
    total: int
    movements: list[Movement]


class Pick(Record):
    product_id: ProductId
    units: int
    bin: Bin | None
    """Where to take them; null if no bin holds enough."""


class PickList(Record):
    order_id: OrderId
    complete: bool
    picks: list[Pick]


def seed_bins(w: World) -> list[BinRow]:
    """A product in every bin but the last ten of the last aisle; empty ones are free."""
    draw = w.draw("warehouse bins")
    product_ids = draw.sample([row.product_id for row in PRODUCTS.all(w)], len(BINS) - 10)
    product_ids += [""] * (len(BINS) - len(product_ids))
    return [
        BinRow(bin=name, product_id=product_id or None, units=draw.between(5, 120) if product_id else 0)
        for name, product_id in zip(BINS, product_ids, strict=True)
    ]


BIN_ROWS = Table("warehouse_bins", key="bin", seed_rows=seed_bins)
MOVEMENTS: Table[Movement] = Table("warehouse_movements", key="number", seed_rows=lambda w: [])


@warehouse.tool(example={"product_id": "@store_search.products[0].product_id"}, errors=[NotFound], kind="stateful")
def locate(w: World, product_id: ProductId) -> ProductStock:
    """Show in which warehouse bins a product lies and how many units the store has.

    product_id: The product, as given by store_search.
    """
    return stock_of(w, product_id)


@warehouse.tool(example={"below": 8}, kind="stateful")
def low_stock(w: World, below: Annotated[int, Field(ge=1, le=100)] = 5, limit: Limit = 5) -> LowStockList:
    """List products of which the store's shelves hold few units, fewest first.

    below: Only products with fewer units than this.
    limit: At most this many products.
    """
    rows = sorted((row for row in PRODUCTS.all(w) if row.units < below), key=lambda row: (row.units, row.name))
    reserve: dict[str | None, int] = {}
    for item in BIN_ROWS.all(w):
        reserve[item.product_id] = reserve.get(item.product_id, 0) + item.units
    found = [
        LowStock(
            product_id=row.product_id,
            name=row.name,
            store_units=row.units,
            reserve_units=reserve.get(row.product_id, 0),
        )
        for row in rows[:limit]
    ]
    return LowStockList(total=len(rows), products=found)


@warehouse.tool(example={}, kind="stateful")
def free_bins(w: World, limit: Limit = 5) -> FreeBins:
    """List warehouse bins that are empty, in their order.

    limit: At most this many bins.
    """
    free = [row.bin for row in BIN_ROWS.all(w) if row.product_id is None]
    return FreeBins(total=len(free), bins=free[:limit])


@warehouse.tool(
    example={"product_id": "@store_search.products[0].product_id", "bin": "@warehouse_free_bins.bins[0]", "units": 40},
    errors=[NotFound, FailedPrecondition, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def receive(w: World, product_id: ProductId, bin: Bin, units: Units) -> ProductStock:
    """Put newly delivered units of a product into a warehouse bin.

    product_id: The product, as given by store_search.
    bin: A bin that is empty or holds the same product, such as F-12.
    units: How many units arrived.
    """
    PRODUCTS.get(w, product_id)
    change_bin(w, bin, product_id, units, "received")
    return stock_of(w, product_id)


@warehouse.tool(
    example={
        "product_id": "@warehouse_receive.product_id",
        "from_bin": "@warehouse_free_bins.bins[0]",
        "to_bin": "@warehouse_free_bins.bins[1]",
        "units": 5,
    },
    errors=[NotFound, FailedPrecondition, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def move(w: World, product_id: ProductId, from_bin: Bin, to_bin: Bin, units: Units) -> ProductStock:
    """Move units of a product from one warehouse bin to another.

    product_id: The product, as given by warehouse_locate.
    from_bin: Bin that holds it.
    to_bin: A bin that is empty or holds the same product.
    units: How many units to move.
    """
    PRODUCTS.get(w, product_id)
    change_bin(w, from_bin, product_id, -units, "moved")
    change_bin(w, to_bin, product_id, units, "moved")
    return stock_of(w, product_id)


@warehouse.tool(
    example={
        "product_id": "@warehouse_receive.product_id",
        "bin": "@warehouse_free_bins.bins[0]",
        "units": 4,
    },
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def refill_store(w: World, product_id: ProductId, bin: Bin, units: Units) -> ProductStock:
    """Bring units of a product from a warehouse bin to the store's shelves for sale.

    product_id: The product, as given by warehouse_low_stock.
    bin: Bin that holds it, as given by warehouse_locate.
    units: How many units to bring.
    """
    PRODUCTS.get(w, product_id)
    change_bin(w, bin, product_id, -units, "to store")
    move_units(w, product_id, units)
    return stock_of(w, product_id)


@warehouse.tool(example={"order_id": "@orders_list.orders[0].order_id"}, errors=[NotFound], kind="stateful")
def pick_list(w: World, order_id: OrderId) -> PickList:
    """Say from which warehouse bins the items of an order can be taken.

    order_id: An order at the store, as given by orders_list.
    """
    picks = []
    for line in ORDERS.get(w, order_id).lines:
        rows = [row for row in BIN_ROWS.all(w) if row.product_id == line.product_id and row.units >= line.quantity]
        picks.append(Pick(product_id=line.product_id, units=line.quantity, bin=rows[0].bin if rows else None))
    return PickList(order_id=order_id, complete=all(pick.bin for pick in picks), picks=picks)


@warehouse.tool(example={"limit": 3}, kind="stateful")
def movements(w: World, product_id: ProductId | None = None, limit: Limit = 5) -> MovementList:
    """List what was put into and taken out of warehouse bins, newest first.

    product_id: Only movements of this product.
    limit: At most this many movements.
    """
    rows = [row for row in MOVEMENTS.all(w) if product_id in (None, row.product_id)]
    return MovementList(total=len(rows), movements=rows[::-1][:limit])


def stock_of(w: World, product_id: str) -> ProductStock:
    """Where the product lies. Raises NotFound."""
    product = PRODUCTS.get(w, product_id)
    rows = [row for row in BIN_ROWS.all(w) if row.product_id == product_id]
    return ProductStock(
        product_id=product_id,
        name=product.name,
        bins=rows[:10],
        reserve_units=sum(row.units for row in rows),
        store_units=product.units,
    )


def change_bin(w: World, name: str, product_id: str, units: int, change: Change) -> None:
    """Put units into a bin or take them out. Raises NotFound, FailedPrecondition, ResourceExhausted."""
    row = BIN_ROWS.find(w, name)
    if row is None:
        raise NotFound(f"no bin '{name}': places are 01 to 20")
    if row.product_id not in (None, product_id):
        raise FailedPrecondition(f"bin {name} holds {row.product_id}, not product_id {product_id}")
    left = row.units + units
    if left < 0:
        raise FailedPrecondition(f"units {-units} is more than the {row.units} in bin {name}")
    if left > BIN_CAPACITY:
        raise ResourceExhausted(f"bin {name} holds at most {BIN_CAPACITY} units; {BIN_CAPACITY - row.units} more fit")
    BIN_ROWS.put(w, BinRow(bin=name, product_id=product_id if left else None, units=left))
    number, at = len(MOVEMENTS.all(w)) + 1, w.now.isoformat(timespec="minutes")
    MOVEMENTS.put(w, Movement(number=number, at=at, change=change, product_id=product_id, bin=name, units=units))
