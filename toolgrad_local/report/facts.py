"""What a run is: the header of the report."""

import shlex
from typing import Any, Literal

from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.run_config import Baseline, RunConfig
from toolgrad_local.generation.finished import FinishedRun
from toolgrad_local.generation.manifest import Manifest

SHOWN_DIGEST = 12
SAID = frozenset({"samples", "seed", "teacher", "styles"})
"""Fields of the config that the command or the header names, beside the iterations."""


class RunFacts(Data):
    """Who made the run with what, and how to make it again."""

    name: str
    """The folder's name."""
    teacher: str
    scripted: bool
    """Made by the scripted teacher: no language model was asked, and the texts mean nothing."""
    licence: str | None
    """Of the teacher; None for the scripted one."""
    samples: int
    seed: int
    iterations: int
    method: str
    """`toolgrad`, or that of a baseline, which has no iterations."""
    round_trip: Literal["off", "record", "require"]
    """require: a sample was released only if the round trip agreed."""
    styled: bool
    """The queries' styles were drawn from lists; otherwise nothing was said of style."""
    catalog: str
    """Start of the digest."""
    tools: int
    weights: str | None
    """Start of the digest; None where another server has them, or there are none."""
    prompts: str
    versions: dict[str, str]
    hardware: dict[str, str]
    command: str
    settings: str | None
    """The YAML file that the command reads; None if all else is at its default."""


def state_facts(run: FinishedRun) -> RunFacts:
    """The header's facts."""
    manifest = run.manifest
    config = manifest.config
    settings = list_settings(config)
    return RunFacts(
        name=run.folder.root.resolve().name,
        teacher=config.teacher,
        scripted=manifest.profile is None,
        licence=manifest.profile.licence if manifest.profile else None,
        samples=config.samples,
        seed=config.seed,
        iterations=config.loop.iterations,
        method=config.method,
        round_trip=config.loop.round_trip,
        styled=config.styles is not None,
        catalog=manifest.catalog[:SHOWN_DIGEST],
        tools=manifest.tools,
        weights=manifest.weights[:SHOWN_DIGEST] if manifest.weights else None,
        prompts=manifest.prompts[:SHOWN_DIGEST],
        versions=manifest.versions,
        hardware=manifest.hardware,
        command=write_command(manifest, settings is not None),
        settings=settings,
    )


def list_settings(config: RunConfig) -> str | None:
    """What the config says beyond the command's options and differs from the defaults, as YAML."""
    import yaml

    usual = config.model_copy(
        update={
            name: field.get_default(call_default_factory=True)
            for name, field in RunConfig.model_fields.items()
            if not field.is_required()
        }
    )
    given, default = (each.model_dump(mode="json", exclude=set(SAID)) for each in (config, usual))
    given["loop"].pop("iterations")
    if config.baseline is not None:
        del given["baseline"]["method"]
        default["baseline"] = Baseline(method=config.baseline.method).model_dump()
    changed = keep_changed(given, default)
    return yaml.safe_dump(changed, sort_keys=True, allow_unicode=True) if changed else None


def keep_changed(given: dict[str, Any], usual: dict[str, Any]) -> dict[str, Any]:
    """The entries that differ, nested ones too."""
    found = {}
    for key, value in given.items():
        if isinstance(value, dict) and isinstance(usual.get(key), dict):
            value = keep_changed(value, usual[key])
            if value:
                found[key] = value
        elif value != usual.get(key):
            found[key] = value
    return found


def write_command(manifest: Manifest, with_file: bool) -> str:
    """The command that asks for the same run again."""
    config = manifest.config
    words = ["toolgrad-local", *config.command.split(), "--teacher", config.teacher, "--samples", str(config.samples)]
    words += ["--seed", str(config.seed), "--iterations", str(config.loop.iterations)]
    words += ["--catalog", manifest.catalog_folder.rpartition("/")[2]] if manifest.catalog_folder else []
    words += ["--config", "settings.yaml"] if with_file else []
    return shlex.join([*words, "--out", "runs/again"])
