"""Facts about passenger airlines as of the end of 2024."""

import re
from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import AirportCode, CountryCode, Entity, Limit
from mock_apis.core.errors import InvalidArgument, NotFound

airlines = Domain("airlines", category="travel", description="Facts about real passenger airlines, end of 2024.")

AirlineCode = Annotated[str, Field(pattern=r"^[A-Z0-9]{2}$"), Entity("airline.iata")]
"""IATA code: BA."""
AirlineIcao = Annotated[str, Field(pattern=r"^[A-Z]{3}$"), Entity("airline.icao")]
Alliance = Annotated[Literal["oneworld", "SkyTeam", "Star Alliance"], Entity("airline.alliance")]
FlightNumber = Annotated[str, Field(pattern=r"^[A-Z0-9]{2} ?[0-9]{1,4}$")]


class Airline(Record):
    airline: AirlineCode
    icao: AirlineIcao
    name: str
    country: CountryCode
    alliance: Alliance | None
    hub: AirportCode
    """One main base; some airlines have several."""


class AirlineSummary(Record):
    airline: AirlineCode
    name: str
    country: CountryCode


class AirlineList(Record):
    total: int
    airlines: list[AirlineSummary]


class ParsedNumber(Record):
    flight_number: FlightNumber
    number: int
    airline: AirlineCode
    name: str
    callsign_code: AirlineIcao


class Partners(Record):
    first: AirlineCode
    second: AirlineCode
    same_alliance: bool
    first_alliance: Alliance | None
    second_alliance: Alliance | None


@cache
def all_airlines() -> dict[str, Airline]:
    """Every airline by its IATA code, in the order of their names."""
    return {
        row["iata"]: Airline(airline=row["iata"], **{key: row[key] for key in row if key != "iata"})
        for row in load_rows("airlines")
    }


def find_airline(code: str) -> Airline:
    """The airline of that IATA code. Raises NotFound."""
    airline = all_airlines().get(code)
    if airline is None:
        raise NotFound(f"no airline '{code}' in this service; see airlines_search")
    return airline


@airlines.tool(example={"query": "air"}, kind="data")
def search(w: World, query: str, limit: Limit = 5) -> AirlineList:
    """Find airlines by a part of their name.

    query: Part of the English name, such as lufthansa; case does not matter.
    limit: At most this many airlines, by name.
    """
    wanted = query.strip().casefold()
    return _summarise([row for row in all_airlines().values() if wanted in row.name.casefold()], limit)


@airlines.tool(example={"airline": "@airlines_search.airlines[0].airline"}, errors=[NotFound], kind="data")
def get(w: World, airline: AirlineCode) -> Airline:
    """Get an airline's name, ICAO code, country, alliance and a main hub.

    airline: IATA code of two characters, such as LH.
    """
    return find_airline(airline)


@airlines.tool(example={"icao": "DLH"}, errors=[NotFound], kind="data")
def by_icao(w: World, icao: AirlineIcao) -> Airline:
    """Find the airline that has an ICAO code.

    icao: ICAO code of three letters, such as DLH.
    """
    for row in all_airlines().values():
        if row.icao == icao:
            return row
    raise NotFound(f"no airline with icao '{icao}' in this service; see airlines_search")


@airlines.tool(example={"country": "@countries_get.code"}, kind="data")
def in_country(w: World, country: CountryCode, limit: Limit = 10) -> AirlineList:
    """List the listed airlines that are registered in a country.

    country: ISO 3166-1 alpha-2 code such as JP.
    limit: At most this many airlines, by name.
    """
    return _summarise([row for row in all_airlines().values() if row.country == country], limit)


@airlines.tool(example={"alliance": "oneworld"}, kind="data")
def alliance_members(w: World, alliance: Alliance, limit: Limit = 10) -> AirlineList:
    """List the listed airlines that belong to an alliance.

    alliance: The airline alliance.
    limit: At most this many airlines, by name.
    """
    return _summarise([row for row in all_airlines().values() if row.alliance == alliance], limit)


@airlines.tool(example={"airport": "@airports_in_city.airports[0].airport"}, kind="data")
def based_at(w: World, airport: AirportCode, limit: Limit = 5) -> AirlineList:
    """List the listed airlines whose main hub is an airport.

    airport: IATA code of the airport, such as DUB.
    limit: At most this many airlines, by name.
    """
    return _summarise([row for row in all_airlines().values() if row.hub == airport], limit)


@airlines.tool(example={"first": "BA", "second": "@airlines_by_icao.airline"}, errors=[NotFound], kind="data")
def same_alliance(w: World, first: AirlineCode, second: AirlineCode) -> Partners:
    """Tell whether two airlines belong to the same alliance.

    first: IATA code of one airline, such as BA.
    second: IATA code of the other airline, such as QF.
    """
    one, two = find_airline(first), find_airline(second)
    if first == second:
        raise InvalidArgument(f"second {second} is the first airline too")
    return Partners(
        first=first,
        second=second,
        same_alliance=one.alliance is not None and one.alliance == two.alliance,
        first_alliance=one.alliance,
        second_alliance=two.alliance,
    )


@airlines.tool(example={"flight_number": "LH 400"}, errors=[NotFound], kind="data")
def of_flight_number(w: World, flight_number: FlightNumber) -> ParsedNumber:
    """Tell which airline a flight number such as BA 117 belongs to.

    flight_number: IATA code of the airline and one to four digits, with or without a space.
    """
    match = re.fullmatch(r"([A-Z0-9]{2}) ?([0-9]{1,4})", flight_number)
    if match is None:
        raise InvalidArgument(f"flight_number '{flight_number}' is no airline code and number")
    airline = find_airline(match[1])
    return ParsedNumber(
        flight_number=f"{match[1]} {int(match[2])}",
        number=int(match[2]),
        airline=airline.airline,
        name=airline.name,
        callsign_code=airline.icao,
    )


def _summarise(found: list[Airline], limit: int) -> AirlineList:
    shown = [AirlineSummary(airline=row.airline, name=row.name, country=row.country) for row in found]
    return AirlineList(total=len(found), airlines=shown[:limit])
