"""Points of place names, and short codes for points: geohash, Plus Code, Maidenhead locator, UTM."""

import re
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CityName, CountryCode, Entity, TimeZone
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound
from mock_apis.geography.cities import Latitude, Longitude, find_city
from mock_apis.geography.geocoding_codes import (
    Cell,
    geohash_neighbours,
    read_geohash,
    read_maidenhead,
    read_plus_code,
    read_utm,
    utm_band,
    utm_zone,
    write_geohash,
    write_maidenhead,
    write_plus_code,
    write_utm,
)
from mock_apis.geography.place_names import great_circle_km, nearest_rows

geocoding = Domain("geocoding", category="geography", description="Points of cities, and codes that stand for points.")

Geohash = Annotated[str, Field(pattern=r"^[0-9b-hjkmnp-z]{1,12}$"), Entity("geo.geohash")]
PlusCode = Annotated[str, Field(pattern=r"^[0-9C-X]{8}\+[2-9C-X]{0,3}$"), Entity("geo.plus_code")]
Locator = Annotated[str, Field(pattern=r"^[A-R]{2}([0-9]{2}([a-x]{2}([0-9]{2})?)?)?$"), Entity("geo.maidenhead")]
Band = Annotated[str, Field(pattern=r"^[C-HJ-NP-X]$"), Entity("utm.band")]
Zone = Annotated[int, Field(ge=1, le=60), Entity("utm.zone")]
Easting = Annotated[float, Field(ge=100_000, le=900_000), Entity("utm.easting")]
Northing = Annotated[float, Field(ge=0, le=10_000_000), Entity("utm.northing")]
VALID_PLUS = re.compile(
    r"[2-9C][2-9CFGHJMPQRV]"
    r"(0{6}\+|[2-9CFGHJMPQRVWX]{2}0{4}\+|[2-9CFGHJMPQRVWX]{4}00\+|[2-9CFGHJMPQRVWX]{6}\+([2-9CFGHJMPQRVWX]{2,3})?)"
)
PLUS_DIGITS = Literal[4, 6, 8, 10, 11]
LOCATOR_LENGTHS = Literal[4, 6, 8]


class Coded(Record):
    city: CityName
    country: CountryCode
    latitude: Latitude
    longitude: Longitude
    geohash: Geohash
    plus_code: PlusCode


class Place(Record):
    city: CityName
    country: CountryCode
    timezone: TimeZone
    distance_km: float


class Area(Record):
    latitude: Latitude
    """Of the centre."""
    longitude: Longitude
    height_deg: float
    width_deg: float


class GeohashResult(Record):
    geohash: Geohash


class GeohashNeighbour(Record):
    direction: Literal["n", "ne", "e", "se", "s", "sw", "w", "nw"]
    geohash: Geohash


class GeohashNeighbours(Record):
    neighbours: list[GeohashNeighbour]


class PlusCodeResult(Record):
    plus_code: PlusCode


class LocatorResult(Record):
    locator: Locator


class Utm(Record):
    zone: Zone
    band: Band
    easting_m: Easting
    northing_m: Northing


class Point(Record):
    latitude: Latitude
    longitude: Longitude


class LocatorDistance(Record):
    distance_km: float


HERE = {"latitude": "@cities_get.latitude", "longitude": "@cities_get.longitude"}


@geocoding.tool(example={"city": "@cities_search.cities[0].name"}, errors=[NotFound], kind="data")
def forward(w: World, city: CityName) -> Coded:
    """Get the coordinates, geohash and Plus Code of a city's centre.

    city: English name such as Paris.
    """
    place = find_city(city)
    here = (place.latitude, place.longitude)
    return Coded(
        city=place.name,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        geohash=write_geohash(*here, 6),
        plus_code=write_plus_code(*here, 8),
    )


@geocoding.tool(example={"latitude": 48.8, "longitude": 2.13}, errors=[NotFound], kind="data")
def reverse(
    w: World,
    latitude: Latitude,
    longitude: Longitude,
    max_distance_km: Annotated[float, Field(gt=0, le=3000)] = 100,
) -> Place:
    """Name the city, the country and the time zone of the city nearest to a point.

    latitude: Degrees north; south is negative.
    longitude: Degrees east; west is negative.
    max_distance_km: How far away that city may be, up to 3000.
    """
    length, row = nearest_rows("cities", (latitude, longitude), 1)[0]
    if length > max_distance_km:
        raise NotFound(f"no city within max_distance_km {max_distance_km:g}; the nearest is {length:g} km away")
    return Place(city=row["name"], country=row["country"], timezone=row["timezone"], distance_km=length)


@geocoding.tool(example={**HERE, "length": 7}, kind="computation")
def geohash_encode(
    w: World, latitude: Latitude, longitude: Longitude, length: Annotated[int, Field(ge=1, le=12)] = 8
) -> GeohashResult:
    """Write a point as a geohash.

    latitude: Degrees north; south is negative.
    longitude: Degrees east; west is negative.
    length: Number of characters, 1 to 12; 6 is about 1 km, 8 about 30 m.
    """
    return GeohashResult(geohash=write_geohash(latitude, longitude, length))


@geocoding.tool(example={"geohash": "@geocoding_geohash_encode.geohash"}, kind="computation")
def geohash_decode(w: World, geohash: Geohash) -> Area:
    """Find the centre and the size of the cell that a geohash stands for.

    geohash: 1 to 12 of the digits and lower-case letters of a geohash, such as u09tunq.
    """
    return _area(read_geohash(geohash))


@geocoding.tool(example={"geohash": "@geocoding_forward.geohash"}, kind="computation")
def geohash_neighbours_of(w: World, geohash: Geohash) -> GeohashNeighbours:
    """List the geohashes of the cells around a cell, clockwise from the north.

    geohash: The cell in the middle, such as u09tun.
    """
    found = geohash_neighbours(geohash)
    return GeohashNeighbours(
        neighbours=[GeohashNeighbour(direction=name, geohash=code) for name, code in found.items()]  # type: ignore[arg-type]
    )


@geocoding.tool(example={**HERE, "digits": 10}, kind="computation")
def plus_code_encode(w: World, latitude: Latitude, longitude: Longitude, digits: PLUS_DIGITS = 10) -> PlusCodeResult:
    """Write a point as a full Plus Code (Open Location Code).

    latitude: Degrees north; south is negative.
    longitude: Degrees east; west is negative.
    digits: Number of digits; 8 is about 275 m, 10 about 14 m, 11 about 3 m.
    """
    return PlusCodeResult(plus_code=write_plus_code(latitude, longitude, digits))


@geocoding.tool(example={"plus_code": "@geocoding_plus_code_encode.plus_code"}, kind="computation")
def plus_code_decode(w: World, plus_code: PlusCode) -> Area:
    """Find the centre and the size of the area that a full Plus Code stands for.

    plus_code: Full code in capital letters, such as 8FW4V75V+8Q; short codes are not read.
    """
    if not VALID_PLUS.fullmatch(plus_code):
        raise InvalidArgument(f"plus_code '{plus_code}' is no full Plus Code, such as 8FW4V75V+8Q")
    return _area(read_plus_code(plus_code))


@geocoding.tool(example={**HERE, "length": 6}, kind="computation")
def maidenhead_encode(w: World, latitude: Latitude, longitude: Longitude, length: LOCATOR_LENGTHS = 6) -> LocatorResult:
    """Write a point as the Maidenhead locator that radio amateurs use.

    latitude: Degrees north; south is negative.
    longitude: Degrees east; west is negative.
    length: Number of characters.
    """
    return LocatorResult(locator=write_maidenhead(latitude, longitude, length))


@geocoding.tool(example={"locator": "@geocoding_maidenhead_encode.locator"}, kind="computation")
def maidenhead_decode(w: World, locator: Locator) -> Area:
    """Find the centre and the size of the square of a Maidenhead locator.

    locator: 2 to 8 characters such as JN58td.
    """
    return _area(read_maidenhead(locator))


@geocoding.tool(example={"first": "@geocoding_maidenhead_encode.locator", "second": "FN31pr"}, kind="computation")
def maidenhead_distance(w: World, first: Locator, second: Locator) -> LocatorDistance:
    """Compute the great-circle distance between the centres of two Maidenhead squares.

    first: Locator of one station, such as JN58td.
    second: Locator of the other station, such as FN31pr.
    """
    one, two = (_area(read_maidenhead(text)) for text in (first, second))
    return LocatorDistance(distance_km=great_circle_km((one.latitude, one.longitude), (two.latitude, two.longitude)))


@geocoding.tool(example=HERE, errors=[FailedPrecondition], kind="computation")
def utm_encode(w: World, latitude: Latitude, longitude: Longitude) -> Utm:
    """Convert a point to UTM zone, band, easting and northing (WGS 84).

    latitude: Degrees north from -80 to 84; south is negative.
    longitude: Degrees east; west is negative.
    """
    if not -80 <= latitude <= 84:
        raise FailedPrecondition(f"latitude {latitude:g}: UTM covers 80 south to 84 north")
    zone = utm_zone(latitude, longitude)
    easting, northing = write_utm(latitude, longitude, zone)
    return Utm(zone=zone, band=utm_band(latitude), easting_m=round(easting, 2), northing_m=round(northing, 2))


@geocoding.tool(
    example={
        "zone": "@geocoding_utm_encode.zone",
        "band": "@geocoding_utm_encode.band",
        "easting_m": "@geocoding_utm_encode.easting_m",
        "northing_m": "@geocoding_utm_encode.northing_m",
    },
    kind="computation",
)
def utm_decode(w: World, zone: Zone, band: Band, easting_m: Easting, northing_m: Northing) -> Point:
    """Convert UTM coordinates to latitude and longitude (WGS 84).

    zone: Number of the zone, 1 to 60.
    band: Letter of the band of latitude; N and later are in the north.
    easting_m: Metres east, 100000 to 900000.
    northing_m: Metres north of the equator, or of 10000 km south of it.
    """
    latitude, longitude = read_utm(zone, easting_m, northing_m, south=band < "N")
    return Point(latitude=round(latitude, 6), longitude=round(longitude, 6))


def _area(cell: Cell) -> Area:
    south, west, north, east = cell
    return Area(
        latitude=round((south + north) / 2, 8),
        longitude=round((west + east) / 2, 8),
        height_deg=round(north - south, 9),
        width_deg=round(east - west, 9),
    )
