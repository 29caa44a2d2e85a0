"""Recurrence rules of calendars (RFC 5545): the days on which something repeats."""

import re
from datetime import date, datetime, time
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import InvalidArgument
from mock_apis.time.dates import WEEKDAYS, CalendarDay, Weekday, describe_day

if TYPE_CHECKING:
    from dateutil.rrule import rrule

recurrence = Domain("recurrence", category="time", description="Recurrence rules (RFC 5545) and the days they give.")

Rule = Annotated[str, Entity("recurrence.rule")]
"""FREQ=MONTHLY;BYDAY=-1FR"""
Frequency = Literal["daily", "weekly", "monthly", "yearly"]
Every = Annotated[int, Field(ge=1, le=365)]

DAY = r"(?:MO|TU|WE|TH|FR|SA|SU)"
PARTS = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9][0-9]{0,2}",
    "COUNT": r"[1-9][0-9]{0,2}",
    "UNTIL": r"[12][0-9]{7}",
    "BYDAY": rf"[+-]?[1-5]?{DAY}(?:,[+-]?[1-5]?{DAY})*",
    "BYMONTHDAY": r"-?(?:[1-9]|[12][0-9]|3[01])(?:,-?(?:[1-9]|[12][0-9]|3[01]))*",
    "BYMONTH": r"(?:[1-9]|1[0-2])(?:,(?:[1-9]|1[0-2]))*",
    "BYSETPOS": r"-?[1-4]",
    "WKST": DAY,
}
"""What this service reads of a rule, and what each part may hold."""
LONGEST = 160
FIRST_YEAR, LAST_YEAR = 1970, 2100
DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class RuleText(Record):
    rule: Rule


class Occurrence(Record):
    date: CalendarDay
    weekday: Weekday


class Occurrences(Record):
    rule: Rule
    days: list[Occurrence]
    more: bool
    """Whether the rule goes on after the last of these days (until the year 2100 at most)."""


class Parts(Record):
    frequency: Frequency
    interval: int
    count: int | None
    until: CalendarDay | None
    by_day: list[str]
    """MO for every Monday, 2MO for the second and -1MO for the last one of the month."""
    by_month_day: list[int]
    by_month: list[int]


class Hit(Record):
    rule: Rule
    date: CalendarDay
    occurs: bool
    next_day: CalendarDay | None
    """The first occurrence after the date; null if the rule has ended."""


@recurrence.tool(example={"rule": "FREQ=MONTHLY;BYDAY=-1FR", "start": "2025-01-01", "count": 4}, kind="computation")
def expand(w: World, rule: Rule, start: CalendarDay, count: Annotated[int, Field(ge=1, le=20)] = 5) -> Occurrences:
    """List the first days on which a recurrence rule occurs.

    rule: RFC 5545 rule such as FREQ=WEEKLY;BYDAY=MO,TH;COUNT=10.
    start: First day on which the rule may occur, YYYY-MM-DD, from 1970 to 2100.
    count: At most this many days.
    """
    days = list(islice(occurrences(rule, start), count + 1))
    return Occurrences(rule=rule, days=[show(day) for day in days[:count]], more=len(days) > count)


@recurrence.tool(
    example={"rule": "@recurrence_build.rule", "start": "2025-01-01", "date": "@dates_nth_weekday.date"},
    kind="computation",
)
def check(w: World, rule: Rule, start: CalendarDay, date: CalendarDay) -> Hit:
    """Tell whether a recurrence rule occurs on a date, and when it occurs next.

    rule: RFC 5545 rule such as FREQ=WEEKLY;INTERVAL=2;BYDAY=TU.
    start: First day on which the rule may occur, YYYY-MM-DD.
    date: The day in question, at most 20 years after the start.
    """
    days = occurrences(rule, start)
    wanted = datetime.fromisoformat(date).date()
    if wanted.year - datetime.fromisoformat(start).year > 20:
        raise InvalidArgument(f"date {date} is over 20 years after start {start}")
    occurs, following = False, None
    for day in days:
        if day > wanted:
            following = day.isoformat()
            break
        occurs = day == wanted
    return Hit(rule=rule, date=date, occurs=occurs, next_day=following)


@recurrence.tool(
    example={"frequency": "weekly", "weekdays": ["tuesday", "thursday"], "interval": 2}, kind="computation"
)
def build(
    w: World,
    frequency: Frequency,
    interval: Every = 1,
    weekdays: Annotated[list[Weekday], Field(max_length=7)] | None = None,
    nth: Annotated[int, Field(ge=-4, le=4)] | None = None,
    until: CalendarDay | None = None,
) -> RuleText:
    """Write the recurrence rule for a frequency, an interval, weekdays and an end.

    frequency: How often it recurs.
    interval: Every so many days, weeks, months or years.
    weekdays: Only on these weekdays; for weekly and monthly rules.
    nth: For monthly rules: only the nth such weekday of the month, -1 for the last; not 0.
    until: Last day on which it may recur, YYYY-MM-DD.
    """
    if weekdays and frequency not in ("weekly", "monthly"):
        raise InvalidArgument(f"weekdays: a {frequency} rule takes none here")
    if nth is not None and (nth == 0 or frequency != "monthly" or not weekdays):
        raise InvalidArgument(f"nth {nth} needs a monthly rule with weekdays, and counts from 1 or -1")
    codes = [day[:2].upper() for day in WEEKDAYS if day in (weekdays or [])]
    parts = [f"FREQ={frequency.upper()}"]
    parts += [f"INTERVAL={interval}"] if interval > 1 else []
    parts += ["BYDAY=" + ",".join(f"{nth or ''}{code}" for code in codes)] if codes else []
    parts += [f"UNTIL={until.replace('-', '')}"] if until else []
    return RuleText(rule=";".join(parts))


@recurrence.tool(example={"rule": "@recurrence_build.rule"}, kind="computation")
def parse(w: World, rule: Rule) -> Parts:
    """Take a recurrence rule apart: frequency, interval, end, weekdays, days and months.

    rule: RFC 5545 rule such as FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1.
    """
    parts = read(rule)
    until = parts.get("UNTIL")
    frequencies: dict[str, Frequency] = {
        "DAILY": "daily", "WEEKLY": "weekly", "MONTHLY": "monthly", "YEARLY": "yearly",
    }  # fmt: skip
    return Parts(
        frequency=frequencies[parts["FREQ"]],
        interval=int(parts.get("INTERVAL", 1)),
        count=int(parts["COUNT"]) if "COUNT" in parts else None,
        until=f"{until[:4]}-{until[4:6]}-{until[6:]}" if until else None,
        by_day=parts["BYDAY"].split(",") if "BYDAY" in parts else [],
        by_month_day=[int(day) for day in parts.get("BYMONTHDAY", "").split(",") if day],
        by_month=[int(month) for month in parts.get("BYMONTH", "").split(",") if month],
    )


def read(rule: str) -> dict[str, str]:
    """The parts of a rule that can occur at all. Raises InvalidArgument naming the part at fault."""
    text = rule.strip().upper().removeprefix("RRULE:")
    pairs = [part.partition("=") for part in text.split(";")]
    parts = {name: value for name, _, value in pairs}
    for name, value in parts.items():
        if len(text) > LONGEST or name not in PARTS or not re.fullmatch(PARTS[name], value):
            raise InvalidArgument(f"rule: cannot read '{name}={value}'; this service reads {', '.join(PARTS)}"[:300])
    if "FREQ" not in parts or len(parts) != len(pairs) or {"COUNT", "UNTIL"} <= set(parts):
        raise InvalidArgument("rule: it needs one FREQ, each part once, and not both COUNT and UNTIL")
    _check_parts(parts)
    return parts


def occurrences(rule: str, start: str) -> "takewhile[date]":
    """The days of a rule from the start to the end of LAST_YEAR. Raises InvalidArgument."""
    first = datetime.fromisoformat(start)
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise InvalidArgument(f"start {start} is outside the years {FIRST_YEAR} to {LAST_YEAR}")
    days = (moment.date() for moment in _rule(read(rule), first))
    return takewhile(lambda day: day.year <= LAST_YEAR, days)


def show(day: date) -> Occurrence:
    """The day with its weekday."""
    return Occurrence(date=day.isoformat(), weekday=describe_day(day).weekday)


def _check_parts(parts: dict[str, str]) -> None:
    """Refuses rules that may never occur, for which the library would search to the year 9999."""
    frequency, by_day = parts["FREQ"], parts.get("BYDAY", "")
    ordinal = any(character.isdigit() for character in by_day)
    if "UNTIL" in parts:
        try:
            datetime.strptime(parts["UNTIL"], "%Y%m%d")
        except ValueError:
            raise InvalidArgument(f"rule: UNTIL={parts['UNTIL']} is no date") from None
    allowed = {
        "DAILY": (),
        "WEEKLY": ("BYDAY",),
        "MONTHLY": ("BYDAY", "BYMONTHDAY", "BYSETPOS"),
        "YEARLY": ("BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"),
    }[frequency]
    for name in ("BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"):
        if name in parts and name not in allowed:
            raise InvalidArgument(f"rule: {name} with FREQ={frequency} is not read here")
    if (
        frequency == "YEARLY"
        and len(allowed)
        and "BYMONTH" not in parts
        and ("BYDAY" in parts or "BYMONTHDAY" in parts)
    ):
        raise InvalidArgument("rule: a yearly rule with BYDAY or BYMONTHDAY needs BYMONTH")
    if ordinal and (frequency == "WEEKLY" or {"BYMONTHDAY", "BYSETPOS"} & set(parts)):
        raise InvalidArgument(f"rule: BYDAY={by_day} with a number stands alone in a monthly or yearly rule")
    if "BYSETPOS" in parts and ("BYDAY" not in parts or "BYMONTHDAY" in parts):
        raise InvalidArgument("rule: BYSETPOS needs BYDAY and no BYMONTHDAY")
    days = [abs(int(day)) for day in parts.get("BYMONTHDAY", "").split(",") if day]
    months = [int(month) for month in parts.get("BYMONTH", "").split(",") if month]
    if days and months and min(days) > max(DAYS_OF_MONTH[month - 1] for month in months):
        raise InvalidArgument(f"rule: BYMONTHDAY={parts['BYMONTHDAY']} never falls in BYMONTH={parts['BYMONTH']}")


def _rule(parts: dict[str, str], first: datetime) -> "rrule":
    from dateutil.rrule import rrulestr

    return rrulestr(
        ";".join(f"{name}={value}" for name, value in parts.items()), dtstart=datetime.combine(first, time())
    )
