"""A real HTTP server on loopback that answers as vLLM does, out of a scripted teacher."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from toolgrad_local.data_model.exchange import Message, Request, RequestKey, Sampling, Stage
from toolgrad_local.teacher.probe import FORBIDDEN
from toolgrad_local.teacher.scripted import ScriptedTeacher

METRICS = """# HELP vllm:num_requests_running Number of requests in model execution batches.
vllm:num_requests_running{{engine="0",model_name="teacher"}} {running}.0
vllm:num_requests_waiting{{engine="0",model_name="teacher"}} {waiting}.0
vllm:kv_cache_usage_perc{{engine="0",model_name="teacher"}} 0.25
vllm:num_preemptions_total{{engine="0",model_name="teacher"}} 0.0
vllm:num_preemptions_created{{engine="0",model_name="teacher"}} 1.7e+09
"""


@dataclass
class StandIn:
    """One server: decodes `slots` requests together, each for so many seconds; the others wait in its queue."""

    slots: int = 8
    seconds: float = 0.0
    model: str = "teacher"
    weights: str = "/weights/small"
    tells_load: bool = True
    refuses: bool = False
    dies_after: int | None = None
    """Chat completions that it answers before it closes its port and every connection."""
    asked: list[Request] = field(default_factory=list)
    running: int = 0
    waiting: int = 0
    most_running: int = 0
    most_waiting: int = 0
    url: str = ""
    _server: asyncio.Server | None = None
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)

    @contextlib.asynccontextmanager
    async def up(self) -> AsyncIterator["StandIn"]:
        """While it listens."""
        self._free = asyncio.Semaphore(self.slots)
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"
        try:
            yield self
        finally:
            self.die()

    def die(self) -> None:
        """Close the port and all connections."""
        assert self._server is not None
        self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode().split("\r\n")
                lengths = [line.split(":")[1] for line in lines if line.lower().startswith("content-length")]
                body = await reader.readexactly(int(lengths[0])) if lengths else b""
                status, kind, text = await self._answer(lines[0].split()[1], body)
                head_out = (
                    f"HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {len(text.encode())}\r\n\r\n"
                )
                writer.write(head_out.encode() + text.encode())
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _answer(self, path: str, body: bytes) -> tuple[int, str, str]:
        if path == "/metrics" and self.tells_load:
            return 200, "text/plain", METRICS.format(running=self.running, waiting=self.waiting)
        if path == "/v1/models":
            card = {"id": self.model, "object": "model", "root": self.weights, "max_model_len": 8192}
            return 200, "application/json", json.dumps({"object": "list", "data": [card]})
        if path == "/v1/chat/completions":
            return await self._complete(json.loads(body))
        return 404, "application/json", '{"detail": "Not Found"}'

    async def _complete(self, body: dict[str, Any]) -> tuple[int, str, str]:
        request = read_request(body)
        self.asked.append(request)
        if self.refuses and request.messages[-1].content != FORBIDDEN:
            return 400, "application/json", '{"error": {"message": "too long", "code": 400}}'
        if self.dies_after is not None and len(self.asked) > self.dies_after:
            self.die()
            raise ConnectionError("dead")
        self.waiting += 1
        self.most_waiting = max(self.most_waiting, self.waiting - (self.slots - self.running))
        async with self._free:
            self.waiting -= 1
            self.running += 1
            self.most_running = max(self.most_running, self.running)
            await asyncio.sleep(self.seconds)
            self.running -= 1
        reply = await ScriptedTeacher().ask(request)
        choice = {
            "index": 0,
            "finish_reason": reply.finish_reason,
            "message": {"role": "assistant", "content": reply.text},
        }
        usage = reply.usage.model_dump() | {"total_tokens": reply.usage.prompt_tokens + reply.usage.completion_tokens}
        del usage["cached_tokens"]
        answer = {"id": "1", "object": "chat.completion", "created": 1, "model": self.model, "choices": [choice]}
        return 200, "application/json", json.dumps(answer | {"usage": usage})


@pytest.fixture(scope="session")
def stand_in() -> type[StandIn]:
    """The class of the server."""
    return StandIn


def read_request(body: dict[str, Any]) -> Request:
    """The request as the scripted teacher takes it; what a server is not told is its key."""
    schema = body["structured_outputs"]["json"]
    schema = json.loads(schema) if isinstance(schema, str) else schema
    messages = tuple(Message.model_validate(message) for message in body["messages"])
    return Request(
        key=RequestKey(sample=0, step=0, stage=guess_stage(schema, messages[-1].content)),
        messages=messages,
        json_schema=schema,
        sampling=Sampling(max_tokens=body["max_tokens"]),
        seed=body["seed"],
    )


def guess_stage(schema: dict[str, Any], told: str) -> Stage:
    """The stages for which the scripted teacher writes prose, by what they ask for."""
    match list(schema.get("properties", {})):
        case ["query"]:
            return "omit" if "\nForgotten: " in told else "inverse_predict"
        case ["response"]:
            return "respond"
        case _:
            return "execute"
