"""Students: one run, a data set an arm, a model trained on each, all asked the same test rows."""

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.errors import ConfigError
from toolgrad_local.evaluation.dataset import open_data, refuse_seen
from toolgrad_local.evaluation.evaluate import evaluate, settle_settings
from toolgrad_local.evaluation.progress import View
from toolgrad_local.evaluation.scorecard import Scorecard
from toolgrad_local.evaluation.subject import open_subject
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
    evaluation: Path


def train_students(plan: Plan, name: str, student: str, run: FinishedRun, catalog: Catalog, out: Path) -> Path:
    """Train and evaluate a student an arm; the results' table. What is done already is left as it is."""
    arms = [export_arm(plan, arm, run, catalog, out) for arm in plan.arms]
    most = max(arms, key=lambda arm: negatives_of(plan, arm.name))
    scorecards = {"before": evaluate_one(student, most.data, catalog, out / "before", student)}
    for arm in arms:
        train_model(student, [arm.data], find_recipe(student), arm.model, None, Console(stderr=True))
        scorecards[arm.name] = evaluate_one(str(arm.model), most.data, catalog, arm.evaluation, student)
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
    return StudentArm(name, data, out / "models" / name, out / "evaluations" / name)


def evaluate_one(model: str, data: Path, catalog: Catalog, out: Path, student: str) -> Scorecard:
    """The scorecard on the test rows of the data set with most negatives, which hold those of the others."""
    subject = open_subject(model, find_recipe(student).chat_template if model == student else None, None, False)
    opened = open_data(data, "test", None, catalog)
    refuse_seen(opened, subject.training, None)
    settings = settle_settings(subject, opened, None, None, MAX_TOKENS)
    with View() as view:
        result = evaluate(subject, opened, catalog, settings, None, out, view)
    write_result(out, result, opened, None)
    return result.scorecard
