"""A long text that many requests share is read once before they come."""

import asyncio
import tracemalloc

import pytest

from toolgrad_local.data_model.exchange import Message, Reply, Request, RequestKey, Sampling, Usage
from toolgrad_local.teacher.priming import LONG_TEXT, PrimingTeacher


class SlowTeacher:
    """Answers when it is let; knows what it was asked."""

    name = "slow"

    def __init__(self, fail: bool = False) -> None:
        self.rooms: list[int] = []
        """Of the requests so far: tokens for the reply."""
        self.gate, self.fail = asyncio.Event(), fail

    async def ask(self, request: Request) -> Reply:
        """A reply once the gate is open."""
        self.rooms.append(request.sampling.max_tokens)
        await self.gate.wait()
        if self.fail:
            self.fail = False
            raise OSError("gone")
        return Reply(text="{}", finish_reason="stop", usage=Usage(prompt_tokens=1, completion_tokens=1))


def make_request(sample: int, system: str) -> Request:
    """A proposer's request under this system message."""
    return Request(
        key=RequestKey(sample=sample, step=0, stage="propose"),
        messages=(Message(role="system", content=system), Message(role="user", content=str(sample))),
        json_schema={},
        sampling=Sampling(),
        seed=sample,
    )


@pytest.mark.parametrize(
    ("systems", "first"),
    [
        pytest.param(["a" * LONG_TEXT] * 3, [1], id="one text: one token of the first"),
        pytest.param(["a" * LONG_TEXT, "b" * LONG_TEXT, "b" * LONG_TEXT], [1, 1], id="two texts: one of each"),
        pytest.param(["short"] * 3, [256] * 3, id="a short text is not waited for"),
    ],
)
async def test_requests_that_share_a_long_text_wait_until_it_is_read(systems: list[str], first: list[int]) -> None:
    slow = SlowTeacher()
    teacher = PrimingTeacher(slow)
    tasks = [asyncio.create_task(teacher.ask(make_request(i, text))) for i, text in enumerate(systems)]
    await asyncio.sleep(0.01)
    assert slow.rooms == first
    slow.gate.set()
    await asyncio.gather(*tasks)
    assert [room for room in slow.rooms if room > 1] == [256] * len(systems)


async def test_a_text_is_read_once() -> None:
    slow = SlowTeacher()
    slow.gate.set()
    teacher = PrimingTeacher(slow)
    for sample in range(3):
        await teacher.ask(make_request(sample, "a" * LONG_TEXT))
    assert slow.rooms == [1, 256, 256, 256]


async def test_texts_that_were_read_take_no_memory() -> None:
    slow = SlowTeacher()
    slow.gate.set()
    teacher = PrimingTeacher(slow)
    tracemalloc.start()
    try:
        for sample in range(50):
            await teacher.ask(make_request(sample, f"{sample}" * 100 * LONG_TEXT))
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 100 * LONG_TEXT


async def test_a_first_request_that_fails_does_not_hold_the_others_back() -> None:
    slow = SlowTeacher(fail=True)
    teacher = PrimingTeacher(slow)
    tasks = [asyncio.create_task(teacher.ask(make_request(i, "a" * LONG_TEXT))) for i in range(3)]
    slow.gate.set()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [OSError, Reply, Reply]
