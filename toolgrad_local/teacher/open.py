"""Opens the teacher that a run asks for, on one server or several, and closes it whatever happens."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.errors import ConfigError, TeacherError
from toolgrad_local.teacher.client import VllmClient
from toolgrad_local.teacher.fleet import FleetTeacher, Member
from toolgrad_local.teacher.probe import prove_constraint
from toolgrad_local.teacher.reach import ServedModel, served_model
from toolgrad_local.teacher.server import Server
from toolgrad_local.teacher.supervised import SupervisedTeacher

Notice = Callable[[str], None]


@asynccontextmanager
async def serve_teacher(
    profile: TeacherProfile, weights: Path, log: Path, notice: Notice, shares: Sequence[dict[str, str]] = ({},)
) -> AsyncIterator[FleetTeacher]:
    """Servers of our own, one for each share of the machine, proven to constrain their replies, restarted if they die.

    Several servers have a log each: teacher-0.log and so on.
    """
    logs = [log] if len(shares) == 1 else [log.with_stem(f"{log.stem}-{i}") for i in range(len(shares))]
    servers = [
        Server(profile, weights, own_log, notice if i == 0 else ignore, share=share)
        for i, (own_log, share) in enumerate(zip(logs, shares, strict=True))
    ]
    try:
        if len(servers) > 1:
            notice(f"starting {len(servers)} servers")
        await run_all([server.start() for server in servers])
        if len(servers) > 1:
            notice(f"{len(servers)} servers are up")
            for i, server in enumerate(servers):
                server.notice = partial(tell_of, notice, f"server {i}")
        async with open_fleet([own_member(profile, server) for server in servers], notice) as fleet:
            yield fleet
    finally:
        await asyncio.gather(*(server.stop() for server in servers))


@asynccontextmanager
async def reach_teacher(
    profile: TeacherProfile, urls: Sequence[str], keys: Sequence[str], notice: Notice
) -> AsyncIterator[FleetTeacher]:
    """Servers that run already. Raises TeacherError if one does not answer, ConfigError if they serve another model."""
    models = await asyncio.gather(*(served_model(url, key) for url, key in zip(urls, keys, strict=True)))
    for url, model in zip(urls, models, strict=True):
        if model != models[0]:
            raise ConfigError(
                f"--teacher-url {urls[0]} serves {models[0].title}, {url} serves {model.title}; "
                "all servers of a run have to serve the same model"
            )
    members = [
        foreign_member(profile, url, key, model, notice) for url, key, model in zip(urls, keys, models, strict=True)
    ]
    async with open_fleet(members, notice) as fleet:
        yield fleet


@asynccontextmanager
async def open_fleet(members: list[Member], notice: Notice) -> AsyncIterator[FleetTeacher]:
    """The servers as one teacher, each proven to constrain its replies."""
    fleet = FleetTeacher(members, notice)
    try:
        await run_all([prove_member(member, named=len(members) > 1) for member in members])
        yield fleet
    finally:
        await fleet.close()


def own_member(profile: TeacherProfile, server: Server) -> Member:
    """A server of ours as part of a fleet."""
    teacher = SupervisedTeacher(profile.name, partial(connect, server, profile), server, partial(tell, server))
    return Member(server.log.stem, teacher, partial(address_of, server))


def foreign_member(profile: TeacherProfile, url: str, key: str, model: ServedModel, notice: Notice) -> Member:
    """A server that runs already as part of a fleet."""
    connect_again = partial(VllmClient, url, key, model.name, profile.chat_template)
    return Member(url, SupervisedTeacher(profile.name, connect_again, None, notice), partial(give_address, url, key))


def connect(server: Server, profile: TeacherProfile) -> VllmClient:
    """A client of the server as it is now."""
    return VllmClient(server.url, server.key, chat_template=profile.chat_template)


def address_of(server: Server) -> tuple[str, str]:
    """URL and key of the server as it is now."""
    return server.url, server.key


def give_address(url: str, key: str) -> tuple[str, str]:
    """The address that a person gave."""
    return url, key


async def prove_member(member: Member, named: bool) -> None:
    """Raises TeacherError unless the server constrains its replies; `named`: the error says which server."""
    try:
        await prove_constraint(member.teacher)
    except TeacherError as error:
        if not named:
            raise
        raise TeacherError(f"{member.place}: {error}") from error


async def run_all(starts: list[Coroutine[Any, Any, None]]) -> None:
    """Run them side by side; the first exception ends the others."""
    tasks = [asyncio.create_task(start) for start in starts]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def tell(server: Server, line: str) -> None:
    """Tell whoever the server tells now."""
    server.notice(line)


def tell_of(notice: Notice, name: str, line: str) -> None:
    """Tell a line of one server among several."""
    notice(f"{name}: {line}")


def ignore(line: str) -> None:
    """While several servers start, the first one speaks for all."""
