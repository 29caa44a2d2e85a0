"""The comparison's files: a table, its numbers, a picture."""

from pathlib import Path

from toolgrad_local.compare.compare import Comparison
from toolgrad_local.compare.figures import FIGURES
from toolgrad_local.compare.tables import write_markdown
from toolgrad_local.errors import ConfigError
from toolgrad_local.generation.folder import pretty_json
from toolgrad_local.intervals import Interval
from toolgrad_local.plots import Panel, draw_panels


def write_comparison(comparison: Comparison, folder: Path) -> tuple[Path, ...]:
    """Write compare.md, compare.json and compare.svg; raises ConfigError if the folder is a file."""
    if folder.exists() and not folder.is_dir():
        raise ConfigError(f"--out {folder} is a file; name a folder")
    folder.mkdir(parents=True, exist_ok=True)
    table, numbers, picture = (folder / f"compare.{kind}" for kind in ("md", "json", "svg"))
    table.write_text(write_markdown(comparison), encoding="utf-8")
    numbers.write_text(pretty_json(comparison.model_dump(mode="json")), encoding="utf-8")
    draw_panels(picture, list_panels(comparison))
    return table, numbers, picture


def list_panels(comparison: Comparison) -> list[Panel]:
    """A panel a figure, those in percent times a hundred."""
    return [
        Panel(
            figure.title,
            tuple((run.name, scale(run.figures[figure.key], 100 if figure.percent else 1)) for run in comparison.runs),
        )
        for figure in FIGURES
        if figure.drawn
    ]


def scale(interval: Interval | None, factor: float) -> Interval | None:
    """Value and bounds times the factor."""
    if interval is None:
        return None
    return Interval(interval.value * factor, interval.low * factor, interval.high * factor, interval.count)
