from collections.abc import Callable
from typing import Any

import pytest

from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.negatives.bench import Bench
from toolgrad_local.negatives.distractors import draw_distractors
from toolgrad_local.negatives.irrelevance import make_irrelevance
from toolgrad_local.negatives.missing_parameter import is_required, make_missing_parameter
from toolgrad_local.negatives.missing_tool import make_missing_tool
from toolgrad_local.negatives.no_tool import make_no_tool
from toolgrad_local.negatives.offered import strip_marks
from toolgrad_local.negatives.positive import make_positive
from toolgrad_local.negatives.wording import IRRELEVANCE, MISSING_TOOL

GOLD = {"parking_lots", "parking_start_session"}


def offered(row: Any) -> list[str]:
    """Names of a row's tools."""
    return [tool.name for tool in row.tools]


def test_a_positive_has_its_calls_in_turns(parking_sample: Trajectory, make_bench: Callable[..., Bench]) -> None:
    row = make_positive(parking_sample, make_bench())
    assert (row.id, row.group, row.kind, row.domains) == ("w000012", "w000012", "positive", ("parking",))
    assert [[(call.id, call.tool) for call in turn.calls] for turn in row.turns] == [
        [("call_1", "parking_lots")],
        [("call_2", "parking_start_session")],
    ]
    assert [turn.thought for turn in row.turns] == ["First the car parks.", "Then the session."]
    assert row.thought == "All is done."
    assert row.turns[0].calls[0].result == parking_sample.workflow.links[0].result.value
    assert not row.single_turn
    assert row.answer == "Your car is parked."


def test_a_sample_whose_query_says_everything_is_single_turn(
    make_sample: Callable[..., Trajectory], make_bench: Callable[..., Bench]
) -> None:
    sample = make_sample([("cities_get", {"city": "Paris"})], query="Tell me about Paris.")
    row = make_positive(sample, make_bench())
    assert row.single_turn
    assert row.turns[0].thought is None


def test_offered_tools_are_shuffled_and_hold_the_gold_ones(
    make_sample: Callable[..., Trajectory], make_bench: Callable[..., Bench]
) -> None:
    bench, places = make_bench(offered=6), set()
    for number in range(12):
        row = make_positive(make_sample([("cities_get", {"city": "Paris"})], sample=number), bench)
        assert len(row.tools) == 6
        places.add(offered(row).index("cities_get"))
    assert len(places) > 3


def test_schemas_are_offered_without_our_marks() -> None:
    schema = {"properties": {"a": {"type": "array", "items": {"x-entity": "city.name", "type": "string"}}}}
    assert strip_marks(schema) == {"properties": {"a": {"type": "array", "items": {"type": "string"}}}}


@pytest.mark.parametrize(("how", "near"), [("random", 0), ("mixed", 4), ("similar", 8)], ids=str)
def test_distractors_are_near_as_often_as_the_option_says(
    how: str, near: int, parking_sample: Trajectory, make_bench: Callable[..., Bench]
) -> None:
    bench = make_bench(distractors=how)
    drawn = draw_distractors(parking_sample, 8, bench)
    first = {name for gold in GOLD for name in bench.ranking(gold)[:12]}
    assert len(set(drawn)) == 8
    assert not set(drawn) & GOLD
    assert sum(name in first for name in drawn) in (near, near + 1)


def test_an_irrelevance_row_offers_far_domains_alone(
    parking_sample: Trajectory, make_bench: Callable[..., Bench]
) -> None:
    bench = make_bench()
    row = make_irrelevance(parking_sample, bench)
    assert not isinstance(row, str)
    domains = {bench.catalog.tool(name).domain for name in offered(row)}
    assert all(bench.affinity.between(domain, "parking") == 0 for domain in domains)
    assert all(bench.catalog.tool(name).category != "transport" for name in offered(row))
    assert (row.id, row.group, row.turns, row.query) == ("w000012-irrelevance", "w000012", (), parking_sample.query)
    assert "park a car from now on for some minutes" in row.answer


def test_a_missing_tool_row_offers_the_gold_domains_without_the_gold_tools(
    parking_sample: Trajectory, make_bench: Callable[..., Bench]
) -> None:
    row = make_missing_tool(parking_sample, make_bench())
    assert not isinstance(row, str)
    assert sum(name.startswith("parking_") for name in offered(row)) >= 4
    assert not set(offered(row)) & GOLD
    assert len(row.tools) == 10


def test_a_missing_parameter_row_offers_the_gold_tools_and_asks(
    parking_sample: Trajectory, make_bench: Callable[..., Bench]
) -> None:
    row = make_missing_parameter(parking_sample, make_bench())
    assert not isinstance(row, str)
    assert set(offered(row)) >= GOLD
    assert parking_sample.omission is not None
    assert row.query == parking_sample.omission.query
    assert "the number of minutes" in row.answer
    assert row.answer.endswith(("?", "."))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({"path": "plate"}, "not_only_said", id="another value lies there"),
        pytest.param({"path": "lot_id"}, "not_only_said", id="a result gave it"),
        pytest.param(None, "no_omission", id="none"),
    ],
)
def test_an_omission_that_is_none_gives_no_row(
    change: dict[str, Any] | None, reason: str, parking_sample: Trajectory, make_bench: Callable[..., Bench]
) -> None:
    assert parking_sample.omission is not None
    omission = parking_sample.omission.model_copy(update=change) if change else None
    assert make_missing_parameter(parking_sample.model_copy(update={"omission": omission}), make_bench()) == reason


@pytest.mark.parametrize(
    ("path", "required"),
    [
        pytest.param("name", True, id="required"),
        pytest.param("note", False, id="optional"),
        pytest.param("items[0].size", True, id="the only item"),
        pytest.param("codes[1]", False, id="an item beside another"),
    ],
)
def test_only_what_a_call_cannot_do_without_is_missed(path: str, required: bool) -> None:
    item = {"type": "object", "properties": {"size": {}}, "required": ["size"]}
    schema = {
        "properties": {"name": {}, "note": {}, "items": {"items": item}, "codes": {"items": {}}},
        "required": ["name", "items", "codes"],
    }
    value = {"name": "a", "note": "b", "items": [{"size": 1}], "codes": [1, 2]}
    assert is_required(path, schema, value) == required


def test_small_talk_is_a_group_of_its_own_without_a_world(make_bench: Callable[..., Bench]) -> None:
    row = make_no_tool(7, make_bench())
    assert (row.id, row.group, row.kind, row.world_seed, row.domains) == ("n0007", "n0007", "no_tool", None, ())
    assert len(row.tools) == 10


def test_answers_of_a_kind_vary_from_sample_to_sample(
    make_sample: Callable[..., Trajectory], make_bench: Callable[..., Bench]
) -> None:
    bench = make_bench(offered=2)
    samples = [make_sample([("cities_get", {"city": "Paris"})], sample=number) for number in range(20)]
    for maker, wordings in ((make_irrelevance, IRRELEVANCE), (make_missing_tool, MISSING_TOOL)):
        rows = [maker(sample, bench) for sample in samples]
        assert len({row.answer for row in rows if not isinstance(row, str)}) > len(wordings) / 2
