"""A teacher over the OpenAI interface of a vLLM server, with Outlines' constraint on every reply."""

from typing import Any

from toolgrad_local.data_model.exchange import Reply, Request, Usage
from toolgrad_local.errors import RequestRefused
from toolgrad_local.teacher.command import SERVED_NAME

REQUEST_SECONDS = 1800.0
"""A request may wait in the engine's queue behind many others."""


class ConnectionLost(Exception):
    """The server did not answer, or answered with a failure of its own: ask again once it is up."""


class VllmClient:
    """Sends requests to one server. Knows nothing of starting it."""

    def __init__(
        self, url: str, key: str, model: str = SERVED_NAME, chat_template: dict[str, Any] | None = None
    ) -> None:
        """`chat_template`: arguments of the model's chat template."""
        from openai import AsyncOpenAI, DefaultAsyncHttpxClient, Timeout
        from outlines.models.vllm import VLLMTypeAdapter
        from outlines.types import JsonSchema

        self._client = AsyncOpenAI(
            base_url=url,
            api_key=key,
            max_retries=0,
            timeout=Timeout(REQUEST_SECONDS, connect=10),
            http_client=DefaultAsyncHttpxClient(trust_env=False),
        )
        self._adapter, self._json_schema = VLLMTypeAdapter(), JsonSchema
        self._model, self._chat_template = model, chat_template or {}

    async def ask(self, request: Request) -> Reply:
        """The server's reply. Raises ConnectionLost, or RequestRefused."""
        import openai

        extra: dict[str, Any] = {**self._adapter.format_output_type(self._json_schema(request.json_schema))}
        body = dict(extra.pop("extra_body", {}), **extra)
        if self._chat_template:
            body["chat_template_kwargs"] = self._chat_template
        try:
            answer = await self._client.chat.completions.create(
                model=self._model,
                messages=[message.model_dump() for message in request.messages],  # type: ignore[misc]
                temperature=request.sampling.temperature,
                top_p=request.sampling.top_p,
                max_tokens=request.sampling.max_tokens,
                seed=request.seed,
                extra_body=body,
            )
        except openai.APIStatusError as error:
            if error.status_code >= 500:
                raise ConnectionLost(f"HTTP {error.status_code}") from error
            raise RequestRefused(
                f"the teacher refused a request of stage {request.key.stage}: {explain(error)}"
            ) from error
        except (openai.APIConnectionError, openai.APIResponseValidationError) as error:
            raise ConnectionLost(str(error)) from error
        return read_answer(answer)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()


def read_answer(answer: Any) -> Reply:
    """The reply of a chat completion. Raises ConnectionLost if it holds none."""
    if not getattr(answer, "choices", None) or answer.usage is None:
        raise ConnectionLost("the server answered without a choice")
    choice = answer.choices[0]
    details = answer.usage.prompt_tokens_details
    return Reply(
        text=choice.message.content or "",
        finish_reason=choice.finish_reason or "error",
        thoughts=getattr(choice.message, "reasoning", None) or getattr(choice.message, "reasoning_content", None),
        usage=Usage(
            prompt_tokens=answer.usage.prompt_tokens,
            completion_tokens=answer.usage.completion_tokens,
            cached_tokens=(details.cached_tokens or 0) if details else 0,
        ),
    )


def explain(error: Any) -> str:
    """What the server says is wrong, and what to do about a context that is too short."""
    body = error.body if isinstance(error.body, dict) else {}
    message = str(body.get("message") or error)[:300]
    if "context length" in message or "max_model_len" in message:
        return f"{message}; raise `context` in the teacher's profile, or lower loop.pool_size or loop.result_tokens"
    return message
