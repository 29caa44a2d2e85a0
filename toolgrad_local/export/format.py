"""What a format is: how a row is written and read back, and what it has no place for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from toolgrad_local.export.row import Part, Row

Column = Literal["text", "json", "json_list"] | tuple[str, str]
"""json, json_list: a JSON value, or a list of them, kept apart from Arrow's own types, which would fill in None; a pair
of names: a list of records of two texts."""
Scope = Literal["whole", "single_turn", "thoughts", "chains"]
"""Which samples fit. whole: all; single_turn: those whose query says every argument, without results; thoughts: those
that have them; chains: all, as workflows, without offered tools and negatives."""

ALL_PARTS: frozenset[Part] = frozenset({"today", "tools", "results", "answer"})


@dataclass(frozen=True)
class Format:
    """One shape of rows."""

    name: str
    title: str
    """What it is, for the card."""
    columns: Mapping[str, Column]
    """Of the JSONL files and of Parquet, in order; `id` is always the first."""
    write: Callable[[Row], dict[str, Any]]
    read: Callable[[Mapping[str, Any]], Row]
    """The inverse of `write`. Raises ValueError, KeyError or TypeError for what `write` did not write."""
    holds: frozenset[Part] = ALL_PARTS
    scope: Scope = "whole"
    more_files: Callable[[str, Sequence[dict[str, Any]]], dict[str, str]] | None = None
    """From a split's name and rows to further files by path, where the format's own tools want another layout."""

    @property
    def has_negatives(self) -> bool:
        """Negatives have no thoughts and no chains."""
        return self.scope in ("whole", "single_turn")
