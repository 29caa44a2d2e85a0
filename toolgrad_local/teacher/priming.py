"""Has a long text that many requests share read once, before they come: they find it in the prefix cache."""

import asyncio

from toolgrad_local.data_model.exchange import Reply, Request
from toolgrad_local.data_model.teacher import Teacher

LONG_TEXT = 3000
"""Characters from which on a system message is worth waiting for."""


class PrimingTeacher:
    """Holds back requests that share a long system message until one server has read it.

    An engine that gets them together reads the same text once for each: 2,000 tokens a pool and sample. The text is
    in the cache, and the reply's grammar compiled, as soon as there is a first token, so the first request is sent
    with room for a single one, and then together with the others. Nobody else sees that request.
    """

    def __init__(self, inner: Teacher) -> None:
        self.inner, self.name = inner, inner.name
        self.held = 0
        """Requests that wait for a text to be read."""
        self._reading: dict[str, asyncio.Event] = {}
        self._read: set[int] = set()
        """Hashes: the solver of a sample that saw several pools has a long text of its own."""

    async def ask(self, request: Request) -> Reply:
        """The inner teacher's reply."""
        text = request.messages[0].content if request.messages else ""
        if len(text) >= LONG_TEXT and hash(text) not in self._read:
            await self._wait_until_read(text, request)
        return await self.inner.ask(request)

    async def _wait_until_read(self, text: str, request: Request) -> None:
        if text in self._reading:
            self.held += 1
            try:
                await self._reading[text].wait()
            finally:
                self.held -= 1
            return
        self._reading[text] = asyncio.Event()
        sampling = request.sampling.model_copy(update={"max_tokens": 1})
        try:
            await self.inner.ask(request.model_copy(update={"sampling": sampling}))
        finally:
            self._read.add(hash(text))
            self._reading.pop(text).set()
