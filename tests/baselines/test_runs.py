"""Runs of the baselines: the same journal, resume and checks as any run."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.run_config import BASELINE_METHODS
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import read_manifest

OPTIONS = ("--teacher", "scripted", "--samples", 12, "--seed", 3, "--iterations", 2)
LIVES = 20


@pytest.mark.slow
@pytest.mark.parametrize("method", BASELINE_METHODS)
def test_a_run_is_verified_resumed_replayed_audited_shown_reported_and_exported(
    command: Callable[..., Any], catalog: Catalog, tmp_path: Path, method: str, run_until_death: Callable[..., Any]
) -> None:
    run = tmp_path / method
    outcome = command("baseline", method, *OPTIONS, "--out", run)
    assert outcome.code == 0, outcome.err
    verdict = command("verify", run)
    assert verdict.code == 0, verdict.out
    figures = json.loads(command("audit", run, "--json").out)
    assert figures["changed"] == []
    assert 0 < figures["grown"] <= 12
    assert command("show", run, 0).code == 0
    assert command("replay", run, "--out", tmp_path / "again").code == 0
    assert command("report", run, "--out", tmp_path / "run.html").code == 0
    again = command("report", run, "--out", tmp_path / "run.html", "--json")
    assert json.loads(again.out)["run"]["command"].startswith(f"toolgrad-local baseline {method} ")
    assert figures["released"] > 0
    exported = command("export", run, "--format", "openai", "--out", tmp_path / "data", "--embeddings", "lexical")
    assert exported.code == 0, exported.err
    assert command("verify", tmp_path / "data", "--run", run).code == 0
    cut = RunFolder(tmp_path / "cut")
    asyncio.run(run_until_death(cut, read_manifest(RunFolder(run)).config, catalog, LIVES))
    resumed = command("baseline", method, *OPTIONS, "--out", cut.root)
    assert resumed.code == 0, resumed.err
    assert f"{LIVES} replies kept" in resumed.err
    assert cut.workflows.read_bytes() == RunFolder(run).workflows.read_bytes()
    assert cut.rejected.read_bytes() == RunFolder(run).rejected.read_bytes()


def test_a_file_with_settings_serves_every_method(command: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text("samples: 1\nteacher: scripted\nloop: {iterations: 1}\nbaseline: {rounds: 3}\n")
    runs = {"toolgrad": ["generate"], "react": ["baseline", "react"]}
    for name, words in runs.items():
        assert command(*words, "--config", file, "--out", tmp_path / name).code == 0
    kept = {name: read_manifest(RunFolder(tmp_path / name)).config for name in runs}
    assert (kept["toolgrad"].baseline, kept["toolgrad"].method) == (None, "toolgrad")
    assert kept["react"].baseline is not None
    assert (kept["react"].method, kept["react"].baseline.rounds, kept["react"].baseline.steps) == ("react", 3, 60)
    refused = command("baseline", "dfs", "--config", file, "--out", tmp_path / "react")
    assert refused.code == 1
    assert "baseline.method is react in the folder, dfs now" in refused.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("baseline: {rounds: 99}", "baseline.rounds is 99", id="too many"),
        pytest.param("baseline: {depth: 3}", "unknown setting baseline.depth", id="unknown"),
        pytest.param("baseline: 7", "baseline is 7", id="no mapping"),
    ],
)
def test_a_wrong_setting_is_named(command: Callable[..., Any], tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text(f"teacher: scripted\n{text}\n")
    outcome = command("baseline", "dfs", "--config", file, "--out", tmp_path / "run")
    assert outcome.code == 2
    assert said in outcome.err


def test_a_dry_run_shows_the_prompt_for_the_query(command: Callable[..., Any], tmp_path: Path) -> None:
    outcome = command("baseline", "react", *OPTIONS, "--out", tmp_path / "run", "--dry-run")
    assert outcome.code == 0
    assert '"method": "react"' in outcome.out
    assert "JSON with values and query:" in outcome.out
    assert not (tmp_path / "run").exists()
