"""Resume is replay: a request that the journal has is answered from it."""

import time

from toolgrad_local.data_model.exchange import Reply, Request
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.errors import JournalError
from toolgrad_local.journal.store import Journal


class JournaledTeacher:
    """Wraps a teacher so that nothing is asked twice, and everything that comes back is kept."""

    def __init__(self, journal: Journal, inner: Teacher | None, name: str, earlier: Journal | None = None) -> None:
        """`inner` None: only what is in the journal can be asked. `earlier`: of a run with the same teacher, since a
        request does not say who is asked; its reply to the same request at the same place is taken over with its time.
        """
        self.journal, self.inner, self.name, self.earlier = journal, inner, name, earlier

    async def ask(self, request: Request) -> Reply:
        """The journaled reply, or the inner teacher's, journaled before it is returned."""
        kept = self.journal.reply(request.key, request.digest)
        if kept is not None:
            return kept
        if self.inner is None:
            key = request.key
            raise JournalError(
                f"{self.journal.path} has no reply for sample {key.sample}, step {key.step}, {key.stage}; "
                "the run is unfinished: resume it with `toolgrad-local generate`"
            )
        taken = self.earlier.same_reply(request.key, request.digest) if self.earlier is not None else None
        if taken is not None:
            self.journal.add_reply(request.key, request.digest, *taken)
            return taken[0]
        started = time.monotonic()
        reply = await self.inner.ask(request)
        self.journal.add_reply(request.key, request.digest, reply, time.monotonic() - started)
        return reply
