"""How references are written in APA 7, MLA 9 and Chicago author-date style, as plain text."""

import re
from typing import Literal

from mock_apis.books.bibtex import Entry, Name

Style = Literal["apa", "mla", "chicago"]


def write_reference(entry: Entry, style: Style) -> str:
    """The reference in a style, without italics."""
    writers = {"apa": write_apa, "mla": write_mla, "chicago": write_chicago}
    return re.sub(r"([.?!])\.", r"\1", writers[style](entry))


def write_apa(entry: Entry) -> str:
    """Knuth, D. E. (1984). Title. Journal, 27(2), 97–111. https://doi.org/…"""
    names = [f"{name.family}, {initials(name)}".removesuffix(", ") for name in entry.authors]
    who = names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, & {names[-1]}"
    number = f"({entry.number})" if entry.number else ""
    volume = f", {entry.volume}{number}" if entry.volume else ""
    source = name_source(entry, volume, in_book=" (pp. {})", in_journal=", {}")
    doi = f" https://doi.org/{entry.doi}" if entry.doi else ""
    return f"{who}. ({entry.year}). {entry.title}." + (f" {source}." if source else "") + doi


def write_mla(entry: Entry) -> str:
    """Knuth, Donald E. "Title." Journal, vol. 27, no. 2, 1984, pp. 97-111."""
    parts = [
        entry.container, f"vol. {entry.volume}" if entry.volume else None,
        f"no. {entry.number}" if entry.number else None, entry.publisher, str(entry.year),
        f"{'pp' if '-' in entry.pages else 'p'}. {dashed(entry)}" if entry.pages else None,
        f"https://doi.org/{entry.doi}" if entry.doi else None,
    ]  # fmt: skip
    title = f'"{entry.title}."' if entry.container else f"{entry.title}."
    rest = ", ".join(part for part in parts if part)
    names = f"{inverted(entry.authors[0])}, et al." if len(entry.authors) > 2 else joined(entry.authors)
    return f"{names}. {title} {rest}."


def write_chicago(entry: Entry) -> str:
    """Knuth, Donald E. 1984. "Title." Journal 27 (2): 97–111."""
    title = f'"{entry.title}."' if entry.container else f"{entry.title}."
    number = f" ({entry.number})" if entry.number else ""
    volume = f" {entry.volume}{number}" if entry.volume else ""
    source = name_source(entry, volume, in_book=", {}", in_journal=": {}")
    doi = f" https://doi.org/{entry.doi}." if entry.doi else ""
    return f"{joined(entry.authors)}. {entry.year}. {title}" + (f" {source}." if source else "") + doi


def name_source(entry: Entry, volume: str, in_book: str, in_journal: str) -> str:
    """The proceedings or the journal with the pages in the style's form, and the publisher."""
    if entry.kind == "inproceedings":
        pages = in_book.format(dashed(entry)) if entry.pages else ""
        source = f"In {entry.container}{pages}" if entry.container else ""
        return ". ".join(filter(None, [source, entry.publisher or ""]))
    pages = in_journal.format(dashed(entry)) if entry.pages else ""
    return f"{entry.container}{volume}{pages}" if entry.container else entry.publisher or ""


def initials(name: Name) -> str:
    """D. E."""
    return " ".join(f"{part[0]}." for part in re.split(r"[\s.]+", name.given) if part)


def inverted(name: Name) -> str:
    """Family name first."""
    return f"{name.family}, {name.given}".removesuffix(", ")


def joined(names: list[Name]) -> str:
    """All names, the first one inverted."""
    rest = [f"{name.given} {name.family}".strip() for name in names[1:]]
    if not rest:
        return inverted(names[0])
    return ", ".join([inverted(names[0]), *rest[:-1]]) + f", and {rest[-1]}"


def dashed(entry: Entry) -> str:
    """Pages with an en dash."""
    return (entry.pages or "").replace("-", "–")
