"""Well-known cocktails of the International Bartenders Association, written by hand."""

from collections.abc import Iterator
from typing import Any

from tables.sources import curated

SOURCE = "Facts: ingredients and amounts of the IBA's official cocktails, as of 2020, written down for this project"
LICENCE = "Facts, no rights claimed"
ATTRIBUTION = ""
NOTE = "Amounts in millilitres; dashes, spoons, pieces and what is only topped up are listed without an amount."


def build() -> Iterator[dict[str, Any]]:
    """The rows, in their order."""
    return curated("cocktails")
