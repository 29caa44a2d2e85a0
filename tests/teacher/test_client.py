"""What a client makes of the answers of a server on loopback that may be no server at all."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from toolgrad_local.data_model.exchange import Reply, Sampling, Usage
from toolgrad_local.errors import TeacherError
from toolgrad_local.teacher.answer import AnswerSpoilt, ConnectionLost
from toolgrad_local.teacher.client import VllmClient, read_metrics
from toolgrad_local.teacher.probe import probe_request
from toolgrad_local.teacher.server import free_port

USAGE = {
    "prompt_tokens": 9,
    "completion_tokens": 3,
    "total_tokens": 12,
    "prompt_tokens_details": {"cached_tokens": 4},
}
COMPLETION = {
    "id": "1",
    "object": "chat.completion",
    "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": '{"word": "k7"}'}}],
    "usage": USAGE,
}


def answer(status: str, body: str | bytes, kind: str = "application/json", length: int | None = None) -> bytes:
    """An HTTP answer; `length` may be a lie."""
    body = body.encode() if isinstance(body, str) else body
    length = len(body) if length is None else length
    return f"HTTP/1.1 {status} So\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n".encode() + body


def change(**parts: object) -> bytes:
    """A whole completion but for these parts."""
    return answer("200", json.dumps({**COMPLETION, **parts}))


@asynccontextmanager
async def client_of(said: bytes, *, stays: bool = False) -> AsyncIterator[VllmClient]:
    """A client of a server that says this to everybody and hangs up, or stays silent afterwards."""
    over = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(said)
        await writer.drain()
        if stays:
            await over.wait()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    client = VllmClient(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", "key", "m")
    try:
        yield client
    finally:
        over.set()
        await client.close()
        server.close()
        await server.wait_closed()


async def test_a_reply_carries_usage_with_cached_tokens() -> None:
    async with client_of(change()) as client:
        assert await client.ask(probe_request()) == Reply(
            text='{"word": "k7"}',
            finish_reason="stop",
            usage=Usage(prompt_tokens=9, completion_tokens=3, cached_tokens=4),
        )


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(answer("500", '{"error": "engine"}'), id="HTTP 500"),
        pytest.param(b"", id="connection closed"),
        pytest.param(answer("200", ""), id="empty body"),
        pytest.param(answer("200", '{"choices": [{"mess'), id="no JSON"),
        pytest.param(answer("200", json.dumps(COMPLETION)[:40], length=900), id="half an answer"),
        pytest.param(answer("200", b"\xff\xfe\x00"), id="no text"),
        pytest.param(answer("200", "<html>busy</html>", "text/html"), id="a page"),
        pytest.param(b"\x00\xffhello\r\n\r\n", id="no HTTP"),
        pytest.param(answer("200", "null"), id="null"),
        pytest.param(answer("200", "[]"), id="a list"),
        pytest.param(change(choices=[]), id="no choice"),
        pytest.param(change(choices=[{"index": 0}]), id="no message"),
        pytest.param(change(choices=[{"message": {"content": 7}}]), id="content of another type"),
        pytest.param(change(usage=None), id="no usage"),
        pytest.param(change(choices=[{"message": {"content": "\ud800"}}]), id="half a character"),
    ],
)
async def test_an_answer_that_is_none_is_spoilt(said: bytes) -> None:
    async with client_of(said) as client:
        with pytest.raises(AnswerSpoilt) as error:
            await client.ask(probe_request())
    assert str(error.value), "it says what was wrong"


@pytest.mark.parametrize("status", ["408", "429", "502", "503", "504"])
async def test_a_busy_server_says_nothing_of_the_request(status: str) -> None:
    async with client_of(answer(status, "{}")) as client:
        with pytest.raises(ConnectionLost, match=f"HTTP {status}") as error:
            await client.ask(probe_request())
    assert not isinstance(error.value, AnswerSpoilt)


async def test_a_server_that_is_not_there_says_nothing_of_the_request() -> None:
    client = VllmClient(f"http://127.0.0.1:{free_port()}/v1", "key", "m")
    with pytest.raises(ConnectionLost) as error:
        await client.ask(probe_request())
    assert not isinstance(error.value, AnswerSpoilt)
    assert await client.read_pulse(5.0) is None
    await client.close()


async def test_a_refused_request_says_what_is_wrong() -> None:
    refusal = {"error": {"message": "This model's maximum context length is 2048 tokens", "code": 400}}
    async with client_of(answer("400", json.dumps(refusal))) as client:
        with pytest.raises(TeacherError, match=r"stage probe: This model's maximum .* raise `context`"):
            await client.ask(probe_request())


async def test_closing_a_client_fails_what_is_under_way() -> None:
    async with client_of(b"", stays=True) as client:
        asking = asyncio.create_task(client.ask(probe_request()))
        while not asking.done() and client._client._client._transport._pool.connections == []:  # type: ignore[attr-defined]
            await asyncio.sleep(0.001)
        await asyncio.sleep(0.05)
        await client.close()
        with pytest.raises(AnswerSpoilt):
            await asking


async def test_the_pulse_is_the_sum_of_the_token_counters() -> None:
    text = (
        "# HELP vllm:prompt_tokens_total Number of prefill tokens processed.\n"
        'vllm:prompt_tokens_total{engine="0",model_name="teacher"} 1200.0\n'
        'vllm:prompt_tokens_total{engine="1",model_name="teacher"} 300.0\n'
        'vllm:generation_tokens_total{engine="0",model_name="teacher"} 1.5e+02\n'
        'vllm:num_requests_running{engine="0",model_name="teacher"} 4.0\n'
    )
    assert read_metrics(text) == 1650.0
    assert read_metrics("process_cpu_seconds_total 3\n") is None
    assert read_metrics("vllm:prompt_tokens_total much\n") is None
    async with client_of(answer("200", text, "text/plain")) as client:
        assert await client.read_pulse(5.0) == 1650.0
    async with client_of(b"", stays=True) as client:
        assert await client.read_pulse(0.05) is None


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        pytest.param('{"word": "k7"}', True, id="a space behind the colon"),
        pytest.param('{"word":"k7"}', False, id="none"),
        pytest.param('{ "word": "k7" }', False, id="more of them"),
        pytest.param('{"word": "hello"}', False, id="not in the schema"),
    ],
)
async def test_llguidance_is_told_to_lay_out_json_as_models_do(text: str, fits: bool) -> None:
    import llguidance

    client = VllmClient("http://127.0.0.1:1/v1", "key")
    schema = client.extra_body(probe_request())["structured_outputs"]["json"]
    await client.close()
    compact = {"whitespace_flexible": False}
    grammar = llguidance.LLMatcher.grammar_from_json_schema(json.dumps(schema), defaults=compact)
    tokenizer = llguidance.LLTokenizer("byte")
    tokens = tokenizer.tokenize_str(text)
    assert (llguidance.LLMatcher(tokenizer, grammar).validate_tokens(tokens) == len(tokens)) == fits


async def test_min_p_is_sent_where_it_is_set() -> None:
    client = VllmClient("http://127.0.0.1:1/v1", "key")
    plain = probe_request()
    sharp = plain.model_copy(update={"sampling": Sampling(min_p=0.1)})
    bodies = client.extra_body(plain), client.extra_body(sharp)
    await client.close()
    assert "min_p" not in bodies[0]
    assert bodies[1]["min_p"] == 0.1


def test_sampling_without_min_p_is_written_as_before_it_was_there() -> None:
    assert Sampling().model_dump(mode="json") == {"temperature": 0.7, "top_p": 1.0, "max_tokens": 256}
    assert Sampling.model_validate(Sampling(min_p=0.1).model_dump()) == Sampling(min_p=0.1)
