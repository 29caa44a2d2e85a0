"""`toolgrad-local catalog`: look at the tools, call one, check a package."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from toolgrad_local.cli.options import catalog_option


@click.group()
def catalog() -> None:
    """Look at the mock APIs, call one, draw their graph, check a package of your own."""


@catalog.command()
@catalog_option
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def stats(catalog_folder: Path | None, as_json: bool) -> None:
    """Count tools, domains, categories, links."""
    from toolgrad_local.catalog.loader import load_catalog
    from toolgrad_local.catalog.stats import measure_catalog
    from toolgrad_local.cli.catalog_text import stats_lines

    figures = measure_catalog(load_catalog(catalog_folder))
    click.echo(figures.model_dump_json(indent=2) if as_json else "\n".join(stats_lines(figures)))


@catalog.command(name="list")
@click.argument("text", required=False)
@catalog_option
@click.option("--category", help="Only this category.")
@click.option("--domain", help="Only this domain.")
@click.option("--kind", type=click.Choice(["data", "computation", "stateful", "generated"]), help="Only this kind.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_(
    text: str | None,
    catalog_folder: Path | None,
    category: str | None,
    domain: str | None,
    kind: str | None,
    as_json: bool,
) -> None:
    """List the tools, those with TEXT in name or description."""
    from toolgrad_local.catalog.loader import load_catalog
    from toolgrad_local.catalog.search import search_tools
    from toolgrad_local.cli.catalog_text import tool_row

    loaded = load_catalog(catalog_folder)
    found = search_tools(loaded, text, category=category, domain=domain, kind=kind)
    for tool in found:
        click.echo(json.dumps(tool_row(tool)) if as_json else f"{tool.name:44s} {tool.kind:11s} {tool.description}")
    if not as_json:
        click.echo(f"{len(found)} of {len(loaded.tools)} tools")


@catalog.command()
@click.argument("tool")
@catalog_option
@click.option("--seed", type=int, default=0, help="The world of the example [0].")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def show(tool: str, catalog_folder: Path | None, seed: int, as_json: bool) -> None:
    """Print one TOOL: parameters, result, its example's output, who gives and who takes its entities."""
    from toolgrad_local.catalog.describe import describe_tool
    from toolgrad_local.catalog.loader import load_catalog
    from toolgrad_local.cli.catalog_text import print_tool

    description = describe_tool(load_catalog(catalog_folder), tool, seed)
    if as_json:
        click.echo(json.dumps(description, ensure_ascii=False, indent=2))
    else:
        print_tool(description)


@catalog.command()
@click.argument("tool")
@click.argument("arguments", default="{}")
@catalog_option
@click.option("--seed", type=int, default=0, help="The world in which it is called [0].")
def call(tool: str, arguments: str, catalog_folder: Path | None, seed: int) -> None:
    """Call TOOL with ARGUMENTS, a JSON object, in a fresh world. Exit 1 if the call fails.

    "@other_tool.items[0].id" stands for that value in the result of the other tool's example.
    """
    from toolgrad_local.catalog.describe import call_tool
    from toolgrad_local.catalog.loader import load_catalog

    result = call_tool(load_catalog(catalog_folder), tool, arguments, seed)
    if result.ok:
        click.echo(json.dumps(result.value, ensure_ascii=False, indent=2))
        return
    click.echo(f"{result.error}: {result.message}", err=True)
    sys.exit(1)


@catalog.command()
@catalog_option
@click.option("--seed", type=int, default=0, help="The world of the examples [0].")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a tool: tool, arguments, result, error.")
def examples(catalog_folder: Path | None, seed: int, as_json: bool) -> None:
    """Run every tool's example in a fresh world of its own. Exit 1 if one fails."""
    from mock_apis.core import canonical_json
    from toolgrad_local.catalog.describe import run_examples
    from toolgrad_local.catalog.loader import load_catalog

    failed = 0
    for row in run_examples(load_catalog(catalog_folder), seed):
        failed += row["error"] is not None
        if as_json:
            click.echo(canonical_json(row))
        else:
            click.echo(f"{row['tool']}({canonical_json(row['arguments'])})\n  → {shown_outcome(row)}")
    sys.exit(1 if failed else 0)


def shown_outcome(row: dict[str, Any]) -> str:
    """A result in one line, or its error."""
    from toolgrad_local.prompting.brief import shorten_result

    return row["error"] or shorten_result(row["result"], 120)


@catalog.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def check(path: Path | None, as_json: bool) -> None:
    """Check the package in PATH, or the bundled one, and say all that is wrong. Exit 1 if anything is."""
    from toolgrad_local.catalog.checks import check_catalog

    report = check_catalog(path)
    if as_json:
        click.echo(report.model_dump_json(indent=2))
    else:
        for finding in report.findings:
            click.echo(str(finding))
        state = f"{len(report.findings)} problems" if report.findings else "all well"
        click.echo(f"{report.tools} tools in {report.domains} domains: {state}")
    sys.exit(1 if report.findings else 0)


@catalog.command()
@catalog_option
@click.option("--out", type=click.Path(path_type=Path), default=Path("catalog.html"), help="The page [catalog.html].")
@click.option("--run", type=click.Path(path_type=Path), help="A run, whose offered and kept tools are charted.")
def graph(catalog_folder: Path | None, out: Path, run: Path | None) -> None:
    """Write one HTML page on which the entity graph can be explored, without a network."""
    from toolgrad_local.catalog.graph_page import write_page
    from toolgrad_local.catalog.loader import load_catalog
    from toolgrad_local.generation.assemble import load_run_catalog
    from toolgrad_local.generation.folder import RunFolder
    from toolgrad_local.generation.usage import count_usage

    loaded = load_run_catalog(RunFolder(run), catalog_folder) if run else load_catalog(catalog_folder)
    usage = {name: counts.model_dump() for name, counts in count_usage(run, loaded).items()} if run else None
    write_page(loaded, out, usage)
    click.echo(f"{out}: {len(loaded.tools)} tools, open it in a browser")
