"""Asks the model a row, and gives it what its calls give."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.chat import ChatRequest
from toolgrad_local.data_model.example import OfferedTool
from toolgrad_local.data_model.exchange import RequestKey, Sampling
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.errors import RequestRefused
from toolgrad_local.evaluation.answer import Answer, Finish, Said
from toolgrad_local.evaluation.calls.constrained import reply_schema
from toolgrad_local.evaluation.calls.table import CONSTRAINED
from toolgrad_local.evaluation.chat import Chat, add_constrained, add_results, describe_tools, open_chat, write_tools
from toolgrad_local.evaluation.question import Question, make_call
from toolgrad_local.evaluation.reading import read_reply

SPARE_TURNS = 2
"""Turns beyond those of the gold answer that a model may take."""


@dataclass(frozen=True)
class Asker:
    """A model and how it is asked."""

    teacher: Teacher
    calls: str
    """The format of its calls."""
    parallel: bool
    sampling: Sampling

    async def ask(self, number: int, turn: int, chat: Chat, tools: Sequence[OfferedTool]) -> Said:
        """One reply. A prompt that is too long for the model is a reply that says so."""
        constrained = self.calls == CONSTRAINED
        request = ChatRequest(
            key=RequestKey(sample=number, step=turn, stage="evaluate"),
            chat=describe_tools(chat, tools) if constrained else chat,
            tools=() if constrained else write_tools(tools),
            json_schema=reply_schema(tools) if constrained else {},
            sampling=self.sampling,
            seed=0,
        )
        try:
            reply = await self.teacher.ask(request)
        except RequestRefused as refused:
            if "context" not in str(refused):
                raise
            return Said(text="", finish="too_long")
        finish = reply.finish_reason if reply.finish_reason in ("stop", "length") else "error"
        return Said(
            text=reply.text,
            finish=cast(Finish, finish),
            prompt_tokens=reply.usage.prompt_tokens,
            completion_tokens=reply.usage.completion_tokens,
        )

    async def answer(self, question: Question, catalog: Catalog, turns: int | None) -> Answer:
        """All replies to a row. Results are given back until the model answers, or for so many turns at most.

        None: as many as the gold answer has, and some more.
        """
        chat, replies, count = open_chat(question.row), list[Said](), 0
        most = turns or len(question.row.turns) + SPARE_TURNS
        session = None if question.gold is None else Session.fresh(catalog, question.gold.seed)
        for turn in range(most):
            said = await self.ask(question.number, turn, chat, question.tools)
            replies.append(said)
            taken = read_reply(said, self.calls, question.tools)
            if not question.goes_on or session is None or not taken.calls or said.finish != "stop":
                break
            made = [(call, make_call(call, question.tools, session)) for call in taken.calls]
            if self.calls == CONSTRAINED:
                chat = add_constrained(chat, said, made)
            else:
                chat = add_results(chat, taken.text, made, count, parallel=self.parallel)
            count += len(made)
        return Answer(id=question.row.id, replies=tuple(replies))
