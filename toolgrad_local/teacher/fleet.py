"""One teacher made of several servers: balanced load, and requests that share a text at the same server."""

import asyncio
import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from toolgrad_local.data_model.exchange import Reply, Request
from toolgrad_local.errors import RequestRefused, TeacherError
from toolgrad_local.teacher.load import Load, Silent, add_loads, fetch_load
from toolgrad_local.teacher.priming import LONG_TEXT, PrimingTeacher
from toolgrad_local.teacher.supervised import SupervisedTeacher

UNEVEN = 1.25
"""A server may have this much of the average in flight before requests that prefer it go elsewhere."""
USUAL_UNDER_WAY = 4
"""Requests between us and an engine at any moment."""
MOST_LOST = 3
"""Servers that one request may take with it before it is taken to be the cause."""


@dataclass
class Member:
    """One server of a fleet."""

    place: str
    """Its name in what people are told."""
    teacher: SupervisedTeacher
    address: Callable[[], tuple[str, str]]
    """URL and key as they are now: a server of ours has another port after a restart."""
    in_flight: int = 0
    asked: int = 0
    lost: bool = False
    """It could not be had back; for the rest of the run."""
    silent: bool = False
    """It did not answer when it was asked for its load: it starts again, as it seems."""
    primed: PrimingTeacher = field(init=False)

    def __post_init__(self) -> None:
        self.primed = PrimingTeacher(self.teacher)

    async def ask(self, request: Request) -> Reply:
        """The server's reply, counted."""
        self.in_flight += 1
        self.asked += 1
        try:
            return await self.primed.ask(request)
        finally:
            self.in_flight -= 1


class FleetTeacher:
    """Asks the server that a request prefers, unless that one has more to do than the others."""

    def __init__(self, members: list[Member], notice: Callable[[str], None]) -> None:
        self.members, self.name, self._notice = members, members[0].teacher.name, notice
        self._client = httpx.AsyncClient(trust_env=False)

    async def ask(self, request: Request) -> Reply:
        """A server's reply. Raises TeacherError when no server is left, or the request itself is at fault."""
        lost = 0
        while True:
            member = choose_member(self.members, request)
            try:
                return await member.ask(request)
            except RequestRefused:
                raise
            except TeacherError as error:
                lost += 1
                self._give_up(member, error)
                if lost == MOST_LOST or not self.left:
                    raise

    async def load(self) -> Load | None:
        """The load of all servers that answer; None if none does, or one does not tell its load."""
        loads = await asyncio.gather(*(self._load_of(member) for member in self.left))
        told = [load for member, load in zip(self.left, loads, strict=False) if not member.silent]
        known = [load for load in told if load is not None]
        return add_loads(known) if known and len(known) == len(told) else None

    @property
    def left(self) -> list[Member]:
        """The servers that are not lost."""
        return [member for member in self.members if not member.lost]

    async def close(self) -> None:
        """Close all clients; the servers are the caller's."""
        await asyncio.gather(self._client.aclose(), *(member.teacher.close() for member in self.members))

    async def _load_of(self, member: Member) -> Load | None:
        url, key = member.address()
        try:
            load = await fetch_load(self._client, url, key)
        except Silent:
            member.silent = True
            return None
        member.silent = False
        return load and count_held(load, member.primed.held, member.in_flight)

    def _give_up(self, member: Member, error: TeacherError) -> None:
        if member.lost:
            return
        member.lost = True
        if self.left:
            self._notice(f"{member.place} is given up, {len(self.left)} of {len(self.members)} servers go on: {error}")


def count_held(load: Load, held: int, in_flight: int) -> Load:
    """The load with the requests that have not come to the engine: those held back until a text is read, and those on
    their way, if they are more than run: then this process is what is slow, and more samples would not help.
    """
    under_way = in_flight - load.running - load.waiting - held
    return load.model_copy(update={"held": held + max(0, under_way - max(USUAL_UNDER_WAY, load.running))})


def choose_member(members: list[Member], request: Request) -> Member:
    """The first in the request's order of preference that has not more than its share to do.

    Consistent hashing with bounded loads (Mirrokni, Thorup and Zadimoghaddam, arXiv 1608.01350): what a request shares
    with others decides the order, so that their servers have it in the prefix cache; the bound keeps the load even.
    """
    here = [member for member in members if not member.lost]
    awake = [member for member in here if not member.silent] or here or members
    total = sum(member.in_flight for member in awake) + 1
    bound = math.ceil(UNEVEN * total / len(awake))
    text = shared_text(request)
    order = sorted(awake, key=lambda member: rank(text, members.index(member)))
    return next(member for member in order if member.in_flight < bound)


def shared_text(request: Request) -> str:
    """What the request has in common with others: a long system message, such as a pool, else its sample."""
    system = request.messages[0].content if request.messages else ""
    return system if len(system) >= LONG_TEXT else f"sample {request.key.sample}"


def rank(text: str, member: int) -> bytes:
    """Of a server for a text, by rendezvous hashing: losing one moves only what it had."""
    return hashlib.blake2b(f"{member}\x1f{text}".encode(), digest_size=8).digest()
