"""Diversity of queries: words, distinct-n, nearest neighbours, openings."""

from itertools import combinations

import pytest

from toolgrad_local.report.diversity import distinct_share, measure_diversity
from toolgrad_local.report.paper import PAPER
from toolgrad_local.report.similarity import nearest_neighbours
from toolgrad_local.report.text import count_sentences, ngrams, split_words
from toolgrad_local.seeding import derive_seed

WORDS = ("book", "find", "hotel", "flight", "paris", "tokyo", "two", "nights", "cheap", "weather", "the", "a", "in")


def draw_query(number: int) -> tuple[str, ...]:
    """Up to nine words decided by the number."""
    length = derive_seed("length", number) % 10
    return tuple(WORDS[derive_seed("word", number, place) % len(WORDS)] for place in range(length))


def compare_sets(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    """The Jaccard index of the word pairs, by its definition."""
    a, b = (set(ngrams(words, 2)) or {words} for words in (first, second))
    return len(a & b) / len(a | b)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("What's on?", ("what's", "on"), id="apostrophe"),
        pytest.param("On 2024-05-09 at 14:30, 3.5 km", ("on", "2024-05-09", "at", "14:30", "3.5", "km"), id="figures"),
        pytest.param("ann@mail.example", ("ann@mail.example",), id="address"),
        pytest.param("Où est-ce?", ("où", "est-ce"), id="accents"),
        pytest.param(" ...!? ", (), id="no word"),
    ],
)
def test_words_are_split_and_lowered(text: str, words: tuple[str, ...]) -> None:
    assert split_words(text) == words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("Book it.", 1, id="one"),
        pytest.param("Is it open? Then book it! Thanks", 3, id="rest without a stop"),
        pytest.param("It costs 3.50 at example.com today", 1, id="stops inside words"),
        pytest.param("Of Apple Inc. (AAPL)? Please tell.", 2, id="stop before a bracket"),
        pytest.param("今日は雨ですか。明日は？", 2, id="other stops"),
        pytest.param("", 0, id="nothing"),
    ],
)
def test_sentences_are_counted(text: str, sentences: int) -> None:
    assert count_sentences(text) == sentences


def test_distinct_n_is_different_runs_over_all_runs() -> None:
    worded = [("a", "b", "a"), ("a", "b")]
    assert distinct_share(worded, 1) == 0.4
    assert distinct_share(worded, 2) == round(2 / 3, 4)
    assert distinct_share(worded, 3) == 1.0
    assert distinct_share(worded, 4) == 0.0


def test_the_nearest_neighbour_is_what_comparing_all_pairs_gives() -> None:
    queries = [draw_query(number) for number in range(150)]
    best = [0.0] * len(queries)
    for a, b in combinations(range(len(queries)), 2):
        value = compare_sets(queries[a], queries[b])
        best[a], best[b] = max(best[a], value), max(best[b], value)
    assert nearest_neighbours(queries) == pytest.approx(best)
    assert len(set(best)) > 5


def test_a_query_is_not_its_own_neighbour() -> None:
    assert nearest_neighbours([("a", "b", "c")]) == [0.0]
    assert nearest_neighbours([("a", "b", "c"), ("a", "b", "c"), ("x", "y")]) == [1.0, 1.0, 0.0]


def test_openings_and_lengths_are_counted() -> None:
    found = measure_diversity(["What is it?", "What is that?", "Book " + "a very " * 10 + "good room."])
    assert found is not None
    assert [(opening.words, opening.queries) for opening in found.openings] == [("what is", 2), ("book a", 1)]
    assert found.different_openings == 2
    assert found.commonest_opening_share == round(2 / 3, 4)
    assert found.lengths == (2, 0, 1)
    assert found.words_median == 3
    assert found.one_paragraph_share == 1


def test_no_query_has_no_measures() -> None:
    assert measure_diversity([]) is None


def test_a_query_without_words_is_measured_too() -> None:
    found = measure_diversity(["...", "???"])
    assert found is not None
    assert (found.distinct, found.self_similarity, found.lengths) == ((0.0, 0.0, 0.0), 1.0, (2,))


def test_the_papers_example_queries_are_long_single_paragraphs() -> None:
    assert [query.paragraphs for query in PAPER.queries] == [1, 1, 1]
    assert min(query.words for query in PAPER.queries) > 30
