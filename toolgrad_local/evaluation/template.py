"""The chat template of a model: where it is, and whether it shows tools."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from toolgrad_local.assets import asset_folder
from toolgrad_local.errors import ConfigError

REMEDY = "name one with --chat-template (hermes is bundled, or give a file)"
TOOL: dict[str, Any] = {
    "type": "function",
    "function": {
        "name": "probe_tool_name",
        "description": "A probe.",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}
RESULT = "probe result text"


def find_template(named: str | None, folder: Path) -> tuple[str, Path | None]:
    """The template's text, and its file if it is not the model's own. Raises ConfigError where there is none."""
    if named is None:
        text = read_own_template(folder)
        if text is None:
            raise ConfigError(f"{folder.name} has no chat template; {REMEDY}")
        return text, None
    bundled = asset_folder("models") / "chat_templates" / f"{named}.jinja"
    path = bundled if bundled.is_file() else Path(named).expanduser()
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in bundled.parent.glob("*.jinja")))
        raise ConfigError(f"--chat-template {named} is neither a file nor bundled ({known})")
    return path.read_text(encoding="utf-8"), path.resolve()


def read_own_template(folder: Path) -> str | None:
    """The model's own, that for tools where it has several; None without one."""
    if (folder / "chat_template.jinja").is_file():
        return (folder / "chat_template.jinja").read_text(encoding="utf-8")
    try:
        found = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8")).get("chat_template")
    except (OSError, ValueError, AttributeError):
        return None
    if isinstance(found, list):
        by_name = {part.get("name"): part.get("template") for part in found if isinstance(part, dict)}
        found = by_name.get("tool_use", by_name.get("default"))
    return found if isinstance(found, str) else None


def require_tools(template: str, model: str) -> None:
    """Raises ConfigError unless the template shows the tools that are offered, and what calls have given."""
    called: list[dict[str, Any]] = [{"role": "user", "content": "Hi."}, *call_and_result("Oslo", "call00001")]
    try:
        offered, given = render(template, called[:1]), render(template, called)
    except ConfigError as error:
        raise ConfigError(
            f"the chat template of {model} takes no tools ({error}); {REMEDY}, or use --constrained"
        ) from None
    if "probe_tool_name" not in offered or RESULT not in given:
        what = "the tools that it is given" if "probe_tool_name" not in offered else "the results of calls"
        raise ConfigError(f"the chat template of {model} does not show {what}; {REMEDY}, or use --constrained")


def takes_parallel_calls(template: str) -> bool:
    """True if a turn may have several calls; otherwise they are shown one after the other."""
    both = call_and_result("Oslo", "call00001"), call_and_result("Bergen", "call00002")
    calls = [part[0]["tool_calls"][0] for part in both]
    chat: list[dict[str, Any]] = [{"role": "user", "content": "Hi."}]
    chat.append({"role": "assistant", "content": "", "tool_calls": calls})
    try:
        shown = render(template, [*chat, *(part[1] for part in both)])
    except ConfigError:
        return False
    return "Oslo" in shown and "Bergen" in shown


def call_and_result(city: str, call_id: str) -> list[dict[str, Any]]:
    """The two messages of a call."""
    function = {"name": "probe_tool_name", "arguments": {"city": city}}
    return [
        {"role": "assistant", "content": "", "tool_calls": [{"id": call_id, "type": "function", "function": function}]},
        {"role": "tool", "tool_call_id": call_id, "name": "probe_tool_name", "content": RESULT},
    ]


def render(template: str, chat: Sequence[dict[str, Any]]) -> str:
    """The prompt that offers the probe. Raises ConfigError for a template that fails at it."""
    from jinja2 import TemplateError
    from transformers.utils.chat_template_utils import render_jinja_template

    try:
        rendered: Any = render_jinja_template(
            conversations=[list(chat)],
            tools=[TOOL],
            chat_template=template,
            add_generation_prompt=True,
            bos_token="",
            eos_token="",
        )
    except (TemplateError, TypeError, ValueError, KeyError) as error:
        raise ConfigError(" ".join(str(error).split())[:120] or type(error).__name__) from None
    return str(rendered[0][0])
