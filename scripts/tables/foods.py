"""Foods, written by hand."""

from collections.abc import Iterator
from typing import Any

from tables.sources import curated

SOURCE = (
    "Facts: widely published approximate values per 100 g of edible portion (as in USDA FoodData Central, "
    "public domain), written down for this project"
)
LICENCE = "Facts, no rights claimed"
ATTRIBUTION = ""
NOTE = "Rounded, typical values; brands and varieties differ. Carbohydrate is total and contains the fibre."


def build() -> Iterator[dict[str, Any]]:
    """The rows, in their order."""
    return curated("foods")
