"""Good samples that pass the audit, and defects planted in them: each is caught, as what it is, and nothing else.

`pytest -s` prints the table, which docs/audit.md holds too.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.audit.provenance import settle, trace_call
from toolgrad_local.audit.sample import audit_sample
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.audit import Audit
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.workflow import Link, Workflow

PAGE = Path(__file__).parents[2] / "docs" / "audit.md"
WORLD = 7
Arguments = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """Calls to make, with `@path` for a value of the first call's result, and the texts around them."""

    calls: tuple[tuple[str, Arguments], ...]
    query: str
    response: str


@dataclass(frozen=True)
class Planted:
    """A defect: what is changed in which sample, and the findings that it has to give."""

    name: str
    sample: str
    change: Callable[[Sample], Sample]
    kinds: tuple[str, ...]


SAMPLES = {
    "flight": Sample(
        (
            ("flights_search", {"origin": "DUB", "destination": "CDG", "date": "2026-01-15"}),
            ("flight_bookings_book", {"flight_id": "@flights.0.flight_id", "passenger": "Noah Haddad"}),
        ),
        "Can you find the flights from DUB to CDG on January 15, 2026 and book Noah Haddad a seat on the earliest one?",
        "The earliest flight leaves at 06:45 with Meridian Air. I have booked Noah Haddad a seat on it for 125.79 USD.",
    ),
    "parking": Sample(
        (
            ("parking_lots", {"city": "Paris"}),
            ("parking_start_session", {"lot_id": "@lots.0.lot_id", "plate": "AB12CD", "minutes": 45}),
        ),
        "Please park AB12CD at the cheapest car park in Paris for 45 minutes.",
        "AB12CD is parked at Station Car Park in Paris for 45 minutes. It costs 2.15 EUR.",
    ),
    "loan": Sample(
        (("loans_monthly_payment", {"principal": 20000, "annual_rate_percent": 4.5, "months": 60}),),
        "What would I pay each month for a loan of 20,000 at 4.5 percent over 60 months?",
        "You would pay 372.86 a month, 22,371.62 in all.",
    ),
    "reminder": Sample(
        (
            ("tasks_create", {"title": "Buy stamps", "due": "2024-05-20"}),
            ("reminders_create_for_task", {"task_id": "@task_id", "at": "2024-05-20T09:00"}),
        ),
        "Add the task Buy stamps to my list, due on May 20, 2024, and set a reminder for it that day at 9:00.",
        "The task Buy stamps is on your list for May 20, 2024, with a reminder at 09:00.",
    ),
    "look-ups": Sample(
        (
            ("weather_current", {"city": "Oslo"}),
            ("exchange_rates_convert", {"amount": 300, "from_currency": "EUR", "to_currency": "NOK"}),
        ),
        "What is the weather in Oslo right now, and how much are 300 EUR in NOK?",
        "It is cloudy in Oslo at 11.2 °C. 300 EUR are 3552.90 NOK.",
    ),
}


def in_query(old: str, new: str) -> Callable[[Sample], Sample]:
    """Other words in the query."""
    return lambda sample: replace(sample, query=swap(sample.query, old, new))


def in_response(old: str, new: str) -> Callable[[Sample], Sample]:
    """Other words in the response."""
    return lambda sample: replace(sample, response=swap(sample.response, old, new))


def in_calls(tool: str, **arguments: Any) -> Callable[[Sample], Sample]:
    """Other arguments of a call, or a call more."""
    return lambda sample: replace(sample, calls=change_calls(sample.calls, tool, arguments))


def swap(text: str, old: str, new: str) -> str:
    """The text with other words in one place."""
    assert text.count(old) == 1, (old, text)
    return text.replace(old, new)


def change_calls(calls: Any, tool: str, arguments: Arguments) -> Any:
    """The calls with one changed; a call more if there is none of that tool."""
    if tool not in dict(calls):
        return (*calls, (tool, arguments))
    return tuple((name, {**given, **arguments} if name == tool else given) for name, given in calls)


def both(*changes: Callable[[Sample], Sample]) -> Callable[[Sample], Sample]:
    """One change after the other."""
    first, second = changes
    return lambda sample: second(first(sample))


PLANTED = (
    Planted("a wrong argument", "reminder", in_calls("tasks_create", title="Sell stamps"), ("untraced_argument",)),
    Planted("a leaked id", "parking", in_query("the cheapest car park", "LOT-0B8198"), ("leaked_id",)),
    Planted(
        "a tool's name in the query", "parking", in_query("Please park", "Run parking_lots and park"), ("names_tool",)
    ),
    Planted(
        "a parameter's name in the query",
        "loan",
        in_query("4.5 percent", "annual_rate_percent 4.5"),
        ("names_parameter",),
    ),
    Planted(
        "a programmer's words in the query",
        "parking",
        in_query("minutes.", "minutes, as JSON."),
        ("technical_wording",),
    ),
    Planted("an assistant's voice", "parking", in_query("Please park", "Sure, I will park"), ("not_user_voice",)),
    Planted("an onlooker's voice", "loan", in_query("would I pay", "would the user pay"), ("not_user_voice",)),
    Planted(
        "a figure that no call was given", "parking", in_query("in Paris", "under 30 EUR in Paris"), ("unused_figure",)
    ),
    Planted(
        "a call that the query does not ask for",
        "look-ups",
        both(in_calls("tasks_list"), in_response("NOK.", "NOK. First on your list is Water the plants.")),
        ("call_not_asked",),
    ),
    Planted(
        "a call that the response ignores", "look-ups", in_response(" 300 EUR are 3552.90 NOK.", ""), ("call_not_used",)
    ),
    Planted("a useless call", "look-ups", in_calls("tasks_list"), ("call_not_asked", "call_not_used")),
    Planted("an invented figure", "parking", in_response("2.15", "3.15"), ("invented_figure",)),
    Planted("an invented date", "reminder", in_response("May 20", "May 21"), ("invented_date",)),
    Planted("an invented time", "flight", in_response("06:45", "07:45"), ("invented_date",)),
    Planted("an invented name", "flight", in_response("Meridian Air", "Falcon Air"), ("invented_name",)),
    Planted(
        "a tool's name in the response",
        "loan",
        in_response("You would", "By loans_monthly_payment you would"),
        ("response_wording",),
    ),
    Planted("talk about the user", "parking", in_response("AB12CD is", "The user's AB12CD is"), ("response_wording",)),
    Planted(
        "talk about a refused draft",
        "parking",
        in_response("AB12CD is", "An earlier try was refused. AB12CD is"),
        ("response_wording",),
    ),
)


def look_up(value: Any, workflow: Workflow) -> Any:
    """An argument, read off the first call's result if it starts with @."""
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    found = workflow.links[0].result.value
    for part in value[1:].split("."):
        found = found[int(part)] if part.isdigit() else found[part]
    return found


def audit(catalog: Catalog, sample: Sample) -> tuple[Audit, Workflow]:
    """Make the calls, settle their sources by the query, and audit the sample."""
    session, workflow = Session.fresh(catalog, WORLD), Workflow()
    today = session.world.today
    for step, (tool, given) in enumerate(sample.calls):
        call = ToolCall(tool=tool, arguments={name: look_up(value, workflow) for name, value in given.items()})
        result = session.call(call)
        assert result.ok, result.message
        leaves = trace_call(call, catalog.tools[tool], workflow, catalog.tools)
        workflow = workflow.append(Link(step=step, chain=step, call=call, result=result, leaves=leaves))
    settled = settle(workflow, sample.query, today)
    return audit_sample(sample.query, sample.response, settled, catalog.tools, today, "English"), settled


def find(catalog: Catalog, planted: Planted) -> tuple[str, ...]:
    """The kinds that the audit finds in the spoilt sample, each once, sorted."""
    found, _ = audit(catalog, planted.change(SAMPLES[planted.sample]))
    return tuple(sorted({finding.kind for finding in found.findings}))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_good_sample_has_no_finding(catalog: Catalog, name: str) -> None:
    found, workflow = audit(catalog, SAMPLES[name])
    assert found.findings == ()
    chained = len(workflow.links) > 1 and name != "look-ups"
    assert any(edge.needed for link in workflow.links for edge in link.edges) == chained


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_a_planted_defect_is_caught_as_what_it_is(catalog: Catalog, planted: Planted) -> None:
    assert find(catalog, planted) == tuple(sorted(planted.kinds))


def test_the_page_has_the_table_of_planted_and_caught(catalog: Catalog) -> None:
    rows = ["| planted | in | found |", "|---|---|---|"]
    for planted in PLANTED:
        found = ", ".join(f"`{kind}`" for kind in find(catalog, planted)) or "nothing"
        rows.append(f"| {planted.name} | {planted.sample} | {found} |")
    table = "\n".join(rows) + "\n"
    print(f"\n{table}")
    assert table in PAGE.read_text(encoding="utf-8")
