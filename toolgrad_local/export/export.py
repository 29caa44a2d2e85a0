"""Writes a run's data set into a folder: all of it, or nothing."""

import shutil
from pathlib import Path

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.errors import ConfigError
from toolgrad_local.export.card import render_card
from toolgrad_local.export.collect import Made, Rows, collect_rows
from toolgrad_local.export.format import Format
from toolgrad_local.export.formats.table import find_format
from toolgrad_local.export.licences import find_licences
from toolgrad_local.export.options import ExportOptions
from toolgrad_local.export.record import NAME, DatasetRecord, run_facts
from toolgrad_local.export.statistics import measure
from toolgrad_local.export.storage import write_split
from toolgrad_local.generation.finished import FinishedRun
from toolgrad_local.generation.folder import pretty_json
from toolgrad_local.generation.manifest import hash_file
from toolgrad_local.negatives.similarity import Similarity


def export_dataset(
    run: FinishedRun, catalog: Catalog, options: ExportOptions, similarity: Similarity, out: Path
) -> DatasetRecord:
    """The record of the data set written to `out`. Raises ConfigError for what does not fit, having written nothing."""
    form = find_format(options.format)
    require_free(out)
    rows, made = collect_rows(run.released, catalog, form, options, similarity)
    partial = out.parent / f".{out.name}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        record = write_dataset(partial, run, catalog, form, options, rows, made)
        partial.replace(out)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return record


def require_free(out: Path) -> None:
    """Raises ConfigError unless the folder is new or empty."""
    if out.exists() and not out.is_dir():
        raise ConfigError(f"--out {out} is a file; name a new folder")
    if out.is_dir() and any(out.iterdir()):
        raise ConfigError(f"--out {out} is not empty; name a new folder")


def write_dataset(
    folder: Path, run: FinishedRun, catalog: Catalog, form: Format, options: ExportOptions, rows: Rows, made: Made
) -> DatasetRecord:
    """Every file of the data set."""
    write_files(folder, form, rows)
    read = {split: tuple(map(form.read, part)) for split, part in rows.items()}
    record = DatasetRecord(
        parquet_by=parquet_library(),
        options=options,
        run=run_facts(run),
        made=made,
        statistics=measure(read, catalog),
        licences=find_licences(run.manifest, catalog),
        files=hash_files(folder),
    )
    (folder / NAME).write_text(pretty_json(record.model_dump(mode="json")), encoding="utf-8")
    (folder / "README.md").write_text(render_card(record), encoding="utf-8")
    return record


def write_files(folder: Path, form: Format, rows: Rows) -> None:
    """The rows of each split that has some."""
    (folder / "data").mkdir()
    for split, part in rows.items():
        if not part:
            continue
        write_split(folder / "data", split, part, form.columns)
        for path, text in form.more_files(split, part).items() if form.more_files else ():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")


def hash_files(folder: Path) -> dict[str, str]:
    """SHA-256 of every file by its path, but for the record and the card."""
    return {
        str(path.relative_to(folder)): hash_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).as_posix() not in (NAME, "README.md")
    }


def parquet_library() -> str:
    """`pyarrow 26.0.1`"""
    import pyarrow

    return f"pyarrow {pyarrow.__version__}"
