"""Messages for TRL and for chat templates: arguments are objects. Thoughts are not held."""

from collections.abc import Mapping
from typing import Any

from toolgrad_local.export.format import Format
from toolgrad_local.export.formats.messages import COLUMNS, read_row, write_row
from toolgrad_local.export.row import Row


def write(row: Row) -> dict[str, Any]:
    """id, messages, tools."""
    return write_row(row, dict)


def read(found: Mapping[str, Any]) -> Row:
    """The inverse of `write`."""
    return read_row(found, dict)


TRL = Format("trl", "messages for TRL and chat templates, arguments as objects", COLUMNS, write, read)
