"""Stations and timetable of a fictional railway between real cities."""

from datetime import datetime
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CityName, CurrencyCode, Entity, Limit
from mock_apis.core.errors import InvalidArgument, NotFound
from mock_apis.core.persona import persona
from mock_apis.finance.price_level import price
from mock_apis.geography.cities import find_city, great_circle_km
from mock_apis.time.dates import CalendarDay, Moment
from mock_apis.transport.fuel_ev import TripDistance
from mock_apis.transport.train_network import (
    LAST_DAY,
    Call,
    Station,
    find_path,
    km_between,
    lines,
    local,
    reachable,
    read_train,
    station_of,
    trains_on,
)
from mock_apis.transport.train_network import stations as all_stations

trains = Domain("trains", category="transport", description="Fictional railway timetable between real cities.")

StationCode = Annotated[str, Field(pattern=r"^[A-Z]{3}[0-9]{2}$"), Entity("train_station.code")]
TrainId = Annotated[str, Field(pattern=r"^TRN-[0-9]{2}-[0-9]{8}-[0-9A-F]{4}$"), Entity("train.id")]
FIRST_CLASS = 1.6


class StationRow(Record):
    station: StationCode
    name: str
    city: CityName
    distance_km: float
    """From the city that was asked for, as the crow flies."""


class StationList(Record):
    total: int
    stations: list[StationRow]


class Reach(Record):
    station: StationCode
    name: str
    distance_km: TripDistance
    """Along the track."""


class ReachList(Record):
    total: int
    destinations: list[Reach]


class Route(Record):
    changes: int
    stations: list[StationCode]
    """Where to board, change and leave."""
    distance_km: TripDistance


class Service(Record):
    train_id: TrainId
    depart: Moment
    """Local time at the origin."""
    arrive: Moment
    """Local time at the destination."""
    minutes: int
    fare: float
    """Second class."""
    currency: CurrencyCode


class ServiceList(Record):
    origin: StationCode
    destination: StationCode
    total: int
    trains: list[Service]


class Stop(Record):
    station: StationCode
    name: str
    arrive: Moment
    depart: Moment


class StopList(Record):
    train_id: TrainId
    stops: list[Stop]


@trains.tool(example={"city": "Paris"}, errors=[NotFound], kind="generated")
def stations(w: World, city: CityName, limit: Limit = 3) -> StationList:
    """Find the railway stations that are nearest to a city.

    city: English name such as Paris.
    limit: At most this many stations, nearest first.
    """
    place = find_city(city)
    here = (place.latitude, place.longitude)
    rows = [
        StationRow(
            station=row.code,
            name=row.name,
            city=row.city.name,
            distance_km=great_circle_km(here, (row.city.latitude, row.city.longitude)),
        )
        for row in all_stations().values()
    ]
    rows.sort(key=lambda row: (row.distance_km, row.station))
    return StationList(total=len(rows), stations=rows[:limit])


@trains.tool(example={"station": "@trains_stations.stations[0].station"}, errors=[NotFound], kind="generated")
def destinations(w: World, station: StationCode, limit: Limit = 8) -> ReachList:
    """List the stations that direct trains from a station go to.

    station: Code of the station of departure, as given by trains_stations.
    limit: At most this many stations, nearest first.
    """
    origin = station_of(station)
    rows = [Reach(station=row.code, name=row.name, distance_km=km_between(origin, row)) for row in reachable(origin)]
    rows.sort(key=lambda row: (row.distance_km, row.station))
    return ReachList(total=len(rows), destinations=rows[:limit])


@trains.tool(
    example={"origin": "@trains_stations.stations[0].station", "destination": "@trains_search.destination"},
    errors=[NotFound],
    kind="generated",
)
def route(w: World, origin: StationCode, destination: StationCode) -> Route:
    """Find where to change trains between two stations, with the fewest changes.

    origin: Code of the station of departure.
    destination: Code of the station of arrival.
    """
    path = find_path(*pair(origin, destination))
    if path is None:
        raise NotFound(f"no trains lead from {origin} to {destination}")
    length = sum(km_between(one, two) for one, two in pairwise(path))
    return Route(changes=len(path) - 2, stations=[stop.code for stop in path], distance_km=round(length, 1))


@trains.tool(
    example={
        "origin": "@trains_stations.stations[0].station",
        "destination": "@trains_destinations.destinations[0].station",
        "date": "2026-02-03",
    },
    errors=[NotFound],
    kind="generated",
)
def search(w: World, origin: StationCode, destination: StationCode, date: CalendarDay, limit: Limit = 5) -> ServiceList:
    """List the direct trains of a day between two stations, earliest first.

    origin: Code of the station of departure.
    destination: Code of the station of arrival; see trains_route if there are no direct trains.
    date: Day on which the train starts its run, YYYY-MM-DD, from today on.
    limit: At most this many trains.
    """
    one, two = pair(origin, destination)
    day = datetime.fromisoformat(date).date()
    if not w.today <= day <= LAST_DAY:
        raise InvalidArgument(f"date {date} is not between today ({w.today}) and {LAST_DAY}")
    found = []
    for number, line in enumerate(lines()):
        if one in line and two in line and line.index(one) < line.index(two):
            found += [_service(w, train_id, one, two) for train_id in trains_on(w, number, day)]
    found.sort(key=lambda row: (row.depart, row.train_id))
    return ServiceList(origin=origin, destination=destination, total=len(found), trains=found[:limit])


@trains.tool(example={"train_id": "@trains_search.trains[0].train_id"}, errors=[NotFound], kind="generated")
def stops(w: World, train_id: TrainId) -> StopList:
    """List where a train calls, with local times of arrival and departure.

    train_id: The train, as given by trains_search.
    """
    rows = [
        Stop(
            station=call.station.code,
            name=call.station.name,
            arrive=local(call.arrive, call.station),
            depart=local(call.depart, call.station),
        )
        for call in read_train(w, train_id)
    ]
    return StopList(train_id=train_id, stops=rows)


def pair(origin: str, destination: str) -> tuple[Station, Station]:
    """Two different stations. Raises NotFound, InvalidArgument."""
    if origin == destination:
        raise InvalidArgument(f"destination {destination} is the origin too")
    return station_of(origin), station_of(destination)


def calls_at(w: World, train_id: str, one: Station, two: Station) -> tuple[Call, Call]:
    """Where the train is boarded and left. Raises NotFound."""
    calls = {call.station.code: call for call in read_train(w, train_id)}
    if one.code not in calls or two.code not in calls or calls[one.code].km >= calls[two.code].km:
        raise NotFound(f"train_id {train_id} does not run from {one.code} to {two.code}; see trains_stops")
    return calls[one.code], calls[two.code]


def fare_of(w: World, start: Call, end: Call, first_class: bool) -> float:
    """In the user's currency."""
    return price(w, (5 + 0.11 * (end.km - start.km)) * (FIRST_CLASS if first_class else 1))


def _service(w: World, train_id: str, one: Station, two: Station) -> Service:
    start, end = calls_at(w, train_id, one, two)
    return Service(
        train_id=train_id,
        depart=local(start.depart, one),
        arrive=local(end.arrive, two),
        minutes=int((end.arrive - start.depart).total_seconds()) // 60,
        fare=fare_of(w, start, end, False),
        currency=persona(w).currency,
    )
