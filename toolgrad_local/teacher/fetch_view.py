"""What a person sees of a fetch: a bar on a terminal, plain lines elsewhere."""

from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)


class FetchView:
    """One phase at a time: `start_phase`, then `advance` as often as there is news. Writes to stderr."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True, highlight=False)
        self._bar: Progress | None = None
        self._parts = 0

    def __enter__(self) -> "FetchView":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end_phase()

    def start_phase(self, title: str, total: int | None = None) -> None:
        """`total` in bytes; None where it is not known how far the work is."""
        self.end_phase()
        self._parts = 0
        if not self._console.is_terminal:
            self.say(title)
            return
        columns = [SpinnerColumn(), TextColumn("{task.description}")]
        if total is None:
            self._bar = Progress(*columns, TimeElapsedColumn(), console=self._console)
        else:
            figures = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, *figures, console=self._console)
        self._bar.add_task(title, total=total)
        self._bar.start()

    def advance(self, parts: int, of: int, done: int, total: int) -> None:
        """Parts that are there and bytes that are done."""
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=done)
        elif parts > self._parts:
            self._parts = parts
            self.say(f"  part {parts} of {of}, {done // 10**6} of {total // 10**6} MB")

    def end_phase(self) -> None:
        """Takes the bar away, if there is one."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def say(self, line: str) -> None:
        """One line that stays."""
        self._console.print(line, soft_wrap=True, markup=False)
