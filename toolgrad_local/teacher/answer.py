"""What a server answers to a chat completion: only what we read of it, and nothing is taken on trust."""

from pydantic import BaseModel, Field, ValidationError

from toolgrad_local.data_model.exchange import Reply, Usage


class ConnectionLost(Exception):
    """No usable answer; ask again once the server can give one. By itself it says nothing of the request."""


class AnswerSpoilt(ConnectionLost):
    """The server had the request and failed at it: an error of its own, garbage, half an answer, or none."""


class TokenDetails(BaseModel):
    """Part of the usage."""

    cached_tokens: int | None = None


class Tokens(BaseModel):
    """The usage of an answer."""

    prompt_tokens: int
    completion_tokens: int
    prompt_tokens_details: TokenDetails | None = None


class Message(BaseModel):
    """The assistant's message."""

    content: str | None = None
    reasoning: str | None = None
    reasoning_content: str | None = None


class Choice(BaseModel):
    """One of the alternatives; we ask for one."""

    message: Message
    finish_reason: str | None = None


class Answer(BaseModel):
    """A chat completion."""

    choices: list[Choice] = Field(min_length=1)
    usage: Tokens


def read_answer(body: bytes) -> Reply:
    """The reply in the body of an answer. Raises AnswerSpoilt if it holds none."""
    try:
        answer = Answer.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "the body"
        raise AnswerSpoilt(f"the answer is no chat completion: {place}: {first['msg']}"[:200]) from None
    choice, tokens = answer.choices[0], answer.usage
    details = tokens.prompt_tokens_details
    return Reply(
        text=choice.message.content or "",
        finish_reason=choice.finish_reason or "error",
        thoughts=choice.message.reasoning or choice.message.reasoning_content,
        usage=Usage(
            prompt_tokens=tokens.prompt_tokens,
            completion_tokens=tokens.completion_tokens,
            cached_tokens=(details.cached_tokens or 0) if details else 0,
        ),
    )
