"""log.jsonl: a line a step with its loss, and a line for each look at the test split. No time is in it."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolgrad_local.errors import TrainingError
from toolgrad_local.generation.folder import write_atomically
from toolgrad_local.plots import Curve, draw_curves

NAME = "log.jsonl"
PICTURE = "loss.svg"
FIELDS = {"loss": "loss", "grad_norm": "gradient", "num_input_tokens_seen": "tokens", "eval_loss": "test_loss"}
"""The trainer's names, and ours."""


@dataclass(frozen=True)
class LossLog:
    """The file."""

    path: Path

    def cut(self, step: int) -> None:
        """Drop what comes after a step, which is going to be made again."""
        kept = [line for line in self.lines() if line["step"] <= step]
        write_atomically(self.path, "".join(json.dumps(line) + "\n" for line in kept))

    def add(self, step: int, epoch: float, logs: dict[str, Any]) -> None:
        """What the trainer says of a step, if it is a loss. Raises TrainingError for a loss that is no number."""
        line = {ours: logs[theirs] for theirs, ours in FIELDS.items() if theirs in logs}
        if "test_loss" in line:
            line = {"test_loss": line["test_loss"]}
        elif "loss" not in line:
            return
        if not all(map(math.isfinite, line.values())):
            raise TrainingError(f"the loss of step {step} is no number; train with a smaller learning_rate")
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"step": step, "epoch": round(epoch, 4), **line}) + "\n")

    def lines(self) -> list[dict[str, Any]]:
        """Every whole line; the last one may be torn."""
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        return [json.loads(line) for line in text.split("\n")[:-1]]

    def last(self, field: str) -> float | None:
        """The latest value of a field."""
        values = [line[field] for line in self.lines() if field in line]
        return float(values[-1]) if values else None

    def first(self, field: str) -> float | None:
        """The earliest value of a field."""
        values = [line[field] for line in self.lines() if field in line]
        return float(values[0]) if values else None

    def least(self, field: str) -> tuple[float, int] | None:
        """The least value of a field and its step, the first of equal ones."""
        values = [(float(line[field]), int(line["step"])) for line in self.lines() if field in line]
        return min(values, default=None)


def draw_loss(log: LossLog) -> None:
    """loss.svg beside the log."""
    curves = []
    for field, label in (("loss", "train, each step"), ("test_loss", "test")):
        points = [(float(line["step"]), float(line[field])) for line in log.lines() if field in line]
        if points:
            curves.append(Curve(label, tuple(x for x, _ in points), tuple(y for _, y in points)))
    if curves:
        draw_curves(log.path.with_name(PICTURE), curves, "step", "loss of the assistant's tokens")
