"""The common English words that the language domains share, with senses from WordNet and sounds from CMUdict."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from mock_apis.core.data import load_rows
from mock_apis.core.entities import Entity
from mock_apis.core.errors import NotFound

Word = Annotated[str, Field(pattern=r"^[a-z]+$"), Entity("word.lemma")]
"""A lower-case English word."""
LONGEST_WORD = 40


@cache
def all_words() -> dict[str, dict[str, Any]]:
    """About 20,000 words, most frequent first, then the forms of words in alphabetical order."""
    return {row["word"]: row for row in load_rows("english_words")}


def find_word(word: str) -> dict[str, Any]:
    """The row of a word. Raises NotFound."""
    row = all_words().get(word)
    if row is None:
        raise NotFound(f"no word '{word[:LONGEST_WORD]}' in this word list; see word_games_match_pattern")
    return row


def base_of(word: str) -> str:
    """The base form of a known word; itself for a base form. Raises NotFound."""
    base: str = find_word(word).get("base", word)
    return base


def is_unicode(text: str) -> bool:
    """Whether the text has a UTF-8 form, that is, no half of a surrogate pair."""
    return not any("\ud800" <= char <= "\udfff" for char in text)
