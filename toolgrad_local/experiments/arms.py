"""Makes the runs of an experiment, one after another, on one server as long as they share a teacher."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.data_model.run_config import RunConfig
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.experiments.plan import Arm, Plan, merge_config
from toolgrad_local.generation.claim import claim_folder
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.generate import generate, open_scripted
from toolgrad_local.generation.meter import Meter
from toolgrad_local.generation.progress import show_progress
from toolgrad_local.generation.read_config import SCRIPTED, resolve_config
from toolgrad_local.generation.stopping import StopRequest
from toolgrad_local.teacher.cache import require_weights
from toolgrad_local.teacher.digest import digest_weights
from toolgrad_local.teacher.open import serve_teacher
from toolgrad_local.teacher.profiles import load_profile
from toolgrad_local.teacher.shares import share_machine

SCRIPTED_WIDTH = 16


@dataclass(frozen=True)
class Made:
    """An arm's run."""

    name: str
    folder: RunFolder


@dataclass
class LentTeacher:
    """A teacher that is opened when a run first needs it, and kept for the next runs of the same profile."""

    stack: AsyncExitStack
    profile: TeacherProfile | None = None
    open: Teacher | None = None
    meter: Meter | None = None
    """Of the run that has it now."""

    @asynccontextmanager
    async def lend(self, profile: TeacherProfile, weights: Path, log: Path, meter: Meter) -> AsyncIterator[Teacher]:
        """The teacher of that profile; another profile's is closed first."""
        self.meter = meter
        if self.open is None or self.profile != profile:
            self.open = None
            await self.stack.aclose()
            opened = serve_teacher(profile, weights, log, self.tell, share_machine(profile, None))
            self.open, self.profile = await self.stack.enter_async_context(opened), profile
        yield self.open

    def tell(self, notice: str) -> None:
        """What the server has to say goes to the run that has it."""
        if self.meter is not None:
            self.meter.tell(notice)


async def make_runs(
    plan: Plan, teacher: str | None, samples: int | None, seed: int, catalog: Catalog, out: Path
) -> list[Made]:
    """Every arm's run, finished; those that are finished already are left as they are.

    `teacher`, `samples`: other ones than the plan's and the machine's.
    """
    resolved = {name: resolve_arm(plan, arm, teacher, samples, seed) for name, arm in plan.arms.items()}
    made: list[Made] = []
    async with AsyncExitStack() as stack:
        lent = LentTeacher(stack)
        for name, (config, profile) in resolved.items():
            folder = RunFolder(out / name)
            await make_run(
                folder, name, config, profile, catalog, lent, made[-1].folder if plan.reuse and made else None
            )
            made.append(Made(name, folder))
    return made


async def make_shared_run(
    plan: Plan, teacher: str | None, samples: int | None, seed: int, catalog: Catalog, out: Path
) -> RunFolder:
    """The one run whose samples all students are trained on, finished."""
    async with AsyncExitStack() as stack:
        config, profile = resolve_arm(plan, Arm(), teacher, samples, seed)
        folder = RunFolder(out / "run")
        await make_run(folder, "run", config, profile, catalog, LentTeacher(stack), None)
    return folder


def resolve_arm(
    plan: Plan, arm: Arm, teacher: str | None, samples: int | None, seed: int
) -> tuple[RunConfig, TeacherProfile | None]:
    """The arm's settings and its teacher. Raises ConfigError for settings that `generate` would refuse."""
    given: dict[str, Any] = {"samples": samples or plan.samples, "seed": seed}
    config = resolve_config(merge_config(plan.config, arm.config), given | ({"teacher": teacher} if teacher else {}))
    profile = None if config.teacher == SCRIPTED else load_profile(config.teacher)
    if profile is not None and arm.backend is not None:
        profile = profile.model_copy(update={"backend": arm.backend})
    return config, profile


async def make_run(
    folder: RunFolder,
    name: str,
    config: RunConfig,
    profile: TeacherProfile | None,
    catalog: Catalog,
    lent: LentTeacher,
    reuse: RunFolder | None,
) -> None:
    """Make one run, or go on with it."""
    weights = require_weights(profile) if profile else None
    if claim_folder(folder, config, profile, digest_weights(weights) if weights else None, catalog):
        return
    meter = Meter(config.samples, config.loop, config.baseline)
    opener: Any = open_scripted
    if profile is not None and weights is not None:
        opener = partial(lent.lend, profile, weights, folder.teacher_log, meter)
    async with show_progress(meter, Console(stderr=True)):
        meter.tell(f"arm {name}")
        width = None if profile else SCRIPTED_WIDTH
        await generate(folder, config, profile, catalog, opener, width, meter, StopRequest(meter.tell), reuse)
