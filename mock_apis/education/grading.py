"""Arithmetic of marks: means, letters, grade points, conversions."""

import math
from statistics import fmean, pstdev
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition, InvalidArgument

grading = Domain("grading", category="education", description="Computes marks on common US and German scales.")

Percent = Annotated[float, Field(ge=0, le=100), Entity("grade.percent")]
Score = Annotated[float, Field(ge=0, le=100)]
Scores = Annotated[list[Score], Field(min_length=2, max_length=40)]
Weight = Annotated[float, Field(ge=0.01, le=1000)]
Letter = Annotated[Literal["A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D+", "D", "D-", "F"], Entity("grade.letter")]
STEPS: tuple[tuple[float, Letter, float], ...] = (
    (93, "A", 4.0), (90, "A-", 3.7), (87, "B+", 3.3), (83, "B", 3.0), (80, "B-", 2.7), (77, "C+", 2.3),
    (73, "C", 2.0), (70, "C-", 1.7), (67, "D+", 1.3), (63, "D", 1.0), (60, "D-", 0.7), (0, "F", 0.0),
)  # fmt: skip
"""Least percent, letter, grade points: a common US scale without A+."""


class Mean(Record):
    percent: Percent


class Needed(Record):
    needed_percent: float
    """In the final; over 100 means out of reach, below 0 means safe."""
    reachable: bool


class LetterGrade(Record):
    letter: Letter
    grade_points: float
    points_to_next: float | None
    """Percentage points up to the next better letter; null for A."""


class Average(Record):
    gpa: float
    credits: float


class Curved(Record):
    mean_before: float
    mean_after: float
    scores: list[float]


class Standing(Record):
    percentile_rank: float
    """Share of the group below, plus half of the equal ones, in percent."""
    z_score: float | None
    """Null if all scores are equal."""
    rank: int
    """1 is best; equal scores share the better rank."""


class GermanGrade(Record):
    german_grade: float
    """1.0 is best, 4.0 just passes."""
    passed: bool


@grading.tool(example={"scores": [82, 91, 76], "weights": [2, 1, 3]}, kind="computation")
def weighted_mean(
    w: World, scores: Scores, weights: Annotated[list[Weight], Field(min_length=2, max_length=40)]
) -> Mean:
    """Compute the weighted mean of percentage scores.

    scores: Scores from 0 to 100.
    weights: Weight of each score, in the same order; they need not add up to 1.
    """
    if len(scores) != len(weights):
        raise InvalidArgument(f"weights: has {len(weights)} values, scores has {len(scores)}")
    total = math.fsum(score * weight for score, weight in zip(scores, weights, strict=True))
    return Mean(percent=round(min(100.0, total / math.fsum(weights)), 4))


@grading.tool(
    example={"current_percent": "@grading_weighted_mean.percent", "target_percent": 85, "final_weight_percent": 40},
    kind="computation",
)
def final_needed(
    w: World,
    current_percent: Percent,
    target_percent: Score,
    final_weight_percent: Annotated[float, Field(ge=1, le=100)],
) -> Needed:
    """Find the score in the final exam that a wanted course grade takes.

    current_percent: Mean of everything before the final.
    target_percent: Wanted grade of the whole course.
    final_weight_percent: Share of the final in the course grade.
    """
    share = final_weight_percent / 100
    needed = (target_percent - current_percent * (1 - share)) / share
    return Needed(needed_percent=round(needed, 4), reachable=needed <= 100)


@grading.tool(example={"percent": "@grading_weighted_mean.percent"}, kind="computation")
def letter(w: World, percent: Percent) -> LetterGrade:
    """Turn a percentage into a US letter grade, with A from 93 and F below 60.

    percent: Score from 0 to 100.
    """
    place = next(place for place, (least, *_) in enumerate(STEPS) if percent >= least)
    left = round(STEPS[place - 1][0] - percent, 4) if place else None
    return LetterGrade(letter=STEPS[place][1], grade_points=STEPS[place][2], points_to_next=left)


@grading.tool(example={"letters": ["@grading_letter.letter", "A-", "C+"], "credits": [3, 4, 3]}, kind="computation")
def gpa(
    w: World,
    letters: Annotated[list[Letter], Field(min_length=1, max_length=40)],
    credits: Annotated[list[Weight], Field(min_length=1, max_length=40)],
) -> Average:
    """Compute the grade point average of letter grades, weighted by credits.

    letters: US letter grades on the scale from A (4.0) to F (0.0).
    credits: Credit hours of each course, in the same order.
    """
    if len(letters) != len(credits):
        raise InvalidArgument(f"credits: has {len(credits)} values, letters has {len(letters)}")
    points = {name: value for _, name, value in STEPS}
    total = math.fsum(points[name] * hours for name, hours in zip(letters, credits, strict=True))
    return Average(gpa=round(total / math.fsum(credits), 3), credits=round(math.fsum(credits), 2))


@grading.tool(example={"scores": [49, 64, 81], "method": "square_root"}, kind="computation")
def curve(
    w: World, scores: Scores, method: Literal["square_root", "shift_top", "shift_mean"], mean: Score = 75
) -> Curved:
    """Curve the scores of a hard exam, never above 100 nor below 0.

    scores: Scores from 0 to 100.
    method: Ten times the square root, shifted so that the best is 100, or so that the mean is as wanted.
    mean: Wanted mean of shift_mean, before scores are cut at 0 and 100.
    """
    shift = 100 - max(scores) if method == "shift_top" else mean - fmean(scores)
    moved = [10 * math.sqrt(score) if method == "square_root" else score + shift for score in scores]
    cut = [round(min(100.0, max(0.0, score)), 4) for score in moved]
    return Curved(mean_before=round(fmean(scores), 4), mean_after=round(fmean(cut), 4), scores=cut)


@grading.tool(example={"percent": "@grading_weighted_mean.percent", "scores": [60, 70, 80, 90]}, kind="computation")
def standing(w: World, percent: Percent, scores: Scores) -> Standing:
    """Place a score within the scores of a class: percentile rank, z-score and rank.

    percent: The score to place.
    scores: Scores of the whole class.
    """
    below, equal = sum(score < percent for score in scores), sum(score == percent for score in scores)
    spread = pstdev(scores)
    return Standing(
        percentile_rank=round(100 * (below + equal / 2) / len(scores), 4),
        z_score=round((percent - fmean(scores)) / spread, 4) if spread > 1e-6 else None,
        rank=1 + sum(score > percent for score in scores),
    )


@grading.tool(
    example={"percent": "@grading_weighted_mean.percent", "pass_percent": 60},
    errors=[FailedPrecondition],
    kind="computation",
)
def german_grade(w: World, percent: Percent, pass_percent: Score, best_percent: Score = 100) -> GermanGrade:
    """Convert a score to the German scale by the modified Bavarian formula.

    percent: Score from 0 to 100, at most best_percent.
    pass_percent: Lowest score that passes, below best_percent; it becomes 4.0.
    best_percent: Best score that can be reached; it becomes 1.0.
    """
    if best_percent - pass_percent < 1 or percent > best_percent:
        raise FailedPrecondition(
            f"best_percent {best_percent} must be at least percent {percent} and 1 over pass_percent {pass_percent}"
        )
    grade = 1 + 3 * (best_percent - percent) / (best_percent - pass_percent)
    return GermanGrade(german_grade=round(min(5.0, grade), 1), passed=percent >= pass_percent)
