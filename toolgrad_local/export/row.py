"""What a row says, whichever the format: what every format writes, and what is read back out of it."""

from typing import Literal, cast

from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.example import Example, ExampleCall, ExampleKind, OfferedTool, Turn
from toolgrad_local.data_model.trajectory import Trajectory

Part = Literal["today", "tools", "results", "answer", "thoughts"]
"""What a format may have no place for; every format holds the query and the calls."""


class Row(Data):
    """One row; a part is None where the format has no place for it."""

    id: str
    query: str
    today: str | None
    """`2024-05-09`"""
    tools: tuple[OfferedTool, ...] | None
    turns: tuple[Turn, ...]
    """Empty for a negative."""
    thought: str | None
    """Before the answer."""
    answer: str | None
    """None in the single-turn view of a row with calls, which then has no results either."""


def row_of(example: Example) -> Row:
    """The whole example."""
    return Row(
        id=example.id,
        query=example.query,
        today=example.today,
        tools=example.tools,
        turns=example.turns,
        thought=example.thought,
        answer=example.answer,
    )


def single_turn_of(row: Row) -> Row:
    """The row up to its calls, all made at once and without results; a row without calls as it is."""
    if not row.turns:
        return row
    calls = tuple(call.model_copy(update={"result": None}) for turn in row.turns for call in turn.calls)
    return row.model_copy(
        update={"turns": (Turn(thought=row.turns[0].thought, calls=calls),), "thought": None, "answer": None}
    )


def chains_of(trajectory: Trajectory) -> Row:
    """The workflow as it was grown: a turn for each chain, no offered tools."""
    links = trajectory.workflow.links
    turns = tuple(
        Turn(
            thought=None,
            calls=tuple(
                ExampleCall(
                    id=f"call_{index + 1}",
                    tool=links[index].call.tool,
                    arguments=links[index].call.arguments,
                    result=links[index].result.value,
                )
                for index in chain
            ),
        )
        for chain in trajectory.workflow.chains
    )
    return Row(
        id=f"w{trajectory.sample:06d}",
        query=trajectory.query or "",
        today=None,
        tools=None,
        turns=turns,
        thought=None,
        answer=trajectory.response,
    )


def keep(row: Row, parts: frozenset[Part]) -> Row:
    """The row without the parts that a format does not hold."""
    return row.model_copy(
        update={
            "today": row.today if "today" in parts else None,
            "tools": row.tools if "tools" in parts else None,
            "turns": tuple(keep_turn(turn, parts) for turn in row.turns),
            "thought": row.thought if "thoughts" in parts else None,
            "answer": row.answer if "answer" in parts else None,
        }
    )


def keep_turn(turn: Turn, parts: frozenset[Part]) -> Turn:
    """The turn without thought or results, where these are not among the parts."""
    calls = turn.calls
    if "results" not in parts:
        calls = tuple(call.model_copy(update={"result": None}) for call in calls)
    return Turn(thought=turn.thought if "thoughts" in parts else None, calls=calls)


def kind_of(row_id: str) -> ExampleKind:
    """`w000012` is a positive, `w000012-irrelevance` says what it is, `n0007` needs no tool."""
    head, _, kind = row_id.partition("-")
    if kind:
        return cast(ExampleKind, kind)
    return "no_tool" if head.startswith("n") else "positive"


def group_of(row_id: str) -> str:
    """What a split keeps together: the workflow's number, or the row's own."""
    return row_id.partition("-")[0]


def count_calls(turns: list[list[tuple[str, dict[str, object]]]]) -> tuple[Turn, ...]:
    """Turns of calls, given as tool and arguments, with ids counted through the row and no results."""
    numbered: list[Turn] = []
    count = 0
    for turn in turns:
        calls = tuple(
            ExampleCall(id=f"call_{count + place}", tool=tool, arguments=arguments, result=None)
            for place, (tool, arguments) in enumerate(turn, start=1)
        )
        count += len(calls)
        numbered.append(Turn(thought=None, calls=calls))
    return tuple(numbered)
