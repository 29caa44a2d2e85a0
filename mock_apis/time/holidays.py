"""Public holidays of countries and their parts from 2000 to 2040; lunar ones may be marked as estimated."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CountryCode, Limit
from mock_apis.core.errors import NotFound
from mock_apis.time.dates import CalendarDay, Weekday, describe_day
from mock_apis.time.holiday_rules import (
    LAST_YEAR,
    HolidayYear,
    Subdivision,
    is_weekend,
    is_working_day,
    names_on,
    subdivisions_by_country,
    year_of,
)

holidays = Domain("holidays", category="time", description="Public holidays of countries, 2000 to 2040.")


class Holiday(Record):
    date: CalendarDay
    weekday: Weekday
    name: str


class HolidayList(Record):
    country: CountryCode
    total: int
    holidays: list[Holiday]


class HolidayCheck(Record):
    date: CalendarDay
    weekday: Weekday
    holiday: bool
    names: list[str]
    weekend: bool
    """Whether it is one of the country's weekly days of rest."""


class Subdivisions(Record):
    country: CountryCode
    total: int
    subdivisions: list[Subdivision]


class SharedHoliday(Record):
    date: CalendarDay
    first_name: str
    second_name: str


class SharedHolidays(Record):
    total: int
    holidays: list[SharedHoliday]


class LongWeekend(Record):
    first_day: CalendarDay
    last_day: CalendarDay
    days: int
    holidays: list[str]


class LongWeekends(Record):
    total: int
    long_weekends: list[LongWeekend]


@holidays.tool(example={"country": "@countries_search.countries[0].code", "year": 2025}, errors=[NotFound], kind="data")
def in_year(
    w: World,
    country: CountryCode,
    year: HolidayYear,
    subdivision: Subdivision | None = None,
    month: Annotated[int, Field(ge=1, le=12)] | None = None,
    limit: Limit = 20,
) -> HolidayList:
    """List the public holidays of a country in a year or in one month of it.

    country: ISO 3166-1 alpha-2 code such as IE.
    year: Calendar year, 2000 to 2040.
    subdivision: Code of a state or region for its own holidays too; see holidays_subdivisions.
    month: Only holidays in this month, 1 for January.
    limit: At most this many holidays, earliest first.
    """
    found = [day for day in list_days(country, year, subdivision) if month in (None, int(day.date[5:7]))]
    return HolidayList(country=country, total=len(found), holidays=found[:limit])


@holidays.tool(example={"country": "US", "date": "2025-07-04"}, errors=[NotFound], kind="data")
def check(w: World, country: CountryCode, date: CalendarDay, subdivision: Subdivision | None = None) -> HolidayCheck:
    """Tell whether a date is a public holiday in a country, and which one.

    country: ISO 3166-1 alpha-2 code such as US.
    date: The day, YYYY-MM-DD, from 2000 to 2040.
    subdivision: Code of a state or region; see holidays_subdivisions.
    """
    day = parse(date)
    names = names_on(country, day, subdivision)
    return HolidayCheck(
        date=date,
        weekday=describe_day(day).weekday,
        holiday=bool(names),
        names=names,
        weekend=is_weekend(country, day),
    )


@holidays.tool(example={"country": "@account_profile.country"}, errors=[NotFound], kind="data")
def upcoming(
    w: World,
    country: CountryCode,
    after: CalendarDay | None = None,
    subdivision: Subdivision | None = None,
    limit: Limit = 3,
) -> HolidayList:
    """List the next public holidays of a country within a year.

    country: ISO 3166-1 alpha-2 code such as JP.
    after: Only holidays after this day, YYYY-MM-DD; today if left out.
    subdivision: Code of a state or region; see holidays_subdivisions.
    limit: At most this many holidays.
    """
    first = parse(after) if after else w.today
    found = list_days(country, first.year, subdivision)
    if first.year < LAST_YEAR:
        found += list_days(country, first.year + 1, subdivision)
    last = (first + timedelta(days=366)).isoformat()
    found = [day for day in found if first.isoformat() < day.date <= last]
    return HolidayList(country=country, total=len(found), holidays=found[:limit])


@holidays.tool(example={"country": "DE"}, errors=[NotFound], kind="data")
def subdivisions(w: World, country: CountryCode) -> Subdivisions:
    """List the states or regions of a country whose holidays differ.

    country: ISO 3166-1 alpha-2 code such as DE.
    """
    parts = subdivisions_by_country()
    if country not in parts:
        raise NotFound(f"country '{country}' has no holidays in this service")
    return Subdivisions(country=country, total=len(parts[country]), subdivisions=list(parts[country]))


@holidays.tool(
    example={"first": "@account_profile.country", "second": "FR", "year": 2025}, errors=[NotFound], kind="data"
)
def shared(w: World, first: CountryCode, second: CountryCode, year: HolidayYear, limit: Limit = 10) -> SharedHolidays:
    """List the days of a year that are public holidays in two countries at once.

    first: ISO 3166-1 alpha-2 code of one country.
    second: ISO 3166-1 alpha-2 code of the other country.
    year: Calendar year, 2000 to 2040.
    limit: At most this many days, earliest first.
    """
    one, two = (year_of(country, year) for country in (first, second))
    found = [
        SharedHoliday(
            date=day.isoformat(),
            first_name="; ".join(names_on(first, day)),
            second_name="; ".join(names_on(second, day)),
        )
        for day in sorted(one)
        if day in two
    ]
    return SharedHolidays(total=len(found), holidays=found[:limit])


@holidays.tool(example={"country": "@countries_get.code", "year": 2025}, errors=[NotFound], kind="data")
def long_weekends(
    w: World, country: CountryCode, year: HolidayYear, subdivision: Subdivision | None = None, limit: Limit = 10
) -> LongWeekends:
    """List the stretches of three or more days off that holidays and weekends make in a year.

    country: ISO 3166-1 alpha-2 code such as GB.
    year: Calendar year, 2000 to 2040; stretches are cut at its first and last day.
    subdivision: Code of a state or region; see holidays_subdivisions.
    limit: At most this many stretches, earliest first.
    """
    stretches: list[list[date]] = [[]]
    day = date(year, 1, 1)
    while day.year == year:
        if not is_working_day(country, day, subdivision):
            stretches[-1].append(day)
        elif stretches[-1]:
            stretches.append([])
        day += timedelta(days=1)
    found = [
        LongWeekend(
            first_day=days[0].isoformat(),
            last_day=days[-1].isoformat(),
            days=len(days),
            holidays=[name for day in days for name in names_on(country, day, subdivision)],
        )
        for days in stretches
        if len(days) >= 3
    ]
    found = [stretch for stretch in found if stretch.holidays]
    return LongWeekends(total=len(found), long_weekends=found[:limit])


def parse(text: str) -> date:
    """The day that the text names."""
    return date.fromisoformat(text)


def list_days(country: str, year: int, subdivision: str | None) -> list[Holiday]:
    """The holidays of a year in order, one row a day. Raises as `year_of`."""
    return [
        Holiday(
            date=day.isoformat(),
            weekday=describe_day(day).weekday,
            name="; ".join(names_on(country, day, subdivision)),
        )
        for day in sorted(year_of(country, year, subdivision))
    ]
