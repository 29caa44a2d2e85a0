"""Planted faults: each is found."""

from collections.abc import Callable
from typing import Any

import pytest

from toolgrad_local.data_model.example import Example
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.negatives.bench import Bench
from toolgrad_local.negatives.check import find_fault
from toolgrad_local.negatives.irrelevance import make_irrelevance
from toolgrad_local.negatives.missing_parameter import make_missing_parameter
from toolgrad_local.negatives.missing_tool import make_missing_tool
from toolgrad_local.negatives.offered import offer_tool
from toolgrad_local.negatives.positive import make_positive


@pytest.fixture
def bench(make_bench: Callable[..., Bench]) -> Bench:
    """One that offers ten tools and ranks by words."""
    return make_bench()


def build(maker: Callable[..., Any], sample: Trajectory, bench: Bench) -> Example:
    """The row, which there is."""
    row = maker(sample, bench)
    assert isinstance(row, Example)
    return row


def with_tool(row: Example, name: str, bench: Bench) -> Example:
    """The row with that tool in place of its last one."""
    return row.model_copy(update={"tools": (*row.tools[:-1], offer_tool(bench.catalog.tool(name)))})


@pytest.mark.parametrize("maker", [make_positive, make_irrelevance, make_missing_tool, make_missing_parameter])
def test_rows_as_they_are_made_have_no_fault(maker: Any, parking_sample: Trajectory, bench: Bench) -> None:
    assert find_fault(build(maker, parking_sample, bench), parking_sample, bench) is None


@pytest.mark.parametrize("maker", [make_irrelevance, make_missing_tool])
def test_a_gold_tool_among_the_negatives_is_found(maker: Any, parking_sample: Trajectory, bench: Bench) -> None:
    row = with_tool(build(maker, parking_sample, bench), "parking_lots", bench)
    assert find_fault(row, parking_sample, bench) == "gold_offered"


@pytest.mark.parametrize("maker", [make_positive, make_irrelevance, make_missing_tool])
def test_an_equivalent_tool_as_a_distractor_is_found(
    maker: Any, make_sample: Callable[..., Trajectory], bench: Bench
) -> None:
    sample = make_sample([("dictionary_base_form", {"word": "went"})])
    row = build(maker, sample, bench)
    others = [tool for tool in row.tools if tool.name != "dictionary_base_form"][1:]
    planted = offer_tool(bench.catalog.tool("grammar_singularize"))
    gold = [tool for tool in row.tools if tool.name == "dictionary_base_form"]
    assert find_fault(row.model_copy(update={"tools": (*gold, *others, planted)}), sample, bench) == (
        "false_negative_offered"
    )


def test_a_tool_with_the_same_result_is_found(make_sample: Callable[..., Trajectory], bench: Bench) -> None:
    sample = make_sample([("text_tools_hash", {"text": "hi", "algorithm": "sha256"})])
    row = with_tool(build(make_missing_tool, sample, bench), "code_utils_hash_text", bench)
    assert find_fault(row, sample, bench) == "false_negative_offered"


def test_a_gold_tool_that_is_not_offered_is_found(parking_sample: Trajectory, bench: Bench) -> None:
    row = build(make_missing_parameter, parking_sample, bench)
    tools = tuple(tool for tool in row.tools if tool.name != "parking_lots")
    assert find_fault(row.model_copy(update={"tools": tools}), parking_sample, bench) == "gold_not_offered"


@pytest.mark.parametrize(
    "query",
    ["Park my car AB123CD in Paris for 95 minutes.", "Park AB123CD in Paris for 1 hour and 35 minutes."],
    ids=["as it was", "in other words"],
)
def test_an_omitted_value_that_is_still_said_is_found(query: str, parking_sample: Trajectory, bench: Bench) -> None:
    row = build(make_missing_parameter, parking_sample, bench)
    assert find_fault(row.model_copy(update={"query": query}), parking_sample, bench) == "value_still_said"


def test_an_answer_that_names_a_tool_which_is_not_offered_is_found(parking_sample: Trajectory, bench: Bench) -> None:
    row = build(make_irrelevance, parking_sample, bench)
    faulty = row.model_copy(update={"answer": "I would need parking_lots for that."})
    assert find_fault(faulty, parking_sample, bench) == "names_absent_tool"
