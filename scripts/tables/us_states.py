"""The states of the US, written by hand."""

from collections.abc import Iterator
from typing import Any

from tables import cities
from tables._geonames import fold
from tables.sources import curated

SOURCE = "Facts (capitals, dates of admission, land borders), compiled by hand for this project"
LICENCE = "Same as the project"
ATTRIBUTION = ""
NOTE = (
    "The 50 states and the District of Columbia. The original thirteen have the date on which they ratified the "
    "Constitution. Arizona and Colorado, and New Mexico and Utah, meet in a point only, and count as neighbours."
)


def build() -> Iterator[dict[str, Any]]:
    """The rows by name; the capital is the city's name in the table of cities."""
    names = {
        (row.get("state"), fold(row["name"].split(", ")[0])): row["name"] for row in reversed(list(cities.build()))
    }
    for row in sorted(curated("us_states"), key=lambda row: row["name"]):
        capital = row.pop("capital_city")
        listed = names.get((row["state"], fold(capital))) if capital else None
        if capital and not listed:
            print(f"no city for {capital}, {row['state']}")
        yield {**row, "capital": capital, "capital_city": listed}
