"""When sun, moon and planets rise and set, phases of the moon, equinoxes; computed by PyEphem at sea level, risings
and settings with the usual 34 minutes of arc of refraction."""

import math
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.astronomy.ephemeris import (
    FIRST_YEAR,
    LAST_YEAR,
    Body,
    compute_body,
    find_event,
    local_text,
    read_utc,
    start_of_day,
    utc_text,
)
from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CityName, IsoDate, IsoDateTime
from mock_apis.core.errors import NotFound

almanac = Domain("almanac", category="astronomy", description="Times of sunrise, moonrise, moon phases and seasons.")

PHASES = ("new moon", "waxing crescent", "first quarter", "waxing gibbous", "full moon", "waning gibbous",
          "last quarter", "waning crescent")  # fmt: skip
TWILIGHTS = (("civil", "-6"), ("nautical", "-12"), ("astronomical", "-18"))


class RiseSet(Record):
    city: CityName
    date: IsoDate
    rise: IsoDateTime | None
    """Local time; null if the body does not rise on that day."""
    transit: IsoDateTime | None
    set: IsoDateTime | None
    hours_up: float | None
    """From that rise to the next set; null without a rise on that day."""


class Twilight(Record):
    kind: Literal["civil", "nautical", "astronomical"]
    dawn: IsoDateTime | None
    dusk: IsoDateTime | None


class Twilights(Record):
    city: CityName
    date: IsoDate
    twilights: list[Twilight]
    """Null where the sun does not pass that depth on the day."""


class MoonPhase(Record):
    phase: str
    illuminated_percent: float
    age_days: float
    """Since the last new moon."""


class PhaseTime(Record):
    phase: Literal["new moon", "first quarter", "full moon", "last quarter"]
    at_utc: IsoDateTime


class PhaseTimes(Record):
    phases: list[PhaseTime]


class Seasons(Record):
    march_equinox_utc: IsoDateTime
    june_solstice_utc: IsoDateTime
    september_equinox_utc: IsoDateTime
    december_solstice_utc: IsoDateTime


class JulianDay(Record):
    julian_date: float
    modified_julian_date: float


@almanac.tool(
    example={"city": "@cities_search.cities[0].name", "date": "2025-06-21"}, errors=[NotFound], kind="computation"
)
def rise_set(w: World, city: CityName, date: IsoDate, body: Body = "sun") -> RiseSet:
    """Compute when the sun, the moon or a planet rises and sets in a city on a day.

    city: English name such as Paris.
    date: Local day, 2025-06-21; years 1900 to 2100.
    body: What rises and sets.
    """
    place, start = start_of_day(city, date)
    rise = find_event(place, body, start, "next_rising", "-0:34")
    down = find_event(place, body, rise, "next_setting", "-0:34", days=2) if rise else None
    return RiseSet(
        city=place.name,
        date=date,
        rise=local_text(place, rise),
        transit=local_text(place, find_event(place, body, start, "next_transit", "0")),
        set=local_text(place, find_event(place, body, start, "next_setting", "-0:34")),
        hours_up=round((down - rise).total_seconds() / 3600, 2) if rise and down else None,
    )


@almanac.tool(example={"city": "Oslo", "date": "2025-03-20"}, errors=[NotFound], kind="computation")
def twilight(w: World, city: CityName, date: IsoDate) -> Twilights:
    """Compute civil, nautical and astronomical dawn and dusk in a city on a day.

    city: English name such as Oslo.
    date: Local day, 2025-03-20; years 1900 to 2100.
    """
    place, start = start_of_day(city, date)
    found = [
        Twilight(
            kind=kind,  # type: ignore[arg-type]
            dawn=local_text(place, find_event(place, "sun", start, "next_rising", depth, centre=True)),
            dusk=local_text(place, find_event(place, "sun", start, "next_setting", depth, centre=True)),
        )
        for kind, depth in TWILIGHTS
    ]
    return Twilights(city=place.name, date=date, twilights=found)


@almanac.tool(example={"at": "2025-03-14T06:55"}, kind="computation")
def moon_phase(w: World, at: IsoDateTime) -> MoonPhase:
    """Get the moon's phase, illuminated share and age at a time.

    at: Date and time in UTC, 2025-03-14T06:55; years 1900 to 2100.
    """
    import ephem

    moment = read_utc(at)
    moon, sun = compute_body("moon", moment), compute_body("sun", moment)
    ahead = (ephem.Ecliptic(moon, epoch=moment).lon - ephem.Ecliptic(sun, epoch=moment).lon) % (2 * math.pi)
    age = float(ephem.Date(moment) - ephem.previous_new_moon(moment))
    phase = PHASES[round(ahead / (math.pi / 4)) % 8]
    return MoonPhase(phase=phase, illuminated_percent=round(float(moon.phase), 1), age_days=round(age, 2))


@almanac.tool(example={"after": "2025-03-01"}, kind="computation")
def next_moon_phases(w: World, after: IsoDate) -> PhaseTimes:
    """List the next new moon, first quarter, full moon and last quarter from a day on.

    after: First day, in UTC, 2025-03-01; years 1900 to 2100.
    """
    import ephem

    start = read_utc(f"{after}T00:00")
    found = [
        PhaseTime(phase="new moon", at_utc=utc_text(ephem.next_new_moon(start))),
        PhaseTime(phase="first quarter", at_utc=utc_text(ephem.next_first_quarter_moon(start))),
        PhaseTime(phase="full moon", at_utc=utc_text(ephem.next_full_moon(start))),
        PhaseTime(phase="last quarter", at_utc=utc_text(ephem.next_last_quarter_moon(start))),
    ]
    return PhaseTimes(phases=sorted(found, key=lambda row: row.at_utc))


@almanac.tool(example={"year": 2025}, kind="computation")
def seasons(w: World, year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]) -> Seasons:
    """Compute the equinoxes and solstices of a year in UTC.

    year: Calendar year, 1900 to 2100.
    """
    import ephem

    start = str(year)
    return Seasons(
        march_equinox_utc=utc_text(ephem.next_vernal_equinox(start)),
        june_solstice_utc=utc_text(ephem.next_summer_solstice(start)),
        september_equinox_utc=utc_text(ephem.next_autumnal_equinox(start)),
        december_solstice_utc=utc_text(ephem.next_winter_solstice(start)),
    )


@almanac.tool(example={"at": "2000-01-01T12:00"}, kind="computation")
def julian_date(w: World, at: IsoDateTime) -> JulianDay:
    """Convert a time to its Julian date and modified Julian date.

    at: Date and time in UTC, 2000-01-01T12:00; years 1900 to 2100.
    """
    days = (read_utc(at) - datetime(2000, 1, 1, 12)) / timedelta(days=1) + 2451545.0
    return JulianDay(julian_date=round(days, 5), modified_julian_date=round(days - 2400000.5, 5))
