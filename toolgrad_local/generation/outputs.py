"""Derives the JSONL files from the journal, sorted by sample."""

from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.generation.folder import RunFolder, write_atomically
from toolgrad_local.generation.manifest import hash_file
from toolgrad_local.journal.store import Journal


def write_outputs(folder: RunFolder, journal: Journal) -> dict[str, str]:
    """Write accepted and rejected samples; returns the digest of each file by its name."""
    accepted: list[str] = []
    rejected: list[str] = []
    for line in journal.trajectories():
        trajectory = Trajectory.model_validate_json(line)
        (rejected if trajectory.rejected else accepted).append(line + "\n")
    write_atomically(folder.workflows, "".join(accepted))
    write_atomically(folder.rejected, "".join(rejected))
    return {path.name: hash_file(path) for path in (folder.workflows, folder.rejected)}
