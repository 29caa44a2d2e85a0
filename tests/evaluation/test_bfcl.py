"""The leaderboard's own gold answers, said as a model would, read by us and checked by its checker."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from toolgrad_local.errors import ConfigError
from toolgrad_local.evaluation.answer import Answer, Said
from toolgrad_local.evaluation.bfcl import (
    CATEGORIES,
    IRRELEVANCE,
    RELEVANCE,
    BfclQuestion,
    check_answers,
    choose_categories,
    find_python,
    load_questions,
)
from toolgrad_local.evaluation.bfcl_run import sum_up
from toolgrad_local.evaluation.score import RowScore

Questions = tuple[BfclQuestion, ...]
OWN_FAULTS = {
    "live_simple_106-63-0": "simple_function_checker:missing_required",
    "live_simple_112-68-0": "simple_function_checker:missing_required",
    "live_multiple_862-181-3": "simple_function_checker:unexpected_param",
    "live_multiple_964-207-0": "simple_function_checker:missing_required",
}
"""Questions that no answer can pass, by the leaderboard's own checker: the first two have required parameters with no
acceptable value, the third wants a parameter that its tool lacks, the last has another name for one than its tool."""


@pytest.fixture(scope="module")
def python() -> Path:
    """The Python that has bfcl-eval. Without it the tests are skipped, but for CI, where they fail."""
    try:
        return find_python()
    except ConfigError as error:
        (pytest.fail if os.environ.get("TOOLGRAD_CI") else pytest.skip)(str(error))


@pytest.fixture(scope="module")
def questions(python: Path) -> Questions:
    """All of them."""
    return load_questions(python, CATEGORIES, None)[1]


@pytest.fixture(scope="module")
def gold(python: Path, questions: Questions) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """The first acceptable calls of each question that has some, as a model can make them that sees the tools."""
    found = {}
    by_id = {question.id: question for question in questions}
    (folder,) = python.parent.parent.glob("lib/python*/site-packages/bfcl_eval/data/possible_answer")
    for category in CATEGORIES:
        path = folder / f"BFCL_v4_{category}.json"
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            row = json.loads(line)
            schemas = {tool.name: tool.parameters for tool in by_id[row["id"]].tools}
            calls = [
                (name.replace(".", "_"), wanted) for truth in row["ground_truth"] for name, wanted in truth.items()
            ]
            found[row["id"]] = [(name, choose_arguments(wanted, schemas[name])) for name, wanted in calls]
    return found


def choose_arguments(acceptable: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The first acceptable value of each parameter; `""` says that it may be left out, as those are that the tool
    lacks, but where it is required an empty text is what is wanted."""
    chosen = {name: values for name, values in acceptable.items() if name in schema["properties"] or "" not in values}
    empty = {name: "" for name, values in acceptable.items() if values == [""] and name in schema["required"]}
    return {**choose_all(chosen), **empty}


def choose_all(acceptable: dict[str, Any]) -> dict[str, Any]:
    """The first acceptable value of each that has one."""
    return {name: choose_one(values) for name, values in acceptable.items() if values not in ([], [""])}


def choose_one(values: Any) -> Any:
    """The first of a list, with those of its fields; what is no list is the value itself, deep in some records."""
    return choose(next(value for value in values if value != "")) if isinstance(values, list) else values


def choose(value: Any) -> Any:
    """A value whose records hold acceptable values for each of their fields."""
    if isinstance(value, dict):
        return choose_all(value)
    return [choose(item) for item in value] if isinstance(value, list) else value


def test_the_questions_are_all_there_and_their_schemas_are_sound(questions: Questions) -> None:
    counts = {category: sum(q.category == category for q in questions) for category in CATEGORIES}
    assert (counts["simple_python"], counts["live_multiple"], counts["live_relevance"]) == (400, 1053, 16)
    assert not any("." in tool.name for question in questions for tool in question.tools)
    for question in questions[::25]:
        for tool in question.tools:
            jsonschema.Draft202012Validator.check_schema(tool.parameters)


def test_the_gold_answers_score_100_percent_through_our_path(
    python: Path, questions: Questions, gold: dict[str, Any], say_calls: Callable[..., Said]
) -> None:
    answers = {}
    for question in questions:
        first = (question.tools[0].name, {}) if question.tools else None
        calls = [first] if question.category in RELEVANCE else gold.get(question.id, [])
        said = Said(text="None of them can.", finish="stop") if not calls else say_calls(*calls)
        answers[question.id] = Answer(id=question.id, replies=(said,))
    verdicts, taken = check_answers(python, questions, answers, "hermes")
    assert set(verdicts) == {question.id for question in questions}
    assert {name: fault for name, fault in verdicts.items() if fault} == OWN_FAULTS
    assert all(taken[q.id].abstains for q in questions if q.category in IRRELEVANCE)


def test_planted_wrong_answers_are_wrong(
    python: Path, questions: Questions, gold: dict[str, Any], say_calls: Callable[..., Said]
) -> None:
    asked = [q for q in questions if q.id in ("simple_python_0", "parallel_0", "irrelevance_0")]
    relevant = next(q for q in questions if q.category in RELEVANCE)
    for said in (
        Said(text="No.", finish="stop"),
        Said(text="<tool_call>{</tool_call>", finish="stop"),
        say_calls(*gold["parallel_0"][:1]),
        say_calls(*gold["simple_python_0"], *gold["parallel_0"]),
    ):
        answers = {q.id: Answer(id=q.id, replies=(said,)) for q in (*asked, relevant)}
        verdicts, _ = check_answers(python, (*asked, relevant), answers, "hermes")
        assert verdicts["simple_python_0"] is not None
        assert verdicts["parallel_0"] is not None
        calls = said.text.startswith("<tool_call>\n")
        assert (verdicts["irrelevance_0"] is None) is not calls
        assert (verdicts[relevant.id] is None) is calls


def test_a_limit_draws_the_same_questions_of_each_category(python: Path) -> None:
    version, few = load_questions(python, ("parallel", "live_parallel"), 3)
    assert version.count(".") == 2
    assert [q.category for q in few] == ["parallel"] * 3 + ["live_parallel"] * 3
    assert few == load_questions(python, ("parallel", "live_parallel"), 3)[1]


def score(category: str, right: float) -> RowScore:
    """Of one question."""
    return RowScore(id="x", kind=category, domains=(), held_out=False, values={"right": right}, errors={})


def test_the_headline_is_the_mean_of_non_live_and_live() -> None:
    scores = [score("multiple", 1.0), score("multiple", 0.0), score("parallel", 0.0), score("live_simple", 1.0)]
    scores += [score("live_multiple", 0.0)] * 3 + [score("irrelevance", 1.0), score("live_relevance", 0.0)]
    found = {name: figure.value for name, figure in sum_up(scores).items()}
    assert found == pytest.approx(
        {"headline": 0.25, "non_live": 0.25, "live": 0.25, "relevance": 0.0, "irrelevance": 1.0}
    )
    assert "headline" not in sum_up(scores[:3])


def test_an_unknown_category_is_named() -> None:
    assert choose_categories("live_simple, parallel") == ("parallel", "live_simple")
    with pytest.raises(ConfigError, match="--categories: multi_turn is unknown"):
        choose_categories("multi_turn")
