"""Where each argument value comes from (DESIGN: an edge counts only when it is no coincidence).

"Said in the query" means here that the value itself stands in it, as a word, a number or a date
written out; it knows no synonyms.
"""

import re
from datetime import date

from mock_apis.core import Tool
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.workflow import ArgumentLeaf, Edge, Link, Workflow
from toolgrad_local.loop.leaves import Leaf, Scalar, walk_leaves

SHORTEST_STRING = 4
SHORTEST_NUMBER = 3
"""An untyped value is distinctive from 4 characters or 3 significant digits on."""
COMMON_WORDS = frozenset((
    "true", "false", "none", "null", "name", "date", "time", "home", "work", "open", "closed", "high", "medium",
    "normal", "week", "month", "year", "today", "tomorrow", "daily", "weekly", "monthly", "standard", "default",
    "other", "status", "active", "pending", "total",
))  # fmt: skip

NUMBER = re.compile(r"(?<![\w.-])-?\d+(?:\.\d+)?(?!\w*\d)")
"""A number of its own: not the digits of an id, a version or a date."""


def trace_call(call: ToolCall, tool: Tool, workflow: Workflow, tools: dict[str, Tool]) -> tuple[ArgumentLeaf, ...]:
    """The argument leaves of a call that follows the workflow, before there is a query."""
    return tuple(
        trace_leaf(leaf, find_edge(leaf, workflow, tools)) for leaf in walk_leaves(call.arguments, tool.parameters)
    )


def trace_leaf(leaf: Leaf, edge: Edge | None) -> ArgumentLeaf:
    """A leaf whose value an edge gives, or the schema allows no choice about; else untraced."""
    if edge is not None:
        return ArgumentLeaf(path=leaf.path, value=leaf.value, source="edge", edge=edge)
    if "const" in leaf.schema or len(leaf.schema.get("enum", ())) == 1:
        return ArgumentLeaf(path=leaf.path, value=leaf.value, source="only_value")
    if "default" in leaf.schema and leaf.schema["default"] == leaf.value:
        return ArgumentLeaf(path=leaf.path, value=leaf.value, source="default")
    return ArgumentLeaf(path=leaf.path, value=leaf.value, source="untraced")


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


def settle(workflow: Workflow, query: str) -> Workflow:
    """The workflow with sources that the query decides: said values, and edges that are needed."""
    links = tuple(
        link.model_copy(update={"leaves": tuple(settle_leaf(leaf, query) for leaf in link.leaves)})
        for link in workflow.links
    )
    return Workflow(links=links)


def settle_leaf(leaf: ArgumentLeaf, query: str) -> ArgumentLeaf:
    """The leaf as it stands once the query is written."""
    said = is_said(leaf.value, query)
    if leaf.edge is not None:
        return leaf.model_copy(update={"edge": leaf.edge.model_copy(update={"needed": not said})})
    if leaf.source in ("untraced", "query"):
        return leaf.model_copy(update={"source": "query" if said else "untraced"})
    return leaf


def is_grounded(workflow: Workflow) -> bool:
    """True if no argument leaf is untraced."""
    return all(leaf.source != "untraced" for link in workflow.links for leaf in link.leaves)


def is_said(value: Scalar, query: str) -> bool:
    """True if the value stands in the text: whole, case aside; a number with or without its zeros and commas."""
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(value, int | float):
        plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", query)
        return any(is_number(number, value) for number in NUMBER.findall(plain))
    text = " ".join(value.split()).strip(" .!?").lower()
    folded = " ".join(query.split()).lower()
    if text and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", folded):
        return True
    other_year = rf"(?!,? (?!{value[:4]})\d{{4}}\b)"
    return any(re.search(rf"(?<!\w){form}(?!\w){other_year}", folded) for form in written_dates(value))


def written_dates(value: str) -> set[str]:
    """The ways in which people write an ISO date, lower case; empty if the text is none."""
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        return set()
    month, n = day.strftime("%B").lower(), day.day
    suffix = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    forms = {f"{month} {n}", f"{n} {month}", f"{month} {n}{suffix}", f"{n}{suffix} of {month}", f"{n}{suffix} {month}"}
    forms |= {f"{month[:3]} {n}", f"{n} {month[:3]}", f"{month} {n:02d}"}
    return forms if len(value) == 10 else set()


def is_distinctive(value: Scalar) -> bool:
    """True if two places hardly hold this value by coincidence."""
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(value, int | float):
        digits = str(value) if isinstance(value, int) else f"{value:.10g}".partition("e")[0]
        return len(re.sub(r"\D", "", digits).strip("0")) >= SHORTEST_NUMBER
    return len(value) >= SHORTEST_STRING and value.lower() not in COMMON_WORDS


def is_number(text: str, value: int | float) -> bool:
    """True if the digits are this number, within what a float loses."""
    number = float(text)
    return number == value or (isinstance(value, float) and abs(number - value) < 1e-9)


def same_value(left: Scalar, right: Scalar) -> bool:
    """Equal and of one kind: True is not 1."""
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def edges_into(chain: int, leaves: tuple[ArgumentLeaf, ...], links: tuple[Link, ...]) -> bool:
    """True if an edge of these leaves starts in that chain."""
    return any(leaf.edge is not None and links[leaf.edge.link].chain == chain for leaf in leaves)
