"""Checks a data set: every digest, every row, every figure of the card, and with its run the rows themselves."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.example import Split
from toolgrad_local.errors import ConfigError
from toolgrad_local.export.card import render_card
from toolgrad_local.export.check_rows import check_rows, check_splits
from toolgrad_local.export.collect import Rows, collect_rows
from toolgrad_local.export.export import hash_files
from toolgrad_local.export.format import Format
from toolgrad_local.export.formats.table import find_format
from toolgrad_local.export.licences import catalog_licences, find_licences
from toolgrad_local.export.record import NAME, DatasetRecord, read_record, run_facts
from toolgrad_local.export.row import Row
from toolgrad_local.export.split import SPLITS
from toolgrad_local.export.statistics import measure
from toolgrad_local.export.storage import read_jsonl, read_parquet
from toolgrad_local.generation.finished import FinishedRun
from toolgrad_local.negatives.similarity import open_similarity


def verify_dataset(folder: Path, run: FinishedRun | None, catalog: Catalog) -> tuple[str, ...]:
    """Every problem with its place, none if all is well; with the run, the rows are made again and compared.

    Raises ConfigError for a folder that is no data set, or one that cannot be read at all.
    """
    if not (folder / NAME).is_file():
        raise ConfigError(f"{folder} is no data set: it has no {NAME}; name one that export made")
    record = read_record((folder / NAME).read_text(encoding="utf-8"), str(folder / NAME))
    form = find_format(record.options.format)
    shaped = {
        split: read_jsonl(folder / "data" / f"{split}.jsonl") for split in SPLITS if split in record.statistics.rows
    }
    rows, problems = read_rows(shaped, form)
    problems += check_files(folder, record)
    problems += check_copies(folder, form, shaped)
    problems += check_rows(rows, form, catalog)
    problems += check_splits(rows)
    problems += check_figures(folder, record, rows, run, catalog)
    if run is not None:
        problems += check_against_run(record, form, shaped, run, catalog)
    return tuple(problems)


def read_rows(shaped: Rows, form: Format) -> tuple[dict[Split, tuple[Row, ...]], list[str]]:
    """What the rows say, and those that say nothing."""
    rows: dict[Split, tuple[Row, ...]] = {}
    problems: list[str] = []
    for split, part in shaped.items():
        found = []
        for number, row in enumerate(part, start=1):
            try:
                found.append(form.read(row))
            except (ValueError, KeyError, TypeError, IndexError, StopIteration) as error:
                problems.append(
                    f"data/{split}.jsonl:{number}: no row of the format {form.name} ({type(error).__name__})"
                )
        rows[split] = tuple(found)
    return rows, problems


def check_files(folder: Path, record: DatasetRecord) -> Iterator[str]:
    """The recorded digests against what is there."""
    there = hash_files(folder)
    for path, digest in record.files.items():
        if path not in there:
            yield f"{path}: missing"
        elif there[path] != digest:
            yield f"{path}: changed since it was written (sha256 differs from that in {NAME})"
    yield from (f"{path}: not in {NAME}" for path in there if path not in record.files)


def check_copies(folder: Path, form: Format, shaped: Rows) -> Iterator[str]:
    """The Parquet files and the format's further files against the JSONL files."""
    for split, part in shaped.items():
        shards = sorted((folder / "data").glob(f"{split}-*.parquet"))
        if tuple(read_parquet(shards, form.columns)) != part:
            yield f"data/{split}-*.parquet: not the rows of data/{split}.jsonl"
        for path, text in form.more_files(split, part).items() if form.more_files else ():
            if not (folder / path).is_file() or (folder / path).read_text(encoding="utf-8") != text:
                yield f"{path}: not the rows of data/{split}.jsonl"


def check_figures(
    folder: Path,
    record: DatasetRecord,
    rows: Mapping[Split, tuple[Row, ...]],
    run: FinishedRun | None,
    catalog: Catalog,
) -> Iterator[str]:
    """Statistics, licences and facts of the run, worked out again; and the card rendered from what came out."""
    licences = find_licences(run.manifest, catalog) if run else (*record.licences[:1], *catalog_licences(catalog))
    found: dict[str, Any] = {"statistics": measure(rows, catalog), "licences": licences}
    if run is not None:
        found["run"] = run_facts(run)
    for name, value in found.items():
        if getattr(record, name) != value:
            yield f"{NAME}: {name} is not what {'the run' if name == 'run' else 'the files'} and the catalog give"
    if record.run.catalog != catalog.digest:
        yield f"{NAME}: made with catalog {record.run.catalog[:12]}, this is {catalog.digest[:12]}"
    card = folder / "README.md"
    if not card.is_file():
        yield "README.md: missing"
    elif card.read_text(encoding="utf-8") != render_card(record.model_copy(update=found)):
        yield "README.md: not the card that the figures give"


def check_against_run(
    record: DatasetRecord, form: Format, shaped: Rows, run: FinishedRun, catalog: Catalog
) -> Iterator[str]:
    """The rows made again from the run."""
    if run.manifest.outputs != record.run.outputs:
        yield f"{NAME}: made from another run than {run.folder.root}"
        return
    similarity = open_similarity("lexical" if record.made.similarity in (None, "lexical") else None)
    if record.made.similarity not in (None, similarity.name):
        yield (
            f"rows not made again: they were made with the similarity {record.made.similarity}, which is not here; "
            "`toolgrad-local embeddings fetch` may help"
        )
        return
    rows, made = collect_rows(run.released, catalog, form, record.options, similarity)
    if {split: part for split, part in rows.items() if part} != shaped:
        yield "data/: not the rows that the run gives"
    if made != record.made:
        yield f"{NAME}: what was left out or excluded is not what the run gives"
