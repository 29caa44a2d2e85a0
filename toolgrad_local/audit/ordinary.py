"""Which English words are too ordinary to be said by chance."""

from functools import cache, lru_cache
from typing import Any

from mock_apis.core.data import load_rows

FUNCTION_WORDS = frozenset((
    "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "before", "being", "between", "both", "but", "by", "can", "could", "did", "do", "does", "doing", "down",
    "during", "each", "few", "for", "from", "further", "had", "has", "have", "having", "he", "her", "here", "hers",
    "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "me", "more", "most", "my", "no",
    "nor", "not", "now", "of", "on", "once", "only", "or", "other", "our", "out", "over", "own", "please", "same",
    "she", "should", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they",
    "this", "those", "through", "to", "too", "under", "until", "up", "very", "was", "we", "were", "what", "when",
    "where", "which", "while", "who", "whom", "why", "will", "with", "would", "you", "your", "us", "may", "might",
    "must", "shall",
))  # fmt: skip
"""Articles, pronouns, prepositions, conjunctions and auxiliaries."""


@cache
def load_common_words() -> frozenset[str]:
    """The frequent English words that the catalog's word list holds, lower case."""
    return frozenset(row["word"] for row in load_rows("english_words"))


def is_common(word: str) -> bool:
    """True if the word, lower case, is frequent in English; some names are."""
    return word in FUNCTION_WORDS or word in load_common_words()


@lru_cache(maxsize=8192)
def noun_forms(word: str) -> frozenset[str]:
    """The word, its plural and its singular."""
    if len(word) < 3 or not word.isalpha() or word in FUNCTION_WORDS:
        return frozenset({word})
    engine = load_inflect()
    singular = engine.singular_noun(word)
    if singular and engine.plural_noun(singular) == word:
        return frozenset({word, str(singular)})
    return frozenset({word, str(engine.plural_noun(word))})


@cache
def load_inflect() -> Any:
    """The inflection engine; its import takes a second."""
    import inflect

    return inflect.engine()
