"""Opens the teacher that a run asks for, and closes it whatever happens."""

import ipaddress
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.errors import ConfigError, TeacherError
from toolgrad_local.teacher.client import VllmClient
from toolgrad_local.teacher.probe import prove_constraint
from toolgrad_local.teacher.server import Server
from toolgrad_local.teacher.supervised import SupervisedTeacher

Notice = Callable[[str], None]


@asynccontextmanager
async def serve_teacher(profile: TeacherProfile, weights: Path, log: Path, notice: Notice) -> AsyncIterator[Teacher]:
    """A server of our own, proven to constrain its replies, restarted if it dies."""
    server = Server(profile, weights, log, notice)
    try:
        await server.start()
        teacher = SupervisedTeacher(
            profile.name, partial(connect, server, profile), server, notice, profile.serving.patience
        )
        try:
            await prove_constraint(teacher)
            yield teacher
        finally:
            await teacher.close()
    finally:
        await server.stop()


@asynccontextmanager
async def reach_teacher(
    profile: TeacherProfile, url: str, key: str, allow_remote: bool, notice: Notice
) -> AsyncIterator[Teacher]:
    """A server that runs already. Raises ConfigError for an address off this machine that is not allowed."""
    refuse_remote(url, allow_remote)
    model = await served_model(url, key)
    client = partial(VllmClient, url, key, model, profile.chat_template)
    teacher = SupervisedTeacher(profile.name, client, None, notice, profile.serving.patience)
    try:
        await prove_constraint(teacher)
        yield teacher
    finally:
        await teacher.close()


def connect(server: Server, profile: TeacherProfile) -> VllmClient:
    """A client of the server as it is now."""
    return VllmClient(server.url, server.key, chat_template=profile.chat_template)


def refuse_remote(url: str, allow_remote: bool) -> None:
    """Raises ConfigError unless the address is on this machine or a remote one is allowed."""
    host = urlsplit(url).hostname
    if host is None or urlsplit(url).scheme not in ("http", "https"):
        raise ConfigError(f"--teacher-url {url} is no http address; give one such as http://127.0.0.1:8000/v1")
    try:
        local = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = False
    if not local and not allow_remote:
        raise ConfigError(f"--teacher-url {url} is not on this machine; add --allow-remote if that is what you want")


async def served_model(url: str, key: str) -> str:
    """The first model that the server names. Raises TeacherError if it does not answer."""
    try:
        async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
            answer = await client.get(f"{url.rstrip('/')}/models", headers={"Authorization": f"Bearer {key}"})
        if answer.status_code == 401:
            raise TeacherError(f"the server at {url} wants a key; set TOOLGRAD_TEACHER_KEY")
        return str(answer.json()["data"][0]["id"])
    except (httpx.HTTPError, ValueError, KeyError, IndexError, TypeError) as error:
        raise TeacherError(f"no OpenAI-compatible server answers at {url}: {error}") from error
