"""Lets one request read a long text that many share, before the others come: they find it in the prefix cache."""

import asyncio

from toolgrad_local.data_model.exchange import Reply, Request
from toolgrad_local.data_model.teacher import Teacher

LONG_TEXT = 3000
"""Characters from which on a system message is worth waiting for."""


class PrimingTeacher:
    """Holds back requests that share a long system message until the first of them has its reply.

    An engine that gets them together reads the same text once for each: 2,000 tokens a pool and sample.
    """

    def __init__(self, inner: Teacher) -> None:
        self.inner, self.name = inner, inner.name
        self._read: dict[str, asyncio.Event] = {}

    async def ask(self, request: Request) -> Reply:
        """The inner teacher's reply."""
        text = request.messages[0].content if request.messages else ""
        if len(text) < LONG_TEXT:
            return await self.inner.ask(request)
        if text in self._read:
            await self._read[text].wait()
            return await self.inner.ask(request)
        self._read[text] = asyncio.Event()
        try:
            return await self.inner.ask(request)
        finally:
            self._read[text].set()
