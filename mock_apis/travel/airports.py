"""Facts about some 7,900 airports, airfields and heliports with an IATA code."""

from functools import cache
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import AirportCode, CityName, CountryCode, Entity, Limit, TimeZone
from mock_apis.core.errors import NotFound
from mock_apis.geography.cities import Latitude, Longitude, find_city, great_circle_km
from mock_apis.geography.countries import find_country
from mock_apis.geography.place_names import Row, fold, nearest_rows, search_names
from mock_apis.transport.fuel_ev import TripLength

airports = Domain(
    "airports", category="travel", description="Facts about the airports of the world that have an IATA code."
)

IcaoCode = Annotated[str, Field(pattern=r"^[A-Z0-9]{4}$"), Entity("airport.icao")]


class Airport(Record):
    airport: AirportCode
    icao: IcaoCode | None
    name: str
    city: CityName | None
    """The listed city that it serves."""
    municipality: str
    """The place that it is said to lie in; empty if unknown."""
    country: CountryCode
    latitude: Latitude
    longitude: Longitude
    elevation_m: int
    timezone: TimeZone


class AirportSummary(Record):
    airport: AirportCode
    name: str
    city: CityName | None
    country: CountryCode


class AirportList(Record):
    total: int
    airports: list[AirportSummary]


class AirportDistance(Record):
    origin: AirportCode
    destination: AirportCode
    distance_km: TripLength


class NearAirport(Record):
    airport: AirportCode
    name: str
    distance_km: float


class NearAirports(Record):
    city: CityName
    airports: list[NearAirport]


@cache
def all_airports() -> dict[str, Row]:
    """The row of every airport by its code; the main ones of large cities come first."""
    return {row["airport"]: row for row in load_rows("airports")}


@cache
def main_airports() -> tuple[Airport, ...]:
    """The main airports of large cities."""
    return tuple(_airport(row) for row in load_rows("airports") if row.get("main"))


@cache
def _keys() -> tuple[str, ...]:
    return tuple(
        fold("\n".join((row["name"], row["city"] or "", row["municipality"]))) for row in load_rows("airports")
    )


def find_airport(code: str) -> Airport:
    """The airport of that IATA code. Raises NotFound."""
    row = all_airports().get(code)
    if row is None:
        raise NotFound(f"no airport '{code}' in this service; see airports_search")
    return _airport(row)


def airports_of(city: str) -> list[Airport]:
    """The airports that serve a city, main ones first."""
    return [_airport(row) for row in all_airports().values() if row["city"] == city]


def airport_distance_km(one: Airport, two: Airport) -> float:
    """Great-circle kilometres between two airports."""
    return great_circle_km((one.latitude, one.longitude), (two.latitude, two.longitude))


@airports.tool(example={"query": "heathrow"}, kind="data")
def search(w: World, query: str, limit: Limit = 5) -> AirportList:
    """Find airports by a part of their name or by the name of their city, main airports first.

    query: Airport or city name or a part of it; case does not matter.
    limit: At most this many airports.
    """
    rows = load_rows("airports")
    return _summarise([rows[place] for place in search_names(_keys(), query)], limit)


@airports.tool(example={"airport": "@airports_in_city.airports[0].airport"}, errors=[NotFound], kind="data")
def get(w: World, airport: AirportCode) -> Airport:
    """Get an airport's name, city, coordinates, elevation and time zone.

    airport: IATA code such as CDG.
    """
    return find_airport(airport)


@airports.tool(example={"icao": "@airports_get.icao"}, errors=[NotFound], kind="data")
def by_icao(w: World, icao: IcaoCode) -> Airport:
    """Find the airport that has a four-letter ICAO code.

    icao: ICAO location indicator such as EGLL.
    """
    for row in load_rows("airports"):
        if row["icao"] == icao:
            return _airport(row)
    raise NotFound(f"no airport with icao '{icao}' and an IATA code; see airports_search")


@airports.tool(example={"city": "@cities_search.cities[0].name"}, errors=[NotFound], kind="data")
def in_city(w: World, city: CityName, limit: Limit = 5) -> AirportList:
    """List the airports that serve a city, main ones first.

    city: English name such as Paris.
    limit: At most this many airports.
    """
    name = find_city(city).name
    return _summarise([row for row in load_rows("airports") if row["city"] == name], limit)


@airports.tool(example={"country": "@countries_search.countries[0].code"}, errors=[NotFound], kind="data")
def in_country(w: World, country: CountryCode, limit: Limit = 5) -> AirportList:
    """List the airports of a country, main ones of large cities first.

    country: ISO 3166-1 alpha-2 code such as FR.
    limit: At most this many airports.
    """
    find_country(country)
    return _summarise([row for row in load_rows("airports") if row["country"] == country], limit)


@airports.tool(example={"origin": "JFK", "destination": "LHR"}, errors=[NotFound], kind="data")
def distance(w: World, origin: AirportCode, destination: AirportCode) -> AirportDistance:
    """Tell how far two airports lie apart along the great circle.

    origin: IATA code of one airport, such as JFK.
    destination: IATA code of the other airport, such as LHR.
    """
    length = airport_distance_km(find_airport(origin), find_airport(destination))
    return AirportDistance(origin=origin, destination=destination, distance_km=length)


@airports.tool(example={"city": "Kyoto"}, errors=[NotFound], kind="data")
def nearest(w: World, city: CityName, main_only: bool = True, limit: Limit = 3) -> NearAirports:
    """List the airports nearest to a city centre, in any city or country.

    city: English name such as Kyoto.
    main_only: Only the main airports of large cities; false for airfields and heliports too.
    limit: At most this many airports.
    """
    place = find_city(city)
    centre = (place.latitude, place.longitude)
    if main_only:
        near = [
            (great_circle_km(centre, (row["latitude"], row["longitude"])), row)
            for row in load_rows("airports")
            if row.get("main")
        ]
        near.sort(key=lambda pair: (pair[0], pair[1]["airport"]))
    else:
        near = nearest_rows("airports", centre, limit)
    shown = [NearAirport(airport=row["airport"], name=row["name"], distance_km=km) for km, row in near[:limit]]
    return NearAirports(city=place.name, airports=shown)


def _airport(row: Row) -> Airport:
    return Airport.model_construct(**{key: row[key] for key in Airport.model_fields})


def _summarise(found: list[Row], limit: int) -> AirportList:
    fields = AirportSummary.model_fields
    return AirportList(
        total=len(found), airports=[AirportSummary(**{key: row[key] for key in fields}) for row in found[:limit]]
    )
