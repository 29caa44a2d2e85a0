"""A training that is killed goes on as if it had not been."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.teacher.digest import digest_weights
from toolgrad_local.training.checkpoints import find_checkpoint, mark_checkpoint
from toolgrad_local.training.loss_log import LossLog
from toolgrad_local.training.record import read_record

PATIENCE_SECONDS = 300


def start(model: object, data: Path, recipe: Path, out: Path, steps: int) -> subprocess.Popen[bytes]:
    """The command in a process group of its own."""
    arguments = ["train", "--model", str(model), "--data", str(data), "--recipe", str(recipe), "--steps", str(steps)]
    return subprocess.Popen(
        [sys.executable, "-m", "toolgrad_local", *arguments, "--out", str(out)], start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def kill_after(step: int, process: subprocess.Popen[bytes], out: Path) -> None:
    """SIGKILL as soon as the step is logged."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(LossLog(out / "log.jsonl").lines()) < step:
        assert process.poll() is None, process.communicate()[1].decode()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("model", "changes", "steps", "kills"),
    [
        pytest.param("small", {"lora": {"rank": 2, "alpha": 4, "dropout": 0.1}}, 12, (4,), id="LoRA"),
        pytest.param("smollm2-135m", {"learning_rate": 1e-4, "epochs": 1, "context": 1300}, 3, (2,), id="SmolLM2"),
    ],
)
def test_a_killed_training_ends_like_one_that_was_not(
    model: str, changes: dict[str, Any], steps: int, kills: tuple[int, ...], small_model: Path,
    make_dataset: Callable[..., Path], recipe_file: Callable[..., Path], tmp_path: Path, long: bool,
) -> None:  # fmt: skip
    if model != "small" and not long:
        pytest.skip("minutes of two cores; `make test-long` runs it")
    data = make_dataset(limit=6, split=0.0, offered=2)
    recipe, base = recipe_file(**changes), small_model if model == "small" else model
    for step in kills:
        kill_after(step, start(base, data, recipe, tmp_path / "killed", steps), tmp_path / "killed")
        assert not (tmp_path / "killed" / "training.json").exists()
    for name in ("killed", "whole"):
        done = start(base, data, recipe, tmp_path / name, steps)
        said = done.communicate()[1].decode()
        assert done.returncode == 0, said
        assert ("going on after step" in said) == (name == "killed")
    killed, whole = (read_record(tmp_path / name) for name in ("killed", "whole"))
    assert killed is not None
    assert whole is not None
    assert (killed.steps, killed.losses, killed.tokens) == (steps, whole.losses, whole.tokens)
    assert (tmp_path / "killed" / "log.jsonl").read_bytes() == (tmp_path / "whole" / "log.jsonl").read_bytes()
    assert digest_weights(tmp_path / "killed") == digest_weights(tmp_path / "whole")


def test_a_checkpoint_that_was_cut_short_is_passed_over(tmp_path: Path) -> None:
    for step in (3, 10, 20):
        (tmp_path / f"checkpoint-{step}").mkdir()
        if step < 20:
            mark_checkpoint(tmp_path / f"checkpoint-{step}", step, step * 1.5)
    found = find_checkpoint(tmp_path)
    assert found is not None
    assert (found.step, found.seconds) == (10, 15.0)
    assert not (tmp_path / "checkpoint-20").exists()


def test_what_was_logged_after_the_checkpoint_is_made_again(tmp_path: Path) -> None:
    log = LossLog(tmp_path / "log.jsonl")
    for step in (1, 2, 3):
        log.add(step, 0.1 * step, {"loss": 1.0 / step, "grad_norm": 1.0, "num_input_tokens_seen": step})
    with log.path.open("a") as file:
        file.write('{"step": 4, "lo')
    log.cut(2)
    assert [line["step"] for line in log.lines()] == [1, 2]
