"""A fictional timetable between real airports; a flight follows from the world's seed and its id alone."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Draw, Record, Table, World, money
from mock_apis.core.entities import AirportCode, CurrencyCode, Entity, IsoDate, IsoDateTime, Limit
from mock_apis.core.errors import InvalidArgument, NotFound
from mock_apis.geography.timezones import zone
from mock_apis.travel.airports import Airport, airport_distance_km, all_airports, find_airport

flights = Domain("flights", category="travel", description="Fictional airline timetable between real airports.")

FlightId = Annotated[str, Field(pattern=r"^FL-[A-Z]{6}-[0-9]{8}-[0-9A-F]{4}$"), Entity("flight.id")]

AIRLINES = ("Meridian Air", "Northwind Airways", "Bluefinch", "Aurora Lines", "Cardinal Wings")
FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2028, 12, 31)
"""The days that the timetable covers."""
SHORTEST_KM = 80
"""Between airports closer than this nobody flies."""
NONSTOP_KM = 9500
CRUISE_KM_H = 820


class Flight(Record):
    flight_id: FlightId
    airline: str
    origin: AirportCode
    destination: AirportCode
    depart: IsoDateTime
    """Local time at the origin."""
    arrive: IsoDateTime
    """Local time at the destination."""
    duration_minutes: int
    stops: int
    price: float
    """For one seat."""
    currency: CurrencyCode
    seats_left: int


class FlightList(Record):
    total: int
    flights: list[Flight]


class DayPrice(Record):
    date: IsoDate
    flight_id: FlightId
    price: float


class CheapestDays(Record):
    currency: CurrencyCode
    cheapest: DayPrice | None
    days: list[DayPrice]
    """The cheapest flight of each day, in the order of the days; days without a seat are left out."""


class SoldSeats(Record):
    """Seats that were booked in this world, beyond those sold before it began."""

    flight_id: FlightId
    seats: int


def no_sold_seats(w: World) -> list[SoldSeats]:
    """A world begins without bookings of its own."""
    return []


SOLD = Table("flights_sold", key="flight_id", seed_rows=no_sold_seats)


def flights_on(w: World, origin: Airport, destination: Airport, day: date) -> list[Flight]:
    """The flights of one day, earliest first; none between airports that are too close."""
    length = airport_distance_km(origin, destination)
    if length < SHORTEST_KM:
        return []
    count = 3 if length < 1500 else 2 if length < 6000 else 1
    rows = [_flight(w, origin, destination, day, number, length) for number in range(count)]
    return sorted(rows, key=lambda row: (row.depart, row.flight_id))


def find_flight(w: World, flight_id: str) -> Flight:
    """The flight of that id. Raises NotFound."""
    match = re.fullmatch(r"FL-([A-Z]{3})([A-Z]{3})-([0-9]{8})-[0-9A-F]{4}", flight_id)
    if match and match[1] in all_airports() and match[2] in all_airports():
        try:
            day = datetime.strptime(match[3], "%Y%m%d").date()
        except ValueError:
            day = date.min
        if FIRST_DAY <= day <= LAST_DAY:
            for row in flights_on(w, find_airport(match[1]), find_airport(match[2]), day):
                if row.flight_id == flight_id:
                    return row
    raise NotFound(f"no flight_id '{flight_id}'; see flights_search")


def departure(flight: Flight) -> datetime:
    """When the flight leaves, in UTC."""
    local = datetime.fromisoformat(flight.depart)
    return local.replace(tzinfo=zone(find_airport(flight.origin).timezone)).astimezone(UTC)


def sell_seats(w: World, flight_id: str, seats: int) -> None:
    """Count seats as sold; a negative number gives them back."""
    sold = SOLD.find(w, flight_id)
    SOLD.put(w, SoldSeats(flight_id=flight_id, seats=(sold.seats if sold else 0) + seats))


@flights.tool(
    example={"origin": "DUB", "destination": "@airports_in_city.airports[0].airport", "date": "2026-01-15"},
    errors=[NotFound],
    kind="generated",
)
def search(w: World, origin: AirportCode, destination: AirportCode, date: IsoDate, limit: Limit = 5) -> FlightList:
    """List the flights from one airport to another on a day, earliest first.

    origin: IATA code of the airport of departure, such as DUB.
    destination: IATA code of the airport of arrival, such as CDG.
    date: Day of departure, 2026-01-15; today or later.
    limit: At most this many flights.
    """
    one, two = _route(origin, destination)
    found = flights_on(w, one, two, _open_day(w, "date", date))
    return FlightList(total=len(found), flights=found[:limit])


@flights.tool(example={"flight_id": "@flights_search.flights[0].flight_id"}, errors=[NotFound], kind="generated")
def get(w: World, flight_id: FlightId) -> Flight:
    """Get a flight's times, price and number of seats left.

    flight_id: The flight, as given by flights_search.
    """
    return find_flight(w, flight_id)


@flights.tool(
    example={"origin": "LHR", "destination": "JFK", "first_date": "2026-02-02"}, errors=[NotFound], kind="generated"
)
def cheapest_day(
    w: World,
    origin: AirportCode,
    destination: AirportCode,
    first_date: IsoDate,
    days: Annotated[int, Field(ge=2, le=14)] = 7,
) -> CheapestDays:
    """Find the day with the cheapest flight on a route within some days.

    origin: IATA code of the airport of departure, such as LHR.
    destination: IATA code of the airport of arrival, such as JFK.
    first_date: First day of departure to look at, 2026-02-02; today or later.
    days: How many days to look at.
    """
    one, two = _route(origin, destination)
    first = _open_day(w, "first_date", first_date)
    found = []
    for shift in range(min(days, (LAST_DAY - first).days + 1)):
        day = first + timedelta(days=shift)
        on_sale = [row for row in flights_on(w, one, two, day) if row.seats_left > 0]
        if on_sale:
            best = min(on_sale, key=lambda row: (row.price, row.depart))
            found.append(DayPrice(date=day.isoformat(), flight_id=best.flight_id, price=best.price))
    cheapest = min(found, key=lambda row: (row.price, row.date)) if found else None
    return CheapestDays(currency="USD", cheapest=cheapest, days=found)


def _flight(w: World, origin: Airport, destination: Airport, day: date, number: int, length: float) -> Flight:
    draw = w.draw("flights", origin.airport, destination.airport, day.isoformat(), number)
    flight_id = f"FL-{origin.airport}{destination.airport}-{day:%Y%m%d}-{number:X}{draw.bits() % 0x1000:03X}"
    hour = draw.between(6 + 5 * number, 10 + 5 * number)
    leaves = datetime(day.year, day.month, day.day, hour, 5 * draw.between(0, 11))
    stops = 0 if length < NONSTOP_KM else 1
    minutes = 35 + 120 * stops + round(60 * length / CRUISE_KM_H / 5) * 5
    lands = leaves.replace(tzinfo=zone(origin.timezone)).astimezone(UTC) + timedelta(minutes=minutes)
    sold = SOLD.find(w, flight_id)
    return Flight(
        flight_id=flight_id,
        airline=draw.pick(AIRLINES),
        origin=origin.airport,
        destination=destination.airport,
        depart=leaves.isoformat(timespec="minutes"),
        arrive=lands.astimezone(zone(destination.timezone)).strftime("%Y-%m-%dT%H:%M"),
        duration_minutes=minutes,
        stops=stops,
        price=_price(draw, day, length),
        currency="USD",
        seats_left=draw.between(4, 40) - (sold.seats if sold else 0),
    )


def _price(draw: Draw, day: date, length: float) -> float:
    weekend = 1.2 if day.weekday() in (4, 6) else 1.0
    return money((35 + 0.075 * length) * draw.amount(0.7, 1.6) * weekend)


def _route(origin: str, destination: str) -> tuple[Airport, Airport]:
    if origin == destination:
        raise InvalidArgument(f"destination {destination} is the origin too")
    return find_airport(origin), find_airport(destination)


def _open_day(w: World, field: str, text: str) -> date:
    day = date.fromisoformat(text)
    if not w.today <= day <= LAST_DAY:
        raise InvalidArgument(f"{field} {text} is not between today ({w.today}) and {LAST_DAY}")
    return day
