"""When a server is restarted, waited for or given up, and when it is the request that is to blame."""

import asyncio
from collections.abc import Callable

import pytest

from toolgrad_local.data_model.exchange import Reply, Request, Usage
from toolgrad_local.errors import TeacherError
from toolgrad_local.teacher.answer import AnswerSpoilt, ConnectionLost
from toolgrad_local.teacher.probe import probe_request
from toolgrad_local.teacher.supervised import MOST_FRUITLESS, SupervisedTeacher
from toolgrad_local.teacher.trial import MOST_DEATHS, MOST_RESENDS, failed_reply

REPLY = Reply(text="{}", finish_reason="stop", usage=Usage(prompt_tokens=1, completion_tokens=1))
PATIENCE = 0.3
"""Seconds; pauses are thousandths of it. Nothing here depends on how long a machine takes."""


class Machine:
    """A server and its clients; `judge` says what becomes of a request: None, or an exception to raise."""

    def __init__(self, judge: Callable[[Request], Exception | None]) -> None:
        self.judge = judge
        self.up = True
        self.starts = 0
        self.refuses_to_start = 0
        self.stands_still = False
        self.asked: list[int] = []
        self.under_way = 0
        self.crowds: list[int] = []
        """How many were under way with each request, itself included."""
        self.clients: list[Connection] = []

    def connect(self) -> "Connection":
        self.clients.append(Connection(self))
        return self.clients[-1]

    def alive(self) -> bool:
        return self.up

    async def start(self) -> None:
        self.starts += 1
        if self.refuses_to_start:
            self.refuses_to_start -= 1
            raise TeacherError("no memory left")
        self.up, self.stands_still = True, False

    async def stop(self) -> None:
        self.up = False
        for client in self.clients:
            client.gone.set()


class Connection:
    """A client of the machine as it was when it was made. All that is under way fails when the machine goes down."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.gone = asyncio.Event()

    async def ask(self, request: Request) -> Reply:
        if not self.machine.up or self.gone.is_set():
            raise ConnectionLost("refused")
        self.machine.asked.append(request.key.slot)
        self.machine.under_way += 1
        try:
            return await self.answer(request)
        finally:
            self.machine.under_way -= 1

    async def answer(self, request: Request) -> Reply:
        await asyncio.sleep(0)  # let the others in
        self.machine.crowds.append(self.machine.under_way)
        if self.machine.stands_still:
            await self.gone.wait()
        trouble = self.machine.judge(request)
        if isinstance(trouble, Death):
            await self.machine.stop()
        await asyncio.sleep(0)
        if self.gone.is_set():
            raise AnswerSpoilt("closed")
        if trouble:
            raise trouble
        return REPLY

    async def read_pulse(self, seconds: float) -> float | None:
        return 1.0

    async def close(self) -> None:
        self.gone.set()


class Death(Exception):
    """The machine dies of the request."""


def request(number: int) -> Request:
    """One of many."""
    probe = probe_request()
    return probe.model_copy(update={"key": probe.key.model_copy(update={"slot": number, "stage": "execute"})})


def supervise(machine: Machine, told: list[str] | None = None, *, ours: bool = True) -> SupervisedTeacher:
    """A teacher over the machine."""
    tell = (told if told is not None else []).append
    return SupervisedTeacher("t", machine.connect, machine if ours else None, tell, PATIENCE)  # type: ignore[arg-type]


async def ask_all(teacher: SupervisedTeacher, count: int) -> list[Reply | BaseException]:
    """As many requests at once."""
    asks = (teacher.ask(request(number)) for number in range(count))
    replies = await asyncio.gather(*asks, return_exceptions=True)
    await teacher.close()
    return replies


async def test_a_server_that_dies_of_everything_is_given_up_and_nobody_is_blamed() -> None:
    machine = Machine(lambda request: Death())
    replies = await ask_all(supervise(machine), 4)
    assert machine.starts == MOST_FRUITLESS
    assert all(isinstance(reply, TeacherError) for reply in replies)
    assert "died 6 times without a reply in between" in str(replies[0])
    assert "run the same command to resume" in str(replies[0])


async def test_a_server_that_dies_after_every_reply_is_restarted_for_ever() -> None:
    lives = iter([None, Death()] * 40)
    machine, told = Machine(lambda request: next(lives)), []  # type: ignore[var-annotated]
    teacher = supervise(machine, told)
    for number in range(40):
        assert await teacher.ask(request(number)) == REPLY
    await teacher.close()
    assert machine.starts == teacher.restarts == 39
    assert told[-1] == "the teacher's server died; restart 39 (1 replies since the last)"


async def test_a_server_that_does_not_start_at_once_is_started_again() -> None:
    deaths = iter([Death()])
    machine = Machine(lambda request: next(deaths, None))
    machine.refuses_to_start = 3
    assert await ask_all(supervise(machine), 3) == [REPLY] * 3
    assert machine.starts == 4


async def test_a_server_that_never_starts_again_is_given_up_with_the_reason() -> None:
    machine = Machine(lambda request: Death())
    machine.refuses_to_start = 99
    (error,) = await ask_all(supervise(machine), 1)
    assert isinstance(error, TeacherError)
    assert "no memory left" in str(error)


@pytest.mark.parametrize("count", [1, 2, 8])
async def test_a_request_that_kills_is_alone_a_failed_reply(count: int) -> None:
    machine, told = Machine(lambda request: Death() if request.key == KILLER else None), []  # type: ignore[var-annotated]
    replies = await ask_all(supervise(machine, told), count)
    assert replies == [failed_reply()] + [REPLY] * (count - 1)
    assert machine.starts == MOST_DEATHS
    assert told[-1] == "execute of sample -1 fails at the server: closed; counted as a failed reply"


KILLER = request(0).key


async def test_requests_that_were_under_way_when_servers_were_killed_go_alone_and_are_not_blamed() -> None:
    machine = Machine(lambda request: Death() if machine.starts < 2 else None)
    assert await ask_all(supervise(machine), 6) == [REPLY] * 6
    assert machine.starts == 2
    last = machine.crowds[-6:]
    assert last[0] == 1
    assert last == sorted(last), "those that saw both go alone, before the others"


@pytest.mark.parametrize("ours", [True, False], ids=["our server", "another's"])
async def test_a_request_that_is_answered_with_failures_alone_is_a_failed_reply(ours: bool) -> None:
    machine = Machine(lambda request: AnswerSpoilt("HTTP 500") if request.key == KILLER else None)
    assert await ask_all(supervise(machine, ours=ours), 5) == [failed_reply()] + [REPLY] * 4
    assert machine.starts == 0
    assert machine.asked.count(0) >= MOST_RESENDS


async def test_a_server_that_is_only_busy_blames_nobody() -> None:
    busy = iter([ConnectionLost("HTTP 429")] * 3 * MOST_RESENDS)
    assert await ask_all(supervise(Machine(lambda request: next(busy, None))), 3) == [REPLY] * 3


async def test_a_server_of_ours_that_answers_nobody_is_restarted() -> None:
    machine = Machine(lambda request: AnswerSpoilt("HTTP 500") if machine.starts == 0 else None)
    assert await ask_all(supervise(machine), 3) == [REPLY] * 3
    assert machine.starts == 1


async def test_a_server_of_ours_that_stands_still_is_restarted_and_everything_sent_again() -> None:
    machine, told = Machine(lambda request: None), []  # type: ignore[var-annotated]
    machine.stands_still = True
    assert await ask_all(supervise(machine, told), 3) == [REPLY] * 3
    assert machine.starts == 1
    assert told[0] == "the teacher's server has made no progress for 0.3 s; it is ended"


async def test_another_server_that_stands_still_is_asked_again_and_then_given_up() -> None:
    machine = Machine(lambda request: None)
    machine.stands_still = True
    replies = await ask_all(supervise(machine, ours=False), 2)
    assert all("has given no reply for 0.3 s" in str(reply) for reply in replies)
    assert machine.asked.count(0) >= 2


async def test_another_server_that_comes_back_is_gone_on_with() -> None:
    machine, told = Machine(lambda request: None), []  # type: ignore[var-annotated]
    machine.up = False
    asking = asyncio.create_task(ask_all(supervise(machine, told, ours=False), 2))
    while len(told) < 2:
        await asyncio.sleep(0)
    machine.up = True
    assert await asking == [REPLY] * 2
    assert told[-1] == "the teacher answers again"


async def test_a_refused_request_is_not_sent_again() -> None:
    machine = Machine(lambda request: TeacherError("refused"))
    (error,) = await ask_all(supervise(machine), 1)
    assert str(error) == "refused"
    assert machine.asked == [0]
