"""The negative in which all tools are there and the query leaves out a value that only the user can give."""

from typing import Any

from mock_apis.core.examples import PATH_PART
from toolgrad_local.data_model.audit import Omission
from toolgrad_local.data_model.example import Example
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.data_model.workflow import Link
from toolgrad_local.negatives.bench import Bench
from toolgrad_local.negatives.negative import make_negative, name_row
from toolgrad_local.negatives.plain_words import tell_parameter
from toolgrad_local.negatives.positive import offer_with_gold
from toolgrad_local.negatives.wording import ask_for


def make_missing_parameter(trajectory: Trajectory, bench: Bench) -> Example | str:
    """The row, or why there is none."""
    omission = trajectory.omission
    if omission is None:
        return "no_omission"
    link = trajectory.workflow.links[omission.link]
    parameters = bench.catalog.tool(link.call.tool).parameters
    if not is_from_query(omission, link):
        return "not_only_said"
    if not is_required(omission.path, parameters, link.call.arguments):
        return "not_required"
    row = name_row(trajectory, "missing_parameter")
    name, schema = find_parameter(omission.path, parameters)
    return make_negative(
        trajectory,
        bench,
        "missing_parameter",
        query=omission.query,
        tools=offer_with_gold(trajectory, bench, row),
        answer=ask_for(tell_parameter(name, schema), bench.options.seed, row),
    )


def is_from_query(omission: Omission, link: Link) -> bool:
    """True if the call has that value there, and the query was its only source."""
    found = [leaf for leaf in link.leaves if leaf.path == omission.path]
    return [(leaf.source, leaf.value) for leaf in found] == [("query", omission.value)]


def is_required(path: str, schema: dict[str, Any], value: Any) -> bool:
    """True if the call cannot be made without what lies there: no optional parameter, no item beside others."""
    for name, index in PATH_PART.findall(path):
        if name and name not in schema.get("required", ()):
            return False
        if index and len(value) > 1:
            return False
        schema = schema["properties"][name] if name else schema["items"]
        value = value[name] if name else value[int(index)]
    return True


def find_parameter(path: str, schema: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The innermost name on the path and its schema: `amount` for `items[0].amount`."""
    found = path
    for name, _ in PATH_PART.findall(path):
        schema = schema["properties"][name] if name else schema["items"]
        found = name or found
    return found, schema
