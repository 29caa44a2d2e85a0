"""The named colours of CSS, as the webcolors package lists them."""

from collections.abc import Iterator
from typing import Any

import webcolors

SOURCE = "webcolors 24.11.1 (the named colours of CSS Color Module Level 3)"
LICENCE = "BSD-3-Clause"
ATTRIBUTION = "Named colours from webcolors, James Bennett and contributors (BSD-3-Clause)"
NOTE = "Spellings with 'gray' are kept, those with 'grey' left out."


def build() -> Iterator[dict[str, Any]]:
    """Name and #rrggbb, by name."""
    for name in sorted(webcolors.names("css3")):
        if "grey" not in name:
            yield {"name": name, "hex": webcolors.name_to_hex(name, "css3")}
