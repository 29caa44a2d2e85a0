"""What is trained on: the rows of one data set or several, checked before anything is made of them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.example import Split
from toolgrad_local.errors import ConfigError
from toolgrad_local.export.formats.trl import TRL
from toolgrad_local.export.record import NAME, name_run, read_record
from toolgrad_local.export.row import Row, group_of, kind_of
from toolgrad_local.export.split import SPLITS, find_overlap
from toolgrad_local.export.storage import read_jsonl
from toolgrad_local.export.verify_dataset import check_files, read_rows
from toolgrad_local.generation.manifest import hash_file
from toolgrad_local.seeding import shuffle


@dataclass(frozen=True)
class CorpusRow:
    """One row."""

    source: str
    """Digest of its data set."""
    row: Row
    messages: tuple[dict[str, Any], ...]
    tools: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Source:
    """One data set."""

    folder: Path
    digest: str
    """SHA-256 of its dataset.json, which holds those of all its files."""
    run: str
    """What names the run that it was made of: only within a run do equal names mean the same workflow."""
    train: tuple[CorpusRow, ...]
    test: tuple[CorpusRow, ...]


class SourceRecord(Data):
    """What training.json says of one data set."""

    digest: str
    run: str
    groups: tuple[str, ...]
    """Workflows trained on, and rows of no workflow, sorted."""
    rows: int
    """Rows trained on."""


@dataclass(frozen=True)
class Corpus:
    """All data sets, in the order in which they were given."""

    sources: tuple[Source, ...]
    train: tuple[CorpusRow, ...]
    test: tuple[CorpusRow, ...]
    asked_in_test: int
    """Rows without a workflow that were left out, since another data set has their query in its test split."""

    @property
    def digest(self) -> str:
        """Of the data set, or over those of several."""
        digests = [source.digest for source in self.sources]
        return digests[0] if len(digests) == 1 else hashlib.sha256(" ".join(digests).encode()).hexdigest()


def read_corpus(folders: Sequence[Path], limit: int | None, seed: int) -> Corpus:
    """The rows; of those to train on, `limit` that the seed draws.

    Raises ConfigError for a folder that is no whole data set of the format trl, and if what is trained on and what is
    tested on share a workflow or a query.
    """
    sources = tuple(map(read_source, folders))
    if len({source.digest for source in sources}) < len(sources):
        raise ConfigError("--data: the same data set is given twice")
    refuse_overlap(sources)
    common = common_questions(sources)
    train = [row for source in sources for row in source.train if (row.source, row.row.id) not in common]
    if not train:
        raise ConfigError(f"--data {folders[0]} has no rows to train on; export it with a --split below 1")
    drawn = train if limit is None else shuffle(train, "train", seed)[:limit]
    test = tuple(row for source in sources for row in source.test)
    return Corpus(sources, tuple(drawn), test, len(common))


def read_source(folder: Path) -> Source:
    """One data set, every file of it as it was written. Raises ConfigError with what is wrong first."""
    path = folder / NAME
    if not path.is_file():
        raise ConfigError(f"--data {folder} is no data set: it has no {NAME}; name one that export made")
    record = read_record(path.read_text(encoding="utf-8"), str(path))
    if record.options.format != TRL.name:
        raise ConfigError(f"--data {folder} has the format {record.options.format}; export the run with --format trl")
    damage = next(check_files(folder, record), None)
    if damage is not None:
        raise ConfigError(f"--data {folder}: {damage}; export the run again")
    shaped = {s: read_jsonl(folder / "data" / f"{s}.jsonl") for s in SPLITS if record.statistics.rows.get(s)}
    rows, problems = read_rows(shaped, TRL)
    if problems:
        raise ConfigError(f"--data {folder}: {problems[0]}; export the run again")
    digest = hash_file(path)
    parts: dict[Split, tuple[CorpusRow, ...]] = {
        split: tuple(
            CorpusRow(digest, row, tuple(found["messages"]), tuple(found["tools"]))
            for row, found in zip(rows[split], shaped[split], strict=True)
        )
        for split in rows
    }
    return Source(folder, digest, name_run(record), parts.get("train", ()), parts.get("test", ()))


def refuse_overlap(sources: Sequence[Source]) -> None:
    """Raises ConfigError for a workflow, or its query, on both sides."""
    for one, other in product(sources, sources):
        asked, groups = overlap(one, other)
        if one is not other:
            asked = {row for row in asked if kind_of(row) != "no_tool"}
        for group in sorted(groups):
            raise ConfigError(f"the workflow {group} is trained on in {one.folder} and tested on in {other.folder}")
        for row in sorted(asked):
            raise ConfigError(f"the query of {row} is trained on in {one.folder} and tested on in {other.folder}")


def common_questions(sources: Sequence[Source]) -> set[tuple[str, str]]:
    """Digest and id of train rows without a workflow whose query another data set tests: all draw from one list."""
    return {
        (one.digest, row)
        for one, other in product(sources, sources)
        if one is not other
        for row in overlap(one, other)[0]
        if kind_of(row) == "no_tool"
    }


def overlap(one: Source, other: Source) -> tuple[set[str], set[str]]:
    """Train rows of the one whose query the other tests, and workflows of one run in both."""
    asked, groups = find_overlap([row.row for row in one.train], [row.row for row in other.test])
    workflows = {group for group in groups if kind_of(group) != "no_tool"} if one.run == other.run else set()
    return set(asked), workflows


def describe_sources(corpus: Corpus, kept: Sequence[CorpusRow]) -> tuple[SourceRecord, ...]:
    """Each data set with what was kept of it to be trained on."""
    found = []
    for source in corpus.sources:
        rows = [row.row.id for row in kept if row.source == source.digest]
        groups = tuple(sorted(set(map(group_of, rows))))
        found.append(SourceRecord(digest=source.digest, run=source.run, groups=groups, rows=len(rows)))
    return tuple(found)
