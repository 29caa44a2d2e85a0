"""The files of a run."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from toolgrad_local.errors import ConfigError, JournalError

LEFTOVERS = {"journal.lock", "manifest.json.partial"}
"""What a first start leaves that was killed before it had a journal."""


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
        if not self.manifest.exists() and self.journal.exists():
            raise ConfigError(
                f"{self.manifest} is missing; `toolgrad-local generate` with the run's settings writes it anew from "
                "the journal"
            )
        if not self.manifest.exists():
            raise ConfigError(f"{self.root} is no run folder: it has no manifest.json; name one that generate made")

    def prepare(self) -> None:
        """Make the folder. Raises ConfigError if something else is in it."""
        if self.root.exists() and not self.root.is_dir():
            raise ConfigError(f"--out {self.root} is a file; name a folder")
        self.root.mkdir(parents=True, exist_ok=True)
        names = {path.name for path in self.root.iterdir()}
        if names - LEFTOVERS and not names & {self.manifest.name, self.journal.name}:
            raise ConfigError(f"--out {self.root} is not empty and no run folder; name a new one")


@dataclass(frozen=True)
class Draft:
    """A file that is being written; what goes wrong names the one that it is to become."""

    path: Path
    file: TextIO

    def write(self, text: str) -> None:
        """Raises JournalError if it cannot be written."""
        with name_file(self.path):
            self.file.write(text)


@contextmanager
def open_atomically(path: Path) -> Iterator[Draft]:
    """A temporary file beside it, fsynced and renamed at the end: a reader sees the old text or the new one.

    Raises JournalError if it cannot be written; then the old one is still there.
    """
    partial = path.with_name(path.name + ".partial")
    with name_file(path):
        file = partial.open("w", encoding="utf-8")
    try:
        yield Draft(path, file)
        with name_file(path):
            file.flush()
            os.fsync(file.fileno())
            file.close()
            partial.replace(path)
            sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            file.close()
        partial.unlink(missing_ok=True)
        raise


def write_atomically(path: Path, text: str) -> None:
    """Write it whole or not at all."""
    with open_atomically(path) as file:
        file.write(text)


@contextmanager
def name_file(path: Path) -> Iterator[None]:
    """Raises JournalError with the file's name for whatever the system says."""
    try:
        yield
    except OSError as error:
        raise JournalError(
            f"{path} cannot be written: {error.strerror or error}; see that the disk is sound and has room, and run "
            "the same command to resume: nothing that was journaled is lost"
        ) from error


def sync_folder(folder: Path) -> None:
    """Put the names of its files on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def pretty_json(value: object) -> str:
    """JSON for people."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
