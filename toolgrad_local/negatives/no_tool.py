"""Small talk and general knowledge: whatever is offered, nothing is called."""

from functools import cache
from importlib.resources import files

import yaml

from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.example import Example
from toolgrad_local.negatives.bench import Bench
from toolgrad_local.negatives.gold import world_date
from toolgrad_local.negatives.offered import offer_tools
from toolgrad_local.seeding import derive_seed, shuffle

AUTHOR = "bundled"
"""Stands for the teacher: these rows are written by hand."""


class Chat(Data):
    """A query that needs no tool, and an honest answer that does not age."""

    query: str
    answer: str


@cache
def read_chats() -> tuple[Chat, ...]:
    """The bundled list; a row's id is its place in it."""
    text = files("toolgrad_local.negatives").joinpath("no_tool.yaml").read_text(encoding="utf-8")
    return tuple(Chat.model_validate(entry) for entry in yaml.safe_load(text))


def make_no_tool(number: int, bench: Bench) -> Example:
    """The row of that place, with random tools."""
    chat, row, seed = read_chats()[number], f"n{number:04d}", bench.options.seed
    drawn = shuffle(tuple(bench.catalog.tools), seed, row)[: bench.options.offered]
    return Example(
        id=row,
        group=row,
        kind="no_tool",
        domains=(),
        tools=offer_tools(drawn, bench.catalog, seed, row),
        query=chat.query,
        turns=(),
        thought=None,
        answer=chat.answer,
        single_turn=True,
        teacher=AUTHOR,
        today=world_date(derive_seed(seed, row)),
    )
