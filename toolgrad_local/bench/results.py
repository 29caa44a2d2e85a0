"""results.json: every figure's last measurement, one part a figure."""

import json
import statistics
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from toolgrad_local.bench.metrics import METRICS, SUMMED
from toolgrad_local.data_model.base import Data
from toolgrad_local.errors import ConfigError
from toolgrad_local.generation.folder import pretty_json, write_atomically

HEADLINE_DIGITS = 4


class ResultTable(Data):
    """A table of a figure: what is no single number."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class FigureResult(Data):
    """One figure as it was measured."""

    date: str
    machine: dict[str, str]
    versions: dict[str, str] = Field(default_factory=dict)
    command: str
    settings: dict[str, str] = Field(default_factory=dict)
    metrics: dict[str, tuple[float, ...]]
    """The values of all repeats by the metric's name."""
    tables: tuple[ResultTable, ...] = ()


class Spread(Data):
    """Repeats in three numbers."""

    median: float
    low: float
    high: float
    count: int


def spread_of(values: tuple[float, ...]) -> Spread:
    """Median, least and most."""
    return Spread(median=statistics.median(values), low=min(values), high=max(values), count=len(values))


def read_results(path: Path) -> dict[str, FigureResult]:
    """The figures by name; none if there is no file. Raises ConfigError for a file of something else."""
    if path.is_dir():
        raise ConfigError(f"--out {path} is a folder; name a file in it, such as results.json")
    if not path.parent.is_dir():
        raise ConfigError(f"--out {path}: there is no folder {path.parent}; make it, or name another file")
    if not path.exists():
        return {}
    try:
        figures = json.loads(path.read_text(encoding="utf-8"))["figures"]
        return {name: FigureResult.model_validate(value) for name, value in figures.items()}
    except (ValueError, KeyError, TypeError, AttributeError, ValidationError) as error:
        raise ConfigError(f"--out {path} holds no results of this command; name another file") from error


def write_results(path: Path, figures: Mapping[str, FigureResult]) -> None:
    """Headline numbers first, then the figures whole."""
    whole = {name: figures[name].model_dump(mode="json", exclude_defaults=True) for name in figures}
    write_atomically(path, pretty_json({**find_headlines(figures), "figures": whole}))


def find_headlines(figures: Mapping[str, FigureResult]) -> dict[str, float]:
    """The median of each metric; of those that several scripts measure, the sum."""
    found: dict[str, float] = {}
    for name in METRICS:
        medians = [spread_of(result.metrics[name]).median for result in figures.values() if name in result.metrics]
        if medians:
            value = round(sum(medians) if name in SUMMED else medians[-1], HEADLINE_DIGITS)
            found[name] = int(value) if value == int(value) else value
    return found


def read_script_result(path: Path, date: str, machine: dict[str, str]) -> FigureResult:
    """What a script under benchmarks/ printed with --json. Raises ConfigError unless it holds a known metric.

    Its `command` and `tables`, if it says any, are kept as such, its other plain values as settings.
    """
    try:
        values: Any = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"--add {path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise ConfigError(f"--add {path} is no JSON; write a script's --json output into it") from error
    values = values if isinstance(values, dict) else {}
    numbers = {name: value for name, value in values.items() if type(value) in (int, float)}
    metrics: dict[str, tuple[float, ...]] = {n: (float(value),) for n, value in numbers.items() if n in METRICS}
    if not metrics:
        raise ConfigError(f"--add {path} holds no figure; known are {', '.join(METRICS)}")
    plain = {name: str(value) for name, value in values.items() if type(value) in (int, float, str, bool)}
    settings = {name: value for name, value in plain.items() if name not in metrics and name != "command"}
    command = plain.get("command", f"python benchmarks/{path.stem}.py --json")
    try:
        tables = tuple(ResultTable.model_validate(table) for table in values.get("tables", ()))
    except (TypeError, ValidationError) as error:
        raise ConfigError(f"--add {path}: its tables are none; write a script's --json output into it") from error
    return FigureResult(date=date, machine=machine, command=command, settings=settings, metrics=metrics, tables=tables)
