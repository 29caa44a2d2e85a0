"""The licence of a data set follows from its parts."""

import tomllib
from pathlib import Path

import pytest

import mock_apis
from toolgrad_local.catalog.loader import Catalog, load_catalog
from toolgrad_local.data_model.run_config import RunConfig
from toolgrad_local.export.licences import Licence, catalog_licences, ids_of, licence_ids, teacher_licence
from toolgrad_local.generation.manifest import Manifest
from toolgrad_local.teacher.profiles import load_profile


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Apache-2.0", {"apache-2.0"}),
        ("MIT", {"mit"}),
        ("CC-BY-4.0 AND MIT", {"cc-by-4.0", "mit"}),
        ("CC-BY-4.0 AND Unicode-3.0", {"cc-by-4.0", "other"}),
        ("As the project", {"apache-2.0"}),
        ("Facts, no rights claimed", set()),
        ("Public domain (a work of the US government); the package is MIT", set()),
        ("Gemma Terms of Use", {"other"}),
        ("Llama 3.3 Community License Agreement", {"other"}),
        ("WordNet License (permissive)", {"other"}),
        ("not declared", {"other"}),
    ],
)
def test_a_licence_is_an_identifier_or_other(text: str, ids: set[str]) -> None:
    assert ids_of(text) == ids


def test_other_comes_last() -> None:
    parts = [Licence(part=text, licence=text, attribution="") for text in ("Own terms", "MIT", "Apache-2.0", "MIT")]
    assert licence_ids(tuple(parts)) == ("apache-2.0", "mit", "other")


def test_every_table_of_the_bundled_catalog_is_listed_with_its_attribution(catalog: Catalog) -> None:
    path = Path(mock_apis.__path__[0]) / "data" / "MANIFEST.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    found = catalog_licences(catalog)
    assert [licence.part for licence in found] == ["catalog mock_apis", *(f"table {name}" for name in sorted(tables))]
    assert {licence.attribution for licence in found} - {""} == {t["attribution"] for t in tables.values()} - {""}


def test_a_catalog_of_ones_own_has_the_licence_that_it_declares_or_none(example_folder: Path) -> None:
    found = catalog_licences(load_catalog(example_folder))
    assert found[0] == Licence(part="catalog my_apis", licence="not declared", attribution="")
    assert licence_ids(found) == ("other",)


@pytest.mark.parametrize(
    ("teacher", "licence"),
    [("qwen2.5-coder-1.5b", "Apache-2.0"), ("gemma-3-27b", "Gemma Terms of Use"), ("scripted", "Apache-2.0")],
)
def test_the_teachers_licence_is_that_of_its_profile(teacher: str, licence: str) -> None:
    manifest = Manifest(
        config=RunConfig(teacher=teacher, styles=None),
        profile=None if teacher == "scripted" else load_profile(teacher),
        weights=None,
        catalog="",
        prompts="",
        tools=0,
        versions={},
        hardware={},
    )
    assert teacher_licence(manifest).licence == licence
