"""Tools and results in few tokens."""

from typing import Any

import pytest

from mock_apis.core import World, canonical_json
from mock_apis.core.examples import run_example
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.prompting.brief import CHARACTERS_A_TOKEN, parameter_lines, shorten_result, tool_line, type_text


@pytest.mark.parametrize("tokens", [40, 160])
def test_a_result_is_shown_within_its_budget_and_whole_where_it_fits(catalog: Catalog, tokens: int) -> None:
    cut = 0
    for name in catalog.tools:
        value = run_example(catalog.tools, name, World(1))
        text, whole = shorten_result(value, tokens), canonical_json(value)
        assert len(text) <= tokens * CHARACTERS_A_TOKEN
        if len(whole) <= tokens * CHARACTERS_A_TOKEN:
            assert text == whole
        else:
            cut += 1
            assert "…" in text
    assert 0 < cut < len(catalog.tools)


@pytest.mark.parametrize(
    ("value", "tokens", "text"),
    [
        pytest.param({"b": 1, "a": 0.5}, 40, '{"a":0.5,"b":1}', id="it fits"),
        pytest.param([10**11 + n for n in range(12)], 40, '[{},"… 7 more"]', id="a long list"),
        pytest.param("x" * 500, 60, '"' + "x" * 119 + '…"', id="a long text"),
        pytest.param({"n" * 200: 1}, 40, '{"' + "n" * 117 + "…", id="no room for the key"),
    ],
)
def test_what_is_cut_says_so(value: Any, tokens: int, text: str) -> None:
    wanted = text.format(",".join(str(10**11 + n) for n in range(5))) if "{}" in text else text
    assert shorten_result(value, tokens) == wanted


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        pytest.param({"type": "string"}, "string", id="string"),
        pytest.param({"type": "string", "enum": ["low", "high"]}, "low|high", id="enum"),
        pytest.param({"type": "array", "items": {"type": "number"}}, "array of number", id="array"),
        pytest.param({"type": "array", "items": {"enum": ["a", "b"]}}, "array of a|b", id="array of enum"),
        pytest.param(
            {"type": "object", "properties": {"food": {"type": "string"}, "grams": {"type": "number"}}},
            "object of food, grams",
            id="object",
        ),
        pytest.param({}, "value", id="anything"),
    ],
)
def test_a_type_reads_as_people_write_it(schema: dict[str, Any], text: str) -> None:
    assert type_text(schema) == text


@pytest.mark.parametrize(
    ("tool", "line"),
    [
        (
            "tasks_create",
            "tasks_create: Add a task to the user's to-do list. Takes title, due? (date), priority? (low|normal|high).",
        ),
        (
            "flights_get",
            "flights_get: Get a flight's times, price and number of seats left. Takes flight_id (flight.id).",
        ),
        ("account_profile", "account_profile: Show the user's name, contact data, home city, currency and time zone."),
    ],
)
def test_a_tool_is_one_line_with_the_entity_or_type_of_each_parameter(catalog: Catalog, tool: str, line: str) -> None:
    assert tool_line(catalog.tools[tool]) == line


def test_a_tool_line_leaves_paging_out_and_shortens_long_choices(catalog: Catalog) -> None:
    assert "values (list of number)" in tool_line(catalog.tools["statistics_percentile"])
    assert "locale? (de_CH|de_DE|en_GB|en_IN|…)" in tool_line(catalog.tools["currencies_format_amount"])
    assert "limit" not in tool_line(catalog.tools["tasks_list"])
    assert all("\n" not in tool_line(tool) for tool in catalog.tools.values())


def test_parameters_are_a_line_each(catalog: Catalog) -> None:
    assert parameter_lines(catalog.tools["tasks_create"]) == (
        "- title (string): What is to be done.\n"
        "- due (string, optional): Day by which it is to be done, YYYY-MM-DD; no such day if left out.\n"
        "- priority (low|normal|high, optional): How much it matters."
    )
    assert parameter_lines(catalog.tools["account_profile"]) == "- none"
