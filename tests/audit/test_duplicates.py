"""Near-duplicates are found exactly, as comparing every pair would."""

import pytest

from mock_apis.core.world import Draw
from toolgrad_local.audit.duplicates import MOST_SHARED, find_duplicates, overlap, shingle

WORDS = ("book", "a", "flight", "from", "Oslo", "to", "Lima", "on", "Monday", "please", "and", "then", "tell", "me")
TASK = "Please add the task Buy stamps to my list for Monday, and remind me of it at nine"


def find_by_brute_force(queries: list[str]) -> dict[int, int]:
    """Every query against every earlier one that repeats none itself."""
    shingled = [shingle(query) for query in queries]
    repeated: dict[int, int] = {}
    for index in range(len(queries)):
        for other in range(index):
            if other not in repeated and overlap(shingled[index], shingled[other]) >= MOST_SHARED:
                repeated[index] = other
                break
    return repeated


def draw_queries(draw: Draw, count: int) -> list[str]:
    """Texts of few words; every other one is an earlier one with some words changed."""
    queries: list[list[str]] = []
    for _ in range(count):
        if queries and draw.chance(0.5):
            words = list(draw.pick(queries))
            for _ in range(draw.between(0, 2)):
                words[draw.between(0, len(words) - 1)] = draw.pick(WORDS)
        else:
            words = [draw.pick(WORDS) for _ in range(draw.between(1, 40))]
        queries.append(words)
    return [" ".join(words) for words in queries]


@pytest.mark.parametrize("seed", range(4))
def test_as_many_are_found_as_by_comparing_every_pair(seed: int) -> None:
    queries = draw_queries(Draw(seed, "queries"), 300)
    found = find_duplicates(queries)
    assert found == find_by_brute_force(queries)
    assert 20 < len(found) < 280


@pytest.mark.parametrize(
    ("query", "same"),
    [
        pytest.param(TASK, True, id="the same"),
        pytest.param(TASK.upper().replace(",", " -"), True, id="case and signs aside"),
        pytest.param(f"{TASK}, thanks", True, id="a word more"),
        pytest.param(TASK.replace("stamps", "bread"), False, id="another value in the middle"),
        pytest.param("How far is it from Oslo to Lima?", False, id="something else"),
    ],
)
def test_a_query_that_asks_nearly_the_same_is_a_duplicate(query: str, same: bool) -> None:
    assert find_duplicates([TASK, query]) == ({1: 0} if same else {})


def test_a_duplicate_is_told_of_the_first_query_that_it_repeats() -> None:
    assert find_duplicates([TASK, "Hello", TASK, TASK, "Hello"]) == {2: 0, 3: 0, 4: 1}


def test_short_queries_are_compared_whole() -> None:
    assert find_duplicates(["Hi", "hi!", "Hi you", "", " "]) == {1: 0, 4: 3}
