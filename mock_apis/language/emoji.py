"""Emoji of Unicode up to emoji version 13.1, without skin tone variants."""

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import CountryCode, Entity, Limit
from mock_apis.core.errors import InvalidArgument, NotFound

emoji = Domain("emoji", category="language", description="Find, name and replace emoji (Unicode, up to version 13.1).")

Emoji = Annotated[str, Entity("emoji.character")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9_-]+$"), Entity("emoji.slug")]
"""thumbs_up"""
Group = Literal[
    "Smileys & Emotion",
    "People & Body",
    "Animals & Nature",
    "Food & Drink",
    "Travel & Places",
    "Activities",
    "Objects",
    "Symbols",
    "Flags",
]
LONGEST = 1000
VARIATION = "\ufe0f"


class EmojiName(Record):
    emoji: Emoji
    slug: Slug


class EmojiList(Record):
    total: int
    emoji: list[EmojiName]


class EmojiFacts(Record):
    emoji: Emoji
    slug: Slug
    name: str
    group: Group
    emoji_version: str
    skin_tones: bool
    """Whether it comes in skin tones."""
    code_points: list[str]


class Flag(Record):
    country: CountryCode
    emoji: Emoji
    slug: Slug


class Text(Record):
    text: str
    replaced: int


class PlainText(Record):
    plain_text: str
    replaced: int


@cache
def by_slug() -> dict[str, dict[str, Any]]:
    """Every emoji by slug, in Unicode's order."""
    return {row["slug"]: row for row in load_rows("emoji")}


@cache
def by_character() -> dict[str, dict[str, Any]]:
    """Every emoji by its characters, with and without the sign that asks for colour."""
    found = {row["emoji"].replace(VARIATION, ""): row for row in load_rows("emoji")}
    return found | {row["emoji"]: row for row in load_rows("emoji")}


@emoji.tool(example={"query": "cat", "group": "Animals & Nature"}, kind="data")
def search(w: World, query: str, group: Group | None = None, limit: Limit = 5) -> EmojiList:
    """Find emoji by words of their English name.

    query: Words that the name holds, such as red heart; case does not matter.
    group: Only emoji of this Unicode group.
    limit: At most this many, in Unicode's order.
    """
    wanted = query.lower().split()[:10]
    found = [
        EmojiName(emoji=row["emoji"], slug=slug)
        for slug, row in by_slug().items()
        if group in (None, row["group"]) and all(word in row["name"].lower() for word in wanted)
    ]
    return EmojiList(total=len(found), emoji=found[:limit])


@emoji.tool(example={"slug": "thumbs_up"}, errors=[NotFound], kind="data")
def get(w: World, slug: Slug) -> EmojiFacts:
    """Get the emoji of a slug with its group and code points.

    slug: Name in lower case with underscores, as given by emoji_search.
    """
    row = by_slug().get(slug)
    if row is None:
        raise NotFound(f"no emoji '{slug[:60]}'; see emoji_search")
    return describe(row)


@emoji.tool(example={"emoji": "@emoji_search.emoji[0].emoji"}, errors=[NotFound], kind="data")
def identify(w: World, emoji: Emoji) -> EmojiFacts:
    """Name an emoji that is given as a character.

    emoji: A single emoji without a skin tone.
    """
    row = by_character().get(emoji)
    if row is None:
        raise NotFound("emoji: this is no single emoji known here; see emoji_search")
    return describe(row)


@emoji.tool(example={"country": "JP"}, errors=[NotFound], kind="data")
def flag_of(w: World, country: CountryCode) -> Flag:
    """Get the flag emoji of a country.

    country: ISO 3166-1 alpha-2 code such as JP.
    """
    row = by_character().get("".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in country))
    if row is None:
        raise NotFound(f"no flag emoji for country '{country}'")
    return Flag(country=country, emoji=row["emoji"], slug=row["slug"])


@emoji.tool(example={"text": "Lunch? 🍕👍"}, kind="computation")
def to_names(w: World, text: str) -> PlainText:
    """Replace every emoji in a text by its slug between colons.

    text: Text of at most 1000 characters; skin tones stay as they are.
    """
    require_text(text)
    parts: list[str] = []
    place = replaced = 0
    while place < len(text):
        for size in range(8, 0, -1):
            row = by_character().get(text[place : place + size])
            if row is not None and len(text[place : place + size]) == size and not text[place].isascii():
                parts.append(f":{row['slug']}:")
                place, replaced = place + size, replaced + 1
                break
        else:
            parts.append(text[place])
            place += 1
    return PlainText(plain_text="".join(parts), replaced=replaced)


@emoji.tool(example={"text": "Well done :thumbs_up:"}, kind="computation")
def from_names(w: World, text: str) -> Text:
    """Replace every known slug between colons in a text by its emoji.

    text: Text of at most 1000 characters; unknown names stay as they are.
    """
    require_text(text)
    first, *rest = text.split(":")
    result, replaced, open_colon = first, 0, True
    for place, part in enumerate(rest):
        if open_colon and place + 1 < len(rest) and part in by_slug():
            result, replaced, open_colon = result + by_slug()[part]["emoji"], replaced + 1, False
        else:
            result, open_colon = result + (":" if open_colon else "") + part, True
    return Text(text=result, replaced=replaced)


def require_text(text: str) -> None:
    """Raises InvalidArgument on a text that is too long or has no UTF-8 form."""
    if len(text) > LONGEST or any("\ud800" <= char <= "\udfff" for char in text):
        raise InvalidArgument(f"text: give at most {LONGEST} characters, no half of a surrogate pair")


def describe(row: dict[str, Any]) -> EmojiFacts:
    """The facts on an emoji."""
    return EmojiFacts(
        emoji=row["emoji"],
        slug=row["slug"],
        name=row["name"],
        group=row["group"],
        emoji_version=row["version"],
        skin_tones=row["skin_tones"],
        code_points=[f"U+{ord(char):04X}" for char in row["emoji"]],
    )
