"""Lint: names, descriptions, and the subset of JSON Schema that teachers, grammars and exports all understand."""

import keyword
import re
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from mock_apis.core import Domain, Tool, canonical_json
from mock_apis.core.tool import Kind
from toolgrad_local.catalog.checks.findings import Finding, find_in_tool

NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
DESCRIPTION = (20, 120)
"""Characters of a tool's description."""
PARAMETER_DESCRIPTION = (8, 200)
MOST_PARAMETERS = 8
MOST_TOOLS = 19
"""Tools of one domain."""
DEEPEST = 4


def lint_domain(domain: Domain) -> Iterator[Finding]:
    """What is wrong with a domain as a whole."""
    for name, what in ((domain.name, "domain"), (domain.category, "category")):
        if not NAME.fullmatch(name) or keyword.iskeyword(name):
            yield about(domain, f"has an illegal {what} name '{name}'", "use lower-case letters, digits and _")
    if len(domain.tools) > MOST_TOOLS:
        yield about(domain, f"has {len(domain.tools)} tools", f"split it: a domain has at most {MOST_TOOLS}")
    if len(domain.description) < DESCRIPTION[0]:
        yield about(domain, "has no description worth the name", "say in a sentence what service it is")
    yield from find_twins(domain.tools.values())


def about(domain: Domain, fault: str, remedy: str) -> Finding:
    """A finding about a domain, at its first tool."""
    place = next((tool.source for tool in domain.tools.values()), domain.name)
    return Finding(domain=domain.name, tool="", place=place, fault=fault, remedy=remedy)


def find_twins(tools: Iterable[Tool]) -> Iterator[Finding]:
    """Tools of a domain that take and give the same, change nothing, and are not declared equivalent."""
    by_types: dict[str, Tool] = {}
    for tool in tools:
        types = canonical_json([without_words(tool.parameters), without_words(tool.result)])
        first = by_types.setdefault(types, tool)
        if (
            first is not tool
            and not first.writes
            and not tool.writes
            and not {first.name, tool.name}
            & {
                *first.equivalent_to,
                *tool.equivalent_to,
            }
        ):
            yield find_in_tool(
                tool,
                f"takes and gives the same as {first.name}",
                "make them one tool with a parameter, name what each gives, or declare equivalent_to",
            )


def without_words(node: Any) -> Any:
    """A schema without its descriptions."""
    if isinstance(node, list):
        return [without_words(item) for item in node]
    if isinstance(node, dict):
        return {
            key: without_words(value) for key, value in node.items() if key != "description" or isinstance(value, dict)
        }
    return node


def lint_tool(tool: Tool) -> Iterator[Finding]:
    """What is wrong with a tool's declaration."""
    if not NAME.fullmatch(tool.name) or keyword.iskeyword(tool.name):
        yield find_in_tool(tool, "has an illegal name", "1 to 64 lower-case letters, digits and _, a letter first")
    if not DESCRIPTION[0] <= len(tool.description) <= DESCRIPTION[1]:
        fault = f"has a description of {len(tool.description)} characters"
        yield find_in_tool(tool, fault, f"say in {DESCRIPTION[0]} to {DESCRIPTION[1]} characters what it does")
    if len(tool.parameters["properties"]) > MOST_PARAMETERS:
        yield find_in_tool(tool, f"has more than {MOST_PARAMETERS} parameters", "split the tool")
    for name, schema in tool.parameters["properties"].items():
        text = schema["description"]
        if not PARAMETER_DESCRIPTION[0] <= len(text) <= PARAMETER_DESCRIPTION[1]:
            fault = f"describes {name} in {len(text)} characters"
            yield find_in_tool(tool, fault, "say in 8 to 200 characters what it is, with its unit or format")
    for where, schema in (("parameters", tool.parameters), ("result", tool.result)):
        for fault in sorted(set(find_schema_faults(schema, where))):
            yield find_in_tool(tool, f"{where}: {fault}", "keep to the types that docs/catalog.md lists")
    for key in sorted(tool.dropped_keywords()):
        yield find_in_tool(
            tool, f"has a type with '{key}', which its schema cannot say", "bound it otherwise, or not at all"
        )
    if tool.kind not in get_args(Kind):
        yield find_in_tool(tool, f"is of kind {tool.kind}", f"choose one of {', '.join(get_args(Kind))}")
    if tool.writes and tool.kind != "stateful":
        yield find_in_tool(tool, f"writes but is of kind {tool.kind}", 'declare kind="stateful"')


def find_schema_faults(schema: dict[str, Any], where: str) -> Iterator[str]:
    """What lies outside the subset."""
    for depth, node in schema_nodes(schema):
        yield from (f"bounds a string by {key}" for key in ("minLength", "maxLength") if key in node)
        if node.get("type") in ("object", "array") and depth > DEEPEST:
            yield f"is nested deeper than {DEEPEST}"
        if node.get("type") == "object" and node.get("additionalProperties") is not False:
            yield "has an object that is not closed (a dict where a Record should be)"
        if node.get("type") == "array" and "items" not in node:
            yield "has a list whose items have no one type (a tuple, say)"
        if "anyOf" in node and (where == "parameters" or not is_nullable(node)):
            yield "has a union other than with None"
        if "type" not in node and "anyOf" not in node:
            yield "has choices of more than one type" if "enum" in node else "has a value of any type"


def is_nullable(node: dict[str, Any]) -> bool:
    """True for `X | None`."""
    kinds = [branch.get("type") for branch in node["anyOf"]]
    return len(kinds) == 2 and "null" in kinds


def schema_nodes(schema: dict[str, Any], depth: int = 1) -> list[tuple[int, dict[str, Any]]]:
    """Every schema within a schema, with its depth; the branches of a union are as deep as the union."""
    children = [(child, depth + 1) for child in schema.get("properties", {}).values()]
    children += [(schema["items"], depth + 1)] if "items" in schema else []
    children += [(branch, depth) for branch in schema.get("anyOf", ())]
    return [(depth, schema), *(node for child, level in children for node in schema_nodes(child, level))]
