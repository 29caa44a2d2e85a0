"""`toolgrad-local evaluate` on answers that are there: scored again, compared, told, refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.evaluation.answer import Answer, Said
from toolgrad_local.export.row import Row

PARIS = ("weather_forecast", {"city": "Paris"})
OSLO = ("weather_forecast", {"city": "Oslo"})
Write = Callable[..., Path]


@pytest.fixture
def data(write_data: Write, make_row: Callable[..., Row]) -> Path:
    """Two positives and two negatives."""
    rows = [
        make_row("w000001", [PARIS], query="How warm is Paris?"),
        make_row("w000002", [OSLO], query="How warm is Oslo?"),
        make_row("w000001-irrelevance", query="How warm is Paris now?"),
        make_row("n0007", query="Tell me a joke."),
    ]
    return write_data(test=rows)


@pytest.fixture
def good(data: Path, write_evaluation: Write, answer_with: Callable[..., Answer], say_calls: Any) -> Path:
    """All right but the joke."""
    answers = [
        answer_with("w000001", say_calls(PARIS), "Warm."),
        answer_with("w000002", say_calls(OSLO), "Cold."),
        answer_with("w000001-irrelevance", "I cannot say."),
        answer_with("n0007", say_calls(PARIS)),
    ]
    return write_evaluation(data, answers, "good")


def test_the_same_answers_give_the_same_scorecard_and_every_row_counts_once(
    command: Callable[..., Any], data: Path, good: Path
) -> None:
    first = command("evaluate", "--data", data, "--out", good)
    assert first.code == 0, first.err
    files = {name: (good / name).read_bytes() for name in ("scorecard.json", "scores.jsonl", "scorecard.svg")}
    assert command("evaluate", "--data", data, "--out", good).out == first.out
    assert files == {name: (good / name).read_bytes() for name in files}
    card = json.loads(files["scorecard.json"])
    assert card["rows"] == {"positive": 2, "irrelevance": 1, "no_tool": 1}
    assert (card["figures"]["right"]["value"], card["figures"]["right"]["count"]) == (0.75, 4)
    assert card["by_kind"]["no_tool"]["abstains"]["value"] == 0.0
    assert card["by_kind"]["irrelevance"]["abstains"]["value"] == 1.0
    assert card["by_domain"]["weather"]["right"] == {"value": 1.0, "low": 1.0, "high": 1.0, "count": 2}
    assert "arguments by meaning" in first.out
    assert len((good / "scores.jsonl").read_text().splitlines()) == 4


def test_two_models_are_compared_row_by_row(
    command: Callable[..., Any], data: Path, good: Path, write_evaluation: Write, answer_with: Callable[..., Answer]
) -> None:
    rows = ("w000001", "w000002", "w000001-irrelevance", "n0007")
    silent = write_evaluation(data, [answer_with(row, "I cannot.") for row in rows], "silent")
    assert command("evaluate", "--data", data, "--out", silent).code == 0
    told = json.loads(command("evaluate", "--data", data, "--out", good, "--against", silent, "--json").out)
    figures = told["comparison"]["figures"]
    assert (told["comparison"]["first"], told["comparison"]["second"]) == ("silent", "good")
    assert (figures["right"]["difference"], figures["right"]["count"]) == (0.25, 4)
    assert figures["tool_recall"]["difference"] == 1.0
    assert figures["abstains (no_tool)"]["difference"] == -1.0
    assert json.loads((good / "comparison.json").read_text()) == told["comparison"]


def test_calls_without_their_marks_are_pointed_out(
    command: Callable[..., Any], data: Path, write_evaluation: Write, answer_with: Callable[..., Answer]
) -> None:
    fenced = '```json\n{"name": "weather_forecast", "arguments": {"city": "Paris"}}\n```'
    cut = Said(text="I am", finish="length")
    out = write_evaluation(data, [answer_with("w000001", fenced), answer_with("w000002", cut)])
    told = command("evaluate", "--data", data, "--out", out).out
    assert "in 50% of the rows the model writes calls without the marks of its format (hermes)" in told
    assert "in 50% of the rows a reply is cut off after 512 tokens" in told


def test_a_prompt_that_was_too_long_is_counted_and_not_scored(
    command: Callable[..., Any], data: Path, write_evaluation: Write, answer_with: Callable[..., Answer]
) -> None:
    long = Said(text="", finish="too_long")
    out = write_evaluation(data, [answer_with("n0007", "Knock, knock."), answer_with("w000001", long)])
    card = json.loads(command("evaluate", "--data", data, "--out", out, "--json").out)
    assert card["rows"] == {"no_tool": 1}
    assert card["left_out"] == {"its prompt is longer than the model's context": 1, "it is not answered yet": 2}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param([], "name a --model, or with --out", id="nothing to score"),
        pytest.param(["--out", "{out}", "--judge", "qwen3-8b"], "--judge is of no use without --model", id="judge"),
        pytest.param(["--out", "{tmp}"], "is no evaluation: it has no settings.json", id="no evaluation"),
        pytest.param(["--model", "nobody"], "no teacher 'nobody'", id="unknown model"),
        pytest.param(["--model", "smollm2-135m", "--same-judge"], "--same-judge says nothing", id="same judge"),
        pytest.param(["--model", "smollm2-135m", "--calls", "xml"], "--calls xml is unknown", id="format"),
        pytest.param(["--out", "{out}", "--against", "{tmp}"], "is no evaluation", id="against"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    command: Callable[..., Any], data: Path, good: Path, tmp_path: Path, options: list[str], said: str
) -> None:
    filled = [option.format(out=good, tmp=tmp_path) for option in options]
    outcome = command("evaluate", "--data", data, *filled)
    assert outcome.code == 2
    assert said in outcome.err
    assert len(outcome.err.strip().splitlines()) == 1


def test_other_data_are_refused(
    command: Callable[..., Any], good: Path, write_data: Write, make_row: Callable[..., Row]
) -> None:
    other = write_data("other", test=[make_row("w000001", [OSLO], query="How warm is Oslo?")], run="run-b")
    outcome = command("evaluate", "--data", other, "--out", good)
    assert outcome.code == 2
    assert "is not what" in outcome.err
