"""The persona's calendar. Times are local and events never overlap."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import EmailAddress, Entity, IsoDate, IsoDateTime, Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound, ResourceExhausted
from mock_apis.core.persona import people, persona

calendar = Domain("calendar", category="productivity", description="The user's calendar.")

EventId = Annotated[str, Field(pattern=r"^EV-[0-9A-F]{6}$"), Entity("event.id")]
Minutes = Annotated[int, Field(ge=5, le=1440)]
DAY_START, DAY_END = time(9), time(18)
MOST_GUESTS = 8


class Event(Record):
    event_id: EventId
    title: str
    start: IsoDateTime
    end: IsoDateTime
    location: str | None
    guests: list[EmailAddress]
    status: Literal["confirmed", "cancelled"]


class EventList(Record):
    total: int
    events: list[Event]


class Slot(Record):
    start: IsoDateTime
    end: IsoDateTime


class SlotList(Record):
    total: int
    slots: list[Slot]
    """Whole gaps, each at least as long as asked for."""


TITLES = ("Team meeting", "Dentist", "Project review", "Piano lesson", "Call with the bank", "Gym class")


def seed_events(w: World) -> list[Event]:
    """One event on each of the next six days, some with a guest."""
    draw, known = w.draw("calendar"), people(w)
    rows = []
    for day, title in enumerate(draw.sample(TITLES, len(TITLES)), start=1):
        start = datetime.combine(w.today + timedelta(days=day), time(draw.between(9, 16), draw.pick((0, 30))))
        row = Event(
            event_id=f"EV-{draw.bits() % 0x1000000:06X}",
            title=title,
            start=start.isoformat(timespec="minutes"),
            end=(start + timedelta(minutes=draw.pick((30, 45, 60)))).isoformat(timespec="minutes"),
            location=None,
            guests=[draw.pick(known).email] if draw.chance(0.5) else [],
            status="confirmed",
        )
        rows.append(row)
    return rows


EVENTS = Table("events", key="event_id", seed_rows=seed_events)


@calendar.tool(
    example={"title": "Dinner with Nadia", "start": "2025-12-10T19:30", "minutes": 90},
    errors=[Conflict],
    writes=True,
    kind="stateful",
)
def create_event(w: World, title: str, start: IsoDateTime, minutes: Minutes = 60, location: str | None = None) -> Event:
    """Add an event at a time when no other confirmed event takes place.

    title: What the event is.
    start: Local start, YYYY-MM-DDTHH:MM.
    minutes: How long it lasts.
    location: Where it takes place, as free text.
    """
    end = end_of(start, minutes)
    require_free(w, start, end, None)
    event_id = w.new_id("EV")
    row = Event(event_id=event_id, title=title, start=start, end=end, location=location, guests=[], status="confirmed")
    return EVENTS.put(w, row)


@calendar.tool(example={"event_id": "@calendar_create_event.event_id"}, errors=[NotFound], kind="stateful")
def get_event(w: World, event_id: EventId) -> Event:
    """Show one event with its times, guests and status.

    event_id: The event, as given by calendar_list_events.
    """
    return EVENTS.get(w, event_id)


@calendar.tool(example={}, kind="stateful")
def list_events(
    w: World,
    first_day: IsoDate | None = None,
    days: Annotated[int, Field(ge=1, le=366)] = 7,
    limit: Limit = 5,
) -> EventList:
    """List the confirmed events that start within a number of days, soonest first.

    first_day: First day to list, YYYY-MM-DD; today if left out.
    days: How many days to list, the first one included.
    limit: At most this many events.
    """
    first = first_day or w.today.isoformat()
    last = add_days(first, days - 1)
    rows = [row for row in EVENTS.all(w) if row.status == "confirmed" and first <= row.start[:10] <= last]
    rows.sort(key=lambda row: (row.start, row.event_id))
    return EventList(total=len(rows), events=rows[:limit])


@calendar.tool(
    example={"event_id": "@calendar_create_event.event_id", "start": "2025-12-11T19:00"},
    errors=[NotFound, Conflict, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def move_event(w: World, event_id: EventId, start: IsoDateTime) -> Event:
    """Give a confirmed event another start; it lasts as long as before.

    event_id: The event, as given by calendar_list_events.
    start: New local start, YYYY-MM-DDTHH:MM.
    """
    row = get_confirmed(w, event_id)
    length = datetime.fromisoformat(row.end) - datetime.fromisoformat(row.start)
    end = end_of(start, int(length.total_seconds()) // 60)
    require_free(w, start, end, event_id)
    return EVENTS.put(w, row.model_copy(update={"start": start, "end": end}))


@calendar.tool(
    example={"event_id": "@calendar_list_events.events[0].event_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def cancel_event(w: World, event_id: EventId) -> Event:
    """Cancel a confirmed event, which frees its time.

    event_id: The event, as given by calendar_list_events.
    """
    return EVENTS.put(w, get_confirmed(w, event_id).model_copy(update={"status": "cancelled"}))


@calendar.tool(example={"day": "2025-12-10", "minutes": 30}, kind="stateful")
def find_free_slot(w: World, day: IsoDate, minutes: Minutes = 60) -> SlotList:
    """Find the free gaps of a day between 09:00 and 18:00 for an event of some length.

    day: The day, YYYY-MM-DD.
    minutes: How long a gap must be at least.
    """
    opens, closes = (f"{day}T{limit.isoformat('minutes')}" for limit in (DAY_START, DAY_END))
    slots = []
    for row in [*busy(w, opens, closes, None), None]:
        until = row.start if row else closes
        if opens < until and end_of(opens, minutes) <= until:
            slots.append(Slot(start=opens, end=until))
        opens = max(opens, row.end) if row else opens
    return SlotList(total=len(slots), slots=slots)


@calendar.tool(
    example={"event_id": "@calendar_create_event.event_id", "email": "@contacts_search.contacts[0].email"},
    errors=[NotFound, Conflict, FailedPrecondition, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def invite(w: World, event_id: EventId, email: EmailAddress) -> Event:
    """Add a guest to a confirmed event.

    event_id: The event, as given by calendar_list_events.
    email: Address of the guest, in lower case; not the user's own.
    """
    row = get_confirmed(w, event_id)
    if email == persona(w).email:
        raise InvalidArgument(f"email {email} is the user's own")
    if email in row.guests:
        raise Conflict(f"email {email} is invited to {event_id} already")
    if len(row.guests) >= MOST_GUESTS:
        raise ResourceExhausted(f"event_id {event_id} has {MOST_GUESTS} guests, the most that fit")
    return EVENTS.put(w, row.model_copy(update={"guests": [*row.guests, email]}))


def get_confirmed(w: World, event_id: str) -> Event:
    """The event. Raises NotFound, or FailedPrecondition if it is cancelled."""
    row = EVENTS.get(w, event_id)
    if row.status == "cancelled":
        raise FailedPrecondition(f"event_id {event_id} is cancelled")
    return row


def busy(w: World, start: str, end: str, except_for: str | None) -> list[Event]:
    """Confirmed events that overlap the half-open interval, in order."""
    rows = [row for row in EVENTS.all(w) if row.status == "confirmed" and row.start < end and start < row.end]
    return sorted((row for row in rows if row.event_id != except_for), key=lambda row: row.start)


def require_free(w: World, start: str, end: str, except_for: str | None) -> None:
    """Raises Conflict naming the event in the way."""
    for row in busy(w, start, end, except_for):
        raise Conflict(f"start {start}: '{row.title}' ({row.event_id}) takes place {row.start} to {row.end}")


def end_of(start: str, minutes: int) -> str:
    """The time that many minutes later. Raises InvalidArgument past the year 9999."""
    try:
        return (datetime.fromisoformat(start) + timedelta(minutes=minutes)).isoformat(timespec="minutes")
    except OverflowError:
        raise InvalidArgument(f"start {start} is too late") from None


def add_days(day: str, days: int) -> str:
    """The date that many days later, at most the last one that exists."""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        return date.max.isoformat()
