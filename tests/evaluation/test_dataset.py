"""Which rows are asked, and which data are refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.errors import ConfigError
from toolgrad_local.evaluation.dataset import find_seen, leave_out, open_data
from toolgrad_local.evaluation.subject import Trained
from toolgrad_local.export.row import Row

PARIS = ("weather_forecast", {"city": "Paris"})
OSLO = ("weather_forecast", {"city": "Oslo"})
Write = Callable[..., Path]


@pytest.fixture
def rows(make_row: Callable[..., Row]) -> list[Row]:
    """Four rows, each with another query."""
    return [make_row(f"w{n:06d}", [PARIS], query=f"How warm is Paris, number {n}?") for n in range(4)]


def test_a_split_is_asked_in_order_and_a_limit_draws_the_same_rows(
    catalog: Catalog, write_data: Write, rows: list[Row]
) -> None:
    data = write_data(train=rows[:1], test=rows[1:])
    assert [q.row.id for q in open_data(data, "test", None, catalog).questions] == ["w000001", "w000002", "w000003"]
    few = open_data(data, "test", 2, catalog)
    assert len(few.questions) == 2
    assert few.questions == open_data(data, "test", 2, catalog).questions
    assert few.left_out == {"beyond --limit 2": 1}
    assert [q.row.id for q in open_data(data, "train", None, catalog).questions] == ["w000000"]


def test_a_split_that_shares_a_workflow_or_a_query_with_training_is_refused(
    catalog: Catalog, write_data: Write, rows: list[Row], make_row: Callable[..., Row]
) -> None:
    same_group = write_data("one", train=[make_row("w000001-irrelevance", query="What?")], test=rows)
    with pytest.raises(ConfigError, match=r"share a workflow with the test split \(1: w000001\)"):
        open_data(same_group, "test", None, catalog)
    same_query = write_data("two", train=[make_row("w000009", [OSLO], query=rows[0].query.upper())], test=rows)
    with pytest.raises(ConfigError, match="share a query"):
        open_data(same_query, "test", None, catalog)


def test_what_the_model_was_trained_on_is_refused(
    catalog: Catalog, write_data: Write, rows: list[Row], make_row: Callable[..., Row]
) -> None:
    data = open_data(write_data(test=rows), "test", None, catalog)
    for digest, run in ((data.digest, None), ("another export", data.run)):
        seen = Trained(digest=digest, groups=frozenset({"w000002", "w000008"}), run=run)
        with pytest.raises(ConfigError, match=r"trained on 1 workflows of the test split \(w000002\)"):
            find_seen(data, [seen], None)
    find_seen(data, [Trained(digest="other", groups=frozenset({"w000002"}), run="run-b")], None)
    other_queries = [make_row("w000002", [PARIS], query="Is it warm?")]
    with pytest.raises(ConfigError, match="share a workflow"):
        find_seen(data, [], write_data("same-run", train=other_queries))
    find_seen(data, [], write_data("other-run", run="run-b", train=other_queries))
    with pytest.raises(ConfigError, match="share a query"):
        find_seen(data, [], write_data("copied", run="run-b", train=rows[:1]))


def test_small_talk_that_was_trained_on_is_left_out(
    catalog: Catalog, write_data: Write, rows: list[Row], make_row: Callable[..., Row]
) -> None:
    talk = [make_row("n0003", query="Sing."), make_row("n0004", query="Tell me a joke.")]
    data = open_data(write_data(test=[*rows, *talk]), "test", None, catalog)
    trained = [Trained(digest="other", groups=frozenset({"n0003"}), run="run-b")]
    assert find_seen(data, trained, None) == ("n0003",)
    told = leave_out(data, ("n0003",))
    assert [question.row.id for question in told.questions][-2:] == ["w000003", "n0004"]
    assert told.left_out == {"small talk that the model was trained on": 1}
    assert find_seen(data, [], write_data("other-run", run="run-b", train=talk[1:])) == ("n0004",)
    assert leave_out(data, ()) == data


def test_a_row_whose_world_is_lost_is_left_out_only_if_results_are_needed(
    catalog: Catalog, write_data: Write, make_row: Callable[..., Row]
) -> None:
    two = make_row("w000001", [PARIS], [OSLO])
    one = make_row("w000002", [PARIS])
    lost = [row.model_copy(update={"today": "1999-12-31"}) for row in (two, one)]
    data = open_data(write_data(test=lost), "test", None, catalog)
    assert [(q.row.id, q.gold) for q in data.questions] == [("w000002", None)]
    assert data.left_out == {"its gold calls give other results with this catalog": 1}


def test_bad_data_are_told_in_one_line(catalog: Catalog, write_data: Write, rows: list[Row], tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no data set: it has no dataset.json"):
        open_data(tmp_path, "test", None, catalog)
    with pytest.raises(ConfigError, match="no row of test is left to ask"):
        open_data(write_data("empty", train=rows), "test", None, catalog)
    with pytest.raises(ConfigError, match="the format toolgrad holds no offered tools"):
        open_data(write_data("workflows", form="toolgrad", test=rows), "test", None, catalog)
    broken = write_data("broken", test=rows)
    (broken / "data" / "test.jsonl").write_text('{"id": "w000001"}\n')
    with pytest.raises(ConfigError, match=r"test.jsonl:1 is no row of the format trl \(KeyError\)"):
        open_data(broken, "test", None, catalog)
