"""Where each argument value comes from (DESIGN: an edge counts only when it is no coincidence)."""

import re
from datetime import date

from mock_apis.core import Tool
from toolgrad_local.audit.leaves import Leaf, Scalar, walk_leaves
from toolgrad_local.audit.said import is_said
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.workflow import ArgumentLeaf, Edge, Link, Source, Workflow

SHORTEST_STRING = 4
SHORTEST_NUMBER = 3
"""An untyped value is distinctive from 4 characters or 3 significant digits on."""
COMMON_WORDS = frozenset((
    "true", "false", "none", "null", "name", "date", "time", "home", "work", "open", "closed", "high", "medium",
    "normal", "week", "month", "year", "today", "tomorrow", "daily", "weekly", "monthly", "standard", "default",
    "other", "status", "active", "pending", "total",
))  # fmt: skip


def trace_call(call: ToolCall, tool: Tool, workflow: Workflow, tools: dict[str, Tool]) -> tuple[ArgumentLeaf, ...]:
    """The argument leaves of a call that follows the workflow, before there is a query."""
    return tuple(
        trace_leaf(leaf, find_edge(leaf, workflow, tools)) for leaf in walk_leaves(call.arguments, tool.parameters)
    )


def trace_leaf(leaf: Leaf, edge: Edge | None) -> ArgumentLeaf:
    """A leaf whose value an edge gives, or the schema allows no choice about; else untraced."""
    source: Source = "untraced"
    if edge is not None:
        source = "edge"
    elif "const" in leaf.schema or len(leaf.schema.get("enum", ())) == 1:
        source = "only_value"
    elif "default" in leaf.schema and leaf.schema["default"] == leaf.value:
        source = "default"
    return ArgumentLeaf(path=leaf.path, value=leaf.value, entity=leaf.entity, source=source, edge=edge)


def find_edge(leaf: Leaf, workflow: Workflow, tools: dict[str, Tool]) -> Edge | None:
    """The latest earlier result that holds the value as the same entity, or, untyped, distinctively.

    A result that only gives back an argument of its own call is no source.
    """
    if leaf.entity is None and not is_distinctive(leaf.value):
        return None
    for index in reversed(range(len(workflow.links))):
        link = workflow.links[index]
        if any(same_value(given.value, leaf.value) for given in walk_leaves(link.call.arguments, {})):
            continue
        for source in walk_leaves(link.result.value, tools[link.call.tool].result):
            if same_value(source.value, leaf.value) and source.entity == leaf.entity:
                return Edge(link=index, path=source.path, entity=leaf.entity, needed=True)
    return None


def settle(workflow: Workflow, query: str, today: date | None, language: str = "English") -> Workflow:
    """The workflow with sources that the query decides: said values, and edges that are needed.

    `today` is the world's date, from which "tomorrow" is counted; None knows no relative days.
    """
    links = tuple(
        link.model_copy(update={"leaves": tuple(settle_leaf(leaf, query, today, language) for leaf in link.leaves)})
        for link in workflow.links
    )
    return Workflow(links=links)


def settle_leaf(leaf: ArgumentLeaf, query: str, today: date | None, language: str) -> ArgumentLeaf:
    """The leaf as it stands once the query is written."""
    if leaf.source in ("default", "only_value"):
        return leaf
    said = is_said(leaf.value, query, path=leaf.path, entity=leaf.entity, today=today, language=language)
    if leaf.edge is not None:
        return leaf.model_copy(update={"edge": leaf.edge.model_copy(update={"needed": not said})})
    return leaf.model_copy(update={"source": "query" if said else "untraced"})


def is_grounded(workflow: Workflow) -> bool:
    """True if no argument leaf is untraced."""
    return all(leaf.source != "untraced" for link in workflow.links for leaf in link.leaves)


def is_distinctive(value: Scalar) -> bool:
    """True if two places hardly hold this value by coincidence."""
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(value, int | float):
        digits = str(value) if isinstance(value, int) else f"{value:.10g}".partition("e")[0]
        return len(re.sub(r"\D", "", digits).strip("0")) >= SHORTEST_NUMBER
    return len(value) >= SHORTEST_STRING and value.lower() not in COMMON_WORDS


def same_value(left: Scalar, right: Scalar) -> bool:
    """Equal and of one kind: True is not 1."""
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def edges_into(chain: int, leaves: tuple[ArgumentLeaf, ...], links: tuple[Link, ...]) -> bool:
    """True if an edge of these leaves starts in that chain."""
    return any(leaf.edge is not None and links[leaf.edge.link].chain == chain for leaf in leaves)
