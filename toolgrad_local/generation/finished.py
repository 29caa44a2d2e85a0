"""Opens a run that is done, for whoever makes something of it."""

from dataclasses import dataclass

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.errors import ConfigError, JournalError
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import Manifest, hash_file, read_manifest
from toolgrad_local.generation.outputs import read_outputs


@dataclass(frozen=True)
class FinishedRun:
    """A run whose files are what its manifest says."""

    folder: RunFolder
    manifest: Manifest
    trajectories: tuple[Trajectory, ...]
    """All samples, rejected ones too, by number."""

    @property
    def released(self) -> tuple[Trajectory, ...]:
        """The samples that passed every check."""
        return tuple(t for t in self.trajectories if t.rejected is None)


def open_finished(folder: RunFolder, catalog: Catalog | None = None) -> FinishedRun:
    """Raises ConfigError for no run, an unfinished one, or one of another catalog than the given one, JournalError for
    one that is damaged or was edited."""
    folder.require()
    manifest = read_manifest(folder)
    if not manifest.finished:
        command = f"toolgrad-local {manifest.config.command} --out {folder.root}"
        raise ConfigError(f"{folder.root} is unfinished; resume it with `{command}`")
    if catalog is not None and manifest.catalog != catalog.digest:
        raise ConfigError(
            f"{folder.root} was made with catalog {manifest.catalog[:12]}, installed is {catalog.digest[:12]}; install "
            f"the toolgrad-local that made it ({manifest.versions.get('toolgrad-local', 'unknown')}), or name --catalog"
        )
    for name, digest in manifest.outputs.items():
        path = folder.root / name
        if not path.exists():
            raise JournalError(f"{path} is missing; rebuild the run with `toolgrad-local replay`")
        if hash_file(path) != digest:
            raise JournalError(
                f"{path} was changed after the run had finished; rebuild the run with `toolgrad-local replay`"
            )
    found = read_outputs(folder)
    return FinishedRun(folder, manifest, tuple(found[sample] for sample in sorted(found)))
