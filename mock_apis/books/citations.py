"""References in BibTeX, RIS and three citation styles. Titles keep the letter case they are given in."""

import re
from typing import Annotated

from pydantic import Field

from mock_apis.books.bibtex import Entry, EntryKind, make_key, parse_entry, parse_name, write_entry
from mock_apis.books.catalogue import BOOKS, BookId
from mock_apis.books.styles import Style, write_reference
from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import InvalidArgument, NotFound
from mock_apis.identifiers.publication_ids import Doi

citations = Domain("citations", category="books", description="Make, read and format bibliographic references.")

Bibtex = Annotated[str, Entity("bibtex.entry")]
Ris = Annotated[str, Entity("ris.record")]
DOI = re.compile(r"\b10\.[0-9]{4,9}/[A-Za-z0-9./:()_;-]+")
PLAIN = re.compile(r"[^{}\\\n\r@\"=]{1,200}")
KNUTH = (
    "@article{knuth1984literate,\n  author = {Knuth, Donald E.},\n  title = {Literate Programming},\n  year = {1984},\n"
    "  journal = {The Computer Journal},\n  volume = {27},\n  number = {2},\n  pages = {97-111},\n"
    "  doi = {10.1093/comjnl/27.2.97}\n}"
)
RIS_KINDS: dict[EntryKind, str] = {"book": "BOOK", "article": "JOUR", "inproceedings": "CONF", "misc": "GEN"}


class Reference(Record):
    bibtex: Bibtex


class Formatted(Record):
    style: Style
    reference: str


class InText(Record):
    style: Style
    citation: str


class RisRecord(Record):
    ris: Ris


class Dois(Record):
    total: int
    dois: list[Doi]


class Bibliography(Record):
    style: Style
    references: list[str]


@citations.tool(
    example={"kind": "book", "authors": ["Mary Shelley"], "title": "Frankenstein", "year": 1818}, kind="computation"
)
def make(
    w: World,
    kind: EntryKind,
    authors: Annotated[list[str], Field(min_length=1, max_length=10)],
    title: str,
    year: Annotated[int, Field(ge=1000, le=2100)],
    published_in: str | None = None,
) -> Reference:
    """Make a BibTeX entry from authors, title, year and place of publication.

    kind: What kind of work it is.
    authors: Full names, given names first, or family name, comma, given names.
    title: Title of at most 200 characters, without braces, quotes or line breaks.
    year: Year of publication.
    published_in: Journal of an article, proceedings of a paper, else the publisher.
    """
    for name, text in (("title", title), *(("authors", author) for author in authors), ("published_in", published_in)):
        if text is not None and not (PLAIN.fullmatch(text) and re.search(r"\w", text) and is_line(text)):
            raise InvalidArgument(f"{name}: give 1 to 200 characters without braces, quotes, @, = or line breaks")
    names = [parse_name(author) for author in authors]
    inside = kind in ("article", "inproceedings")
    entry = Entry(
        kind=kind,
        key=make_key(names, title, year),
        authors=names,
        title=title.strip(),
        year=year,
        container=published_in if inside else None,
        publisher=None if inside else published_in,
        volume=None,
        number=None,
        pages=None,
        doi=None,
    )
    return Reference(bibtex=write_entry(entry))


@citations.tool(example={"book_id": "@library_search.books[0].book_id"}, errors=[NotFound], kind="generated")
def from_library_book(w: World, book_id: BookId) -> Reference:
    """Make a BibTeX entry of a book in the fictional town library.

    book_id: The book, as given by library_search.
    """
    book = BOOKS.get(w, book_id)
    names = [parse_name(book.author)]
    entry = Entry(
        kind="book",
        key=make_key(names, book.title, book.year),
        authors=names,
        title=book.title,
        year=book.year,
        container=None,
        publisher=book.publisher,
        volume=None,
        number=None,
        pages=None,
        doi=None,
    )
    return Reference(bibtex=write_entry(entry))


@citations.tool(example={"bibtex": KNUTH}, kind="computation")
def parse(w: World, bibtex: Bibtex) -> Entry:
    """Read the authors, title, year and other fields of a BibTeX entry.

    bibtex: One @book, @article, @inproceedings or @misc entry of at most 3000 characters.
    """
    return parse_entry(bibtex)


@citations.tool(example={"bibtex": "@citations_make.bibtex", "style": "mla"}, kind="computation")
def format_(w: World, bibtex: Bibtex, style: Style = "apa") -> Formatted:
    """Write a BibTeX entry as a reference in a citation style, as plain text.

    bibtex: One entry, as given by citations_make.
    style: APA 7, MLA 9 or Chicago author-date.
    """
    return Formatted(style=style, reference=write_reference(parse_entry(bibtex), style))


@citations.tool(example={"bibtex": "@citations_make.bibtex", "page": 42}, kind="computation")
def in_text(
    w: World, bibtex: Bibtex, style: Style = "apa", page: Annotated[int, Field(ge=1, le=9999)] | None = None
) -> InText:
    """Write the short citation in brackets that stands in the running text.

    bibtex: One entry, as given by citations_make.
    style: APA 7, MLA 9 or Chicago author-date.
    page: Page that is cited; the whole work if left out.
    """
    entry = parse_entry(bibtex)
    families = [name.family for name in entry.authors]
    few = 3 if style == "chicago" else 2
    joint = " & " if style == "apa" else " and "
    last = f"{',' * (len(families) > 2)}{joint}{families[-1]}" if len(families) > 1 else ""
    who = ", ".join(families[: max(1, len(families) - 1)]) + last
    if len(families) > few:
        who = f"{families[0]} et al."
    where = {"apa": f", {entry.year}", "mla": "", "chicago": f" {entry.year}"}[style]
    if page is not None:
        where += {"apa": f", p. {page}", "mla": f" {page}", "chicago": f", {page}"}[style]
    return InText(style=style, citation=f"({who}{where})")


@citations.tool(example={"bibtex": "@citations_make.bibtex"}, kind="computation")
def to_ris(w: World, bibtex: Bibtex) -> RisRecord:
    """Turn a BibTeX entry into a RIS record for reference managers.

    bibtex: One entry, as given by citations_make.
    """
    entry = parse_entry(bibtex)
    first, _, last = (entry.pages or "").partition("-")
    pairs = [
        ("TY", RIS_KINDS[entry.kind]),
        *(("AU", f"{name.family}, {name.given}".removesuffix(", ")) for name in entry.authors),
        ("TI", entry.title), ("PY", str(entry.year)), ("T2", entry.container), ("PB", entry.publisher),
        ("VL", entry.volume), ("IS", entry.number), ("SP", first), ("EP", last), ("DO", entry.doi),
    ]  # fmt: skip
    return RisRecord(ris="\n".join([f"{tag}  - {value}" for tag, value in pairs if value] + ["ER  - "]))


@citations.tool(example={"ris": "@citations_to_ris.ris"}, kind="computation")
def from_ris(w: World, ris: Ris) -> Reference:
    """Turn a RIS record into a BibTeX entry.

    ris: One record of at most 3000 characters, from TY to ER, with AU, TI and PY.
    """
    found: dict[str, list[str]] = {}
    for tag, value in re.findall(r"(?m)^([A-Z][A-Z0-9])  - ?(.*?)\s*$", ris[:3000]):
        found.setdefault(tag, []).append(re.sub(r"[{}]", "", value))
    first = {tag: values[0] for tag, values in found.items() if values[0].strip()}
    kinds = {code: kind for kind, code in RIS_KINDS.items()}
    authors = [parse_name(name) for name in found.get("AU", []) if name.strip()]
    year = re.match(r"[0-9]{4}", first.get("PY", ""))
    title = first.get("TI") or first.get("T1")
    if not (authors and title and year and is_line(title)) or len(ris) > 3000 or len(authors) > 10:
        raise InvalidArgument("ris: a record needs TY, 1 to 10 AU, TI and PY with a year, in at most 3000 characters")
    entry = Entry(
        kind=kinds.get(first.get("TY", ""), "misc"),
        key=make_key(authors, title, int(year[0])),
        authors=authors,
        title=title,
        year=int(year[0]),
        container=first.get("T2") or first.get("JO"),
        publisher=first.get("PB"),
        volume=first.get("VL"),
        number=first.get("IS"),
        pages="-".join(first[tag] for tag in ("SP", "EP") if tag in first) or None,
        doi=first.get("DO"),
    )
    return Reference(bibtex=write_entry(entry))


@citations.tool(example={"entries": [KNUTH, "@citations_make.bibtex"], "style": "chicago"}, kind="computation")
def bibliography(
    w: World, entries: Annotated[list[Bibtex], Field(min_length=1, max_length=10)], style: Style = "apa"
) -> Bibliography:
    """Format several BibTeX entries as an alphabetical list without duplicates.

    entries: One to ten BibTeX entries.
    style: APA 7, MLA 9 or Chicago author-date.
    """
    parsed = [parse_entry(text) for text in entries]
    parsed.sort(key=lambda entry: ([name.family.casefold() for name in entry.authors], entry.year, entry.title))
    lines = [write_reference(entry, style) for entry in parsed]
    return Bibliography(style=style, references=list(dict.fromkeys(lines)))


@citations.tool(example={"text": "See https://doi.org/10.1093/comjnl/27.2.97."}, kind="computation")
def find_dois(w: World, text: str) -> Dois:
    """Find the DOIs that a text contains, in order and without repeats.

    text: Text of at most 3000 characters, for example a reference list.
    """
    if len(text) > 3000:
        raise InvalidArgument(f"text has {len(text)} characters, over 3000")
    found = list(dict.fromkeys(match.rstrip(".,;:)") for match in DOI.findall(text)))
    return Dois(total=len(found), dois=found[:20])


def is_line(text: str) -> bool:
    """Whether the text is one printable line."""
    return text.replace("\u00a0", " ").isprintable()
