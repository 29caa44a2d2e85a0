"""Who may send when: the many together, a suspect alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """While a suspect waits or has its turn nobody else begins one; those that have begun are waited for."""

    def __init__(self) -> None:
        self._together = self._suspects = 0
        self._empty, self._free = asyncio.Event(), asyncio.Event()
        self._one = asyncio.Lock()

    @asynccontextmanager
    async def take(self, *, alone: bool) -> AsyncIterator[None]:
        """A turn while the body runs. Suspects have theirs in the order in which they came."""
        if alone:
            async with self._take_alone():
                yield
            return
        while self._suspects:
            self._free.clear()
            await self._free.wait()
        self._together += 1
        try:
            yield
        finally:
            self._together -= 1
            if not self._together:
                self._empty.set()

    @asynccontextmanager
    async def _take_alone(self) -> AsyncIterator[None]:
        self._suspects += 1
        try:
            async with self._one:
                while self._together:
                    self._empty.clear()
                    await self._empty.wait()
                yield
        finally:
            self._suspects -= 1
            if not self._suspects:
                self._free.set()
