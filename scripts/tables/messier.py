"""The Messier objects."""

import math
from collections.abc import Iterator
from typing import Any

import ephem

from tables.stars import ATTRIBUTION, LICENCE, hours, read

__all__ = ["ATTRIBUTION", "LICENCE", "NOTE", "SOURCE", "build"]

SOURCE = "d3-celestial 0.7.35, data/messier.json"
NOTE = "J2000; constellations by position, computed with ephem 4.2.1."
TYPES = {
    "snr": "supernova remnant", "gc": "globular cluster", "oc": "open cluster", "en": "emission nebula",
    "bn": "bright nebula", "pn": "planetary nebula", "s": "spiral galaxy", "e": "elliptical galaxy",
    "i": "irregular galaxy", "sd": "galaxy", "s0": "lenticular galaxy", "rn": "reflection nebula",
    "g": "galaxy", "gg": "galaxy", "sfr": "emission nebula", "pos": "other", "": "other", "dn": "dark nebula",
}  # fmt: skip


def build() -> Iterator[dict[str, Any]]:
    """The rows, by number."""
    for row in sorted(read("messier.json")["features"], key=lambda row: int(row["id"][1:])):
        said = row["properties"]
        east, north = row["geometry"]["coordinates"]
        code, _ = ephem.constellation((math.radians(east % 360), math.radians(north)))
        yield {
            "messier": row["id"],
            "designation": said["desig"] or None,
            "name": said["alt"].replace("´", "’").replace("’", "'") or None,
            "type": TYPES[said["type"]],
            "constellation": "Ser" if code in ("Se1", "Se2") else code,
            "magnitude": said["mag"],
            "right_ascension_hours": hours(east),
            "declination_deg": round(north, 4),
        }
