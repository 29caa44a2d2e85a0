"""The fictional lines and stops of a city, which follow from the seed and the city's number."""

import re
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import NotFound
from mock_apis.transport.served_cities import city_at

LineId = Annotated[str, Field(pattern=r"^LIN-[0-9A-F]{6}$"), Entity("transit_line.id")]
StopId = Annotated[str, Field(pattern=r"^STP-[0-9A-F]{7}$"), Entity("transit_stop.id")]
Mode = Literal["metro", "tram", "bus"]

MODES: tuple[Mode, ...] = ("metro", "metro", "tram", "bus")
HEADWAY: dict[Mode, int] = {"metro": 6, "tram": 10, "bus": 15}
HOP_MINUTES: dict[Mode, int] = {"metro": 2, "tram": 3, "bus": 4}
STOPS, HUB = 9, 4
"""Stops of a line, and which of them is the central one."""
FIRST_MINUTE, LAST_MINUTE = 5 * 60 + 30, 23 * 60 + 30
"""Of the day; from the first stop of a line."""
PLACES = (
    "Abbey", "Airport Road", "Bridge", "Canal", "Castle", "Clinic", "College", "Docks", "East Gate", "Fountain",
    "Garden", "Harbour", "Hillside", "Library", "Lighthouse", "Market", "Meadow", "Mill", "Museum", "North Gate",
    "Observatory", "Opera", "Orchard", "Parliament", "Pier", "Quarry", "Ring Road", "School", "South Gate", "Stadium",
    "Theatre", "Tower", "University", "Valley", "West Gate", "Zoo",
)  # fmt: skip


class Line(Record):
    line_id: LineId
    name: str
    mode: Mode
    every_minutes: int
    first_stop: str
    last_stop: str


class Stop(Record):
    stop_id: StopId
    name: str


def read_line(w: World, line_id: str) -> tuple[int, int]:
    """City number and line. Raises NotFound."""
    match = re.fullmatch(r"LIN-([0-9A-F]{3})([0-3])[0-9A-F]{2}", line_id)
    if match and city_at(int(match[1], 16)) is not None:
        number, line = int(match[1], 16), int(match[2])
        if line_of(w, number, line).line_id == line_id:
            return number, line
    raise NotFound(f"no line_id '{line_id}'; see city_transit_lines")


def read_stop(w: World, stop_id: str) -> tuple[int, int, int]:
    """City number, line and place on it; the central stop is that of line 0. Raises NotFound."""
    match = re.fullmatch(r"STP-([0-9A-F]{3})([0-3])([0-8])[0-9A-F]{2}", stop_id)
    if match and city_at(int(match[1], 16)) is not None:
        number, line, place = int(match[1], 16), int(match[2]), int(match[3])
        if stop_of(w, number, line, place).stop_id == stop_id:
            return number, line, place
    raise NotFound(f"no stop_id '{stop_id}'; see city_transit_find_stops")


def next_times(at: datetime, mode: Mode, place: int, back: bool, count: int) -> list[datetime]:
    """The next departures from a place of a line in one direction, from that minute on."""
    offset = HOP_MINUTES[mode] * (STOPS - 1 - place if back else place)
    times: list[datetime] = []
    day = at.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    while len(times) < count:
        runs = range(FIRST_MINUTE, LAST_MINUTE + 1, HEADWAY[mode])
        found = (day + timedelta(minutes=minute + offset) for minute in runs)
        times += [time for time in found if time >= at]
        day += timedelta(days=1)
    return times[:count]


def city_name(number: int) -> str:
    """The name of a served city."""
    city = city_at(number)
    return city.name if city else ""


def _names(w: World, number: int) -> list[str]:
    return w.draw("transit_stops", number).sample(PLACES, len(MODES) * STOPS)


def stop_of(w: World, number: int, line: int, place: int) -> Stop:
    """A stop of a line by its place; the central one is the same for all."""
    line = 0 if place == HUB else line
    check = w.draw("transit_stop", number, line, place).bits() % 0x100
    name = "Central Square" if place == HUB else _names(w, number)[line * STOPS + place]
    return Stop(stop_id=f"STP-{number:03X}{line}{place}{check:02X}", name=name)


def line_of(w: World, number: int, line: int) -> Line:
    """A line of a city by its number."""
    check = w.draw("transit_line", number, line).bits() % 0x100
    mode = MODES[line]
    return Line(
        line_id=f"LIN-{number:03X}{line}{check:02X}",
        name=f"{mode.capitalize()} {line + 1}",
        mode=mode,
        every_minutes=HEADWAY[mode],
        first_stop=stop_of(w, number, line, 0).name,
        last_stop=stop_of(w, number, line, STOPS - 1).name,
    )
