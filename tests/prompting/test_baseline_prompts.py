"""The prompts of the baselines as the teacher reads them. After a change on purpose: `pytest --write-golden`."""

from collections.abc import Callable
from typing import Any

import pytest

from toolgrad_local.baselines.next_step import choose
from toolgrad_local.baselines.path import Path, make_call
from toolgrad_local.baselines.pose import pose
from toolgrad_local.baselines.standard import annotate_at_once
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.exchange import Message
from toolgrad_local.data_model.stages import Report
from toolgrad_local.generation.styles import resolve_styles
from toolgrad_local.loop.context import Setting, StepContext
from toolgrad_local.loop.style import draw_style

TOOLS = ("airports_in_city", "flights_search", "flight_bookings_book")
QUERY = "Which airports has Paris, and could you book Ada Lovelace a flight from DUB to CDG on January 15, 2026?"
CALLS = (
    ToolCall(tool="airports_in_city", arguments={"city": "Paris"}),
    ToolCall(tool="flights_search", arguments={"origin": "DUB", "destination": "CDG", "date": "2020-01-15"}),
)
NEXT = {"thought": "", "next": {"tool": "airports_in_city", "arguments": {"city": "Cork"}}}


class Scene:
    """An annotator in the middle of its work."""

    def __init__(self, setting: Setting, teacher: Any, made: int) -> None:
        """`made`: how many of CALLS the path has."""
        self.teacher, self.context = teacher, StepContext(setting, sample=0, step=9)
        session = Session.fresh(setting.catalog, 7)
        self.facts = session.facts()
        self.path = Path(QUERY, TOOLS, session, session.world.today)
        for number, call in enumerate(CALLS[:made]):
            context = StepContext(setting, sample=0, step=number)
            self.path = make_call(context, self.path, 0, f"Thought {number + 1}.", call)

    async def pose(self) -> tuple[Message, ...]:
        """The messages to the writer of the query."""
        self.teacher.replies["pose"] = [{"values": "", "query": QUERY}]
        style = draw_style(resolve_styles(None), ("English",), 7, 0)
        await pose(self.context, TOOLS, self.facts, style)
        return self.last()

    async def standard(self) -> tuple[Message, ...]:
        """The messages that ask for all calls."""
        self.teacher.replies["standard"] = [{"calls": [{"tool": CALLS[0].tool, "arguments": CALLS[0].arguments}]}]
        await annotate_at_once(self.context, 0, self.path, 10)
        return self.last()

    async def step(self, stage: Any, *earlier: Report) -> tuple[Message, ...]:
        """The messages that ask for the next step."""
        self.teacher.replies[stage] = [NEXT]
        await choose(self.context, stage, self.path, earlier)
        return self.last()

    def last(self) -> tuple[Message, ...]:
        """The messages of the latest request."""
        return tuple(self.teacher.requests[-1].messages)


@pytest.fixture
def scene(make_setting: Callable[..., Setting], told_teacher: Any) -> Callable[[int], Scene]:
    """Makes a scene with some calls."""

    def make(made: int) -> Scene:
        teacher = told_teacher()
        return Scene(make_setting(teacher, TOOLS), teacher, made)

    return make


def show(messages: tuple[Message, ...]) -> str:
    """Messages for people."""
    return "\n".join(f"--- {message.role}\n{message.content}\n" for message in messages)


async def test_the_writer_of_a_query_and_the_annotators_read_their_golden_prompts(scene: Any, golden: Any) -> None:
    here = scene(2)
    golden("pose.txt", show(await here.pose()))
    golden("standard.txt", show(await scene(0).standard()))
    golden("react.txt", show(await here.step("react")))
    golden("dfs.txt", show(await scene(1).step("dfs", here.path.reports[-1])))


async def test_no_prompt_of_a_baseline_has_a_gap_or_an_open_brace(scene: Any) -> None:
    for made in (0, 1, 2):
        here = scene(made)
        asked = [await here.pose(), await here.standard(), await here.step("react"), await here.step("dfs")]
        for text in map(show, [*asked, await here.step("dfs", *here.path.reports)]):
            assert "{{" not in text
            assert "{%" not in text
            assert "\n\n\n" not in text
            assert "  " not in text


async def test_the_steps_of_every_sample_and_of_both_methods_share_their_system_prompt(scene: Any) -> None:
    here, there = scene(2), scene(0)
    assert (await here.step("react"))[0] == (await there.step("react"))[0] == (await there.step("dfs"))[0]
    assert (await here.pose())[0] == (await there.pose())[0]


@pytest.mark.parametrize("made", [0, 1])
async def test_the_next_step_shares_the_prefix_up_to_the_calls(scene: Any, made: int) -> None:
    here, there = await scene(made).step("react"), await scene(made + 1).step("react")
    assert there[: len(here)] == here
    assert len(there) == len(here) + 2
