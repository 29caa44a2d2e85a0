"""Queries and responses are written anew until the audit finds nothing, or drafts run out."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from toolgrad_local.data_model.style import Style
from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.context import Setting, StepContext
from toolgrad_local.loop.inverse_predict import Draft, inverse_predict
from toolgrad_local.loop.respond import Answer, respond

MakeSetting = Callable[..., Setting]
MakeCalls = Callable[..., Workflow]
PARKING = (
    ("parking_lots", {"city": "Paris"}),
    ("parking_start_session", {"lot_id": "@0.lots.0.lot_id", "plate": "AB12CD", "minutes": 45}),
)
GOOD = "Please park AB12CD at the cheapest car park in Paris for 45 minutes."
TODAY = date(2024, 5, 17)
STYLE = Style(persona="", situation="", tone="", length="", explicitness="")
CUT_OFF = '{"…'


async def write(setting: Setting, workflow: Workflow) -> Draft:
    """The query of a workflow."""
    return await inverse_predict(StepContext(setting, 0, 2), workflow, STYLE, TODAY)


async def answer(setting: Setting, workflow: Workflow) -> Answer:
    """The response to the good query."""
    return await respond(StepContext(setting, 0, 2), workflow, GOOD, TODAY, "English")


def asked(*queries: str) -> list[dict[str, str]]:
    """Replies with these queries."""
    return [{"query": query} for query in queries]


async def test_a_query_without_a_finding_is_taken_at_once(
    make_setting: MakeSetting, told_teacher: Any, make_calls: MakeCalls
) -> None:
    teacher = told_teacher(inverse_predict=asked(f" {GOOD}\n"))
    draft = await write(make_setting(teacher, drafts=4), make_calls(*PARKING))
    assert (draft.query, draft.findings) == (GOOD, ())
    assert [leaf.source for leaf in draft.workflow.links[1].leaves] == ["edge", "query", "query"]


async def test_a_second_draft_is_told_what_is_missing_and_what_is_leaked(
    make_setting: MakeSetting, told_teacher: Any, make_calls: MakeCalls
) -> None:
    workflow = make_calls(*PARKING)
    lot = workflow.links[0].result.value["lots"][0]["lot_id"]
    first = f"Please park AB12CD at {lot}, a car park in Paris."
    teacher = told_teacher(inverse_predict=asked(first, GOOD))
    draft = await write(make_setting(teacher, drafts=4), workflow)
    assert (draft.query, draft.findings) == (GOOD, ())
    faults = f'it leaves out "45" (minutes); it says {lot}, which the user cannot know'
    assert [faults in prompt for prompt in teacher.prompts("inverse_predict")] == [False, True]
    assert [request.key.slot for request in teacher.requests] == [0, 1]


async def test_the_draft_with_fewest_findings_is_kept_and_spoken_of(
    make_setting: MakeSetting, told_teacher: Any, make_calls: MakeCalls
) -> None:
    worst, better, worse = "Park it", "Please park AB12CD in Paris", "Please park AB12CD"
    teacher = told_teacher(inverse_predict=asked(worst, better, worse, worse))
    draft = await write(make_setting(teacher, drafts=4), make_calls(*PARKING))
    assert draft.query == better
    assert [finding.kind for finding in draft.findings] == ["untraced_argument"]
    assert 'it leaves out "45" (minutes).' in teacher.prompts("inverse_predict")[3]


@pytest.mark.parametrize("drafts", [1, 3])
async def test_there_are_no_more_drafts_than_the_run_allows(
    make_setting: MakeSetting, told_teacher: Any, make_calls: MakeCalls, drafts: int
) -> None:
    teacher = told_teacher(inverse_predict=asked(*["Park it"] * 9))
    await write(make_setting(teacher, drafts=drafts), make_calls(*PARKING))
    assert len(teacher.requests) == drafts


async def test_a_draft_survives_a_later_one_that_is_cut_off(
    make_setting: MakeSetting, told_teacher: Any, make_calls: MakeCalls
) -> None:
    teacher = told_teacher(inverse_predict=[*asked("Park AB12CD"), CUT_OFF, CUT_OFF])
    draft = await write(make_setting(teacher, drafts=2), make_calls(*PARKING))
    assert draft.query == "Park AB12CD"


async def test_no_draft_at_all_is_an_error(make_setting: MakeSetting, told_teacher: Any, make_calls: MakeCalls) -> None:
    teacher = told_teacher(inverse_predict=[CUT_OFF] * 4)
    with pytest.raises(ReplyError, match="cut off"):
        await write(make_setting(teacher, drafts=2), make_calls(*PARKING))
    assert len(teacher.requests) == 4


@pytest.mark.parametrize(
    "echo",
    [
        pytest.param("List the car parks of a city with their rates", id="of a point"),
        pytest.param("find the flights between two airports on a day, please", id="of an example"),
        pytest.param("I want asks for every point and says every value", id="of the task"),
    ],
)
async def test_a_query_that_is_copied_from_the_prompt_is_refused(
    make_setting: MakeSetting, told_teacher: Any, make_calls: MakeCalls, echo: str
) -> None:
    teacher = told_teacher(inverse_predict=asked(echo, echo))
    with pytest.raises(ReplyError, match="repeats the prompt"):
        await write(make_setting(teacher), make_calls(*PARKING))


async def test_a_query_may_quote_a_long_value_and_the_words_of_an_earlier_draft(
    make_setting: MakeSetting, told_teacher: Any, make_calls: MakeCalls
) -> None:
    text = "The quick brown fox jumps over the lazy dog at noon"
    query = f"Could you count for me how many words there are in: {text}?"
    teacher = told_teacher(inverse_predict=asked(f"{query} I have 30.", query))
    draft = await write(make_setting(teacher, drafts=2), make_calls(("text_tools_count", {"text": text})))
    assert (draft.query, draft.findings) == (query, ())


async def test_a_second_response_is_told_what_the_first_one_made_up(
    make_setting: MakeSetting, told_teacher: Any, make_calls: MakeCalls
) -> None:
    workflow = make_calls(*PARKING, query=GOOD)
    cost = workflow.links[1].result.value["cost"]
    bad, good = "AB12CD is parked at Moon Garage for 99.5.", f"AB12CD is parked in Paris for {cost}."
    teacher = told_teacher(respond=[{"response": bad}, {"response": f"{good} \n"}])
    written = await answer(make_setting(teacher, drafts=4), workflow)
    assert (written.response, written.findings) == (good, ())
    faults = "it says 99.5, which is in no result; it says Moon Garage, which is in no result"
    assert [faults in prompt for prompt in teacher.prompts("respond")] == [False, True]
    assert all(GOOD in prompt for prompt in teacher.prompts("respond"))


async def test_the_response_with_fewest_findings_is_kept(
    make_setting: MakeSetting, told_teacher: Any, make_calls: MakeCalls
) -> None:
    workflow = make_calls(*PARKING, query=GOOD)
    better, worse = "AB12CD is parked for 99.5.", "AB12CD is parked at Moon Garage for 99.5."
    teacher = told_teacher(respond=[{"response": text} for text in (better, worse, worse)])
    written = await answer(make_setting(teacher, drafts=3), workflow)
    assert written.response == better
    assert teacher.replies["respond"] == []


async def test_an_empty_response_is_refused(
    make_setting: MakeSetting, told_teacher: Any, make_calls: MakeCalls
) -> None:
    teacher = told_teacher(respond=[{"response": " \n"}] * 2)
    with pytest.raises(ReplyError, match="the response is empty"):
        await answer(make_setting(teacher), make_calls(*PARKING, query=GOOD))
