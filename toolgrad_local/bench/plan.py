"""What a figure is asked to measure."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.data_model.run_config import RunConfig
from toolgrad_local.errors import ConfigError
from toolgrad_local.generation.read_config import SCRIPTED, read_config
from toolgrad_local.teacher.cache import require_weights
from toolgrad_local.teacher.profiles import load_profile

Tell = Callable[[str], None]
"""Where a person reads what is going on."""


@dataclass(frozen=True)
class Plan:
    """One figure's settings."""

    figure: str
    teacher: str
    samples: int
    iterations: int | None
    """None: what the config, or the teacher's profile, says."""
    width: int | None
    """Samples in flight; None: as many as the engine can take."""
    repeat: int
    seed: int
    config: Path | None = None
    """YAML of settings, as `generate --config` takes it."""
    runs: tuple[Path, ...] = ()
    """Finished runs to measure on, where the figure takes any."""

    @property
    def command(self) -> str:
        """The command line that measures this again."""
        words = ["toolgrad-local", "bench", self.figure]
        for option, value in (
            ("--teacher", None if self.teacher == SCRIPTED else self.teacher),
            ("--samples", self.samples),
            ("--iterations", self.iterations),
            ("--width", self.width),
            ("--repeat", self.repeat),
            ("--seed", self.seed or None),
            ("--config", self.config),
            *(("--run", run) for run in self.runs),
        ):
            if value is not None:
                words += [option, str(value)]
        return shlex.join(words)

    def make_config(self, repeat: int = 0, samples: int | None = None) -> RunConfig:
        """The run's config of one repeat: each has a seed of its own. `samples` other than the plan's."""
        given = {
            "samples": samples or self.samples,
            "iterations": self.iterations,
            "seed": self.seed + repeat,
            "teacher": self.teacher,
        }
        return read_config(self.config, given)

    def describe(self) -> dict[str, str]:
        """The settings that a result is kept with."""
        loop = self.make_config().loop
        return {
            "teacher": self.teacher,
            "samples": str(self.samples),
            "steps a sample": str(loop.iterations),
            "pool size": str(loop.pool_size),
            "proposals": str(loop.proposals),
            "inverse_predict": loop.inverse_predict,
            "samples in flight": str(self.width or "as many as the engine takes"),
        }


def require_teacher(plan: Plan) -> tuple[TeacherProfile, Path]:
    """The plan's profile and weights. Raises ConfigError for the scripted teacher, TeacherError without weights."""
    if plan.teacher == SCRIPTED:
        raise ConfigError(f"bench {plan.figure} needs a real engine, not the scripted teacher; name another --teacher")
    profile = load_profile(plan.teacher)
    return profile, require_weights(profile)
