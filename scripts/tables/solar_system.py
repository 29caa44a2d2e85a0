"""The sun, planets, dwarf planets and large moons, written by hand."""

from collections.abc import Iterator
from typing import Any

from tables.sources import curated

SOURCE = "Facts: values of the NASA planetary fact sheets (NSSDCA), written down for this project"
LICENCE = "Public domain"
ATTRIBUTION = ""
NOTE = "Rounded; mean radii. Periods of orbits have no sign, backward rotations are negative."


def build() -> Iterator[dict[str, Any]]:
    """The rows, in their order."""
    return curated("solar_system")
