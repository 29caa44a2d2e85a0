"""Stopping on request: what is in flight is finished and journaled, nothing new is asked."""

import asyncio
import signal
from collections.abc import Callable

from toolgrad_local.data_model.exchange import Reply, Request
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.errors import Interrupted


class StopRequest:
    """Set by the first Ctrl-C or SIGTERM; the second one ends the run at once."""

    def __init__(self, notice: Callable[[str], None]) -> None:
        self.asked = False
        self._notice = notice
        self._run: asyncio.Task[object] | None = None

    def install(self) -> None:
        """Handle SIGINT and SIGTERM in the running loop, on behalf of the current task."""
        self._run = asyncio.current_task()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self._handle)

    def remove(self) -> None:
        """Give the signals back."""
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().remove_signal_handler(number)

    def _handle(self) -> None:
        if self.asked and self._run is not None:
            self._run.cancel()
            return
        self.asked = True
        self._notice("stopping: finishing what is in flight; press Ctrl-C again to stop at once")


class StoppableTeacher:
    """Refuses new requests once a stop is asked for."""

    def __init__(self, inner: Teacher, stop: StopRequest) -> None:
        self.inner, self.stop, self.name = inner, stop, inner.name

    async def ask(self, request: Request) -> Reply:
        """The inner teacher's reply. Raises Interrupted after a stop request."""
        if self.stop.asked:
            raise Interrupted("stopped on request; run the same command to resume")
        return await self.inner.ask(request)
