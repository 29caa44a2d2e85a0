"""Whether two calls are the same: to the letter, by the schema, by meaning."""

from datetime import date
from typing import Any

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.evaluation.compare_calls import Agreement, compare_calls

NO, MEANT, FITS, SAME = (0, 0, 0), (0, 0, 1), (0, 1, 1), (1, 1, 1)
FLIGHT = {"origin": "LHR", "destination": "CDG", "date": "2025-03-14"}


def compare(catalog: Catalog, tool: str, gold: dict[str, Any], made: dict[str, Any]) -> tuple[int, int, int]:
    """Exact, acceptable, meaning."""
    found = compare_calls(
        [ToolCall(tool=tool, arguments=gold)],
        [ToolCall(tool=tool, arguments=made)],
        {tool: catalog.tool(tool).parameters},
        date(2025, 3, 10),
    )
    return found.exact, found.acceptable, found.meaning


@pytest.mark.parametrize(
    ("tool", "gold", "made", "wanted"),
    [
        pytest.param("weather_forecast", {"city": "Paris", "days": 2}, {"days": 2, "city": "Paris"}, SAME, id="order"),
        pytest.param("weather_forecast", {"city": "Paris"}, {"city": "Paris", "days": 3}, FITS, id="default stated"),
        pytest.param("weather_forecast", {"city": "Paris", "days": 3}, {"city": "Paris"}, FITS, id="default left out"),
        pytest.param("weather_forecast", {"city": "Paris"}, {"city": "Paris", "days": 4}, NO, id="no default"),
        pytest.param("weather_forecast", {"city": "Paris"}, {"city": " paris. "}, MEANT, id="case, spaces, stop"),
        pytest.param("weather_forecast", {"city": "Zürich"}, {"city": "Zurich"}, MEANT, id="accents"),
        pytest.param("weather_forecast", {"city": "Paris"}, {"city": "Paris, Texas"}, NO, id="more words"),
        pytest.param("languages_get", {"code": "de"}, {"code": "German"}, MEANT, id="a code's name"),
        pytest.param("languages_get", {"code": "de"}, {"code": "Danish"}, NO, id="another code's name"),
        pytest.param("flights_search", FLIGHT, {**FLIGHT, "date": "March 14, 2025"}, MEANT, id="a date in words"),
        pytest.param("flights_search", FLIGHT, {**FLIGHT, "date": "2025-03-15"}, NO, id="another date"),
        pytest.param(
            "loans_monthly_payment",
            {"principal": 2000, "annual_rate_percent": 6, "months": 12},
            {"principal": 2000.0, "annual_rate_percent": 6.0, "months": 12},
            FITS,
            id="any number",
        ),
        pytest.param("tasks_create", {"title": "x + 1"}, {"title": "x - 1"}, NO, id="signs are no punctuation"),
        pytest.param("tasks_create", {"title": "1.5"}, {"title": "15"}, NO, id="nor is a decimal point"),
        pytest.param("tasks_create", {"title": "Ring Bo"}, {"title": ["Ring Bo"]}, NO, id="another type"),
    ],
)
def test_a_call_is_compared_on_three_levels(
    catalog: Catalog, tool: str, gold: dict[str, Any], made: dict[str, Any], wanted: tuple[int, int, int]
) -> None:
    assert compare(catalog, tool, gold, made) == wanted


def city(name: str) -> ToolCall:
    """A call."""
    return ToolCall(tool="weather_forecast", arguments={"city": name})


def test_each_gold_call_is_met_once_whatever_the_order() -> None:
    gold = [city("Paris"), city("Oslo"), city("Paris")]
    assert compare_calls(gold, [city("Oslo"), city("Paris")], {}, None) == Agreement(2, 2, 2, 2)
    assert compare_calls(gold, [city("Paris")] * 5, {}, None) == Agreement(3, 2, 2, 2)
    assert compare_calls(gold, [], {}, None) == Agreement(0, 0, 0, 0)


def test_an_exact_call_is_not_spent_on_a_gold_call_that_another_would_serve() -> None:
    assert compare_calls([city("paris"), city("Paris")], [city("Paris"), city("paris")], {}, None).exact == 2
