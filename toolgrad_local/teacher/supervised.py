"""A teacher whose server is watched: a dead or frozen one is started again and what was in flight is sent again."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import Protocol

from toolgrad_local.data_model.exchange import Reply, Request
from toolgrad_local.errors import TeacherError
from toolgrad_local.teacher.answer import ConnectionLost
from toolgrad_local.teacher.client import VllmClient
from toolgrad_local.teacher.probe import probe_request
from toolgrad_local.teacher.stall import StallWatch
from toolgrad_local.teacher.trial import Trial, failed_reply
from toolgrad_local.teacher.turns import Turns

PATIENCE_SECONDS = 300.0
MOST_FRUITLESS = 5
"""Restarts in a row without a reply in between."""
RESUME = "the journal is intact: run the same command to resume"
ALONE = ", with --width 1 if it ends here again"
"""A request that is alone can be told from the server."""


class Serving(Protocol):
    """The part of a server that supervision needs."""

    def alive(self) -> bool: ...
    async def start(self) -> None: ...
    async def stop(self) -> None: ...


class SupervisedTeacher:
    """Asks over a client and, when no answer comes, sees to the server."""

    def __init__(
        self,
        name: str,
        connect: Callable[[], VllmClient],
        server: Serving | None,
        notice: Callable[[str], None],
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        """`connect` makes a client for the server as it is now; `server` None: it is not ours to restart.

        `patience`: seconds without any progress after which a server has stalled; pauses are shares of it.
        """
        self.name, self.patience = name, patience
        self.restarts = 0
        self._connect, self._server, self._notice = connect, server, notice
        self._client = connect()
        self._mending, self._turns = asyncio.Lock(), Turns()
        self._owed = self._replies = self._replies_before = self._fruitless = 0
        self._failing_since: float | None = None
        self._stalled = self._told = False
        self._watch: asyncio.Task[None] | None = None

    async def ask(self, request: Request) -> Reply:
        """The reply; one that says `error` if the request itself breaks servers.

        Raises TeacherError when the server cannot be had back.
        """
        trial = Trial()
        self._watch = self._watch or asyncio.create_task(self._end_stalls())
        self._owed += 1
        try:
            while True:
                async with self._turns.take(alone=trial.suspect):
                    reply = await self._send(request, trial)
                if reply is not None:
                    return reply
        finally:
            self._owed -= 1

    async def close(self) -> None:
        """Close the client; the server is the caller's."""
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        await self._client.close()

    async def _send(self, request: Request, trial: Trial) -> Reply | None:
        """The reply; None if it is to be sent again."""
        if trial.deadly and await self._can_blame(trial):
            return self._blame(request, trial)
        client = self._client
        try:
            reply = await client.ask(request)
        except ConnectionLost as lost:
            trial.count_loss(lost, client, self._replies)
            await self._recover(client, lost, trial)
            if not trial.worn_out:
                return None
            if await self._can_blame(trial):
                return self._blame(request, trial)
            if self._server is not None:
                await self._end_server(client, f"answers nothing but {lost}")
            return None
        self._replies += 1
        self._stalled = False
        self._failing_since = None
        if self._told:
            self._told = False
            self._notice("the teacher answers again")
        return reply

    async def _recover(self, client: VllmClient, lost: ConnectionLost, trial: Trial) -> None:
        """Returns when it is worth sending again."""
        if self._server is None:
            await self._bear(lost)
        if self._server is None or self._server.alive():
            await asyncio.sleep(min(self.patience / 300 * 2 ** min(trial.lost - 1, 10), self.patience / 10))
        if self._server is not None:
            async with self._mending:
                if self._client is client and not self._server.alive():
                    await self._restart(self._server)
        trial.count_death(self._client)

    async def _bear(self, lost: ConnectionLost) -> None:
        """Bear with a server that is not ours, for the patience."""
        if self._failing_since is None:
            self._failing_since = time.monotonic()
            return
        failing = time.monotonic() - self._failing_since
        if failing > self.patience / 30:
            self._told = True
            self._notice(f"the server at --teacher-url does not answer, sending again: {lost}")
        if failing > self.patience and not (self._owed == 1 and await self._is_well()):
            raise TeacherError(
                f"the server at --teacher-url has given no reply for {self.patience:g} s, the patience of the "
                f"teacher's profile ({lost}); {RESUME}"
            )

    async def _can_blame(self, trial: Trial) -> bool:
        """True if it is the request and not the server: others had replies meanwhile, or there are no others."""
        return self._replies > trial.replies_before or (self._owed == 1 and await self._is_well())

    def _blame(self, request: Request, trial: Trial) -> Reply:
        key = request.key
        self._notice(f"{key.stage} of sample {key.sample} fails at the server: {trial.last}; counted as a failed reply")
        return failed_reply()

    async def _is_well(self) -> bool:
        """True if the server answers something harmless."""
        try:
            async with asyncio.timeout(self.patience / 5):
                await self._client.ask(probe_request())
        except (ConnectionLost, TimeoutError):
            return False
        self._failing_since = None
        return True

    async def _end_stalls(self) -> None:
        """Until cancelled: while replies are owed, a server that stands still for the patience is broken off."""
        watch = StallWatch(self.patience)
        while True:
            await asyncio.sleep(watch.interval)
            client = self._client
            pulse = await client.read_pulse(watch.look_seconds)
            if not self._owed or self._mending.locked() or client is not self._client:
                watch.reset()
            elif self._server is not None and not self._server.alive():
                await self._end_server(client)  # only its guardian may be dead: then its requests go on
            elif watch.see(self._replies, pulse):
                watch.reset()
                await self._end_server(client, f"has made no progress for {self.patience:g} s")

    async def _end_server(self, client: VllmClient, why: str = "") -> None:
        """End a server of ours: what is in flight fails, and it is restarted. Of another's, drop the connections."""
        async with self._mending:
            if self._client is not client:
                return
            if self._server is None:
                if not self._stalled:  # it took the patience to see; what is sent again gets as long
                    self._stalled, self._failing_since = True, None
                await self._reconnect()
                return
            if why:
                self._notice(f"the teacher's server {why}; it is ended")
            await self._server.stop()

    async def _restart(self, server: Serving) -> None:
        """Raises TeacherError when restarts bear no fruit."""
        reason = "see logs/teacher.log"
        while True:
            fruit = self._replies - self._replies_before
            self._replies_before = self._replies
            self._fruitless = 0 if fruit else self._fruitless + 1
            if self._fruitless > MOST_FRUITLESS:
                times = f"{MOST_FRUITLESS + 1} times without a reply in between"
                raise TeacherError(f"the teacher's server died {times}: {reason}; {RESUME}{ALONE}")
            self.restarts += 1
            self._notice(f"the teacher's server died; restart {self.restarts} ({fruit} replies since the last)")
            await server.stop()
            if self._fruitless:
                await asyncio.sleep(self.patience / 60 * 2 ** (self._fruitless - 1))
            try:
                await server.start()
                break
            except TeacherError as error:
                reason = str(error)
        await self._reconnect()

    async def _reconnect(self) -> None:
        old, self._client = self._client, self._connect()
        await old.close()
