"""Reads and writes single BibTeX entries, and the names in them. No macros, no TeX commands."""

import re
from typing import Literal

from mock_apis.core import Record
from mock_apis.core.errors import InvalidArgument

EntryKind = Literal["book", "article", "inproceedings", "misc"]
LONGEST = 3000
MOST_AUTHORS = 10
HEAD = re.compile(r"\s*@\s*([A-Za-z]+)\s*\{\s*([^\s,{}]{1,60})\s*,")
FIELD = re.compile(r"\s*([A-Za-z]+)\s*=\s*")
KINDS: dict[str, EntryKind] = {"book": "book", "article": "article", "inproceedings": "inproceedings", "misc": "misc"}


class Name(Record):
    given: str
    family: str


class Entry(Record):
    kind: EntryKind
    key: str
    authors: list[Name]
    title: str
    year: int
    container: str | None
    """Journal or proceedings."""
    publisher: str | None
    volume: str | None
    number: str | None
    pages: str | None
    doi: str | None


def parse_entry(text: str) -> Entry:
    """The entry. Raises InvalidArgument naming what is wrong."""
    if len(text) > LONGEST or any("\ud800" <= char <= "\udfff" for char in text):
        raise InvalidArgument(f"bibtex: give at most {LONGEST} characters")
    head = HEAD.match(text)
    if head is None or head[1].lower() not in KINDS:
        raise InvalidArgument("bibtex: start with @book, @article, @inproceedings or @misc, then {key,")
    fields = parse_fields(text, head.end())
    year = fields.get("year", "")
    if not fields.get("title") or not re.fullmatch(r"[0-9]{4}", year):
        raise InvalidArgument(f"bibtex: entry '{head[2]}' needs a title and a year of four digits")
    authors = [parse_name(name) for name in re.split(r"\s+and\s+", fields.get("author", "")) if name.strip()]
    if not 1 <= len(authors) <= MOST_AUTHORS:
        raise InvalidArgument(f"bibtex: entry '{head[2]}' needs 1 to {MOST_AUTHORS} authors, joined by and")
    return Entry(
        kind=KINDS[head[1].lower()],
        key=head[2],
        authors=authors,
        title=fields["title"],
        year=int(year),
        container=fields.get("journal") or fields.get("booktitle"),
        publisher=fields.get("publisher"),
        volume=fields.get("volume"),
        number=fields.get("number"),
        pages=re.sub(r"\s*[-–]+\s*", "-", fields["pages"]) if "pages" in fields else None,
        doi=fields.get("doi"),
    )


def parse_fields(text: str, place: int) -> dict[str, str]:
    """Field names in lower case to their plain values. Raises InvalidArgument."""
    fields: dict[str, str] = {}
    while True:
        rest = text[place:].lstrip(" \t\r\n,")
        place = len(text) - len(rest)
        if rest.startswith("}"):
            if rest[1:].strip():
                raise InvalidArgument("bibtex: give one entry only")
            return {name: value for name, value in fields.items() if value}
        match = FIELD.match(text, place)
        if match is None:
            raise InvalidArgument(
                f"bibtex: cannot read '{rest[:30]}'; a field is name = {{value}}, the entry ends in }}"
            )
        value, place = read_value(text, match.end())
        fields[match[1].lower()] = " ".join(value.replace("{", "").replace("}", "").split())


def read_value(text: str, place: int) -> tuple[str, int]:
    """A value in braces, in quotes or a number, and where it ends. Raises InvalidArgument."""
    number = re.compile(r"[0-9]+").match(text, place)
    if number:
        return number[0], number.end()
    opened = text[place : place + 1]
    depth = 0
    for end in range(place + 1, len(text)) if opened in ("{", '"') else ():
        char = text[end]
        if depth == 0 and char == ("}" if opened == "{" else '"'):
            return text[place + 1 : end], end + 1
        depth += (char == "{") - (char == "}")
    raise InvalidArgument(f"bibtex: the value at '{text[place : place + 30]}' is not closed")


def parse_name(text: str) -> Name:
    """`Knuth, Donald E.` or `Donald E. Knuth`; the last word is the family name unless a comma tells."""
    family, comma, given = (part.strip() for part in text.partition(","))
    if not comma:
        given, _, family = text.strip().rpartition(" ")
    return Name(given=given.strip(), family=family)


def write_entry(entry: Entry) -> str:
    """The BibTeX text."""
    names = " and ".join(f"{name.family}, {name.given}" if name.given else name.family for name in entry.authors)
    container = "booktitle" if entry.kind == "inproceedings" else "journal"
    pairs = [
        ("author", names), ("title", entry.title), ("year", str(entry.year)), (container, entry.container),
        ("publisher", entry.publisher), ("volume", entry.volume), ("number", entry.number), ("pages", entry.pages),
        ("doi", entry.doi),
    ]  # fmt: skip
    lines = [f"  {name} = {{{value}}}" for name, value in pairs if value]
    return f"@{entry.kind}{{{entry.key},\n" + ",\n".join(lines) + "\n}"


def make_key(authors: list[Name], title: str, year: int) -> str:
    """`knuth1984literate`: first family name, year, first word of the title that is no article."""
    words = [word for word in re.findall(r"[a-z0-9]+", title.lower()) if word not in ("a", "an", "the")] or ["untitled"]
    family = "".join(re.findall(r"[a-z]+", authors[0].family.lower())) or "anon"
    return f"{family}{year}{words[0]}"[:60]
