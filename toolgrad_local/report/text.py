"""Words and sentences of a query, counted the same way everywhere in the report."""

import re

WORD = re.compile(r"[^\W_]+(?:['’.,:/@+-][^\W_]+)*")
SENTENCE_END = re.compile(r"(?:[.!?]+[\"'”’)]*(?:\s+(?!\()|$)|[。！？]+)")


def split_words(text: str) -> tuple[str, ...]:
    """Lower-case words in order; `2024-05-09`, `14:30`, `e-mail` and `don't` are one word each."""
    return tuple(WORD.findall(text.lower()))


def count_sentences(text: str) -> int:
    """Stretches of text that end with a full stop, a question mark or an exclamation mark, and the rest if any.

    A stop before a bracket ends none (`Inc. (AAPL)`); other abbreviations are not known and count as ends.
    """
    return sum(any(character.isalnum() for character in part) for part in SENTENCE_END.split(text))


def ngrams(words: tuple[str, ...], size: int) -> list[tuple[str, ...]]:
    """All runs of `size` words, in order, with repetitions."""
    return [words[i : i + size] for i in range(len(words) - size + 1)]
