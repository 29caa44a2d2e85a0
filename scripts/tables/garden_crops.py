"""Vegetables and herbs of the kitchen garden, written by hand."""

from collections.abc import Iterator
from typing import Any

from tables.sources import curated

SOURCE = "Written for this project: botanical names and families, and usual spacings and planting times of gardeners"
LICENCE = "Facts, no rights claimed"
ATTRIBUTION = ""
NOTE = (
    "Every crop is a food of foods.jsonl. Spacings and weeks are usual values from which varieties and climates "
    "differ; weeks_from_last_frost is when it is sown or planted outdoors, null for garlic, which is planted in autumn."
)


def build() -> Iterator[dict[str, Any]]:
    """The rows, in their order."""
    return curated("garden_crops")
