"""Similarity by shared words: cosine of TF-IDF vectors. It does not know that a car is a vehicle."""

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, partial

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.negatives.ranking import Ranking, describe_for_ranking, order_by_score

Vector = dict[str, float]
LEXICAL = "lexical"
WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Lexical:
    """The fallback that needs no model."""

    @property
    def name(self) -> str:
        """So that nobody takes it for embeddings."""
        return LEXICAL

    def rank(self, catalog: Catalog) -> Ranking:
        """The ranking among a catalog's tools; a tool's is worked out when it is first asked for."""
        texts = {name: describe_for_ranking(tool) for name, tool in catalog.tools.items()}
        return cache(partial(rank_by_words, weigh_words(texts)))


def weigh_words(texts: dict[str, str]) -> dict[str, Vector]:
    """A unit vector a text: (1 + ln tf) · ln((1 + n) / (1 + df)) for each of its words."""
    counts = {name: Counter(WORD.findall(text.lower())) for name, text in texts.items()}
    spread = Counter(word for words in counts.values() for word in words)
    rarity = {word: math.log((1 + len(texts)) / (1 + found)) for word, found in spread.items()}
    weighed = {
        name: {word: (1 + math.log(count)) * rarity[word] for word, count in words.items()}
        for name, words in counts.items()
    }
    return {name: scale_to_unit(vector) for name, vector in weighed.items()}


def scale_to_unit(vector: Vector) -> Vector:
    """The vector with length 1; one without length as it is."""
    length = math.sqrt(math.fsum(weight * weight for weight in vector.values())) or 1.0
    return {word: weight / length for word, weight in vector.items()}


def rank_by_words(vectors: dict[str, Vector], name: str) -> tuple[str, ...]:
    """The other tools, most similar first."""
    own = vectors[name]
    scores = {
        other: math.fsum(weight * vector[word] for word, weight in own.items() if word in vector)
        for other, vector in vectors.items()
    }
    return order_by_score(scores, name)
