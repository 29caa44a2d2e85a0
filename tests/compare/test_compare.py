"""Runs side by side: the figures are those of the runs, and what cannot be compared is refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.compare.compare import compare_runs
from toolgrad_local.compare.figures import FIGURES
from toolgrad_local.compare.samples import SampleFigures, measure_depth, measure_samples
from toolgrad_local.compare.tables import tell_difference
from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.generation.finished import open_finished
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.summary import summarise
from toolgrad_local.intervals import Interval
from toolgrad_local.journal.store import Journal

STAMPS = ("tasks_create", {"title": "Buy stamps"})
Command = Callable[..., Any]


@pytest.fixture
def runs(command: Command, scripted_run: Callable[..., Path], tmp_path: Path) -> tuple[Path, Path]:
    """ToolGrad and ReAct."""
    other = tmp_path / "react"
    options = ("--teacher", "scripted", "--samples", 6, "--iterations", 2, "--seed", 7)
    assert command("baseline", "react", *options, "--out", other).code == 0
    return scripted_run("toolgrad", samples=6), other


def make_sample(*, passed: bool, released: bool, tools: int = 0, calls: int = 10) -> SampleFigures:
    """A sample whose other numbers do not matter."""
    numbers = {"depth": 2, "turns": 1, "tool_calls": 5, "prompt_tokens": 100, "cached_tokens": 50}
    return SampleFigures(
        passed=passed, released=released, tools=tools, has_edge=released, teacher_calls=calls, generated_tokens=40,
        seconds=2.0, **numbers,
    )  # fmt: skip


def test_rates_are_of_all_samples_and_cost_is_paid_for_those_that_fail_too() -> None:
    samples = [
        make_sample(passed=True, released=True, tools=3),
        make_sample(passed=True, released=False, tools=1),
        make_sample(passed=False, released=False, tools=2),
        make_sample(passed=False, released=False, calls=30),
    ]
    values = {figure.key: figure.measure(samples) for figure in FIGURES}
    found = {key: interval.value for key, interval in values.items() if interval}
    assert found["pass_rate_paper"] == 0.5
    assert found["pass_rate"] == 0.25
    assert (found["tools_passed"], found["tools_released"]) == (2.0, 3.0)
    assert (found["teacher_calls"], found["teacher_calls_a_release"]) == (15.0, 60.0)
    assert found["tokens_a_release"] == 160.0
    assert (found["cached_share"], found["depth"], found["with_edge"]) == (0.5, 2.0, 1.0)
    assert values["pass_rate"] is not None
    assert values["pass_rate"].low < 0.25 < values["pass_rate"].high


def test_where_nothing_is_released_there_is_no_cost_of_a_release() -> None:
    values = {figure.key: figure.measure([make_sample(passed=True, released=False)]) for figure in FIGURES}
    assert values["teacher_calls_a_release"] is None
    assert values["depth"] is None
    assert values["pass_rate"] is not None
    assert values["pass_rate"].value == 0.0


def test_depth_is_the_longest_path_of_needed_edges(make_calls: Callable[..., Workflow]) -> None:
    calls = (STAMPS, ("tasks_get", {"task_id": "@0.task_id"}), ("tasks_list", {}))
    assert measure_depth(Workflow()) == 0
    assert measure_depth(make_calls(STAMPS, ("tasks_list", {}))) == 1
    assert measure_depth(make_calls(*calls, query="Add Buy stamps, show it and my list")) == 2


def test_the_figures_are_those_of_the_summary(runs: tuple[Path, Path]) -> None:
    for run in map(RunFolder, runs):
        journal = Journal(run.journal, read_only=True)
        summary = summarise(journal)
        journal.close()
        samples = measure_samples(open_finished(run))
        found = {figure.key: figure.measure(samples) for figure in FIGURES}
        values = {key: interval.value if interval else 0.0 for key, interval in found.items()}
        assert values["pass_rate_paper"] == pytest.approx(summary.funnel.pass_rate_paper)
        assert values["pass_rate"] == pytest.approx(summary.funnel.pass_rate_strict)
        assert values["tools_passed"] == pytest.approx(summary.tools_a_sample)
        assert values["teacher_calls"] == pytest.approx(summary.teacher_calls_a_sample)
        assert values["tool_calls"] == pytest.approx(summary.tool_calls_a_sample)
        assert values["prompt_tokens"] == pytest.approx(summary.prompt_tokens_a_sample)
        assert values["generated_tokens"] == pytest.approx(summary.generated_tokens_a_sample)


@pytest.mark.slow
def test_runs_are_told_side_by_side_and_written(command: Command, runs: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "results"
    outcome = command("compare", *runs, "--out", out)
    assert outcome.code == 0, outcome.err
    assert all(word in outcome.out for word in ("toolgrad", "react", "pass rate, ours", "Teacher scripted"))
    table = (out / "compare.md").read_text(encoding="utf-8")
    assert table.startswith("| | toolgrad | react |\n|---|---|---|\n| method | toolgrad | react |\n| samples | 6 | 6 |")
    assert "| less toolgrad (sample by sample) | react |" in table
    numbers = json.loads((out / "compare.json").read_text(encoding="utf-8"))
    assert [run["method"] for run in numbers["runs"]] == ["toolgrad", "react"]
    assert set(numbers["runs"][0]["figures"]) == {figure.key for figure in FIGURES}
    assert numbers == json.loads(command("compare", *runs, "--json").out)
    first, other = (run["figures"]["teacher_calls"]["value"] for run in numbers["runs"])
    assert numbers["runs"][0]["less_first"] == {}
    assert numbers["runs"][1]["less_first"]["teacher_calls"]["value"] == pytest.approx(other - first)
    assert (out / "compare.svg").read_text(encoding="utf-8").lstrip().startswith("<?xml")


def test_settings_that_differ_are_told(runs: tuple[Path, Path], scripted_run: Callable[..., Path]) -> None:
    other = scripted_run("longer", samples=3, iterations=4)
    comparison = compare_runs([open_finished(RunFolder(run)) for run in (runs[0], other)])
    assert comparison.differences == ("samples: 6, 3", "loop.iterations: 2, 4")
    assert not comparison.paired
    assert compare_runs([open_finished(RunFolder(run)) for run in runs]).differences == ()


def test_what_cannot_be_compared_is_refused(
    command: Command, runs: tuple[Path, Path], change_manifest: Callable[..., None], tmp_path: Path
) -> None:
    run, other = runs
    assert_refused(command("compare", run), "compare needs 2 runs or more, 1 given")
    assert_refused(command("compare", run, other, run), "are the same run; name each run once")
    assert_refused(command("compare", run, tmp_path / "none"), "is no run folder")
    for key, value, said in (
        ("catalog", "f" * 64, "was made with catalog"),
        ("config", {"samples": 6, "teacher": "other", "styles": None}, "with other: what differs would not be"),
        ("outputs", {}, "is unfinished; resume it with `toolgrad-local"),
    ):
        kept = (other / "manifest.json").read_bytes()
        change_manifest(other, **{key: value})
        assert_refused(command("compare", run, other), said)
        (other / "manifest.json").write_bytes(kept)


def test_a_difference_is_starred_where_its_interval_leaves_out_zero() -> None:
    figure = next(figure for figure in FIGURES if figure.key == "pass_rate")
    assert tell_difference(figure, Interval(0.1, 0.05, 0.2, 60)) == "+10.0 (5.0 to 20.0) *"
    assert tell_difference(figure, Interval(-0.1, -0.2, 0.0, 60)) == "-10.0 (-20.0 to 0.0)"
    assert tell_difference(figure, None) == "–"


def assert_refused(outcome: Any, said: str) -> None:
    """One line, exit code 2."""
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert said in outcome.err
