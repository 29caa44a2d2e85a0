"""The scorecard of a model: every figure with its interval, over all rows, by kind of row and by domain."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pydantic import Field

from toolgrad_local import __version__
from toolgrad_local.data_model.base import Data
from toolgrad_local.evaluation.answer import Answer
from toolgrad_local.evaluation.score import MEASURES, RowScore, domains_of
from toolgrad_local.evaluation.settings import Settings
from toolgrad_local.intervals import Interval, mean_interval

Figures = dict[str, Interval]
"""By name of the figure; without those that no row has a value for."""
OF_A_DOMAIN = ("right", "tool_f1", "arguments_meaning", "end_state")
"""Figures by domain: most domains have few rows."""


class ErrorCount(Data):
    """One kind of format error."""

    count: int
    share: Interval
    """Of the rows that have it."""


class Agreed(Data):
    """How far the judge agrees with answers whose worth is known."""

    good: Interval
    """Share of the requests that it finds answered in answers written from the gold results."""
    bad: Interval
    """Share of the requests that it finds unanswered in answers to other queries, and in refusals."""


class Scorecard(Data):
    """scorecard.json"""

    made_by: str = f"toolgrad-local {__version__}"
    settings: Settings
    rows: dict[str, int]
    """Asked, by kind; each counts once."""
    left_out: dict[str, int]
    """Rows that were not asked, by reason."""
    figures: Figures
    """Over all rows that have a value."""
    by_kind: dict[str, Figures]
    by_domain: dict[str, Figures]
    """A row counts in each domain that its gold calls use, once."""
    by_training: dict[str, Figures]
    """`held_out`: rows with a domain that was kept out of training; `trained`: the others. Empty if none was."""
    errors: dict[str, ErrorCount]
    judge: Agreed | None = None
    """None where no judge was asked."""
    tokens: dict[str, int] = Field(default_factory=dict)
    """Read and written by the model."""


def make_scorecard(
    settings: Settings, scores: Sequence[RowScore], answers: Iterable[Answer], left_out: Mapping[str, int]
) -> Scorecard:
    """The same answers give the same scorecard."""
    kinds = Counter(score.kind for score in scores)
    said = [reply for answer in answers for reply in answer.replies]
    held = [score for score in scores if score.held_out]
    sides = {"held_out": held, "trained": [s for s in scores if s.domains and not s.held_out]} if held else {}
    return Scorecard(
        settings=settings,
        rows=dict(kinds),
        left_out=dict(left_out),
        figures=measure(scores),
        by_kind={kind: measure([score for score in scores if score.kind == kind]) for kind in kinds},
        by_domain={
            domain: measure([score for score in scores if domain in score.domains], OF_A_DOMAIN)
            for domain in domains_of(scores)
        },
        by_training={name: measure(part) for name, part in sides.items()},
        errors=count_errors(scores),
        tokens={
            "prompt": sum(reply.prompt_tokens for reply in said),
            "completion": sum(reply.completion_tokens for reply in said),
        },
    )


def measure(scores: Sequence[RowScore], names: Iterable[str] = tuple(MEASURES)) -> Figures:
    """The mean of each figure over the rows that have a value."""
    found = {name: mean_interval([score.values[name] for score in scores if name in score.values]) for name in names}
    return {name: interval for name, interval in found.items() if interval is not None}


def count_errors(scores: Sequence[RowScore]) -> dict[str, ErrorCount]:
    """Kinds that occur."""
    totals = Counter[str]()
    for score in scores:
        totals.update(score.errors)
    counts = {}
    for kind in sorted(totals):
        share = mean_interval([float(kind in score.errors) for score in scores])
        assert share is not None
        counts[kind] = ErrorCount(count=totals[kind], share=share)
    return counts
