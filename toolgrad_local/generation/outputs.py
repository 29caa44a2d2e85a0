"""Derives the JSONL files from the journal, sorted by sample."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.errors import JournalError
from toolgrad_local.generation.folder import RunFolder, write_atomically
from toolgrad_local.generation.manifest import hash_file
from toolgrad_local.journal.store import Journal


def read_outputs(folder: RunFolder) -> dict[int, Trajectory]:
    """The samples of both files by their numbers. Raises JournalError for a line that is no record."""
    found: dict[int, Trajectory] = {}
    for path in (folder.workflows, folder.rejected):
        for place, line in read_lines(path):
            try:
                trajectory = Trajectory.model_validate_json(line)
            except ValidationError as error:
                raise JournalError(f"{place} of {folder.root} is damaged; rebuild it with `replay`") from error
            found[trajectory.sample] = trajectory
    return found


def read_lines(path: Path) -> Iterator[tuple[str, str]]:
    """Place and text of each line; nothing if the file is missing."""
    if path.exists():
        text = path.read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(text.split("\n"), start=1):
            if line:
                yield f"{path.name}:{number}", line


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
