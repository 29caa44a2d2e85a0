"""CSV as text with a header row, read and written strictly, so that it can go from tool to tool."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from mock_apis.core.entities import Entity
from mock_apis.core.errors import InvalidArgument, NotFound, ResourceExhausted

CsvText = Annotated[str, Entity("csv.text")]
"""Comma-separated values with a header row; lines end with a line feed."""
LONGEST_TEXT = 4000
MOST_COLUMNS = 30


@dataclass(frozen=True)
class Grid:
    """A header and rows of the same width."""

    header: list[str]
    rows: list[list[str]]

    def place(self, argument: str, column: str) -> int:
        """The index of a column. Raises NotFound."""
        if column not in self.header:
            raise NotFound(f"{argument}: no column '{column}'; the columns are {', '.join(self.header)}")
        return self.header.index(column)


def load_csv(name: str, text: str) -> Grid:
    """The table of an argument that is CSV text. Raises InvalidArgument or ResourceExhausted."""
    if len(text) > LONGEST_TEXT:
        raise ResourceExhausted(f"{name}: {len(text)} characters are over {LONGEST_TEXT}")
    try:
        lines = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    except csv.Error as error:
        raise InvalidArgument(f"{name}: is not CSV: {error}") from None
    if not lines:
        raise InvalidArgument(f"{name}: has no header row")
    header, rows = [cell.strip() for cell in lines[0]], lines[1:]
    if len(header) > MOST_COLUMNS:
        raise ResourceExhausted(f"{name}: {len(header)} columns are over {MOST_COLUMNS}")
    if "" in header or len(set(header)) < len(header):
        raise InvalidArgument(f"{name}: the header has an empty or a repeated column name")
    for number, row in enumerate(rows, 1):
        if len(row) != len(header):
            raise InvalidArgument(f"{name}: row {number} has {len(row)} cells, the header has {len(header)}")
    return Grid(header, rows)


def write_csv(name: str, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """The text of a table that was made from the argument `name`. Raises ResourceExhausted if it is too long."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([[plain(cell) for cell in row] for row in rows])
    text = stream.getvalue()
    if len(text) > LONGEST_TEXT:
        raise ResourceExhausted(f"{name}: gives {len(text)} characters of CSV, over {LONGEST_TEXT}")
    return text


def number_of(cell: str) -> float | None:
    """The number in a cell, or None; only plain decimals, with at most 15 digits before the point."""
    text = cell.strip()
    digits = text.removeprefix("-").replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit()) or len(text.removeprefix("-").split(".")[0]) > 15:
        return None
    return float(text)


def plain(value: Any) -> Any:
    """A number without a needless .0; any other value unchanged."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value
