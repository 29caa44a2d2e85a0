"""One training row before it takes the shape of a format."""

from typing import Any, Literal

from toolgrad_local.data_model.base import Data

ExampleKind = Literal["positive", "irrelevance", "missing_tool", "missing_parameter", "no_tool"]
"""irrelevance: no offered tool has to do with the query; missing_tool: tools of the same domains are offered, and
none of them can serve; missing_parameter: the query leaves out a value that a call needs; no_tool: small talk and
general knowledge. Only a positive has calls."""
Split = Literal["train", "test"]


class OfferedTool(Data):
    """A tool as the model sees it."""

    name: str
    description: str
    parameters: dict[str, Any]
    """JSON Schema of the arguments, without the marks that only this program reads."""


class ExampleCall(Data):
    """A gold call with what it gave."""

    id: str
    """`call_1`, counted through the row."""
    tool: str
    arguments: dict[str, Any]
    result: Any
    """JSON value."""


class Turn(Data):
    """Calls that are made side by side."""

    thought: str | None
    """None where the teacher wrote none that passes the audit."""
    calls: tuple[ExampleCall, ...]


class Example(Data):
    """One row: what is offered, what is asked, what is done, what is answered."""

    id: str
    """`w000012`, `w000012-missing_tool`, `n0007`."""
    group: str
    """What a split keeps together: `w000012` for a workflow's rows."""
    kind: ExampleKind
    domains: tuple[str, ...]
    """Of the gold tools, sorted; empty for no_tool."""
    tools: tuple[OfferedTool, ...]
    query: str
    turns: tuple[Turn, ...]
    """Empty for a negative."""
    thought: str | None
    """Before the answer; None as in Turn."""
    answer: str
    single_turn: bool
    """True if the query says every argument, so that all calls can be made at once."""
    teacher: str
    today: str
    """The world's date, `2024-05-09`: a system message gives it, so that a query may say "tomorrow"."""
    world_seed: int | None = None
    """The world in which the calls were made; None without a workflow."""
