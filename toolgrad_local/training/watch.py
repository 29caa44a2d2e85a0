"""What happens between the steps: losses are logged, checkpoints marked, and people told."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from toolgrad_local.training.checkpoints import mark_checkpoint, save_interval
from toolgrad_local.training.loss_log import LossLog
from toolgrad_local.training.view import TrainingView

LOOKS = 4
"""Looks at the test split during a training, besides the one before it."""


class Watch:
    """Handles the trainer's events. Their order decides the log, and no time does."""

    def __init__(self, log: LossLog, view: TrainingView, steps: int, has_test: bool, step: int, seconds: float) -> None:
        self.log, self.view, self.steps, self.step = log, view, steps, step
        self._looks = {round(steps * k / LOOKS) for k in range(1, LOOKS + 1)} if has_test else set()
        self._interval = save_interval(steps)
        self._seconds_before, self._started = seconds, time.monotonic()
        self._loss: float | None = None

    @property
    def seconds(self) -> float:
        """Spent on this training so far, with what was spent before it was resumed."""
        return self._seconds_before + time.monotonic() - self._started

    def handlers(self) -> dict[str, Callable[..., None]]:
        """Methods of a TrainerCallback."""
        return {
            "on_train_begin": lambda _, args, state, control, **more: self.begin(state),
            "on_step_end": lambda _, args, state, control, **more: self.end_step(state, control),
            "on_log": lambda _, args, state, control, logs, **more: self.note(state, logs),
            "on_save": lambda _, args, state, control, **more: self.mark(Path(args.output_dir), state),
        }

    def begin(self, state: Any) -> None:
        """Training begins or goes on."""
        self.view.begin(state.num_input_tokens_seen)

    def end_step(self, state: Any, control: Any) -> None:
        """Decide on a checkpoint and on a look at the test split.

        After the last step there is no checkpoint: the trained model is written at once.
        """
        step = state.global_step
        control.should_evaluate = step in self._looks
        control.should_save = step % self._interval == 0 and step < self.steps

    def note(self, state: Any, logs: dict[str, Any]) -> None:
        """A loss."""
        self.log.add(state.global_step, state.epoch or 0.0, logs)
        if "loss" in logs:
            self.step = state.global_step
            self.view.advance(self.step, state.num_input_tokens_seen, logs["loss"])
        elif "eval_loss" in logs:
            self.view.tell(f"step {state.global_step}: loss of the test split {logs['eval_loss']:.4f}")

    def mark(self, checkpoints: Path, state: Any) -> None:
        """A checkpoint is written."""
        mark_checkpoint(checkpoints / f"checkpoint-{state.global_step}", state.global_step, self.seconds)
