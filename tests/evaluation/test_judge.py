"""The judge, played by a teacher that says what a test wants."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.errors import ConfigError
from toolgrad_local.evaluation.answer import Answer
from toolgrad_local.evaluation.judge import REFUSAL, Judge
from toolgrad_local.evaluation.quality import Answers, Judged, Planted, Planter, files_of, find_files, open_judge
from toolgrad_local.evaluation.question import Question
from toolgrad_local.evaluation.score import carry_out

PARIS = ("weather_forecast", {"city": "Paris"})
OSLO = ("weather_forecast", {"city": "Oslo"})


@pytest.fixture
def two_cities(ask_row: Callable[..., Question]) -> Question:
    """Two requests."""
    return ask_row("w000003", [PARIS, OSLO], query="How warm are Paris and Oslo?", answer="Paris 20, Oslo 10.")


async def test_each_request_is_scored_against_the_gold_response(
    catalog: Catalog, two_cities: Question, told_teacher: Any, answer_with: Callable[..., Answer], say_calls: Any
) -> None:
    teacher = told_teacher(
        judge=[{"requests": ["Paris?", "Oslo?"]}, {"answer": "Paris 20, Oslo unknown."}, {"scores": [1, 0]}]
    )
    done = carry_out(answer_with("w000003", say_calls(PARIS)), two_cities, "hermes", catalog)
    judged = await Answers(Judge(teacher), {"w000003": done}).judge(two_cities)
    assert judged == Judged(id="w000003", requests=("Paris?", "Oslo?"), answer="Paris 20, Oslo unknown.", scores=(1, 0))
    listing, writing, scoring = teacher.prompts("judge")
    assert "How warm are Paris and Oslo?" in listing
    assert "weather_forecast: {" in writing
    assert "Right answer: Paris 20, Oslo 10." in scoring
    assert teacher.requests[2].json_schema["properties"]["scores"]["maxItems"] == 2


async def test_a_model_that_called_nothing_found_nothing_out(
    catalog: Catalog, two_cities: Question, told_teacher: Any, answer_with: Callable[..., Answer]
) -> None:
    teacher = told_teacher(judge=[{"requests": ["Both?"]}, {"scores": [0]}])
    done = carry_out(answer_with("w000003", "No idea."), two_cities, "hermes", catalog)
    assert (await Answers(Judge(teacher), {"w000003": done}).judge(two_cities)).answer == REFUSAL


async def test_a_judge_that_is_cut_off_gives_no_score(
    catalog: Catalog, two_cities: Question, told_teacher: Any, answer_with: Callable[..., Answer]
) -> None:
    teacher = told_teacher(judge=['{"requests": ["Par…', '{"scores": [1…'])
    done = carry_out(answer_with("w000003", "No idea."), two_cities, "hermes", catalog)
    judged = await Answers(Judge(teacher), {"w000003": done}).judge(two_cities)
    assert (judged.requests, judged.scores) == (("How warm are Paris and Oslo?",), ())


async def test_answers_of_known_worth_are_judged_too(
    ask_row: Callable[..., Question], two_cities: Question, told_teacher: Any
) -> None:
    other = ask_row("w000004", [PARIS], answer="Paris 20.")
    teacher = told_teacher(
        judge=[{"requests": ["a", "b"]}, {"answer": "Paris 20, Oslo 10."}, {"scores": [1, 1]}, {"scores": [1, 0]}]
    )
    planted = await Planter(Judge(teacher)).judge((two_cities, other))
    assert planted == Planted(id="w000003", requests=("a", "b"), good=(1, 1), bad=(1, 0))
    assert "Answer: Paris 20." in teacher.prompts("judge")[-1]


def test_the_agreement_is_of_queries_and_a_row_without_scores_has_no_quality(tmp_path: Path) -> None:
    assert find_files(tmp_path) is None
    files = files_of(tmp_path, "0123456789abcdef")
    with files.planted.open() as lines:
        lines.add(Planted(id="a", requests=("x", "y"), good=(1, 1), bad=(1, 0)))
        lines.add(Planted(id="b", requests=("x",), good=(0,), bad=(0,)))
    with files.judged.open() as lines:
        lines.add(Judged(id="a", requests=("x", "y"), answer="z", scores=(1, 0)))
        lines.add(Judged(id="b", requests=("x",), answer="z", scores=()))
    agreed = files.agreed()
    assert agreed is not None
    assert (agreed.good.value, agreed.bad.value) == (0.5, 0.75)
    assert files.qualities() == {"a": 0.5}
    assert find_files(tmp_path) is not None


@pytest.fixture
def tiny_model(tmp_path: Path) -> Path:
    """A folder that passes for a model."""
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "config.json").write_text('{"max_position_embeddings": 4096}')
    return tmp_path / "tiny"


def test_the_judge_is_not_the_model_unless_that_is_said(tiny_model: Path, monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.setenv("TOOLGRAD_HOME", str(tmp_path / "home"))
    digest = open_judge(str(tiny_model), "other", same=False).digest
    with pytest.raises(ConfigError, match="is the model that is judged; name another, or add --same-judge"):
        open_judge(str(tiny_model), digest, same=False)
    assert open_judge(str(tiny_model), digest, same=True).digest == digest
