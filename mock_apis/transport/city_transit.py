"""Metro and bus lines of the largest cities, fictional: every line crosses the others at one central stop."""

from datetime import datetime, timedelta
from typing import Literal

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CityName, Limit
from mock_apis.core.errors import InvalidArgument, NotFound
from mock_apis.geography.timezones import now_in
from mock_apis.time.dates import Moment
from mock_apis.transport.served_cities import city_at, number_of
from mock_apis.transport.transit_network import (
    HOP_MINUTES,
    HUB,
    MODES,
    STOPS,
    Line,
    LineId,
    Stop,
    StopId,
    city_name,
    line_of,
    next_times,
    read_line,
    read_stop,
    stop_of,
)

city_transit = Domain(
    "city_transit", category="transport", description="Fictional metro, tram and bus in large cities."
)


class LineList(Record):
    city: CityName
    total: int
    lines: list[Line]


class StopList(Record):
    total: int
    stops: list[Stop]


class LineStops(Record):
    line_id: LineId
    minutes_between: int
    stops: list[Stop]


class Departure(Record):
    line_id: LineId
    line: str
    towards: str
    depart: Moment
    """Local time in the city."""


class Departures(Record):
    stop_id: StopId
    departures: list[Departure]


class Leg(Record):
    line_id: LineId
    line: str
    from_stop: StopId
    to_stop: StopId
    depart: Moment
    arrive: Moment


class Journey(Record):
    legs: list[Leg]
    depart: Moment
    arrive: Moment
    minutes: int
    changes: int


class LineStatus(Record):
    line_id: LineId
    line: str
    status: Literal["normal", "delays"]
    delay_minutes: int


@city_transit.tool(example={"city": "@account_profile.city"}, errors=[NotFound], kind="generated")
def lines(w: World, city: CityName) -> LineList:
    """List the metro, tram and bus lines of a city.

    city: English name of one of the 1000 largest cities, such as Paris.
    """
    number = number_of(city)
    rows = [line_of(w, number, line) for line in range(len(MODES))]
    return LineList(city=city_name(number), total=len(rows), lines=rows)


@city_transit.tool(example={"line_id": "@city_transit_lines.lines[0].line_id"}, errors=[NotFound], kind="generated")
def stops_on_line(w: World, line_id: LineId) -> LineStops:
    """List the stops of a transit line in their order.

    line_id: The line, as given by city_transit_lines.
    """
    number, line = read_line(w, line_id)
    return LineStops(
        line_id=line_id,
        minutes_between=HOP_MINUTES[MODES[line]],
        stops=[stop_of(w, number, line, place) for place in range(STOPS)],
    )


@city_transit.tool(example={"city": "@account_profile.city", "query": "central"}, errors=[NotFound], kind="generated")
def find_stops(w: World, city: CityName, query: str = "", limit: Limit = 5) -> StopList:
    """Find the transit stops of a city by a part of their name.

    city: English name of one of the 1000 largest cities, such as Paris.
    query: Part of the stop's name; every stop if left out.
    limit: At most this many stops, by name.
    """
    number = number_of(city)
    every = [stop_of(w, number, line, place) for line in range(len(MODES)) for place in range(STOPS)]
    found = {stop.stop_id: stop for stop in every if query.strip().casefold() in stop.name.casefold()}
    rows = sorted(found.values(), key=lambda stop: (stop.name, stop.stop_id))
    return StopList(total=len(rows), stops=rows[:limit])


@city_transit.tool(
    example={"stop_id": "@city_transit_find_stops.stops[0].stop_id"}, errors=[NotFound], kind="generated"
)
def departures(w: World, stop_id: StopId, after: Moment | None = None, limit: Limit = 4) -> Departures:
    """List the next departures from a transit stop, in every direction.

    stop_id: The stop, as given by city_transit_find_stops.
    after: Local date and time in the city, YYYY-MM-DDTHH:MM; now if left out.
    limit: At most this many departures.
    """
    number, line, place = read_stop(w, stop_id)
    at = start_of(w, number, after)
    found = []
    for other in range(len(MODES)) if place == HUB else (line,):
        for back in (False, True):
            end = 0 if back else STOPS - 1
            times = next_times(at, MODES[other], place, back, limit) if place != end else []
            row = line_of(w, number, other)
            towards = row.first_stop if back else row.last_stop
            found += [Departure(line_id=row.line_id, line=row.name, towards=towards, depart=show(t)) for t in times]
    found.sort(key=lambda row: (row.depart, row.line_id, row.towards))
    return Departures(stop_id=stop_id, departures=found[:limit])


@city_transit.tool(
    example={
        "from_stop": "@city_transit_find_stops.stops[0].stop_id",
        "to_stop": "@city_transit_stops_on_line.stops[0].stop_id",
        "after": "2026-01-12T08:00",
    },
    errors=[NotFound],
    kind="generated",
)
def plan_journey(w: World, from_stop: StopId, to_stop: StopId, after: Moment | None = None) -> Journey:
    """Plan a journey by public transit between two stops of one city.

    from_stop: Stop at which the journey begins, as given by city_transit_find_stops.
    to_stop: Stop at which it ends, in the same city.
    after: Earliest local departure, YYYY-MM-DDTHH:MM; now if left out.
    """
    number, line, place = read_stop(w, from_stop)
    there, other, end = read_stop(w, to_stop)
    if number != there or from_stop == to_stop:
        raise InvalidArgument(f"to_stop {to_stop} must be another stop of {city_name(number)}")
    if line == other or HUB in (place, end):
        hops = [(other if place == HUB else line, place, end)]
    else:
        hops = [(line, place, HUB), (other, HUB, end)]
    legs, at = [], start_of(w, number, after)
    for used, start, stop in hops:
        leaves = next_times(at, MODES[used], start, stop < start, 1)[0]
        at = leaves + timedelta(minutes=HOP_MINUTES[MODES[used]] * abs(stop - start))
        row = line_of(w, number, used)
        leg = Leg(
            line_id=row.line_id,
            line=row.name,
            from_stop=stop_of(w, number, used, start).stop_id,
            to_stop=stop_of(w, number, used, stop).stop_id,
            depart=show(leaves),
            arrive=show(at),
        )
        legs.append(leg)
        at += timedelta(minutes=2)
    first, last = (datetime.fromisoformat(text) for text in (legs[0].depart, legs[-1].arrive))
    minutes = int((last - first).total_seconds()) // 60
    return Journey(legs=legs, depart=show(first), arrive=show(last), minutes=minutes, changes=len(legs) - 1)


@city_transit.tool(example={"line_id": "@city_transit_lines.lines[0].line_id"}, errors=[NotFound], kind="generated")
def line_status(w: World, line_id: LineId) -> LineStatus:
    """Tell whether a transit line runs normally or with delays at this hour.

    line_id: The line, as given by city_transit_lines.
    """
    number, line = read_line(w, line_id)
    draw = w.draw("transit_status", line_id, w.now.isoformat()[:13])
    delay = draw.between(4, 25) if draw.chance(0.2) else 0
    name = line_of(w, number, line).name
    return LineStatus(line_id=line_id, line=name, status="delays" if delay else "normal", delay_minutes=delay)


def start_of(w: World, number: int, text: str | None) -> datetime:
    """The time on the city's clocks. Raises InvalidArgument at the ends of the calendar."""
    city = city_at(number)
    if text is None and city is not None:
        return now_in(w, city.timezone).replace(tzinfo=None)
    at = datetime.fromisoformat(text or "")
    if not 2000 <= at.year <= 2100:
        raise InvalidArgument(f"after {text} is outside the years 2000 to 2100")
    return at


def show(moment: datetime) -> str:
    """The time to the minute as text."""
    return moment.strftime("%Y-%m-%dT%H:%M")
