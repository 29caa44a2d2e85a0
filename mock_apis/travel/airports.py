"""Facts about 169 passenger airports of the listed cities."""

from functools import cache

from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import AirportCode, CityName, CountryCode, Limit, TimeZone
from mock_apis.core.errors import NotFound
from mock_apis.geography.cities import Latitude, Longitude, find_city, great_circle_km

airports = Domain("airports", category="travel", description="Facts about 169 passenger airports of large cities.")


class Airport(Record):
    airport: AirportCode
    name: str
    city: CityName
    """The city that it mainly serves."""
    country: CountryCode
    latitude: Latitude
    longitude: Longitude
    timezone: TimeZone


class AirportSummary(Record):
    airport: AirportCode
    name: str
    city: CityName
    country: CountryCode


class AirportList(Record):
    total: int
    airports: list[AirportSummary]


class AirportDistance(Record):
    origin: AirportCode
    destination: AirportCode
    distance_km: float


class NearAirport(Record):
    airport: AirportCode
    name: str
    distance_km: float


class NearAirports(Record):
    city: CityName
    airports: list[NearAirport]


@cache
def all_airports() -> dict[str, Airport]:
    """Every airport by its code; country and zone are those of its city."""
    found = {}
    for row in load_rows("airports"):
        city = find_city(row["city"])
        found[row["airport"]] = Airport(country=city.country, timezone=city.timezone, **row)
    return found


def find_airport(code: str) -> Airport:
    """The airport of that IATA code. Raises NotFound."""
    airport = all_airports().get(code)
    if airport is None:
        raise NotFound(f"no airport '{code}' in this service; see airports_search")
    return airport


def airports_of(city: str) -> list[Airport]:
    """The airports that mainly serve a city, in the order of the table."""
    return [airport for airport in all_airports().values() if airport.city == city]


def airport_distance_km(one: Airport, two: Airport) -> float:
    """Great-circle kilometres between two airports."""
    return great_circle_km((one.latitude, one.longitude), (two.latitude, two.longitude))


@airports.tool(example={"query": "heathrow"}, kind="data")
def search(w: World, query: str, limit: Limit = 5) -> AirportList:
    """Find airports by a part of their name or by the name of their city.

    query: Airport or city name or a part of it; case does not matter.
    limit: At most this many airports.
    """
    wanted = query.strip().casefold()
    found = [row for row in all_airports().values() if wanted in f"{row.name}\n{row.city}".casefold()]
    return _summarise(found, limit)


@airports.tool(example={"airport": "@airports_in_city.airports[0].airport"}, errors=[NotFound], kind="data")
def get(w: World, airport: AirportCode) -> Airport:
    """Get an airport's name, city, coordinates and time zone.

    airport: IATA code such as CDG.
    """
    return find_airport(airport)


@airports.tool(example={"city": "@cities_search.cities[0].name"}, errors=[NotFound], kind="data")
def in_city(w: World, city: CityName, limit: Limit = 5) -> AirportList:
    """List the airports that mainly serve a city.

    city: English name such as Paris.
    limit: At most this many airports.
    """
    return _summarise(airports_of(find_city(city).name), limit)


@airports.tool(example={"origin": "JFK", "destination": "LHR"}, errors=[NotFound], kind="data")
def distance(w: World, origin: AirportCode, destination: AirportCode) -> AirportDistance:
    """Compute the great-circle distance between two airports in kilometres.

    origin: IATA code of one airport, such as JFK.
    destination: IATA code of the other airport, such as LHR.
    """
    length = airport_distance_km(find_airport(origin), find_airport(destination))
    return AirportDistance(origin=origin, destination=destination, distance_km=length)


@airports.tool(example={"city": "Kyoto"}, errors=[NotFound], kind="data")
def nearest(w: World, city: CityName, limit: Limit = 3) -> NearAirports:
    """List the listed airports nearest to a city centre, in any city or country.

    city: English name such as Kyoto.
    limit: At most this many airports.
    """
    place = find_city(city)
    centre = (place.latitude, place.longitude)
    near = [
        NearAirport(
            airport=row.airport, name=row.name, distance_km=great_circle_km(centre, (row.latitude, row.longitude))
        )
        for row in all_airports().values()
    ]
    near.sort(key=lambda row: (row.distance_km, row.airport))
    return NearAirports(city=place.name, airports=near[:limit])


def _summarise(found: list[Airport], limit: int) -> AirportList:
    shown = [AirportSummary(airport=row.airport, name=row.name, city=row.city, country=row.country) for row in found]
    return AirportList(total=len(found), airports=shown[:limit])
