"""Finds places by name or by point in the tables of cities and airports, in a few milliseconds."""

import heapq
import math
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

from mock_apis.core.data import load_rows

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the WGS 84 ellipsoid (IUGG)."""
LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "’": "'", "‘": "'", "ʻ": "'"})

Row = dict[str, Any]


def fold(name: str) -> str:
    """Lower case, without diacritics and outer spaces: what a name is compared by."""
    if name.isascii():
        return name.strip().casefold()
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return plain.translate(LETTERS).strip()


def great_circle_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Kilometres between two (latitude, longitude) in degrees on a sphere, to a tenth (haversine formula)."""
    (south, west), (north, east) = (tuple(map(math.radians, point)) for point in (here, there))
    chord = math.sin((north - south) / 2) ** 2
    chord += math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return round(2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(chord, 1.0))), 1)


@cache
def city_keys() -> tuple[str, ...]:
    """The folded names of the cities, in the order of the table."""
    return tuple(fold(row["name"]) for row in load_rows("cities"))


@cache
def cities_by_key() -> dict[str, int]:
    """Folded name to the city's place in the table; GeoNames names of renamed cities are keys too."""
    rows = load_rows("cities")
    also = {fold(row["also"]): place for place, row in enumerate(rows) if "also" in row}
    return also | {key: place for place, key in enumerate(city_keys())}


def search_names(keys: Sequence[str], query: str) -> list[int]:
    """Places of the keys that contain the text, in order, those equal to it first."""
    wanted = fold(query)
    found = [place for place, key in enumerate(keys) if wanted in key]
    return sorted(found, key=lambda place: keys[place] != wanted)


def locate_city(name: str) -> int | None:
    """The place in the table of `Springfield`, `Paris, France` or `Portland, Oregon`, in any case."""
    places, key = cities_by_key(), fold(name)
    if key in places or "," not in key:
        return places.get(key)
    city, _, within = (part.strip() for part in key.rpartition(","))
    place = places.get(city)
    return place if place is not None and within in regions_of(load_rows("cities")[place]) else None


def regions_of(row: Row) -> set[str]:
    """Folded names and codes of a city's country and US state."""
    names = {fold(name) for name in country_names().get(row["country"], ())} | {row["country"].casefold()}
    if row["country"] == "GB":
        names |= {"uk", "england", "scotland", "wales", "northern ireland"}
    if row["country"] == "US":
        state = row.get("state", "")
        names |= {"usa", "us", state.casefold(), us_state_names().get(state, "").casefold()}
    return names - {""}


@cache
def country_names() -> dict[str, tuple[str, ...]]:
    """Every English name of a country by its code."""
    return {row["code"]: (row["name"], *row["also"]) for row in load_rows("countries")}


@cache
def us_state_names() -> dict[str, str]:
    """Names of the states and of the District of Columbia by postal code."""
    return {row["state"]: row["name"] for row in load_rows("us_states")}


@cache
def vectors(table: str) -> tuple[tuple[float, float, float], ...]:
    """Unit vectors of the rows of a table with latitudes and longitudes."""
    return tuple(unit_vector(row["latitude"], row["longitude"]) for row in load_rows(table))


def unit_vector(latitude: float, longitude: float) -> tuple[float, float, float]:
    """From the centre of the globe towards the point."""
    north, east = math.radians(latitude), math.radians(longitude)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)


def nearest_rows(table: str, point: tuple[float, float], count: int) -> list[tuple[float, Row]]:
    """The `count` nearest rows with their distance in km, nearest first."""
    a, b, c = unit_vector(*point)
    near = [x * a + y * b + z * c for x, y, z in vectors(table)]
    places = heapq.nlargest(count + 5, range(len(near)), key=near.__getitem__)
    return _measured(table, point, places)[:count]


def rows_within(table: str, point: tuple[float, float], radius_km: float) -> list[tuple[float, Row]]:
    """The rows at most that far away, with their distance in km, nearest first."""
    a, b, c = unit_vector(*point)
    least = math.cos(min(math.pi, (radius_km + 1) / EARTH_RADIUS_KM))
    places = [place for place, (x, y, z) in enumerate(vectors(table)) if x * a + y * b + z * c >= least]
    return [pair for pair in _measured(table, point, places) if pair[0] <= radius_km]


def _measured(table: str, point: tuple[float, float], places: list[int]) -> list[tuple[float, Row]]:
    rows = load_rows(table)
    found = [(great_circle_km(point, (rows[i]["latitude"], rows[i]["longitude"])), rows[i]) for i in places]
    return sorted(found, key=lambda pair: (pair[0], pair[1]["name"]))
