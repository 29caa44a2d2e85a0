"""The persona's text messages. Nothing leaves the world."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.communication.contacts import CONTACTS
from mock_apis.communication.texts import check_text, draw_id, minute
from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import Entity, IsoDateTime, Limit, PersonName, PhoneNumber
from mock_apis.core.errors import InvalidArgument, NotFound
from mock_apis.core.persona import people, persona

sms = Domain("sms", category="communication", description="The user's fictional text messages.")

SmsId = Annotated[str, Field(pattern=r"^SMS-[0-9A-F]{6}$"), Entity("sms.id")]
Direction = Literal["received", "sent", "scheduled"]
LONGEST = 480
"""Three parts of 160 characters."""


class Message(Record):
    sms_id: SmsId
    number: PhoneNumber
    """The other side's number."""
    direction: Direction
    text: str
    at: IsoDateTime
    """When it was or will be sent, home time."""


class MessageList(Record):
    total: int
    messages: list[Message]


class Conversation(Record):
    number: PhoneNumber
    name: PersonName | None
    """From the address book; null for an unknown number."""
    message_count: int
    last_text: str
    last_at: IsoDateTime


class ConversationList(Record):
    total: int
    conversations: list[Conversation]


TALKS = (
    ("Are you home tonight? I would drop off your drill.", "Yes, from seven on."),
    ("Train is late, start without me.", "No hurry, we order at eight."),
    ("Can you send me the address of the clinic?", "I will look it up after lunch."),
    ("Did the plumber come by?", "He did, the tap is tight again."),
)


def seed_messages(w: World) -> list[Message]:
    """A question and an answer with each of four known people, and a question that is still open."""
    draw, known = w.draw("sms"), people(w)
    rows: list[Message] = []
    for age, (talk, person) in enumerate(zip(draw.sample(TALKS, len(TALKS)), draw.sample(known, 4), strict=True)):
        asked = w.now - timedelta(days=age, minutes=draw.between(40, 700))
        said: tuple[tuple[Direction, str], ...] = (("received", talk[0]), ("sent", talk[1]))
        for step, (direction, text) in enumerate(said[: 1 if age == 0 else 2]):
            at = minute(asked + timedelta(minutes=step * draw.between(2, 30)))
            rows.append(
                Message(sms_id=draw_id(draw, "SMS"), number=person.phone, direction=direction, text=text, at=at)
            )
    return rows


MESSAGES = Table("sms", key="sms_id", seed_rows=seed_messages)


@sms.tool(example={}, kind="stateful")
def conversations(w: World, limit: Limit = 5) -> ConversationList:
    """List the numbers with which the user exchanges text messages, latest first.

    limit: At most this many conversations.
    """
    names = {row.phone: row.name for row in CONTACTS.all(w)}
    latest: dict[str, list[Message]] = {}
    for row in newest([row for row in MESSAGES.all(w) if row.direction != "scheduled"]):
        latest.setdefault(row.number, []).append(row)
    rows = [
        Conversation(
            number=number,
            name=names.get(number),
            message_count=len(talk),
            last_text=talk[0].text,
            last_at=talk[0].at,
        )
        for number, talk in latest.items()
    ]
    return ConversationList(total=len(rows), conversations=rows[:limit])


@sms.tool(example={"number": "@sms_conversations.conversations[0].number"}, kind="stateful")
def messages(w: World, number: PhoneNumber, direction: Direction | None = None, limit: Limit = 5) -> MessageList:
    """Show the text messages exchanged with one phone number, newest first.

    number: E.164 number of the other side, for example +33140205050.
    direction: Only messages that were received, sent or wait to be sent.
    limit: At most this many messages.
    """
    rows = [row for row in MESSAGES.all(w) if row.number == number and direction in (None, row.direction)]
    return MessageList(total=len(rows), messages=newest(rows)[:limit])


@sms.tool(example={"query": "home"}, kind="stateful")
def search(w: World, query: str, limit: Limit = 5) -> MessageList:
    """Find text messages of all conversations by a part of their text, newest first.

    query: Part of the text, in any case.
    limit: At most this many messages.
    """
    rows = [row for row in MESSAGES.all(w) if query.casefold() in row.text.casefold()]
    return MessageList(total=len(rows), messages=newest(rows)[:limit])


@sms.tool(
    example={"to": "@sms_conversations.conversations[0].number", "text": "Yes, come by at eight."},
    writes=True,
    kind="stateful",
)
def send(w: World, to: PhoneNumber, text: str) -> Message:
    """Send a text message to a phone number at once.

    to: E.164 number of the receiver, for example +33140205050.
    text: Plain text of at most 480 characters.
    """
    return file(w, to, text, "sent", minute(w.now))


@sms.tool(
    example={"to": "@sms_conversations.conversations[1].number", "text": "Happy birthday!", "at": "2026-03-01T08:00"},
    writes=True,
    kind="stateful",
)
def schedule(w: World, to: PhoneNumber, text: str, at: IsoDateTime) -> Message:
    """Leave a text message to be sent later; sms_delete takes it back.

    to: E.164 number of the receiver, for example +33140205050.
    text: Plain text of at most 480 characters.
    at: When to send it, home time, YYYY-MM-DDTHH:MM; in the future, at most three years ahead.
    """
    due = datetime.fromisoformat(at)
    if not w.now < due <= w.now + timedelta(days=1096):
        raise InvalidArgument(f"at {at} is not within three years after now, {minute(w.now)}")
    return file(w, to, text, "scheduled", at)


@sms.tool(
    example={"sms_id": "@sms_search.messages[0].sms_id"},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def delete(w: World, sms_id: SmsId) -> Message:
    """Delete one text message, or take back one that is still to be sent.

    sms_id: The message, as given by sms_messages or sms_search.
    """
    return MESSAGES.remove(w, sms_id)


def file(w: World, to: str, text: str, direction: Direction, at: str) -> Message:
    """Store a message of the persona's. Raises InvalidArgument."""
    if to == persona(w).phone:
        raise InvalidArgument(f"to: {to} is the user's own number")
    text = check_text("text", text, LONGEST)
    return MESSAGES.put(w, Message(sms_id=w.new_id("SMS"), number=to, direction=direction, text=text, at=at))


def newest(rows: list[Message]) -> list[Message]:
    """The messages, the latest first."""
    return sorted(rows, key=lambda row: (row.at, row.sms_id), reverse=True)
