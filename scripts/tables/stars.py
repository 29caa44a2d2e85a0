"""Stars to magnitude 5 with their names."""

import json
from collections.abc import Iterator
from typing import Any

from tables.sources import npm_file

SOURCE = "d3-celestial 0.7.35, data/stars.6.json and data/starnames.json (from the Hipparcos and other catalogues)"
LICENCE = "BSD-3-Clause"
ATTRIBUTION = "Star data from d3-celestial, copyright 2015 Olaf Frohn (BSD-3-Clause)"
NOTE = "Every star of magnitude 5.0 or brighter, brightest first; J2000; right ascension in hours."
FAINTEST = 5.0


def read(member: str) -> Any:
    """A JSON file of the package."""
    return json.loads(npm_file("d3-celestial", "0.7.35", f"data/{member}"))


def hours(degrees: float) -> float:
    """Right ascension of the source, -180 to 180 degrees, in hours."""
    return round(degrees % 360 / 15, 5) % 24


def build() -> Iterator[dict[str, Any]]:
    """The rows, brightest first."""
    names = read("starnames.json")
    stars = [row for row in read("stars.6.json")["features"] if row["properties"]["mag"] <= FAINTEST]
    for star in sorted(stars, key=lambda row: (row["properties"]["mag"], row["id"])):
        said = names.get(str(star["id"]), {})
        east, north = star["geometry"]["coordinates"]
        if not said.get("c"):
            continue
        yield {
            "hip": star["id"],
            "name": said["name"] or None,
            "bayer": said["bayer"] or None,
            "flamsteed": said["flam"] or None,
            "constellation": said["c"],
            "magnitude": star["properties"]["mag"],
            "colour_index": float(star["properties"]["bv"]) if star["properties"]["bv"] else None,
            "right_ascension_hours": hours(east),
            "declination_deg": north,
        }
