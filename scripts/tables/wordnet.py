"""The senses of the common words, with the chains of more general senses above them."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from tables._wordnet import (
    UNFIT_WORDS,
    WORDNET,
    WORDNET_VERSION,
    Synset,
    common_words,
    is_fit,
    senses,
    synsets,
    tags,
)

SOURCE = f"WordNet 3.1 (Princeton University), from npm {WORDNET}@{WORDNET_VERSION}"
LICENCE = "WordNet License (permissive)"
ATTRIBUTION = "WordNet 3.1 Copyright 2011 by Princeton University. All rights reserved."
NOTE = (
    "A subset: of common lower-case words the senses that WordNet's tagged texts have, at most three a part of speech, "
    "and every more general sense. Single persons and places, and offensive senses, are left out. A sense is named "
    "after its first word, its part of speech and its place among that word's senses; table english_words gives the "
    "senses of a word."
)
MOST_SENSES = 3
"""Senses of a word in one part of speech that are kept."""


def build() -> Iterator[dict[str, Any]]:
    """Senses in the order of their names."""
    wanted = {key for word in common_words() for key in word_senses(word)}
    for key in list(wanted):
        wanted |= above(key)
    names = {key: sense_name(synsets()[key]) for key in wanted}
    for key in sorted(wanted, key=lambda key: names[key]):
        yield describe(synsets()[key], names)


def word_senses(word: str) -> list[tuple[str, int]]:
    """The senses that are kept, those met most often first."""
    keys: list[tuple[str, int]] = []
    for part in "nvar":
        offsets = [offset for offset in senses().get((word, part), ()) if shows(word, synsets()[part, offset])]
        tagged = [offset for offset in offsets if tags()[word, part, offset]]
        keys += [(part, offset) for offset in tagged[:MOST_SENSES]]
    return sorted(keys, key=lambda key: -tags()[(word, *key)]) or first_sense(word)


def first_sense(word: str) -> list[tuple[str, int]]:
    """The first fit sense of a word that the tagged texts do not have."""
    keys = [(part, offset) for part in "nvar" for offset in senses().get((word, part), ())]
    return [key for key in keys if shows(word, synsets()[key])][:1]


def shows(word: str, synset: Synset) -> bool:
    """Whether the sense is fit, and of the word as it is written in lower case."""
    return is_fit(synset) and word in synset.words


@cache
def above(key: tuple[str, int]) -> frozenset[tuple[str, int]]:
    """Every more general sense."""
    found: set[tuple[str, int]] = set()
    for target in targets(synsets()[key], "@"):
        found |= {target} | above(target)
    return frozenset(found)


def targets(synset: Synset, symbol: str) -> list[tuple[str, int]]:
    """Where the pointers of a symbol lead."""
    return [(part, offset) for sign, part, offset, _, _ in synset.pointers if sign == symbol]


@cache
def sense_name(synset: Synset) -> str:
    """`dog.n.01`: the first word, the part of speech, and the place among that word's senses."""
    word = synset.words[0]
    return f"{word.lower()}.{synset.part}.{senses()[word.lower(), synset.part].index(synset.offset) + 1:02d}"


def describe(synset: Synset, names: dict[tuple[str, int], str]) -> dict[str, Any]:
    """The row of a sense."""
    definition = re.split(r'[;:] ?"', synset.gloss)[0].strip(" ;")
    examples = re.findall(r'[;:] ?"([^"]+)"', synset.gloss)
    antonyms = [
        [synset.words[here - 1], synsets()[part, offset].words[there - 1]]
        for symbol, part, offset, here, there in synset.pointers
        if symbol == "!" and here
    ]
    row: dict[str, Any] = {
        "sense": names[synset.part, synset.offset],
        "definition": definition,
        "words": [word.replace("_", " ") for word in synset.words if word.lower() not in UNFIT_WORDS],
    }
    lists = {
        "examples": examples[:1],
        "antonyms": [[here.replace("_", " "), there.replace("_", " ")] for here, there in antonyms],
        "above": [names[key] for key in targets(synset, "@") if key in names],
        "parts": [names[key] for key in targets(synset, "%p") if key in names],
        "similar": [names[key] for key in targets(synset, "&") if key in names],
    }
    return row | {key: value for key, value in lists.items() if value}
