"""Alarms and timers by the world's clock, which moves a minute with every change that is made."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import Entity, Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, NotFound
from mock_apis.time.dates import WEEKDAYS, Moment, Weekday

clock = Domain("clock", category="productivity", description="Alarms and timers on the user's phone.")

AlarmId = Annotated[str, Field(pattern=r"^ALM-[0-9A-F]{6}$"), Entity("alarm.id")]
TimerId = Annotated[str, Field(pattern=r"^TMR-[0-9A-F]{6}$"), Entity("timer.id")]
ClockTime = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"), Entity("clock.time")]
"""07:15"""
Days = Annotated[list[Weekday], Field(max_length=7)]
TimerState = Literal["running", "paused", "finished"]


class Alarm(Record):
    alarm_id: AlarmId
    time: ClockTime
    days: list[Weekday]
    """Rings on these days every week; once, at the next such time, if empty."""
    label: str
    enabled: bool
    rings_at: Moment | None
    """Next time; null while it is switched off or has rung for good."""


class AlarmRow(Record):
    alarm_id: AlarmId
    time: ClockTime
    days: list[Weekday]
    label: str
    enabled: bool
    once_at: Moment | None


class AlarmList(Record):
    total: int
    alarms: list[Alarm]


class TimerRow(Record):
    timer_id: TimerId
    label: str
    ends_at: Moment | None
    """Null while paused."""
    left_minutes: int
    """While paused."""


class Timer(Record):
    timer_id: TimerId
    label: str
    state: TimerState
    minutes_left: int
    ends_at: Moment | None


class TimerList(Record):
    total: int
    timers: list[Timer]


def seed_alarms(w: World) -> list[AlarmRow]:
    """An alarm on working days, and one for Saturdays that is switched off."""
    draw = w.draw("clock_alarms")
    rows = (("Work", f"0{draw.between(6, 7)}:{draw.pick(('00', '15', '30'))}", WEEKDAYS[:5], True),
            ("Market", f"0{draw.between(8, 9)}:30", WEEKDAYS[5:6], False))  # fmt: skip
    return [
        AlarmRow(
            alarm_id=f"ALM-{draw.bits() % 0x1000000:06X}",
            time=at,
            days=list(days),
            label=label,
            enabled=enabled,
            once_at=None,
        )
        for label, at, days, enabled in rows
    ]


def seed_timers(w: World) -> list[TimerRow]:
    """No timer runs when a world begins."""
    return []


ALARMS = Table("clock_alarms", key="alarm_id", seed_rows=seed_alarms)
TIMERS = Table("clock_timers", key="timer_id", seed_rows=seed_timers)


@clock.tool(
    example={"time": "06:45", "days": ["monday", "thursday"], "label": "Swim"},
    errors=[Conflict],
    writes=True,
    kind="stateful",
)
def set_alarm(w: World, time: ClockTime, days: Days | None = None, label: str = "") -> Alarm:
    """Set an alarm at a time of day, once or every week on some days.

    time: Local time, HH:MM on the 24-hour clock.
    days: Weekdays on which it rings every week; once, at the next such time, if left out.
    label: What the alarm is for.
    """
    chosen = sort_days(days or [])
    for row in ALARMS.all(w):
        if row.enabled and (row.time, row.days) == (time, chosen) and show_alarm(w, row).rings_at:
            raise Conflict(f"time {time}: alarm {row.alarm_id} rings then already")
    once_at = None if chosen else show(next_ring(w.now, time, []))
    row = AlarmRow(alarm_id=w.new_id("ALM"), time=time, days=chosen, label=label, enabled=True, once_at=once_at)
    return show_alarm(w, ALARMS.put(w, row))


@clock.tool(example={}, kind="stateful")
def list_alarms(w: World, only_enabled: bool = False, limit: Limit = 5) -> AlarmList:
    """List the user's alarms, the one that rings next first.

    only_enabled: Leave out alarms that are switched off.
    limit: At most this many alarms.
    """
    found = [show_alarm(w, row) for row in ALARMS.all(w) if row.enabled or not only_enabled]
    found.sort(key=lambda row: (row.rings_at is None, row.rings_at or "", row.alarm_id))
    return AlarmList(total=len(found), alarms=found[:limit])


@clock.tool(
    example={"alarm_id": "@clock_list_alarms.alarms[0].alarm_id", "enabled": False},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def switch_alarm(w: World, alarm_id: AlarmId, enabled: bool) -> Alarm:
    """Switch an alarm on or off without deleting it.

    alarm_id: The alarm, as given when it was set or listed.
    enabled: True to switch it on, false to switch it off.
    """
    row = ALARMS.get(w, alarm_id)
    once_at = show(next_ring(w.now, row.time, [])) if enabled and not row.days else row.once_at
    return show_alarm(w, ALARMS.put(w, row.model_copy(update={"enabled": enabled, "once_at": once_at})))


@clock.tool(
    example={"alarm_id": "@clock_set_alarm.alarm_id", "time": "07:05"}, errors=[NotFound], writes=True, kind="stateful"
)
def change_alarm(w: World, alarm_id: AlarmId, time: ClockTime, days: Days | None = None) -> Alarm:
    """Give an alarm another time, and other weekdays if wanted.

    alarm_id: The alarm, as given when it was set or listed.
    time: New local time, HH:MM on the 24-hour clock.
    days: New weekdays, empty for once; as before if left out.
    """
    row = ALARMS.get(w, alarm_id)
    chosen = row.days if days is None else sort_days(days)
    once_at = None if chosen else show(next_ring(w.now, time, []))
    return show_alarm(w, ALARMS.put(w, row.model_copy(update={"time": time, "days": chosen, "once_at": once_at})))


@clock.tool(example={"alarm_id": "@clock_set_alarm.alarm_id"}, errors=[NotFound], writes=True, kind="stateful")
def delete_alarm(w: World, alarm_id: AlarmId) -> Alarm:
    """Delete an alarm and return what was deleted.

    alarm_id: The alarm, as given when it was set or listed.
    """
    return show_alarm(w, ALARMS.remove(w, alarm_id))


@clock.tool(example={"minutes": 45, "label": "Bread"}, writes=True, kind="stateful")
def start_timer(w: World, minutes: Annotated[int, Field(ge=1, le=1440)], label: str = "") -> Timer:
    """Start a timer that counts down from a number of minutes.

    minutes: Minutes to count down, 1 to 1440.
    label: What the timer is for.
    """
    timer_id = w.new_id("TMR")
    ends_at = show(w.now + timedelta(minutes=minutes))
    TIMERS.put(w, TimerRow(timer_id=timer_id, label=label, ends_at=ends_at, left_minutes=minutes))
    return show_timer(w, TIMERS.get(w, timer_id))


@clock.tool(example={}, kind="stateful")
def list_timers(w: World, state: TimerState | None = None, limit: Limit = 5) -> TimerList:
    """List the user's timers with the minutes that are left on them.

    state: Only timers that are running, paused or finished.
    limit: At most this many timers.
    """
    found = [show_timer(w, row) for row in TIMERS.all(w)]
    found = [row for row in found if state in (None, row.state)]
    found.sort(key=lambda row: (row.minutes_left, row.timer_id))
    return TimerList(total=len(found), timers=found[:limit])


@clock.tool(
    example={"timer_id": "@clock_start_timer.timer_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def pause_timer(w: World, timer_id: TimerId) -> Timer:
    """Pause a running timer; the minutes left stay as they are.

    timer_id: The timer, as given when it was started or listed.
    """
    timer = _timer_in(w, timer_id, "running")
    row = TIMERS.get(w, timer_id).model_copy(update={"ends_at": None, "left_minutes": timer.minutes_left})
    return show_timer(w, TIMERS.put(w, row))


@clock.tool(
    example={"timer_id": "@clock_pause_timer.timer_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def resume_timer(w: World, timer_id: TimerId) -> Timer:
    """Let a paused timer run on from the minutes that were left.

    timer_id: The timer, as given when it was started or listed.
    """
    timer = _timer_in(w, timer_id, "paused")
    ends_at = show(w.now + timedelta(minutes=timer.minutes_left))
    row = TIMERS.get(w, timer_id).model_copy(update={"ends_at": ends_at})
    return show_timer(w, TIMERS.put(w, row))


@clock.tool(example={"timer_id": "@clock_start_timer.timer_id"}, errors=[NotFound], writes=True, kind="stateful")
def cancel_timer(w: World, timer_id: TimerId) -> Timer:
    """Cancel and remove a timer, in whatever state it is.

    timer_id: The timer, as given when it was started or listed.
    """
    timer = show_timer(w, TIMERS.get(w, timer_id))
    TIMERS.remove(w, timer_id)
    return timer


def sort_days(days: list[Weekday]) -> list[Weekday]:
    """Each day once, in the order of the week."""
    return [day for day in WEEKDAYS if day in days]


def next_ring(now: datetime, time: str, days: list[Weekday]) -> datetime:
    """The first moment after now at that time, on one of the days if there are any."""
    at = now.replace(hour=int(time[:2]), minute=int(time[3:]), second=0, microsecond=0)
    while at <= now or (days and WEEKDAYS[at.weekday()] not in days):
        at += timedelta(days=1)
    return at


def show_alarm(w: World, row: AlarmRow) -> Alarm:
    """The alarm with its next ring."""
    rings_at = show(next_ring(w.now, row.time, row.days)) if row.days else row.once_at
    if not row.enabled or (rings_at is not None and rings_at < show(w.now)):
        rings_at = None
    return Alarm(rings_at=rings_at, **row.model_dump(exclude={"once_at"}))


def show_timer(w: World, row: TimerRow) -> Timer:
    """The timer with what is left on it now."""
    state: TimerState = "paused"
    left = row.left_minutes
    if row.ends_at is not None:
        left = max(0, int((datetime.fromisoformat(row.ends_at) - w.now).total_seconds()) // 60)
        state = "running" if left else "finished"
    return Timer(timer_id=row.timer_id, label=row.label, state=state, minutes_left=left, ends_at=row.ends_at)


def show(moment: datetime) -> str:
    """The time to the minute as text."""
    return moment.isoformat(timespec="minutes")


def _timer_in(w: World, timer_id: str, state: TimerState) -> Timer:
    """The timer. Raises NotFound, or FailedPrecondition if it is in another state."""
    timer = show_timer(w, TIMERS.get(w, timer_id))
    if timer.state != state:
        raise FailedPrecondition(f"timer_id {timer_id} is {timer.state}, not {state}")
    return timer
