"""The data files: JSON Lines, and the same rows as Parquet."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from toolgrad_local.data_model.example import Split
from toolgrad_local.errors import ConfigError
from toolgrad_local.export.format import Column
from toolgrad_local.export.json_text import exact_json, plain_json

SHARD_ROWS = 50_000
"""Rows of a Parquet file at most."""
GROUP_ROWS = 1_000
"""Rows of a row group, so that a viewer need not read a whole shard."""


def write_split(data: Path, split: Split, rows: Sequence[dict[str, Any]], columns: Mapping[str, Column]) -> None:
    """`<split>.jsonl` and `<split>-00000-of-0000N.parquet` in the folder."""
    text = "".join(plain_json(row) + "\n" for row in rows)
    (data / f"{split}.jsonl").write_text(text, encoding="utf-8")
    shards = range(0, len(rows), SHARD_ROWS)
    for number, start in enumerate(shards):
        path = data / f"{split}-{number:05d}-of-{len(shards):05d}.parquet"
        write_parquet(path, rows[start : start + SHARD_ROWS], columns)


def write_parquet(path: Path, rows: Sequence[dict[str, Any]], columns: Mapping[str, Column]) -> None:
    """One file; its bytes depend on the rows and on the version of pyarrow alone."""
    import pyarrow
    import pyarrow.parquet

    arrays = {name: make_array([row[name] for row in rows], column) for name, column in columns.items()}
    pyarrow.parquet.write_table(
        pyarrow.table(arrays), path, compression="zstd", compression_level=3, row_group_size=GROUP_ROWS
    )


def make_array(cells: Sequence[Any], column: Column) -> Any:
    """An Arrow array of a column."""
    import pyarrow

    if column == "text":
        return pyarrow.array(cells, pyarrow.string())
    if column == "json":
        return make_json(cells)
    if column == "json_list":
        ends = pyarrow.array([0, *accumulate(map(len, cells))], pyarrow.int32())
        return pyarrow.ListArray.from_arrays(ends, make_json([item for cell in cells for item in cell]))
    record = pyarrow.struct([(field, pyarrow.string()) for field in column])
    return pyarrow.array(cells, pyarrow.list_(record))


def make_json(values: Iterable[Any]) -> Any:
    """An Arrow array of JSON values."""
    import pyarrow

    texts = pyarrow.array(map(exact_json, values), pyarrow.string())
    return pyarrow.ExtensionArray.from_storage(pyarrow.json_(), texts)


def read_jsonl(path: Path) -> tuple[dict[str, Any], ...]:
    """The rows of a file. Raises ConfigError for a file that is not there and for a line that is none."""
    if not path.is_file():
        raise ConfigError(f"{path} is missing; export the data set again")
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line:
            try:
                row = json.loads(line)
            except ValueError as error:
                raise ConfigError(f"{path}:{number} is no JSON ({error}); export the data set again") from None
            rows.append(row)
    return tuple(rows)


def read_parquet(paths: Iterable[Path], columns: Mapping[str, Column]) -> tuple[dict[str, Any], ...]:
    """The rows of shards, JSON columns decoded. Raises ConfigError for a file that is no Parquet."""
    import pyarrow
    import pyarrow.parquet

    rows: list[dict[str, Any]] = []
    for path in paths:
        try:
            table = pyarrow.parquet.read_table(path)
        except pyarrow.ArrowException as error:
            raise ConfigError(
                f"{path} is no Parquet ({str(error).splitlines()[0]}); export the data set again"
            ) from None
        rows += [decode(row, columns) for row in table.to_pylist()]
    return tuple(rows)


def decode(row: dict[str, Any], columns: Mapping[str, Column]) -> dict[str, Any]:
    """The row with its JSON texts as values."""
    found = dict(row)
    for name, column in columns.items():
        if column == "json":
            found[name] = json.loads(row[name])
        elif column == "json_list":
            found[name] = [json.loads(item) for item in row[name]]
    return found
