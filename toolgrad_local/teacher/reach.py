"""Servers that run already: which addresses and keys are taken, and what they say they serve."""

import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

import httpx

from toolgrad_local.data_model.base import Data
from toolgrad_local.errors import ConfigError, TeacherError
from toolgrad_local.teacher.command import SERVED_NAME

KEY_VARIABLE = "TOOLGRAD_TEACHER_KEY"


class ServedModel(Data):
    """What a server says it serves."""

    name: str
    weights: str | None
    """The last part of its weights' path, which may lie elsewhere on another machine; None where it does not say."""
    context: int | None

    @property
    def title(self) -> str:
        """The weights' name where the served one says nothing."""
        shown = self.weights if self.name == SERVED_NAME and self.weights else self.name
        return f"{shown} (context {self.context})" if self.context else shown


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


def refuse_repeated(urls: Sequence[str]) -> None:
    """Raises ConfigError if an address is given twice."""
    seen: dict[str, str] = {}
    for url in urls:
        plain = url.rstrip("/").lower().replace("//localhost", "//127.0.0.1")
        if plain in seen:
            also = "" if seen[plain] == url else f" (as {seen[plain]})"
            raise ConfigError(f"--teacher-url {url} is given twice{also}; name each server once")
        seen[plain] = url


def split_keys(text: str | None, servers: int) -> list[str]:
    """A key for each server: one for all, or as many as there are servers, with commas between them.

    Raises ConfigError if they are as many as neither.
    """
    if text is None or servers == 1:
        return [text or "none"] * servers
    keys = [key.strip() for key in text.split(",")]
    if len(keys) not in (1, servers):
        raise ConfigError(
            f"{KEY_VARIABLE} holds {len(keys)} keys for {servers} servers; give one for all, or one for each "
            "--teacher-url in their order, with commas between them"
        )
    return keys * servers if len(keys) == 1 else keys


async def served_model(url: str, key: str) -> ServedModel:
    """The first model that the server names. Raises TeacherError if it does not answer."""
    try:
        async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
            answer = await client.get(f"{url.rstrip('/')}/models", headers={"Authorization": f"Bearer {key}"})
        if answer.status_code == 401:
            raise TeacherError(f"the server at {url} wants a key; set {KEY_VARIABLE}")
        model = answer.json()["data"][0]
        root = str(model.get("root") or "").rstrip("/").rpartition("/")[2]
        return ServedModel(name=str(model["id"]), weights=root or None, context=model.get("max_model_len"))
    except (httpx.HTTPError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise TeacherError(f"no OpenAI-compatible server answers at {url}: {error}") from error
