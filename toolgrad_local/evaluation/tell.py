"""The scorecard and a comparison as tables for a terminal."""

from collections.abc import Iterator

from rich.table import Table

from toolgrad_local.evaluation.against import Comparison
from toolgrad_local.evaluation.score import MEASURES
from toolgrad_local.evaluation.scorecard import Figures, Scorecard
from toolgrad_local.intervals import Interval, tell_interval

COLUMNS = {
    "right": "right",
    "tool_f1": "tool F1",
    "arguments_meaning": "arguments",
    "end_state": "end state",
    "abstains": "abstains",
    "well_formed": "format",
}
"""Figures of a table by part, with short titles; the others are in scorecard.json."""
MANY = 0.2
"""Share of the rows from which on a kind of error is worth a word."""
LEAST_AGREEMENT = 0.8
"""Below it the judge's scores say little."""


def scorecard_tables(scorecard: Scorecard) -> Iterator[Table]:
    """Figures, kinds, domains, format errors."""
    settings = scorecard.settings
    rows = ", ".join(f"{count} {kind}" for kind, count in scorecard.rows.items())
    yield figure_table(f"{settings.model} ({settings.calls}) on {settings.split}: {rows}", scorecard.figures)
    yield part_table("by kind of row", scorecard.by_kind)
    if scorecard.by_training:
        yield part_table("domains kept out of training, and the others", scorecard.by_training)
    if scorecard.by_domain:
        yield part_table("by domain of the gold calls", scorecard.by_domain)
    if scorecard.errors:
        table = open_table("format errors", "kind", "calls or replies", "% of the rows")
        for kind, error in scorecard.errors.items():
            table.add_row(kind.replace("_", " "), str(error.count), tell_interval(error.share, percent=True))
        yield table
    if scorecard.judge is not None:
        worst = min(scorecard.judge.good.value, scorecard.judge.bad.value)
        doubt = "" if worst >= LEAST_AGREEMENT else ": too often wrong for QoR to say much"
        table = open_table(f"the judge on answers of known worth{doubt}", "answers", "% judged rightly", "queries")
        for name, interval in (("good", scorecard.judge.good), ("bad", scorecard.judge.bad)):
            table.add_row(name, tell_interval(interval, percent=True), str(interval.count))
        yield table


def find_hints(scorecard: Scorecard) -> Iterator[str]:
    """What a person should know before they believe the figures."""
    unmarked = scorecard.errors.get("unmarked")
    if unmarked is not None and unmarked.share.value >= MANY:
        yield (
            f"in {unmarked.share.value:.0%} of the rows the model writes calls without the marks of its format "
            f"({scorecard.settings.calls}), which count as none; `--calls json` into another --out would read them"
        )
    cut = scorecard.errors.get("cut_off")
    if cut is not None and cut.share.value >= MANY:
        most = scorecard.settings.sampling.max_tokens
        yield f"in {cut.share.value:.0%} of the rows a reply is cut off after {most} tokens; see --max-tokens"
    for reason, count in scorecard.left_out.items():
        yield f"left out: {count} rows, {reason}"


def figure_table(title: str, figures: Figures) -> Table:
    """One line a figure."""
    table = open_table(title, "figure", "% (95 % interval)", "rows")
    for name, interval in figures.items():
        table.add_row(MEASURES.get(name, name), tell_interval(interval, percent=True), str(interval.count))
    return table


def part_table(title: str, parts: dict[str, Figures]) -> Table:
    """One line a part, for the figures that one of them has."""
    names = [name for name in COLUMNS if any(name in figures for figures in parts.values())]
    table = open_table(f"{title}, %", "", "rows", *(COLUMNS[name] for name in names))
    for part, figures in parts.items():
        count = max((interval.count for interval in figures.values()), default=0)
        table.add_row(part.replace("_", " "), str(count), *(tell_short(figures.get(name)) for name in names))
    return table


def tell_short(interval: Interval | None) -> str:
    """`63 (52-75)`"""
    if interval is None:
        return "–"
    value, low, high = (f"{100 * x:.0f}" for x in (interval.value, interval.low, interval.high))
    return f"{value} ({low}-{high})"


def comparison_table(comparison: Comparison) -> Table:
    """One line a figure: the second model less the first."""
    title = f"{comparison.second} less {comparison.first}, row by row"
    if comparison.differs:
        title += f" (they also differ in {', '.join(comparison.differs)})"
    table = open_table(title, "figure", "points (95 % interval)", "p", "rows")
    for name, paired in comparison.figures.items():
        value, low, high = (f"{100 * x:+.1f}" for x in (paired.difference, paired.low, paired.high))
        table.add_row(
            MEASURES.get(name, name), f"{value} ({low} to {high})", f"{paired.p_value:.3f}", str(paired.count)
        )
    return table


def open_table(title: str, *columns: str) -> Table:
    """A table with numbers to the right."""
    table = Table(title=title, title_justify="left")
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if place else "left")
    return table
