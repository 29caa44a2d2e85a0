"""Query, tools and answers as JSON texts, as in Salesforce's xLAM data: one turn, without results.

A tool's parameters are flat and their types are Python's: `"type": "int, optional"`. A row without calls has the
answers `[]`. The day, results, the answer's text and thoughts are not held.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from toolgrad_local.data_model.example import OfferedTool
from toolgrad_local.export.format import Format
from toolgrad_local.export.json_text import plain_json
from toolgrad_local.export.row import Row, count_calls

PYTHON_TYPES = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "array": "list",
    "object": "dict",
}
JSON_TYPES = {python: name for name, python in PYTHON_TYPES.items()}
LIST = re.compile(r"List\[(.+)\]")


def write(row: Row) -> dict[str, Any]:
    """id, query, tools, answers."""
    calls = [{"name": call.tool, "arguments": call.arguments} for turn in row.turns for call in turn.calls]
    return {
        "id": row.id,
        "query": row.query,
        "tools": plain_json([write_tool(tool) for tool in row.tools or ()]),
        "answers": plain_json(calls),
    }


def write_tool(tool: OfferedTool) -> dict[str, Any]:
    """Name, description, parameters by name."""
    required = tool.parameters.get("required", ())
    flat = {
        name: write_parameter(schema, optional=name not in required)
        for name, schema in tool.parameters.get("properties", {}).items()
    }
    return {"name": tool.name, "description": tool.description, "parameters": flat}


def write_parameter(schema: Mapping[str, Any], *, optional: bool) -> dict[str, Any]:
    """The schema with a Python type; what else it says stays as it is."""
    items = schema.get("items")
    kind = PYTHON_TYPES[schema["type"]]
    rest = {key: value for key, value in schema.items() if key != "type"}
    if items is not None and set(items) == {"type"}:
        kind = f"List[{PYTHON_TYPES[items['type']]}]"
        del rest["items"]
    return {"type": f"{kind}, optional" if optional else kind, **rest}


def read(found: Mapping[str, Any]) -> Row:
    """The inverse of `write`."""
    answers = [(call["name"], call["arguments"]) for call in json.loads(found["answers"])]
    return Row(
        id=found["id"],
        query=found["query"],
        today=None,
        tools=tuple(map(read_tool, json.loads(found["tools"]))),
        turns=count_calls([answers] if answers else []),
        thought=None,
        answer=None,
    )


def read_tool(tool: Mapping[str, Any]) -> OfferedTool:
    """A tool with a closed JSON Schema."""
    flat: Mapping[str, Mapping[str, Any]] = tool["parameters"]
    return OfferedTool(
        name=tool["name"],
        description=tool["description"],
        parameters={
            "additionalProperties": False,
            "properties": {name: read_parameter(parameter) for name, parameter in flat.items()},
            "required": [name for name, parameter in flat.items() if not parameter["type"].endswith(", optional")],
            "type": "object",
        },
    )


def read_parameter(parameter: Mapping[str, Any]) -> dict[str, Any]:
    """The parameter's JSON Schema."""
    kind = parameter["type"].removesuffix(", optional")
    rest = {key: value for key, value in parameter.items() if key != "type"}
    match = LIST.fullmatch(kind)
    if match:
        return {**rest, "type": "array", "items": {"type": JSON_TYPES[match[1]]}}
    return {**rest, "type": JSON_TYPES[kind]}


XLAM = Format(
    "xlam",
    "query, tools and answers as in Salesforce's xLAM data",
    {"id": "text", "query": "text", "tools": "text", "answers": "text"},
    write,
    read,
    holds=frozenset({"tools"}),
    scope="single_turn",
)
