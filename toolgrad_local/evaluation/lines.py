"""Files that grow a line at a time and survive a kill: answers.jsonl and others."""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError

from toolgrad_local.data_model.base import Data
from toolgrad_local.errors import ConfigError


class Line(Data):
    """A record of a file of lines."""

    id: str


L = TypeVar("L", bound=Line)


class LineFile(Generic[L]):
    """Records of one type, a line each with an id, appended as they come; a line that was cut short is owed again."""

    def __init__(self, path: Path, kind: type[L]) -> None:
        self.path, self._kind = path, kind

    def read(self) -> dict[str, L]:
        """By id. Raises ConfigError for a line that is none of the type, unless it is an unfinished last one."""
        if not self.path.exists():
            return {}
        found: dict[str, L] = {}
        lines = self.path.read_bytes().split(b"\n")
        for number, text in enumerate(lines[:-1], start=1):
            try:
                line = self._kind.model_validate_json(text)
            except ValidationError:
                raise ConfigError(f"{self.path}:{number} is damaged; delete the line, and it is asked again") from None
            found[line.id] = line
        return found

    @contextmanager
    def open(self) -> Iterator["Appender"]:
        """For appending. Raises ConfigError while another process has it open."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ConfigError(
                    f"{self.path.parent} is being written by another process; name another --out"
                ) from None
            file.truncate(whole_length(self.path))
            yield Appender(file.fileno())

    def tidy(self, lines: Iterable[L]) -> None:
        """All lines in the order given, so that the file does not depend on when each came."""
        partial = self.path.with_name(self.path.name + ".partial")
        with partial.open("wb") as file:
            file.write(b"".join(write_line(line) for line in lines))
            file.flush()
            os.fsync(file.fileno())
        partial.replace(self.path)


class Appender:
    """Writes whole lines to an open file."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def add(self, line: Line) -> None:
        """Returns when it is on the disk."""
        os.write(self._descriptor, write_line(line))
        os.fsync(self._descriptor)


def write_line(line: Line) -> bytes:
    """One line; half a surrogate pair stays an escape."""
    return json.dumps(line.model_dump(mode="python"), ensure_ascii=True).encode() + b"\n"


def whole_length(path: Path) -> int:
    """Bytes up to the end of the last whole line."""
    return path.read_bytes().rfind(b"\n") + 1
