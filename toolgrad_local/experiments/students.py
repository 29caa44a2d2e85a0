"""Students: one run, a data set an arm, a model trained on each, all asked the same test rows."""

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.errors import ConfigError
from toolgrad_local.evaluation.dataset import DataSet, find_seen, leave_out, open_data
from toolgrad_local.evaluation.evaluate import evaluate, settle_settings
from toolgrad_local.evaluation.progress import View
from toolgrad_local.evaluation.scorecard import Scorecard
from toolgrad_local.evaluation.subject import Subject, open_subject
from toolgrad_local.evaluation.write import write_result
from toolgrad_local.experiments.plan import Plan
from toolgrad_local.experiments.tables import write_scorecards
from toolgrad_local.export.export import export_dataset
from toolgrad_local.export.options import ExportOptions
from toolgrad_local.generation.finished import FinishedRun
from toolgrad_local.negatives.similarity import open_similarity
from toolgrad_local.training.recipe import find_recipe
from toolgrad_local.training.train import train_model

TEST_SHARE = 0.3
"""Of the workflows: the figures are of the test rows, and a small run has few."""
MAX_TOKENS = 256


@dataclass(frozen=True)
class StudentArm:
    """One student."""

    name: str
    data: Path
    model: Path


def train_students(plan: Plan, name: str, student: str, run: FinishedRun, catalog: Catalog, out: Path) -> Path:
    """Train a student an arm, then evaluate all; the results' table. What is done already is left as it is.

    All are asked the same rows: the test split of the arm with most negatives, which holds those of the others, without
    small talk that any of them was trained on.
    """
    recipe = find_recipe(student)
    arms = [export_arm(plan, arm, run, catalog, out) for arm in plan.arms]
    for arm in arms:
        train_model(student, [arm.data], recipe, arm.model, None, Console(stderr=True))
    most = max(arms, key=lambda arm: negatives_of(plan, arm.name))
    data = open_data(most.data, "test", None, catalog)
    subjects = {"before": open_subject(student, recipe.chat_template, None, False)}
    subjects |= {arm.name: open_subject(str(arm.model), None, None, False) for arm in arms}
    seen = tuple(sorted({row for subject in subjects.values() for row in find_seen(data, subject.trained, None)}))
    scorecards = {
        arm: evaluate_one(subject, leave_out(data, seen), seen, catalog, out / "evaluations" / arm)
        for arm, subject in subjects.items()
    }
    return write_scorecards(plan, name, scorecards, out)


def negatives_of(plan: Plan, name: str) -> int:
    """Negative rows a hundred positive ones of an arm."""
    chosen = plan.arms[name].student
    if chosen is None:
        raise ConfigError(f"arm {name} has no student, and others have; give all arms one, or none")
    return chosen.negatives


def export_arm(plan: Plan, name: str, run: FinishedRun, catalog: Catalog, out: Path) -> StudentArm:
    """The arm's data set, made unless it is there. The split is the same in all arms: it goes by workflow."""
    data = out / "data" / name
    if not data.exists():
        data.parent.mkdir(parents=True, exist_ok=True)
        options = ExportOptions(format="trl", split=TEST_SHARE, negatives=negatives_of(plan, name))
        export_dataset(run, catalog, options, open_similarity(None), data)
    return StudentArm(name, data, out / "models" / name)


def evaluate_one(subject: Subject, data: DataSet, seen: tuple[str, ...], catalog: Catalog, out: Path) -> Scorecard:
    """The scorecard of one model."""
    settings = settle_settings(subject, data, None, None, MAX_TOKENS, seen)
    with View() as view:
        result = evaluate(subject, data, catalog, settings, None, out, view)
    write_result(out, result, data, None)
    return result.scorecard
