"""Arithmetic on days and moments of the proleptic Gregorian calendar."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal

from dateutil.easter import EASTER_JULIAN, EASTER_ORTHODOX, EASTER_WESTERN
from dateutil.easter import easter as easter_of
from dateutil.relativedelta import relativedelta
from pydantic import AfterValidator, Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import (
    DATE_PATTERN,
    DATETIME_PATTERN,
    Entity,
    TimeZone,
    check_date,
    check_datetime,
)
from mock_apis.core.errors import InvalidArgument, NotFound
from mock_apis.geography.timezones import zone

dates = Domain("dates", category="time", description="Exact arithmetic on days and moments of the Gregorian calendar.")

CalendarDay = Annotated[str, Field(pattern=DATE_PATTERN), AfterValidator(check_date), Entity("calendar.date")]
"""2025-03-14"""
Moment = Annotated[str, Field(pattern=DATETIME_PATTERN), AfterValidator(check_datetime), Entity("calendar.datetime")]
"""2025-03-14T09:30, local time"""
UnixSeconds = Annotated[int, Field(ge=-62_135_596_800, le=253_402_300_799), Entity("time.unix_seconds")]
"""Seconds since 1970-01-01T00:00 UTC without leap seconds; from the year 1 to 9999."""
Year = Annotated[int, Field(ge=1583, le=4099)]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Rite = Literal["western", "orthodox", "julian"]
RITES = {"western": EASTER_WESTERN, "orthodox": EASTER_ORTHODOX, "julian": EASTER_JULIAN}
Count = Annotated[int, Field(ge=-10_000, le=10_000)]


class Day(Record):
    date: CalendarDay
    weekday: Weekday


class DayFacts(Day):
    iso_year: int
    """The year that the ISO week belongs to."""
    iso_week: int
    day_of_year: int
    quarter: int
    leap_year: bool
    days_in_month: int


class Difference(Record):
    days: int
    """Negative if the second day is the earlier one."""
    years: int
    """Years, months and rest_days together are the same distance without its sign."""
    months: int
    rest_days: int


class Week(Record):
    monday: CalendarDay
    sunday: CalendarDay
    weeks_in_year: int


class Timestamp(Record):
    unix_seconds: UnixSeconds
    local: Moment
    timezone: TimeZone
    utc: Moment


def describe_day(day: date) -> Day:
    """The day with its weekday."""
    return Day(date=day.isoformat(), weekday=WEEKDAYS[day.weekday()])


@dates.tool(example={"date": "2025-01-31", "months": 1}, kind="computation")
def add(w: World, date: CalendarDay, years: Count = 0, months: Count = 0, days: Count = 0) -> Day:
    """Add years, months and days to a date; a day past a month's end becomes its last.

    date: The day to start from, YYYY-MM-DD.
    years: Calendar years to add first; negative goes back.
    months: Calendar months to add next; negative goes back.
    days: Days to add last; negative goes back.
    """
    start = datetime.fromisoformat(date).date()
    try:
        return describe_day(start + relativedelta(years=years, months=months) + timedelta(days=days))
    except (OverflowError, ValueError):
        raise InvalidArgument(f"date {date}: the sum lies outside the years 1 to 9999") from None


@dates.tool(example={"first": "2000-02-29", "second": "@dates_add.date"}, kind="computation")
def difference(w: World, first: CalendarDay, second: CalendarDay) -> Difference:
    """Count the days between two dates, also as years, months and days (an age, say).

    first: The day to count from, YYYY-MM-DD.
    second: The day to count to, YYYY-MM-DD.
    """
    one, two = datetime.fromisoformat(first).date(), datetime.fromisoformat(second).date()
    apart = relativedelta(max(one, two), min(one, two))
    return Difference(days=(two - one).days, years=apart.years, months=apart.months, rest_days=apart.days)


@dates.tool(example={"date": "@dates_easter.date"}, kind="computation")
def describe(w: World, date: CalendarDay) -> DayFacts:
    """Tell a date's weekday, ISO week, day of the year, quarter and leap year.

    date: The day, YYYY-MM-DD.
    """
    day = datetime.fromisoformat(date).date()
    iso = day.isocalendar()
    leap = day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0)
    length = 31 if day.month in (1, 3, 5, 7, 8, 10, 12) else 28 + leap if day.month == 2 else 30
    return DayFacts(
        date=date,
        weekday=WEEKDAYS[day.weekday()],
        iso_year=iso.year,
        iso_week=iso.week,
        day_of_year=day.timetuple().tm_yday,
        quarter=(day.month + 2) // 3,
        leap_year=leap,
        days_in_month=length,
    )


@dates.tool(example={"year": 2025, "month": 11, "weekday": "thursday", "nth": 4}, errors=[NotFound], kind="computation")
def nth_weekday(
    w: World,
    year: Year,
    month: Annotated[int, Field(ge=1, le=12)],
    weekday: Weekday,
    nth: Annotated[int, Field(ge=-5, le=5)],
) -> Day:
    """Find the date of, say, the fourth Thursday or the last Monday of a month.

    year: Calendar year, 1583 to 4099.
    month: Month number, 1 for January.
    weekday: English name of the weekday in lower case.
    nth: 1 is the first one in the month, -1 the last one; not 0.
    """
    if nth == 0:
        raise InvalidArgument("nth 0: count from 1, or from -1 for the last one")
    first = date(year, month, 1)
    shift = (WEEKDAYS.index(weekday) - first.weekday()) % 7
    found = [day for day in (first + timedelta(days=shift + 7 * week) for week in range(5)) if day.month == month]
    if abs(nth) > len(found):
        raise NotFound(f"nth {nth}: {year}-{month:02} has only {len(found)} {weekday}s")
    return describe_day(found[nth - 1 if nth > 0 else nth])


@dates.tool(example={"year": 2025}, kind="computation")
def easter(w: World, year: Year, rite: Rite = "western") -> Day:
    """Find the date of Easter Sunday in a year.

    year: Calendar year, 1583 to 4099.
    rite: western; orthodox as a Gregorian date; or julian, the Orthodox date in the Julian calendar.
    """
    day = easter_of(year, RITES[rite])
    return Day(date=day.isoformat(), weekday="sunday")


@dates.tool(example={"year": 2026, "week": 1}, errors=[NotFound], kind="computation")
def iso_week(w: World, year: Year, week: Annotated[int, Field(ge=1, le=53)]) -> Week:
    """Find the Monday and Sunday of a numbered ISO 8601 week.

    year: ISO week-numbering year, 1583 to 4099.
    week: Week number, 1 to 52 or 53.
    """
    weeks = date(year, 12, 28).isocalendar().week
    if week > weeks:
        raise NotFound(f"week {week}: the year {year} has {weeks} ISO weeks")
    monday = date.fromisocalendar(year, week, 1)
    return Week(monday=monday.isoformat(), sunday=(monday + timedelta(days=6)).isoformat(), weeks_in_year=weeks)


@dates.tool(example={"at": "2001-09-09T01:46", "timezone": "UTC"}, errors=[NotFound], kind="computation")
def to_unix(w: World, at: Moment, timezone: TimeZone) -> Timestamp:
    """Turn a local date and time into a Unix timestamp in seconds.

    at: Local date and time, YYYY-MM-DDTHH:MM; the first pass if clocks are set back over it.
    timezone: IANA name of the zone of that time, such as Europe/Paris.
    """
    naive = datetime.fromisoformat(at)
    if not 1900 <= naive.year <= 2100:
        raise InvalidArgument(f"at {at} is outside the years 1900 to 2100")
    local = naive.replace(tzinfo=zone(timezone))
    moment = local.astimezone(UTC)
    if moment.astimezone(zone(timezone)).replace(tzinfo=None) != naive:
        raise InvalidArgument(f"at {at} does not exist in {timezone}: the clocks are set forward past it")
    return show_timestamp(int(moment.timestamp()), timezone)


@dates.tool(
    example={"unix_seconds": "@dates_to_unix.unix_seconds", "timezone": "@cities_get.timezone"},
    errors=[NotFound],
    kind="computation",
)
def from_unix(w: World, unix_seconds: UnixSeconds, timezone: TimeZone) -> Timestamp:
    """Turn a Unix timestamp in seconds into a date and time in a time zone.

    unix_seconds: Seconds since 1970-01-01T00:00 UTC; years 1900 to 2100.
    timezone: IANA name of the zone to show it in, such as Europe/Paris.
    """
    return show_timestamp(unix_seconds, timezone)


def show_timestamp(unix_seconds: int, timezone: str) -> Timestamp:
    """The moment in a zone and in UTC, cut to the minute. Raises NotFound, InvalidArgument."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=unix_seconds)
    if not 1900 <= moment.year <= 2100:
        raise InvalidArgument(f"unix_seconds {unix_seconds} is outside the years 1900 to 2100")
    local = moment.astimezone(zone(timezone))
    return Timestamp(
        unix_seconds=unix_seconds,
        local=local.strftime("%Y-%m-%dT%H:%M"),
        timezone=timezone,
        utc=moment.strftime("%Y-%m-%dT%H:%M"),
    )
