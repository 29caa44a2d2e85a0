"""The model that is evaluated: its weights, how it is served, how it writes calls, and what it was trained on."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.errors import ConfigError
from toolgrad_local.evaluation.calls.table import CONSTRAINED, FORMATS, find_call_format
from toolgrad_local.evaluation.template import find_template, require_tools, takes_parallel_calls
from toolgrad_local.teacher.cache import require_weights
from toolgrad_local.teacher.digest import digest_weights
from toolgrad_local.teacher.profiles import load_profile

TRAINING = "training.json"


class Trained(Data):
    """A data set that a model was trained on, as its folder says."""

    digest: str | None
    """SHA-256 of dataset.json."""
    groups: frozenset[str]
    """The workflows of its training rows, and rows of no workflow."""
    run: str | None = None
    """Names the run, as `export.record.name_run` does; None where it is not told."""


@dataclass(frozen=True)
class Subject:
    """A model, ready to be served."""

    profile: TeacherProfile
    weights: Path
    digest: str
    calls: str
    """The format in which it writes calls."""
    parallel: bool
    """Whether a turn may have several calls in its template."""
    template: str
    """SHA-256 of the chat template."""
    trained: tuple[Trained, ...]
    """Empty if it was not trained here."""

    @property
    def name(self) -> str:
        return self.profile.name


def open_subject(model: str, named: str | None, calls: str | None, constrained: bool) -> Subject:
    """Raises ConfigError or TeacherError for a model that cannot be evaluated so: one line each."""
    if calls is not None and calls not in FORMATS:
        raise ConfigError(f"--calls {calls} is unknown; choose one of {', '.join(FORMATS)}")
    if calls is not None and constrained:
        raise ConfigError(f"--calls {calls} does not go with --constrained, which has a format of its own")
    profile = load_profile(model)
    weights = require_weights(profile)
    template, path = find_template(named, weights)
    if path is not None:
        extra = (*profile.serving.extra_args, "--chat-template", str(path))
        profile = profile.model_copy(update={"serving": profile.serving.model_copy(update={"extra_args": extra})})
    if not constrained:
        require_tools(template, profile.name)
    return Subject(
        profile=profile,
        weights=weights,
        digest=digest_weights(weights),
        calls=CONSTRAINED if constrained else calls or find_call_format(template, profile.name),
        parallel=not constrained and takes_parallel_calls(template),
        template=hashlib.sha256(template.encode()).hexdigest(),
        trained=read_training(weights),
    )


def read_training(folder: Path) -> tuple[Trained, ...]:
    """What the folder's model was trained on, as far as it says. Raises ConfigError for a record that is none."""
    path = folder / TRAINING
    if not path.is_file():
        return ()
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))["data"]
        return tuple(
            Trained(digest=part.get("digest"), groups=frozenset(part.get("groups", ())), run=part.get("run"))
            for part in found.get("sources") or [found]
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"{path} is no training record ({error}); train the model again") from None
