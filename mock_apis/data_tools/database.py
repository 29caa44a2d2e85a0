"""A small SQL database of a fictional lending library."""

import sqlite3
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity, Limit
from mock_apis.core.errors import Conflict, InvalidArgument, NotFound, ResourceExhausted
from mock_apis.data_tools.csv_text import CsvText, load_csv, number_of, plain, write_csv
from mock_apis.data_tools.database_rules import (
    MOST_STATEMENTS,
    STATEMENTS,
    Statement,
    allow,
    failure,
    insertion,
    opened,
    run,
)
from mock_apis.data_tools.json_text import JsonText, write_json

database = Domain(
    "database",
    category="data_tools",
    description="A SQL database (SQLite) of a fictional library: books, members, loans.",
)

TableName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$"), Entity("database.table")]
ColumnName = Annotated[str, Entity("database.column")]


class TableHead(Record):
    table: TableName
    rows: int


class TableList(Record):
    total: int
    tables: list[TableHead]


class Column(Record):
    column: ColumnName
    type: str
    required: bool
    primary_key: bool


class Description(Record):
    table: TableName
    rows: int
    columns: list[Column]


class Rows(Record):
    total: int
    """Rows shown; the statement may give more."""
    more: bool
    rows_json: JsonText
    """Array of objects."""


class RowsCsv(Record):
    csv_text: CsvText
    rows: int


class Effect(Record):
    rows_changed: int


class ColumnStats(Record):
    table: TableName
    column: ColumnName
    filled: int
    distinct: int
    smallest: str | None
    largest: str | None
    mean: float | None
    """Null unless all filled fields are numbers."""


@database.tool(example={}, kind="stateful")
def tables(w: World) -> TableList:
    """List the tables of the library's database with their number of rows."""
    with opened(w) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        heads = [TableHead(table=name, rows=count(connection, name)) for (name,) in found]
    return TableList(total=len(heads), tables=heads)


@database.tool(example={"table": "@database_tables.tables[0].table"}, errors=[NotFound], kind="stateful")
def describe(w: World, table: TableName) -> Description:
    """Tell the columns of a database table with types and keys.

    table: The table, as given by database_tables.
    """
    return description_of(w, table)


@database.tool(
    example={"sql": "SELECT name, title, due FROM loans JOIN books USING (book_id) JOIN members USING (member_id)"},
    errors=[ResourceExhausted],
    kind="stateful",
)
def query(w: World, sql: str, limit: Limit = 10) -> Rows:
    """Run a SELECT on the library's database and give the rows as JSON.

    sql: One SELECT statement in SQLite's SQL, at most 500 characters.
    limit: At most this many rows.
    """
    header, rows, more = select(w, sql, limit)
    found = [dict(zip(header, row, strict=True)) for row in rows]
    return Rows(total=len(rows), more=more, rows_json=write_json("sql", found))


@database.tool(
    example={"sql": "SELECT title, year FROM books ORDER BY year"}, errors=[ResourceExhausted], kind="stateful"
)
def export_csv(w: World, sql: str) -> RowsCsv:
    """Export what a SELECT on the library's database finds as CSV text, up to 100 rows.

    sql: One SELECT statement in SQLite's SQL, at most 500 characters; columns need different names.
    """
    header, rows, more = select(w, sql, 100)
    if more:
        raise ResourceExhausted("sql: gives over 100 rows; add LIMIT 100")
    return RowsCsv(csv_text=write_csv("sql", header, rows), rows=len(rows))


@database.tool(
    example={"sql": "UPDATE books SET copies = copies + 1 WHERE title = 'Emma'"},
    errors=[ResourceExhausted],
    writes=True,
    kind="stateful",
)
def execute(w: World, sql: str) -> Effect:
    """Run an INSERT, UPDATE or DELETE on the library's database.

    sql: One statement in SQLite's SQL, at most 500 characters; changes of tables are refused.
    """
    with opened(w) as connection:
        allow(connection, writes=True)
        before = connection.total_changes
        if run(connection, sql).description is not None:
            raise InvalidArgument("sql: gives rows; see database_query")
        changed = connection.total_changes - before
    remember(w, sql, [])
    return Effect(rows_changed=changed)


@database.tool(
    example={"table": "branches", "rows": "city,shelves\nLeeds,40\nYork,25\n"},
    errors=[Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def import_csv(w: World, table: TableName, rows: CsvText) -> Description:
    """Create a new table in the library's database from a CSV table.

    table: A new name of at most 40 lower-case letters, digits and underscores.
    rows: CSV text of at most 30 rows; column names of ASCII letters, digits and underscores.
    """
    grid = load_csv("rows", rows)
    if len(table) > 40 or len(grid.rows) > 30:
        raise ResourceExhausted("table: the name is over 40 characters, or there are over 30 rows")
    if any(not (name.isascii() and name.replace("_", "a").isalnum()) or name[0].isdigit() for name in grid.header):
        raise InvalidArgument("rows: a column name has other signs than ASCII letters, digits and underscores")
    if len({name.lower() for name in grid.header}) < len(grid.header):
        raise InvalidArgument("rows: two column names differ only in upper and lower case")
    with opened(w) as connection:
        taken = [row[0] for row in connection.execute("SELECT name FROM sqlite_master")]
    if table in taken or table.startswith("sqlite_"):
        raise Conflict(f"table '{table}' exists already, or its name is reserved")
    remember(w, f'CREATE TABLE "{table}" ({", ".join(f"{chr(34)}{name}{chr(34)}" for name in grid.header)})', [])
    if grid.rows:
        values = [value_of(cell) for row in grid.rows for cell in row]
        remember(w, insertion(table, len(grid.header), len(grid.rows)), values)
    return description_of(w, table)


@database.tool(example={"table": "books", "column": "year"}, errors=[NotFound], kind="stateful")
def column_stats(w: World, table: TableName, column: ColumnName) -> ColumnStats:
    """Tell a database column's filled and distinct fields, range and mean.

    table: The table, as given by database_tables.
    column: The column, as given by database_describe.
    """
    name = f'"{column}"'
    sql = f'SELECT count({name}), count(DISTINCT {name}), min({name}), max({name}), avg({name}) FROM "{table}"'
    with opened(w) as connection:
        if column not in [row.column for row in columns_of(connection, table)]:
            raise NotFound(f"no column '{column[:60]}' in table '{table}'; see database_describe")
        filled, distinct, smallest, largest, mean = connection.execute(sql).fetchone()
        kinds = {row[0] for row in connection.execute(f'SELECT DISTINCT typeof({name}) FROM "{table}"')} - {"null"}
    numeric = bool(kinds) and kinds <= {"integer", "real"}
    return ColumnStats(
        table=table, column=column, filled=filled, distinct=distinct, mean=round(mean, 6) if numeric else None,
        smallest=None if smallest is None else str(smallest)[:100],
        largest=None if largest is None else str(largest)[:100],
    )  # fmt: skip


def select(w: World, sql: str, most: int) -> tuple[list[str], list[tuple[object, ...]], bool]:
    """Column names, rows, and whether there are more. Raises InvalidArgument or ResourceExhausted."""
    with opened(w) as connection:
        allow(connection, writes=False)
        cursor = run(connection, sql)
        if cursor.description is None:
            raise InvalidArgument("sql: is not a SELECT; see database_execute")
        header = [column[0] for column in cursor.description]
        try:
            rows = cursor.fetchmany(most + 1)
        except (sqlite3.Error, ValueError) as error:
            raise failure(error) from None
    if len(set(header)) < len(header):
        raise InvalidArgument("sql: two columns have one name; name them with AS")
    if any(isinstance(value, bytes) or value in (float("inf"), float("-inf")) for row in rows for value in row):
        raise InvalidArgument("sql: gives bytes or an infinite number")
    return header, rows[:most], len(rows) > most


def remember(w: World, sql: str, values: list[str | int | float | None]) -> None:
    """Keep a statement that succeeded. Raises ResourceExhausted."""
    count = len(STATEMENTS.all(w))
    if count >= MOST_STATEMENTS:
        raise ResourceExhausted(f"sql: {MOST_STATEMENTS} statements have changed the database already")
    STATEMENTS.put(w, Statement(number=f"{count:03d}", sql=sql, values=values))


def description_of(w: World, table: str) -> Description:
    """A table's columns and rows. Raises NotFound."""
    with opened(w) as connection:
        columns = columns_of(connection, table)
        return Description(table=table, rows=count(connection, table), columns=columns)


def columns_of(connection: sqlite3.Connection, table: str) -> list[Column]:
    """The columns of a table. Raises NotFound."""
    rows = connection.execute('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (table,)).fetchall()
    if not rows or table.startswith("sqlite_"):
        raise NotFound(f"no table '{table[:60]}'; see database_tables")
    return [
        Column(column=name, type=kind or "ANY", required=bool(required), primary_key=bool(key))
        for name, kind, required, key in rows
    ]


def count(connection: sqlite3.Connection, table: str) -> int:
    """Rows of a table that exists."""
    return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


def value_of(cell: str) -> str | int | float | None:
    """A CSV cell as SQL stores it; an empty one is null."""
    number = number_of(cell)
    value: str | int | float | None = plain(number) if number is not None else cell or None
    return value
