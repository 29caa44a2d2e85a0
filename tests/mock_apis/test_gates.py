"""What every tool of the bundled catalog must promise: the gates that `catalog check` runs, a tool at a time."""

from functools import cache

import pytest

from mock_apis.core import Tool
from toolgrad_local.catalog.checks import lint_sources
from toolgrad_local.catalog.checks.behaviour import check_drawn, check_example, check_refusals, learn_values
from toolgrad_local.catalog.checks.declarations import lint_domain, lint_tool
from toolgrad_local.catalog.checks.links import find_dead_ends, find_look_alikes, find_loose_equivalents
from toolgrad_local.catalog.checks.values import Known
from toolgrad_local.catalog.graph import EntityGraph
from toolgrad_local.catalog.loader import load_catalog
from toolgrad_local.catalog.stats import measure_catalog
from toolgrad_local.prompting.compile import COMPILERS, check_schemas
from toolgrad_local.prompting.schemas import arguments_schema

CATALOG = load_catalog()
TOOLS = CATALOG.tools
CASES = 12
LONG_CASES = 120
"""Drawn calls a tool, in `make test` and in `make test-long`."""
COMPILED = 60
"""Tools whose schemas each backend compiles in `make test`; all of them in `make test-long`."""

every_tool = pytest.mark.parametrize("tool", [pytest.param(tool, id=name) for name, tool in TOOLS.items()])


@cache
def known_values() -> Known:
    """Entity to the values that examples gave."""
    return learn_values(TOOLS)


@every_tool
def test_the_example_succeeds_fits_repeats_and_writes_only_if_it_says_so(tool: Tool) -> None:
    assert list(map(str, check_example(TOOLS, tool))) == []


@every_tool
def test_wrong_arguments_are_refused_by_name_and_change_nothing(tool: Tool) -> None:
    assert list(map(str, check_refusals(TOOLS, tool))) == []


@every_tool
def test_whatever_fits_the_schema_gives_a_result_or_a_declared_failure_twice_the_same(tool: Tool, long: bool) -> None:
    assert list(map(str, check_drawn(TOOLS, tool, known_values(), LONG_CASES if long else CASES))) == []


def test_names_descriptions_and_schemas_keep_to_the_rules() -> None:
    findings = [finding for tool in TOOLS.values() for finding in lint_tool(tool)]
    findings += [finding for domain in CATALOG.domains for finding in lint_domain(domain)]
    assert list(map(str, findings)) == []


def test_no_domain_reaches_for_a_socket_the_clock_or_an_unseeded_draw() -> None:
    import mock_apis

    assert list(map(str, lint_sources(mock_apis))) == []


def test_every_required_id_comes_from_another_tool() -> None:
    graph = EntityGraph(TOOLS.values())
    print("said by people:", *graph.said_by_people)
    assert list(map(str, [*find_dead_ends(graph), *find_loose_equivalents(TOOLS)])) == []
    assert all(not entity.endswith(".id") for entity in graph.said_by_people)


def test_no_two_tools_of_different_domains_promise_the_same() -> None:
    assert list(map(str, find_look_alikes(TOOLS))) == []


def test_the_catalog_has_breadth_state_and_links() -> None:
    figures = measure_catalog(CATALOG)
    assert figures.tools >= 600
    assert figures.domains >= 60
    assert figures.categories >= 30
    assert figures.stateful_domains >= 20
    assert figures.linked_share >= 0.6


@pytest.mark.parametrize("backend", sorted(COMPILERS))
def test_every_backend_compiles_the_arguments_of_the_tools(backend: str, long: bool) -> None:
    names = list(TOOLS)[:: 1 if long else max(1, len(TOOLS) // COMPILED)]
    check_schemas(((name, arguments_schema(TOOLS[name].parameters)) for name in names), backend)
