"""HTTP header fields, written by hand."""

from collections.abc import Iterator
from typing import Any

from tables.sources import curated

SOURCE = "Facts of the RFCs and standards named in the rows, written down for this project in own words"
LICENCE = "Facts, no rights claimed"
ATTRIBUTION = ""
NOTE = "A choice of common fields; sent_in says in which messages they are normally met."


def build() -> Iterator[dict[str, Any]]:
    """The rows by name."""
    return curated("http_headers")
