"""The end of a sample: the verdict, and what only a sample that passes the audit is worth."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any, get_args

import pytest

from toolgrad_local.data_model.audit import PART_OF, Audit, Finding, FindingKind, RoundTrip
from toolgrad_local.data_model.exchange import Reply, Request
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.loop.close import judge
from toolgrad_local.loop.context import Setting
from toolgrad_local.loop.grow import grow

TASKS = ("tasks_create", "tasks_list")
GOOD = {
    "propose": {"reason": "", "proposals": [{"tool": "tasks_create", "instruction": "Add Buy stamps"}]},
    "execute": {"title": "Buy stamps"},
    "inverse_predict": {"query": "Add the task Buy stamps to my list"},
    "respond": {"response": "I added the task Buy stamps."},
}
SOLVED: dict[str, list[Any]] = {
    "solve": [{"left": "all", "tool": "tasks_create"}, {"left": "", "tool": "none"}],
    "fill": [GOOD["execute"]],
}
GIVEN_UP = {"solve": [{"left": "all", "tool": "none"}]}
THOUGHTS = {"think": [{"thoughts": ["I add the task Buy stamps.", "It is on the list."]}]}
OMITTED = {"omit": [{"query": "Add a task to my list"}]}
REFUSED = ["?", "?"]
DISAGREES = RoundTrip(attempts=(), same_tools=False, same_arguments=False, same_state=True)
AGREES = RoundTrip(attempts=(), same_tools=True, same_arguments=True, same_state=True)


async def finish(
    make_setting: Callable[..., Setting], told_teacher: Any, replies: dict[str, Any], **numbers: Any
) -> Trajectory:
    """A sample of one call whose stages are told these replies, once each unless there is a list."""
    told = {stage: list(reply) if isinstance(reply, list) else [reply] for stage, reply in {**GOOD, **replies}.items()}
    teacher = told_teacher(**told)
    sample = await grow(make_setting(teacher, TASKS, proposals=1, iterations=1, **numbers), 0)
    assert all(left == [] for left in teacher.replies.values())
    return sample


@pytest.mark.parametrize("kind", get_args(FindingKind))
def test_a_finding_of_any_kind_rejects_by_its_part(kind: FindingKind) -> None:
    reasons = {"grounded": "ungrounded", "query": "query", "response": "response"}
    audit = Audit(findings=(Finding(kind=kind, detail="x"),))
    assert judge(audit, AGREES, required=False) == reasons[PART_OF[kind]]


def test_the_first_part_that_fails_is_the_reason() -> None:
    kinds: tuple[FindingKind, ...] = ("invented_date", "leaked_id", "untraced_argument")
    findings = tuple(Finding(kind=kind, detail="x") for kind in kinds)
    assert judge(Audit(findings=findings), None, required=True) == "ungrounded"
    assert judge(Audit(findings=findings[:2]), None, required=True) == "query"


@pytest.mark.parametrize(
    ("trip", "required", "reason"),
    [
        pytest.param(None, False, None, id="not tried"),
        pytest.param(DISAGREES, False, None, id="it differs, and is only recorded"),
        pytest.param(AGREES, True, None, id="it agrees"),
        pytest.param(DISAGREES, True, "round_trip", id="it differs"),
        pytest.param(None, True, "round_trip", id="not tried but required"),
    ],
)
def test_the_round_trip_counts_where_it_is_required(trip: RoundTrip | None, required: bool, reason: Any) -> None:
    assert judge(Audit(), trip, required) == reason


async def test_a_sample_that_passes_gets_its_round_trip_thoughts_and_omission(
    make_setting: Callable[..., Setting], told_teacher: Any
) -> None:
    wanted = {"round_trip": "record", "thoughts": True, "omissions": True}
    sample = await finish(make_setting, told_teacher, {**SOLVED, **THOUGHTS, **OMITTED}, **wanted)
    assert (sample.rejected, sample.audit, sample.turns) == (None, Audit(), ((0,),))
    assert sample.round_trip is not None
    assert sample.round_trip.agrees
    assert sample.thoughts == ("I add the task Buy stamps.", "It is on the list.")
    assert sample.omission is not None
    assert (sample.omission.query, sample.omission.path) == ("Add a task to my list", "title")
    assert [ask.stage for ask in sample.closing] == ["solve", "solve", "fill", "think", "omit"]
    assert Trajectory.model_validate_json(sample.model_dump_json()) == sample


@pytest.mark.parametrize(
    ("mode", "reason"), [pytest.param("record", None, id="record"), pytest.param("require", "round_trip", id="require")]
)
async def test_a_round_trip_that_differs_is_recorded_or_rejects(
    make_setting: Callable[..., Setting], told_teacher: Any, mode: str, reason: Any
) -> None:
    more = {} if reason else THOUGHTS
    sample = await finish(make_setting, told_teacher, {**GIVEN_UP, **more}, round_trip=mode, thoughts=True)
    assert sample.rejected == reason
    assert sample.round_trip is not None
    assert not sample.round_trip.agrees
    assert (sample.thoughts is None) is bool(reason)


@pytest.mark.parametrize(
    ("replies", "reason", "kinds"),
    [
        pytest.param(
            {"inverse_predict": {"query": "Add a task to my list"}}, "ungrounded", ["untraced_argument"], id="title"
        ),
        pytest.param(
            {"inverse_predict": {"query": "Sure, adding the task Buy stamps"}}, "query", ["not_user_voice"], id="voice"
        ),
        pytest.param(
            {"respond": {"response": "I added the task Buy stamps for 99.5 euros."}},
            "response",
            ["invented_figure"],
            id="figure",
        ),
    ],
)
async def test_a_sample_that_fails_the_audit_is_kept_whole_and_asked_nothing_more(
    make_setting: Callable[..., Setting], told_teacher: Any, replies: dict[str, Any], reason: str, kinds: list[str]
) -> None:
    wanted = {"round_trip": "require", "thoughts": True, "omissions": True}
    sample = await finish(make_setting, told_teacher, replies, **wanted)
    assert sample.audit is not None
    assert (sample.rejected, [finding.kind for finding in sample.audit.findings]) == (reason, kinds)
    assert (sample.turns, sample.round_trip, sample.thoughts, sample.omission) == (((0,),), None, None, None)
    assert sample.accepted
    assert sample.grounded == (reason != "ungrounded")


async def test_a_sample_is_released_without_thoughts_or_omission_that_do_not_pass(
    make_setting: Callable[..., Setting], told_teacher: Any
) -> None:
    replies = {"think": REFUSED, "omit": REFUSED}
    sample = await finish(make_setting, told_teacher, replies, thoughts=True, omissions=True)
    assert (sample.rejected, sample.thoughts, sample.omission) == (None, None, None)
    assert [ask.failure for ask in sample.closing] == ["unparsable"] * 4


class TogetherTeacher:
    """Answers the first question of each of these stages only when all of them have been asked."""

    def __init__(self, inner: Any, *stages: str) -> None:
        self.inner, self.name = inner, inner.name
        self.missing, self.all_asked = set(stages), asyncio.Event()

    async def ask(self, request: Request) -> Reply:
        if request.key.stage in self.missing:
            self.missing.remove(request.key.stage)
            if not self.missing:
                self.all_asked.set()
            await asyncio.wait_for(self.all_asked.wait(), 20)
        reply: Reply = await self.inner.ask(request)
        return reply


@pytest.mark.parametrize(
    ("wanted", "stages"),
    [
        pytest.param("record", ("solve", "think", "omit"), id="recorded"),
        pytest.param("require", ("think", "omit"), id="required"),
    ],
)
async def test_what_does_not_depend_on_one_another_is_asked_together(
    make_setting: Callable[..., Setting], told_teacher: Any, wanted: str, stages: tuple[str, ...]
) -> None:
    replies: dict[str, list[Any]] = {**SOLVED, **THOUGHTS, **OMITTED}
    once = {stage: [reply] for stage, reply in GOOD.items()}
    teacher = TogetherTeacher(told_teacher(**once, **{stage: list(told) for stage, told in replies.items()}), *stages)
    numbers: dict[str, Any] = {"round_trip": wanted, "thoughts": True, "omissions": True}
    setting = make_setting(teacher.inner, TASKS, proposals=1, iterations=1, **numbers)
    sample = await grow(replace(setting, teacher=teacher), 0)
    assert (sample.rejected, teacher.missing) == (None, set())
    assert sample.round_trip
    assert sample.thoughts
    assert sample.omission
