"""Does many pieces of work at once on one served model; each piece is on the disk as soon as it is done."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.evaluation.lines import Appender, Line
from toolgrad_local.evaluation.progress import View
from toolgrad_local.teacher.open import run_all, serve_teacher
from toolgrad_local.teacher.shares import share_machine

T = TypeVar("T")
MOST_AT_ONCE = 128
"""Rows in flight, or fewer where the model's profile decodes fewer together."""


@asynccontextmanager
async def serve_model(profile: TeacherProfile, weights: Path, log: Path, view: View) -> AsyncIterator[Teacher]:
    """The model on servers of our own."""
    async with serve_teacher(profile, weights, log, view.notice, share_machine(profile, None)) as teacher:
        yield teacher


def width_of(profile: TeacherProfile) -> int:
    """Rows in flight at once."""
    return min(MOST_AT_ONCE, profile.serving.max_sequences)


async def do_all(owed: Sequence[T], do: Callable[[T], Awaitable[Line]], file: Appender, width: int, view: View) -> None:
    """The first that fails ends the others; what is done stays done."""
    free = asyncio.Semaphore(width)
    await run_all([do_one(item, do, file, free, view) for item in owed])


async def do_one(
    item: T, do: Callable[[T], Awaitable[Line]], file: Appender, free: asyncio.Semaphore, view: View
) -> None:
    """One piece, when there is room."""
    async with free:
        file.add(await do(item))
    view.advance()
