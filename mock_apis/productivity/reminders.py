"""Reminders of the persona: a text that comes up at a time, perhaps for a task or an event."""

from datetime import datetime, time, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import Entity, Limit
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound
from mock_apis.productivity.calendar import EventId, get_confirmed
from mock_apis.productivity.tasks import TaskId, get_open
from mock_apis.time.dates import Moment

reminders = Domain("reminders", category="productivity", description="Timed reminders of the user.")

ReminderId = Annotated[str, Field(pattern=r"^RMD-[0-9A-F]{6}$"), Entity("reminder.id")]
ReminderStatus = Literal["pending", "done"]

TEXTS = ("Call the landlord", "Take the vitamins", "Send the invoice", "Return the library books")


class Reminder(Record):
    reminder_id: ReminderId
    text: str
    at: Moment
    """Local time at which it comes up."""
    status: ReminderStatus
    task_id: TaskId | None
    event_id: EventId | None


class ReminderList(Record):
    total: int
    reminders: list[Reminder]


def seed_reminders(w: World) -> list[Reminder]:
    """Four pending reminders, the first of which came up within the last day."""
    draw = w.draw("reminders")
    rows = []
    for place, text in enumerate(TEXTS):
        minutes = -draw.between(30, 1200) if place == 0 else draw.between(300, 9000)
        rows.append(
            Reminder(
                reminder_id=f"RMD-{draw.bits() % 0x1000000:06X}",
                text=text,
                at=show(w.now + timedelta(minutes=minutes)),
                status="pending",
                task_id=None,
                event_id=None,
            )
        )
    return rows


REMINDERS = Table("reminders", key="reminder_id", seed_rows=seed_reminders)


@reminders.tool(example={"text": "Buy train tickets", "at": "2026-01-05T08:30"}, writes=True, kind="stateful")
def create(w: World, text: str, at: Moment) -> Reminder:
    """Set a reminder that comes up with a text at a time.

    text: What to be reminded of.
    at: Local date and time still to come, YYYY-MM-DDTHH:MM.
    """
    return REMINDERS.put(w, _reminder(w, text, at))


@reminders.tool(
    example={"task_id": "@tasks_create.task_id", "at": "2026-01-05T08:30"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def create_for_task(w: World, task_id: TaskId, at: Moment) -> Reminder:
    """Set a reminder for an open task of the to-do list; its title becomes the text.

    task_id: The task, as given when it was created or listed.
    at: Local date and time still to come, YYYY-MM-DDTHH:MM.
    """
    title = get_open(w, task_id).title
    return REMINDERS.put(w, _reminder(w, title, at).model_copy(update={"task_id": task_id}))


@reminders.tool(
    example={"event_id": "@calendar_list_events.events[0].event_id", "minutes_before": 15},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def create_before_event(
    w: World, event_id: EventId, minutes_before: Annotated[int, Field(ge=0, le=10080)] = 15
) -> Reminder:
    """Set a reminder some minutes before a calendar event starts.

    event_id: A confirmed event, as given by calendar_list_events.
    minutes_before: How many minutes before the start it comes up.
    """
    event = get_confirmed(w, event_id)
    try:
        at = show(datetime.fromisoformat(event.start) - timedelta(minutes=minutes_before))
    except OverflowError:
        raise InvalidArgument(f"minutes_before {minutes_before}: that is before the year 1") from None
    if at <= show(w.now):
        raise FailedPrecondition(f"event_id {event_id}: {minutes_before} minutes before {event.start} has passed")
    return REMINDERS.put(w, _reminder(w, event.title, at).model_copy(update={"event_id": event_id}))


@reminders.tool(example={}, kind="stateful")
def list_(w: World, status: ReminderStatus = "pending", only_due: bool = False, limit: Limit = 5) -> ReminderList:
    """List the user's reminders, earliest first, or only those that have come up.

    status: pending, or done for those dealt with.
    only_due: Only reminders whose time has come.
    limit: At most this many reminders.
    """
    now = show(w.now)
    found = [row for row in REMINDERS.all(w) if row.status == status and (row.at <= now or not only_due)]
    found.sort(key=lambda row: (row.at, row.reminder_id))
    return ReminderList(total=len(found), reminders=found[:limit])


@reminders.tool(
    example={"reminder_id": "@reminders_list.reminders[0].reminder_id", "minutes": 30},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def snooze(w: World, reminder_id: ReminderId, minutes: Annotated[int, Field(ge=5, le=10080)] = 10) -> Reminder:
    """Let a pending reminder come up again so many minutes from now.

    reminder_id: The reminder, as given when it was set or listed.
    minutes: Minutes from now, 5 to 10080 (a week).
    """
    row = get_pending(w, reminder_id)
    return REMINDERS.put(w, row.model_copy(update={"at": show(w.now + timedelta(minutes=minutes))}))


@reminders.tool(
    example={"reminder_id": "@reminders_create.reminder_id", "at": "2026-01-06T09:00"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def reschedule(w: World, reminder_id: ReminderId, at: Moment) -> Reminder:
    """Move a pending reminder to another date and time.

    reminder_id: The reminder, as given when it was set or listed.
    at: Local date and time still to come, YYYY-MM-DDTHH:MM.
    """
    row = get_pending(w, reminder_id)
    require_future(w, at)
    return REMINDERS.put(w, row.model_copy(update={"at": at}))


@reminders.tool(
    example={"reminder_id": "@reminders_list.reminders[0].reminder_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def complete(w: World, reminder_id: ReminderId) -> Reminder:
    """Mark a pending reminder as dealt with.

    reminder_id: The reminder, as given when it was set or listed.
    """
    return REMINDERS.put(w, get_pending(w, reminder_id).model_copy(update={"status": "done"}))


@reminders.tool(
    example={"reminder_id": "@reminders_create.reminder_id"}, errors=[NotFound], writes=True, kind="stateful"
)
def delete(w: World, reminder_id: ReminderId) -> Reminder:
    """Remove a reminder for good and return what was removed.

    reminder_id: The reminder, as given when it was set or listed.
    """
    return REMINDERS.remove(w, reminder_id)


def get_pending(w: World, reminder_id: str) -> Reminder:
    """The reminder. Raises NotFound, or FailedPrecondition if it is done."""
    row = REMINDERS.get(w, reminder_id)
    if row.status == "done":
        raise FailedPrecondition(f"reminder_id {reminder_id} is done already")
    return row


def require_future(w: World, at: str) -> None:
    """Raises InvalidArgument for a time that has passed."""
    if at <= show(w.now):
        raise InvalidArgument(f"at {at} has passed: it is {show(w.now)}")


def show(moment: datetime) -> str:
    """The time to the minute as text."""
    return datetime.combine(moment.date(), time(moment.hour, moment.minute)).isoformat(timespec="minutes")


def _reminder(w: World, text: str, at: str) -> Reminder:
    require_future(w, at)
    return Reminder(reminder_id=w.new_id("RMD"), text=text, at=at, status="pending", task_id=None, event_id=None)
