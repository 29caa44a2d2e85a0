"""The prompts as the teacher reads them. After a change on purpose: `pytest --write-golden`, and read the diff."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.audit.provenance import settle, trace_call
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.exchange import STAGES, Message
from toolgrad_local.data_model.run_config import Baseline, RunConfig
from toolgrad_local.data_model.stages import Attempt, Proposal, Report
from toolgrad_local.data_model.workflow import Link, Workflow
from toolgrad_local.errors import PromptError, ReplyError
from toolgrad_local.generation.styles import resolve_styles
from toolgrad_local.loop.context import Setting, StepContext
from toolgrad_local.loop.execute import execute
from toolgrad_local.loop.inverse_predict import inverse_predict
from toolgrad_local.loop.omit import omit
from toolgrad_local.loop.propose import propose
from toolgrad_local.loop.respond import respond
from toolgrad_local.loop.round_trip import solve
from toolgrad_local.loop.select import select
from toolgrad_local.loop.style import draw_style
from toolgrad_local.loop.tell import tell_workflow
from toolgrad_local.loop.think import think
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
TODAY = date(2025, 1, 2)
QUERY = "Which airports has Paris, and which flights go from DUB to CDG on January 15, 2026?"
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

    async def inverse_predict(self, *earlier: str) -> tuple[Message, ...]:
        """The query writer's messages after these drafts."""
        style = draw_style(resolve_styles(None), ("English",), 7, 0)
        await self.hear(inverse_predict(self.context, self.workflow, style, TODAY), "inverse_predict", "query", earlier)
        return self.last()

    async def respond(self, *earlier: str) -> tuple[Message, ...]:
        """The response writer's messages after these drafts."""
        workflow = settle(self.workflow, QUERY, TODAY)
        await self.hear(respond(self.context, workflow, QUERY, TODAY, "English"), "respond", "response", earlier)
        return self.last()

    async def solve(self, *fill: dict[str, Any]) -> tuple[Message, ...]:
        """The solver's messages after a first call with these arguments; those that ask for them without any."""
        self.teacher.replies["solve"] = [{"left": "all", "tool": "airports_in_city"}, {"left": "", "tool": "none"}]
        self.teacher.replies["fill"] = list(fill) or ["?", "?"]
        await solve(self.context, QUERY, self.workflow, self.setting.pools[0].tools)
        return self.last()

    async def think(self) -> tuple[Message, ...]:
        """The messages to the writer of thoughts."""
        turns = tuple((index,) for index in range(len(self.workflow.links)))
        self.teacher.replies["think"] = [{"thoughts": ["On."] * (len(turns) + 1)}]
        await think(self.context, QUERY, self.workflow, turns, TODAY)
        return self.last()

    async def omit(self) -> tuple[Message, ...]:
        """The messages to whoever leaves a value out."""
        await self.hear(omit(self.context, QUERY, settle(self.workflow, QUERY, TODAY), TODAY), "omit", "query", ("?",))
        return self.last()

    async def hear(self, stage: Any, name: str, field: str, earlier: tuple[str, ...]) -> None:
        """Let a stage end: these replies, then texts that cannot be used."""
        self.teacher.replies[name] = [{field: text} for text in earlier] + ["?"] * 4
        with suppress(ReplyError):
            await stage

    def last(self) -> tuple[Message, ...]:
        """The messages of the latest request."""
        return tuple(self.teacher.requests[-1].messages)


@pytest.fixture
def scene(make_setting: Callable[..., Setting], told_teacher: Any) -> Callable[..., Scene]:
    """Makes a scene with some kept calls."""

    def make(kept: int, **numbers: Any) -> Scene:
        teacher = told_teacher()
        return Scene(make_setting(teacher, POOL, **numbers), teacher, kept)

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


@pytest.mark.parametrize(
    ("name", "earlier"),
    [
        pytest.param("inverse_predict", (), id="first"),
        pytest.param("inverse_predict_again", ("Sure, I fly to Paris for 300 dollars",), id="again"),
    ],
)
async def test_the_query_writer_reads_its_golden_prompt(
    scene: Any, golden: Any, name: str, earlier: tuple[str, ...]
) -> None:
    golden(f"{name}.txt", show(await scene(3, drafts=2).inverse_predict(*earlier)))


@pytest.mark.parametrize(
    ("name", "earlier"),
    [
        pytest.param("respond", (), id="first"),
        pytest.param("respond_again", ("Falcon Air flies for 99.5 on May 4.",), id="again"),
    ],
)
async def test_the_response_writer_reads_its_golden_prompt(
    scene: Any, golden: Any, name: str, earlier: tuple[str, ...]
) -> None:
    golden(f"{name}.txt", show(await scene(2, drafts=2).respond(*earlier)))


async def test_the_solver_reads_its_golden_prompts(scene: Any, golden: Any) -> None:
    golden("fill.txt", show(await scene(2).solve()))
    golden("solve.txt", show(await scene(2).solve({"city": "Paris"})))


async def test_the_writer_of_thoughts_reads_its_golden_prompt(scene: Any, golden: Any) -> None:
    golden("think.txt", show(await scene(2).think()))


async def test_the_one_who_leaves_a_value_out_reads_its_golden_prompt(scene: Any, golden: Any) -> None:
    golden("omit.txt", show(await scene(2).omit()))


async def test_no_prompt_has_a_gap_or_an_open_brace(scene: Any) -> None:
    for kept in (0, 1, 3):
        here = scene(kept, drafts=2)
        asked = [await here.propose(), await here.execute(), await here.select()]
        asked += [await here.inverse_predict("Fly"), await here.respond("Done"), await here.think()]
        for text in map(show, [*asked, await here.solve({"city": "Paris"}), await here.solve()]):
            assert "{{" not in text
            assert "{%" not in text
            assert "\n\n\n" not in text
            assert "  " not in text


@pytest.mark.parametrize("kept", [1, 2])
async def test_the_next_steps_proposer_shares_the_prefix_up_to_the_calls(scene: Any, kept: int) -> None:
    system, user = await scene(kept).propose()
    next_system, next_user = await scene(kept + 1).propose()
    assert next_system == system
    shared = user.content.partition("\n\nThe user's aim")[0]
    assert shared.count(" -> ") == kept
    assert next_user.content.startswith(shared + "\n")


async def test_samples_share_the_whole_system_prompt_of_a_pool(scene: Any) -> None:
    first, other = scene(0), scene(0)
    other.told = {**other.told, "facts": "somebody else"}
    assert (await first.propose())[0] == (await other.propose())[0]


async def test_executor_and_selector_share_system_and_calls(scene: Any) -> None:
    here = scene(2)
    executor, selector = await here.execute(), await here.select()
    assert executor[0] == selector[0]
    shared = executor[1].content.partition("\n\nTask:")[0]
    assert shared == selector[1].content.partition("\n\nTask:")[0]
    assert shared.count(" -> ") == 2


async def test_proposer_and_solvers_of_a_pool_share_its_whole_system_prompt(scene: Any) -> None:
    first, other = scene(2), scene(3)
    assert (await first.solve({"city": "Paris"}))[0] == (await other.solve({"city": "Rome"}))[0]
    assert (await first.propose())[0] == first.teacher.requests[0].messages[0]


async def test_a_solvers_next_prompt_starts_as_the_one_before(scene: Any) -> None:
    here = scene(2)
    await here.solve({"city": "Paris"})
    first, _, second = (request.messages[-1].content for request in here.teacher.requests)
    message = first.partition("\nCalls so far")[0]
    assert message.endswith(QUERY)
    assert second.startswith(f"{message}\nCalls so far (call, result):\nairports_in_city ")


async def test_the_writers_share_their_system_prompts_whatever_they_write_of(scene: Any) -> None:
    here, there = scene(2), scene(3)
    assert (await here.inverse_predict())[0] == (await there.inverse_predict())[0]
    assert (await here.respond())[0] == (await there.respond())[0]
    assert (await here.think())[0] == (await there.think())[0]


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


def test_the_digest_covers_the_stages_of_a_method_and_what_they_include(tmp_path: Path) -> None:
    for path in Prompts().folder.glob("*.jinja"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    methods = [RunConfig(teacher="x", styles=None, baseline=b) for b in (None, Baseline(method="react"))]
    digests = [Prompts().digest(config.stages) for config in methods]
    changed: list[set[str]] = [set(), set()]
    for path in sorted(tmp_path.iterdir()):
        text = path.read_text()
        path.write_text(text + " ")
        for found, config, digest in zip(changed, methods, digests, strict=True):
            if Prompts(tmp_path).digest(config.stages) != digest:
                found.add(path.stem)
        path.write_text(text)
    assert changed[0] - changed[1] == {
        "propose", "execute", "select", "inverse_predict", "_worker", "_calls",
    }  # fmt: skip
    assert changed[1] - changed[0] == {"pose", "react", "_annotate", "_stepwise"}
    assert changed[0] & changed[1] == {"respond", "solve", "fill", "think", "omit", "_tools", "_message"}
    assert [Prompts(tmp_path).digest(config.stages) for config in methods] == digests
