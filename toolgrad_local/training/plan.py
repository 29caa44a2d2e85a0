"""What is trained, as the folder keeps it: a checkpoint goes on only with the same model, data and recipe."""

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from toolgrad_local.data_model.base import Data
from toolgrad_local.errors import ConfigError, TrainingError
from toolgrad_local.generation.folder import pretty_json, write_atomically
from toolgrad_local.training.corpus import SourceRecord
from toolgrad_local.training.recipe import Recipe


class Base(Data):
    """The model that training starts from."""

    name: str
    """Of its profile or folder."""
    digest: str
    """Of its weights, tokenizer and configs."""


class TrainedData(Data):
    """What is trained on."""

    digest: str
    """SHA-256 of dataset.json; over those of several data sets."""
    groups: tuple[str, ...]
    """Workflows trained on, and rows of no workflow, sorted."""
    rows: int
    """Rows trained on."""
    left_out: dict[str, int]
    """Rows that were not, by reason."""
    sources: tuple[SourceRecord, ...]


class TrainingPlan(Data):
    """All that decides the trained weights, besides the machine and the versions."""

    base: Base
    recipe: Recipe
    chat_template: str
    """SHA-256 of its text."""
    data: TrainedData
    limit: int | None
    """Rows drawn to train on; None for all."""
    steps: int
    """Optimizer steps."""


UNIMPORTANT = {"base.name", "recipe.name", "recipe.description", "recipe.memory"}


def keep_plan(path: Path, wanted: TrainingPlan) -> None:
    """Write it, or find the same one there. Raises TrainingError for another one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, pretty_json(wanted.model_dump(mode="json")))
        return
    try:
        kept = TrainingPlan.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise TrainingError(f"{path} is damaged or of another version ({error.error_count()} faults)") from None
    refuse_other(path.parent.parent, kept, wanted)


def refuse_other(folder: Path, kept: TrainingPlan, wanted: TrainingPlan) -> None:
    """Raises TrainingError with the fields that differ."""
    before, now = flatten(kept), flatten(wanted)
    differing = [name for name in sorted(before | now) if before.get(name) != now.get(name) and name not in UNIMPORTANT]
    if differing:
        said = ", ".join(f"{name} ({brief(before.get(name))}, now {brief(now.get(name))})" for name in differing[:4])
        more = f" and {len(differing) - 4} more" if len(differing) > 4 else ""
        raise TrainingError(f"{folder} holds a training with other values of {said}{more}; give another --out")


def flatten(plan: TrainingPlan) -> dict[str, Any]:
    """Values by dotted name; of the data no more than what decides it."""
    found: dict[str, Any] = {}
    content = plan.model_dump(mode="json", include=set(TrainingPlan.model_fields), exclude={"data": {"sources"}})
    for name, value in content.items():
        if isinstance(value, dict):
            found |= {f"{name}.{key}": inner for key, inner in value.items()}
        else:
            found[name] = value
    return found


def brief(value: Any) -> str:
    """Short enough for one line."""
    text = json.dumps(value)
    return text.strip('"')[:12] if isinstance(value, str) else text if len(text) <= 40 else f"{text[:37]}..."


def require_folder(out: Path) -> None:
    """Raises ConfigError unless the folder is new, empty, or one that training made."""
    if out.exists() and not out.is_dir():
        raise ConfigError(f"--out {out} is a file; name a folder")
    if out.is_dir():
        names = {path.name for path in out.iterdir()}
        if names - {"training.lock"} and not names & {"checkpoints", "training.json"}:
            raise ConfigError(f"--out {out} is not empty and holds no training; name a new folder")
