"""Places, time zones and populations of some 26,000 cities, and great-circle distances between them."""

from functools import cache
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import CityName, CountryCode, Entity, Limit, TimeZone
from mock_apis.core.errors import NotFound
from mock_apis.geography.countries import find_country
from mock_apis.geography.place_names import (
    EARTH_RADIUS_KM,
    Row,
    city_keys,
    great_circle_km,
    locate_city,
    nearest_rows,
    rows_within,
    search_names,
)
from mock_apis.transport.fuel_ev import TripLength

__all__ = ["EARTH_RADIUS_KM", "City", "all_cities", "find_city", "great_circle_km", "largest_cities"]

cities = Domain(
    "cities",
    category="geography",
    description="Facts about cities and towns of at least 15,000 people and about every capital (GeoNames).",
)

Latitude = Annotated[float, Field(ge=-90, le=90), Entity("geo.latitude")]
Longitude = Annotated[float, Field(ge=-180, le=180), Entity("geo.longitude")]


class City(Record):
    name: CityName
    country: CountryCode
    latitude: Latitude
    longitude: Longitude
    timezone: TimeZone
    population: int
    """As GeoNames has it, mostly within the city's own limits; 0 if unknown."""


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


class CitiesAround(Record):
    total: int
    cities: list[NearCity]


class CityDistance(Record):
    origin: CityName
    destination: CityName
    distance_km: TripLength


class Ratio(Record):
    larger: CityName
    larger_population: int
    smaller: CityName
    smaller_population: int
    ratio: float | None
    """Larger population divided by the smaller one; null if that is 0."""


@cache
def all_cities() -> dict[str, City]:
    """Every city by its lower-case name, largest first; slow the first time, so prefer the functions below."""
    return {row["name"].casefold(): as_city(row) for row in load_rows("cities")}


@cache
def largest_cities(count: int) -> tuple[City, ...]:
    """The most populous cities."""
    return tuple(as_city(row) for row in load_rows("cities")[:count])


def find_city(name: str) -> City:
    """The city of that name, in any case and with or without diacritics. Raises NotFound."""
    place = locate_city(name)
    if place is None:
        raise NotFound(f"no city '{name}'; see cities_search")
    return as_city(load_rows("cities")[place])


def as_city(row: Row) -> City:
    """A row of the table."""
    return City.model_construct(**{key: row[key] for key in City.model_fields})


@cities.tool(example={"query": "Paris"}, kind="data")
def search(w: World, query: str, limit: Limit = 5) -> CityList:
    """Find cities by a part of their English name, an equal name first, then largest first.

    query: City name or a part of it; neither case nor accents matter.
    limit: At most this many cities.
    """
    rows = load_rows("cities")
    return _summarise([rows[place] for place in search_names(city_keys(), query)], limit)


@cities.tool(example={"city": "@cities_search.cities[0].name"}, errors=[NotFound], kind="data")
def get(w: World, city: CityName) -> City:
    """Get a city's country, coordinates, time zone and population.

    city: English name such as Paris; Springfield, Illinois where several cities share a name.
    """
    return find_city(city)


@cities.tool(example={"latitude": 52.2, "longitude": 0.12}, kind="data")
def nearest(w: World, latitude: Latitude, longitude: Longitude, limit: Limit = 3) -> NearCities:
    """List the cities and towns nearest to a point, by great-circle distance.

    latitude: Degrees north; south is negative.
    longitude: Degrees east; west is negative.
    limit: At most this many cities.
    """
    return NearCities(cities=_near(nearest_rows("cities", (latitude, longitude), limit)))


@cities.tool(example={"city": "Geneva", "radius_km": 60}, errors=[NotFound], kind="data")
def around(
    w: World,
    city: CityName,
    radius_km: Annotated[float, Field(gt=0, le=500)],
    min_population: Annotated[int, Field(ge=0, le=50_000_000)] = 0,
    limit: Limit = 5,
) -> CitiesAround:
    """List the other cities within a radius around a city, nearest first.

    city: English name of the city in the middle, such as Geneva.
    radius_km: Greatest distance in kilometres, up to 500.
    min_population: Only cities of at least this many people.
    limit: At most this many cities.
    """
    centre = find_city(city)
    found = [
        pair
        for pair in rows_within("cities", (centre.latitude, centre.longitude), radius_km)
        if pair[1]["name"] != centre.name and pair[1]["population"] >= min_population
    ]
    return CitiesAround(total=len(found), cities=_near(found[:limit]))


@cities.tool(example={"origin": "Paris", "destination": "London"}, errors=[NotFound], kind="data")
def distance(w: World, origin: CityName, destination: CityName) -> CityDistance:
    """Compute the great-circle distance between two city centres in kilometres.

    origin: English name of one city, such as Paris.
    destination: English name of the other city, such as London.
    """
    one, two = find_city(origin), find_city(destination)
    length = great_circle_km((one.latitude, one.longitude), (two.latitude, two.longitude))
    return CityDistance(origin=one.name, destination=two.name, distance_km=length)


@cities.tool(example={"first": "Lagos", "second": "Lyon"}, errors=[NotFound], kind="data")
def compare_populations(w: World, first: CityName, second: CityName) -> Ratio:
    """Compare the populations of two cities and tell how many times larger one is.

    first: English name of one city, such as Lagos.
    second: English name of the other city, such as Lyon.
    """
    small, large = sorted((find_city(first), find_city(second)), key=lambda city: city.population)
    return Ratio(
        larger=large.name,
        larger_population=large.population,
        smaller=small.name,
        smaller_population=small.population,
        ratio=round(large.population / small.population, 2) if small.population else None,
    )


@cities.tool(example={"country": "@countries_search.countries[0].code"}, errors=[NotFound], kind="data")
def in_country(w: World, country: CountryCode, limit: Limit = 5) -> CityList:
    """List the cities and towns of a country, largest first.

    country: ISO 3166-1 alpha-2 code such as FR.
    limit: At most this many cities.
    """
    find_country(country)
    return _summarise([row for row in load_rows("cities") if row["country"] == country], limit)


def _near(found: list[tuple[float, Row]]) -> list[NearCity]:
    return [NearCity(name=row["name"], country=row["country"], distance_km=length) for length, row in found]


def _summarise(found: list[Row], limit: int) -> CityList:
    fields = CitySummary.model_fields
    shown = [CitySummary(**{key: row[key] for key in fields}) for row in found[:limit]]
    return CityList(total=len(found), cities=shown)
