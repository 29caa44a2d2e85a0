"""A sample of a baseline: its query stays as written, and it passes only with an answer."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from toolgrad_local.baselines.grow import grow
from toolgrad_local.data_model.run_config import Baseline
from toolgrad_local.loop.context import Setting

POOL = ("tasks_create",)
ASKED = {"values": "", "query": "Please add the task Buy stamps to my list"}
CREATE = {"tool": "tasks_create", "arguments": {"title": "Buy stamps", "priority": "low"}}
CUT_OFF = '{"…'


@pytest.fixture
def setting(make_setting: Callable[..., Setting]) -> Callable[..., Setting]:
    """A setting of a method."""

    def make(teacher: Any, method: Any) -> Setting:
        return replace(make_setting(teacher, POOL), baseline=Baseline(method=method, rounds=2, steps=2))

    return make


async def test_a_sample_is_posed_annotated_answered_and_audited(setting: Any, told_teacher: Any) -> None:
    teacher = told_teacher(
        pose=[ASKED], standard=[{"calls": [CREATE]}], respond=[{"response": "I added the task Buy stamps."}]
    )
    sample = await grow(setting(teacher, "standard"), 0)
    assert (sample.rejected, sample.query) == (None, ASKED["query"])
    (link,) = sample.workflow.links
    assert link.call.arguments == {"title": "Buy stamps"}
    assert [leaf.source for leaf in link.leaves] == ["query"]
    assert [ask.stage for ask in sample.steps[0].asks] == ["pose", "standard"]
    assert [ask.stage for ask in sample.closing] == ["respond"]
    assert sample.turns == ((0,),)


async def test_a_query_that_the_audit_finds_fault_with_is_not_written_anew(setting: Any, told_teacher: Any) -> None:
    teacher = told_teacher(
        pose=[{"values": "", "query": "Please add the task Buy stamps by 17:45"}],
        standard=[{"calls": [CREATE]}],
        respond=[{"response": "I added the task Buy stamps."}],
    )
    sample = await grow(setting(teacher, "standard"), 0)
    assert sample.rejected == "query"
    assert sample.accepted
    assert teacher.replies["pose"] == []


@pytest.mark.parametrize(
    ("method", "replies", "rejected"),
    [
        pytest.param("react", {"pose": [CUT_OFF] * 2}, "no_query", id="no query"),
        pytest.param("standard", {"pose": [ASKED], "standard": [CUT_OFF] * 2}, "no_accepted_call", id="no calls"),
        pytest.param(
            "react", {"pose": [ASKED], "react": [{"thought": "", "next": CREATE}] * 2}, "unfinished", id="no end"
        ),
        pytest.param(
            "dfs", {"pose": [ASKED], "dfs": [{"thought": "", "next": CREATE}] * 2}, "unfinished", id="no branch"
        ),
    ],
)
async def test_without_an_end_a_sample_has_a_query_and_does_not_pass(
    setting: Any, told_teacher: Any, method: str, replies: dict[str, list[Any]], rejected: str
) -> None:
    sample = await grow(setting(told_teacher(**replies), method), 0)
    assert sample.rejected == rejected
    assert not sample.accepted
    assert (sample.query is None) == (rejected == "no_query")
    assert sample.audit is None
