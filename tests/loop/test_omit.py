"""The query without one value that a call needs."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from toolgrad_local.data_model.audit import Omission
from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.context import Setting, StepContext
from toolgrad_local.loop.omit import list_omissible, omit

TODAY = date(2025, 1, 2)
HOTEL = ("hotels_search", {"city": "Paris", "min_stars": 4})
HOTEL_QUERY = "Find me a hotel in Paris with at least 4 stars, please."


def context_of(make_setting: Callable[..., Setting], teacher: Any) -> StepContext:
    """A sample after its last step."""
    return StepContext(make_setting(teacher), 0, 2)


async def test_the_value_of_a_required_parameter_is_written_out_of_the_query(
    make_setting: Callable[..., Setting], told_teacher: Any, make_calls: Callable[..., Workflow]
) -> None:
    without = "Find me a hotel with at least 4 stars, please."
    teacher = told_teacher(omit=[{"query": f"{without} \n"}])
    workflow = make_calls(HOTEL, query=HOTEL_QUERY)
    omission = await omit(context_of(make_setting, teacher), HOTEL_QUERY, workflow, TODAY)
    assert omission == Omission(query=without, link=0, path="city", value="Paris")
    (prompt,) = teacher.prompts("omit")
    assert f"Message: {HOTEL_QUERY}\nForgotten: city (Paris)" in prompt


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(HOTEL_QUERY, id="the value is kept"),
        pytest.param("Find me a hotel, please.", id="another value is lost"),
        pytest.param("Find me a hotel in Paris, please.", id="another value is lost instead"),
        pytest.param("Find me a hotel in town with at least 4 stars for 90 euros.", id="a new figure"),
        pytest.param("Find me a hotel in {city} with at least 4 stars.", id="a placeholder"),
        pytest.param("  ", id="nothing is left"),
    ],
)
async def test_a_rewritten_query_that_changes_anything_else_is_refused(
    make_setting: Callable[..., Setting], told_teacher: Any, make_calls: Callable[..., Workflow], query: str
) -> None:
    teacher = told_teacher(omit=[{"query": query}] * 2)
    with pytest.raises(ReplyError) as caught:
        await omit(context_of(make_setting, teacher), HOTEL_QUERY, make_calls(HOTEL, query=HOTEL_QUERY), TODAY)
    assert caught.value.kind == "unfounded"


@pytest.mark.parametrize(
    ("calls", "query"),
    [
        pytest.param([("tasks_list", {})], "Show me my open tasks", id="no argument"),
        pytest.param([("tasks_list", {"priority": "high"})], "My open tasks of high priority", id="an optional one"),
        pytest.param(
            [("weather_current", {"city": "Oslo"}), ("weather_air_quality", {"city": "Oslo"})],
            "Weather and air quality in Oslo",
            id="a value that two calls need",
        ),
    ],
)
async def test_nothing_is_asked_where_nothing_can_be_left_out(
    make_setting: Callable[..., Setting],
    told_teacher: Any,
    make_calls: Callable[..., Workflow],
    calls: list[Any],
    query: str,
) -> None:
    teacher = told_teacher()
    assert await omit(context_of(make_setting, teacher), query, make_calls(*calls, query=query), TODAY) is None
    assert teacher.requests == []


def test_every_said_value_of_a_required_parameter_can_be_left_out(
    make_setting: Callable[..., Setting], told_teacher: Any, make_calls: Callable[..., Workflow]
) -> None:
    workflow = make_calls(
        ("parking_lots", {"city": "Paris"}),
        ("parking_start_session", {"lot_id": "@0.lots.0.lot_id", "plate": "AB12CD", "minutes": 45}),
        query="Park AB12CD in Paris for 45 minutes",
    )
    choices = list_omissible(context_of(make_setting, told_teacher()), workflow)
    assert [(link, leaf.path) for link, leaf in choices] == [(0, "city"), (1, "plate"), (1, "minutes")]
