"""What an evaluation leaves in its folder: scorecard, scores, picture, page."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.evaluation.against import SCORES, Comparison
from toolgrad_local.evaluation.dataset import DataSet
from toolgrad_local.evaluation.evaluate import Result, read_answers
from toolgrad_local.evaluation.lines import LineFile
from toolgrad_local.evaluation.page_rows import describe_row, write_page
from toolgrad_local.evaluation.score import MEASURES, RowScore
from toolgrad_local.evaluation.scorecard import Figures, Scorecard
from toolgrad_local.generation.folder import write_atomically
from toolgrad_local.plots import Panel, draw_panels

PICTURED = (
    "right", "tool_precision", "tool_recall", "arguments_meaning", "end_state", "abstains", "well_formed", "qor",
    "headline", "non_live", "live",
)  # fmt: skip


def write_result(out: Path, result: Result, data: DataSet, comparison: Comparison | None) -> None:
    """Every file but the answers, which are there."""
    write_scores(out, result.scorecard, result.scores, comparison)
    write_page(out / "index.html", result.scorecard, list(describe_rows(out, result, data)))


def describe_rows(out: Path, result: Result, data: DataSet) -> Iterator[dict[str, Any]]:
    """The scored rows as the page shows them."""
    answers = read_answers(out)
    questions = {question.row.id: question for question in data.questions}
    for score in result.scores:
        row = questions[score.id].row
        gold = [
            (ToolCall(tool=call.tool, arguments=call.arguments), call.result)
            for turn in row.turns
            for call in turn.calls
        ]
        done = result.done[score.id]
        yield describe_row(score, row.query, row.tools or (), gold, row.answer, answers[score.id], done.made)


def write_scores(out: Path, scorecard: Scorecard, scores: Iterable[RowScore], comparison: Comparison | None) -> None:
    """Scorecard, scores and picture."""
    write_atomically(out / "scorecard.json", scorecard.model_dump_json(indent=2) + "\n")
    LineFile(out / SCORES, RowScore).tidy(scores)
    if comparison is not None:
        write_atomically(out / "comparison.json", comparison.model_dump_json(indent=2) + "\n")
    draw_panels(out / "scorecard.svg", list(picture(scorecard)))


def picture(scorecard: Scorecard) -> Iterator[Panel]:
    """A panel a figure: over all rows, and for each kind."""
    parts: dict[str, Figures] = {"all": scorecard.figures, **scorecard.by_kind}
    for name in PICTURED:
        if name in scorecard.figures:
            intervals = tuple((part.replace("_", " "), figures.get(name)) for part, figures in parts.items())
            yield Panel(MEASURES[name], intervals, shares=True)
