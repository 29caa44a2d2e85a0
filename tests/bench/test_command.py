"""`toolgrad-local bench` on the command line: what it refuses, and what needs no measuring."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import read_manifest, write_manifest

Command = Callable[..., Any]


@pytest.mark.parametrize(
    ("arguments", "code", "parts"),
    [
        pytest.param(["speed"], 2, ["no figure 'speed'", "ideal, schedule, overhead"], id="figure"),
        pytest.param(["ideal", "--samples", 8], 2, ["--samples 8", "give --samples 64 or more"], id="few"),
        pytest.param(
            ["schedule", "--samples", 64, "--width", 65], 2, ["--samples 64", "the 65 in flight"], id="schedule"
        ),
        pytest.param(["memory", "--samples", 99], 2, ["--samples 99", "--samples 100 or more"], id="few for a tenth"),
        pytest.param(["cache", "--teacher", "scripted"], 2, ["real engine", "scripted"], id="scripted"),
        pytest.param(["cost", "--teacher", "smol"], 2, ["no teacher 'smol'", "smollm2-135m"], id="unknown teacher"),
        pytest.param(["ideal"], 1, ["smollm2-135m", "toolgrad-local teacher fetch"], id="no weights"),
        pytest.param(["overhead", "ideal"], 1, ["smollm2-135m", "toolgrad-local teacher fetch"], id="checked at once"),
        pytest.param(["overhead", "--teacher", "smollm2-135m"], 2, ["--teacher", "overhead"], id="no use of a teacher"),
        pytest.param(["ideal", "--run", "x"], 2, ["--run x", "cost and grammars"], id="no use of a run"),
        pytest.param(["cost", "--run", "x"], 2, ["x is no run folder"], id="no run"),
        pytest.param(["overhead", "--iterations", 101], 2, ["--iterations is 101"], id="steps"),
        pytest.param(["overhead", "--config", "x.yaml"], 2, ["--config x.yaml", "YAML"], id="no config"),
        pytest.param(["--add", "x.json"], 2, ["--add x.json cannot be read"], id="nothing to add"),
        pytest.param(
            ["overhead", "--out", "none/results.json"], 2, ["--out none/results.json", "no folder none"], id="no folder"
        ),
        pytest.param(["overhead", "--out", "."], 2, ["--out . is a folder"], id="a folder"),
    ],
)
def test_what_means_nothing_is_refused_in_one_line_before_anything_is_measured(
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    arguments: list[Any],
    code: int,
    parts: list[str],
) -> None:
    monkeypatch.setenv("TOOLGRAD_HOME", str(tmp_path / "empty"))
    monkeypatch.chdir(tmp_path)
    options = arguments if "--out" in arguments else [*arguments, "--out", "results.json"]
    outcome = command("bench", *options)
    assert outcome.code == code, outcome
    assert outcome.err.startswith("error: ")
    assert outcome.err.count("\n") == 1
    assert [part for part in parts if part not in outcome.err] == [], outcome.err
    assert outcome.out == ""
    assert list(tmp_path.iterdir()) == []


def test_the_cost_of_finished_runs_is_shown_side_by_side(
    command: Command, scripted_run: Callable[..., Path], tmp_path: Path
) -> None:
    first, second = scripted_run("first"), scripted_run("second", iterations=1)
    out = tmp_path / "results.json"
    outcome = command("bench", "cost", "--run", first, "--run", second, "--out", out, "--json")
    assert outcome.code == 0, outcome.err
    printed = json.loads(outcome.out)
    summary = json.loads(command("summary", first, "--json").out)
    assert printed["teacher_calls_per_sample"] == summary["teacher_calls_a_sample"]
    assert printed["tools_per_sample"] == round(summary["tools_a_sample"], 4)
    table = printed["figures"]["cost"]["tables"][0]
    assert [title.partition(":")[0] for title in table["columns"]] == ["", "first", "second"]
    assert {len(row) for row in table["rows"]} == {3}
    assert "iterations 1" in table["columns"][2]


def test_the_cost_of_an_unfinished_run_is_not_told(
    command: Command, scripted_run: Callable[..., Path], tmp_path: Path
) -> None:
    run = scripted_run(samples=1, iterations=1)
    folder = RunFolder(run)
    write_manifest(folder, read_manifest(folder).model_copy(update={"outputs": {}}))
    outcome = command("bench", "cost", "--run", run, "--out", tmp_path / "results.json")
    assert (outcome.code, outcome.err.startswith(f"error: --run {run} is unfinished")) == (2, True)


def test_what_scripts_printed_is_added_without_measuring(command: Command, tmp_path: Path) -> None:
    for name, survived in (("kills", 100), ("engine_kills", 12)):
        (tmp_path / f"{name}.json").write_text(json.dumps({"kills_survived": survived, "kills_tried": survived}))
    out = tmp_path / "results.json"
    added = ["--add", tmp_path / "kills.json", "--add", tmp_path / "engine_kills.json"]
    outcome = command("bench", *added, "--out", out)
    assert (outcome.code, outcome.err) == (0, "")
    written = json.loads(out.read_text())
    assert (written["kills_survived"], written["kills_tried"]) == (112, 112)
    assert "Kills survived: 112 of 112." in (tmp_path / "RESULTS.md").read_text()
