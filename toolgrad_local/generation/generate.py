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
from toolgrad_local.generation.assemble import make_setting, sampling_of
from toolgrad_local.generation.claim import require_same_run
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import read_manifest, write_manifest
from toolgrad_local.generation.meter import Meter, MeteredTeacher
from toolgrad_local.generation.outputs import write_outputs
from toolgrad_local.generation.run import grow_all
from toolgrad_local.generation.stopping import StoppableTeacher, StopRequest
from toolgrad_local.generation.summary import Summary, summarise
from toolgrad_local.journal.store import Journal
from toolgrad_local.journal.teacher import JournaledTeacher
from toolgrad_local.prompting.compile import check_schemas
from toolgrad_local.prompting.render import Prompts
from toolgrad_local.prompting.schemas import call_schema
from toolgrad_local.teacher.fleet import FleetTeacher
from toolgrad_local.teacher.scripted import ScriptedTeacher

OpenTeacher = Callable[[], AbstractAsyncContextManager[Teacher]]


def require_same_teacher(
    reuse: RunFolder, config: RunConfig, profile: TeacherProfile | None, weights: str | None
) -> None:
    """Raises ConfigError unless the other run's replies are of this teacher."""
    reuse.require()
    other = read_manifest(reuse)
    same_profile = (
        other.profile and other.profile.model_copy(update={"sampling": {}, "loop": {}, "baseline": {}})
    ) == (profile and profile.model_copy(update={"sampling": {}, "loop": {}, "baseline": {}}))
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
    width: int | None,
    meter: Meter,
    stop: StopRequest,
    reuse: RunFolder | None = None,
) -> Summary:
    """Grow what is missing and write the outputs; the folder has been claimed.

    The teacher is opened only if a sample is missing. `reuse`: a run whose replies are taken where it was asked the
    same. `width`: samples in flight at most; None: as many as the engine can take. Raises Interrupted after a stop
    request.
    """
    if profile is not None:
        check_schemas(
            ((f"tool {name}", call_schema(tool)) for name, tool in catalog.tools.items()),
            profile.backend,
        )
    journal = Journal(folder.journal)
    earlier: Journal | None = None
    try:
        require_same_run(folder, journal)
        tell_kept(journal, config, meter)
        earlier = Journal(reuse.journal, damaged=True) if reuse else None
        if meter.samples_done < config.samples:
            stop.install()
            try:
                async with open_teacher() as teacher:
                    asked = StoppableTeacher(MeteredTeacher(teacher, meter), stop)
                    fleet = teacher if isinstance(teacher, FleetTeacher) else None
                    await grow_with(asked, config, profile, catalog, journal, width, meter, fleet, earlier)
            except asyncio.CancelledError:
                if not stop.asked:
                    raise
                raise Interrupted("stopped at once on request; run the same command to resume") from None
            finally:
                stop.remove()
        outputs = write_outputs(folder, journal)
        journal.sync()
        write_manifest(folder, read_manifest(folder).model_copy(update={"outputs": outputs}))
        return summarise(journal)
    finally:
        journal.close()
        if earlier is not None:
            earlier.close()


def tell_kept(journal: Journal, config: RunConfig, meter: Meter) -> None:
    """Say what is there already. Raises JournalError if any of it is damaged."""
    journal.check_rows()
    if journal.remark:
        meter.remarks.append(journal.remark)
    replies = journal.count_replies()
    meter.samples_done = meter.resumed_with = len(journal.finished())
    if replies or meter.samples_done:
        meter.remarks.append(
            f"resuming: {meter.samples_done} of {config.samples} samples finished, {replies} replies kept"
        )


async def grow_with(
    teacher: Teacher,
    config: RunConfig,
    profile: TeacherProfile | None,
    catalog: Catalog,
    journal: Journal,
    width: int | None,
    meter: Meter,
    fleet: FleetTeacher | None = None,
    earlier: Journal | None = None,
) -> None:
    """Grow the missing samples with a teacher that is up.

    `fleet`: the servers behind it, which decide the width. `earlier`: the run whose replies are taken over.
    """
    journaled = JournaledTeacher(journal, teacher, teacher.name, earlier)
    base = make_setting(config, catalog, Prompts(), journaled, journal, sampling_of(profile))
    meter.notice = ""
    await grow_all(replace(base, on_step=meter.count_step), config.samples, width, meter, fleet)


@asynccontextmanager
async def open_scripted() -> AsyncIterator[Teacher]:
    """The scripted teacher, which needs no opening."""
    yield ScriptedTeacher()
