"""Airlines, written by hand."""

from collections.abc import Iterator
from typing import Any

from tables.sources import curated

SOURCE = "Facts: names, IATA and ICAO codes, alliances and main hubs of airlines, written down for this project"
LICENCE = "Facts, no rights claimed"
ATTRIBUTION = ""
NOTE = "As of the end of 2024. The hub is one main base of the airline; some have several."


def build() -> Iterator[dict[str, Any]]:
    """The rows, in the order of their names."""
    return curated("airlines")
