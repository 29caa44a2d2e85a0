"""Whether the dates and times of a text are an ISO value, or one field of a date."""

import re
from datetime import date, datetime, time

from toolgrad_local.audit.dates import Day
from toolgrad_local.audit.reading import Reading
from toolgrad_local.audit.times import Clock

MONTH_VALUE = re.compile(r"(\d{4})-(\d{2})")
DATE_VALUE = re.compile(r"\d{4}-\d{2}-\d{2}")
DATETIME_VALUE = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::00)?(?:Z|\+00:00)?")
TIME_VALUE = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::00)?")
FIELDS = ("year", "month", "day", "hour", "minute")


def is_moment(value: str) -> bool:
    """True if the value is a month, date, time or both, by its form."""
    return any(form.fullmatch(value) for form in (MONTH_VALUE, DATE_VALUE, DATETIME_VALUE, TIME_VALUE))


def is_moment_said(value: str, reading: Reading) -> bool:
    """True if the value is a month, date, time or both, and the text states it."""
    try:
        return says_moment(value, reading)
    except ValueError:
        return False


def says_moment(value: str, reading: Reading) -> bool:
    """The same. Raises ValueError for a day that the calendar has not."""
    if month := MONTH_VALUE.fullmatch(value):
        return any(fits_month(day, int(month[1]), int(month[2])) for day in reading.days)
    if DATE_VALUE.fullmatch(value):
        return any(fits_day(day, date.fromisoformat(value)) for day in reading.days)
    if both := DATETIME_VALUE.fullmatch(value):
        moment = datetime.fromisoformat(f"{both[1]}T{both[2]}")
        dated = any(fits_day(day, moment.date()) for day in reading.days)
        return dated and any(fits_clock(clock, moment.time()) for clock in reading.clocks)
    if clock := TIME_VALUE.fullmatch(value):
        return any((found.hour, found.minute) == (int(clock[1]), int(clock[2])) for found in reading.clocks)
    return False


def is_field_said(value: int, field: str, reading: Reading) -> bool:
    """True if a date or a time has that year, month, day, hour or minute; the field is the parameter's last word."""
    if field in ("hour", "minute"):
        return any(getattr(clock, field) == value for clock in reading.clocks)
    return field in FIELDS and any(getattr(day, field) == value for day in reading.days)


def fits_day(said: Day, wanted: date) -> bool:
    """True if day and month are said, and the year or none."""
    return (said.month, said.day) == (wanted.month, wanted.day) and said.year in (None, wanted.year)


def fits_month(said: Day, year: int, month: int) -> bool:
    """True if the month is said, and its year or none; a day without a year does not say a month of a year."""
    return said.month == month and (said.year == year or (said.year is None and said.day is None))


def fits_clock(said: Clock, wanted: time) -> bool:
    """True if hour and minute are said."""
    return (said.hour, said.minute) == (wanted.hour, wanted.minute)
