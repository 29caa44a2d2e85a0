"""Shows a training while it goes on: a bar on a terminal, plain lines elsewhere."""

import time

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from toolgrad_local.generation.progress import LINE_SECONDS, time_text


class TrainingView:
    """Tells steps, loss, tokens a second and the time that is left."""

    def __init__(self, console: Console, steps: int, done: int) -> None:
        self._console, self._steps, self._done_before = console, steps, done
        self._started = self._told = time.monotonic()
        self._tokens_before: int | None = None
        self._bar = Progress(TextColumn("{task.description}"), BarColumn(), console=console, transient=True)
        self._task = self._bar.add_task("loading", total=steps, completed=done)

    def __enter__(self) -> "TrainingView":
        if self._console.is_terminal:
            self._bar.start()
        return self

    def __exit__(self, *unused: object) -> None:
        if self._console.is_terminal:
            self._bar.stop()

    def tell(self, line: str) -> None:
        """One line of its own."""
        self._console.print(line, highlight=False, soft_wrap=True, markup=False)

    def begin(self, tokens: int) -> None:
        """The first step is about to be computed; `tokens` were read before."""
        self._started, self._tokens_before = time.monotonic(), tokens

    def advance(self, step: int, tokens: int, loss: float | None) -> None:
        """A step is done; `tokens` are read so far."""
        seconds = max(time.monotonic() - self._started, 1e-6)
        left = seconds / max(step - self._done_before, 1) * (self._steps - step)
        said = "" if loss is None else f"  loss {loss:.3f}"
        pace = (tokens - (self._tokens_before or 0)) / seconds
        line = f"step {step}/{self._steps}{said}  {pace:.0f} tok/s  ETA {time_text(left)}"
        if self._console.is_terminal:
            self._bar.update(self._task, completed=step, description=line)
        elif time.monotonic() - self._told >= LINE_SECONDS or step == self._steps:
            self.tell(line)
            self._told = time.monotonic()
