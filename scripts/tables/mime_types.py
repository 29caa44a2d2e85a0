"""Media types with file name extensions."""

import json
from collections.abc import Iterator
from typing import Any

from tables.sources import npm_file

PACKAGE, VERSION = "mime-db", "1.54.0"
SOURCE = f"IANA, Apache and nginx lists of media types, as shipped in npm {PACKAGE} {VERSION}"
LICENCE = "MIT"
ATTRIBUTION = "Media types from mime-db, copyright (c) 2014 Jonathan Ong, 2015-2022 Douglas Christopher Wilson"
NOTE = "Only types that have a file name extension; compressible is null where the source does not say."


def build() -> Iterator[dict[str, Any]]:
    """The rows by type."""
    found = json.loads(npm_file(PACKAGE, VERSION, "db.json"))
    for name in sorted(found):
        row = found[name]
        if "extensions" in row:
            yield {
                "type": name,
                "extensions": row["extensions"],
                "registered": row.get("source") == "iana",
                "compressible": row.get("compressible"),
            }
