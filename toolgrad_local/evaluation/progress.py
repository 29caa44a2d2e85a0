"""What a person sees of an evaluation: a bar on a terminal, plain lines elsewhere, each with the time left."""

import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from toolgrad_local.generation.progress import LINE_SECONDS, time_text


class View:
    """One phase at a time. Writes to stderr."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True, highlight=False)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, TextColumn("left"), TimeRemainingColumn(), console=self._console, transient=True)
        self._live = self._console.is_terminal
        self._title, self._total, self._done, self._here = "", 0, 0, 0
        self._began = self._told = time.monotonic()
        self._notice = ""

    def __enter__(self) -> "View":
        if self._live:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._bar.stop()

    def begin(self, title: str, total: int, done: int) -> None:
        """`done`: what an earlier run has done already."""
        self._title, self._total, self._done, self._here = title, total, done, 0
        self._began = self._told = time.monotonic()
        if self._live:
            for task in self._bar.task_ids:
                self._bar.remove_task(task)
            self._bar.add_task(title, total=total, completed=done)
        else:
            self._say(self._line())

    def advance(self) -> None:
        """One more is done."""
        self._done += 1
        self._here += 1
        if self._live:
            self._bar.advance(self._bar.task_ids[0])
        elif time.monotonic() - self._told >= LINE_SECONDS:
            self._told = time.monotonic()
            self._say(self._line())

    def notice(self, text: str) -> None:
        """What goes on; what comes before the first comma names it, and is said once."""
        if text.split(",")[0] != self._notice.split(",")[0]:
            self._say(text)
        self._notice = text

    def _line(self) -> str:
        seconds = time.monotonic() - self._began
        left = seconds / self._here * (self._total - self._done) if self._here else None
        eta = "" if left is None else f"  ETA {time_text(left)}"
        return f"{self._title} {self._done}/{self._total}{eta}"

    def _say(self, line: str) -> None:
        self._console.print(line, soft_wrap=True, markup=False)
