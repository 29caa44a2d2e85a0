"""What a reply says: its calls, and what is wrong with how they are written."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

import jsonschema

from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.example import OfferedTool
from toolgrad_local.evaluation.answer import Said
from toolgrad_local.evaluation.calls.bare import read_bare
from toolgrad_local.evaluation.calls.pieces import BROKEN
from toolgrad_local.evaluation.calls.table import CONSTRAINED, READERS

FormatError = Literal[
    "not_json", "no_name", "arguments_not_object", "unknown_tool", "arguments_do_not_fit", "unmarked", "cut_off",
    "engine_error", "text_beside",
]  # fmt: skip
"""unknown_tool: one that is not offered; unmarked: a call without the marks of the model's format; cut_off: the reply
was longer than it may be; text_beside: prose beside calls, which some templates allow and is no fault by itself."""
HARMLESS: frozenset[FormatError] = frozenset({"text_beside"})
NO_CALL: frozenset[FormatError] = frozenset({"not_json", "no_name", "arguments_not_object", "unmarked"})
"""Where something was written that was to be a call and cannot be made."""
ARGUMENT_KEYS = ("arguments", "parameters", "args")


class Taken(Data):
    """A reply that was read."""

    calls: tuple[ToolCall, ...]
    """Those that can be made, of tools that are not offered too."""
    errors: tuple[FormatError, ...]
    """One a call that is written wrong, and what is wrong with the reply."""
    text: str
    """Beside the calls."""

    @property
    def abstains(self) -> bool:
        """True if it neither calls anything nor tries to."""
        return not self.calls and not NO_CALL & set(self.errors)


def read_reply(said: Said, form: str, tools: Sequence[OfferedTool]) -> Taken:
    """The reply in a format of the table."""
    pieces = READERS[form](said.text)
    errors: list[FormatError] = []
    if said.finish != "stop":
        errors.append("cut_off" if said.finish == "length" else "engine_error")
    calls = []
    schemas = {tool.name: json.dumps(tool.parameters) for tool in tools}
    for value in pieces.values:
        call, error = read_call(value)
        fault = error or (fault_of(call, schemas) if call else None)
        calls += [call] if call else []
        errors += [fault] if fault else []
    if not pieces.values and form != CONSTRAINED and is_unmarked(said.text):
        errors.append("unmarked")
    if pieces.values and pieces.beside:
        errors.append("text_beside")
    return Taken(calls=tuple(calls), errors=tuple(errors), text=pieces.beside)


def read_call(value: Any) -> tuple[ToolCall | None, FormatError | None]:
    """The call that a value is, or why it is none. Parameters that are left out altogether are none."""
    if isinstance(value, dict) and isinstance(value.get("function"), dict):
        value = value["function"]
    if value is BROKEN:
        return None, "not_json"
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        return None, "no_name"
    given: Any = next((value[key] for key in ARGUMENT_KEYS if key in value), {})
    if given is BROKEN:
        return None, "not_json"
    if not isinstance(given, dict):
        return None, "arguments_not_object"
    return ToolCall(tool=value["name"], arguments=given), None


def fault_of(call: ToolCall, schemas: Mapping[str, str]) -> FormatError | None:
    """What is wrong with a call that can be made."""
    if call.tool not in schemas:
        return "unknown_tool"
    return None if validator_of(schemas[call.tool]).is_valid(call.arguments) else "arguments_do_not_fit"


@lru_cache(maxsize=4096)
def validator_of(schema: str) -> jsonschema.Draft202012Validator:
    """Of a tool's parameters, given as JSON."""
    return jsonschema.Draft202012Validator(json.loads(schema))


def is_unmarked(text: str) -> bool:
    """True for a reply that is a call as JSON, but not in the model's format."""
    return any(
        isinstance(value, dict) and isinstance(value.get("name"), str) and any(key in value for key in ARGUMENT_KEYS)
        for value in read_bare(text).values
    )
