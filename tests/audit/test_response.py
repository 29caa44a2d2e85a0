"""What the audit says of a response: it states what results and query say, and each call serves it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from toolgrad_local.audit.response import audit_response, find_inventions
from toolgrad_local.audit.sample import audit_sample
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.call import ToolCall, ToolResult
from toolgrad_local.data_model.workflow import Link, Workflow

TODAY = date(2025, 1, 2)
FLIGHTS = {
    "flights": [
        {"airline": "Meridian Air", "depart": "2026-01-15T06:45", "price": 125.79, "flight_id": "FL-1", "stops": 0},
        {"airline": "Northwind Airways", "depart": "2026-01-15T12:30", "price": 78.5, "flight_id": "FL-2", "stops": 0},
    ],
    "total": 2,
}
SEARCH = ("flights_search", {"origin": "DUB", "destination": "CDG", "date": "2026-01-15"}, FLIGHTS)
JAPAN = ("countries_get", {"country": "JP"}, {"capital": "Tokyo", "population_millions": 124.5, "name": "Japan"})
NONE_FOUND = ("contacts_search", {"query": "Zoe"}, {"contacts": [], "total": 0})
HOLIDAY = ("holidays_check", {"country": "DE", "date": "2025-10-04"}, {"holiday": False, "names": []})
SAVED = (
    "notes_create",
    {"title": "Shopping", "text": "Milk"},
    {"title": "Shopping", "text": "Milk", "note_id": "NOTE-1"},
)
QUERY = "Which flights go from DUB to CDG on January 15, 2026?"


def make_workflow(*calls: Any) -> Workflow:
    """Calls with the results that a test gives them."""
    return Workflow(
        links=tuple(
            Link(step=i, chain=i, call=ToolCall(tool=tool, arguments=given), result=ToolResult(ok=True, value=value))
            for i, (tool, given, value) in enumerate(calls)
        )
    )


def find(catalog: Catalog, calls: Any, response: str, query: str = QUERY, language: str = "English") -> list[Any]:
    """Kind and detail of each finding."""
    found = audit_response(response, query, make_workflow(*calls), catalog.tools, TODAY, language)
    return [(finding.kind, finding.detail) for finding in found]


@pytest.mark.parametrize(
    ("calls", "response"),
    [
        ((SEARCH,), "Meridian Air leaves at 06:45 for 125.79."),
        ((SEARCH,), "There are two flights: Meridian Air at 6:45 am and Northwind Airways at 12:30."),
        ((SEARCH,), "The two flights cost about 126 and 79; the cheaper one is Northwind Airways on January 15."),
        ((JAPAN,), "Tokyo is the capital of Japan, where about 124.5 million people live."),
        ((NONE_FOUND,), "I found no contact of that name."),
        ((HOLIDAY,), "No, October 4 is not a public holiday in Germany."),
        ((SAVED,), "Your note Shopping is saved."),
        ((SEARCH, SAVED), "The first flight is with Meridian Air, and I saved the note Shopping."),
    ],
)
def test_a_true_response_has_no_finding(catalog: Catalog, calls: Any, response: str) -> None:
    assert find(catalog, calls, response) == []


@pytest.mark.parametrize(
    ("calls", "response", "found"),
    [
        pytest.param((SEARCH,), "Meridian Air leaves for 125.97.", ("invented_figure", "125.97"), id="a figure"),
        pytest.param(
            (SEARCH,), "You have three flights, one with Meridian Air.", ("invented_figure", "three"), id="a count"
        ),
        pytest.param((SEARCH,), "Meridian Air flies on January 16.", ("invented_date", "January 16"), id="a date"),
        pytest.param((SEARCH,), "Meridian Air leaves at 07:45.", ("invented_date", "07:45"), id="a time"),
        pytest.param((SEARCH,), "It is 125.79 with Skyline Jets.", ("invented_name", "Skyline Jets"), id="a name"),
        pytest.param(
            (SEARCH,), "I ran flights_search: Meridian Air.", ("response_wording", "flights_search"), id="a tool"
        ),
        pytest.param((SEARCH,), "The user flies with Meridian Air.", ("response_wording", "The user"), id="the user"),
        pytest.param(
            (SEARCH,), "The rest is null, with Meridian Air.", ("response_wording", "null"), id="a programmer's word"
        ),
        pytest.param((SEARCH,), "I looked that up.", ("call_not_used", "flights_search"), id="nothing"),
        pytest.param((SEARCH, SAVED), "Meridian Air it is.", ("call_not_used", "notes_create"), id="one of two"),
        pytest.param((NONE_FOUND,), "I looked that up.", ("call_not_used", "contacts_search"), id="that there is none"),
        pytest.param((HOLIDAY,), "I looked that up.", ("call_not_used", "holidays_check"), id="yes or no"),
    ],
)
def test_what_is_wrong_with_a_response_is_named(
    catalog: Catalog, calls: Any, response: str, found: tuple[str, str]
) -> None:
    assert set(find(catalog, calls, response)) >= {found}
    assert {kind for kind, _ in find(catalog, calls, response)} == {found[0]}


def test_what_the_query_says_is_no_invention(catalog: Catalog) -> None:
    query = "I pay 99.5 to Skyline Jets; which flights are there?"
    assert find(catalog, (SEARCH,), "Meridian Air, not Skyline Jets, and for more than 99.5.", query) == []


def test_names_and_use_are_judged_in_english_alone(catalog: Catalog) -> None:
    assert find(catalog, (SEARCH,), "Der Flug kostet 99 Euro.", language="German") == [("invented_figure", "99")]


def test_a_call_is_used_through_the_call_that_it_feeds(catalog: Catalog, make_calls: Callable[..., Workflow]) -> None:
    calls = (
        ("parking_lots", {"city": "Paris"}),
        ("parking_start_session", {"lot_id": "@0.lots.0.lot_id", "plate": "AB12CD", "minutes": 45}),
    )
    query = "Park AB12CD in Paris for 45 minutes, please"
    workflow = make_calls(*calls, query=query)
    response = f"AB12CD is parked for {workflow.links[1].result.value['cost']}."
    assert audit_sample(query, response, workflow, catalog.tools, TODAY, "English").findings == ()


def test_all_parts_of_a_sample_are_audited_in_order(catalog: Catalog, make_calls: Callable[..., Workflow]) -> None:
    query = "Sure, how far is it from DUB?"
    workflow = make_calls(("airports_distance", {"origin": "DUB", "destination": "CDG"}), query=query)
    audit = audit_sample(query, "99.5 km to CDG", workflow, catalog.tools, TODAY, "English")
    assert [finding.part for finding in audit.findings[:3]] == ["grounded", "query", "response"]
    assert [audit.passes(part) for part in ("grounded", "query", "response")] == [False, False, False]


def test_inventions_are_listed_in_the_order_of_the_text() -> None:
    found = find_inventions("99.5 on May 4, 77", "", make_workflow(SEARCH), TODAY)
    assert [finding.detail for finding in found] == ["99.5", "May 4", "77"]
