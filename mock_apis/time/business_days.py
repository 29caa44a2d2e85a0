"""Working days by country: neither its public holidays nor its weekly days of rest."""

from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CountryCode
from mock_apis.core.errors import InvalidArgument, NotFound
from mock_apis.time.dates import CalendarDay, Moment, Weekday, describe_day
from mock_apis.time.holiday_rules import HolidayYear, Subdivision, is_weekend, is_working_day, names_on, step

business_days = Domain(
    "business_days", category="time", description="Working days of countries, by their holidays and weekends."
)

OPENS, CLOSES = 9, 17
"""Hours of a working day."""
MOST_DAYS = 3700


class BusinessDay(Record):
    date: CalendarDay
    weekday: Weekday
    business_day: bool
    holidays: list[str]
    weekend: bool
    next_business_day: CalendarDay


class Reached(Record):
    date: CalendarDay
    weekday: Weekday
    calendar_days: int
    """Days from the start; negative if it lies before."""


class Counted(Record):
    business_days: int
    weekend_days: int
    holidays: int
    """Public holidays that are no weekend day."""


class Deadline(Record):
    due: Moment
    business_days_touched: int


@business_days.tool(
    example={"country": "@account_profile.country", "date": "2025-12-25"}, errors=[NotFound], kind="computation"
)
def check(w: World, country: CountryCode, date: CalendarDay, subdivision: Subdivision | None = None) -> BusinessDay:
    """Tell whether a date is a working day in a country, why not, and the next one.

    country: ISO 3166-1 alpha-2 code such as IE.
    date: The day, YYYY-MM-DD, from 2000 to 2040.
    subdivision: Code of a state or region; see holidays_subdivisions.
    """
    day = parse(date)
    return BusinessDay(
        date=date,
        weekday=describe_day(day).weekday,
        business_day=is_working_day(country, day, subdivision),
        holidays=names_on(country, day, subdivision),
        weekend=is_weekend(country, day),
        next_business_day=move(country, day, 1, subdivision).isoformat(),
    )


@business_days.tool(
    example={"country": "@countries_search.countries[0].code", "start": "2025-04-16", "days": 3},
    errors=[NotFound],
    kind="computation",
)
def add(
    w: World,
    country: CountryCode,
    start: CalendarDay,
    days: Annotated[int, Field(ge=-500, le=500)],
    subdivision: Subdivision | None = None,
) -> Reached:
    """Find the date that lies a number of working days after or before a date.

    country: ISO 3166-1 alpha-2 code such as GB.
    start: Day to count from, which itself does not count, YYYY-MM-DD.
    days: Working days to go; negative goes back; 0 gives the start.
    subdivision: Code of a state or region; see holidays_subdivisions.
    """
    first = parse(start)
    last = move(country, first, days, subdivision)
    return Reached(date=last.isoformat(), weekday=describe_day(last).weekday, calendar_days=(last - first).days)


@business_days.tool(
    example={"country": "US", "first": "2025-11-01", "last": "2025-11-30"}, errors=[NotFound], kind="computation"
)
def count(
    w: World, country: CountryCode, first: CalendarDay, last: CalendarDay, subdivision: Subdivision | None = None
) -> Counted:
    """Count the working days, weekend days and holidays between two dates.

    country: ISO 3166-1 alpha-2 code such as US.
    first: First day that counts, YYYY-MM-DD.
    last: Last day that counts, at most ten years later.
    subdivision: Code of a state or region; see holidays_subdivisions.
    """
    start, end = parse(first), parse(last)
    if not 0 <= (end - start).days <= MOST_DAYS:
        raise InvalidArgument(f"last {last} is not between first {first} and {MOST_DAYS} days later")
    days = [start + timedelta(days=shift) for shift in range((end - start).days + 1)]
    worked = sum(is_working_day(country, day, subdivision) for day in days)
    off = [day for day in days if not is_working_day(country, day, subdivision)]
    weekend = sum(is_weekend(country, day) for day in off)
    return Counted(business_days=worked, weekend_days=weekend, holidays=len(off) - weekend)


@business_days.tool(
    example={"country": "@account_profile.country", "year": 2025, "month": 8, "nth": -1},
    errors=[NotFound],
    kind="computation",
)
def nth_of_month(
    w: World,
    country: CountryCode,
    year: HolidayYear,
    month: Annotated[int, Field(ge=1, le=12)],
    nth: Annotated[int, Field(ge=-23, le=23)],
    subdivision: Subdivision | None = None,
) -> Reached:
    """Find the first, second or last working day of a month, a payday for example.

    country: ISO 3166-1 alpha-2 code such as IE.
    year: Calendar year, 2000 to 2040.
    month: Month number, 1 for January.
    nth: 1 is the first working day of the month, -1 the last one; not 0.
    subdivision: Code of a state or region; see holidays_subdivisions.
    """
    days = [date(year, month, 1) + timedelta(days=shift) for shift in range(31)]
    worked = [day for day in days if day.month == month and is_working_day(country, day, subdivision)]
    if not 1 <= abs(nth) <= len(worked):
        raise InvalidArgument(f"nth {nth}: {year}-{month:02} has {len(worked)} working days, counted from 1 or -1")
    day = worked[nth - 1 if nth > 0 else nth]
    return Reached(date=day.isoformat(), weekday=describe_day(day).weekday, calendar_days=(day - days[0]).days)


@business_days.tool(
    example={"country": "DE", "start": "2025-04-17T15:30", "hours": 8}, errors=[NotFound], kind="computation"
)
def deadline(
    w: World,
    country: CountryCode,
    start: Moment,
    hours: Annotated[int, Field(ge=1, le=400)],
    subdivision: Subdivision | None = None,
) -> Deadline:
    """Find when so many working hours (09:00 to 17:00 on working days) have passed.

    country: ISO 3166-1 alpha-2 code such as DE.
    start: Local date and time when the clock starts, YYYY-MM-DDTHH:MM.
    hours: Working hours to pass, 8 a day.
    subdivision: Code of a state or region; see holidays_subdivisions.
    """
    at, left, touched = datetime.fromisoformat(start), timedelta(hours=hours), 0
    while True:
        opens, closes = (at.replace(hour=hour, minute=0) for hour in (OPENS, CLOSES))
        begins = max(at, opens)
        if begins < closes and is_working_day(country, at.date(), subdivision):
            touched += 1
            if begins + left <= closes:
                due = (begins + left).isoformat(timespec="minutes")
                return Deadline(due=due, business_days_touched=touched)
            left -= closes - begins
        at = opens.replace(hour=0) + timedelta(days=1)
        require_year(at.date())


def parse(text: str) -> date:
    """The day that the text names."""
    return date.fromisoformat(text)


def require_year(day: date) -> None:
    """Raises InvalidArgument past the years of which holidays are known."""
    if not 2000 <= day.year <= 2040:
        raise InvalidArgument(f"the count leaves the years 2000 to 2040 at {day}")


def move(country: str, day: date, days: int, subdivision: str | None) -> date:
    """The day so many working days away. Raises NotFound, InvalidArgument."""
    require_year(day)
    names_on(country, day, subdivision)
    left = abs(days)
    while left:
        day = step(day, days)
        require_year(day)
        left -= is_working_day(country, day, subdivision)
    return day
