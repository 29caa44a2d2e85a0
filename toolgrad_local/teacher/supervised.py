"""A teacher whose server is watched: a dead one is started again and what was in flight is sent again."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from toolgrad_local.data_model.exchange import Reply, Request
from toolgrad_local.errors import TeacherError
from toolgrad_local.teacher.client import ConnectionLost, VllmClient

MOST_RESTARTS = 3
MOST_RESENDS = 6
"""Times that one request is sent to servers that fail on it."""
RESEND_SECONDS = 1.0


class Serving(Protocol):
    """The part of a server that supervision needs."""

    def alive(self) -> bool: ...
    async def start(self) -> None: ...
    async def stop(self) -> None: ...


class SupervisedTeacher:
    """Asks over a client and, when the connection is lost, sees to the server."""

    def __init__(
        self,
        name: str,
        connect: Callable[[], VllmClient],
        server: Serving | None,
        notice: Callable[[str], None],
    ) -> None:
        """`connect` makes a client for the server as it is now; `server` None: it is not ours to restart."""
        self.name = name
        self.restarts = 0
        self._connect, self._server, self._notice = connect, server, notice
        self._client = connect()
        self._lock = asyncio.Lock()

    async def ask(self, request: Request) -> Reply:
        """The reply. Raises TeacherError when the server cannot be had back."""
        for sent in range(1, MOST_RESENDS + 1):
            client = self._client
            try:
                return await client.ask(request)
            except ConnectionLost as lost:
                await self._recover(client, lost, sent)
        raise TeacherError(
            f"stage {request.key.stage} of sample {request.key.sample} failed {MOST_RESENDS} times at the server; "
            "the journal is intact: run the same command to resume"
        )

    async def close(self) -> None:
        """Close the client; the server is the caller's."""
        await self._client.close()

    async def _recover(self, client: VllmClient, lost: ConnectionLost, sent: int) -> None:
        if self._server is None or self._server.alive():
            await asyncio.sleep(RESEND_SECONDS * sent)
        if self._server is None:
            if sent == MOST_RESENDS:
                raise TeacherError(
                    f"the server at --teacher-url does not answer: {lost}; run the same command to resume"
                )
            return
        async with self._lock:
            if self._client is client and not self._server.alive():
                await self._restart(self._server)

    async def _restart(self, server: Serving) -> None:
        if self.restarts == MOST_RESTARTS:
            raise TeacherError(
                f"the teacher's server died {MOST_RESTARTS + 1} times; the journal is intact: "
                "see logs/teacher.log, then run the same command to resume"
            )
        self.restarts += 1
        self._notice(f"the teacher's server died; restart {self.restarts} of {MOST_RESTARTS}")
        await server.stop()
        await server.start()
        await self._client.close()
        self._client = self._connect()
