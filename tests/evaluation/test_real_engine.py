"""The whole way: vLLM serves SmolLM2, which answers with the bundled template, is interrupted and goes on."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.export.row import Row

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def test_a_small_model_is_evaluated_and_goes_on_where_it_was_interrupted(
    command: Callable[..., Any], write_data: Callable[..., Path], make_row: Callable[..., Row], tmp_path: Path
) -> None:
    paris = ("weather_forecast", {"city": "Paris"})
    data = write_data(
        test=[
            make_row("w000001", [paris], query="How warm is it in Paris?"),
            make_row("w000002-irrelevance", query="Who painted this?"),
            make_row("n0007", query="Tell me a joke."),
        ]
    )
    out = tmp_path / "out"
    options = ["--model", "smollm2-135m", "--chat-template", "hermes", "--data", data, "--max-tokens", 24]
    done = command("evaluate", *options, "--out", out)
    assert done.code == 0, done.err
    answers = (out / "answers.jsonl").read_text().splitlines()
    said = [json.loads(line)["replies"][0] for line in answers]
    assert len(said) == 3
    assert all(reply["prompt_tokens"] > 800 for reply in said), "the template shows the tools"
    assert all(0 < reply["completion_tokens"] <= 24 for reply in said)
    whole = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}

    again = command("evaluate", *options, "--out", out)
    assert (again.code, "starting" in again.err) == (0, False), "nothing is owed, so nothing is served"
    rescored = command("evaluate", "--data", data, "--out", out)
    assert rescored.out == again.out == done.out
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == whole

    (out / "answers.jsonl").write_text("\n".join(answers[:2]) + "\n" + answers[2][:30])
    resumed = command("evaluate", *options, "--out", out)
    assert resumed.code == 0, resumed.err
    assert "rows 2/3" in resumed.err
    assert (out / "answers.jsonl").read_text().splitlines()[:2] == answers[:2]
    assert command("evaluate", *options[:-1], 25, "--out", out).code == 2
