"""Derives the JSONL files from the journal, sorted by sample."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from toolgrad_local.audit.duplicates import find_duplicates
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
    """Write released and rejected samples; returns the digest of each file by its name."""
    released: list[str] = []
    rejected: list[str] = []
    for trajectory in judge_all(journal):
        (rejected if trajectory.rejected else released).append(trajectory.model_dump_json() + "\n")
    write_atomically(folder.workflows, "".join(released))
    write_atomically(folder.rejected, "".join(rejected))
    return {path.name: hash_file(path) for path in (folder.workflows, folder.rejected)}


def judge_all(journal: Journal) -> list[Trajectory]:
    """The finished samples with the verdict that needs all of them: whether one repeats an earlier one."""
    samples = [Trajectory.model_validate_json(line) for line in journal.trajectories()]
    return mark_duplicates(samples)


def mark_duplicates(samples: list[Trajectory]) -> list[Trajectory]:
    """The samples, in order, with those rejected that ask nearly what an earlier one asks that is not."""
    candidates = [i for i, sample in enumerate(samples) if sample.rejected in (None, "duplicate")]
    repeated = find_duplicates([samples[i].query or "" for i in candidates])
    verdicts = {i: "duplicate" if position in repeated else None for position, i in enumerate(candidates)}
    return [
        sample.model_copy(update={"rejected": verdicts[i]}) if i in verdicts else sample
        for i, sample in enumerate(samples)
    ]
