"""Where sun, moon and planets stand, computed by PyEphem without refraction."""

import math
from datetime import datetime, timedelta

from mock_apis.astronomy.ephemeris import (
    Body,
    ConstellationCode,
    Declination,
    RightAscension,
    compute_body,
    constellation_code,
    local_moment,
    observer_at,
    read_utc,
)
from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CityName, IsoDateTime
from mock_apis.core.errors import NotFound
from mock_apis.geography.cities import City, find_city

sky = Domain("sky", category="astronomy", description="Positions of sun, moon and planets at a time.")

PLANETS: tuple[Body, ...] = ("mercury", "venus", "mars", "jupiter", "saturn")


class Position(Record):
    body: Body
    right_ascension_hours: RightAscension
    declination_deg: Declination
    constellation: ConstellationCode
    distance_au: float
    magnitude: float


class Horizontal(Record):
    city: CityName
    body: Body
    altitude_deg: float
    azimuth_deg: float
    """Clockwise from north."""


class Visible(Record):
    city: CityName
    sun_altitude_deg: float
    dark: bool
    """The sun is at least 6 degrees below the horizon."""
    planets: list[Horizontal]


class Separation(Record):
    degrees: float


class Constellation(Record):
    constellation: ConstellationCode
    name: str


class Sidereal(Record):
    greenwich_hours: float
    local_hours: float


@sky.tool(example={"body": "jupiter", "at": "2025-01-01T00:00"}, kind="computation")
def position(w: World, body: Body, at: IsoDateTime) -> Position:
    """Get where a body stands among the stars, with its constellation, distance and brightness.

    body: Sun, moon or planet.
    at: Date and time in UTC, 2025-01-01T00:00; years 1900 to 2100.
    """
    import ephem

    found = compute_body(body, read_utc(at))
    return Position(
        body=body,
        right_ascension_hours=round(math.degrees(found.a_ra) / 15, 4) % 24,
        declination_deg=round(math.degrees(found.a_dec), 4),
        constellation=constellation_code(ephem.constellation(found)[0]),
        distance_au=round(float(found.earth_distance), 6),
        magnitude=round(float(found.mag), 1),
    )


@sky.tool(
    example={"city": "Cape Town", "body": "moon", "at": "2025-05-01T20:00"}, errors=[NotFound], kind="computation"
)
def altitude(w: World, city: CityName, body: Body, at: IsoDateTime) -> Horizontal:
    """Get how high and in which direction a body stands over a city at a local time.

    city: English name such as Cape Town.
    body: Sun, moon or planet.
    at: Local date and time in the city, 2025-05-01T20:00; years 1900 to 2100.
    """
    place = find_city(city)
    return _horizontal(place, body, local_moment(place, at))


@sky.tool(example={"city": "Sydney", "at": "2025-08-12T05:30"}, errors=[NotFound], kind="computation")
def visible_planets(w: World, city: CityName, at: IsoDateTime) -> Visible:
    """List the planets for the naked eye that stand above a city's horizon at a local time.

    city: English name such as Sydney.
    at: Local date and time in the city, 2025-08-12T05:30; years 1900 to 2100.
    """
    place = find_city(city)
    moment = local_moment(place, at)
    sun = _horizontal(place, "sun", moment)
    found = [_horizontal(place, planet, moment) for planet in PLANETS]
    up = sorted((row for row in found if row.altitude_deg > 0), key=lambda row: -row.altitude_deg)
    return Visible(city=place.name, sun_altitude_deg=sun.altitude_deg, dark=sun.altitude_deg <= -6, planets=up)


@sky.tool(example={"first": "venus", "second": "jupiter", "at": "2025-08-12T06:00"}, kind="computation")
def separation(w: World, first: Body, second: Body, at: IsoDateTime) -> Separation:
    """Compute the angle between two bodies as seen from the centre of the earth.

    first: Sun, moon or planet.
    second: Another of them.
    at: Date and time in UTC, 2025-08-12T06:00; years 1900 to 2100.
    """
    import ephem

    moment = read_utc(at)
    angle = ephem.separation(compute_body(first, moment), compute_body(second, moment))
    return Separation(degrees=round(math.degrees(float(angle)), 3))


@sky.tool(
    example={
        "right_ascension_hours": "@sky_position.right_ascension_hours",
        "declination_deg": "@sky_position.declination_deg",
    },
    kind="computation",
)
def constellation_at(w: World, right_ascension_hours: RightAscension, declination_deg: Declination) -> Constellation:
    """Tell in which constellation a point of the sky lies.

    right_ascension_hours: Right ascension in hours, J2000, 0 to under 24.
    declination_deg: Declination in degrees, J2000; south is negative.
    """
    import ephem

    code, name = ephem.constellation((math.radians(right_ascension_hours * 15), math.radians(declination_deg)))
    return Constellation(constellation=constellation_code(code), name=name)


@sky.tool(example={"city": "London", "at": "2025-01-01T00:00"}, errors=[NotFound], kind="computation")
def sidereal_time(w: World, city: CityName, at: IsoDateTime) -> Sidereal:
    """Get the mean sidereal time at Greenwich and in a city.

    city: English name such as London.
    at: Date and time in UTC, 2025-01-01T00:00; years 1900 to 2100.
    """
    days = (read_utc(at) - datetime(2000, 1, 1, 12)) / timedelta(days=1)
    greenwich = (18.697374558 + 24.06570982441908 * days) % 24
    local = (greenwich + find_city(city).longitude / 15) % 24
    return Sidereal(greenwich_hours=round(greenwich, 4) % 24, local_hours=round(local, 4) % 24)


def _horizontal(place: City, body: Body, moment: datetime) -> Horizontal:
    import ephem

    found = getattr(ephem, body.capitalize())()
    found.compute(observer_at(place, moment))
    high, direction = math.degrees(found.alt), math.degrees(found.az)
    return Horizontal(city=place.name, body=body, altitude_deg=round(high, 2), azimuth_deg=round(direction, 2) % 360)
