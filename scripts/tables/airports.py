"""Airports with an IATA code."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import airportsdata

from tables import cities
from tables._geonames import fold, separation_km
from tables.sources import curated

SOURCE = "airportsdata 20260905"
LICENCE = "MIT"
ATTRIBUTION = "Airport data from airportsdata, copyright Mike Borsetti (MIT)"
NOTE = (
    "Airports, airfields and heliports with an IATA code. city is the listed city that an airport serves: by hand for "
    "the 169 marked main, which come first, else the listed city of the name that the source gives, within 100 km. "
    "Coordinates of 7 airports are mended."
)
FARTHEST_KM = 100
IN_MINUTES = frozenset({"ANR", "BRU", "CRL", "KJK", "LGG", "LUX", "OST"})
"""Airports of which the source has degrees, minutes and seconds written as a decimal: 50.5405 for 50° 54′ 05″."""


def build() -> Iterator[dict[str, Any]]:
    """The main airports in their written order, then the others by code."""
    main = {row["airport"]: row["city"] for row in curated("airports")}
    source = airportsdata.load("IATA")
    for code in [*main, *sorted(key for key in set(source) - set(main) if key.isalpha())]:
        facts = source[code]
        place = {"latitude": degrees(code, facts["lat"]), "longitude": degrees(code, facts["lon"])}
        yield {
            "airport": code,
            "icao": facts["icao"] or None,
            "name": facts["name"],
            "city": canonical(main[code]) if code in main else served_city(facts, place),
            "municipality": facts["city"],
            "country": facts["country"],
            **place,
            "elevation_m": round(facts["elevation"] * 0.3048),
            "timezone": facts["tz"],
            **({"main": True} if code in main else {}),
        }


def degrees(code: str, value: float) -> float:
    """Rounded to 10 m, and mended where the source is wrong."""
    if code not in IN_MINUTES:
        return round(value, 4)
    whole, rest = divmod(round(value * 10_000), 10_000)
    return round(whole + rest // 100 / 60 + rest % 100 / 3600, 4)


@cache
def listed() -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Country and folded name without its addition to the cities of that name."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in cities.build():
        for name in {fold(row["name"]), fold(row["name"].split(", ")[0]), fold(row.get("also", row["name"]))}:
            found.setdefault((row["country"], name), []).append(row)
    return found


def canonical(city: str) -> str:
    """A main city under its name in the table."""
    name = {"San Jose": "San Jose, Costa Rica"}.get(city, city)
    if not any(row["name"] == name for rows in listed().values() for row in rows):
        raise ValueError(f"no city {name}")
    return name


def served_city(facts: dict[str, Any], place: dict[str, float]) -> str | None:
    """The nearest listed city of the stated name, if it is near."""
    rows = listed().get((facts["country"], fold(facts["city"])), [])
    near = [(separation_km(place, row), row["name"]) for row in rows]
    near = [pair for pair in near if pair[0] <= FARTHEST_KM]
    return min(near)[1] if near else None
