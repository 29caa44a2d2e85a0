"""Pictures as SVG files: figures with their intervals, and curves. The same numbers give the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

from toolgrad_local.intervals import Interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = ("#2563ab", "#c2571a", "#2f8555", "#8a4fa3", "#7a6a1f", "#a33a4f")
LETTERS_POINTS = 9
STYLE = {"svg.fonttype": "path", "svg.hashsalt": "toolgrad", "font.size": LETTERS_POINTS}
WIDTH_INCHES, ROW_INCHES, EDGE_INCHES, PANELS_A_ROW = 8.0, 0.24, 0.9, 3
SHARE_AXIS = (-0.04, 1.04)
TITLE_LETTERS = 32
"""Of a line above a panel, which is a third of the width."""


@dataclass(frozen=True)
class Panel:
    """One figure of several runs or models, one under the other."""

    title: str
    intervals: tuple[tuple[str, Interval | None], ...]
    """By label; None is drawn as an empty line."""
    shares: bool = False
    """All lie between 0 and 1, and so does the axis; otherwise the figures decide it."""


@dataclass(frozen=True)
class Curve:
    """One line."""

    label: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    low: tuple[float, ...] | None = None
    """With `high` the band around it."""
    high: tuple[float, ...] | None = None


def draw_panels(path: Path, panels: Sequence[Panel]) -> None:
    """Dots with whiskers, three panels a row."""
    rows = -(-len(panels) // PANELS_A_ROW)
    height = rows * (EDGE_INCHES + ROW_INCHES * max(len(panel.intervals) for panel in panels))
    figure, axes = open_figure(rows, min(PANELS_A_ROW, len(panels)), height)
    for place, axis in enumerate(axes):
        if place < len(panels):
            draw_panel(axis, panels[place], named=place % PANELS_A_ROW == 0)
        else:
            axis.set_visible(False)
    save(figure, path)


def draw_panel(axis: "Axes", panel: Panel, *, named: bool) -> None:
    """One panel; `named`: with the labels beside it."""
    labels = [label for label, _ in panel.intervals]
    for place, (_, interval) in enumerate(panel.intervals):
        if interval is not None:
            spread = [[interval.value - interval.low], [interval.high - interval.value]]
            axis.errorbar(
                [interval.value], [place], xerr=spread, fmt="o", color=COLOURS[place % len(COLOURS)], capsize=2
            )
    axis.set_yticks(range(len(labels)), labels if named else [""] * len(labels))
    axis.set_ylim(len(labels) - 0.5, -0.5)
    if panel.shares:
        axis.set_xlim(*SHARE_AXIS)
    axis.set_title(fill(panel.title, TITLE_LETTERS), loc="left", fontsize=LETTERS_POINTS)
    tidy(axis)


def draw_curves(path: Path, curves: Sequence[Curve], x_label: str, y_label: str) -> None:
    """Lines with their bands in one frame."""
    figure, (axis,) = open_figure(1, 1, 3.6)
    for curve, colour in zip(curves, COLOURS * len(curves), strict=False):
        axis.plot(curve.x, curve.y, color=colour, label=curve.label, marker="o" if len(curve.x) < 20 else None, ms=4)
        if curve.low is not None and curve.high is not None:
            axis.fill_between(curve.x, curve.low, curve.high, color=colour, alpha=0.15, linewidth=0)
    axis.set_xlabel(x_label)
    axis.set_ylabel(y_label)
    tidy(axis)
    if len(curves) > 1:
        axis.legend(frameon=False)
    save(figure, path)


def open_figure(rows: int, columns: int, height: float) -> "tuple[Figure, list[Axes]]":
    """A figure without pyplot, which keeps every figure alive."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with rc_context(rc_of()):
        figure = Figure(figsize=(WIDTH_INCHES, height), layout="constrained")
        FigureCanvasSVG(figure)
        return figure, list(figure.subplots(rows, columns, squeeze=False).flat)


def tidy(axis: "Axes") -> None:
    """No frame, a light grid."""
    axis.spines[["top", "right"]].set_visible(False)
    axis.grid(axis="x", color="#dddddd", linewidth=0.6)
    axis.set_axisbelow(True)


def save(figure: "Figure", path: Path) -> None:
    """Write it without a date."""
    from matplotlib import rc_context

    with rc_context(rc_of()):
        figure.savefig(path, format="svg", metadata={"Date": None})


def rc_of() -> dict[Any, Any]:
    """What every picture is drawn with."""
    return dict(STYLE)
