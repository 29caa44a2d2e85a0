"""The prompts as the teacher reads them. After a change on purpose: `pytest --write-golden`, and read the diff."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.exchange import STAGES, Message
from toolgrad_local.data_model.stages import Attempt, Proposal, Report
from toolgrad_local.data_model.workflow import ArgumentLeaf, Link, Workflow
from toolgrad_local.errors import PromptError, ReplyError
from toolgrad_local.loop.context import Setting, StepContext
from toolgrad_local.loop.execute import execute
from toolgrad_local.loop.inverse_predict import inverse_predict
from toolgrad_local.loop.propose import propose
from toolgrad_local.loop.provenance import settle, trace_call
from toolgrad_local.loop.select import select
from toolgrad_local.loop.tell import tell_workflow
from toolgrad_local.prompting.render import Prompts

POOL = (
    "airports_in_city",
    "flights_search",
    "flights_get",
    "flight_bookings_book",
    "hotels_search",
    "tasks_create",
    "exchange_rates_convert",
)
CALLS = (
    ToolCall(tool="airports_in_city", arguments={"city": "Paris"}),
    ToolCall(tool="flights_search", arguments={"origin": "DUB", "destination": "CDG", "date": "2026-01-15"}),
    ToolCall(tool="exchange_rates_convert", arguments={"amount": 300, "from_currency": "EUR", "to_currency": "GBP"}),
)
BOOK = Proposal(tool="flight_bookings_book", instruction="Book a seat on the first flight")


class Scene:
    """A sample in the middle of its growth, and the teacher that hears of it."""

    def __init__(self, setting: Setting, teacher: Any, kept: int) -> None:
        """`kept`: how many of CALLS are in the workflow."""
        self.setting, self.teacher = setting, teacher
        self.session, self.workflow = Session.fresh(setting.catalog, 7), Workflow()
        self.facts = self.session.facts()
        for step, call in enumerate(CALLS[:kept]):
            tool = setting.catalog.tools[call.tool]
            leaves = trace_call(call, tool, self.workflow, setting.catalog.tools)
            chain = step // 2
            link = Link(step=step, chain=chain, call=call, result=self.session.call(call), leaves=leaves)
            assert link.result.ok, link.result.message
            self.workflow = self.workflow.append(link)
        self.context = StepContext(setting, sample=0, step=kept)
        self.told = tell_workflow(self.workflow, self.facts, setting.loop.result_tokens)

    async def propose(self) -> tuple[Message, ...]:
        """The proposer's messages."""
        suggestion = {"instruction": "Go", "tool": "airports_in_city"}
        reply = {"reason": "", "proposals": [suggestion] * self.setting.loop.proposals}
        self.teacher.replies["propose"] = [reply]
        await propose(self.context, self.setting.pools[0], self.workflow, self.told, "fly to Paris")
        return self.last()

    async def execute(self, *failing: dict[str, Any]) -> tuple[Message, ...]:
        """The executor's messages after these arguments have failed."""
        good = {"flight_id": "FL-DUBCDG-20260115-0000", "passenger": "Ada Lovelace"}
        self.teacher.replies["execute"] = [*failing, *[good] * 3]
        await execute(self.context, BOOK, 0, self.workflow, self.session.fork(), self.told)
        return tuple(self.teacher.requests[len(failing)].messages)

    async def select(self) -> tuple[Message, ...]:
        """The selector's messages for two candidates."""
        calls = [
            ToolCall(tool="hotels_search", arguments={"city": "Paris"}),
            ToolCall(tool="tasks_create", arguments={"title": "Pack"}),
        ]
        reports = tuple(self.report(call) for call in calls)
        self.teacher.replies["select"] = [{"reason": "", "report": "r1", "chain": "new"}]
        await select(self.context, self.workflow, reports, self.told)
        return self.last()

    def report(self, call: ToolCall) -> Report:
        """A report that succeeded."""
        attempt = Attempt(call=call, result=self.session.fork().call(call))
        proposal = Proposal(tool=call.tool, instruction="Go")
        return Report(proposal=proposal, attempts=(attempt,), outcome="succeeded")

    async def inverse_predict(self) -> tuple[Message, ...]:
        """The inverse predictor's messages."""
        self.teacher.replies["inverse_predict"] = [{"query": "Fly", "response": "Done"}]
        await inverse_predict(self.context, self.workflow, self.told)
        return self.last()

    def last(self) -> tuple[Message, ...]:
        """The messages of the latest request."""
        return tuple(self.teacher.requests[-1].messages)


@pytest.fixture
def scene(make_setting: Callable[..., Setting], told_teacher: Any) -> Callable[[int], Scene]:
    """Makes a scene with some kept calls."""

    def make(kept: int) -> Scene:
        teacher = told_teacher()
        return Scene(make_setting(teacher, POOL), teacher, kept)

    return make


def show(messages: tuple[Message, ...]) -> str:
    """Messages for people."""
    return "\n".join(f"--- {message.role}\n{message.content}\n" for message in messages)


@pytest.mark.parametrize("kept", [0, 2], ids=["first", "next"])
async def test_the_proposer_reads_its_golden_prompt(scene: Any, golden: Any, kept: int) -> None:
    golden(f"propose_{'next' if kept else 'first'}.txt", show(await scene(kept).propose()))


async def test_the_executor_reads_its_golden_prompt(scene: Any, golden: Any) -> None:
    golden("execute.txt", show(await scene(2).execute()))


async def test_the_executor_reads_what_has_failed(scene: Any, golden: Any) -> None:
    failing = {"flight_id": "FL-DUBCDG-20260115-FFFF", "passenger": "Ada Lovelace"}
    golden("execute_again.txt", show(await scene(2).execute(failing)))


@pytest.mark.parametrize("kept", [0, 3], ids=["first", "next"])
async def test_the_selector_reads_its_golden_prompt(scene: Any, golden: Any, kept: int) -> None:
    golden(f"select_{'next' if kept else 'first'}.txt", show(await scene(kept).select()))


async def test_the_inverse_predictor_reads_its_golden_prompt(scene: Any, golden: Any) -> None:
    golden("inverse_predict.txt", show(await scene(3).inverse_predict()))


async def test_the_inverse_predictor_is_told_what_to_state_and_what_to_hide(scene: Any) -> None:
    grown = scene(2)
    grown.workflow = settle(grown.workflow, "A flight from DUB to Paris")
    _, user = await grown.inverse_predict()
    assert "mentions Paris (city) and DUB (origin) and 2026-01-15 (date)" in user.content
    assert "CDG (destination)" not in user.content


async def test_no_prompt_has_a_gap_or_an_open_brace(scene: Any) -> None:
    for kept in (0, 1, 3):
        here = scene(kept)
        for messages in (await here.propose(), await here.execute(), await here.select(), await here.inverse_predict()):
            text = show(messages)
            assert "{{" not in text
            assert "{%" not in text
            assert "\n\n\n" not in text
            assert "  " not in text


@pytest.mark.parametrize("kept", [1, 2])
async def test_the_next_steps_proposer_shares_the_prefix_up_to_the_calls(scene: Any, kept: int) -> None:
    system, user = await scene(kept).propose()
    next_system, next_user = await scene(kept + 1).propose()
    assert next_system == system
    calls = user.content.partition("\n\n")[0]
    assert calls.count(" -> ") == kept
    assert next_user.content.startswith(calls + "\n")


async def test_samples_share_the_whole_system_prompt_of_a_pool(scene: Any) -> None:
    first, other = scene(0), scene(0)
    other.told = {**other.told, "facts": "somebody else"}
    assert (await first.propose())[0] == (await other.propose())[0]


async def test_the_other_stages_of_a_step_share_system_and_calls(scene: Any) -> None:
    here, after = scene(2), scene(3)
    executor, selector, writer = await here.execute(), await here.select(), await after.inverse_predict()
    assert executor[0] == selector[0] == writer[0]
    shared = executor[1].content.partition("\n\nTask:")[0]
    assert shared == selector[1].content.partition("\n\nTask:")[0]
    assert shared.count(" -> ") == 2
    assert writer[1].content.startswith(shared + "\n")


@pytest.mark.parametrize("stage", STAGES)
def test_a_prompt_that_lacks_a_variable_names_its_file(stage: Any) -> None:
    with pytest.raises(PromptError, match=rf"{stage}\.jinja: '.*' is undefined"):
        Prompts().render(stage)


def test_a_missing_prompt_and_a_missing_block_are_named(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match=rf"no prompt .*select\.jinja.* in {tmp_path}"):
        Prompts(tmp_path).render("select")
    (tmp_path / "select.jinja").write_text("{% block system %}Hello{% endblock %}")
    with pytest.raises(PromptError, match=r"select\.jinja has no block 'user'"):
        Prompts(tmp_path).render("select")


def test_the_digest_covers_what_stages_include(tmp_path: Path) -> None:
    for path in Prompts().folder.glob("*.jinja"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert Prompts(tmp_path).digest == Prompts().digest
    for path in sorted(tmp_path.iterdir()):
        text = path.read_text()
        path.write_text(text + " ")
        assert Prompts(tmp_path).digest != Prompts().digest
        path.write_text(text)
    assert Prompts(tmp_path).digest == Prompts().digest


async def test_a_second_draft_is_told_what_the_first_one_lacks(scene: Any) -> None:
    grown = scene(2)
    grown.context = replace(
        grown.context,
        setting=replace(grown.setting, loop=grown.setting.loop.model_copy(update={"query_drafts": 3})),
    )
    first = {"query": "Fly me to Paris", "response": "Done"}
    second = {"query": "Fly me from DUB to Paris on January 15, 2026", "response": "Booked"}
    grown.teacher.replies["inverse_predict"] = [first, second]
    draft = await inverse_predict(grown.context, grown.workflow, grown.told)
    assert draft.query == second["query"]
    assert draft.response == "Booked"
    assert grown.last()[1].content.count("It must not leave out DUB (origin) or 2026-01-15 (date).") == 1


async def test_the_draft_that_lacks_least_is_kept(scene: Any) -> None:
    grown = scene(2)
    grown.context = replace(
        grown.context,
        setting=replace(grown.setting, loop=grown.setting.loop.model_copy(update={"query_drafts": 2})),
    )
    better, worse = {"query": "Fly me from DUB to Paris", "response": "1"}, {"query": "Fly", "response": "2"}
    grown.teacher.replies["inverse_predict"] = [better, worse]
    assert (await inverse_predict(grown.context, grown.workflow, grown.told)).query == better["query"]


async def test_a_query_that_repeats_the_prompt_is_no_draft(scene: Any) -> None:
    grown = scene(2)
    echo = {"query": "The question is in plain words, without names of tools", "response": "x"}
    grown.teacher.replies["inverse_predict"] = [echo, echo]
    with pytest.raises(ReplyError, match="repeats the prompt"):
        await inverse_predict(grown.context, grown.workflow, grown.told)


async def test_a_query_may_quote_a_long_value_that_the_prompt_shows(scene: Any) -> None:
    grown = scene(0)
    text = "The quick brown fox jumps over the lazy dog at noon"
    call = ToolCall(tool="text_tools_count", arguments={"text": text})
    leaf = ArgumentLeaf(path="text", value=text, source="untraced")
    result = grown.session.call(call)
    grown.workflow = Workflow(links=(Link(step=0, chain=0, call=call, result=result, leaves=(leaf,)),))
    query = f"How many words are in: {text}?"
    grown.teacher.replies["inverse_predict"] = [{"query": query, "response": "11"}]
    assert (await inverse_predict(grown.context, grown.workflow, grown.told)).query == query
