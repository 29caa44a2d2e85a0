"""Notes of the persona: a title and a plain text."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import Entity, IsoDateTime, Limit
from mock_apis.core.errors import NotFound, ResourceExhausted

notes = Domain("notes", category="productivity", description="The user's notebook.")

NoteId = Annotated[str, Field(pattern=r"^NOTE-[0-9A-F]{6}$"), Entity("note.id")]
LONGEST_TEXT = 2000


class Note(Record):
    note_id: NoteId
    title: str
    text: str
    changed_at: IsoDateTime


class NoteHead(Record):
    note_id: NoteId
    title: str
    changed_at: IsoDateTime


class NoteList(Record):
    total: int
    notes: list[NoteHead]


TEXTS = (
    ("Shopping", "Olive oil, rice, two lemons, coffee."),
    ("Gift ideas", "A board game for the family, a cookbook, warm socks."),
    ("Flat measurements", "Living room 4.2 m by 5.1 m, window 1.4 m wide, door 0.8 m wide."),
    ("Books to read", "A history of maps; a novel set at sea; something about bread."),
    ("Bike service", "New chain fitted, brakes adjusted. Next service after 2000 km."),
)


def seed_notes(w: World) -> list[Note]:
    """Five notes of the last weeks."""
    draw = w.draw("notes")
    return [
        Note(
            note_id=f"NOTE-{draw.bits() % 0x1000000:06X}",
            title=title,
            text=text,
            changed_at=(w.now - timedelta(hours=draw.between(5, 900))).isoformat(timespec="minutes"),
        )
        for title, text in TEXTS
    ]


NOTES = Table("notes", key="note_id", seed_rows=seed_notes)


@notes.tool(
    example={"title": "Trip to Lisbon", "text": "Ask about the late check-in."},
    errors=[ResourceExhausted],
    writes=True,
    kind="stateful",
)
def create(w: World, title: str, text: str) -> Note:
    """Write a new note with a title and a text.

    title: Short heading of at most 100 characters.
    text: Plain text of at most 2000 characters.
    """
    return save(w, w.new_id("NOTE"), title, text)


@notes.tool(example={"query": "bike"}, kind="stateful")
def search(w: World, query: str = "", limit: Limit = 5) -> NoteList:
    """Find notes by words of their title or text, last changed first.

    query: Text that the title or note contains, in any case; all notes if left out.
    limit: At most this many notes.
    """
    rows = [row for row in NOTES.all(w) if query.casefold() in f"{row.title}\n{row.text}".casefold()]
    rows.sort(key=lambda row: (row.changed_at, row.note_id), reverse=True)
    heads = [NoteHead(note_id=row.note_id, title=row.title, changed_at=row.changed_at) for row in rows[:limit]]
    return NoteList(total=len(rows), notes=heads)


@notes.tool(example={"note_id": "@notes_search.notes[0].note_id"}, errors=[NotFound], kind="stateful")
def get(w: World, note_id: NoteId) -> Note:
    """Show one note with its whole text.

    note_id: The note, as given by notes_search.
    """
    return NOTES.get(w, note_id)


@notes.tool(
    example={"note_id": "@notes_search.notes[0].note_id", "text": "Ask about the price first."},
    errors=[NotFound, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def append(w: World, note_id: NoteId, text: str) -> Note:
    """Add a line of text at the end of a note.

    note_id: The note, as given by notes_search.
    text: Plain text to add; the whole note may have at most 2000 characters.
    """
    row = NOTES.get(w, note_id)
    return save(w, note_id, row.title, f"{row.text}\n{text}")


@notes.tool(example={"note_id": "@notes_search.notes[0].note_id"}, errors=[NotFound], writes=True, kind="stateful")
def delete(w: World, note_id: NoteId) -> Note:
    """Throw a note away and return what it said.

    note_id: The note, as given by notes_search.
    """
    return NOTES.remove(w, note_id)


def save(w: World, note_id: str, title: str, text: str) -> Note:
    """Store a note as changed now. Raises ResourceExhausted if it is too long."""
    if len(title) > 100 or len(text) > LONGEST_TEXT:
        raise ResourceExhausted(f"title ({len(title)}) or text ({len(text)}) is over 100 or {LONGEST_TEXT} characters")
    changed_at = w.now.isoformat(timespec="minutes")
    return NOTES.put(w, Note(note_id=note_id, title=title, text=text, changed_at=changed_at))
