"""Airports, written by hand."""

from collections.abc import Iterator
from typing import Any

from tables.sources import curated

SOURCE = "Compiled by hand for this project from general knowledge"
LICENCE = "Same as the project"
ATTRIBUTION = ""
NOTE = (
    "Coordinates to 0.001 degree; only checked to lie within 65 km of the city; city is the listed city "
    "that the airport mainly serves."
)


def build() -> Iterator[dict[str, Any]]:
    """The rows, in their order."""
    return curated("airports")
