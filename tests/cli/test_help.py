"""The command line as it explains itself. After a change on purpose: `pytest --write-golden`, and read the diff."""

from collections.abc import Callable
from typing import Any

import pytest

from toolgrad_local import __version__
from toolgrad_local.cli.main import COMMANDS

LINES = {
    "toolgrad-local": ["--help"],
    "generate": ["generate", "--help"],
    "baseline": ["baseline", "--help"],
    "compare": ["compare", "--help"],
    "verify": ["verify", "--help"],
    "replay": ["replay", "--help"],
    "show": ["show", "--help"],
    "summary": ["summary", "--help"],
    "audit": ["audit", "--help"],
    "export": ["export", "--help"],
    "train": ["train", "--help"],
    "evaluate": ["evaluate", "--help"],
    "bfcl": ["bfcl", "--help"],
    "report": ["report", "--help"],
    "catalog": ["catalog", "--help"],
    "teacher": ["teacher", "--help"],
    "embeddings": ["embeddings", "--help"],
    "experiment": ["experiment", "--help"],
    "bench": ["bench", "--help"],
    "doctor": ["doctor", "--help"],
}


@pytest.mark.parametrize("name", LINES)
def test_the_help_is_the_golden_one(command: Callable[..., Any], golden: Any, name: str) -> None:
    outcome = command(*LINES[name])
    assert (outcome.code, outcome.err) == (0, "")
    golden(f"{name}.txt", outcome.out)


def test_every_command_has_a_golden_help() -> None:
    assert set(COMMANDS) == set(LINES) - {"toolgrad-local"}


def test_the_version_is_the_packages(command: Callable[..., Any]) -> None:
    assert command("--version").out == f"toolgrad-local, version {__version__}\n"
