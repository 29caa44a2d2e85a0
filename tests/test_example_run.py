"""The finished run of the 1.5B teacher in examples/: what people try first works on it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

EXAMPLE = Path(__file__).parent.parent / "examples" / "run"
FORMATS = ("openai", "trl", "sharegpt", "hermes", "xlam", "bfcl", "toolgrad", "react")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A copy: nothing is written into the example itself."""
    folder = tmp_path / "run"
    folder.mkdir()
    for path in EXAMPLE.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def test_it_is_verified(command: Callable[..., Any], run: Path) -> None:
    outcome = command("verify", run)
    assert outcome.code == 0, outcome.out
    assert "all verified" in outcome.out


def test_every_released_sample_is_grounded_and_the_funnel_narrows(command: Callable[..., Any], run: Path) -> None:
    outcome = command("audit", run, "--json")
    assert outcome.code == 0, outcome.err
    figures = json.loads(outcome.out)
    assert figures["changed"] == []
    assert figures["grounded_share_of_released"] == 1.0
    assert figures["grown"] >= 30
    narrowing = [figures[k] for k in ("started", "grown", "grounded", "query_ok", "response_ok", "unique", "released")]
    assert narrowing == sorted(narrowing, reverse=True)
    assert figures["released"] > 0


@pytest.mark.parametrize("form", FORMATS)
def test_it_is_exported_and_verified_in_every_format(
    command: Callable[..., Any], run: Path, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "data"
    outcome = command("export", run, "--format", form, "--out", out, "--embeddings", "lexical")
    assert outcome.code == 0, outcome.err
    assert command("verify", out, "--run", run).code == 0


def test_it_becomes_a_page(command: Callable[..., Any], run: Path, tmp_path: Path) -> None:
    page = tmp_path / "run.html"
    outcome = command("report", run, "--out", page)
    assert outcome.code == 0, outcome.err
    assert "<!doctype html>" in page.read_text(encoding="utf-8")[:200].lower()
