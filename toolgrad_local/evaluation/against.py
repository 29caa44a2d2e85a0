"""Two models on the same rows: a paired test of every figure."""

from collections.abc import Sequence
from pathlib import Path

from toolgrad_local.data_model.base import Data
from toolgrad_local.errors import ConfigError
from toolgrad_local.evaluation.lines import LineFile
from toolgrad_local.evaluation.score import MEASURES, RowScore
from toolgrad_local.evaluation.scorecard import Scorecard
from toolgrad_local.evaluation.settings import Settings, read_settings
from toolgrad_local.intervals import Paired, compare_paired

SCORES = "scores.jsonl"


class Comparison(Data):
    """comparison.json"""

    first: str
    """The model that `--against` names."""
    second: str
    figures: dict[str, Paired]
    """By name, and `name (kind)` for each kind of negative: the second less the first, over the rows that both have."""
    differs: tuple[str, ...]
    """Settings in which the two differ besides the model."""


def read_scores(folder: Path) -> tuple[RowScore, ...]:
    """Of an evaluation that is done."""
    found = LineFile(folder / SCORES, RowScore).read()
    if not found:
        raise ConfigError(f"{folder} holds no scores; evaluate into it first")
    return tuple(found.values())


def compare(scorecard: Scorecard, scores: Sequence[RowScore], other: Path) -> Comparison:
    """The evaluation against an earlier one. Raises ConfigError unless both are of the same data and split."""
    here, there = scorecard.settings, read_settings(other)
    for name in ("data", "split"):
        if getattr(here, name) != getattr(there, name):
            raise ConfigError(
                f"--against {other} is of another {'data set' if name == 'data' else 'split'} "
                f"({getattr(there, name)[:40]}); evaluate both on the same"
            )
    before = {score.id: score for score in read_scores(other)}
    pairs = [(before[score.id], score) for score in scores if score.id in before]
    if not pairs:
        raise ConfigError(f"--against {other} has no row in common with this evaluation; use the same --limit")
    kinds = sorted({score.kind for score in scores if "abstains" in score.values})
    figures = {name: pair_up(pairs, name) for name in MEASURES}
    for kind in kinds:
        of_kind = [pair for pair in pairs if pair[1].kind == kind]
        figures[f"abstains ({kind})"] = pair_up(of_kind, "abstains")
    return Comparison(
        first=there.model,
        second=here.model,
        figures={name: paired for name, paired in figures.items() if paired is not None},
        differs=differing(here, there),
    )


def pair_up(pairs: Sequence[tuple[RowScore, RowScore]], name: str) -> Paired | None:
    """Over the rows where both have a value."""
    both = [(a.values[name], b.values[name]) for a, b in pairs if name in a.values and name in b.values]
    return compare_paired([a for a, _ in both], [b for _, b in both])


def differing(here: Settings, there: Settings) -> tuple[str, ...]:
    """What else differs, since it may be the reason."""
    names = ("calls", "template", "limit", "turns", "sampling")
    return tuple(name for name in names if getattr(here, name) != getattr(there, name))
