"""The files of a run."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from toolgrad_local.errors import ConfigError


@dataclass(frozen=True)
class RunFolder:
    """Paths below a run's folder."""

    root: Path

    @property
    def manifest(self) -> Path:
        return self.root / "manifest.json"

    @property
    def journal(self) -> Path:
        return self.root / "journal.sqlite"

    @property
    def workflows(self) -> Path:
        return self.root / "workflows.jsonl"

    @property
    def rejected(self) -> Path:
        return self.root / "rejected.jsonl"

    @property
    def teacher_log(self) -> Path:
        return self.root / "logs" / "teacher.log"

    def require(self) -> None:
        """Raises ConfigError unless this is a run folder."""
        if not self.manifest.exists():
            raise ConfigError(f"{self.root} is no run folder: it has no manifest.json; name one that generate made")

    def prepare(self) -> None:
        """Make the folder. Raises ConfigError if something else is in it."""
        if self.root.exists() and not self.root.is_dir():
            raise ConfigError(f"--out {self.root} is a file; name a folder")
        if self.root.is_dir() and any(self.root.iterdir()) and not self.manifest.exists():
            raise ConfigError(f"--out {self.root} is not empty and no run folder; name a new one")
        self.root.mkdir(parents=True, exist_ok=True)


def write_atomically(path: Path, text: str) -> None:
    """Write it whole or not at all."""
    with open_atomically(path) as file:
        file.write(text)


@contextmanager
def open_atomically(path: Path) -> Iterator[TextIO]:
    """A temporary file beside it, fsynced and renamed at the end: a reader sees the old text or the new one."""
    partial = path.with_name(path.name + ".partial")
    with partial.open("w", encoding="utf-8") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def pretty_json(value: object) -> str:
    """JSON for people."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
