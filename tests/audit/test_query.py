"""What the audit says of a query: natural ones pass, others are named with what is wrong."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from toolgrad_local.audit.provenance import settle
from toolgrad_local.audit.query import audit_query
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.workflow import Workflow

TODAY = date(2025, 1, 2)
STAMPS = ("tasks_create", {"title": "Buy stamps"})
MUM = ("tasks_create", {"title": "Call mum"})
LIST = ("tasks_list", {})
FAR = ("airports_distance", {"origin": "DUB", "destination": "CDG"})
MONEY = ("exchange_rates_convert", {"amount": 300, "from_currency": "EUR", "to_currency": "GBP"})
ACCOUNTS = ("bank_accounts", {})
PARKING = (
    ("parking_lots", {"city": "Paris"}),
    ("parking_start_session", {"lot_id": "@0.lots.0.lot_id", "plate": "AB12CD", "minutes": 45}),
)
WEATHER = (("weather_current", {"city": "Oslo"}), ("weather_current", {"city": "Lima"}))
NOTE = ("notes_create", {"title": "Shopping", "text": "Get the API key, then call run_all() for 3 users"})


def find(
    catalog: Catalog, make_calls: Callable[..., Workflow], calls: Any, query: str, language: str = "English"
) -> list[tuple[str, str]]:
    """Kind and detail of each finding."""
    workflow = settle(make_calls(*calls), query, TODAY, language)
    return [(found.kind, found.detail) for found in audit_query(query, workflow, catalog.tools, TODAY, language)]


@pytest.mark.parametrize(
    ("calls", "query"),
    [
        ((STAMPS,), "Put 'Buy stamps' on my to-do list please."),
        ((STAMPS, LIST), "Please add Buy stamps to my list and then show me all my open tasks."),
        ((STAMPS, MUM), "Please add two tasks to my list: Buy stamps and Call mum."),
        ((MONEY,), "How many pounds do I get for 300 euros?"),
        ((MONEY, FAR), "What is €300 in GBP, and how far apart are the two airports DUB and CDG?"),
        ((ACCOUNTS,), "What are my balances?"),
        (PARKING, "I'm driving to Paris. Please park AB12CD at the cheapest place for 45 minutes."),
        (PARKING, "Can you park AB12CD for three quarters of an hour somewhere in Paris, 45 minutes in all?"),
        (WEATHER, "Is it warmer in Oslo or Lima right now?"),
        ((NOTE,), "Save a note called Shopping: Get the API key, then call run_all() for 3 users"),
        ((("holidays_check", {"country": "DE", "date": "2025-10-03"}),), "Is October 3rd a public holiday in Germany?"),
        ((("weather_forecast", {"city": "Oslo", "days": 3}),), "What will Oslo be like over the next three days?"),
    ],
)
def test_a_natural_query_has_no_finding(
    catalog: Catalog, make_calls: Callable[..., Workflow], calls: Any, query: str
) -> None:
    assert find(catalog, make_calls, calls, query) == []


@pytest.mark.parametrize(
    ("calls", "query", "found"),
    [
        pytest.param(
            PARKING, "Park AB12CD with parking_lots in Paris for 45 minutes", ("names_tool", "parking_lots"), id="tool"
        ),
        pytest.param(
            PARKING,
            "Park AB12CD with tasks_list in Paris for 45 minutes",
            ("names_tool", "tasks_list"),
            id="another tool",
        ),
        pytest.param(
            PARKING,
            "Park AB12CD in Paris, the lot_id is yours, for 45 minutes",
            ("names_parameter", "lot_id"),
            id="parameter",
        ),
        pytest.param(
            PARKING, "Park AB12CD in my_town Paris for 45 minutes", ("technical_wording", "my_town"), id="underscore"
        ),
        pytest.param(
            (MONEY,), "300 EUR in GBP through the API", ("technical_wording", "API"), id="a programmer's word"
        ),
        pytest.param((MONEY,), "What are 300 EUR in GBP?}", ("technical_wording", "}"), id="a bracket"),
        pytest.param((MONEY,), "Certainly! 300 EUR in GBP", ("not_user_voice", "Certainly"), id="an assistant"),
        pytest.param(
            (MONEY,), "The user converts 300 EUR to GBP, please", ("not_user_voice", "The user"), id="an onlooker"
        ),
        pytest.param(
            (MONEY,),
            "The amount of 300 EUR in GBP.",
            ("not_user_voice", "The … states, asks nothing"),
            id="a statement",
        ),
        pytest.param((ACCOUNTS,), "Show me your accounts", ("not_user_voice", "your accounts"), id="your accounts"),
        pytest.param((MONEY,), "What are 300 EUR in GBP, and 75 more?", ("unused_figure", "75"), id="a number"),
        pytest.param((MONEY,), "300 EUR in GBP on May 3", ("unused_figure", "May 3"), id="a date"),
        pytest.param((MONEY,), "300 EUR in GBP by 17:30", ("unused_figure", "17:30"), id="a time"),
        pytest.param((MONEY, LIST), "What are 300 EUR in GBP?", ("call_not_asked", "tasks_list"), id="a call"),
        pytest.param((STAMPS, STAMPS), "Add Buy stamps to my list", ("call_not_asked", "tasks_create"), id="twice"),
    ],
)
def test_what_is_wrong_with_a_query_is_named(
    catalog: Catalog, make_calls: Callable[..., Workflow], calls: Any, query: str, found: tuple[str, str]
) -> None:
    assert set(find(catalog, make_calls, calls, query)) == {found}


def test_an_id_that_only_a_result_gives_is_leaked(catalog: Catalog, make_calls: Callable[..., Workflow]) -> None:
    lot = make_calls(*PARKING).links[0].result.value["lots"][0]["lot_id"]
    query = "Park AB12CD in Paris at {} for 45 minutes"
    assert set(find(catalog, make_calls, PARKING, query.format(lot.lower()))) == {("leaked_id", lot)}
    assert find(catalog, make_calls, PARKING, query.format(f"the best car park of {lot}X")) != [("leaked_id", lot)]


def test_a_call_that_another_one_needs_is_asked_for(catalog: Catalog, make_calls: Callable[..., Workflow]) -> None:
    found = find(catalog, make_calls, PARKING, "Park AB12CD for 45 minutes")
    assert [kind for kind, _ in found] == []


def test_wording_is_judged_in_english_alone(catalog: Catalog, make_calls: Callable[..., Workflow]) -> None:
    query = "The amount of 300 EUR in GBP, 75 euros"
    assert find(catalog, make_calls, (MONEY, LIST), query, "German") == [("unused_figure", "75")]
