"""The chat template that a model is trained with, served with afterwards, and saved with."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from toolgrad_local.assets import asset_folder
from toolgrad_local.errors import ConfigError

Messages = Sequence[Mapping[str, Any]]
FAULTS = (jinja2.TemplateError, TypeError)
"""What a template raises over a conversation that it was not written for."""
PROBE_TOOL = {
    "type": "function",
    "function": {
        "name": "probe_sky",
        "description": "Describes the zenith.",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}
PROBE_CALL = {
    "id": "call_1",
    "type": "function",
    "function": {"name": "probe_sky", "arguments": {"city": "Ouagadougou"}},
}
PROBE: Messages = (
    {"role": "system", "content": "Today is 2024-05-09."},
    {"role": "user", "content": "What is the sky like?"},
    {"role": "assistant", "content": "", "tool_calls": [PROBE_CALL]},
    {"role": "tool", "tool_call_id": "call_1", "name": "probe_sky", "content": '{"sky": "cerulean"}'},
    {"role": "assistant", "content": "It is blue."},
)
SAID = {"offered tools": "Describes the zenith.", "tool calls": "Ouagadougou", "tool results": "cerulean"}


@dataclass(frozen=True)
class ChatTemplate:
    """A template's text, and the tokenizer that renders it."""

    text: str
    tokenizer: Any
    named: str | None
    """The recipe's name for it; None for the model's own."""

    @property
    def digest(self) -> str:
        """SHA-256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def render(self, messages: Messages, tools: Sequence[Any], *, prompt: bool = False) -> str:
        """The conversation as text; `prompt`: with the words after which an answer is written. Raises FAULTS."""
        text: str = self.tokenizer.apply_chat_template(
            list(messages), tools=list(tools), chat_template=self.text, tokenize=False, add_generation_prompt=prompt
        )
        return text


def choose_template(model: str, tokenizer: Any, named: str | None, arguments: Mapping[str, Any]) -> ChatTemplate:
    """The one that the recipe names, else the model's own. Raises ConfigError if that has no place for tools.

    `arguments` are written into the text, so that whoever renders it later gets what was trained.
    """
    text = own_template(model, tokenizer) if named is None else read_template(named)
    settings = "".join(f"{{%- set {name} = {json_literal(value)} -%}}" for name, value in sorted(arguments.items()))
    template = ChatTemplate(settings + text, tokenizer, named)
    missing = find_missing(template)
    if missing:
        source = f"the chat template of {model}" if named is None else f"the chat template {named}"
        raise ConfigError(f"{source} has no place for {missing}; {advise_template()}")
    return template


def own_template(model: str, tokenizer: Any) -> str:
    """The tokenizer's; of several the one for tools. Raises ConfigError if there is none."""
    found = tokenizer.chat_template
    if isinstance(found, dict):
        found = found.get("tool_use", found.get("default"))
    if not found:
        raise ConfigError(f"{model} has no chat template; {advise_template()}")
    return str(found)


def read_template(named: str) -> str:
    """A shipped template, or a file. Raises ConfigError if there is none of that name."""
    shipped = asset_folder("models") / "chat_templates" / f"{named}.jinja"
    path = shipped if shipped.is_file() else Path(named).expanduser()
    if not path.is_file():
        raise ConfigError(f"there is no chat template '{named}'; known are {', '.join(list_templates())}, or a file")
    return path.read_text(encoding="utf-8")


def list_templates() -> list[str]:
    """The names of the shipped templates."""
    return sorted(path.stem for path in (asset_folder("models") / "chat_templates").glob("*.jinja"))


def advise_template() -> str:
    """The remedy."""
    return f"name one that has in a recipe, `chat_template: {'` or `'.join(list_templates())}`"


def find_missing(template: ChatTemplate) -> str:
    """What the template does not say of a conversation with tools; empty if it says all."""
    try:
        text = template.render(PROBE, [PROBE_TOOL])
    except FAULTS as error:
        return f"tools ({' '.join(str(error).split())[:120]})"
    return " and ".join(part for part, word in SAID.items() if word not in text)


def json_literal(value: Any) -> str:
    """A JSON value as the template language writes it; both have the same words for true and false."""
    return "none" if value is None else json.dumps(value)
