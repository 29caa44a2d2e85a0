"""The gates of a catalog, for the bundled one and a user's: all that is wrong, each with place and remedy."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import mock_apis
from mock_apis.core import Tool
from mock_apis.core.package import list_modules, load_package
from toolgrad_local.catalog.checks.behaviour import learn_values, try_tool
from toolgrad_local.catalog.checks.declarations import lint_domain, lint_tool
from toolgrad_local.catalog.checks.elsewhere import try_elsewhere
from toolgrad_local.catalog.checks.findings import CheckReport, Finding, find_in_declaration
from toolgrad_local.catalog.checks.guard import refuse_sockets
from toolgrad_local.catalog.checks.links import find_dead_ends, find_look_alikes, find_loose_equivalents
from toolgrad_local.catalog.checks.source import lint_source
from toolgrad_local.catalog.graph import EntityGraph
from toolgrad_local.catalog.loader import digest_catalog, import_folder


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
        findings += [finding for tool in tools.values() for finding in lint_tool(tool)]
        findings += try_bundled(tools) if folder is None else try_elsewhere(tools, folder, digest_catalog(package))
    return CheckReport(
        tools=len(tools),
        domains=len(found.domains),
        said_by_people=tuple(graph.said_by_people),
        findings=tuple(sorted(set(findings), key=reading_order)),
    )


def try_bundled(tools: dict[str, Tool]) -> Iterator[Finding]:
    """What the tools do when they are called, in this process."""
    known = learn_values(tools)
    for tool in tools.values():
        yield from try_tool(tools, tool, known)


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
