"""Under which licences the parts of a data set stand: the teacher's, and the catalog's with its tables."""

import re
import tomllib
from pathlib import Path

import mock_apis
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.base import Data
from toolgrad_local.generation.manifest import Manifest

PROJECT = "Apache-2.0"
"""Of this program, whose wording the bundled tools' descriptions are."""
IDS = {
    name.lower(): name.lower()
    for name in (
        "Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC", "CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-3.0",
        "CC-BY-SA-3.0", "ODbL-1.0", "PDDL-1.0", "MPL-2.0", "GPL-3.0", "LGPL-3.0", "AGPL-3.0", "Unlicense",
    )
}  # fmt: skip
"""SPDX identifiers that dataset cards know too."""
AS_PROJECT = frozenset({"as the project", "same as the project"})
FREE = ("facts, no rights claimed", "public domain")
"""How the manifest of tables begins what nobody has rights in."""
UNDECLARED = "not declared"


class Licence(Data):
    """One part and its licence."""

    part: str
    """`teacher NAME`, `catalog NAME`, or `table NAME`."""
    licence: str
    """As the part says."""
    attribution: str
    """Who must be named; empty for nobody."""


def find_licences(manifest: Manifest, catalog: Catalog) -> tuple[Licence, ...]:
    """Every part's, in order: teacher, catalog, its tables by name."""
    return (teacher_licence(manifest), *catalog_licences(catalog))


def teacher_licence(manifest: Manifest) -> Licence:
    """The profile's. The scripted teacher's text is this program's own."""
    name = manifest.config.teacher
    if manifest.profile is not None:
        return Licence(part=f"teacher {name}", licence=manifest.profile.licence, attribution="")
    return Licence(part=f"teacher {name}", licence=PROJECT if name == "scripted" else UNDECLARED, attribution="")


def catalog_licences(catalog: Catalog) -> tuple[Licence, ...]:
    """The catalog's own, and that of each table in its data/MANIFEST.toml."""
    folder = catalog.folder or Path(mock_apis.__path__[0])
    path = folder / "data" / "MANIFEST.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    own = PROJECT if catalog.folder is None else UNDECLARED
    return (
        Licence(part=f"catalog {catalog.package}", licence=own, attribution=""),
        *(
            Licence(
                part=f"table {name}",
                licence=str(table.get("licence", UNDECLARED)),
                attribution=str(table.get("attribution", "")),
            )
            for name, table in sorted(tables.items())
            if isinstance(table, dict)
        ),
    )


def licence_ids(licences: tuple[Licence, ...]) -> tuple[str, ...]:
    """Identifiers for a card, sorted; `other` stands for every licence that is none of the known ones."""
    found = {name for licence in licences for name in ids_of(licence.licence)}
    return tuple(sorted(found - {"other"})) + (("other",) if "other" in found else ())


def ids_of(text: str) -> set[str]:
    """`CC-BY-4.0 AND MIT` gives both; nothing for what is free; `other` for what is no expression of known names."""
    plain = text.strip().lower()
    if plain in AS_PROJECT:
        return {PROJECT.lower()}
    if plain.startswith(FREE):
        return set()
    return {IDS.get(name, "other") for name in re.split(r" and | or |; ", plain)}
