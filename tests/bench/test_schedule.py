"""The reference's schedule: within a sample one request after another, but for the executors'."""

import asyncio

from toolgrad_local.bench.schedule import WaitingTeacher
from toolgrad_local.data_model.exchange import Reply, Request, RequestKey, Sampling, Stage, Usage


class CountingTeacher:
    """Takes a moment, and keeps how many requests it had at once at most."""

    name = "counting"

    def __init__(self) -> None:
        self.now = self.most = 0

    async def ask(self, request: Request) -> Reply:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.001)
        self.now -= 1
        return Reply(text="{}", finish_reason="stop", usage=Usage(prompt_tokens=1, completion_tokens=1))


def make_request(sample: int, stage: Stage, slot: int = 0) -> Request:
    key = RequestKey(sample=sample, step=0, stage=stage, slot=slot)
    return Request(key=key, messages=(), json_schema={}, sampling=Sampling(), seed=0)


async def count_together(*requests: Request) -> int:
    """Requests in flight at most when these are asked at once."""
    teacher = CountingTeacher()
    waiting = WaitingTeacher(teacher)
    await asyncio.gather(*(waiting.ask(request) for request in requests))
    return teacher.most


async def test_within_a_sample_only_executors_are_asked_together() -> None:
    stages: tuple[Stage, ...] = ("solve", "think", "omit")
    assert await count_together(*(make_request(0, stage) for stage in stages)) == 1
    assert await count_together(*(make_request(0, "execute", slot) for slot in range(3))) == 3


async def test_samples_do_not_wait_for_one_another() -> None:
    assert await count_together(make_request(0, "solve"), make_request(1, "think"), make_request(1, "omit")) == 2
