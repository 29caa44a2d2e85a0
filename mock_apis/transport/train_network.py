"""The fictional railway: lines between real cities, stations, services and fares, all from the seed and ids."""

import re
from collections import deque
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise

from mock_apis.core import World
from mock_apis.core.errors import NotFound
from mock_apis.geography.cities import City, find_city, great_circle_km
from mock_apis.geography.timezones import zone

LINES = (
    ("London", "Birmingham", "Manchester", "Glasgow"),
    ("London", "Leeds", "Edinburgh", "Glasgow"),
    ("Cork", "Dublin", "Belfast"),
    ("London", "Paris", "Lyon", "Marseille"),
    ("London", "Brussels", "Amsterdam"),
    ("Paris", "Brussels", "Antwerp", "Rotterdam", "Amsterdam"),
    ("Brussels", "Cologne", "Frankfurt am Main", "Munich"),
    ("Amsterdam", "Hannover", "Berlin", "Warsaw"),
    ("Hamburg", "Berlin", "Dresden", "Prague", "Vienna", "Budapest"),
    ("Munich", "Vienna", "Budapest"),
    ("Copenhagen", "Hamburg", "Cologne"),
    ("Zurich", "Milan", "Bologna", "Rome", "Naples"),
    ("Paris", "Strasbourg", "Zurich"),
    ("Lisbon", "Madrid", "Barcelona", "Lyon"),
    ("Madrid", "Valencia"),
    ("Seville", "Madrid"),
    ("Oslo", "Stockholm"),
    ("Boston", "New York", "Philadelphia", "Baltimore", "Washington"),
    ("New York", "Pittsburgh", "Cleveland", "Chicago"),
    ("Chicago", "Detroit", "Toronto"),
    ("Toronto", "Ottawa", "Montreal"),
    ("Chicago", "Milwaukee"),
    ("Melbourne", "Canberra", "Sydney", "Brisbane"),
    ("Singapore", "Kuala Lumpur", "George Town"),
    ("Tokyo", "Nagoya", "Kyoto", "Osaka", "Hiroshima", "Fukuoka"),
    ("Tokyo", "Sendai"),
    ("Seoul", "Daejeon", "Busan"),
    ("Delhi", "Jaipur", "Ahmedabad", "Mumbai"),
)
SERVICES = 4
"""A day and direction of a line."""
KM_H, DETOUR, DWELL_MINUTES = 140, 1.2, 4
FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2028, 12, 31)


@dataclass(frozen=True)
class Station:
    """The one station of a city."""

    code: str
    name: str
    city: City


@dataclass(frozen=True)
class Call:
    """A train at a station, in UTC; equal times at the ends of the line."""

    station: Station
    arrive: datetime
    depart: datetime
    km: float
    """From the first station."""


@cache
def stations() -> dict[str, Station]:
    """Every station by its code."""
    found = {}
    for place, city in enumerate(sorted({name for line in LINES for name in line if has_city(name)})):
        letters = re.sub("[^A-Z]", "", city.upper())[:3]
        code = f"{letters}{place + 10:02d}"
        found[code] = Station(code=code, name=f"{city} Central", city=find_city(city))
    return found


@cache
def lines() -> tuple[tuple[Station, ...], ...]:
    """The stations of every line, there and back: line 2n is the way there, 2n + 1 the way back."""
    by_city = {station.name.removesuffix(" Central"): station for station in stations().values()}
    both = []
    for line in LINES:
        there = tuple(by_city[name] for name in line if name in by_city)
        both += [there, there[::-1]]
    return tuple(both)


def has_city(name: str) -> bool:
    """Whether the cities domain knows the name."""
    try:
        find_city(name)
    except NotFound:
        return False
    return True


def station_of(code: str) -> Station:
    """The station. Raises NotFound."""
    if code not in stations():
        raise NotFound(f"no station '{code}'; see trains_stations")
    return stations()[code]


def km_between(one: Station, two: Station) -> float:
    """Kilometres of track."""
    here, there = one.city, two.city
    return round(DETOUR * great_circle_km((here.latitude, here.longitude), (there.latitude, there.longitude)), 1)


def trains_on(w: World, line: int, day: date) -> list[str]:
    """The ids of the services of a line on the day on which they start."""
    return [_train_id(w, line, day, number) for number in range(SERVICES)]


def read_train(w: World, train_id: str) -> list[Call]:
    """Where and when a train calls. Raises NotFound."""
    match = re.fullmatch(r"TRN-([0-9]{2})-([0-9]{8})-([0-9A-F])[0-9A-F]{3}", train_id)
    if match and int(match[1]) < len(lines()) and int(match[3], 16) < SERVICES:
        try:
            day = datetime.strptime(match[2], "%Y%m%d").date()
        except ValueError:
            day = date.min
        line, number = int(match[1]), int(match[3], 16)
        if FIRST_DAY <= day <= LAST_DAY and _train_id(w, line, day, number) == train_id:
            return _calls(w, line, day, number)
    raise NotFound(f"no train_id '{train_id}'; see trains_search")


def find_path(origin: Station, destination: Station) -> list[Station] | None:
    """The stations at which a traveller boards, changes and leaves, with the fewest changes."""
    queue, seen = deque([[origin]]), {origin.code}
    while queue:
        path = queue.popleft()
        if path[-1] is destination:
            return path
        for other in reachable(path[-1]):
            if other.code not in seen:
                seen.add(other.code)
                queue.append([*path, other])
    return None


def reachable(station: Station) -> list[Station]:
    """The stations that direct trains go to, by code."""
    found = {other.code: other for line in lines() if station in line for other in line[line.index(station) + 1 :]}
    return [found[code] for code in sorted(found)]


def local(moment: datetime, station: Station) -> str:
    """The time on the station's clock."""
    return moment.astimezone(zone(station.city.timezone)).strftime("%Y-%m-%dT%H:%M")


def _train_id(w: World, line: int, day: date, number: int) -> str:
    check = w.draw("trains", line, day.isoformat(), number).bits() % 0x1000
    return f"TRN-{line:02d}-{day:%Y%m%d}-{number:X}{check:03X}"


def _calls(w: World, line: int, day: date, number: int) -> list[Call]:
    stops = lines()[line]
    draw = w.draw("train_times", line, day.isoformat(), number)
    leaves = datetime(day.year, day.month, day.day, 6 + 4 * number + draw.between(0, 2), 5 * draw.between(0, 11))
    at = leaves.replace(tzinfo=zone(stops[0].city.timezone)).astimezone(UTC)
    calls, km = [Call(stops[0], at, at, 0.0)], 0.0
    for before, station in pairwise(stops):
        length = km_between(before, station)
        km += length
        at += timedelta(minutes=round(60 * length / KM_H) + 5)
        last = station is stops[-1]
        calls.append(Call(station, at, at if last else at + timedelta(minutes=DWELL_MINUTES), round(km, 1)))
        at = calls[-1].depart
    return calls
