"""The words of a text that carry its meaning."""

import re
from functools import lru_cache

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
SHORTEST_WORD = 3
FUNCTION_WORDS = frozenset((
    "the", "and", "for", "with", "from", "that", "this", "what", "which", "who", "whom", "when", "where", "how",
    "many", "much", "are", "was", "were", "has", "have", "had", "can", "could", "would", "should", "will", "does",
    "did", "please", "also", "then", "there", "their", "them", "they", "you", "your", "his", "her", "its", "our",
    "one", "two", "all", "any", "some", "each", "every", "other", "another", "into", "onto", "about", "than", "out",
    "off", "not", "but", "user", "users", "give", "tell", "show", "get", "find", "list", "want", "need", "like",
    "let", "know", "help", "make", "first", "last", "whether", "between", "same", "given", "such", "only", "more",
    "most", "may", "might", "been", "being",
))  # fmt: skip
"""Words that no call is recognised by."""
BACK_REFERENCE = re.compile(r"\b(the|those|these|all|other) (?:two|three|four)\b(?!-)", re.I)


def drop_back_references(text: str) -> str:
    """The text without numbers that only count what was spoken of: `the two airports`."""
    return BACK_REFERENCE.sub(r"\1", text)


@lru_cache(maxsize=4096)
def content_words(text: str) -> frozenset[str]:
    """The stems of the text's words, lower case, without function words and without words of two letters."""
    return frozenset(
        stem_word(word)
        for word in (found.group(0).lower().removesuffix("'s") for found in WORD.finditer(text))
        if len(word) >= SHORTEST_WORD and word not in FUNCTION_WORDS
    )


@lru_cache(maxsize=50_000)
def stem_word(word: str) -> str:
    """The word's stem by the English Snowball stemmer."""
    import snowballstemmer

    stem: str = snowballstemmer.stemmer("english").stemWord(word)
    return stem
