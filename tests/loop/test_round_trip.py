"""The teacher solves its own query: what it did is compared with the workflow."""

from collections.abc import Callable
from typing import Any

import pytest

from toolgrad_local.data_model.audit import RoundTrip
from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.loop.context import Setting, StepContext
from toolgrad_local.loop.round_trip import offered_tools, solve

POOL = ("tasks_create", "tasks_list", "tasks_get", "airports_distance", "exchange_rates_convert")
STAMPS = ("tasks_create", {"title": "Buy stamps"})
MUM = ("tasks_create", {"title": "Call mum"})
FAR = ("airports_distance", {"origin": "DUB", "destination": "CDG"})
MONEY = ("exchange_rates_convert", {"amount": 300, "from_currency": "EUR", "to_currency": "GBP"})
NO_TASK = ("tasks_get", {"task_id": "TASK-000000"})
QUERY = "Please do it all"
Calls = tuple[tuple[str, dict[str, Any]], ...]


def choose(*tools: str) -> list[dict[str, str]]:
    """A solver's replies: these tools, or none."""
    return [{"left": "the rest", "tool": tool} for tool in tools]


def verdict(trip: RoundTrip) -> tuple[bool, bool, bool]:
    """Same tools, same arguments, same state."""
    return trip.same_tools, trip.same_arguments, trip.same_state


@pytest.mark.parametrize(
    ("gold", "made", "agreement"),
    [
        pytest.param((FAR, MONEY), (FAR, MONEY), (True, True, True), id="the same"),
        pytest.param((FAR, MONEY), (MONEY, FAR), (True, True, True), id="in another order"),
        pytest.param((STAMPS,), (STAMPS,), (True, True, True), id="the same write"),
        pytest.param(
            (STAMPS,),
            (("tasks_create", {"title": "Buy stamps", "priority": "normal"}),),
            (True, True, True),
            id="a default filled in",
        ),
        pytest.param(
            (STAMPS,), (("tasks_create", {"title": "buy stamps"}),), (True, True, False), id="case leaves its trace"
        ),
        pytest.param((FAR,), (MONEY,), (False, False, True), id="another tool"),
        pytest.param(
            (FAR,),
            (("airports_distance", {"origin": "CDG", "destination": "DUB"}),),
            (True, False, True),
            id="other arguments",
        ),
        pytest.param((STAMPS, MUM), (MUM, STAMPS), (True, True, False), id="writes in another order"),
        pytest.param((STAMPS,), (), (False, False, False), id="no call"),
        pytest.param((FAR,), (FAR, STAMPS), (False, False, False), id="a write too many"),
        pytest.param((STAMPS,), (NO_TASK, STAMPS), (False, False, True), id="a call that fails counts"),
    ],
)
async def test_what_the_solver_did_is_compared_with_the_workflow(
    make_setting: Callable[..., Setting],
    told_teacher: Any,
    make_calls: Callable[..., Workflow],
    gold: Calls,
    made: Calls,
    agreement: tuple[bool, bool, bool],
) -> None:
    teacher = told_teacher(solve=choose(*(tool for tool, _ in made), "none"), fill=[a for _, a in made])
    setting = make_setting(teacher, POOL)
    trip = await solve(StepContext(setting, 0, 2), QUERY, make_calls(*gold), POOL)
    assert verdict(trip) == agreement
    assert trip.agrees == all(agreement)
    assert [(attempt.call.tool, attempt.call.arguments) for attempt in trip.attempts] == list(made)
    assert setting.journal.count_calls() == len(made)


async def test_the_solver_sees_the_query_the_date_and_the_results_as_they_come(
    make_setting: Callable[..., Setting], told_teacher: Any, make_calls: Callable[..., Workflow]
) -> None:
    teacher = told_teacher(solve=choose("tasks_get", "none"), fill=[NO_TASK[1]])
    await solve(StepContext(make_setting(teacher, POOL), 0, 2), QUERY, make_calls(STAMPS), POOL)
    first, second = teacher.prompts("solve")
    (fill,) = teacher.prompts("fill")
    for prompt in (first, second, fill):
        assert f"Today: 2025-01-02\nMessage: {QUERY}\nCalls so far" in prompt
        assert "Buy stamps" not in prompt
    assert 'tasks_get {"task_id":"TASK-000000"} -> failed: ' in second
    assert teacher.requests[0].json_schema["properties"]["tool"]["enum"] == [*POOL, "none"]


async def test_the_solver_makes_at_most_one_call_more_than_the_workflow_has(
    make_setting: Callable[..., Setting], told_teacher: Any, make_calls: Callable[..., Workflow]
) -> None:
    back = {"origin": "CDG", "destination": "DUB"}
    teacher = told_teacher(solve=choose(*["airports_distance"] * 3), fill=[FAR[1], back, back])
    trip = await solve(StepContext(make_setting(teacher, POOL), 0, 2), QUERY, make_calls(FAR), POOL)
    assert len(trip.attempts) == 2
    assert verdict(trip) == (False, False, True)


@pytest.mark.parametrize(
    ("gold", "agrees"),
    [pytest.param((FAR,), True, id="all is done"), pytest.param((FAR, MONEY), False, id="something is left")],
)
async def test_a_call_that_was_made_before_ends_the_round_trip(
    make_setting: Callable[..., Setting],
    told_teacher: Any,
    make_calls: Callable[..., Workflow],
    gold: Calls,
    agrees: bool,
) -> None:
    teacher = told_teacher(solve=choose(*["airports_distance"] * 9), fill=[FAR[1]] * 9)
    trip = await solve(StepContext(make_setting(teacher, POOL), 0, 2), QUERY, make_calls(*gold), POOL)
    assert [attempt.call.arguments for attempt in trip.attempts] == [FAR[1]]
    assert trip.agrees == agrees
    assert len(teacher.prompts("solve")) == 2


@pytest.mark.parametrize(
    ("replies", "made"),
    [
        pytest.param({"solve": ['{"to…', '{"to…']}, 0, id="no tool"),
        pytest.param({"solve": choose("email_list", "email_list")}, 0, id="a tool that is not offered"),
        pytest.param({"solve": choose("tasks_list"), "fill": [{"limit": "all"}] * 2}, 0, id="no arguments"),
        pytest.param(
            {"solve": [*choose("airports_distance"), "?", "?"], "fill": [FAR[1]]}, 1, id="nothing after the first call"
        ),
    ],
)
async def test_a_reply_that_does_not_fit_ends_the_round_trip(
    make_setting: Callable[..., Setting],
    told_teacher: Any,
    make_calls: Callable[..., Workflow],
    replies: dict[str, list[Any]],
    made: int,
) -> None:
    context = StepContext(make_setting(told_teacher(**replies), POOL), 0, 2)
    trip = await solve(context, QUERY, make_calls(FAR, MONEY), POOL)
    assert len(trip.attempts) == made
    assert not trip.agrees
    assert [trace.failure for trace in context.asks][-1] is not None


def test_the_offered_tools_are_the_pool_and_what_other_pools_gave(make_calls: Callable[..., Workflow]) -> None:
    workflow = make_calls(FAR, STAMPS, MUM)
    assert offered_tools(("tasks_list", "airports_distance"), workflow) == (
        "tasks_list",
        "airports_distance",
        "tasks_create",
    )
