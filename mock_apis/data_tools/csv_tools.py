"""Tables given as CSV text: described, filtered, sorted, grouped, joined, turned."""

import statistics
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.errors import Conflict, InvalidArgument, NotFound, ResourceExhausted
from mock_apis.data_tools.csv_text import CsvText, load_csv, number_of, plain, write_csv
from mock_apis.data_tools.json_text import JsonText, write_json

csv_tools = Domain(
    "csv_tools",
    category="data_tools",
    description="Work on tables that are given as CSV text with a header row, up to 4000 characters.",
)

SALES = "region,product,units\nNorth,tea,12\nNorth,coffee,7\nSouth,tea,5\nSouth,coffee,20\n"
Comparison = Literal["equals", "not_equals", "contains", "less_than", "greater_than"]
Measure = Literal["sum", "mean", "min", "max", "count"]
Columns = Annotated[list[str], Field(min_length=1, max_length=20)]


class Csv(Record):
    csv_text: CsvText
    rows: int
    columns: int


class Column(Record):
    name: str
    type: Literal["number", "text", "empty"]
    filled: int
    """Cells that are not empty."""
    distinct: int
    smallest: str | None
    """Smallest number, or first text in order of code points; null if all are empty."""
    largest: str | None
    mean: float | None


class Description(Record):
    rows: int
    columns: list[Column]


class Document(Record):
    json_text: JsonText
    rows: int


@csv_tools.tool(example={"table": SALES}, errors=[ResourceExhausted], kind="computation")
def describe(w: World, table: CsvText) -> Description:
    """Tell the columns of a CSV table with their type, range and mean.

    table: CSV text with a header row, at most 4000 characters.
    """
    grid = load_csv("table", table)
    columns = [describe_column(name, [row[at] for row in grid.rows]) for at, name in enumerate(grid.header)]
    return Description(rows=len(grid.rows), columns=columns)


@csv_tools.tool(
    example={"table": SALES, "column": "units", "comparison": "greater_than", "value": "6"},
    errors=[NotFound, ResourceExhausted],
    kind="computation",
)
def filter_(w: World, table: CsvText, column: str, comparison: Comparison, value: str) -> Csv:
    """Keep the rows of a CSV table whose cell in one column passes a test.

    table: CSV text with a header row, at most 4000 characters.
    column: Name of the column to look at, as in the header.
    comparison: The test; less_than and greater_than need numbers and drop cells that are none.
    value: What the cell is compared with; upper and lower case differ.
    """
    grid = load_csv("table", table)
    at = grid.place("column", column)
    if comparison in ("less_than", "greater_than") and number_of(value) is None:
        raise InvalidArgument(f"value '{value}' is no plain decimal number")
    rows = [row for row in grid.rows if passes(row[at], comparison, value)]
    return table_of(grid.header, rows)


@csv_tools.tool(
    example={"table": SALES, "columns": ["units"], "descending": True},
    errors=[NotFound, ResourceExhausted],
    kind="computation",
)
def sort(w: World, table: CsvText, columns: Columns, descending: bool = False) -> Csv:
    """Sort the rows of a CSV table by one or more columns.

    table: CSV text with a header row, at most 4000 characters.
    columns: Column names, the most important first; numbers come before texts, empty cells last.
    descending: Whether the largest comes first; empty cells stay last.
    """
    grid = load_csv("table", table)
    rows = list(grid.rows)
    for column in reversed(columns):
        at = grid.place("columns", column)
        filled = [row for row in rows if row[at].strip()]
        filled.sort(key=lambda row, at=at: sort_key(row[at]), reverse=descending)  # type: ignore[misc]
        rows = filled + [row for row in rows if not row[at].strip()]
    return table_of(grid.header, rows)


@csv_tools.tool(
    example={"table": SALES, "group_by": "region", "column": "units", "measure": "sum"},
    errors=[NotFound, ResourceExhausted],
    kind="computation",
)
def aggregate(w: World, table: CsvText, group_by: str, column: str, measure: Measure) -> Csv:
    """Sum, average, count or find extremes of a CSV column for each group.

    table: CSV text with a header row, at most 4000 characters.
    group_by: Column whose equal values form a group, in order of first appearance.
    column: Column that is measured; cells that are no numbers are left out, count counts filled ones.
    measure: What is worked out for each group; it has an empty cell if the group has no number.
    """
    grid = load_csv("table", table)
    by, at = grid.place("group_by", group_by), grid.place("column", column)
    groups: dict[str, list[str]] = {}
    for row in grid.rows:
        groups.setdefault(row[by], []).append(row[at])
    rows = [[name, measured(cells, measure)] for name, cells in groups.items()]
    return table_of([group_by, f"{measure}_{column}"], rows)


@csv_tools.tool(
    example={"left": SALES, "right": "product,price\ntea,2.5\ncoffee,4\n", "on": "product"},
    errors=[NotFound, Conflict, ResourceExhausted],
    kind="computation",
)
def join(w: World, left: CsvText, right: CsvText, on: str, keep_unmatched: bool = False) -> Csv:
    """Join two CSV tables on a column that both have.

    left: CSV text whose rows keep their order, at most 4000 characters.
    right: CSV text with the columns to add, at most 4000 characters.
    on: Name of the column that both tables have and whose cells must be equal.
    keep_unmatched: Whether rows of the left table without a partner stay, with empty cells.
    """
    one, two = load_csv("left", left), load_csv("right", right)
    at, there = one.place("on", on), two.place("on", on)
    added = [name for name in two.header if name != on]
    for name in added:
        if name in one.header:
            raise Conflict(f"right: the column '{name}' is in both tables; see csv_tools_select")
    partners: dict[str, list[list[str]]] = {}
    for row in two.rows:
        partners.setdefault(row[there], []).append([cell for place, cell in enumerate(row) if place != there])
    missing = [[""] * len(added)] if keep_unmatched else []
    rows = [[*row, *more] for row in one.rows for more in partners.get(row[at], missing)]
    return table_of([*one.header, *added], rows)


@csv_tools.tool(
    example={"table": SALES, "columns": ["product", "units"]}, errors=[NotFound, ResourceExhausted], kind="computation"
)
def select(w: World, table: CsvText, columns: Columns) -> Csv:
    """Keep only some columns of a CSV table, in a new order.

    table: CSV text with a header row, at most 4000 characters.
    columns: Names of the columns to keep, each once, in the order wanted.
    """
    grid = load_csv("table", table)
    places = [grid.place("columns", column) for column in columns]
    if len(set(places)) < len(places):
        raise InvalidArgument("columns: a column is named twice")
    return table_of(columns, [[row[at] for at in places] for row in grid.rows])


@csv_tools.tool(
    example={"table": SALES, "rows": "region", "columns": "product", "values": "units"},
    errors=[NotFound, ResourceExhausted],
    kind="computation",
)
def pivot(w: World, table: CsvText, rows: str, columns: str, values: str, measure: Measure = "sum") -> Csv:
    """Turn a long CSV table into a cross table of two columns.

    table: CSV text with a header row, at most 4000 characters.
    rows: Column whose values become the rows of the cross table.
    columns: Column whose values become its columns; at most 25 different ones.
    values: Column that is measured in each field.
    measure: What is worked out in each field; a field without numbers is empty.
    """
    grid = load_csv("table", table)
    down, across, at = grid.place("rows", rows), grid.place("columns", columns), grid.place("values", values)
    names = list(dict.fromkeys(row[across] for row in grid.rows))
    if len(names) > 25:
        raise ResourceExhausted(f"columns: '{columns}' has {len(names)} different values, over 25")
    if rows in names or "" in names:
        raise InvalidArgument(f"columns: a value of '{columns}' is empty or equals the column name '{rows}'")
    fields: dict[str, dict[str, list[str]]] = {}
    for row in grid.rows:
        fields.setdefault(row[down], {}).setdefault(row[across], []).append(row[at])
    crossed = [
        [name, *(measured(found[key], measure) if key in found else "" for key in names)]
        for name, found in fields.items()
    ]
    return table_of([rows, *names], crossed)


@csv_tools.tool(example={"table": SALES}, errors=[ResourceExhausted], kind="computation")
def to_json(w: World, table: CsvText) -> Document:
    """Write a CSV table as a JSON array with one object for each row.

    table: CSV text with a header row; cells that are plain decimals become numbers, empty ones null.
    """
    grid = load_csv("table", table)
    rows = [dict(zip(grid.header, map(value_of, row), strict=True)) for row in grid.rows]
    return Document(json_text=write_json("table", rows), rows=len(rows))


def table_of(header: list[str], rows: list[list[str]]) -> Csv:
    """The result of a tool that gives a table."""
    return Csv(csv_text=write_csv("table", header, rows), rows=len(rows), columns=len(header))


def describe_column(name: str, cells: list[str]) -> Column:
    """A column is of numbers if all its filled cells are."""
    filled = [cell for cell in cells if cell.strip()]
    numbers = [number for cell in filled if (number := number_of(cell)) is not None]
    numeric = bool(filled) and len(numbers) == len(filled)
    ordered = sorted(filled, key=sort_key) if numeric else sorted(filled)
    return Column(
        name=name,
        type="number" if numeric else "text" if filled else "empty",
        filled=len(filled),
        distinct=len(set(filled)),
        smallest=ordered[0][:60] if ordered else None,
        largest=ordered[-1][:60] if ordered else None,
        mean=round(statistics.fmean(numbers), 6) if numeric else None,
    )


def passes(cell: str, comparison: Comparison, value: str) -> bool:
    """Whether a cell passes the test; numbers are compared as numbers where both are some."""
    one, two = number_of(cell), number_of(value)
    if comparison == "contains":
        return value in cell
    if comparison in ("equals", "not_equals"):
        equal = cell == value or (one is not None and one == two)
        return equal == (comparison == "equals")
    return one is not None and two is not None and (one < two if comparison == "less_than" else one > two)


def sort_key(cell: str) -> tuple[bool, float, str]:
    """Numbers by value, then texts by code points."""
    number = number_of(cell)
    return number is None, 0.0 if number is None else number, cell


def measured(cells: list[str], measure: Measure) -> str:
    """The measure of a group's cells as a cell."""
    if measure == "count":
        return str(sum(bool(cell.strip()) for cell in cells))
    numbers = [number for cell in cells if (number := number_of(cell)) is not None]
    if not numbers:
        return ""
    measures: dict[str, Callable[[list[float]], float]] = {"sum": sum, "mean": statistics.fmean, "min": min, "max": max}
    return str(plain(round(measures[measure](numbers), 6)))


def value_of(cell: str) -> str | float | int | None:
    """A cell as a JSON value."""
    number = number_of(cell)
    return (None if not cell.strip() else cell) if number is None else plain(number)
