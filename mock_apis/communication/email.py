"""The persona's mailbox. Nothing leaves the world: sent mail is only filed."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import EmailAddress, Entity, IsoDateTime, Limit
from mock_apis.core.errors import FailedPrecondition, NotFound, ResourceExhausted
from mock_apis.core.persona import people, persona

email = Domain("email", category="communication", description="The user's mailbox with fictional mail.")

EmailId = Annotated[str, Field(pattern=r"^MAIL-[0-9A-F]{6}$"), Entity("email.id")]
Folder = Literal["inbox", "sent", "archive"]
LONGEST_BODY = 2000


class Email(Record):
    email_id: EmailId
    sender: EmailAddress
    to: EmailAddress
    subject: str
    body: str
    sent_at: IsoDateTime
    folder: Folder
    unread: bool
    reply_to: EmailId | None
    """The mail that this one answers."""


class EmailHead(Record):
    email_id: EmailId
    sender: EmailAddress
    to: EmailAddress
    subject: str
    sent_at: IsoDateTime
    unread: bool


class EmailList(Record):
    total: int
    emails: list[EmailHead]


LETTERS = (
    ("Lunch next week?", "I am in town next week. Shall we have lunch on Tuesday? You choose the place."),
    ("Slides for the review", "The slides for the review are nearly ready. Can you send me your two pages by Friday?"),
    ("Your book", "I have finished the book you lent me. When can I bring it back?"),
    ("Weekend hike", "Four of us go hiking on Saturday, about 15 km. Tell me by Thursday if you want to join."),
    ("Invoice question", "The last invoice lists 12 hours, my notes say 10. Could you check and write back?"),
    ("Recipe you asked for", "You asked for the lentil soup: red lentils, onion, carrot, cumin, lemon. Half an hour."),
    ("New phone number", "I have a new phone number. Call me when you have a minute and I will tell you more."),
    ("Thank you", "Thank you for helping me move. Dinner is on me, just name the day."),
)


def seed_emails(w: World) -> list[Email]:
    """Eight letters of known people in the inbox, and one that was sent."""
    draw, user, known = w.draw("email"), persona(w), people(w)
    rows = []
    for age, (subject, body) in enumerate(draw.sample(LETTERS, len(LETTERS))):
        sent_at = w.now - timedelta(hours=20 * age + draw.between(2, 18), minutes=draw.between(0, 59))
        row = Email(
            email_id=f"MAIL-{draw.bits() % 0x1000000:06X}",
            sender=draw.pick(known).email,
            to=user.email,
            subject=subject,
            body=body,
            sent_at=sent_at.isoformat(timespec="minutes"),
            folder="inbox",
            unread=age < 3,
            reply_to=None,
        )
        rows.append(row)
    first = rows[0]
    answer = {
        "email_id": f"MAIL-{draw.bits() % 0x1000000:06X}",
        "sender": user.email,
        "to": rows[-1].sender,
        "subject": f"Re: {rows[-1].subject}",
        "body": "Thanks for writing. I will come back to you next week.",
        "sent_at": first.sent_at,
        "folder": "sent",
        "unread": False,
        "reply_to": rows[-1].email_id,
    }
    return [*rows, first.model_copy(update=answer)]


EMAILS = Table("emails", key="email_id", seed_rows=seed_emails)


@email.tool(example={}, kind="stateful")
def list_(w: World, folder: Folder = "inbox", unread_only: bool = False, limit: Limit = 5) -> EmailList:
    """List the mails of a folder without their text, newest first.

    folder: Which folder to list.
    unread_only: Whether to leave out mails that were read.
    limit: At most this many mails.
    """
    rows = [row for row in EMAILS.all(w) if row.folder == folder and (row.unread or not unread_only)]
    return as_list(rows, limit)


@email.tool(example={"query": "thank"}, kind="stateful")
def search(w: World, query: str, sender: EmailAddress | None = None, limit: Limit = 5) -> EmailList:
    """Find mails in all folders by words of the subject or text, newest first.

    query: Text that the subject or body contains, in any case.
    sender: Only mails from this address.
    limit: At most this many mails.
    """
    text = query.casefold()
    rows = [row for row in EMAILS.all(w) if text in f"{row.subject}\n{row.body}".casefold()]
    return as_list([row for row in rows if sender in (None, row.sender)], limit)


@email.tool(example={"email_id": "@email_list.emails[0].email_id"}, errors=[NotFound], kind="stateful")
def get(w: World, email_id: EmailId) -> Email:
    """Show one mail with its text; it stays unread until it is marked.

    email_id: The mail, as given by email_list or email_search.
    """
    return EMAILS.get(w, email_id)


@email.tool(
    example={"to": "@contacts_search.contacts[0].email", "subject": "Dinner", "body": "Shall we meet on Friday at 7?"},
    errors=[ResourceExhausted],
    writes=True,
    kind="stateful",
)
def send(w: World, to: EmailAddress, subject: str, body: str) -> Email:
    """Send a new mail to one address.

    to: Address of the receiver, in lower case.
    subject: One line that says what the mail is about.
    body: Plain text of at most 2000 characters.
    """
    return deliver(w, to, subject, body, None)


@email.tool(
    example={"email_id": "@email_list.emails[0].email_id", "body": "Yes, gladly."},
    errors=[NotFound, FailedPrecondition, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def reply(w: World, email_id: EmailId, body: str) -> Email:
    """Answer a received mail; the subject is taken over with Re: before it.

    email_id: The mail to answer; it cannot be one that the user sent.
    body: Plain text of at most 2000 characters.
    """
    first = EMAILS.get(w, email_id)
    if first.sender == persona(w).email:
        raise FailedPrecondition(f"email_id {email_id} was sent by the user; use email_send")
    subject = first.subject if first.subject.startswith("Re: ") else f"Re: {first.subject}"
    EMAILS.put(w, first.model_copy(update={"unread": False}))
    return deliver(w, first.sender, subject, body, email_id)


@email.tool(
    example={"email_id": "@email_list.emails[1].email_id", "to": "@contacts_search.contacts[0].email"},
    errors=[NotFound, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def forward(w: World, email_id: EmailId, to: EmailAddress) -> Email:
    """Send the text of a mail on to somebody else.

    email_id: The mail to pass on.
    to: Address of the new receiver, in lower case.
    """
    first = EMAILS.get(w, email_id)
    return deliver(w, to, f"Fwd: {first.subject}", f"From {first.sender}:\n{first.body}", None)


@email.tool(example={"email_id": "@email_list.emails[0].email_id"}, errors=[NotFound], writes=True, kind="stateful")
def mark_read(w: World, email_id: EmailId) -> Email:
    """Mark a mail as read; one that was read stays read.

    email_id: The mail, as given by email_list or email_search.
    """
    return EMAILS.put(w, EMAILS.get(w, email_id).model_copy(update={"unread": False}))


@email.tool(
    example={"email_id": "@email_list.emails[2].email_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def archive(w: World, email_id: EmailId) -> Email:
    """Move a mail from the inbox to the archive.

    email_id: A mail that lies in the inbox.
    """
    row = EMAILS.get(w, email_id)
    if row.folder != "inbox":
        raise FailedPrecondition(f"email_id {email_id} lies in {row.folder}, not in inbox")
    return EMAILS.put(w, row.model_copy(update={"folder": "archive"}))


def deliver(w: World, to: str, subject: str, body: str, reply_to: str | None) -> Email:
    """File a mail of the persona under sent. Raises ResourceExhausted if it is too long."""
    if len(subject) > 200 or len(body) > LONGEST_BODY:
        raise ResourceExhausted(
            f"subject ({len(subject)}) or body ({len(body)}) is over 200 or {LONGEST_BODY} characters"
        )
    row = Email(
        email_id=w.new_id("MAIL"),
        sender=persona(w).email,
        to=to,
        subject=subject,
        body=body,
        sent_at=w.now.isoformat(timespec="minutes"),
        folder="sent",
        unread=False,
        reply_to=reply_to,
    )
    return EMAILS.put(w, row)


def as_list(rows: list[Email], limit: int) -> EmailList:
    """The heads of the newest mails."""
    newest = sorted(rows, key=lambda row: (row.sent_at, row.email_id), reverse=True)
    heads = [EmailHead(**row.model_dump(include=set(EmailHead.model_fields))) for row in newest[:limit]]
    return EmailList(total=len(rows), emails=heads)
