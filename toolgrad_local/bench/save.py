"""Merges what was measured into results.json, and renders RESULTS.md beside it."""

from collections.abc import Mapping
from pathlib import Path

from toolgrad_local.bench.render import render_results
from toolgrad_local.bench.results import FigureResult, read_results, write_results
from toolgrad_local.generation.folder import write_atomically


def save_results(path: Path, found: Mapping[str, FigureResult]) -> None:
    """A figure that was measured before is replaced, the others stay."""
    merged = {**read_results(path), **found}
    write_results(path, merged)
    write_atomically(path.with_name("RESULTS.md"), render_results(merged))
