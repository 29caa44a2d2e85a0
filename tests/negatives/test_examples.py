from collections.abc import Callable
from typing import Any

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.errors import ConfigError
from toolgrad_local.negatives.examples import ExampleSet, make_examples
from toolgrad_local.negatives.lexical import Lexical
from toolgrad_local.negatives.options import ExampleOptions, KindShares
from toolgrad_local.negatives.stand_in import Judge, close_equivalence

CITIES = ("Paris", "Rome", "Oslo", "Lima", "Cairo", "Tokyo", "Dublin", "Berlin", "Vienna", "Madrid")


@pytest.fixture
def samples(make_sample: Callable[..., Trajectory], parking_sample: Trajectory) -> list[Trajectory]:
    """Eleven, of which one has an omission."""
    found = [
        make_sample([("cities_get", {"city": city})], sample=number, query=f"Tell me about {city}.")
        for number, city in enumerate(CITIES)
    ]
    return [*found, parking_sample]


@pytest.fixture
def build(catalog: Catalog, samples: list[Trajectory]) -> Callable[..., ExampleSet]:
    """Rows of the samples: `build(negatives=100)`."""

    def make(given: list[Trajectory] = samples, **options: Any) -> ExampleSet:
        return make_examples(given, catalog, ExampleOptions(**options), Lexical())

    return make


def test_rows_are_sorted_and_the_same_whatever_the_order_of_samples(
    build: Callable[..., ExampleSet], samples: list[Trajectory]
) -> None:
    found = build()
    assert build(samples[::-1]) == found
    ids = [example.id for example in found.examples]
    assert ids == sorted(set(ids))
    assert build(seed=1) != found


def test_a_third_of_all_rows_is_negative_unless_told_otherwise(build: Callable[..., ExampleSet]) -> None:
    counts = build().counts
    assert counts.rows["positive"] == 11
    assert sum(counts.rows.values()) == 17
    assert counts.rows["missing_parameter"] == 1


@pytest.mark.parametrize(("percent", "negatives"), [(0, 0), (25, 3), (100, 11)], ids=str)
def test_the_share_of_negatives_is_one_option(percent: int, negatives: int, build: Callable[..., ExampleSet]) -> None:
    assert len(build(negatives=percent).examples) == 11 + negatives


def test_what_lacks_omissions_is_made_of_other_kinds_and_counted(build: Callable[..., ExampleSet]) -> None:
    counts = build(negatives=100).counts
    assert counts.rows == {"irrelevance": 4, "missing_parameter": 1, "missing_tool": 4, "no_tool": 2, "positive": 11}
    assert counts.passed_on == {"missing_parameter": 2}
    assert counts.dropped == {"missing_parameter: no_omission": 10}


def test_a_kind_is_made_at_most_once_of_a_sample(build: Callable[..., ExampleSet]) -> None:
    only = KindShares(irrelevance=0, missing_tool=1, missing_parameter=0, no_tool=0)
    rows = [example for example in build(negatives=100, kinds=only).examples if example.kind != "positive"]
    assert len({row.group for row in rows}) == len(rows) == 11


def test_an_omission_whose_value_is_still_said_is_dropped_and_counted(
    build: Callable[..., ExampleSet], parking_sample: Trajectory
) -> None:
    assert parking_sample.omission is not None
    loud = parking_sample.omission.model_copy(update={"query": parking_sample.query})
    only = KindShares(irrelevance=0, missing_tool=0, missing_parameter=1, no_tool=0)
    found = build([parking_sample.model_copy(update={"omission": loud})], negatives=100, kinds=only)
    assert found.counts.dropped == {"missing_parameter: value_still_said": 1}
    assert (found.counts.lacking, len(found.examples)) == (1, 1)


def test_a_sample_in_another_language_gives_no_negative_with_an_english_answer(
    build: Callable[..., ExampleSet], parking_sample: Trajectory
) -> None:
    french = parking_sample.model_copy(update={"style": parking_sample.style.model_copy(update={"language": "French"})})
    found = build([french], negatives=100)
    assert [example.kind for example in found.examples] == ["no_tool", "positive"]
    assert found.counts.dropped["irrelevance: other_language"] == 1


def test_more_gold_tools_than_are_offered_is_one_clear_line(
    build: Callable[..., ExampleSet], make_sample: Callable[..., Trajectory]
) -> None:
    calls = [("cities_get", {"city": "Paris"}), ("bank_accounts", {}), ("account_profile", {})]
    with pytest.raises(ConfigError, match=r"sample 4 uses 3 tools and only 2 are to be offered; use --offered 3"):
        build([make_sample(calls, sample=4)], offered=2)


def test_without_samples_there_are_no_rows(build: Callable[..., ExampleSet]) -> None:
    assert build([]).examples == ()


def test_no_row_of_a_hundred_examples_offers_a_tool_that_could_serve(
    catalog: Catalog, make_sample: Callable[..., Trajectory]
) -> None:
    plain = [name for name, tool in catalog.tools.items() if "@" not in str(tool.example)]
    chosen = plain[:: max(1, len(plain) // 100)][:100]
    samples = [make_sample([(name, catalog.tool(name).example)], sample=i) for i, name in enumerate(chosen)]
    found = make_examples(samples, catalog, ExampleOptions(negatives=100), Lexical())
    assert len(samples) == 100
    groups = close_equivalence(catalog)
    judges = {f"w{sample.sample:06d}": Judge(sample, catalog, groups) for sample in samples}
    for example in found.examples:
        names = {tool.name for tool in example.tools}
        assert len(names) == len(example.tools) == 10
        gold = {call.tool for turn in example.turns for call in turn.calls}
        assert gold <= names
        if example.group in judges:
            assert not [name for name in names - gold if judges[example.group].serves(name)]
