"""One sample grows: what is kept, what leaves no trace, and how each step ends."""

from collections.abc import Callable
from typing import Any

import pytest

from mock_apis.core import canonical_json
from toolgrad_local.audit.provenance import is_grounded
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.sampler import deal_pools
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.trajectory import Step, Trajectory
from toolgrad_local.loop.context import Setting
from toolgrad_local.loop.grow import grow
from toolgrad_local.seeding import derive_seed
from toolgrad_local.teacher.scripted import ScriptedTeacher

MakeSetting = Callable[..., Setting]
TASKS = ("tasks_create", "tasks_list", "tasks_get", "tasks_complete")
FIRST = {"reason": "", "report": "r1", "chain": "new"}
SECOND = {"reason": "", "report": "r2", "chain": "new"}
NONE = {"reason": "", "report": "none", "chain": "new"}
ASKED = {"query": "Add the task Buy stamps to my list"}
ANSWERED = {"response": "I added the task Buy stamps."}
ECHO = {"query": "One message in the user's own words that asks for every point"}
CUT_OFF = '{"…'


def suggest(*tools: str, said: str = "") -> dict[str, Any]:
    """A proposer's reply: these tools, with different instructions that say the values of optional arguments."""
    return {
        "reason": "errands",
        "proposals": [{"tool": tool, "instruction": f"Use it {said} {number}"} for number, tool in enumerate(tools)],
    }


LISTING = suggest("tasks_list", said="for 2 of them")


async def test_writes_that_were_not_selected_leave_no_trace(make_setting: MakeSetting, told_teacher: Any) -> None:
    teacher = told_teacher(
        propose=[suggest("tasks_create", "tasks_create"), suggest("tasks_list", "tasks_list", said="for 20 low")],
        execute=[{"title": "lost"}, {"title": "kept"}, {"limit": 20}, {"priority": "low"}],
        select=[SECOND, FIRST],
        inverse_predict=[ASKED] * 2,
        respond=[ANSWERED] * 2,
    )
    sample = await grow(make_setting(teacher, TASKS, proposals=2, iterations=2), 0)
    create, listing = sample.workflow.links
    titles = [task["title"] for task in listing.result.value["tasks"]]
    assert create.call.arguments == {"title": "kept"}
    assert "kept" in titles
    assert "lost" not in titles
    lost = sample.steps[0].reports[0].kept.result.value
    assert lost["task_id"] == create.result.value["task_id"]


async def test_a_call_with_an_edge_joins_the_chain_that_the_value_comes_from(
    make_setting: MakeSetting, told_teacher: Any, catalog: Catalog
) -> None:
    world = Session.fresh(catalog, derive_seed(7, "world", 0))
    task = world.call(ToolCall(tool="tasks_create", arguments={"title": "Buy stamps"})).value["task_id"]
    teacher = told_teacher(
        propose=[suggest("tasks_create"), suggest("tasks_list"), suggest("tasks_get")],
        execute=[{"title": "Buy stamps"}, {}, {"task_id": task}],
        select=[{**FIRST, "chain": "A"}, {**FIRST, "chain": "B"}],
        inverse_predict=[ASKED] * 3,
        respond=[ANSWERED] * 3,
    )
    sample = await grow(make_setting(teacher, TASKS, proposals=1, iterations=3), 0)
    assert [link.chain for link in sample.workflow.links] == [0, 1, 0]
    assert sample.workflow.chains == ((0, 2), (1,))
    assert [(edge.link, edge.path) for edge in sample.workflow.links[2].edges] == [(0, "task_id")]
    assert sample.grounded is is_grounded(sample.workflow) is True


@pytest.mark.parametrize(
    ("mode", "writes", "inverses"),
    [
        pytest.param("each", 2, ["written", "skipped", "written"], id="each"),
        pytest.param("final", 1, ["skipped", "skipped", "skipped"], id="final"),
    ],
)
async def test_the_query_is_written_after_each_accepted_step_or_once_at_the_end(
    make_setting: MakeSetting, told_teacher: Any, mode: str, writes: int, inverses: list[str]
) -> None:
    teacher = told_teacher(
        propose=[suggest("tasks_create"), suggest("tasks_list"), suggest("tasks_create")],
        execute=[{"title": "one"}, {}, {"title": "two"}],
        select=[NONE, FIRST],
        inverse_predict=[{"query": f"query {n}"} for n in range(writes)],
        respond=[ANSWERED] * writes,
    )
    sample = await grow(make_setting(teacher, TASKS, proposals=1, iterations=3, inverse_predict=mode), 0)
    assert [step.inverse for step in sample.steps] == inverses
    assert [step.outcome for step in sample.steps] == ["accepted", "not_selected", "accepted"]
    assert sample.query == f"query {writes - 1}"
    assert teacher.replies["inverse_predict"] == []


async def test_a_query_that_could_not_be_written_is_written_after_the_last_step(
    make_setting: MakeSetting, told_teacher: Any
) -> None:
    teacher = told_teacher(
        propose=[suggest("tasks_create"), suggest("tasks_list")],
        execute=[{"title": "Buy stamps"}, {}],
        select=[NONE],
        inverse_predict=[CUT_OFF, CUT_OFF, ASKED],
        respond=[ANSWERED],
    )
    sample = await grow(make_setting(teacher, TASKS, proposals=1, iterations=2), 0)
    assert [step.inverse for step in sample.steps] == ["failed", "skipped"]
    assert [ask.stage for ask in sample.closing] == ["inverse_predict", "respond"]
    assert (sample.rejected, sample.query) == (None, ASKED["query"])


@pytest.mark.parametrize(
    ("stage", "reply", "failure"),
    [
        pytest.param("inverse_predict", CUT_OFF, "cut_off", id="cut off"),
        pytest.param("inverse_predict", {"query": " \n"}, "schema_mismatch", id="an empty query"),
        pytest.param("inverse_predict", ECHO, "echo", id="a copy of the prompt"),
        pytest.param("respond", {"response": ""}, "schema_mismatch", id="an empty response"),
    ],
)
async def test_a_sample_without_a_query_is_asked_again_counted_and_rejected(
    make_setting: MakeSetting, told_teacher: Any, stage: str, reply: Any, failure: str
) -> None:
    replies: dict[str, list[Any]] = {"inverse_predict": [ASKED] * 4, "respond": [ANSWERED] * 4, stage: [reply] * 4}
    teacher = told_teacher(propose=[suggest("tasks_create")], execute=[{"title": "one"}], **replies)
    sample = await grow(make_setting(teacher, TASKS, proposals=1, iterations=1), 0)
    assert (sample.rejected, sample.query, sample.response, sample.grounded) == ("no_query", None, None, False)
    assert (sample.audit, sample.turns, sample.round_trip) == (None, (), None)
    assert len(sample.workflow.links) == 1
    for asks in (sample.steps[0].asks, sample.closing):
        found = [(ask.attempt, ask.failure) for ask in asks if ask.stage == stage]
        assert found == [(0, failure), (1, failure)]


@pytest.mark.parametrize(
    ("replies", "outcome"),
    [
        pytest.param({"propose": [CUT_OFF, CUT_OFF]}, "no_proposal", id="the proposer is cut off"),
        pytest.param({"propose": [suggest("notes_get")]}, "no_proposal", id="nothing proposed can be called"),
        pytest.param(
            {"propose": [suggest("tasks_list")], "execute": [CUT_OFF, CUT_OFF]}, "no_success", id="no arguments"
        ),
        pytest.param(
            {"propose": [suggest("tasks_get")], "execute": [{"task_id": "TASK-000000"}]}, "no_success", id="it fails"
        ),
        pytest.param({"propose": [LISTING], "execute": [{"limit": 2}], "select": [NONE]}, "not_selected", id="none"),
        pytest.param(
            {"propose": [LISTING], "execute": [{"limit": 2}], "select": ["?", "?"]},
            "no_selection",
            id="the selector is unreadable",
        ),
        pytest.param({"propose": [suggest("tasks_list")], "execute": [{}]}, "no_success", id="it repeats"),
    ],
)
async def test_a_step_that_adds_nothing_says_why_and_changes_nothing(
    make_setting: MakeSetting, told_teacher: Any, replies: dict[str, list[Any]], outcome: str
) -> None:
    start: dict[str, list[Any]] = {
        "propose": [suggest("tasks_list")],
        "execute": [{}],
        "inverse_predict": [ASKED],
        "respond": [ANSWERED],
        "select": [],
    }
    teacher = told_teacher(**{stage: start[stage] + replies.get(stage, []) for stage in start})
    setting = make_setting(teacher, (*TASKS, "notes_get"), proposals=1, iterations=2, call_attempts=1)
    sample = await grow(setting, 0)
    assert [step.outcome for step in sample.steps] == ["accepted", outcome]
    assert len(sample.workflow.links) == 1
    assert sample.query == ASKED["query"]
    assert all(left == [] for left in teacher.replies.values())


async def test_a_sample_that_kept_no_call_is_rejected(make_setting: MakeSetting, told_teacher: Any) -> None:
    sample = await grow(make_setting(told_teacher(propose=[CUT_OFF] * 4), TASKS, iterations=2), 0)
    assert (sample.rejected, sample.query) == ("no_accepted_call", None)
    assert [step.inverse for step in sample.steps] == ["skipped", "skipped"]


async def test_a_call_that_would_need_one_chain_too_many_is_not_kept(
    make_setting: MakeSetting, told_teacher: Any
) -> None:
    teacher = told_teacher(
        propose=[suggest("tasks_create")] * 3,
        execute=[{"title": "one"}, {"title": "two"}, {"title": "three"}],
        select=[FIRST, FIRST],
        inverse_predict=[ASKED] * 2,
        respond=[ANSWERED] * 2,
    )
    sample = await grow(make_setting(teacher, TASKS, proposals=1, iterations=3, max_chains=2), 0)
    assert [step.outcome for step in sample.steps] == ["accepted", "accepted", "chain_limit"]
    assert [link.call.arguments["title"] for link in sample.workflow.links] == ["one", "two"]


async def test_the_aim_is_the_reason_of_the_first_kept_call(make_setting: MakeSetting, told_teacher: Any) -> None:
    teacher = told_teacher(
        propose=[{**suggest("tasks_create"), "reason": "post a letter"}, {**LISTING, "reason": "other"}] * 2,
        execute=[{"title": "one"}, {}, {"title": "two"}, {"limit": 2}],
        select=[FIRST, FIRST, FIRST],
        inverse_predict=[ASKED] * 4,
        respond=[ANSWERED] * 4,
    )
    await grow(make_setting(teacher, TASKS, proposals=1, iterations=4), 0)
    first, *later = teacher.prompts("propose")
    assert "The user's aim" not in first
    assert all("The user's aim: post a letter\n" in prompt for prompt in later)


async def test_every_step_is_told_of_as_it_ends(make_setting: MakeSetting) -> None:
    steps: list[Step] = []
    setting = make_setting(ScriptedTeacher(), TASKS, iterations=5)
    sample = await grow(Setting(**{**vars(setting), "on_step": steps.append}), 0)
    assert tuple(steps) == sample.steps
    assert [step.index for step in steps] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("sample", range(6))
async def test_kept_calls_give_the_same_results_in_a_fresh_world(
    make_setting: MakeSetting, catalog: Catalog, sample: int
) -> None:
    pools = [pool.tools for pool in deal_pools(catalog, 30, 0.3, 7, visits=10**6)]
    grown = await grow(make_setting(ScriptedTeacher(), *pools, iterations=10), sample)
    assert len(grown.workflow.links) >= 2
    session = Session.fresh(catalog, grown.world_seed)
    for link in grown.workflow.links:
        assert session.call(link.call) == link.result
    for step in grown.steps:
        for index, link in enumerate(grown.workflow.links):
            if link.step == step.index:
                assert step.selection is not None
                assert step.selection.report is not None
                assert step.reports[step.selection.report].kept.call == link.call
                assert all(edge.link < index for edge in link.edges)
    assert Trajectory.model_validate_json(grown.model_dump_json()) == grown


async def test_growing_twice_gives_the_same_bytes(make_setting: MakeSetting) -> None:
    setting = make_setting(ScriptedTeacher(), (*TASKS, "notes_search", "email_list"), iterations=6)
    first, second, other = await grow(setting, 3), await grow(setting, 3), await grow(setting, 4)
    assert canonical_json(first.model_dump(mode="json")) == canonical_json(second.model_dump(mode="json"))
    assert first.world_seed != other.world_seed
