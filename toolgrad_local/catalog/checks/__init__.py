"""The gates of a catalog, for the bundled one and a user's: all that is wrong, each with place and remedy."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import mock_apis
from mock_apis.core import Tool
from mock_apis.core.package import list_modules, load_package
from toolgrad_local.catalog.checks.behaviour import check_drawn, check_example, check_refusals, learn_values
from toolgrad_local.catalog.checks.declarations import find_schema_faults, lint_domain, lint_tool
from toolgrad_local.catalog.checks.findings import CheckReport, Finding, find_in_declaration
from toolgrad_local.catalog.checks.guard import refuse_sockets
from toolgrad_local.catalog.checks.links import find_dead_ends, find_look_alikes, find_loose_equivalents
from toolgrad_local.catalog.checks.source import lint_source
from toolgrad_local.catalog.checks.values import Known
from toolgrad_local.catalog.graph import EntityGraph
from toolgrad_local.catalog.loader import import_folder

CASES = 12
"""Drawn calls a tool."""


def check_catalog(folder: Path | None) -> CheckReport:
    """Check the package in a folder, None for the bundled one. Raises CatalogError if the folder is no package."""
    with refuse_sockets(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydantic warns of a result that does not fit: a finding tells, with its place
        package = mock_apis if folder is None else import_folder(folder)
        found = load_package(package, settle=True)
        tools = {name: tool for domain in found.domains for name, tool in domain.tools.items()}
        graph = EntityGraph(tools.values())
        findings = [find_in_declaration(problem) for problem in found.problems]
        if not found.domains and not found.problems:
            findings.append(find_nothing(package))
        findings += lint_sources(package)
        findings += [finding for domain in found.domains for finding in lint_domain(domain)]
        findings += [*find_dead_ends(graph), *find_loose_equivalents(tools), *find_look_alikes(tools)]
        known = learn_values(tools)
        for tool in tools.values():
            findings += check_tool(tools, tool, known, CASES)
    return CheckReport(
        tools=len(tools),
        domains=len(found.domains),
        said_by_people=tuple(graph.said_by_people),
        findings=tuple(sorted(set(findings), key=reading_order)),
    )


def check_tool(tools: dict[str, Tool], tool: Tool, known: Known, cases: int) -> Iterator[Finding]:
    """Everything about one tool; what calls it is left out if its example fails or its parameters cannot be drawn."""
    yield from lint_tool(tool)
    broken = list(check_example(tools, tool))
    yield from broken
    if not broken and not any(find_schema_faults(tool.parameters, "parameters")):
        yield from check_refusals(tools, tool)
        yield from check_drawn(tools, tool, known, cases)


def find_nothing(package: ModuleType) -> Finding:
    """A package without a single domain is one whose modules lie elsewhere."""
    return Finding(
        domain=package.__name__,
        tool="",
        place=f"{package.__file__}:1",
        fault="holds no domain",
        remedy="assign a Domain to a variable in <category>/<domain>.py of this package",
    )


def reading_order(finding: Finding) -> tuple[str, int, str, str]:
    """By file, line, tool and fault."""
    file, _, line = finding.place.rpartition(":")
    return file, int(line) if line.isdigit() else 0, finding.tool, finding.fault


def lint_sources(package: ModuleType) -> Iterator[Finding]:
    """The lint of every domain module's source."""
    for name, path in list_modules(package):
        yield from lint_source(path, name.rpartition(".")[2])
