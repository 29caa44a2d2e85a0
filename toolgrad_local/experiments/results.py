"""What an experiment's runs came to: the comparison's files, and a curve where the arms are numbers."""

from collections.abc import Sequence
from pathlib import Path

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.compare.compare import Comparison, compare_runs
from toolgrad_local.compare.figures import FIGURES
from toolgrad_local.compare.write import write_comparison
from toolgrad_local.experiments.arms import Made
from toolgrad_local.experiments.curves import make_curve
from toolgrad_local.experiments.plan import Plan
from toolgrad_local.generation.finished import open_finished
from toolgrad_local.plots import draw_curves

CURVES = ("pass_rate", "tools_passed", "tools_released", "teacher_calls_a_release")
"""The figures that are drawn along an axis, a picture each."""


def write_runs(plan: Plan, name: str, made: Sequence[Made], catalog: Catalog, out: Path) -> Comparison:
    """compare.md with the question above it, compare.json, compare.svg, and a curve a figure."""
    comparison = compare_runs([open_finished(arm.folder, catalog) for arm in made])
    table, *_ = write_comparison(comparison, out)
    pictures = draw_axis(plan, comparison, out) if plan.axis else []
    above = [f"# {name}", "", plan.question, ""]
    below = [f"![]({picture.name})" for picture in pictures]
    table.write_text("\n".join([*above, table.read_text(encoding="utf-8"), *below, ""]), encoding="utf-8")
    return comparison


def draw_axis(plan: Plan, comparison: Comparison, out: Path) -> list[Path]:
    """A picture a figure: its value and interval along the axis."""
    assert plan.axis is not None
    pictures = []
    for figure in FIGURES:
        if figure.key in CURVES:
            found = [(float(run.name), run.figures[figure.key]) for run in comparison.runs]
            picture = out / f"{figure.key}.svg"
            draw_curves(
                picture, [make_curve(figure.title, found, 100 if figure.percent else 1)], plan.axis, figure.title
            )
            pictures.append(picture)
    return pictures
