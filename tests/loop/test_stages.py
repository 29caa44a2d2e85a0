"""What each stage of a step makes of the teacher's replies."""

from collections.abc import Callable
from typing import Any

import pytest

from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.call import ToolCall, ToolResult
from toolgrad_local.data_model.exchange import Reply, Usage
from toolgrad_local.data_model.stages import Attempt, Proposal, Report
from toolgrad_local.data_model.workflow import Link, Workflow
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.context import Setting, StepContext, ask, read_reply
from toolgrad_local.loop.execute import execute
from toolgrad_local.loop.propose import propose
from toolgrad_local.loop.select import select
from toolgrad_local.loop.tell import tell_workflow
from toolgrad_local.prompting.schemas import TEXT, closed

MakeSetting = Callable[..., Setting]
WORD = closed({"word": TEXT})
TASKS = ("tasks_create", "tasks_list", "tasks_get", "tasks_complete")
TOLD: dict[str, object] = {"facts": "Ada", "calls": []}
CREATE = Proposal(tool="tasks_create", instruction="Add the task 'Buy stamps'")
REMIND = Proposal(tool="reminders_create", instruction="Set a reminder for the end of February")
STAMPS = {"title": "Buy stamps"}


def suggest(*pairs: tuple[str, str]) -> dict[str, Any]:
    """A proposer's reply: pairs of a tool and an instruction."""
    return {"reason": " get\nthings done ", "proposals": [{"tool": tool, "instruction": text} for tool, text in pairs]}


def reminder(day: int) -> dict[str, str]:
    """Arguments of a reminder in February, which has 28 days."""
    return {"text": "Pay", "at": f"2025-02-{day}T09:00"}


def call_workflow(setting: Setting, *calls: ToolCall) -> tuple[Workflow, Session]:
    """A workflow of these calls, and the session that they were made in."""
    session, workflow = Session.fresh(setting.catalog, 7), Workflow()
    for step, call in enumerate(calls):
        workflow = workflow.append(Link(step=step, chain=step, call=call, result=session.call(call)))
    return workflow, session


def report_of(outcome: Any, title: str) -> Report:
    """A report on creating a task."""
    call = ToolCall(tool="tasks_create", arguments={"title": title})
    attempt = Attempt(call=call, result=ToolResult(ok=outcome == "succeeded", value={"title": title}))
    return Report(proposal=CREATE, attempts=(attempt,), outcome=outcome)


def calls_of(setting: Setting, workflow: Workflow) -> dict[str, object]:
    """What the prompts are told of the workflow."""
    return tell_workflow(workflow, "Ada", setting.loop.result_tokens)


async def test_proposals_that_mean_nothing_are_left_out(make_setting: MakeSetting, told_teacher: Any) -> None:
    reply = suggest(
        ("tasks_create", "Add  the task\nBuy stamps"),
        ("tasks_create", "Add the task Buy stamps"),
        ("tasks_list", "   "),
        ("tasks_get", "Needs an id that no result has given"),
        ("tasks_list", "List the tasks"),
        ("tasks_create", "Add another task"),
    )
    setting = make_setting(told_teacher(propose=[reply]), TASKS, proposals=6)
    workflow, _ = call_workflow(setting, ToolCall(tool="cities_search", arguments={"query": "Paris"}))
    context = StepContext(setting, sample=0, step=1)
    reason, proposals = await propose(context, setting.pools[0], workflow, calls_of(setting, workflow), "")
    assert reason == "get things done"
    assert proposals == (
        Proposal(tool="tasks_create", instruction="Add the task Buy stamps"),
        Proposal(tool="tasks_list", instruction="List the tasks"),
        Proposal(tool="tasks_create", instruction="Add another task"),
    )


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("tasks_get", id="a tool that needs an id"),
        pytest.param("email_list", id="a tool of another pool"),
        pytest.param("tasks_make", id="no tool at all"),
    ],
)
async def test_the_first_call_can_only_be_one_of_the_pool_that_needs_no_id(
    make_setting: MakeSetting, told_teacher: Any, other: str
) -> None:
    teacher = told_teacher(propose=[suggest((other, "Show it")), suggest(("tasks_list", "List the tasks"))])
    setting = make_setting(teacher, TASKS, ("email_list",), proposals=1)
    context = StepContext(setting, sample=0, step=0)
    _, proposals = await propose(context, setting.pools[0], Workflow(), TOLD, "")
    assert [proposal.tool for proposal in proposals] == ["tasks_list"]
    assert [trace.failure for trace in context.asks] == ["schema_mismatch", None]


async def test_a_pool_of_tools_that_all_need_an_id_is_offered_all_the_same(
    make_setting: MakeSetting, told_teacher: Any
) -> None:
    setting = make_setting(told_teacher(propose=[suggest(("tasks_get", "Show it"))]), ("tasks_get",), proposals=1)
    _, proposals = await propose(StepContext(setting, 0, 0), setting.pools[0], Workflow(), TOLD, "")
    assert proposals == ()


async def test_a_tool_that_can_use_a_result_is_pointed_out(make_setting: MakeSetting, told_teacher: Any) -> None:
    teacher = told_teacher(propose=[suggest(("tasks_get", "Show it"))])
    setting = make_setting(teacher, TASKS, proposals=1)
    workflow, _ = call_workflow(setting, ToolCall(tool="tasks_create", arguments=STAMPS))
    context = StepContext(setting, sample=0, step=1)
    _, (proposal,) = await propose(context, setting.pools[0], workflow, calls_of(setting, workflow), "stamps")
    assert proposal.tool == "tasks_get"
    assert "tasks_get (task_id), tasks_complete (task_id)" in teacher.prompts("propose")[0]


async def test_the_schema_of_a_pool_stays_the_same_as_the_workflow_grows(
    make_setting: MakeSetting, told_teacher: Any
) -> None:
    teacher = told_teacher(propose=[suggest(("tasks_list", "List the tasks"))] * 2)
    setting = make_setting(teacher, TASKS, proposals=1)
    workflow, _ = call_workflow(setting, ToolCall(tool="tasks_create", arguments=STAMPS))
    for step, grown in enumerate([workflow, workflow.append(workflow.links[0])]):
        await propose(StepContext(setting, 0, step), setting.pools[0], grown, calls_of(setting, grown), "")
    assert teacher.requests[0].json_schema == teacher.requests[1].json_schema


@pytest.mark.parametrize(
    ("text", "finish", "kind"),
    [
        pytest.param('{"word": "y', "length", "cut_off", id="cut off"),
        pytest.param('{"word": "yes"}', "length", "cut_off", id="cut off after its end"),
        pytest.param("", "error", "engine_error", id="the engine gave up"),
        pytest.param('{"word": "y', "stop", "unparsable", id="no JSON"),
        pytest.param("", "stop", "unparsable", id="nothing"),
        pytest.param('{"word": "\\ud800"}', "stop", "unparsable", id="half a surrogate pair"),
        pytest.param('{"word": 1e999}', "stop", "unparsable", id="beyond a float"),
        pytest.param('{"word": NaN}', "stop", "unparsable", id="not a number"),
        pytest.param('{"word": 3}', "stop", "schema_mismatch", id="another type"),
        pytest.param('{"word": "yes", "more": 1}', "stop", "schema_mismatch", id="a field too many"),
        pytest.param('["yes"]', "stop", "schema_mismatch", id="another shape"),
    ],
)
def test_a_reply_that_cannot_be_used_is_refused_with_its_kind(text: str, finish: str, kind: str) -> None:
    reply = Reply(text=text, finish_reason=finish, usage=Usage(prompt_tokens=1, completion_tokens=1))
    with pytest.raises(ReplyError) as caught:
        read_reply(reply, WORD)
    assert caught.value.kind == kind


async def test_an_unfit_reply_is_asked_for_again_with_another_seed(
    make_setting: MakeSetting, told_teacher: Any
) -> None:
    teacher = told_teacher(select=['{"word": "y…', {"word": 3}, {"word": "yes"}])
    context = StepContext(make_setting(teacher, TASKS, reply_attempts=3), sample=4, step=2)
    assert await ask(context, "select", WORD, (), slot=1, first_attempt=6) == {"word": "yes"}
    assert [trace.failure for trace in context.asks] == ["cut_off", "schema_mismatch", None]
    assert [request.key.attempt for request in teacher.requests] == [6, 7, 8]
    assert {(request.key.sample, request.key.step, request.key.slot) for request in teacher.requests} == {(4, 2, 1)}
    assert len({request.seed for request in teacher.requests}) == 3
    first = context.asks[0]
    assert (first.attempt, first.prompt_tokens, first.completion_tokens) == (6, 10, 5)


async def test_the_last_unfit_reply_is_raised(make_setting: MakeSetting, told_teacher: Any) -> None:
    teacher = told_teacher(select=["nonsense", '{"word": "y…'])
    context = StepContext(make_setting(teacher, TASKS, reply_attempts=2), sample=0, step=0)
    with pytest.raises(ReplyError) as caught:
        await ask(context, "select", WORD, ())
    assert caught.value.kind == "cut_off"
    assert len(teacher.requests) == 2


async def test_a_failed_call_is_tried_again_with_its_error_in_the_prompt(
    make_setting: MakeSetting, told_teacher: Any
) -> None:
    late, good = reminder(30), reminder(28)
    teacher = told_teacher(execute=[late, good])
    setting = make_setting(teacher, TASKS)
    session = Session.fresh(setting.catalog, 7)
    report = await execute(StepContext(setting, 0, 0), REMIND, 2, Workflow(), session, TOLD)
    assert report.outcome == "succeeded"
    assert [attempt.result.error for attempt in report.attempts] == ["invalid_argument", None]
    assert report.kept.call.arguments == good
    first, second = teacher.prompts("execute")
    assert "failed" not in first
    assert f'{{"at":"2025-02-30T09:00","text":"Pay"}} failed: {report.attempts[0].result.message}' in second
    assert REMIND.instruction in first
    assert [request.key.attempt for request in teacher.requests] == [0, setting.loop.reply_attempts]
    assert {request.key.slot for request in teacher.requests} == {2}
    assert setting.journal.count_calls() == 2


@pytest.mark.parametrize("attempts", [1, 3])
async def test_a_call_that_keeps_failing_is_given_up(
    make_setting: MakeSetting, told_teacher: Any, attempts: int
) -> None:
    bad = [reminder(30 + n) for n in range(attempts)]
    teacher = told_teacher(execute=list(bad))
    setting = make_setting(teacher, TASKS, call_attempts=attempts)
    session = Session.fresh(setting.catalog, 7)
    before = session.world.state_hash()
    report = await execute(StepContext(setting, 0, 0), REMIND, 0, Workflow(), session, TOLD)
    assert report.outcome == "failed"
    assert [attempt.call.arguments for attempt in report.attempts] == bad
    assert teacher.prompts("execute")[-1].count("failed: ") == attempts - 1
    assert session.world.state_hash() == before


async def test_a_call_of_the_workflow_is_not_made_again(make_setting: MakeSetting, told_teacher: Any) -> None:
    setting = make_setting(told_teacher(execute=[STAMPS]), TASKS)
    workflow, session = call_workflow(setting, ToolCall(tool="tasks_create", arguments=STAMPS))
    report = await execute(StepContext(setting, 0, 1), CREATE, 0, workflow, session, TOLD)
    assert report.outcome == "repeated"


async def test_arguments_that_are_cut_off_give_no_reply_and_keep_what_was_tried(
    make_setting: MakeSetting, told_teacher: Any
) -> None:
    teacher = told_teacher(execute=[reminder(30), '{"te…', '{"te…'])
    setting = make_setting(teacher, TASKS)
    report = await execute(StepContext(setting, 0, 0), REMIND, 0, Workflow(), Session.fresh(setting.catalog, 7), TOLD)
    assert report.outcome == "no_reply"
    assert len(report.attempts) == 1
    assert [request.key.attempt for request in teacher.requests] == [0, 2, 3]


async def test_the_teacher_is_not_asked_where_there_is_nothing_to_choose(
    make_setting: MakeSetting, told_teacher: Any
) -> None:
    teacher = told_teacher()
    reports = (report_of("failed", "a"), report_of("succeeded", "b"), report_of("no_reply", "c"))
    selection = await select(StepContext(make_setting(teacher, TASKS), 0, 0), Workflow(), reports, TOLD)
    assert (selection.report, selection.chain) == (1, None)
    assert teacher.requests == []


async def test_the_selectors_handles_count_only_the_reports_that_succeeded(
    make_setting: MakeSetting, told_teacher: Any
) -> None:
    teacher = told_teacher(select=[{"reason": "the  best", "report": "r2", "chain": "new"}])
    reports = (report_of("succeeded", "first"), report_of("failed", "second"), report_of("succeeded", "third"))
    selection = await select(StepContext(make_setting(teacher, TASKS), 0, 0), Workflow(), reports, TOLD)
    assert (selection.report, selection.chain, selection.reason) == (2, None, "the best")
    prompt = teacher.prompts("select")[0]
    assert "r1 tasks_create" in prompt
    assert "r2 tasks_create" in prompt
    assert "second" not in prompt


@pytest.mark.parametrize(
    ("with_workflow", "choices", "chains"),
    [
        pytest.param(False, ["r1", "r2"], ["new"], id="the first call cannot be declined"),
        pytest.param(True, ["r1", "r2", "none"], ["new", "A", "B"], id="later ones can"),
    ],
)
async def test_declining_is_on_offer_only_once_there_is_a_workflow(
    make_setting: MakeSetting, told_teacher: Any, with_workflow: bool, choices: list[str], chains: list[str]
) -> None:
    teacher = told_teacher(select=[{"reason": "", "report": choices[-1], "chain": chains[-1]}])
    setting = make_setting(teacher, TASKS)
    made = [ToolCall(tool="tasks_create", arguments=STAMPS), ToolCall(tool="tasks_list", arguments={})]
    workflow, _ = call_workflow(setting, *(made if with_workflow else []))
    reports = (report_of("succeeded", "a"), report_of("succeeded", "b"))
    selection = await select(StepContext(setting, 0, 0), workflow, reports, calls_of(setting, workflow))
    properties = teacher.requests[0].json_schema["properties"]
    assert (properties["report"]["enum"], properties["chain"]["enum"]) == (choices, chains)
    assert (selection.report, selection.chain) == ((None, 1) if with_workflow else (1, None))


async def test_a_single_candidate_can_be_declined_once_there_is_a_workflow(
    make_setting: MakeSetting, told_teacher: Any
) -> None:
    teacher = told_teacher(select=[{"reason": "no use", "report": "none", "chain": "new"}])
    setting = make_setting(teacher, TASKS)
    workflow, _ = call_workflow(setting, ToolCall(tool="tasks_list", arguments={}))
    told = calls_of(setting, workflow)
    selection = await select(StepContext(setting, 0, 0), workflow, (report_of("succeeded", "a"),), told)
    assert selection.report is None
