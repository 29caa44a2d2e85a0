"""Places, time zones and approximate populations of 158 cities, and great-circle distances between them."""

import math
from functools import cache
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import CityName, CountryCode, Entity, Limit, TimeZone
from mock_apis.core.errors import NotFound
from mock_apis.geography.countries import find_country

cities = Domain(
    "cities", category="geography", description="Facts about 158 large cities, every listed capital among them."
)

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the WGS 84 ellipsoid (IUGG)."""

Latitude = Annotated[float, Field(ge=-90, le=90), Entity("geo.latitude")]
Longitude = Annotated[float, Field(ge=-180, le=180), Entity("geo.longitude")]


class City(Record):
    name: CityName
    country: CountryCode
    latitude: Latitude
    longitude: Longitude
    timezone: TimeZone
    population: int
    """About, within the city's own limits or the usual greater city."""


class CitySummary(Record):
    name: CityName
    country: CountryCode
    population: int


class CityList(Record):
    total: int
    cities: list[CitySummary]


class NearCity(Record):
    name: CityName
    country: CountryCode
    distance_km: float


class NearCities(Record):
    cities: list[NearCity]


class CityDistance(Record):
    origin: CityName
    destination: CityName
    distance_km: float


@cache
def all_cities() -> dict[str, City]:
    """Every city by its lower-case name, in the order of the table."""
    return {row["name"].casefold(): City(**row) for row in load_rows("cities")}


def find_city(name: str) -> City:
    """The city of that name, in any case. Raises NotFound."""
    city = all_cities().get(name.strip().casefold())
    if city is None:
        raise NotFound(f"no city '{name}'; see cities_search")
    return city


def great_circle_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Kilometres between two (latitude, longitude) in degrees on a sphere, to a tenth (haversine formula)."""
    (south, west), (north, east) = (tuple(map(math.radians, point)) for point in (here, there))
    chord = math.sin((north - south) / 2) ** 2
    chord += math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return round(2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(chord, 1.0))), 1)


@cities.tool(example={"query": "Paris"}, kind="data")
def search(w: World, query: str, limit: Limit = 5) -> CityList:
    """Find cities by a part of their English name, largest first.

    query: City name or a part of it; case does not matter.
    limit: At most this many cities.
    """
    wanted = query.strip().casefold()
    return _summarise([city for key, city in all_cities().items() if wanted in key], limit)


@cities.tool(example={"city": "@cities_search.cities[0].name"}, errors=[NotFound], kind="data")
def get(w: World, city: CityName) -> City:
    """Get a city's country, coordinates, time zone and approximate population.

    city: English name such as Paris.
    """
    return find_city(city)


@cities.tool(example={"latitude": 52.2, "longitude": 0.12}, kind="data")
def nearest(w: World, latitude: Latitude, longitude: Longitude, limit: Limit = 3) -> NearCities:
    """List the listed cities nearest to a point, by great-circle distance.

    latitude: Degrees north; south is negative.
    longitude: Degrees east; west is negative.
    limit: At most this many cities.
    """
    near = [
        NearCity(
            name=city.name,
            country=city.country,
            distance_km=great_circle_km((latitude, longitude), (city.latitude, city.longitude)),
        )
        for city in all_cities().values()
    ]
    near.sort(key=lambda city: (city.distance_km, city.name))
    return NearCities(cities=near[:limit])


@cities.tool(example={"origin": "Paris", "destination": "London"}, errors=[NotFound], kind="data")
def distance(w: World, origin: CityName, destination: CityName) -> CityDistance:
    """Compute the great-circle distance between two city centres in kilometres.

    origin: English name of one city, such as Paris.
    destination: English name of the other city, such as London.
    """
    one, two = find_city(origin), find_city(destination)
    length = great_circle_km((one.latitude, one.longitude), (two.latitude, two.longitude))
    return CityDistance(origin=one.name, destination=two.name, distance_km=length)


@cities.tool(example={"country": "@countries_search.countries[0].code"}, errors=[NotFound], kind="data")
def in_country(w: World, country: CountryCode, limit: Limit = 5) -> CityList:
    """List the listed cities of a country, largest first.

    country: ISO 3166-1 alpha-2 code such as FR.
    limit: At most this many cities.
    """
    find_country(country)
    return _summarise([city for city in all_cities().values() if city.country == country], limit)


def _summarise(found: list[City], limit: int) -> CityList:
    found = sorted(found, key=lambda city: (-city.population, city.name))
    shown = [CitySummary(name=city.name, country=city.country, population=city.population) for city in found]
    return CityList(total=len(found), cities=shown[:limit])
