"""Planted answers of every kind, and exactly the values that they get."""

from collections.abc import Callable
from typing import Any

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.evaluation.answer import Answer, Said
from toolgrad_local.evaluation.question import Question, make_question
from toolgrad_local.evaluation.score import RowScore, carry_out, score_row

PARIS = ("weather_forecast", {"city": "Paris"})
OSLO = ("weather_forecast", {"city": "Oslo", "days": 2})
STAMPS: tuple[str, dict[str, Any]] = ("tasks_create", {"title": "Buy stamps", "due": "2025-12-01"})
BREAD: tuple[str, dict[str, Any]] = ("tasks_create", {"title": "Buy bread"})
NOWHERE = ("weather_forecast", {"city": "Nowhereville"})

Score = Callable[..., RowScore]


@pytest.fixture
def score(catalog: Catalog, answer_with: Callable[..., Answer]) -> Score:
    """The score of replies to a question."""

    def run(question: Question, *replies: Said | str) -> RowScore:
        answer = answer_with(question.row.id, *replies)
        return score_row(question, carry_out(answer, question, "hermes", catalog), catalog)

    return run


@pytest.fixture
def two_cities(ask_row: Callable[..., Question]) -> Question:
    """Two reading calls side by side."""
    return ask_row("w000003", [PARIS, OSLO])


@pytest.fixture
def errand(ask_row: Callable[..., Question]) -> Question:
    """A reading call, then a writing one."""
    return ask_row("w000004", [PARIS], [STAMPS])


PERFECT = {
    "well_formed": 1.0,
    "right": 1.0,
    "calls": 1.0,
    "tool_precision": 1.0,
    "tool_recall": 1.0,
    "tool_f1": 1.0,
    "arguments_exact": 1.0,
    "arguments_acceptable": 1.0,
    "arguments_meaning": 1.0,
    "success_rate": 1.0,
    "calls_succeed": 1.0,
    "untouched": 1.0,
}
WRITTEN = {**PERFECT, "end_state": 1.0}
"""The same where the gold calls write."""
del WRITTEN["untouched"]


def test_the_gold_calls_score_full_in_any_order(score: Score, two_cities: Question, say_calls: Any) -> None:
    assert score(two_cities, say_calls(PARIS, OSLO), "Here you are.").values == PERFECT
    assert score(two_cities, say_calls(OSLO, PARIS), "Here you are.").values == PERFECT
    assert score(two_cities, say_calls(OSLO), say_calls(PARIS), "Here you are.").values == PERFECT


def test_the_writing_gold_calls_leave_the_gold_world(score: Score, errand: Question, say_calls: Any) -> None:
    assert score(errand, say_calls(PARIS), say_calls(STAMPS), "Done.").values == WRITTEN


def test_one_call_too_few(score: Score, two_cities: Question, say_calls: Any) -> None:
    half = dict.fromkeys(
        ("tool_recall", "arguments_exact", "arguments_acceptable", "arguments_meaning", "success_rate"), 0.5
    )
    assert score(two_cities, say_calls(PARIS)).values == {**PERFECT, **half, "right": 0.0, "tool_f1": 2 / 3}


def test_one_call_too_many_costs_precision_and_changes_the_world(
    score: Score, two_cities: Question, say_calls: Any
) -> None:
    wanted = {**PERFECT, "right": 0.0, "tool_precision": 2 / 3, "tool_f1": 0.8, "untouched": 0.0}
    assert score(two_cities, say_calls(PARIS, OSLO, STAMPS)).values == wanted


def test_the_same_call_twice_serves_one_gold_call(score: Score, two_cities: Question, say_calls: Any) -> None:
    found = score(two_cities, say_calls(PARIS, PARIS)).values
    assert (found["tool_recall"], found["arguments_exact"], found["right"]) == (1.0, 0.5, 0.0)


def test_another_argument_keeps_the_tool_alone(score: Score, errand: Question, say_calls: Any) -> None:
    found = score(errand, say_calls(PARIS), say_calls(BREAD), "Done.").values
    wrong = {"right": 0.0, "arguments_exact": 0.5, "arguments_acceptable": 0.5, "arguments_meaning": 0.5}
    assert found == {**WRITTEN, **wrong, "end_state": 0.0}


def test_a_call_that_fails_keeps_the_tool_and_not_the_success(
    score: Score, two_cities: Question, say_calls: Any
) -> None:
    found = score(two_cities, say_calls(PARIS, NOWHERE)).values
    assert (found["tool_recall"], found["success_rate"], found["calls_succeed"]) == (1.0, 0.5, 0.5)
    assert (found["arguments_exact"], found["right"]) == (0.5, 0.0)


def test_no_call_where_there_should_be_some(score: Score, errand: Question) -> None:
    found = score(errand, "I cannot do that.").values
    zero = dict.fromkeys(WRITTEN, 0.0)
    del zero["tool_precision"], zero["calls_succeed"]
    assert found == {**zero, "well_formed": 1.0}


def test_a_default_that_is_stated_is_acceptable_and_not_exact(
    score: Score, ask_row: Callable[..., Question], say_calls: Any
) -> None:
    found = score(ask_row("w000003", [PARIS]), say_calls(("weather_forecast", {"city": "Paris", "days": 3}))).values
    assert found == {**PERFECT, "arguments_exact": 0.0}


def test_a_tool_that_is_not_offered_gives_nothing(score: Score, two_cities: Question, say_calls: Any) -> None:
    found = score(two_cities, say_calls(PARIS, OSLO, ("notes_create", {"title": "a", "text": "b"})))
    assert found.errors == {"unknown_tool": 1}
    assert (found.values["untouched"], found.values["calls_succeed"], found.values["well_formed"]) == (1.0, 2 / 3, 0.0)


def test_a_broken_call_beside_the_gold_ones_is_not_right(score: Score, two_cities: Question, say_calls: Any) -> None:
    said = say_calls(PARIS, OSLO)
    found = score(two_cities, said.model_copy(update={"text": said.text + "<tool_call>{</tool_call>"}))
    assert (found.values["right"], found.values["arguments_exact"], found.errors) == (0.0, 1.0, {"not_json": 1})


def test_text_beside_calls_is_counted_and_no_fault(score: Score, two_cities: Question, say_calls: Any) -> None:
    found = score(two_cities, say_calls(PARIS, OSLO, beside="Let me look."))
    assert (found.values, found.errors) == (PERFECT, {"text_beside": 1})


@pytest.mark.parametrize("kind", ["irrelevance", "missing_tool", "missing_parameter"])
def test_a_negative_is_right_only_if_nothing_is_called_or_tried(
    score: Score, ask_row: Callable[..., Question], say_calls: Any, kind: str
) -> None:
    question = ask_row(f"w000003-{kind}")
    wrong = {"well_formed": 1.0, "right": 0.0, "abstains": 0.0, "untouched": 1.0}
    assert score(question, "I cannot.").values == {**wrong, "right": 1.0, "abstains": 1.0}
    assert score(question, say_calls(PARIS)).values == wrong
    assert score(question, say_calls(STAMPS)).values == {**wrong, "untouched": 0.0}
    assert score(question, "<tool_call>{</tool_call>").values == {**wrong, "well_formed": 0.0}
    assert score(question, Said(text="", finish="error")).values == {**wrong, "well_formed": 0.0}


def test_small_talk_has_no_world_and_is_scored_all_the_same(
    score: Score, ask_row: Callable[..., Question], say_calls: Any
) -> None:
    question = ask_row("n0007")
    assert (question.gold, question.kind) == (None, "no_tool")
    assert score(question, "Hello!").values["abstains"] == 1.0
    assert score(question, say_calls(PARIS)).values["abstains"] == 0.0


def test_a_single_turn_row_is_judged_by_its_first_reply(
    score: Score, ask_row: Callable[..., Question], say_calls: Any
) -> None:
    question = ask_row("w000003", [PARIS, OSLO], answer=None)
    assert not question.goes_on
    assert score(question, say_calls(PARIS, OSLO)).values == PERFECT


def test_success_is_the_results_kind_and_no_keyword(
    score: Score, ask_row: Callable[..., Question], say_calls: Any
) -> None:
    terror = ("tasks_create", {"title": "The Terror: error not found, must be a failure"})
    question = ask_row("w000003", [terror])
    assert score(question, say_calls(terror), "Done.").values["success_rate"] == 1.0


def test_a_row_whose_gold_calls_do_not_replay_has_no_world(catalog: Catalog, make_row: Callable[..., Any]) -> None:
    row = make_row("w000003", [PARIS])
    assert make_question(0, row, catalog, run_seed=8, hold_out=()).gold is None
    assert make_question(0, row, catalog, run_seed=7, hold_out=("weather",)).held_out
