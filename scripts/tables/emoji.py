"""Emoji up to version 13.1 with their English names and groups."""

import json
from collections.abc import Iterator
from typing import Any

from tables.sources import npm_file

PACKAGE, VERSION = "unicode-emoji-json", "0.9.0"
SOURCE = f"Unicode emoji data files, from npm {PACKAGE}@{VERSION}"
LICENCE = "Unicode License v3; package MIT"
ATTRIBUTION = "Unicode data © Unicode, Inc."
NOTE = "In Unicode's order; without variants of skin tone; later emoji than version 13.1 are left out."
NEWEST = 13.1


def build() -> Iterator[dict[str, Any]]:
    """The rows, in their order."""
    for character, facts in json.loads(npm_file(PACKAGE, VERSION, "data-by-emoji.json")).items():
        if float(facts["emoji_version"]) <= NEWEST:
            yield {
                "emoji": character,
                "name": facts["name"],
                "slug": facts["slug"],
                "group": facts["group"],
                "version": facts["emoji_version"],
                "skin_tones": facts["skin_tone_support"],
            }
