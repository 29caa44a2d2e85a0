"""Dates that a text counts from today."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from toolgrad_local.audit.dates import Day

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHIFTS = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1, "after tomorrow": 2, "before yesterday": -2}
COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(COUNTS)})"
UNIT = r"(?P<unit>day|week)s?"
SHIFT = re.compile(r"\b(?:the )?(?:day )?(after tomorrow|before yesterday|today|tonight|tomorrow|yesterday)\b")
IN_DAYS = re.compile(rf"(?<!\bare )(?<!\bis )(?<!\btimes )\bin {COUNT} {UNIT}(?: time)?(?! of|\w)")
FROM_NOW = re.compile(rf"\b{COUNT} {UNIT} (?P<side>from now|from today|ago)\b")
WEEKDAY = re.compile(rf"\b(?:(?P<which>next|last) )?(?P<weekday>{'|'.join(WEEKDAYS)})\b(?!,? (?:the )?\d)")
WEEKEND = re.compile(r"\bthis (?:coming )?weekend\b")
PERIOD = re.compile(r"\b(?P<which>next|this|last) (?P<unit>month|year)\b")


@lru_cache(maxsize=4096)
def find_relative_days(text: str, today: date) -> tuple[Day, ...]:
    """The days, months and years that a cleaned text counts from today; a weekend is its two days."""
    return tuple(candidates(text.lower(), today))


def candidates(text: str, today: date) -> Iterator[Day]:
    """Every counted date."""
    for match in SHIFT.finditer(text):
        yield day_of(match, today + timedelta(days=SHIFTS[match.group(1)]))
    for match in (*IN_DAYS.finditer(text), *FROM_NOW.finditer(text)):
        yield day_of(match, today + timedelta(days=count_days(match)))
    for match in WEEKDAY.finditer(text):
        yield day_of(match, find_weekday(today, WEEKDAYS.index(match["weekday"]), match["which"]))
    for match in WEEKEND.finditer(text):
        saturday = today - timedelta(days=1) if today.weekday() == 6 else find_weekday(today, 5, None)
        yield day_of(match, saturday)
        yield day_of(match, saturday + timedelta(days=1))
    for match in PERIOD.finditer(text):
        yield shift_period(match, today)


def day_of(match: re.Match[str], day: date) -> Day:
    """The whole date at the match's place."""
    return Day(match.start(), match.end(), day.year, day.month, day.day)


def count_days(match: re.Match[str]) -> int:
    """The days counted, negative for ago."""
    number = COUNTS.get(match["count"]) or int(match["count"])
    sign = -1 if match.groupdict().get("side") == "ago" else 1
    return sign * number * (7 if match["unit"] == "week" else 1)


def find_weekday(today: date, weekday: int, which: str | None) -> date:
    """The first such day from today on; `next`: after today; `last`: before today."""
    ahead = (weekday - today.weekday()) % 7
    if which == "last":
        return today - timedelta(days=(7 - ahead) if ahead else 7)
    if which == "next" and not ahead:
        return today + timedelta(days=7)
    return today + timedelta(days=ahead)


def shift_period(match: re.Match[str], today: date) -> Day:
    """Next month, last year."""
    shift = {"last": -1, "this": 0, "next": 1}[match["which"]]
    if match["unit"] == "year":
        return Day(match.start(), match.end(), today.year + shift, None, None)
    months = today.year * 12 + today.month - 1 + shift
    return Day(match.start(), match.end(), months // 12, months % 12 + 1, None)
