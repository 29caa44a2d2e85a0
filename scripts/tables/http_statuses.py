"""HTTP status codes, written by hand."""

from collections.abc import Iterator
from typing import Any

from tables.sources import curated

SOURCE = "Facts of RFC 9110 and the RFCs named in the rows, written down for this project in own words"
LICENCE = "Facts, no rights claimed"
ATTRIBUTION = ""
NOTE = "Cacheable is by default, as RFC 9110 section 15.1 lists it. Codes of experimental or withdrawn uses stay out."


def build() -> Iterator[dict[str, Any]]:
    """The rows by code."""
    return curated("http_statuses")
