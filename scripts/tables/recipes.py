"""Recipes, written by hand."""

from collections.abc import Iterator
from typing import Any

from tables.sources import curated

SOURCE = "Written for this project: real dishes with usual ingredients and amounts in grams, in own words"
LICENCE = "As the project"
ATTRIBUTION = ""
NOTE = "Every ingredient is a food of foods.jsonl."


def build() -> Iterator[dict[str, Any]]:
    """The rows, in their order."""
    return curated("recipes")
