"""`audit`, and what `summary` and `show` say of the same run."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]
KEYS = {
    "started", "grown", "grounded", "query_ok", "response_ok", "round_trip_ok", "unique", "released",
    "grounded_share_of_released", "pass_rate_paper", "pass_rate_strict",
}  # fmt: skip


@pytest.fixture
def run(scripted_run: Callable[..., Path]) -> Path:
    """A run with released and rejected samples."""
    return scripted_run(samples=5, iterations=3, seed=11)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_funnel_of_a_run_is_told_to_programs(command: Command, run: Path) -> None:
    outcome = command("audit", run, "--json")
    assert (outcome.code, outcome.err) == (0, "")
    said = json.loads(outcome.out)
    assert set(said) == KEYS | {"rejected", "findings", "changed"}
    released, rejected = read_rows(run / "workflows.jsonl"), read_rows(run / "rejected.jsonl")
    assert (said["started"], said["released"]) == (5, len(released))
    assert released
    assert rejected
    assert sum(said["rejected"].values()) == len(rejected)
    assert (said["grounded_share_of_released"], said["changed"]) == (1.0, [])
    assert said["pass_rate_strict"] == pytest.approx(len(released) / 5)
    summary = json.loads(command("summary", run, "--json").out)
    assert summary["funnel"] == {key: said[key] for key in KEYS}


def test_the_funnel_of_a_run_is_told_to_people(command: Command, run: Path) -> None:
    outcome = command("audit", run)
    assert (outcome.code, outcome.err) == (0, "")
    for line in ("started", "grown: the paper's pass", "pass rate, the paper's meaning", "pass rate, ours"):
        assert line in outcome.out
        assert line in command("summary", run).out
    faulty = [row for row in read_rows(run / "rejected.jsonl") if row["audit"] and row["audit"]["findings"]]
    assert faulty
    for row in faulty:
        finding = row["audit"]["findings"][0]
        assert f"sample {row['sample']}: {finding['kind']} {finding['detail']}" in outcome.out


def test_a_run_that_was_edited_or_is_unfinished_is_refused_in_one_line(
    command: Command, run: Path, change_manifest: Callable[..., None]
) -> None:
    path = run / "workflows.jsonl"
    path.write_text(path.read_text() + "\n")
    outcome = command("audit", run)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == (
        f"error: {path} was changed after the run had finished; rebuild the run with `toolgrad-local replay`\n"
    )
    change_manifest(run, outputs={})
    outcome = command("audit", run)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"error: {run} is unfinished; resume it with `toolgrad-local generate")


def test_a_sample_is_shown_with_turns_response_and_findings(command: Command, run: Path) -> None:
    lines = command("show", run).out.splitlines()
    assert len(lines) == 5
    for row in (read_rows(run / "workflows.jsonl")[0], read_rows(run / "rejected.jsonl")[0]):
        state = row["rejected"] or "released"
        assert state in lines[row["sample"]]
        shown = command("show", run, row["sample"]).out
        for part in (state, "Query", "Turns     1", "Response"):
            assert part in shown
        for finding in row["audit"]["findings"]:
            assert finding["kind"] in shown
        assert ("Round trip" in shown) == (row["round_trip"] is not None)
        assert json.loads(command("show", run, row["sample"], "--json").out) == row
