"""How much the queries of a run differ from one another."""

from collections import Counter
from collections.abc import Sequence
from statistics import mean, median

from toolgrad_local.data_model.base import Data
from toolgrad_local.report.similarity import nearest_neighbours
from toolgrad_local.report.text import count_sentences, ngrams, split_words

NEAR = 0.5
"""From this Jaccard index of word pairs on, two queries are near one another."""
SHOWN_OPENINGS = 12
BIN = 10
"""Words a bar of the length histogram."""


class Opening(Data):
    """The first two words of some queries."""

    words: str
    queries: int


class Diversity(Data):
    """Measures over a set of queries. All but the lengths depend on how many queries there are."""

    queries: int
    distinct: tuple[float, float, float]
    """Different runs of 1, 2 and 3 words over all such runs of all queries together (distinct-n)."""
    self_similarity: float
    """Mean over the queries of the Jaccard index of word pairs with the query that is nearest: 0 none alike, 1 all."""
    near_share: float
    """Share of the queries whose nearest one is at 0.5 or more."""
    openings: tuple[Opening, ...]
    """The most frequent first two words."""
    different_openings: int
    commonest_opening_share: float
    words_mean: float
    words_median: float
    sentences_mean: float
    one_paragraph_share: float
    lengths: tuple[int, ...]
    """Queries of 0-9, 10-19, ... words."""


def measure_diversity(queries: Sequence[str]) -> Diversity | None:
    """The measures, None without queries."""
    if not queries:
        return None
    worded = [split_words(query) for query in queries]
    nearest = nearest_neighbours(worded)
    openings = Counter(" ".join(words[:2]) for words in worded)
    ranked = sorted(openings.items(), key=lambda item: (-item[1], item[0]))
    lengths = Counter(len(words) // BIN for words in worded)
    return Diversity(
        queries=len(queries),
        distinct=(distinct_share(worded, 1), distinct_share(worded, 2), distinct_share(worded, 3)),
        self_similarity=round(mean(nearest), 4),
        near_share=round(sum(value >= NEAR for value in nearest) / len(nearest), 4),
        openings=tuple(Opening(words=words, queries=count) for words, count in ranked[:SHOWN_OPENINGS]),
        different_openings=len(openings),
        commonest_opening_share=round(ranked[0][1] / len(queries), 4),
        words_mean=round(mean(map(len, worded)), 2),
        words_median=median(map(len, worded)),
        sentences_mean=round(mean(map(count_sentences, queries)), 2),
        one_paragraph_share=round(sum("\n" not in query.strip() for query in queries) / len(queries), 4),
        lengths=tuple(lengths[i] for i in range(max(lengths) + 1)),
    )


def distinct_share(worded: Sequence[tuple[str, ...]], size: int) -> float:
    """Different runs of `size` words over all of them; 0 if no query is that long."""
    runs = [run for words in worded for run in ngrams(words, size)]
    return round(len(set(runs)) / len(runs), 4) if runs else 0.0
