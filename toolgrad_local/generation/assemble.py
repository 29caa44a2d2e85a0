"""Puts a run's parts together: the same for generating, resuming and replaying."""

from dataclasses import replace
from pathlib import Path

from toolgrad_local.catalog.loader import Catalog, load_catalog
from toolgrad_local.catalog.sampler import VISITS_A_POOL, Pool, deal_pools, draw_pools
from toolgrad_local.data_model.exchange import Sampling, Stage
from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.data_model.run_config import RunConfig
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.errors import ConfigError
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import Manifest, installed_versions, read_manifest
from toolgrad_local.journal.store import Journal
from toolgrad_local.loop.context import Setting
from toolgrad_local.prompting.render import Prompts
from toolgrad_local.teacher.hardware import describe_hardware
from toolgrad_local.teacher.profiles import DEFAULT_SAMPLING, sampling_for


def make_setting(
    config: RunConfig,
    catalog: Catalog,
    prompts: Prompts,
    teacher: Teacher,
    journal: Journal,
    sampling: dict[Stage, Sampling],
) -> Setting:
    """What all samples share. The journal remembers what a user's tools gave."""
    return Setting(
        seed=config.seed,
        catalog=replace(catalog, store=journal),
        pools=deal_run_pools(catalog, config),
        prompts=prompts,
        teacher=teacher,
        journal=journal,
        loop=config.loop,
        sampling=sampling,
        styles=config.styles,
        languages=config.languages,
        baseline=config.baseline,
    )


def deal_run_pools(catalog: Catalog, config: RunConfig) -> tuple[Pool, ...]:
    """The pools of a run: as many as its steps pay for, or as it says."""
    loop = config.loop
    if loop.coverage == "uniform":
        return draw_pools(catalog, loop.pool_size, config.seed, loop.pools or config.samples * loop.iterations)
    visits = loop.pools * VISITS_A_POOL if loop.pools else config.samples * loop.iterations
    return deal_pools(catalog, loop.pool_size, loop.far_share, config.seed, visits)


def sampling_of(profile: TeacherProfile | None) -> dict[Stage, Sampling]:
    """A profile's sampling; the defaults for the scripted teacher, which has none."""
    return sampling_for(profile) if profile is not None else dict(DEFAULT_SAMPLING)


def make_manifest(
    config: RunConfig, profile: TeacherProfile | None, weights: str | None, catalog: Catalog, prompts: Prompts
) -> Manifest:
    """The manifest of a run that is about to start; its profile names the sampling of every stage in full."""
    return Manifest(
        config=config,
        profile=profile and profile.model_copy(update={"sampling": sampling_for(profile)}),
        weights=weights,
        catalog=catalog.digest,
        catalog_folder=str(catalog.folder.resolve()) if catalog.folder else None,
        prompts=prompts.digest,
        tools=len(catalog.tools),
        versions=installed_versions(),
        hardware=describe_hardware(),
    )


def load_run_catalog(folder: RunFolder, given: Path | None) -> Catalog:
    """The catalog of a finished or unfinished run: the folder given, else the one that its manifest names."""
    folder.require()
    kept = read_manifest(folder).catalog_folder
    return load_catalog(given or (Path(kept) if kept else None))


def require_same_assets(manifest: Manifest, catalog: Catalog, prompts: Prompts, what: str) -> None:
    """Raises ConfigError if the run was made with another catalog or other prompts than are installed."""
    for name, kept, here in (
        ("catalog", manifest.catalog, catalog.digest),
        ("prompts", manifest.prompts, prompts.digest),
    ):
        if kept != here:
            raise ConfigError(
                f"cannot {what}: the run was made with {name} {kept[:12]}, installed is {here[:12]}; "
                f"install the toolgrad-local that made it ({manifest.versions.get('toolgrad-local', 'unknown')})"
            )
