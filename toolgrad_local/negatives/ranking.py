"""What a similarity is, and what all of them share."""

from collections.abc import Callable
from typing import Protocol

from mock_apis.core import Tool
from toolgrad_local.catalog.loader import Catalog

DIGITS = 6
"""Cosines are rounded before they rank, and equal ones rank by name, so that last bits do not decide."""

Ranking = Callable[[str], tuple[str, ...]]
"""Gives for a tool's name all others, most similar first."""


class Similarity(Protocol):
    """A way to compare tools."""

    @property
    def name(self) -> str:
        """`lexical`, or the name of the embedding model."""

    def rank(self, catalog: Catalog) -> Ranking:
        """The ranking among a catalog's tools."""


def describe_for_ranking(tool: Tool) -> str:
    """The text by which tools are compared: name in words, description, parameter names."""
    parameters = ", ".join(name.replace("_", " ") for name in tool.parameters["properties"])
    return f"{tool.name.replace('_', ' ')}. {tool.description} {parameters}".strip()


def order_by_score(scores: dict[str, float], name: str) -> tuple[str, ...]:
    """The names of the others by falling score."""
    others = [other for other in scores if other != name]
    return tuple(sorted(others, key=lambda other: (-round(scores[other], DIGITS), other)))
