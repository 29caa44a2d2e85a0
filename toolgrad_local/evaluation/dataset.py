"""Reads the questions of a data set, and refuses those that the model has seen."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.example import Split
from toolgrad_local.errors import ConfigError
from toolgrad_local.evaluation.question import Question, make_question
from toolgrad_local.evaluation.subject import Trained
from toolgrad_local.export.formats.table import find_format
from toolgrad_local.export.record import NAME, DatasetRecord, name_run, read_record
from toolgrad_local.export.row import Row, group_of, kind_of
from toolgrad_local.export.split import find_overlap
from toolgrad_local.export.storage import read_jsonl
from toolgrad_local.seeding import shuffle

ROW_ERRORS = (ValueError, KeyError, TypeError, IndexError, StopIteration)


@dataclass(frozen=True)
class DataSet:
    """A split of an exported data set."""

    folder: Path
    record: DatasetRecord
    digest: str
    """SHA-256 of dataset.json."""
    split: Split
    questions: tuple[Question, ...]
    left_out: dict[str, int]
    """Rows that are not asked, by reason."""

    @property
    def run(self) -> str:
        """Names the run."""
        return name_run(self.record)


def open_data(folder: Path, split: Split, limit: int | None, catalog: Catalog) -> DataSet:
    """Raises ConfigError for what is no data set, holds no tools, or has no such split.

    `limit`: as many rows, drawn by their ids alone, so that two models get the same ones.
    """
    record, digest = read_folder(folder)
    if "tools" not in find_format(record.options.format).holds:
        raise ConfigError(f"{folder}: the format {record.options.format} holds no offered tools; export it as trl, say")
    if record.run.own_catalog and catalog.folder is None:
        raise ConfigError(f"{folder} was made with a catalog of its own; name its folder with --catalog")
    rows = read_split(folder, record, split)
    other = read_split(folder, record, "train") if split == "test" else ()
    refuse_shared(other, rows, str(folder))
    questions, left_out = [], Counter[str]()
    for number, row in enumerate(rows):
        question = make_question(number, row, catalog, record.run.config.seed, record.options.hold_out)
        if question.gold is None and len(row.turns) > 1:
            left_out["its gold calls give other results with this catalog"] += 1
        else:
            questions.append(question)
    if limit is not None and limit < len(questions):
        chosen = set(shuffle([question.number for question in questions], "evaluate")[:limit])
        left_out[f"beyond --limit {limit}"] = len(questions) - limit
        questions = [question for question in questions if question.number in chosen]
    if not questions:
        raise ConfigError(f"{folder}: no row of {split} is left to ask; {dict(left_out) or 'the split is empty'}")
    return DataSet(folder, record, digest, split, tuple(questions), dict(left_out))


def read_folder(folder: Path) -> tuple[DatasetRecord, str]:
    """The record of a data set and its digest."""
    path = folder / NAME
    if not path.is_file():
        raise ConfigError(f"{folder} is no data set: it has no {NAME}; name a folder that export made")
    data = path.read_bytes()
    return read_record(data.decode("utf-8", "replace"), str(path)), hashlib.sha256(data).hexdigest()


def read_split(folder: Path, record: DatasetRecord, split: Split) -> tuple[Row, ...]:
    """The rows of a split, none if it is empty. Raises ConfigError for a line that is no row."""
    if split not in record.statistics.rows:
        return ()
    path, form = folder / "data" / f"{split}.jsonl", find_format(record.options.format)
    rows = []
    for number, shaped in enumerate(read_jsonl(path), start=1):
        try:
            rows.append(form.read(shaped))
        except ROW_ERRORS as error:
            raise ConfigError(
                f"{path}:{number} is no row of the format {form.name} ({type(error).__name__}); export it again"
            ) from None
    return tuple(rows)


def refuse_shared(train: tuple[Row, ...], test: tuple[Row, ...], where: str) -> None:
    """Raises ConfigError if a workflow or a query is on both sides."""
    same_query, same_group = find_overlap(train, test)
    if same_group or same_query:
        shared = sorted(same_group) or sorted(same_query)
        what = "workflow" if same_group else "query"
        raise ConfigError(
            f"{where}: training rows share a {what} with the test split ({len(shared)}: {', '.join(shared[:3])}); "
            "the model has seen what it is tested on: train on another split, or test on other data"
        )


def find_seen(data: DataSet, trained: Sequence[Trained], train_data: Path | None) -> tuple[str, ...]:
    """Rows of small talk that the model was trained on: any run may hold them.

    Raises ConfigError if it was trained on a workflow of the test split, as far as it is known on which.
    """
    if data.split != "test":
        return ()
    test = tuple(question.row for question in data.questions)
    seen = set[str]()
    for part in trained:
        shared = {group_of(row.id) for row in test} & part.groups
        seen |= {group for group in shared if kind_of(group) == "no_tool"}
        workflows = sorted(shared - seen)
        if workflows and (part.digest == data.digest or (part.run and part.run == data.run)):
            raise ConfigError(
                f"{data.folder}: the model was trained on {len(workflows)} workflows of the test split "
                f"({', '.join(workflows[:3])}), as its training.json says; test on other data"
            )
    if train_data is not None:
        record, _ = read_folder(train_data)
        rows = read_split(train_data, record, "train")
        if name_run(record) != data.run:  # of another run: a number names another workflow there
            rows = tuple(row.model_copy(update={"id": f"other-{number}"}) for number, row in enumerate(rows))
        talk = tuple(row for row in test if kind_of(row.id) == "no_tool")
        seen |= {row.id for row in talk if find_overlap(rows, (row,)) != (frozenset(), frozenset())}
        refuse_shared(rows, tuple(row for row in test if row.id not in seen), str(train_data))
    return tuple(sorted(seen))


def leave_out(data: DataSet, seen: Sequence[str]) -> DataSet:
    """The data without these rows, which are counted."""
    if not seen:
        return data
    kept = tuple(question for question in data.questions if question.row.id not in seen)
    left_out = {**data.left_out, "small talk that the model was trained on": len(data.questions) - len(kept)}
    return replace(data, questions=kept, left_out=left_out)
