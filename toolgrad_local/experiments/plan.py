"""An experiment's YAML file: a question, what all arms share, and what each arm changes."""

from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.profile import Backend
from toolgrad_local.errors import ConfigError
from toolgrad_local.yaml_file import read_yaml

PLANS = Path(__file__).parent / "plans"


class Student(Data):
    """What an arm trains on."""

    negatives: int = Field(default=50, ge=0, le=100)
    """Negative rows a hundred positive ones."""


class Arm(Data):
    """One run, or one student."""

    config: dict[str, Any] = Field(default_factory=dict)
    """Settings of `generate` that differ from the shared ones."""
    backend: Backend | None = None
    """The library that masks the tokens; None: the profile's."""
    student: Student | None = None
    """None: the arm is judged by its run."""


class Plan(Data):
    """The whole file."""

    question: str
    samples: int = Field(ge=1)
    """Of each arm."""
    config: dict[str, Any] = Field(default_factory=dict)
    """Settings of `generate` that all arms share."""
    reuse: bool = False
    """An arm takes the replies of the one before it where it asks the same."""
    axis: str | None = None
    """What the arms' names are numbers of; None where they are names. With an axis the picture is a curve."""
    arms: dict[str, Arm] = Field(min_length=2)

    @property
    def trains(self) -> bool:
        """True if the arms are students of one run."""
        return any(arm.student is not None for arm in self.arms.values())


def list_plans() -> dict[str, Plan]:
    """The bundled experiments by name."""
    return {path.stem: read_file(path) for path in sorted(PLANS.glob("*.yaml"))}


def read_plan(name: str) -> Plan:
    """A bundled experiment, or a YAML file. Raises ConfigError for what is neither."""
    file = Path(name) if name.endswith((".yaml", ".yml")) else PLANS / f"{name}.yaml"
    if not file.is_file():
        known = ", ".join(path.stem for path in sorted(PLANS.glob("*.yaml")))
        raise ConfigError(f"there is no experiment {name}; name a YAML file or one of {known}")
    return read_file(file)


def read_file(file: Path) -> Plan:
    """Raises ConfigError naming the first setting that is wrong."""
    try:
        return Plan.model_validate(read_yaml(file))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise ConfigError(f"{file}: {where}: {first['msg']}; see docs/experiments.md") from None


def merge_config(shared: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The shared settings with an arm's own, which win; the loop's are merged one by one."""
    return {**shared, **own, "loop": {**shared.get("loop", {}), **own.get("loop", {})}}
