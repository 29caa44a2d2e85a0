"""Dates of other calendars by the rules of the `convertdate` package; days begin at midnight."""

from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache, wraps
from typing import Annotated, Literal
from warnings import catch_warnings, simplefilter

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import InvalidArgument, NotFound
from mock_apis.time.dates import CalendarDay, Weekday, describe_day

world_calendars = Domain(
    "world_calendars",
    category="time",
    description="Hebrew, Islamic (tabular), Persian, Julian, Coptic and Indian calendars.",
)

Calendar = Literal["hebrew", "islamic", "persian", "julian", "coptic", "indian"]
CalendarYear = Annotated[int, Field(ge=1, le=9000), Entity("world_calendars.year")]
MonthNumber = Annotated[int, Field(ge=1, le=13), Entity("world_calendars.month")]
Convert = Callable[[int, int, int], tuple[int, int, int]]

FIRST_YEAR, LAST_YEAR = 1600, 2400
"""Gregorian years that this service converts."""
MONTHS: dict[Calendar, tuple[str, ...]] = {
    "hebrew": ("Nisan", "Iyar", "Sivan", "Tammuz", "Av", "Elul", "Tishri", "Cheshvan", "Kislev", "Tevet", "Shevat",
               "Adar", "Adar II"),
    "islamic": ("Muharram", "Safar", "Rabi al-Awwal", "Rabi al-Thani", "Jumada al-Ula", "Jumada al-Akhira", "Rajab",
                "Shaban", "Ramadan", "Shawwal", "Dhu al-Qadah", "Dhu al-Hijjah"),
    "persian": ("Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey",
                "Bahman", "Esfand"),
    "julian": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
               "November", "December"),
    "coptic": ("Thout", "Paopi", "Hathor", "Koiak", "Tobi", "Meshir", "Paremhat", "Paremoude", "Pashons", "Paoni",
               "Epip", "Mesori", "Pi Kogi Enavot"),
    "indian": ("Chaitra", "Vaishakha", "Jyaishtha", "Ashadha", "Shravana", "Bhadrapada", "Ashvina", "Kartika",
               "Agrahayana", "Pausha", "Magha", "Phalguna"),
}  # fmt: skip
"""In the order of their numbers; the Hebrew year begins with month 7."""
NEW_YEAR_MONTH = {"hebrew": 7}
ERAS = (("Reiwa", date(2019, 5, 1)), ("Heisei", date(1989, 1, 8)), ("Showa", date(1926, 12, 25)),
        ("Taisho", date(1912, 7, 30)), ("Meiji", date(1868, 1, 25)))  # fmt: skip


class CalendarDate(Record):
    calendar: Calendar
    year: CalendarYear
    month: MonthNumber
    month_name: str
    day: int
    gregorian: CalendarDay
    weekday: Weekday


class MonthList(Record):
    calendar: Calendar
    year: CalendarYear
    days_in_year: int
    months: list[str]
    """By number, from month 1 on."""


class EraYear(Record):
    date: CalendarDay
    era: str
    year_of_era: int


class LongCount(Record):
    date: CalendarDay
    long_count: str
    """Baktun.katun.tun.uinal.kin"""


@world_calendars.tool(example={"date": "2025-03-21", "calendar": "persian"}, kind="computation")
def convert(w: World, date: CalendarDay, calendar: Calendar) -> CalendarDate:
    """Convert a Gregorian date into another calendar.

    date: Gregorian day, YYYY-MM-DD, from 1600 to 2400.
    calendar: Calendar to convert into; islamic is the tabular civil one, which sighting may differ from.
    """
    day = require_day(date)
    return show(calendar, rules(calendar)[0](day.year, day.month, day.day), day)


@world_calendars.tool(
    example={
        "calendar": "persian",
        "year": "@world_calendars_convert.year",
        "month": "@world_calendars_convert.month",
        "day": 1,
    },
    errors=[NotFound],
    kind="computation",
)
def to_gregorian(
    w: World, calendar: Calendar, year: CalendarYear, month: MonthNumber, day: Annotated[int, Field(ge=1, le=32)]
) -> CalendarDate:
    """Find the Gregorian date of a day that is given in another calendar.

    calendar: Calendar of the given day.
    year: Year of that calendar.
    month: Month number; in the Hebrew calendar Nisan is 1 and Tishri 7.
    day: Day of the month.
    """
    found = find_day(calendar, year, month, day)
    if found is None:
        raise NotFound(
            f"day {day}: the {calendar} calendar has no {year}-{month}-{day} within {FIRST_YEAR}-{LAST_YEAR}"
        )
    return show(calendar, (year, month, day), found)


@world_calendars.tool(example={"calendar": "hebrew", "gregorian_year": 2025}, errors=[NotFound], kind="computation")
def new_year(
    w: World, calendar: Calendar, gregorian_year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
) -> CalendarDate:
    """Find the first day of another calendar's year that begins in a Gregorian year.

    calendar: The calendar whose New Year is sought; the earlier one if two fall in the year.
    gregorian_year: Gregorian year in which it falls, 1600 to 2400.
    """
    month = NEW_YEAR_MONTH.get(calendar, 1)
    first = rules(calendar)[0](gregorian_year, 1, 1)[0]
    for year in (first, first + 1):
        found = find_day(calendar, year, month, 1)
        if found is not None and found.year == gregorian_year:
            return show(calendar, (year, month, 1), found)
    raise NotFound(f"gregorian_year {gregorian_year}: no {calendar} year begins in it")


@world_calendars.tool(
    example={"calendar": "hebrew", "year": "@world_calendars_new_year.year"}, errors=[NotFound], kind="computation"
)
def months(w: World, calendar: Calendar, year: CalendarYear) -> MonthList:
    """List the months of a year in another calendar, and the length of the year.

    calendar: The calendar, for example hebrew.
    year: Year of that calendar.
    """
    begins = NEW_YEAR_MONTH.get(calendar, 1)
    first, following = (find_day(calendar, number, begins, 1) for number in (year, year + 1))
    if first is None or following is None:
        raise NotFound(f"year {year} of the {calendar} calendar is not within {FIRST_YEAR}-{LAST_YEAR}")
    names = list(MONTHS[calendar])
    length = (following - first).days
    if calendar == "hebrew":
        names = [*names[:11], "Adar I", "Adar II"] if length > 360 else names[:12]
    return MonthList(calendar=calendar, year=year, days_in_year=length, months=names)


@world_calendars.tool(example={"date": "@world_calendars_to_gregorian.gregorian"}, kind="computation")
def japanese_era(w: World, date: CalendarDay) -> EraYear:
    """Tell the Japanese era and its year for a date, such as Reiwa 7.

    date: Gregorian day, YYYY-MM-DD, from 1873 (when Japan took that calendar over) to 2400.
    """
    day = require_day(date)
    if day.year < 1873:
        raise InvalidArgument(f"date {date} is before 1873")
    era, start = next((name, first) for name, first in ERAS if first <= day)
    return EraYear(date=date, era=era, year_of_era=day.year - start.year + 1)


@world_calendars.tool(example={"date": "2012-12-21"}, kind="computation")
def mayan_long_count(w: World, date: CalendarDay) -> LongCount:
    """Write a date in the Mayan long count (GMT correlation 584283).

    date: Gregorian day, YYYY-MM-DD, from 1600 to 2400.
    """
    from convertdate import mayan

    day = require_day(date)
    return LongCount(date=date, long_count=".".join(map(str, mayan.from_gregorian(day.year, day.month, day.day))))


@cache
def rules(calendar: Calendar) -> tuple[Convert, Convert]:
    """The conversions from and to a Gregorian (year, month, day)."""
    from convertdate import coptic, hebrew, indian_civil, islamic, julian, persian

    modules = {
        "hebrew": hebrew,
        "islamic": islamic,
        "persian": persian,
        "julian": julian,
        "coptic": coptic,
        "indian": indian_civil,
    }
    return quieten(modules[calendar].from_gregorian), quieten(modules[calendar].to_gregorian)


def quieten(convert: Convert) -> Convert:
    """The conversion without the library's warning about a function of its own."""

    @lru_cache(maxsize=10_000)
    @wraps(convert)
    def quiet(year: int, month: int, day: int) -> tuple[int, int, int]:
        with catch_warnings():
            simplefilter("ignore", DeprecationWarning)
            return convert(year, month, day)

    return quiet


def require_day(text: str) -> date:
    """The day. Raises InvalidArgument outside the years of this service."""
    day = date.fromisoformat(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidArgument(f"date {text} is outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


def find_day(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    """The Gregorian day, or None if that calendar has no such day in the years of this service."""
    there, back = rules(calendar)
    try:
        found = date(*back(year, month, day))
        same = tuple(there(found.year, found.month, found.day)) == (year, month, day)
    except (ValueError, OverflowError, IndexError):
        return None
    return found if same and FIRST_YEAR <= found.year <= LAST_YEAR + 1 else None


def show(calendar: Calendar, parts: tuple[int, int, int], day: date) -> CalendarDate:
    """The day in both calendars."""
    year, month, number = parts
    return CalendarDate(
        calendar=calendar,
        year=year,
        month=month,
        month_name=month_name(calendar, year, month),
        day=number,
        gregorian=day.isoformat(),
        weekday=describe_day(day).weekday,
    )


def month_name(calendar: Calendar, year: int, month: int) -> str:
    """The name; month 12 of a Hebrew leap year is Adar I."""
    leap = calendar == "hebrew" and (7 * year + 1) % 19 < 7
    return "Adar I" if leap and month == 12 else MONTHS[calendar][month - 1]
