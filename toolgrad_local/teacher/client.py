"""A teacher over the OpenAI interface of a vLLM server, with Outlines' constraint on every reply."""

from typing import Any

import httpx

from toolgrad_local.data_model.chat import ChatRequest
from toolgrad_local.data_model.exchange import Reply, Request
from toolgrad_local.errors import RequestRefused
from toolgrad_local.teacher.answer import AnswerSpoilt, ConnectionLost, read_answer
from toolgrad_local.teacher.command import SERVED_NAME

LAYOUT = {"x-guidance": {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}}
"""How llguidance lays out JSON; other libraries do not read it. Models are used to a space behind colon and comma: held
to `{"query":"`, the 1.5B teacher began its texts in mid-sentence."""
REQUEST_SECONDS = 1800.0
"""A request may wait in the engine's queue behind many others; whether these go on, the stall watch sees to."""
BUSY = (408, 429, 502, 503, 504)
"""Answers that say nothing of the request: the server, or what stands before it, cannot take one now."""
NOT_SENT = ("ConnectError", "ConnectTimeout", "PoolTimeout")
"""By name: which HTTP library openai uses is its own affair."""
PULSE_METRICS = ("vllm:prompt_tokens_total", "vllm:generation_tokens_total")


class VllmClient:
    """Sends requests to one server. Knows nothing of starting it."""

    def __init__(
        self, url: str, key: str, model: str = SERVED_NAME, chat_template: dict[str, Any] | None = None
    ) -> None:
        """`chat_template`: arguments of the model's chat template."""
        from openai import AsyncOpenAI, DefaultAsyncHttpxClient, Timeout
        from outlines.models.vllm import VLLMTypeAdapter
        from outlines.types import JsonSchema

        self._watching = httpx.AsyncClient(trust_env=False, headers={"Authorization": f"Bearer {key}"})
        self._client = AsyncOpenAI(
            base_url=url,
            api_key=key,
            max_retries=0,
            timeout=Timeout(REQUEST_SECONDS, connect=10),
            http_client=DefaultAsyncHttpxClient(trust_env=False),
        )
        self._metrics = f"{url.rstrip('/').removesuffix('/v1')}/metrics"
        self._adapter, self._json_schema = VLLMTypeAdapter(), JsonSchema
        self._model, self._chat_template = model, chat_template or {}

    async def ask(self, request: Request) -> Reply:
        """The server's reply. Raises ConnectionLost, or RequestRefused."""
        import openai

        try:
            answer = await self._client.chat.completions.with_raw_response.create(
                model=self._model,
                messages=write_messages(request),  # type: ignore[arg-type]
                temperature=request.sampling.temperature,
                top_p=request.sampling.top_p,
                max_tokens=request.sampling.max_tokens,
                seed=request.seed,
                extra_body=self.extra_body(request),
            )
        except openai.APIStatusError as error:
            if error.status_code in BUSY:
                raise ConnectionLost(f"HTTP {error.status_code}") from error
            if error.status_code >= 500:
                raise AnswerSpoilt(f"HTTP {error.status_code}") from error
            raise RequestRefused(
                f"the teacher refused a request of stage {request.key.stage}: {explain(error)}"
            ) from error
        except openai.APIConnectionError as error:
            cause = error.__cause__ or error
            kind = ConnectionLost if type(cause).__name__ in NOT_SENT else AnswerSpoilt
            raise kind(str(cause) or type(cause).__name__) from error
        return read_answer(answer.http_response.content)

    async def read_pulse(self, seconds: float) -> float | None:
        """Tokens that the server has read and written since it started; None if it does not say in time.

        `/health` is no sign of life: it answers although the engine's process is frozen.
        """
        try:
            answer = await self._watching.get(self._metrics, timeout=seconds)
        except (httpx.HTTPError, RuntimeError):  # httpx raises the latter when the client was closed meanwhile
            return None
        return read_metrics(answer.text) if answer.status_code == 200 else None

    def extra_body(self, request: Request) -> dict[str, Any]:
        """What vLLM takes beyond OpenAI's interface: the constraint, min_p, arguments of the chat template, and tools
        that the template shows while the reply stays a text.
        """
        body: dict[str, Any] = {}
        if request.json_schema:
            constraint = self._json_schema({**request.json_schema, **LAYOUT})
            extra: dict[str, Any] = {**self._adapter.format_output_type(constraint)}
            body = dict(extra.pop("extra_body", {}), **extra)
        if request.sampling.min_p:
            body["min_p"] = request.sampling.min_p
        if isinstance(request, ChatRequest):
            body["skip_special_tokens"] = False  # some models mark calls with special tokens
            if request.tools:
                body |= {"tools": list(request.tools), "tool_choice": "none"}
        if self._chat_template:
            body["chat_template_kwargs"] = self._chat_template
        return body

    async def close(self) -> None:
        """Close the connections. What is still under way on them fails with AnswerSpoilt."""
        await self._client.close()
        await self._watching.aclose()


def write_messages(request: Request) -> list[dict[str, Any]]:
    """The messages as the interface takes them."""
    if isinstance(request, ChatRequest):
        return list(request.chat)
    return [message.model_dump() for message in request.messages]


def read_metrics(text: str) -> float | None:
    """The sum of the token counters in a Prometheus text, None if there are none."""
    values = [line.rpartition(" ")[2] for line in text.splitlines() if line.startswith(PULSE_METRICS)]
    try:
        return sum(map(float, values)) if values else None
    except ValueError:
        return None


def explain(error: Any) -> str:
    """What the server says is wrong, and what to do about a context that is too short."""
    body = error.body if isinstance(error.body, dict) else {}
    message = str(body.get("message") or error)[:300]
    if "context length" in message or "max_model_len" in message:
        return f"{message}; raise `context` in the teacher's profile, or lower loop.pool_size or loop.result_tokens"
    return message
