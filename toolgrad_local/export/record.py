"""dataset.json: what a data set was made of, and every figure that its card says."""

import hashlib

from pydantic import ValidationError

from toolgrad_local import __version__
from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.run_config import RunConfig
from toolgrad_local.errors import ConfigError
from toolgrad_local.export.collect import Made
from toolgrad_local.export.licences import Licence
from toolgrad_local.export.options import ExportOptions
from toolgrad_local.export.statistics import Statistics
from toolgrad_local.generation.finished import FinishedRun
from toolgrad_local.generation.funnel import Funnel, count_funnel

NAME = "dataset.json"
LAYOUT = 1
"""Version of the data set's folder."""


class RunFacts(Data):
    """The run that the rows come from."""

    config: RunConfig
    description: str
    """Of the teacher's profile; empty without one."""
    weights: str | None
    """Digest of the teacher's weights."""
    catalog: str
    """Digest of the catalog."""
    own_catalog: bool
    """True for a catalog that is not the bundled one."""
    prompts: str
    outputs: dict[str, str]
    """SHA-256 of the run's files."""
    versions: dict[str, str]
    languages: tuple[str, ...]
    """Of the queries, by their English names."""
    funnel: Funnel


class DatasetRecord(Data):
    """dataset.json"""

    layout: int = LAYOUT
    made_by: str = f"toolgrad-local {__version__}"
    parquet_by: str
    """The library that wrote the Parquet files; another version may write other bytes."""
    options: ExportOptions
    run: RunFacts
    made: Made
    statistics: Statistics
    licences: tuple[Licence, ...]
    files: dict[str, str]
    """SHA-256 of every file by its path, but for this one and README.md."""


def run_facts(run: FinishedRun) -> RunFacts:
    """What the record keeps of a run: nothing of the machine or the folder."""
    manifest = run.manifest
    return RunFacts(
        config=manifest.config,
        description=manifest.profile.description if manifest.profile else "",
        weights=manifest.weights,
        catalog=manifest.catalog,
        own_catalog=manifest.catalog_folder is not None,
        prompts=manifest.prompts,
        outputs=manifest.outputs,
        versions=manifest.versions,
        languages=tuple(sorted({t.style.language for t in run.released})),
        funnel=count_funnel(run.trajectories),
    )


def name_run(record: DatasetRecord) -> str:
    """SHA-256 over the digests of the run's files: only within a run do equal numbers name the same workflow."""
    told = " ".join(f"{name} {digest}" for name, digest in sorted(record.run.outputs.items()))
    return hashlib.sha256(told.encode()).hexdigest()


def read_record(text: str, place: str) -> DatasetRecord:
    """Raises ConfigError for what is no record of this version."""
    try:
        record = DatasetRecord.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise ConfigError(f"{place} is damaged or of another version, at {where}: {first['msg']}") from None
    if record.layout != LAYOUT:
        raise ConfigError(f"{place} has layout {record.layout}, this version reads {LAYOUT}; export the run again")
    return record
