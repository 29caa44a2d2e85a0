"""The results of an experiment whose arms are students: a table, its numbers, pictures."""

import json
from pathlib import Path

from toolgrad_local.evaluation.score import MEASURES
from toolgrad_local.evaluation.scorecard import Scorecard
from toolgrad_local.experiments.curves import make_curve
from toolgrad_local.experiments.plan import Plan
from toolgrad_local.intervals import tell_interval
from toolgrad_local.plots import Panel, draw_curves, draw_panels

DRAWN = ("tool_f1", "success_rate", "abstains", "right")
KINDS = ("irrelevance", "missing_tool", "missing_parameter", "no_tool")


def write_scorecards(plan: Plan, name: str, scorecards: dict[str, Scorecard], out: Path) -> Path:
    """students.md, students.json, students.svg, and a curve where the arms are numbers; the table's path."""
    table = out / "students.md"
    lines = [f"# {name}", "", plan.question, "", f"| | {' | '.join(scorecards)} |", f"|---|{'---|' * len(scorecards)}"]
    for key, title in MEASURES.items():
        if any(key in card.figures for card in scorecards.values()):
            cells = (tell_interval(card.figures.get(key), percent=True) for card in scorecards.values())
            lines.append(f"| {title} (%) | {' | '.join(cells)} |")
    for kind in KINDS:
        figures = [card.by_kind.get(kind, {}).get("abstains") for card in scorecards.values()]
        if any(figures):
            cells = (tell_interval(figure, percent=True) for figure in figures)
            lines.append(f"| abstains, {kind.replace('_', ' ')} (%) | {' | '.join(cells)} |")
    draw_panels(
        out / "students.svg",
        [
            Panel(MEASURES[key], tuple((arm, card.figures.get(key)) for arm, card in scorecards.items()))
            for key in DRAWN
        ],
    )
    lines += ["", "95 % bootstrap intervals over test rows, the same for all students.", "", "![](students.svg)", ""]
    if plan.axis:
        draw_axis(plan, scorecards, out / "curve.svg")
        lines += ["![](curve.svg)", ""]
    table.write_text("\n".join(lines), encoding="utf-8")
    numbers = {arm: card.model_dump(mode="json") for arm, card in scorecards.items()}
    table.with_suffix(".json").write_text(json.dumps(numbers, indent=2) + "\n", encoding="utf-8")
    return table


def draw_axis(plan: Plan, scorecards: dict[str, Scorecard], picture: Path) -> None:
    """The figures that are drawn, along the arms' numbers."""
    assert plan.axis is not None
    curves = [
        make_curve(MEASURES[key], [(float(arm), scorecards[arm].figures.get(key)) for arm in plan.arms], 100)
        for key in DRAWN
    ]
    draw_curves(picture, curves, plan.axis, "%")
