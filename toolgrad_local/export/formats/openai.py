"""The wire format of OpenAI's chat interface: arguments are JSON text. Thoughts are not held."""

import json
from collections.abc import Mapping
from typing import Any

from toolgrad_local.export.format import Format
from toolgrad_local.export.formats.messages import COLUMNS, read_row, write_row
from toolgrad_local.export.json_text import plain_json
from toolgrad_local.export.row import Row


def write(row: Row) -> dict[str, Any]:
    """id, messages, tools."""
    return write_row(row, plain_json)


def read(found: Mapping[str, Any]) -> Row:
    """The inverse of `write`."""
    return read_row(found, json.loads)


OPENAI = Format("openai", "messages of OpenAI's chat interface, arguments as JSON text", COLUMNS, write, read)
