from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.catalog.loader import Catalog, load_catalog
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.errors import JournalError
from toolgrad_local.negatives.stand_in import SERVING, Judge, close_equivalence

ODD = '''
from mock_apis.core import Domain
from mock_apis.core.world import World
odd = Domain("odd", category="odd", description="Equal things.")

@odd.tool(example={}, kind="computation", equivalent_to=("odd_two",))
def one(world: World) -> int:
    """Give one."""
    return 1

@odd.tool(example={}, kind="computation")
def two(world: World) -> int:
    """Give two."""
    return 2

@odd.tool(example={}, kind="computation", equivalent_to=("odd_two",))
def three(world: World) -> int:
    """Give three."""
    return 3
'''


@pytest.fixture
def judge(catalog: Catalog, make_sample: Callable[..., Trajectory]) -> Callable[..., str]:
    """The verdict on a tool in place of one call: `judge("cities_get", {"city": "Paris"}, "cities_search")`."""

    def give(tool: str, arguments: dict[str, Any], other: str, response: str = "Done.") -> str:
        sample = make_sample([(tool, arguments)], response=response)
        return Judge(sample, catalog, close_equivalence(catalog)).judge(other)

    return give


POINT = {"latitude": 48.85, "longitude": 2.35}


@pytest.mark.parametrize(
    ("tool", "arguments", "other", "response", "verdict"),
    [
        pytest.param("dictionary_base_form", {"word": "went"}, "grammar_singularize", "", "declared_equivalent",
                     id="declared"),
        pytest.param("grammar_singularize", {"word": "dogs"}, "dictionary_base_form", "", "declared_equivalent",
                     id="declared the other way"),
        pytest.param("text_tools_hash", {"text": "hi", "algorithm": "sha256"}, "code_utils_hash_text", "",
                     "declared_equivalent", id="another name for the same digest"),
        pytest.param("geocoding_reverse", POINT, "cities_nearest", "It is Paris in France, zone Europe/Paris.",
                     "half_answer", id="half of what the response says"),
        pytest.param("geocoding_reverse", POINT, "cities_nearest", "That is done.", "other_result",
                     id="nothing of it is said"),
        pytest.param("cities_get", {"city": "Paris"}, "parking_quote", "", "not_callable", id="other arguments"),
        pytest.param("airports_distance", {"origin": "JFK", "destination": "LHR"}, "trains_search", "",
                     "not_callable", id="more arguments"),
        pytest.param("cities_get", {"city": "Paris"}, "dictionary_base_form", "", "failed", id="an error"),
        pytest.param("notes_create", {"title": "Milk", "text": "Buy milk"}, "notes_search", "", "only_reads",
                     id="a write and a read"),
        pytest.param("bank_accounts", {}, "tasks_create", "", "writes", id="a read and a write"),
    ],
)  # fmt: skip
def test_a_tool_is_tried_with_the_gold_arguments(
    judge: Callable[..., str], tool: str, arguments: dict[str, Any], other: str, response: str, verdict: str
) -> None:
    assert judge(tool, arguments, other, response) == verdict


def test_a_write_that_leaves_the_same_world_serves(make_package: Callable[..., Path], make_sample: Any) -> None:
    source = '''
from mock_apis.core import Domain, Record, Table, World

class Row(Record):
    name: str
    size: int

rows = Table("rows", "name", lambda world: [])
odd = Domain("odd", category="odd", description="Equal writes.")

@odd.tool(example={"name": "a"}, kind="stateful", writes=True)
def add(world: World, name: str) -> str:
    """Add a row.

    name: Its name.
    """
    rows.put(world, Row(name=name, size=1))
    return "added"

@odd.tool(example={"name": "a"}, kind="stateful", writes=True)
def put(world: World, name: str) -> str:
    """Put a row in.

    name: Its name.
    """
    rows.put(world, Row(name=name, size=1))
    return "put"

@odd.tool(example={"name": "a"}, kind="stateful", writes=True)
def grow(world: World, name: str) -> str:
    """Add a larger row.

    name: Its name.
    """
    rows.put(world, Row(name=name, size=2))
    return "grown"
'''
    catalog = load_catalog(make_package({"odd/__init__.py": "", "odd/odd.py": source}))
    judge = Judge(make_sample([("odd_add", {"name": "b"})], catalog=catalog), catalog, {})
    assert judge.judge("odd_put") == "same_state"
    assert judge.judge("odd_grow") == "other_result"


def test_declared_equivalence_reaches_as_far_as_declarations_do(make_package: Callable[..., Path]) -> None:
    catalog = load_catalog(make_package({"odd/__init__.py": "", "odd/odd.py": ODD}))
    whole = frozenset({"odd_one", "odd_two", "odd_three"})
    assert close_equivalence(catalog) == dict.fromkeys(whole, whole)


def test_an_echo_of_an_argument_is_no_answer(judge: Callable[..., str]) -> None:
    verdict = judge("text_tools_count", {"text": "Montevideo"}, "text_tools_hash", "You asked about Montevideo.")
    assert verdict not in SERVING


def test_a_tool_is_executed_once_a_sample(catalog: Catalog, parking_sample: Trajectory) -> None:
    judge = Judge(parking_sample, catalog, {})
    assert judge.serves("parking_lots")
    assert not judge.serves("cities_get")
    assert list(judge.known) == ["cities_get"]
    assert not Judge(parking_sample, catalog, {}, {"cities_get": "failed"}).serves("cities_get")


def test_the_second_call_is_tried_in_the_world_after_the_first(catalog: Catalog, parking_sample: Trajectory) -> None:
    assert [call.tool.name for call in Judge(parking_sample, catalog, {}).gold] == [
        "parking_lots",
        "parking_start_session",
    ]


def test_a_sample_that_the_catalog_does_not_bear_out_is_refused(catalog: Catalog, parking_sample: Trajectory) -> None:
    other_world = parking_sample.model_copy(update={"world_seed": 4})
    with pytest.raises(JournalError, match=r"sample 12: parking_lots gives another result .* verify"):
        Judge(other_world, catalog, {}).judge("cities_get")
