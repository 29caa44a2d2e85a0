"""How the catalog's commands print for people."""

from typing import Any

import click

from mock_apis.core import Tool, canonical_json
from toolgrad_local.catalog.stats import CatalogStats
from toolgrad_local.prompting.brief import shorten_result

MOST_NAMES = 6
"""Tools named in a line; the others are counted."""


def stats_lines(figures: CatalogStats) -> list[str]:
    """The figures, and a bar a category."""
    widest = max(figures.tools_by_category.values())
    return [
        f"{figures.tools} tools in {figures.domains} domains of {figures.categories} categories",
        f"{figures.stateful_domains} domains with state; {figures.writes} tools write",
        f"{figures.linked_share:.1%} of the tools accept what another tool returns; {figures.entities} entities",
        "kinds: " + ", ".join(f"{kind} {count}" for kind, count in figures.kinds.items()),
        f"digest {figures.digest[:16]}",
        "",
        *(
            f"{name:16s} {count:4d} {'█' * max(1, round(40 * count / widest))}"
            for name, count in figures.tools_by_category.items()
        ),
    ]


def tool_row(tool: Tool) -> dict[str, Any]:
    """A tool in a JSON line."""
    return {
        "tool": tool.name,
        "category": tool.category,
        "domain": tool.domain,
        "kind": tool.kind,
        "writes": tool.writes,
        "description": tool.description,
    }


def print_tool(description: dict[str, Any]) -> None:
    """A tool as `describe_tool` gives it."""
    click.secho(description["tool"], bold=True, nl=False)
    state = "changes the world" if description["writes"] else "only reads"
    click.echo(f"  {description['category']} / {description['domain']}, {description['kind']}, {state}")
    click.echo(description["description"])
    print_fields("parameters", description["parameters"], required=set(description["parameters"]["required"]))
    print_fields("result", description["result"])
    click.secho("\nerrors", bold=True)
    click.echo("  " + ", ".join(description["errors"]))
    if description["equivalent_to"]:
        click.echo(f"  can be replaced by {', '.join(description['equivalent_to'])}")
    example = description["example"]
    click.secho("\nexample", bold=True)
    click.echo(f"  {description['tool']} {canonical_json(example['arguments'])}")
    click.echo(f"  → {example['error'] or shorten_result(example['result'], 300)}")
    print_links("needs", "given by", description["given_by"])
    print_links("gives", "taken by", description["taken_by"])


def print_fields(title: str, schema: dict[str, Any], required: set[str] | None = None) -> None:
    """A line a field of an object, those within it indented."""
    click.secho(f"\n{title}", bold=True)
    fields = list(walk_fields(schema, "  "))
    if not fields:
        click.echo("  none")
    for indent, name, field in fields:
        optional = ", optional" if required is not None and indent == "  " and name not in required else ""
        entity = f", {field['x-entity']}" if "x-entity" in field else ""
        text = f": {field['description']}" if "description" in field else ""
        click.echo(f"{indent}{name} ({kind_of(field)}{entity}{optional}){text}")


def walk_fields(schema: dict[str, Any], indent: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Indent, name and schema of every field, depth first."""
    schema = not_null(schema)
    if "items" in schema:
        return walk_fields(schema["items"], indent)
    found = []
    for name, field in schema.get("properties", {}).items():
        found.append((indent, name, field if "anyOf" not in field else {**not_null(field), "nullable": True}))
        found += walk_fields(field, indent + "  ")
    return found


def not_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema's branch that is not null."""
    for branch in schema.get("anyOf", ()):
        if branch.get("type") != "null":
            return {**branch, **{key: value for key, value in schema.items() if key != "anyOf"}}
    return schema


def kind_of(field: dict[str, Any]) -> str:
    """A field's type in words."""
    if "enum" in field:
        word = "|".join(map(str, field["enum"]))
    elif field.get("type") == "array":
        word = f"list of {kind_of(not_null(field['items']))}"
    else:
        word = str(field.get("type", "value"))
    bounds = [f"{sign} {field[key]}" for key, sign in BOUNDS.items() if key in field]
    return " ".join([word, *bounds]) + (" or null" if field.get("nullable") else "")


BOUNDS = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}


def print_links(title: str, verb: str, entities: dict[str, list[str]]) -> None:
    """A line an entity with the tools at its other end."""
    if not entities:
        return
    click.secho(f"\n{title}", bold=True)
    for entity, names in entities.items():
        more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
        click.echo(f"  {entity}: {verb} {', '.join(names[:MOST_NAMES]) + more if names else 'no other tool'}")
