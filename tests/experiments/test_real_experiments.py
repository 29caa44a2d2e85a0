"""Ablations that need an engine or a training, whole, at the smallest size. Minutes: `make test-long` runs them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.experiments import students
from toolgrad_local.experiments.plan import read_plan
from toolgrad_local.training.recipe import Recipe, load_recipe

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]
STUDENT = "smollm2-135m"


@pytest.fixture(autouse=True)
def only_long(long: bool) -> None:
    """Skips them elsewhere."""
    if not long:
        pytest.skip("minutes of two cores; `make test-long` runs it")


def test_the_backends_are_compared_on_a_real_engine(command: Callable[..., Any], tmp_path: Path) -> None:
    outcome = command("experiment", "backends", "--teacher", STUDENT, "--samples", 2, "--out", tmp_path / "out")
    assert outcome.code == 0, outcome.err
    runs = json.loads((tmp_path / "out" / "compare.json").read_text())["runs"]
    assert [run["name"] for run in runs] == list(read_plan("backends").arms)
    assert all(run["figures"]["teacher_calls"]["value"] > 1 for run in runs)


def test_students_of_all_shares_of_negatives_are_trained_and_asked(
    command: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find_recipe(name: str) -> Recipe:
        return load_recipe(name).model_copy(update={"steps": 1, "accumulation": 1})

    monkeypatch.setattr(students, "find_recipe", find_recipe)
    out = tmp_path / "out"
    given = ("experiment", "negatives", "--teacher", "scripted", "--student", STUDENT, "--samples", 6, "--out", out)
    outcome = command(*given)
    assert outcome.code == 0, outcome.err
    plan = read_plan("negatives")
    assert plan.question in outcome.out
    scorecards = json.loads((out / "students.json").read_text())
    assert {"before", *plan.arms} <= set(json.dumps(scorecards).split('"'))
    asked = {arm: (out / "evaluations" / arm / "answers.jsonl").read_text() for arm in ("before", *plan.arms)}
    rows = [[json.loads(line)["id"] for line in text.splitlines()] for text in asked.values()]
    assert rows[0]
    assert all(arm == rows[0] for arm in rows), "all are asked the same rows"
    assert (out / "students.svg").read_bytes().startswith(b"<?xml")
    again = command(*given)
    assert (again.code, again.out) == (0, outcome.out), "what is done is left as it is"
