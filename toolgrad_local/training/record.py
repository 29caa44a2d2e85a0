"""training.json: how the model in a folder was trained."""

from pathlib import Path

from pydantic import ValidationError

from toolgrad_local.data_model.base import Data
from toolgrad_local.errors import TrainingError
from toolgrad_local.training.plan import TrainingPlan

NAME = "training.json"


class Losses(Data):
    """Mean over the assistant's tokens of a step; of the test split the mean over its batches."""

    train_first: float
    """Of the first step."""
    train_last: float
    """Of the last step."""
    test_first: float | None
    """Of the test split before training; None without one."""
    test_last: float | None
    test_least: float | None = None
    """The least of all looks at the test split, at `test_least_step`: later steps learnt the training rows by heart."""
    test_least_step: int | None = None


class TrainingRecord(TrainingPlan):
    """training.json: the plan, and what became of it."""

    losses: Losses
    tokens: int
    """Read while training."""
    seconds: float
    versions: dict[str, str]
    hardware: dict[str, str]


def read_record(folder: Path) -> TrainingRecord | None:
    """None where nothing was trained to its end. Raises TrainingError for a file that is damaged."""
    path = folder / NAME
    if not path.exists():
        return None
    try:
        return TrainingRecord.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise TrainingError(f"{path} is damaged or of another version ({error.error_count()} faults)") from None
