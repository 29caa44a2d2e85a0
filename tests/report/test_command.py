"""`toolgrad-local report` on the command line: what it writes, and what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.data_model.trajectory import Trajectory

Command = Callable[..., Any]


@pytest.fixture
def run(varied: list[Trajectory], write_run: Callable[..., Path]) -> Path:
    """A finished run of six samples."""
    return write_run(varied)


def test_a_scripted_run_is_reported(command: Command, scripted_run: Callable[..., Path], tmp_path: Path) -> None:
    outcome = command("report", scripted_run(samples=3), "--out", tmp_path / "page.html", "--json")
    assert outcome.code == 0, outcome.err
    figures = json.loads(outcome.out)
    assert figures["funnel"]["started"] == 3
    assert figures["run"]["scripted"]
    assert figures["coverage"]["tools"]["kept"] >= 1


def check_refusal(outcome: Any, out: Path, *parts: str, code: int = 2) -> None:
    """Fails unless there is one line with these parts, and nothing was written."""
    assert outcome.code == code, outcome
    assert outcome.err.startswith("error: ")
    assert outcome.err.count("\n") == 1
    assert [part for part in parts if part not in outcome.err] == [], outcome.err
    assert not out.is_file()
    assert list(out.parent.glob("*.partial")) == []


def test_the_page_is_one_file_and_the_same_bytes_again(command: Command, run: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.html", tmp_path / "second.html"
    for out in (first, second):
        outcome = command("report", run, "--out", out)
        assert outcome.code == 0, outcome.err
        assert outcome.out == f"{out}: 6 samples, 0.1 MB, open it in a browser\n"
    assert first.read_bytes() == second.read_bytes()
    assert b"<!doctype html>" in first.read_bytes()[:20]


def test_the_figures_are_printed_as_json(command: Command, run: Path, tmp_path: Path) -> None:
    outcome = command("report", run, "--out", tmp_path / "page.html", "--compare", run, "--json")
    figures = json.loads(outcome.out)
    assert figures["funnel"]["started"] == 6
    assert figures["comparison"]["other_funnel"] == figures["funnel"]
    assert figures["comparison"]["other_diversity"] == figures["diversity"]


def test_an_out_that_is_a_folder_is_refused(command: Command, run: Path, tmp_path: Path) -> None:
    outcome = command("report", run, "--out", tmp_path)
    check_refusal(outcome, tmp_path, f"--out {tmp_path} is a folder", "name a file")


def test_an_out_in_no_folder_is_refused(command: Command, run: Path, tmp_path: Path) -> None:
    out = tmp_path / "none" / "page.html"
    check_refusal(command("report", run, "--out", out), out, f"there is no folder {out.parent}", "make it first")


def test_a_folder_that_is_no_run_is_refused(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    check_refusal(command("report", tmp_path, "--out", out), out, f"{tmp_path} is no run folder")


def test_a_run_without_samples_is_refused(command: Command, write_run: Callable[..., Path], tmp_path: Path) -> None:
    empty, out = write_run([], "empty"), tmp_path / "page.html"
    check_refusal(command("report", empty, "--out", out), out, f"{empty} holds no samples")


def test_an_empty_run_to_compare_with_is_refused(
    command: Command, run: Path, write_run: Callable[..., Path], tmp_path: Path
) -> None:
    empty, out = write_run([], "empty"), tmp_path / "page.html"
    check_refusal(command("report", run, "--out", out, "--compare", empty), out, f"{empty} holds no samples")


def test_an_unfinished_run_is_refused(
    command: Command, run: Path, tmp_path: Path, change_manifest: Callable[..., None]
) -> None:
    change_manifest(run, outputs={})
    out = tmp_path / "page.html"
    check_refusal(command("report", run, "--out", out), out, f"{run} is unfinished")


def test_a_run_of_another_format_is_refused(
    command: Command, run: Path, tmp_path: Path, change_manifest: Callable[..., None]
) -> None:
    change_manifest(run, format=99)
    out = tmp_path / "page.html"
    check_refusal(command("report", run, "--out", out), out, "format 99", code=1)


def test_a_run_of_another_catalog_is_refused(
    command: Command, run: Path, tmp_path: Path, change_manifest: Callable[..., None]
) -> None:
    change_manifest(run, catalog="f" * 64)
    out = tmp_path / "page.html"
    check_refusal(command("report", run, "--out", out), out, "made with catalog ffffffffffff", "--catalog")


def test_an_edited_run_is_refused_and_an_old_page_stays(command: Command, run: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert command("report", run, "--out", out).code == 0
    before = out.read_bytes()
    with (run / "workflows.jsonl").open("a") as file:
        file.write("\n")
    outcome = command("report", run, "--out", out)
    assert outcome.code == 1
    assert "was changed after the run had finished" in outcome.err
    assert out.read_bytes() == before
