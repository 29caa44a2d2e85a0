"""Five-field cron expressions: minute, hour, day of month, month, weekday (0 or 7 is Sunday)."""

import re
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition, InvalidArgument
from mock_apis.time.dates import WEEKDAYS, Moment, Weekday

if TYPE_CHECKING:
    from croniter import croniter

cron_schedules = Domain(
    "cron_schedules", category="time", description="Run times of five-field cron expressions, by local wall clock."
)

CronExpression = Annotated[str, Entity("cron.expression")]
"""30 9 * * 1-5"""
RunCount = Annotated[int, Field(ge=1, le=20)]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SUNDAY_FIRST = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
NAMES = {
    3: {name: number for number, name in enumerate(MONTHS, start=1)},
    4: {name: number for number, name in enumerate(SUNDAY_FIRST)},
}
FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day of month", 1, 31), ("month", 1, 12), ("weekday", 0, 7))
PART = re.compile(r"(\*|([a-z]{3}|[0-9]{1,2})(?:-([a-z]{3}|[0-9]{1,2}))?)(?:/([0-9]{1,2}))?")
LONGEST = 120


class Runs(Record):
    expression: CronExpression
    runs: list[Moment]


class Expression(Record):
    expression: CronExpression


class Meaning(Record):
    expression: CronExpression
    minutes: str
    """Values of the field as ranges such as 0,15-20; * for all."""
    hours: str
    days_of_month: str
    months: str
    weekdays: str
    """0 is Sunday."""
    either_day: bool
    """Both day fields are restricted, so that a day that fits one of them is enough."""


class Match(Record):
    expression: CronExpression
    at: Moment
    matches: bool
    next_run: Moment


class RunTotal(Record):
    total: int
    first_run: Moment | None
    last_run: Moment | None


@cron_schedules.tool(
    example={"expression": "30 9 * * 1-5", "after": "2025-03-14T12:00"}, errors=[FailedPrecondition], kind="computation"
)
def next_runs(w: World, expression: CronExpression, after: Moment | None = None, count: RunCount = 3) -> Runs:
    """List the next times at which a cron expression fires.

    expression: Five fields: minute, hour, day of month, month, weekday; for example 30 9 * * 1-5.
    after: Only runs after this time, YYYY-MM-DDTHH:MM; now if left out.
    count: How many runs.
    """
    times = iterate(expression, start_of(w, after))
    return Runs(expression=expression, runs=[show(next_of(times, expression)) for _ in range(count)])


@cron_schedules.tool(
    example={"expression": "@cron_schedules_weekly.expression"}, errors=[FailedPrecondition], kind="computation"
)
def previous_runs(w: World, expression: CronExpression, before: Moment | None = None, count: RunCount = 3) -> Runs:
    """List the last times at which a cron expression fired, latest first.

    expression: Five fields: minute, hour, day of month, month, weekday.
    before: Only runs before this time, YYYY-MM-DDTHH:MM; now if left out.
    count: How many runs.
    """
    times = iterate(expression, start_of(w, before))
    return Runs(expression=expression, runs=[show(next_of(times, expression, back=True)) for _ in range(count)])


@cron_schedules.tool(
    example={"expression": "@cron_schedules_weekly.expression", "at": "2025-03-14T07:15"},
    errors=[FailedPrecondition],
    kind="computation",
)
def check(w: World, expression: CronExpression, at: Moment) -> Match:
    """Tell whether a cron expression fires at a given minute.

    expression: Five fields: minute, hour, day of month, month, weekday.
    at: Local date and time, YYYY-MM-DDTHH:MM.
    """
    moment = start_of(w, at)
    following = next_of(iterate(expression, moment), expression)
    earlier = next_of(iterate(expression, moment - timedelta(minutes=1)), expression)
    return Match(expression=expression, at=at, matches=earlier == moment, next_run=show(following))


@cron_schedules.tool(example={"expression": "*/15 8-18 1,15 jan-jun mon"}, kind="computation")
def explain(w: World, expression: CronExpression) -> Meaning:
    """Read a cron expression: the values that each of its five fields stands for.

    expression: Five fields: minute, hour, day of month, month, weekday.
    """
    values = read(expression)
    shown = [compress(found, low, high) for found, (_, low, high) in zip(values, FIELDS, strict=True)]
    weekdays = sorted({value % 7 for value in values[4]})
    return Meaning(
        expression=expression,
        minutes=shown[0],
        hours=shown[1],
        days_of_month=shown[2],
        months=shown[3],
        weekdays=compress(weekdays, 0, 6),
        either_day=either_day(values),
    )


@cron_schedules.tool(
    example={"hour": 7, "minute": 15, "weekdays": ["monday", "wednesday", "friday"]}, kind="computation"
)
def weekly(
    w: World,
    hour: Annotated[int, Field(ge=0, le=23)],
    minute: Annotated[int, Field(ge=0, le=59)],
    weekdays: Annotated[list[Weekday], Field(min_length=1, max_length=7)],
) -> Expression:
    """Write the cron expression that fires at one time of day on some weekdays.

    hour: Hour of the day, 0 to 23.
    minute: Minute of the hour, 0 to 59.
    weekdays: English names in lower case; all seven for every day.
    """
    numbers = sorted({(WEEKDAYS.index(day) + 1) % 7 for day in weekdays})
    return Expression(expression=f"{minute} {hour} * * {compress(numbers, 0, 6)}")


@cron_schedules.tool(
    example={
        "expression": "@cron_schedules_weekly.expression",
        "start": "2025-03-01T00:00",
        "end": "2025-04-01T00:00",
    },
    kind="computation",
)
def count_runs(w: World, expression: CronExpression, start: Moment, end: Moment) -> RunTotal:
    """Count how often a cron expression fires between two times.

    expression: Five fields: minute, hour, day of month, month, weekday.
    start: First minute that counts, YYYY-MM-DDTHH:MM.
    end: First minute that does not count, at most 366 days later.
    """
    values = read(expression)
    minutes, hours, days, months, weekdays = values
    first, last = start_of(w, start), start_of(w, end)
    if not timedelta() <= last - first <= timedelta(days=366):
        raise InvalidArgument(f"end {end} is not between start {start} and 366 days later")
    either = either_day(values)
    clock = [timedelta(hours=hour, minutes=minute) for hour in hours for minute in minutes]
    total, found = 0, []
    day = first.replace(hour=0, minute=0)
    while day < last:
        fits = (day.day in days, day.isoweekday() % 7 in {value % 7 for value in weekdays})
        if day.month in months and (any(fits) if either else all(fits)):
            whole = first <= day and day + timedelta(days=1) <= last
            times = clock if whole else [at for at in clock if first <= day + at < last]
            total += len(times)
            found += [day + times[0], day + times[-1]] if times else []
        day += timedelta(days=1)
    return RunTotal(
        total=total, first_run=show(found[0]) if found else None, last_run=show(found[-1]) if found else None
    )


def read(expression: str) -> list[list[int]]:
    """The sorted values of the five fields. Raises InvalidArgument naming the field at fault."""
    fields = expression.split()
    if len(fields) != 5 or len(expression) > LONGEST:
        raise InvalidArgument(f"expression '{expression[:LONGEST]}' does not have five fields such as 30 9 * * 1-5")
    return [_read_field(place, field) for place, field in enumerate(fields)]


def either_day(values: list[list[int]]) -> bool:
    """Whether both day fields leave days out; then a day that fits one of them is enough."""
    return len(values[2]) < 31 and len({value % 7 for value in values[4]}) < 7


def compress(values: list[int], low: int, high: int) -> str:
    """Sorted values as ranges: 1-5,7; * if they are all from low to high."""
    if len(values) == high - low + 1:
        return "*"
    runs = [
        [value for _, value in group] for _, group in groupby(enumerate(values), key=lambda pair: pair[1] - pair[0])
    ]
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(map(str, run)) for run in runs)


def iterate(expression: str, start: datetime) -> "croniter":
    """The library's iterator of the values that the expression stands for. Raises InvalidArgument."""
    from croniter import croniter

    *values, weekdays = read(expression)
    values.append(sorted({value % 7 for value in weekdays}))
    fields = [
        "*" if len(found) == size else ",".join(map(str, found))
        for found, size in zip(values, (60, 24, 31, 12, 7), strict=True)
    ]
    return croniter(" ".join(fields), start)


def next_of(times: "croniter", expression: str, back: bool = False) -> datetime:
    """The next or previous run. Raises FailedPrecondition if there is none (30 February, say)."""
    from croniter import CroniterBadDateError

    try:
        found: datetime = times.get_prev(datetime) if back else times.get_next(datetime)
    except CroniterBadDateError:
        raise FailedPrecondition(f"expression '{expression}' never fires: there is no such day") from None
    return found


def start_of(w: World, text: str | None) -> datetime:
    """The time that is meant. Raises InvalidArgument outside 1980 to 2090."""
    moment = datetime.fromisoformat(text) if text else w.now
    if not 1980 <= moment.year <= 2090:
        raise InvalidArgument(f"{text} is outside the years 1980 to 2090")
    return moment


def show(moment: datetime) -> str:
    """The time as text."""
    return moment.strftime("%Y-%m-%dT%H:%M")


def _read_field(place: int, text: str) -> list[int]:
    name, low, high = FIELDS[place]
    values: set[int] = set()
    for part in text.lower().split(","):
        match = PART.fullmatch(part)
        if match is None or (match[4] and match[3] is None and match[1] != "*"):
            raise InvalidArgument(f"expression: cannot read {name} '{part}'; write *, 5, 1-5, */15 or a list of these")
        first = low if match[1] == "*" else _number(place, match[2])
        last = (6 if place == 4 else high) if match[1] == "*" else _number(place, match[3] or match[2])
        every = int(match[4] or 1)
        if not (low <= first <= last <= high and 1 <= every <= max(1, high - low)):
            raise InvalidArgument(f"expression: {name} '{part}' is not within {low} to {high}")
        values.update(range(first, last + 1, every))
    return sorted(values)


def _number(place: int, text: str) -> int:
    if text.isdigit():
        return int(text)
    number = NAMES.get(place, {}).get(text)
    if number is None:
        raise InvalidArgument(f"expression: '{text}' is no {FIELDS[place][0]}")
    return number
