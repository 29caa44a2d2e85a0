"""Thoughts are written after the fact, and say nothing that is not known by then."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.context import Setting, StepContext
from toolgrad_local.loop.think import think

PARKING = (
    ("parking_lots", {"city": "Paris"}),
    ("parking_start_session", {"lot_id": "@0.lots.0.lot_id", "plate": "AB12CD", "minutes": 45}),
)
QUERY = "Please park AB12CD at the cheapest car park in Paris for 45 minutes."
TURNS = ((0,), (1,))
SEARCH, PARK, DONE = "I need the car parks of Paris.", "I can park AB12CD at {lot}.", "It costs {cost}, all is done."


async def write(
    make_setting: Callable[..., Setting], teacher: Any, make_calls: Callable[..., Workflow], thoughts: list[str]
) -> tuple[str, ...]:
    """The thoughts of a sample, if the teacher says these twice at most."""
    workflow = make_calls(*PARKING, query=QUERY)
    lot, cost = (workflow.links[0].result.value["lots"][0]["name"], workflow.links[1].result.value["cost"])
    reply = {"thoughts": [thought.format(lot=lot, cost=cost) for thought in thoughts]}
    teacher.replies["think"] = [reply] * 2
    context = StepContext(make_setting(teacher), 0, 2)
    return await think(context, QUERY, workflow, TURNS, date(2025, 1, 2))


async def test_a_thought_may_say_what_the_query_and_earlier_results_say(
    make_setting: Callable[..., Setting], told_teacher: Any, make_calls: Callable[..., Workflow]
) -> None:
    teacher = told_teacher()
    thoughts = await write(make_setting, teacher, make_calls, [SEARCH, f" {PARK}\n", DONE])
    assert len(thoughts) == 3
    assert "Car Park" in thoughts[1]
    assert thoughts[1] == thoughts[1].strip()
    (prompt,) = teacher.prompts("think")
    assert "Turn 1: List the car parks" in prompt
    assert "Turn 2: Park a car" in prompt


@pytest.mark.parametrize(
    "thoughts",
    [
        pytest.param([PARK, PARK, DONE], id="a name of the result that is to come"),
        pytest.param([SEARCH, "I park it for {cost}.", DONE], id="a figure of the result that is to come"),
        pytest.param([SEARCH, PARK, "It costs 99.5 in all."], id="a figure of no result"),
        pytest.param([SEARCH, "Now parking_start_session.", DONE], id="a tool's name"),
        pytest.param([SEARCH, " ", DONE], id="nothing"),
        pytest.param([SEARCH, PARK], id="one too few"),
    ],
)
async def test_a_thought_that_is_not_founded_is_refused(
    make_setting: Callable[..., Setting], told_teacher: Any, make_calls: Callable[..., Workflow], thoughts: list[str]
) -> None:
    teacher = told_teacher()
    with pytest.raises(ReplyError) as caught:
        await write(make_setting, teacher, make_calls, thoughts)
    assert caught.value.kind == ("schema_mismatch" if len(thoughts) == 2 else "unfounded")
    assert len(teacher.requests) == 2
