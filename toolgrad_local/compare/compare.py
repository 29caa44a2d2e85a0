"""Runs side by side: same catalog, same teacher, finished, and no run twice."""

from collections.abc import Iterator, Sequence
from typing import Any

from toolgrad_local.compare.figures import FIGURES
from toolgrad_local.compare.samples import measure_samples
from toolgrad_local.data_model.base import Data
from toolgrad_local.errors import ConfigError
from toolgrad_local.generation.finished import FinishedRun
from toolgrad_local.generation.manifest import Manifest, flatten
from toolgrad_local.intervals import LEVEL, Interval

FEWEST_RUNS = 2
SHOWN = 24
"""Characters of a name or digest in a message."""
OWN_TO_A_METHOD = ("baseline.", "baseline")
"""What is not held against runs of different methods."""


class RunFigures(Data):
    """One run."""

    name: str
    """The folder's name; its path where two are called the same."""
    method: str
    samples: int
    figures: dict[str, Interval | None]
    """By key, in the order of the tables; None where there is nothing to divide by."""
    less_first: dict[str, Interval | None]
    """Each figure less that of the first run, empty for the first."""


class Comparison(Data):
    """Runs side by side."""

    teacher: str
    catalog: str
    """Digest."""
    level: float = LEVEL
    """Of the intervals."""
    runs: tuple[RunFigures, ...]
    differences: tuple[str, ...]
    """Settings that are not the same in all runs, besides the method: `samples: 60, 40`."""
    paired: bool
    """Sample i is of one world and user in all runs, and of one first pool where these have the same settings."""


def compare_runs(runs: Sequence[FinishedRun]) -> Comparison:
    """Raises ConfigError for runs that cannot be compared."""
    refuse_unlike(runs)
    manifests = [run.manifest for run in runs]
    samples = [measure_samples(run) for run in runs]
    names, paired = name_runs(runs), are_paired(manifests)
    return Comparison(
        teacher=manifests[0].config.teacher,
        catalog=manifests[0].catalog,
        runs=tuple(
            RunFigures(
                name=name,
                method=manifest.config.method,
                samples=len(found),
                figures={figure.key: figure.measure(found) for figure in FIGURES},
                less_first={figure.key: figure.compare(samples[0], found, paired=paired) for figure in FIGURES}
                if place
                else {},
            )
            for place, (name, manifest, found) in enumerate(zip(names, manifests, samples, strict=True))
        ),
        differences=tuple(list_differences(manifests)),
        paired=paired,
    )


def refuse_unlike(runs: Sequence[FinishedRun]) -> None:
    """Raises ConfigError unless these are different runs of one catalog and one teacher."""
    if len(runs) < FEWEST_RUNS:
        raise ConfigError(f"compare needs {FEWEST_RUNS} runs or more, {len(runs)} given; name another RUN")
    first = runs[0]
    for place, run in enumerate(runs):
        for other in runs[:place]:
            if run.manifest.digest == other.manifest.digest:
                raise ConfigError(f"{run.folder.root} and {other.folder.root} are the same run; name each run once")
        for what, here, there in (
            ("catalog", first.manifest.catalog, run.manifest.catalog),
            ("teacher", first.manifest.config.teacher, run.manifest.config.teacher),
            ("weights", first.manifest.weights, run.manifest.weights),
        ):
            if here and there and here != there:
                raise ConfigError(
                    f"{first.folder.root} was made with {what} {here[:SHOWN]}, {run.folder.root} with {there[:SHOWN]}: "
                    f"what differs would not be the method's doing; compare runs of the same {what}"
                )


def are_paired(manifests: Sequence[Manifest]) -> bool:
    """Whether the samples of one number belong together in all runs: as many of them, from one seed."""
    return len({(manifest.config.seed, manifest.config.samples) for manifest in manifests}) == 1


def name_runs(runs: Sequence[FinishedRun]) -> list[str]:
    """The folders' names, or their paths if two have one name."""
    names = [run.folder.root.resolve().name for run in runs]
    return names if len(set(names)) == len(names) else [str(run.folder.root) for run in runs]


def list_differences(manifests: Sequence[Manifest]) -> Iterator[str]:
    """The settings that are not the same in all; and the prompts, where the methods are the same."""
    settings: list[dict[str, Any]] = [flatten(manifest.config.model_dump(mode="json")) for manifest in manifests]
    if len({manifest.config.method for manifest in manifests}) == 1:
        settings = [found | {"prompts": m.prompts[:12]} for found, m in zip(settings, manifests, strict=True)]
    for name in dict.fromkeys(name for found in settings for name in found):
        values = [found.get(name) for found in settings]
        if not name.startswith(OWN_TO_A_METHOD) and any(value != values[0] for value in values):
            yield f"{name}: {', '.join(map(str, values))}"
