"""Makes a run, or goes on with one."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.data_model.run_config import RunConfig
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.errors import ConfigError, Interrupted
from toolgrad_local.generation.assemble import make_manifest, make_setting, sampling_of
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import read_manifest, refuse_other, write_manifest
from toolgrad_local.generation.meter import Meter, MeteredTeacher
from toolgrad_local.generation.outputs import write_outputs
from toolgrad_local.generation.priming import PrimingTeacher
from toolgrad_local.generation.run import grow_all
from toolgrad_local.generation.stopping import StoppableTeacher, StopRequest
from toolgrad_local.generation.summary import Summary, summarise
from toolgrad_local.journal.store import Journal
from toolgrad_local.journal.teacher import JournaledTeacher, ReusingTeacher
from toolgrad_local.prompting.compile import check_schemas
from toolgrad_local.prompting.render import Prompts
from toolgrad_local.prompting.schemas import call_schema
from toolgrad_local.teacher.scripted import ScriptedTeacher

OpenTeacher = Callable[[], AbstractAsyncContextManager[Teacher]]


def claim_folder(
    folder: RunFolder, config: RunConfig, profile: TeacherProfile | None, weights: str | None, catalog: Catalog
) -> bool:
    """Start the run's folder, or find it again; True if the run in it is finished.

    Raises JournalError if it was made under another config.
    """
    folder.prepare()
    wanted = make_manifest(config, profile, weights, catalog, Prompts())
    if not folder.manifest.exists():
        write_manifest(folder, wanted)
        return False
    kept = read_manifest(folder)
    refuse_other(folder, kept, wanted)
    return kept.finished and all((folder.root / name).exists() for name in kept.outputs)


def require_same_teacher(
    reuse: RunFolder, config: RunConfig, profile: TeacherProfile | None, weights: str | None
) -> None:
    """Raises ConfigError unless the other run's replies are of this teacher."""
    reuse.require()
    other = read_manifest(reuse)
    same_profile = (other.profile and other.profile.model_copy(update={"sampling": {}, "loop": {}})) == (
        profile and profile.model_copy(update={"sampling": {}, "loop": {}})
    )
    if not same_profile or (other.weights and weights and other.weights != weights):
        raise ConfigError(
            f"--reuse {reuse.root} was made with teacher {other.config.teacher}, this run's is {config.teacher}, or "
            "their profiles or weights differ; name a run of the same teacher"
        )


async def generate(
    folder: RunFolder,
    config: RunConfig,
    profile: TeacherProfile | None,
    catalog: Catalog,
    open_teacher: OpenTeacher,
    width: int,
    meter: Meter,
    stop: StopRequest,
    reuse: RunFolder | None = None,
) -> Summary:
    """Grow what is missing and write the outputs; the folder has been claimed.

    The teacher is opened only if a sample is missing. `reuse`: a run whose replies are taken where it was asked the
    same. Raises Interrupted after a stop request.
    """
    if profile is not None:
        check_schemas(
            ((f"tool {name}", call_schema(tool)) for name, tool in catalog.tools.items()),
            profile.backend,
        )
    journal = Journal(folder.journal)
    earlier: Journal | None = None
    try:
        earlier = Journal(reuse.journal, read_only=True) if reuse else None
        meter.samples_done = meter.resumed_with = len(journal.finished())
        if meter.samples_done < config.samples:
            stop.install()
            try:
                async with open_teacher() as teacher:
                    asked: Teacher = PrimingTeacher(StoppableTeacher(MeteredTeacher(teacher, meter), stop))
                    if earlier is not None:
                        asked = ReusingTeacher(earlier, asked)
                    await grow_with(asked, config, profile, catalog, journal, width, meter)
            except asyncio.CancelledError:
                if not stop.asked:
                    raise
                raise Interrupted("stopped at once on request; run the same command to resume") from None
            finally:
                stop.remove()
        outputs = write_outputs(folder, journal)
        write_manifest(folder, read_manifest(folder).model_copy(update={"outputs": outputs}))
        return summarise(journal)
    finally:
        journal.close()
        if earlier is not None:
            earlier.close()


async def grow_with(
    teacher: Teacher,
    config: RunConfig,
    profile: TeacherProfile | None,
    catalog: Catalog,
    journal: Journal,
    width: int,
    meter: Meter,
) -> None:
    """Grow the missing samples with a teacher that is up."""
    journaled = JournaledTeacher(journal, teacher, teacher.name)
    base = make_setting(config, catalog, Prompts(), journaled, journal, sampling_of(profile))
    meter.notice = ""
    await grow_all(replace(base, on_step=meter.count_step), config.samples, width, meter)


@asynccontextmanager
async def open_scripted() -> AsyncIterator[Teacher]:
    """The scripted teacher, which needs no opening."""
    yield ScriptedTeacher()
