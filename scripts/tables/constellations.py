"""The 88 constellations."""

from collections.abc import Iterator
from typing import Any

from tables.stars import ATTRIBUTION, LICENCE, read

__all__ = ["ATTRIBUTION", "LICENCE", "NOTE", "SOURCE", "build"]

SOURCE = "d3-celestial 0.7.35, data/constellations.json"
NOTE = "The two parts of Serpens are one row; 12 English meanings are written by hand."
MEANINGS = {
    "Aqr": "Water Bearer", "Cap": "Sea Goat", "Cir": "Drawing Compasses", "Dor": "Dolphinfish",
    "Hyi": "Lesser Water Snake", "Men": "Table Mountain", "Nor": "Carpenter's Square", "Oph": "Serpent Bearer",
    "Pic": "Painter's Easel", "Pyx": "Mariner's Compass", "UMa": "Great Bear", "UMi": "Little Bear",
}  # fmt: skip


def build() -> Iterator[dict[str, Any]]:
    """The rows, by Latin name."""
    found = {}
    for row in read("constellations.json")["features"]:
        said = row["properties"]
        code = row["id"][:3]
        found.setdefault(
            code,
            {
                "constellation": code,
                "name": said["la"],
                "genitive": said["gen"],
                "meaning": MEANINGS.get(code, " ".join(said["en"].split())),
            },
        )
    yield from sorted(found.values(), key=lambda row: row["name"])
