"""One run takes over what another was asked in the same words."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.data_model.exchange import Reply, Request, RequestKey
from toolgrad_local.journal.store import Journal
from toolgrad_local.teacher.profiles import load_profile
from toolgrad_local.teacher.scripted import ScriptedTeacher

Command = Callable[..., Any]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[RequestKey]:
    """The keys of the requests that really reach the scripted teacher."""
    keys: list[RequestKey] = []
    ask = ScriptedTeacher.ask

    async def count(self: ScriptedTeacher, request: Request) -> Reply:
        keys.append(request.key)
        return await ask(self, request)

    monkeypatch.setattr(ScriptedTeacher, "ask", count)
    return keys


def make_run(command: Command, out: Path, *options: object, config: str = "") -> Path:
    """A scripted run of pools 3 and the given settings."""
    file = out.with_suffix(".yaml")
    file.write_text(f"seed: 4\nteacher: scripted\nloop: {{iterations: 2, pools: 3}}\n{config}")
    outcome = command("generate", "--config", file, "--out", out, *options)
    assert outcome.code == 0, outcome.err
    return out


def test_the_same_run_again_asks_nothing_and_gives_the_same_bytes(
    command: Command, tmp_path: Path, asked: list[RequestKey]
) -> None:
    first = make_run(command, tmp_path / "first", "--samples", 4)
    assert asked
    asked.clear()
    second = make_run(command, tmp_path / "second", "--samples", 4, "--reuse", first)
    assert asked == []
    assert (second / "workflows.jsonl").read_bytes() == (first / "workflows.jsonl").read_bytes()
    assert list_seconds(second) == list_seconds(first)
    assert command("verify", second).code == 0


def list_seconds(run: Path) -> list[float]:
    """What each reply took, in key order."""
    journal = Journal(run / "journal.sqlite", read_only=True)
    seconds = [seconds for _, _, seconds in journal.usages()]
    journal.close()
    return seconds


def test_an_extended_run_keeps_its_samples_and_asks_for_the_new_ones_alone(
    command: Command, tmp_path: Path, asked: list[RequestKey]
) -> None:
    first = make_run(command, tmp_path / "first", "--samples", 2)
    asked.clear()
    longer = make_run(command, tmp_path / "longer", "--samples", 4, "--reuse", first)
    assert {key.sample for key in asked} == {2, 3}
    assert read_samples(longer)[:2] == read_samples(first)


def test_other_styles_ask_for_the_texts_alone(command: Command, tmp_path: Path, asked: list[RequestKey]) -> None:
    first = make_run(command, tmp_path / "first", "--samples", 3)
    asked.clear()
    make_run(command, tmp_path / "plain", "--samples", 3, "--styles", "off", "--reuse", first)
    assert asked
    assert {key.stage for key in asked} & {"propose", "execute", "select"} == set()


def test_a_run_of_another_teacher_is_refused(
    command: Command, tmp_path: Path, change_manifest: Callable[..., None]
) -> None:
    first = make_run(command, tmp_path / "first", "--samples", 1)
    change_manifest(first, profile=load_profile("smollm2-135m").model_dump(mode="json"))
    out = tmp_path / "second"
    refused = command("generate", "--teacher", "scripted", "--samples", 1, "--out", out, "--reuse", first)
    assert refused.code == 2
    assert "name a run of the same teacher" in refused.err
    assert not out.exists()


def test_what_is_no_run_is_refused(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "run"
    refused = command("generate", "--teacher", "scripted", "--samples", 1, "--out", out, "--reuse", tmp_path)
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert "is no run folder" in refused.err


def read_samples(run: Path) -> list[str]:
    """The finished samples as the journal has them."""
    with sqlite3.connect(run / "journal.sqlite") as journal:
        return [row[0] for row in journal.execute("SELECT trajectory FROM samples ORDER BY sample")]
