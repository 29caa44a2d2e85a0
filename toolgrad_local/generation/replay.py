"""Rebuilds a data set from its journal alone: no teacher, the same bytes."""

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.errors import ConfigError, JournalError
from toolgrad_local.generation.assemble import make_setting, require_same_assets, sampling_of
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import Manifest, read_manifest, write_manifest
from toolgrad_local.generation.meter import Meter
from toolgrad_local.generation.outputs import write_outputs
from toolgrad_local.generation.run import grow_all
from toolgrad_local.journal.store import Journal
from toolgrad_local.journal.teacher import JournaledTeacher
from toolgrad_local.prompting.render import Prompts

WIDTH = 16
"""Samples regrown side by side; the bytes do not depend on it."""


async def replay_run(source: RunFolder, target: RunFolder, catalog: Catalog) -> Manifest:
    """Grow every sample again from the replies in the journal; returns the new manifest.

    Raises JournalError if the journal lacks a reply or the outputs differ from the source's.
    """
    source.require()
    manifest = read_manifest(source)
    if not manifest.finished:
        command = f"toolgrad-local {manifest.config.command}"
        raise ConfigError(f"{source.root} is unfinished; resume it with `{command}` before replaying it")
    prompts = Prompts()
    require_same_assets(manifest, catalog, prompts, "replay")
    target.prepare()
    if target.manifest.exists():
        raise ConfigError(f"--out {target.root} is a run folder already; name a new one")
    journal = Journal(target.journal)
    try:
        copy_replies(source, journal)
        teacher_name = manifest.profile.name if manifest.profile else manifest.config.teacher
        teacher = JournaledTeacher(journal, None, teacher_name)
        setting = make_setting(manifest.config, catalog, prompts, teacher, journal, sampling_of(manifest.profile))
        meter = Meter(manifest.config.samples, manifest.config.loop, manifest.config.baseline)
        await grow_all(setting, manifest.config.samples, WIDTH, meter)
        outputs = write_outputs(target, journal)
        journal.sync()
    finally:
        journal.close()
    rebuilt = manifest.model_copy(update={"outputs": outputs})
    write_manifest(target, rebuilt)
    if outputs != manifest.outputs:
        different = [name for name, digest in outputs.items() if manifest.outputs.get(name) != digest]
        raise JournalError(f"{', '.join(different)} of {source.root} is not what its journal gives; see {target.root}")
    return rebuilt


def copy_replies(source: RunFolder, target: Journal) -> None:
    """The journal without its finished samples, which are to be grown again; the source is only read."""
    journal = Journal(source.journal, read_only=True)
    try:
        target.copy_replies(journal)
    finally:
        journal.close()
