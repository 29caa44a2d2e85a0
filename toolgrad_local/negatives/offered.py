"""Tools as a row offers them."""

from collections.abc import Iterable
from typing import Any

from mock_apis.core import Tool
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.example import OfferedTool
from toolgrad_local.seeding import shuffle

MARK = "x-entity"


def offer_tools(names: Iterable[str], catalog: Catalog, *labels: object) -> tuple[OfferedTool, ...]:
    """The tools in an order that the labels decide, so that a place says nothing."""
    return tuple(offer_tool(catalog.tool(name)) for name in shuffle(sorted(names), *labels, "order"))


def offer_tool(tool: Tool) -> OfferedTool:
    """What a model sees of a tool."""
    return OfferedTool(name=tool.name, description=tool.description, parameters=strip_marks(tool.parameters))


def strip_marks(schema: Any) -> Any:
    """The schema without entity marks, at any depth."""
    if isinstance(schema, dict):
        return {key: strip_marks(child) for key, child in schema.items() if key != MARK}
    if isinstance(schema, list):
        return [strip_marks(child) for child in schema]
    return schema
