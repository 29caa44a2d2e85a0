"""One run takes over what another was asked in the same words; a pool's text is read once before the others come."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.data_model.exchange import Message, Reply, Request, RequestKey, Sampling, Usage
from toolgrad_local.generation.priming import LONG_TEXT, PrimingTeacher
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
    assert command("verify", second).code == 0


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


class SlowTeacher:
    """Answers when it is let; knows how many it was asked at once."""

    name = "slow"

    def __init__(self, fail: bool = False) -> None:
        self.waiting, self.gate, self.fail = 0, asyncio.Event(), fail

    async def ask(self, request: Request) -> Reply:
        """A reply once the gate is open."""
        self.waiting += 1
        await self.gate.wait()
        if self.fail:
            self.fail = False
            raise OSError("gone")
        return Reply(text="{}", finish_reason="stop", usage=Usage(prompt_tokens=1, completion_tokens=1))


def make_request(sample: int, system: str) -> Request:
    """A proposer's request under this system message."""
    return Request(
        key=RequestKey(sample=sample, step=0, stage="propose"),
        messages=(Message(role="system", content=system), Message(role="user", content=str(sample))),
        json_schema={},
        sampling=Sampling(),
        seed=sample,
    )


@pytest.mark.parametrize(
    ("systems", "at_once"),
    [
        pytest.param(["a" * LONG_TEXT] * 3, 1, id="one text: the first goes alone"),
        pytest.param(["a" * LONG_TEXT, "b" * LONG_TEXT, "b" * LONG_TEXT], 2, id="two texts: one each"),
        pytest.param(["short"] * 3, 3, id="a short text is not waited for"),
    ],
)
async def test_requests_that_share_a_long_text_wait_for_the_first(systems: list[str], at_once: int) -> None:
    slow = SlowTeacher()
    teacher = PrimingTeacher(slow)
    tasks = [asyncio.create_task(teacher.ask(make_request(i, text))) for i, text in enumerate(systems)]
    await asyncio.sleep(0.01)
    assert slow.waiting == at_once
    slow.gate.set()
    await asyncio.gather(*tasks)
    assert slow.waiting == len(systems)


async def test_a_first_request_that_fails_does_not_hold_the_others_back() -> None:
    slow = SlowTeacher(fail=True)
    teacher = PrimingTeacher(slow)
    tasks = [asyncio.create_task(teacher.ask(make_request(i, "a" * LONG_TEXT))) for i in range(3)]
    slow.gate.set()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [OSError, Reply, Reply]
