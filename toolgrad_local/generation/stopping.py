"""Stopping on request: what is in flight is finished and journaled, nothing new is asked."""

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from toolgrad_local.data_model.exchange import Reply, Request
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.errors import Interrupted

GRACE_SECONDS = 20.0
"""For what is in flight when a stop is asked for: a frozen teacher finishes nothing, and what manages jobs kills after
half a minute, commonly."""


class StopRequest:
    """Set by the first Ctrl-C or SIGTERM; the second one, or the end of the grace, ends the run at once."""

    def __init__(self, notice: Callable[[str], None]) -> None:
        self.asked = False
        self._notice = notice
        self._run: asyncio.Task[object] | None = None
        self._in_flight = 0
        self._landed = asyncio.Event()
        self._end_of_grace: asyncio.TimerHandle | None = None

    def install(self) -> None:
        """Handle SIGINT and SIGTERM in the running loop, on behalf of the current task."""
        self._run = asyncio.current_task()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self._handle)

    def remove(self) -> None:
        """Give the signals back."""
        if self._end_of_grace is not None:
            self._end_of_grace.cancel()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().remove_signal_handler(number)

    @contextmanager
    def flight(self) -> Iterator[None]:
        """Something is in flight while the body runs."""
        self._in_flight += 1
        try:
            yield
        finally:
            self._in_flight -= 1
            if not self._in_flight:
                self._landed.set()

    async def refuse(self) -> None:
        """Once a stop is asked for: raises Interrupted when nothing is in flight any more.

        Raised at once it would end the others before they have their replies.
        """
        if self.asked:
            if self._in_flight:
                self._landed.clear()
                await self._landed.wait()
            raise Interrupted("stopped on request; run the same command to resume")

    def _handle(self) -> None:
        if self._run is None:
            return
        if self.asked or not self._in_flight:
            self.asked = True
            self._run.cancel()
            return
        self.asked = True
        self._notice("stopping: finishing what is in flight; press Ctrl-C again to stop at once")
        self._end_of_grace = asyncio.get_running_loop().call_later(GRACE_SECONDS, self._run.cancel)


class StoppableTeacher:
    """Refuses new requests once a stop is asked for."""

    def __init__(self, inner: Teacher, stop: StopRequest) -> None:
        self.inner, self.stop, self.name = inner, stop, inner.name

    async def ask(self, request: Request) -> Reply:
        """The inner teacher's reply. Raises Interrupted after a stop request."""
        await self.stop.refuse()
        with self.stop.flight():
            return await self.inner.ask(request)
