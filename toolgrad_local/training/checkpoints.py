"""Checkpoints: which is the last whole one, and what belongs to it.

A checkpoint that a kill cut short lacks its mark, and is removed.
"""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolgrad_local.generation.folder import write_atomically

KEPT = 2
"""Checkpoints that are there at a time."""
MARK = "complete.json"
SAVES = 10
"""Checkpoints over a whole training."""


@dataclass(frozen=True)
class Checkpoint:
    """One that is whole."""

    folder: Path
    step: int
    seconds: float
    """Spent until then."""


def find_checkpoint(root: Path) -> Checkpoint | None:
    """The last whole one; those that are not are removed."""
    found = []
    for folder in root.glob("checkpoint-*"):
        mark = read_mark(folder / MARK)
        if mark is None:
            shutil.rmtree(folder)
        else:
            found.append(Checkpoint(folder, mark["step"], mark["seconds"]))
    return max(found, key=lambda checkpoint: checkpoint.step, default=None)


def mark_checkpoint(folder: Path, step: int, seconds: float) -> None:
    """Everything of it is written."""
    write_atomically(folder / MARK, json.dumps({"step": step, "seconds": round(seconds, 3)}) + "\n")


def read_mark(path: Path) -> dict[str, Any] | None:
    """None where there is no mark."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) and {"step", "seconds"} <= value.keys() else None


def save_interval(steps: int) -> int:
    """Steps from one checkpoint to the next."""
    return max(1, steps // SAVES)
