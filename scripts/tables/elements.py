"""Elements, written by hand."""

from collections.abc import Iterator
from typing import Any

from tables.sources import curated

SOURCE = (
    "Facts: IUPAC names, symbols, groups and abridged standard atomic weights (2021), written down for this project"
)
LICENCE = "Facts, no rights claimed"
ATTRIBUTION = ""
NOTE = (
    "Where mass_number_only is true there is no standard weight and the mass is the mass number of a "
    "long-lived isotope. Group is null for the 28 elements of the f-block, which ends before lutetium and "
    "lawrencium."
)


def build() -> Iterator[dict[str, Any]]:
    """The rows, in their order."""
    return curated("elements")
