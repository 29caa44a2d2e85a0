"""Video rooms for events of the persona's calendar, and recordings of past meetings."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.communication.texts import draw_id, minute
from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import EmailAddress, Entity, IsoDateTime, Limit, PersonName
from mock_apis.core.errors import Conflict, FailedPrecondition, NotFound, ResourceExhausted
from mock_apis.core.persona import people, persona
from mock_apis.productivity.calendar import EVENTS, EventId, get_confirmed

video_meetings = Domain(
    "video_meetings", category="communication", description="Video calls of a fictional provider for calendar events."
)

MeetingId = Annotated[str, Field(pattern=r"^VM-[0-9A-F]{6}$"), Entity("video_meeting.id")]
RecordingId = Annotated[str, Field(pattern=r"^VREC-[0-9A-F]{6}$"), Entity("meeting_recording.id")]
JoinCode = Annotated[str, Field(pattern=r"^[0-9]{3}-[0-9]{3}-[0-9]{3}$"), Entity("video_meeting.join_code")]
MeetingStatus = Literal["planned", "cancelled"]
MOST_CO_HOSTS = 4


class RoomFacts(Record):
    meeting_id: MeetingId
    event_id: EventId
    join_code: JoinCode
    waiting_room: bool
    co_hosts: list[EmailAddress]


class Room(RoomFacts):
    cancelled: bool


class Meeting(RoomFacts):
    title: str
    start: IsoDateTime
    end: IsoDateTime
    guests: list[EmailAddress]
    """Those of the calendar event."""
    status: MeetingStatus


class MeetingList(Record):
    total: int
    meetings: list[Meeting]


class Recording(Record):
    recording_id: RecordingId
    title: str
    recorded_at: IsoDateTime
    minutes: int
    attendees: list[PersonName]
    shared_with: list[EmailAddress]


class RecordingList(Record):
    total: int
    recordings: list[Recording]


class Utterance(Record):
    minute: int
    speaker: PersonName
    text: str


class Transcript(Record):
    recording_id: RecordingId
    utterances: list[Utterance]


TALKS = (
    ("Budget round", ("We are four percent under plan.", "Then let us keep the reserve.", "I will write it down.")),
    ("Interview debrief", ("Strong on the practical part.", "Less so on planning.", "I am for a second round.")),
    ("Supplier call", ("Delivery slips by one week.", "Can half of it come earlier?", "I ask the warehouse today.")),
)


def seed_rooms(w: World) -> list[Room]:
    """A room for two of the calendar's events."""
    draw = w.draw("video_meetings.rooms")
    return [
        Room(
            meeting_id=draw_id(draw, "VM"),
            event_id=event.event_id,
            join_code=draw_code(draw.between(0, 999_999_999)),
            waiting_room=draw.chance(0.5),
            co_hosts=[],
            cancelled=False,
        )
        for event in EVENTS.all(w)[:2]
    ]


def seed_recordings(w: World) -> list[Recording]:
    """Three recordings of the last weeks."""
    draw, known = w.draw("video_meetings.recordings"), people(w)
    return [
        Recording(
            recording_id=draw_id(draw, "VREC"),
            title=title,
            recorded_at=minute(w.now - timedelta(days=7 * age + draw.between(1, 6), minutes=draw.between(0, 300))),
            minutes=draw.between(20, 55),
            attendees=[persona(w).name, *(person.name for person in draw.sample(known, 2))],
            shared_with=[],
        )
        for age, (title, _) in enumerate(TALKS)
    ]


ROOMS = Table("video_meetings.rooms", key="meeting_id", seed_rows=seed_rooms)
RECORDINGS = Table("video_meetings.recordings", key="recording_id", seed_rows=seed_recordings)


@video_meetings.tool(
    example={"event_id": "@calendar_create_event.event_id"},
    errors=[NotFound, Conflict, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def open_room(w: World, event_id: EventId, waiting_room: bool = True) -> Meeting:
    """Set up a video call with a join code for an event of the calendar.

    event_id: A confirmed event, as given by calendar_list_events.
    waiting_room: Whether guests wait until the host lets them in.
    """
    get_confirmed(w, event_id)
    for row in ROOMS.all(w):
        if row.event_id == event_id and not row.cancelled:
            raise Conflict(f"event_id {event_id} has a video meeting already: {row.meeting_id}")
    meeting_id = w.new_id("VM")
    code = draw_code(w.draw("video_meetings.code", meeting_id).between(0, 999_999_999))
    facts = {"meeting_id": meeting_id, "event_id": event_id, "join_code": code, "waiting_room": waiting_room}
    room = Room.model_validate({**facts, "co_hosts": [], "cancelled": False})
    return view(w, ROOMS.put(w, room))


@video_meetings.tool(example={}, kind="stateful")
def list_(w: World, status: MeetingStatus | None = None, limit: Limit = 5) -> MeetingList:
    """List the user's video meetings, earliest start first.

    status: Only meetings of this status.
    limit: At most this many meetings.
    """
    rows = [view(w, row) for row in ROOMS.all(w)]
    rows = sorted((row for row in rows if status in (None, row.status)), key=lambda row: (row.start, row.meeting_id))
    return MeetingList(total=len(rows), meetings=rows[:limit])


@video_meetings.tool(
    example={"join_code": "@video_meetings_list.meetings[0].join_code"}, errors=[NotFound], kind="stateful"
)
def find_by_code(w: World, join_code: JoinCode) -> Meeting:
    """Find the video meeting that a join code belongs to.

    join_code: Nine digits in groups of three, for example 481-207-935.
    """
    for row in ROOMS.all(w):
        if row.join_code == join_code:
            return view(w, row)
    raise NotFound(f"no video meeting with join_code '{join_code}'")


@video_meetings.tool(
    example={
        "meeting_id": "@video_meetings_list.meetings[0].meeting_id",
        "email": "@contacts_search.contacts[0].email",
    },
    errors=[NotFound, Conflict, FailedPrecondition, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def add_co_host(w: World, meeting_id: MeetingId, email: EmailAddress) -> Meeting:
    """Let another person run a video meeting together with the user.

    meeting_id: A planned meeting, as given by video_meetings_list.
    email: Address of the co-host, in lower case.
    """
    row = get_planned(w, meeting_id)
    if email in (persona(w).email, *row.co_hosts):
        raise Conflict(f"email {email} is a host of {meeting_id} already")
    if len(row.co_hosts) >= MOST_CO_HOSTS:
        raise ResourceExhausted(f"meeting_id {meeting_id} has {MOST_CO_HOSTS} co-hosts, the most that fit")
    return view(w, ROOMS.put(w, row.model_copy(update={"co_hosts": [*row.co_hosts, email]})))


@video_meetings.tool(
    example={"meeting_id": "@video_meetings_list.meetings[0].meeting_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def cancel(w: World, meeting_id: MeetingId) -> Meeting:
    """Close the video room of an event; the event itself stays in the calendar.

    meeting_id: A planned meeting, as given by video_meetings_list.
    """
    return view(w, ROOMS.put(w, get_planned(w, meeting_id).model_copy(update={"cancelled": True})))


@video_meetings.tool(example={}, kind="stateful")
def recordings(w: World, attendee: PersonName | None = None, limit: Limit = 5) -> RecordingList:
    """List the recordings of past video meetings, newest first.

    attendee: Only meetings that this person attended.
    limit: At most this many recordings.
    """
    rows = [row for row in RECORDINGS.all(w) if attendee is None or attendee in row.attendees]
    rows.sort(key=lambda row: (row.recorded_at, row.recording_id), reverse=True)
    return RecordingList(total=len(rows), recordings=rows[:limit])


@video_meetings.tool(
    example={"recording_id": "@video_meetings_recordings.recordings[0].recording_id"},
    errors=[NotFound],
    kind="stateful",
)
def transcript(w: World, recording_id: RecordingId) -> Transcript:
    """Read who said what in a recorded video meeting.

    recording_id: The recording, as given by video_meetings_recordings.
    """
    row = RECORDINGS.get(w, recording_id)
    texts = next(texts for title, texts in TALKS if title == row.title)
    said = [
        Utterance(minute=1 + place * row.minutes // 4, speaker=row.attendees[place % len(row.attendees)], text=text)
        for place, text in enumerate(texts)
    ]
    return Transcript(recording_id=recording_id, utterances=said)


@video_meetings.tool(
    example={
        "recording_id": "@video_meetings_recordings.recordings[0].recording_id",
        "email": "@contacts_search.contacts[0].email",
    },
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def share_recording(w: World, recording_id: RecordingId, email: EmailAddress) -> Recording:
    """Give a person access to the recording of a video meeting.

    recording_id: The recording, as given by video_meetings_recordings.
    email: Address of the person, in lower case.
    """
    row = RECORDINGS.get(w, recording_id)
    if email in row.shared_with:
        raise Conflict(f"recording_id {recording_id} is shared with {email} already")
    if len(row.shared_with) >= 10:
        raise ResourceExhausted(f"recording_id {recording_id} is shared with 10 people, the most that fit")
    return RECORDINGS.put(w, row.model_copy(update={"shared_with": [*row.shared_with, email]}))


def draw_code(number: int) -> str:
    """A number of at most nine digits as a join code."""
    digits = f"{number:09d}"
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"


def get_planned(w: World, meeting_id: str) -> Room:
    """The room. Raises NotFound, or FailedPrecondition if it or its event is cancelled."""
    row = ROOMS.get(w, meeting_id)
    if view(w, row).status == "cancelled":
        raise FailedPrecondition(f"meeting_id {meeting_id} is cancelled")
    return row


def view(w: World, row: Room) -> Meeting:
    """A room with what the calendar says of its event."""
    event = EVENTS.get(w, row.event_id)
    status: MeetingStatus = "cancelled" if row.cancelled or event.status == "cancelled" else "planned"
    return Meeting(
        **row.model_dump(exclude={"cancelled"}),
        title=event.title,
        start=event.start,
        end=event.end,
        guests=event.guests,
        status=status,
    )
