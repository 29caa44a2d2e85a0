"""The three ways of annotating a query: what is kept, what leaves no trace, and how each ends."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from toolgrad_local.baselines.dfs import annotate_as_tree
from toolgrad_local.baselines.path import Path
from toolgrad_local.baselines.react import annotate_in_rounds
from toolgrad_local.baselines.standard import annotate_at_once
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.loop.context import Setting, StepContext
from toolgrad_local.seeding import derive_seed

TOOLS = ("tasks_create", "tasks_list", "tasks_get")
QUERY = "Add the tasks Buy stamps and Call mum, and show me 20 tasks of my list"
STAMPS = ("tasks_create", {"title": "Buy stamps"})
MUM = ("tasks_create", {"title": "Call mum"})
LIST = ("tasks_list", {"limit": 20})
NO_TASK = ("tasks_get", {"task_id": "TASK-000000"})
CUT_OFF = '{"…'
Scene = tuple[StepContext, Path]


def call(tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """A reply with a call."""
    return {"thought": "On.", "next": {"tool": tool, "arguments": arguments}}


def end(how: str) -> dict[str, Any]:
    """A reply without one."""
    return {"thought": "Done.", "next": {"tool": how}}


@pytest.fixture
def start(make_setting: Callable[..., Setting]) -> Callable[[Any], Scene]:
    """The first step of a sample, and its empty path."""

    def make(teacher: Any) -> Scene:
        context = StepContext(make_setting(teacher, TOOLS), sample=0, step=0)
        session = Session.fresh(context.setting.catalog, context.world_seed)
        return context, Path(QUERY, TOOLS, session, date(2024, 5, 1))

    return make


def titles_of(path: Path) -> list[str]:
    """The tasks in the path's last result."""
    return [task["title"] for task in path.workflow.links[-1].result.value["tasks"]]


async def test_standard_executes_all_calls_and_keeps_those_that_succeed(start: Any, told_teacher: Any) -> None:
    calls = [{"tool": tool, "arguments": arguments} for tool, arguments in (STAMPS, NO_TASK, STAMPS, LIST)]
    context, path = start(told_teacher(standard=[{"calls": calls}]))
    made = await annotate_at_once(context, 0, path, 10)
    assert made.finished
    assert [link.call.tool for link in made.path.workflow.links] == ["tasks_create", "tasks_list"]
    (step,) = made.steps
    assert [report.outcome for report in step.reports] == ["succeeded", "failed", "repeated", "succeeded"]
    assert titles_of(made.path).count("Buy stamps") == 1
    assert len(context.setting.journal.called(0)) == 4


async def test_react_goes_on_from_what_it_sees_until_it_finishes(start: Any, told_teacher: Any, catalog: Any) -> None:
    world = Session.fresh(catalog, derive_seed(7, "world", 0))
    task = world.call(ToolCall(tool="tasks_create", arguments={"title": "Buy stamps"})).value["task_id"]
    teacher = told_teacher(react=[call(*NO_TASK), call(*STAMPS), call("tasks_get", {"task_id": task}), end("finish")])
    made = await annotate_in_rounds(*split(start(teacher)), 10)
    assert made.finished
    assert [step.outcome for step in made.steps] == ["no_success", "accepted", "accepted", "finished"]
    assert [(edge.link, edge.path) for edge in made.path.workflow.links[1].edges] == [(0, "task_id")]
    assert [link.chain for link in made.path.workflow.links] == [0, 0]
    prompts = teacher.prompts("react")
    assert "finish" not in prompts[0]
    assert prompts[1].startswith("Result: failed: ")
    first, last = teacher.requests[2].messages, teacher.requests[3].messages
    assert last[: len(first)] == first
    assert [message.role for message in last] == ["system", "user", *["assistant", "user"] * 3]
    assert '"thought": "On.", "next": {"tool": "tasks_get"' in last[-2].content


async def test_react_without_an_end_has_not_finished(start: Any, told_teacher: Any) -> None:
    teacher = told_teacher(react=[call(*STAMPS), call(*STAMPS), CUT_OFF, CUT_OFF])
    made = await annotate_in_rounds(*split(start(teacher)), 3)
    assert not made.finished
    assert [step.outcome for step in made.steps] == ["accepted", "no_success", "no_reply"]
    assert "was made already" in teacher.prompts("react")[2]
    assert len(teacher.requests[2].messages) == len(teacher.requests[1].messages)
    assert len(made.path.workflow.links) == 1


async def test_dfs_goes_back_and_the_branch_that_it_left_leaves_no_trace(start: Any, told_teacher: Any) -> None:
    replies = [call(*STAMPS), end("give_up"), call(*MUM), call(*LIST), end("finish")]
    teacher = told_teacher(dfs=replies)
    made = await annotate_as_tree(*split(start(teacher)), 8, 16)
    assert made.finished
    assert [step.outcome for step in made.steps] == ["abandoned", "gave_up", "accepted", "accepted", "finished"]
    assert "Call mum" in titles_of(made.path)
    assert "Buy stamps" not in titles_of(made.path)
    prompts = teacher.prompts("dfs")
    assert "give_up" not in prompts[0]
    assert 'Tried from here, and of no use:\ntasks_create {"title":"Buy stamps"}' in prompts[2]
    assert "Tried" not in prompts[3]


@pytest.mark.parametrize(
    ("replies", "rounds", "steps", "outcomes"),
    [
        pytest.param([call(*STAMPS), call(*MUM), call(*LIST)], 8, 3, ["abandoned"] * 3, id="its budget is spent"),
        pytest.param(
            [call(*STAMPS), call(*STAMPS), call(*STAMPS), call(*MUM), CUT_OFF, CUT_OFF, CUT_OFF, CUT_OFF],
            8,
            16,
            ["abandoned", "no_success", "no_success", "abandoned", "no_reply", "no_reply"],
            id="calls repeat, then replies do not fit",
        ),
        pytest.param(
            [call(*STAMPS), call(*MUM), call(*LIST), call(*MUM), call(*STAMPS), call(*LIST)],
            2,
            16,
            ["abandoned"] * 6,
            id="every branch is too deep",
        ),
    ],
)
async def test_dfs_that_does_not_finish_keeps_nothing(
    start: Any, told_teacher: Any, replies: list[Any], rounds: int, steps: int, outcomes: list[str]
) -> None:
    made = await annotate_as_tree(*split(start(told_teacher(dfs=replies))), rounds, steps)
    assert not made.finished
    assert made.path.workflow.links == ()
    assert [step.outcome for step in made.steps] == outcomes
    assert [step.index for step in made.steps] == list(range(len(outcomes)))


def split(scene: Scene) -> tuple[StepContext, int, Path]:
    """What an annotator is given first."""
    context, path = scene
    return context, 0, path
