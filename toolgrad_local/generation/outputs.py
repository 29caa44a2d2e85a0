"""Derives the JSONL files from the journal, sorted by sample; holds one sample at a time, and all queries."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from toolgrad_local.audit.duplicates import find_duplicates
from toolgrad_local.data_model.trajectory import Rejection, Trajectory
from toolgrad_local.errors import JournalError
from toolgrad_local.generation.folder import RunFolder, open_atomically
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
    verdicts = [read_verdict(text) for text in journal.trajectories()]
    repeated = find_repeated(verdicts)
    with open_atomically(folder.workflows) as released, open_atomically(folder.rejected) as rejected:
        for position, text in enumerate(journal.trajectories()):
            if position in repeated:
                text = judge_repeated(Trajectory.model_validate_json(text), True).model_dump_json()
            (rejected if verdicts[position][0] or position in repeated else released).write(text + "\n")
    return {path.name: hash_file(path) for path in (folder.workflows, folder.rejected)}


def read_judged(journal: Journal) -> Iterator[Trajectory]:
    """The finished samples with the verdict that needs all of them: whether one repeats an earlier one."""
    repeated = find_repeated([read_verdict(text) for text in journal.trajectories()])
    for position, text in enumerate(journal.trajectories()):
        yield judge_repeated(Trajectory.model_validate_json(text), position in repeated)


def mark_duplicates(samples: Sequence[Trajectory]) -> list[Trajectory]:
    """The samples, in order, with those rejected that ask nearly what an earlier one asks that is not."""
    repeated = find_repeated([(sample.rejected, sample.query) for sample in samples])
    return [judge_repeated(sample, position in repeated) for position, sample in enumerate(samples)]


def read_verdict(text: str) -> tuple[Rejection | None, str | None]:
    """Why a recorded sample was rejected, and its query."""
    record = json.loads(text)
    return record["rejected"], record["query"]


def find_repeated(verdicts: Iterable[tuple[Rejection | None, str | None]]) -> set[int]:
    """Positions of the samples that pass but for asking nearly what an earlier such sample asks."""
    candidates = [(i, query or "") for i, (rejected, query) in enumerate(verdicts) if rejected in (None, "duplicate")]
    return {candidates[found][0] for found in find_duplicates([query for _, query in candidates])}


def judge_repeated(sample: Trajectory, repeated: bool) -> Trajectory:
    """The sample with the verdict of all samples together."""
    if sample.rejected not in (None, "duplicate"):
        return sample
    return sample.model_copy(update={"rejected": "duplicate" if repeated else None})
