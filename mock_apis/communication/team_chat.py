"""Channels, messages and threads of the persona's team at work."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.communication.texts import check_text, draw_id, minute
from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import EmailAddress, Entity, IsoDateTime, Limit, PersonName
from mock_apis.core.errors import Conflict, NotFound, ResourceExhausted
from mock_apis.core.persona import Person, people, persona

team_chat = Domain("team_chat", category="communication", description="The chat of the user's fictional team at work.")

ChannelName = Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
ChannelId = Annotated[str, Field(pattern=r"^CHAN-[0-9A-F]{6}$"), Entity("chat_channel.id")]
MessageId = Annotated[str, Field(pattern=r"^CHAT-[0-9A-F]{6}$"), Entity("chat_message.id")]
Reaction = Literal["thumbs_up", "heart", "eyes", "party", "check"]
MOST_MEMBERS = 12


class Channel(Record):
    channel_id: ChannelId
    name: str
    topic: str
    members: list[EmailAddress]


class ChannelList(Record):
    total: int
    channels: list[Channel]


class Message(Record):
    message_id: MessageId
    channel_id: ChannelId
    author: PersonName
    text: str
    at: IsoDateTime
    thread: MessageId | None
    """The message that opened the thread which this one is in; null outside of threads."""
    pinned: bool
    reactions: list[Reaction]
    """The user's own."""


class MessageList(Record):
    total: int
    messages: list[Message]


SEEDS = (
    (
        "general",
        "News for everyone",
        ("The office is closed on Friday afternoon.", "Welcome to the two new colleagues!"),
    ),
    ("releases", "What goes out and when", ("Release 4.2 is ready for a last check.", "The rollback drill went well.")),
    ("lunch", "Who eats where", ("Soup place at noon?", "I bring cake tomorrow.")),
)


def team_of(w: World) -> list[Person]:
    """The persona and eight of the people they know."""
    return [persona(w), *people(w)[:8]]


def seed_channels(w: World) -> list[Channel]:
    """Three channels: the first with the whole team, the others with the persona and some of it."""
    draw, team = w.draw("team_chat.channels"), team_of(w)
    rows = []
    for name, topic, _ in SEEDS:
        members = team if name == "general" else [team[0], *draw.sample(team[1:], 4)]
        emails = [member.email for member in members]
        rows.append(Channel(channel_id=draw_id(draw, "CHAN"), name=name, topic=topic, members=emails))
    return rows


def seed_messages(w: World) -> list[Message]:
    """Two messages a channel, the first one answered in its thread."""
    draw, names = w.draw("team_chat.messages"), {member.email: member.name for member in team_of(w)}
    rows: list[Message] = []
    for channel, (_, _, texts) in zip(CHANNELS.all(w), SEEDS, strict=True):
        at = w.now - timedelta(days=draw.between(1, 4))
        thread: str | None = None
        for text in (texts[0], "Thanks, noted.", texts[1]):
            at += timedelta(minutes=draw.between(3, 200))
            row = Message(
                message_id=draw_id(draw, "CHAT"),
                channel_id=channel.channel_id,
                author=names[draw.pick(channel.members[1:])],
                text=text,
                at=minute(at),
                thread=thread if text == "Thanks, noted." else None,
                pinned=False,
                reactions=[],
            )
            thread = thread or row.message_id
            rows.append(row)
    return rows


CHANNELS = Table("team_chat.channels", key="channel_id", seed_rows=seed_channels)
MESSAGES = Table("team_chat.messages", key="message_id", seed_rows=seed_messages)


@team_chat.tool(example={}, kind="stateful")
def channels(w: World, member: EmailAddress | None = None, limit: Limit = 5) -> ChannelList:
    """List the chat channels with their topics and members, by name.

    member: Only channels that this person belongs to.
    limit: At most this many channels.
    """
    rows = [row for row in CHANNELS.all(w) if member is None or member in row.members]
    return ChannelList(total=len(rows), channels=sorted(rows, key=lambda row: row.name)[:limit])


@team_chat.tool(
    example={"name": "spring-fair", "topic": "Our stand at the fair"}, errors=[Conflict], writes=True, kind="stateful"
)
def create_channel(w: World, name: ChannelName, topic: str = "") -> Channel:
    """Open a chat channel with the user as its first member.

    name: Lower-case letters, digits and hyphens, at most 40; no other channel has it.
    topic: What the channel is for, at most 200 characters.
    """
    check_text("name", name, 40)
    if any(row.name == name for row in CHANNELS.all(w)):
        raise Conflict(f"name '{name}' is taken by another channel")
    topic = check_text("topic", topic, 200) if topic else ""
    row = Channel(channel_id=w.new_id("CHAN"), name=name, topic=topic, members=[persona(w).email])
    return CHANNELS.put(w, row)


@team_chat.tool(
    example={"channel_id": "@team_chat_create_channel.channel_id", "email": "@contacts_search.contacts[0].email"},
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def add_member(w: World, channel_id: ChannelId, email: EmailAddress) -> Channel:
    """Add a person to a chat channel.

    channel_id: The channel, as given by team_chat_channels.
    email: Address of the person; a guest from outside the team is fine.
    """
    row = CHANNELS.get(w, channel_id)
    if email in row.members:
        raise Conflict(f"email {email} is a member of {channel_id} already")
    if len(row.members) >= MOST_MEMBERS:
        raise ResourceExhausted(f"channel_id {channel_id} has {MOST_MEMBERS} members, the most that fit")
    return CHANNELS.put(w, row.model_copy(update={"members": [*row.members, email]}))


@team_chat.tool(
    example={"channel_id": "@team_chat_channels.channels[0].channel_id", "text": "The build is green again."},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def post(w: World, channel_id: ChannelId, text: str) -> Message:
    """Write a new message to a chat channel.

    channel_id: The channel, as given by team_chat_channels.
    text: Plain text of at most 500 characters.
    """
    CHANNELS.get(w, channel_id)
    return write(w, channel_id, text, None)


@team_chat.tool(
    example={"message_id": "@team_chat_history.messages[0].message_id", "text": "I will have a look."},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def reply(w: World, message_id: MessageId, text: str) -> Message:
    """Answer a chat message in its thread.

    message_id: The message that is answered, or any one of its thread.
    text: Plain text of at most 500 characters.
    """
    first = MESSAGES.get(w, message_id)
    return write(w, first.channel_id, text, first.thread or message_id)


@team_chat.tool(
    example={"channel_id": "@team_chat_channels.channels[0].channel_id"}, errors=[NotFound], kind="stateful"
)
def history(w: World, channel_id: ChannelId, pinned_only: bool = False, limit: Limit = 5) -> MessageList:
    """Read the latest messages of a chat channel, newest first, threads included.

    channel_id: The channel, as given by team_chat_channels.
    pinned_only: Whether to show only what is pinned.
    limit: At most this many messages.
    """
    CHANNELS.get(w, channel_id)
    rows = [row for row in MESSAGES.all(w) if row.channel_id == channel_id and (row.pinned or not pinned_only)]
    return newest(rows, limit)


@team_chat.tool(example={"query": "release"}, kind="stateful")
def search(w: World, query: str, author: PersonName | None = None, limit: Limit = 5) -> MessageList:
    """Find chat messages of all channels by text and author, newest first.

    query: Part of the text, in any case; an empty text matches everything.
    author: Only messages by this person, with the full name.
    limit: At most this many messages.
    """
    rows = [row for row in MESSAGES.all(w) if query.casefold() in row.text.casefold()]
    return newest([row for row in rows if author in (None, row.author)], limit)


@team_chat.tool(
    example={"message_id": "@team_chat_history.messages[0].message_id", "reaction": "party"},
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def react(w: World, message_id: MessageId, reaction: Reaction) -> Message:
    """Add the user's emoji reaction to a chat message.

    message_id: The message, as given by team_chat_history or team_chat_search.
    reaction: Which emoji.
    """
    row = MESSAGES.get(w, message_id)
    if reaction in row.reactions:
        raise Conflict(f"reaction {reaction} is on {message_id} already")
    return MESSAGES.put(w, row.model_copy(update={"reactions": [*row.reactions, reaction]}))


@team_chat.tool(
    example={"message_id": "@team_chat_history.messages[0].message_id"},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def pin(w: World, message_id: MessageId, pinned: bool = True) -> Message:
    """Pin a chat message to its channel, or take the pin away.

    message_id: The message, as given by team_chat_history or team_chat_search.
    pinned: True to pin it, false to unpin it.
    """
    return MESSAGES.put(w, MESSAGES.get(w, message_id).model_copy(update={"pinned": pinned}))


def write(w: World, channel_id: str, text: str, thread: str | None) -> Message:
    """Store a message of the persona's."""
    text, at, message_id = check_text("text", text), minute(w.now), w.new_id("CHAT")
    row = Message(
        message_id=message_id,
        channel_id=channel_id,
        author=persona(w).name,
        text=text,
        at=at,
        thread=thread,
        pinned=False,
        reactions=[],
    )
    return MESSAGES.put(w, row)


def newest(rows: list[Message], limit: int) -> MessageList:
    """The latest messages, those of one minute in the order in which they were written."""
    ordered = sorted(rows, key=lambda row: row.at)[::-1]
    return MessageList(total=len(rows), messages=ordered[:limit])
