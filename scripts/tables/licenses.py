"""Software licences of the SPDX list."""

import json
from collections.abc import Iterator
from typing import Any

from tables.sources import npm_file

PACKAGE, VERSION = "spdx-license-list", "6.12.0"
SOURCE = f"SPDX License List, as shipped in npm {PACKAGE} {VERSION}"
LICENCE = "CC0-1.0"
ATTRIBUTION = ""
NOTE = "Identifiers that SPDX has not deprecated."


def build() -> Iterator[dict[str, Any]]:
    """The rows by identifier, upper and lower case alike."""
    found = json.loads(npm_file(PACKAGE, VERSION, "spdx.json"))
    for identifier in sorted(found, key=str.casefold):
        row = found[identifier]
        yield {"id": identifier, "name": row["name"], "osi_approved": row["osiApproved"], "url": row.get("url")}
