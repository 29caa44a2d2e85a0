"""The rows that worlds are seeded with, and the frozen tables that they come from."""

import hashlib
import importlib
import lzma
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic.fields import FieldInfo

import mock_apis
from mock_apis.core import Record, Table, World
from mock_apis.core.data import FOLDER
from mock_apis.core.entities import Entity
from mock_apis.core.package import list_modules
from toolgrad_local.catalog.checks.walk import walk_catalog
from toolgrad_local.catalog.loader import load_catalog

SEEDS = 50
NEVER_NEGATIVE = ("stock", "in_stock", "quantity", "seats_left", "seats_free", "portions", "count")
MOST_BYTES = 15_000_000
"""Of the wheel; its tables are compressed already."""
MANIFEST: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "MANIFEST.toml").read_text(encoding="utf-8"))


def all_tables() -> dict[str, Table[Any]]:
    """Every table of the catalog by name."""
    found: dict[str, Table[Any]] = {}
    for name, _ in list_modules(mock_apis):
        for value in vars(importlib.import_module(name)).values():
            if isinstance(value, Table):
                assert found.setdefault(value.name, value) is value, f"two tables are called {value.name}"
    return found


def entity_of(field: FieldInfo) -> str | None:
    """The entity that a field is marked with, also within `X | None` and lists."""
    marks = [mark for mark in field.metadata if isinstance(mark, Entity)]
    nested = [mark for part in walk_types(field.annotation) for mark in getattr(part, "__metadata__", ())]
    return next((mark.name for mark in [*marks, *nested] if isinstance(mark, Entity)), None)


def walk_types(annotation: Any) -> Iterator[Any]:
    """A type and the types within it."""
    yield annotation
    for part in get_args(annotation):
        yield from walk_types(part)


def references(row: Record) -> Iterator[tuple[str, str]]:
    """Entity and value of every opaque id in a row, at any depth."""
    for name, field in type(row).model_fields.items():
        entity = entity_of(field)
        value = getattr(row, name)
        for item in value if isinstance(value, list | tuple) else [value]:
            if isinstance(item, Record):
                yield from references(item)
            elif entity is not None and entity.endswith(".id") and item is not None:
                yield entity, str(item)


def key_entity(table: Table[Any], row: Record) -> str | None:
    """The entity of which a table's keys are values."""
    return entity_of(type(row).model_fields[table.key])


def test_seeded_rows_refer_to_rows_that_exist_and_hold_no_negative_stock() -> None:
    tables = all_tables()
    for seed in range(SEEDS):
        world = World(seed)
        rows = {name: table.all(world) for name, table in tables.items()}
        owned: dict[str, set[str]] = {}
        for name, table in tables.items():
            for row in rows[name]:
                if entity := key_entity(table, row):
                    owned.setdefault(entity, set()).add(str(getattr(row, table.key)))
        for name in tables:
            for row in rows[name]:
                for entity, value in references(row):
                    assert entity not in owned or value in owned[entity], f"{name}, world {seed}: no {entity} {value}"
        assert negative_amounts(world) == [], f"world {seed}"


def negative_amounts(world: World) -> list[str]:
    """Fields that count things and are below zero."""
    return [
        f"{name}: {field} of {row}"
        for name, table in all_tables().items()
        for row in table.all(world)
        for field in NEVER_NEGATIVE
        if isinstance(number := getattr(row, field, 0), int | float) and number < 0
    ]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_walk_drives_a_stock_below_zero(seed: int) -> None:
    tools = load_catalog().tools
    walk = walk_catalog(tools, seed, steps=len(tools), first=seed * 400)
    assert walk.successes.total() > len(tools) // 2
    assert negative_amounts(walk.world) == []


def test_every_frozen_table_has_its_source_licence_and_digest() -> None:
    files = {path.name.removesuffix(".jsonl.xz"): path for path in FOLDER.glob("*.jsonl.xz")}
    assert sorted(files) == sorted(MANIFEST)
    for name, path in files.items():
        entry = MANIFEST[name]
        assert hashlib.sha256(lzma.decompress(path.read_bytes())).hexdigest() == entry["sha256"], name
        assert entry["source"], name
        assert entry["licence"], name
        assert (Path(mock_apis.__path__[0]).parent / "scripts" / "tables" / f"{name}.py").exists(), name


@pytest.mark.parametrize("name", [name for name, entry in MANIFEST.items() if entry["attribution"]])
def test_an_attribution_that_a_licence_asks_for_is_in_the_notice(name: str) -> None:
    notice = (Path(mock_apis.__path__[0]).parent / "NOTICE").read_text(encoding="utf-8")
    assert " ".join(MANIFEST[name]["attribution"].split()) in " ".join(notice.split())


def test_the_catalog_is_small() -> None:
    files = [path for path in Path(mock_apis.__path__[0]).rglob("*") if path.suffix in (".py", ".xz", ".toml")]
    assert sum(path.stat().st_size for path in files) < MOST_BYTES
