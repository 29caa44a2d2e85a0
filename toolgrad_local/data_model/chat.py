"""A request in a model's own chat format: a conversation with tools, as the server's chat template writes it."""

from typing import Any

from pydantic import Field

from toolgrad_local.data_model.exchange import Message, Request


class ChatRequest(Request):
    """The reply is free text, calls written as the model writes them, unless there is a `json_schema`."""

    messages: tuple[Message, ...] = ()
    chat: tuple[dict[str, Any], ...]
    """In the shape of OpenAI's interface: `tool_calls` and messages of the role `tool` too."""
    tools: tuple[dict[str, Any], ...] = ()
    json_schema: dict[str, Any] = Field(default_factory=dict)
    """Empty: nothing is constrained."""
