"""The persona's diary of nights."""

from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import Entity, IsoDateTime, Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound

sleep_log = Domain("sleep_log", category="health", description="The user's diary of nights: bedtimes, hours, quality.")

NightId = Annotated[str, Field(pattern=r"^NGT-[0-9A-F]{6}$"), Entity("sleep_night.id")]
Days = Annotated[int, Field(ge=1, le=90)]
Quality = Annotated[int, Field(ge=1, le=5)]
Hours = Annotated[float, Field(ge=4, le=12)]
LONGEST = timedelta(hours=18)


class Night(Record):
    night_id: NightId
    asleep: IsoDateTime
    awake: IsoDateTime
    hours: float
    quality: int
    """1 bad to 5 very good"""
    note: str


class NightList(Record):
    total: int
    nights: list[Night]


class SleepSummary(Record):
    nights: int
    average_hours: float | None
    shortest_hours: float | None
    longest_hours: float | None
    average_quality: float | None


class SleepDebt(Record):
    nights: int
    slept_hours: float
    needed_hours: float
    debt_hours: float
    """Negative if more was slept than needed."""


class Bedtime(Record):
    asleep_by: IsoDateTime


def seed_nights(w: World) -> list[Night]:
    """The past ten nights."""
    draw, rows = w.draw("sleep_log"), []
    for back in range(10, 0, -1):
        morning = w.today - timedelta(days=back)
        awake = datetime(morning.year, morning.month, morning.day, 6) + timedelta(minutes=5 * draw.between(0, 24))
        asleep = awake - timedelta(minutes=5 * draw.between(66, 104))
        rows.append(night(f"NGT-{draw.bits() % 0x1000000:06X}", asleep, awake, draw.between(2, 5), ""))
    return rows


def night(night_id: str, asleep: datetime, awake: datetime, quality: int, note: str) -> Night:
    """A night with its hours."""
    return Night(
        night_id=night_id,
        asleep=asleep.isoformat(timespec="minutes"),
        awake=awake.isoformat(timespec="minutes"),
        hours=round((awake - asleep) / timedelta(hours=1), 2),
        quality=quality,
        note=note,
    )


NIGHTS = Table("sleep_log", key="night_id", seed_rows=seed_nights)


@sleep_log.tool(
    example={"asleep": "2024-01-01T23:15", "awake": "2024-01-02T07:00", "quality": 4},
    errors=[Conflict],
    writes=True,
    kind="stateful",
)
def log(w: World, asleep: IsoDateTime, awake: IsoDateTime, quality: Quality, note: str = "") -> Night:
    """Record one night of sleep that is over.

    asleep: When the user fell asleep, YYYY-MM-DDTHH:MM, local time.
    awake: When the user woke up, at most 18 hours later and not in the future.
    quality: From 1 bad to 5 very good.
    note: A remark, for example a dream; none if left out.
    """
    start, end = datetime.fromisoformat(asleep), datetime.fromisoformat(awake)
    if not timedelta() < end - start <= LONGEST:
        raise InvalidArgument(f"awake {awake} is not within 18 hours after asleep {asleep}")
    if end > w.now:
        raise InvalidArgument(f"awake {awake} lies in the future; it is {w.now:%Y-%m-%dT%H:%M}")
    for row in NIGHTS.all(w):
        if row.asleep < awake and asleep < row.awake:
            raise Conflict(f"asleep {asleep} overlaps the night {row.night_id}; see sleep_log_delete")
    return NIGHTS.put(w, night(w.new_id("NGT"), start, end, quality, note))


@sleep_log.tool(example={"days": 7}, kind="stateful")
def list_(w: World, days: Days = 7, limit: Limit = 5) -> NightList:
    """List the nights that ended in the last days, latest first.

    days: How many days back, today included, 1 to 90.
    limit: At most this many nights.
    """
    rows = latest(w, days)
    return NightList(total=len(rows), nights=rows[:limit])


@sleep_log.tool(
    example={"night_id": "@sleep_log_list.nights[0].night_id", "quality": 5},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def rate(w: World, night_id: NightId, quality: Quality, note: str | None = None) -> Night:
    """Change the quality, and if given the note, of a recorded night.

    night_id: The night, as given by sleep_log_log or sleep_log_list.
    quality: From 1 bad to 5 very good.
    note: New remark; the old one stays if left out.
    """
    row = NIGHTS.get(w, night_id)
    return NIGHTS.put(w, row.model_copy(update={"quality": quality, "note": row.note if note is None else note}))


@sleep_log.tool(
    example={"night_id": "@sleep_log_list.nights[0].night_id"}, errors=[NotFound], writes=True, kind="stateful"
)
def delete(w: World, night_id: NightId) -> Night:
    """Remove a night from the sleep diary and return what it was.

    night_id: The night, as given by sleep_log_log or sleep_log_list.
    """
    return NIGHTS.remove(w, night_id)


@sleep_log.tool(example={"days": 14}, kind="stateful")
def summary(w: World, days: Days = 7) -> SleepSummary:
    """Average length and quality of the nights that ended in the last days.

    days: How many days back, today included, 1 to 90.
    """
    rows = latest(w, days)
    hours = [row.hours for row in rows]
    return SleepSummary(
        nights=len(rows),
        average_hours=round(sum(hours) / len(hours), 2) if hours else None,
        shortest_hours=min(hours, default=None),
        longest_hours=max(hours, default=None),
        average_quality=round(sum(row.quality for row in rows) / len(rows), 2) if rows else None,
    )


@sleep_log.tool(example={"need_hours": 8.0, "days": 7}, kind="stateful")
def debt(w: World, need_hours: Hours = 8.0, days: Days = 7) -> SleepDebt:
    """Compare the sleep of recorded nights with what the user needs.

    need_hours: Hours of sleep needed a night, 4 to 12.
    days: How many days back, today included, 1 to 90.
    """
    rows = latest(w, days)
    slept, needed = sum(row.hours for row in rows), need_hours * len(rows)
    return SleepDebt(
        nights=len(rows),
        slept_hours=round(slept, 2),
        needed_hours=round(needed, 2),
        debt_hours=round(needed - slept, 2),
    )


@sleep_log.tool(example={"wake_at": "2025-12-12T06:30", "hours": 7.5}, errors=[FailedPrecondition], kind="stateful")
def bedtime_for(w: World, wake_at: IsoDateTime, hours: Hours = 8.0) -> Bedtime:
    """Find when to be asleep for a number of hours before a time to get up.

    wake_at: When to get up, YYYY-MM-DDTHH:MM, for example the start of an event less the way.
    hours: Hours of sleep wanted, 4 to 12.
    """
    end = datetime.fromisoformat(wake_at)
    if end.date() <= date(1, 1, 1):
        raise FailedPrecondition(f"wake_at {wake_at} has no evening before it")
    start = end - timedelta(minutes=round(hours * 60))
    return Bedtime(asleep_by=start.isoformat(timespec="minutes"))


def latest(w: World, days: int) -> list[Night]:
    """Nights that ended within so many days, latest first."""
    first = (w.today - timedelta(days=days - 1)).isoformat()
    return sorted((row for row in NIGHTS.all(w) if row.awake >= first), key=lambda row: row.awake, reverse=True)
