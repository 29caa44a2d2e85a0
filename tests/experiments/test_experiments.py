"""Ablations end to end with the scripted teacher, at a tiny size."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.data_model.run_config import LoopSettings
from toolgrad_local.experiments.plan import list_plans, merge_config, read_plan
from toolgrad_local.generation.read_config import resolve_config

OWN = """
question: Do more proposals help?
samples: 4
config: {loop: {iterations: 2, pool_size: 30, pools: 1}}
reuse: true
axis: proposals
arms:
  "1": {config: {loop: {proposals: 1}}}
  "2": {config: {loop: {proposals: 2}}}
"""


def test_the_bundled_experiments_change_one_setting_each() -> None:
    plans = list_plans()
    assert set(plans) == {"selector", "iterations", "inverse", "coverage", "backends", "negatives"}
    for name, plan in plans.items():
        if plan.trains or name == "backends":
            continue
        loops = [
            resolve_config(merge_config(plan.config, arm.config), {"teacher": "scripted"}).loop.model_dump()
            for arm in plan.arms.values()
        ]
        changed = {key for loop in loops for key in loop if loop[key] != loops[0][key]}
        assert len(changed) == 1, (name, changed)
        assert changed <= set(LoopSettings.model_fields)


@pytest.mark.parametrize("name", ["selector", "iterations", "inverse", "coverage"])
def test_an_experiment_is_made_and_made_again_at_once(command: Callable[..., Any], tmp_path: Path, name: str) -> None:
    given = ("experiment", name, "--teacher", "scripted", "--samples", "3", "--out", tmp_path / "out")
    first = command(*given)
    assert first.code == 0, first.err
    result = json.loads((tmp_path / "out" / "compare.json").read_text())
    assert [run["name"] for run in result["runs"]] == list(read_plan(name).arms)
    assert read_plan(name).question in first.out
    kept = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.suffix in {".jsonl", ".svg"}}
    again = command(*given, "--json")
    assert json.loads(again.out) == result
    assert {path: path.read_bytes() for path in kept} == kept


def test_an_experiment_of_ones_own_is_drawn_along_its_axis(command: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "proposals.yaml").write_text(OWN)
    outcome = command("experiment", tmp_path / "proposals.yaml", "--teacher", "scripted", "--out", tmp_path / "out")
    assert outcome.code == 0, outcome.err
    assert "![](pass_rate.svg)" in outcome.out
    assert (tmp_path / "out" / "pass_rate.svg").read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("arms: [", "is no YAML", id="no yaml"),
        pytest.param("samples: 3", "question", id="no question"),
        pytest.param(OWN.replace("proposals: 2", "proposal: 2"), "unknown setting loop.proposal", id="a setting"),
        pytest.param(OWN.replace('  "2": {config: {loop: {proposals: 2}}}\n', ""), "arms", id="one arm"),
    ],
)
def test_a_plan_that_is_none_is_refused(command: Callable[..., Any], tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "plan.yaml").write_text(text)
    outcome = command("experiment", tmp_path / "plan.yaml", "--teacher", "scripted", "--out", tmp_path / "out")
    assert outcome.code == 2
    assert said in outcome.err
    assert outcome.err.count("\n") == 1


def test_an_unknown_experiment_is_named_with_those_there_are(command: Callable[..., Any]) -> None:
    outcome = command("experiment", "selektor")
    assert outcome.code == 2
    assert "selector" in outcome.err


def test_without_a_name_the_experiments_are_listed(command: Callable[..., Any]) -> None:
    outcome = command("experiment")
    assert outcome.code == 0
    assert all(name in outcome.out for name in list_plans())
