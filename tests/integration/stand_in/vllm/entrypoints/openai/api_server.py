"""Stands in for vLLM's server in tests of everything around it: same command line, same two processes, no model.

With this folder on PYTHONPATH a run starts it in vLLM's place. The scripted teacher answers, in a process of its own,
so that either process can be stopped or killed as vLLM's can. What goes wrong is told in the environment:

- STAND_IN_TROUBLE: a share; of so many requests the first one to three answers are spoilt, each in its own way
- STAND_IN_POISON: a text; a request with it kills the engine
- STAND_IN_START: "broken" ends the process while it starts, "slow" makes it start for ever
- STAND_IN_SECONDS: what the engine takes for a reply
"""

import asyncio
import json
import os
import sys
import time
from collections import Counter
from typing import Any

from mock_apis.core.world import Draw
from toolgrad_local.data_model.exchange import Message, Request, RequestKey, Sampling, Stage
from toolgrad_local.teacher.scripted import ScriptedTeacher

WAYS = ("500", "503", "429", "garbage", "half", "nothing", "empty", "page", "silence")
MOST_SPOILT = 3
JSON = "Content-Type: application/json\r\n"


def run_engine() -> None:
    """Answer the requests on standard input, one a line, until it ends."""
    poison, seconds = os.environ.get("STAND_IN_POISON"), float(os.environ.get("STAND_IN_SECONDS", "0"))
    for line in sys.stdin:
        number, body = json.loads(line)
        if poison and poison in line:
            os._exit(1)
        time.sleep(seconds)
        print(json.dumps([number, asyncio.run(make_completion(body))]), flush=True)


async def make_completion(body: dict[str, Any]) -> dict[str, Any]:
    """A chat completion as vLLM sends it."""
    reply = await ScriptedTeacher().ask(read_request(body))
    usage = {
        "prompt_tokens": reply.usage.prompt_tokens,
        "completion_tokens": reply.usage.completion_tokens,
        "total_tokens": reply.usage.prompt_tokens + reply.usage.completion_tokens,
        "prompt_tokens_details": {"cached_tokens": 0},
    }
    message = {"role": "assistant", "content": reply.text}
    choice = {"index": 0, "finish_reason": reply.finish_reason, "message": message}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}


def read_request(body: dict[str, Any]) -> Request:
    """The request as the scripted teacher knows it; its stage is guessed from what is asked for."""
    schema = body["structured_outputs"]["json"]
    stage: Stage = "propose"
    if list(schema.get("properties", ())) == ["query"]:
        stage = "omit" if "Forgotten: " in body["messages"][-1]["content"] else "inverse_predict"
    elif list(schema.get("properties", ())) == ["response"]:
        stage = "respond"
    return Request(
        key=RequestKey(sample=0, step=0, stage=stage),
        messages=tuple(Message(**message) for message in body["messages"]),
        json_schema=schema,
        sampling=Sampling(),
        seed=body["seed"],
    )


class ApiServer:
    """The process that speaks HTTP."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self.waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.tokens = self.number = 0

    async def serve(self, port: int) -> None:
        """Until the engine ends."""
        self.engine = await asyncio.create_subprocess_exec(
            sys.executable, __file__, "--engine", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        server = await asyncio.start_server(self.handle, "127.0.0.1", port)
        print(f"listening on {port}", flush=True)
        assert self.engine.stdout is not None
        while line := await self.engine.stdout.readline():
            number, answer = json.loads(line)
            self.tokens += answer["usage"]["completion_tokens"]
            self.waiting.pop(number).set_result(answer)
        server.close()
        os._exit(1)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, one answer, and the connection is closed."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next((int(line[15:]) for line in head.splitlines() if line.lower().startswith("content-length:")), 0)
        answer = await self.answer(head.split()[1], (await reader.readexactly(length)).decode())
        writer.write(answer.encode())
        writer.close()

    async def answer(self, path: str, body: str) -> str:
        """The whole answer, or what is left of it."""
        if path == "/health":
            return write_answer("200 OK", "")
        if path == "/metrics":
            return write_answer("200 OK", f'vllm:generation_tokens_total{{engine="0"}} {self.tokens}.0\n')
        if path == "/v1/models":
            return write_answer("200 OK", '{"data": [{"id": "m"}]}', JSON)
        way = self.choose_trouble(body)
        if way:
            return await spoil(way, json.dumps(await self.ask_engine(body)) if way == "half" else "")
        return write_answer("200 OK", json.dumps(await self.ask_engine(body)), JSON)

    async def ask_engine(self, body: str) -> dict[str, Any]:
        """The engine's answer."""
        self.number += 1
        future = self.waiting[self.number] = asyncio.get_running_loop().create_future()
        assert self.engine.stdin is not None
        self.engine.stdin.write(json.dumps([self.number, json.loads(body)]).encode() + b"\n")
        return await future

    def choose_trouble(self, body: str) -> str | None:
        """How this answer is spoilt: decided by the request and by how often it came."""
        draw = Draw(body, "trouble")
        spoilt = draw.between(1, MOST_SPOILT) if draw.chance(float(os.environ.get("STAND_IN_TROUBLE", "0"))) else 0
        ways = draw.sample(WAYS, MOST_SPOILT)
        self.seen[body] += 1
        return ways[self.seen[body] - 1] if self.seen[body] <= spoilt else None


async def spoil(way: str, whole: str) -> str:
    """An answer that is none."""
    match way:
        case "500" | "503" | "429":
            return write_answer(f"{way} Trouble", '{"error": {"message": "trouble"}}', JSON)
        case "garbage":
            return write_answer("200 OK", '{"choices": [{"mess', JSON)
        case "half":
            return write_answer("200 OK", whole, JSON)[: -len(whole) // 2]
        case "nothing":
            return ""
        case "empty":
            return write_answer("200 OK", "", JSON)
        case "page":
            return write_answer("200 OK", "<html>busy</html>", "Content-Type: text/html\r\n")
        case _:
            await asyncio.sleep(3600)
            return ""


def write_answer(status: str, body: str, kind: str = "") -> str:
    """Status line, headers, body."""
    return f"HTTP/1.1 {status}\r\n{kind}Content-Length: {len(body.encode())}\r\nConnection: close\r\n\r\n{body}"


def main(arguments: list[str]) -> None:
    """The engine, or the server that starts one."""
    if "--engine" in arguments:
        run_engine()
        return
    start = os.environ.get("STAND_IN_START")
    if start == "broken":
        sys.exit("RuntimeError: no memory left")
    if start == "slow":
        time.sleep(3600)
    asyncio.run(ApiServer().serve(int(arguments[arguments.index("--port") + 1])))


if __name__ == "__main__":
    main(sys.argv[1:])
