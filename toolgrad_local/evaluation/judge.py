"""The quality of response (QoR) as the paper measures it: a judge says which requests of a query an answer serves.

All answers are written by one writer from the query and what the calls gave, so that a model is judged by what it
found out and not by its prose. The judge writes them, and is given the gold response as what is right.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from toolgrad_local.data_model.call import ToolCall, ToolResult
from toolgrad_local.data_model.exchange import Message, Request, RequestKey, Sampling
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.errors import RequestRefused
from toolgrad_local.evaluation.question import tell_result
from toolgrad_local.prompting.brief import shorten_result
from toolgrad_local.prompting.schemas import TEXT, closed

LIST_REQUESTS = (
    "A user's message may hold several requests. List each thing that the user asks for, one short sentence each, in "
    "their order. Split nothing that is one request, and add nothing."
)
WRITE_ANSWER = (
    "Answer the user's message from the results of the functions that were called, in one or two plain sentences a "
    "request. State only what the results say. If they do not serve a request, say that you could not find it out."
)
SCORE_ANSWER = (
    "You compare an answer with the right answer. For each request, in order, score 1 if the answer serves the request "
    "with the same facts as the right answer, and 0 if it does not, states other facts or says that it could not."
)
MOST_REQUESTS = 8
RESULT_TOKENS = 300
"""Of one result, in the writer's prompt."""
REFUSAL = "I am sorry, I could not find that out."


@dataclass(frozen=True)
class Judge:
    """Judge and writer, on one served model."""

    teacher: Teacher

    async def list_requests(self, number: int, query: str) -> tuple[str, ...]:
        """What the query asks for; the query itself if the judge does not say."""
        items = {"type": "array", "items": TEXT, "minItems": 1, "maxItems": MOST_REQUESTS}
        reply = await self._ask(number, 0, LIST_REQUESTS, f"Message: {query}", closed({"requests": items}), 300)
        found = reply.get("requests")
        return tuple(found) if isinstance(found, list) and found else (query,)

    async def write_answer(
        self, number: int, query: str, made: Sequence[tuple[ToolCall, ToolResult | None]], slot: int
    ) -> str:
        """The answer to the query that the results allow; a refusal if nothing was called."""
        if not made:
            return REFUSAL
        lines = [f"{call.tool}: {tell(result)}" for call, result in made]
        told = "\n".join([f"Message: {query}", "Results:", *lines])
        reply = await self._ask(number, slot, WRITE_ANSWER, told, closed({"answer": TEXT}), 300)
        return str(reply.get("answer", REFUSAL))

    async def score(self, number: int, requests: Sequence[str], right: str, answer: str, slot: int) -> tuple[int, ...]:
        """0 or 1 for each request; none if the judge gives no scores."""
        numbered = "\n".join(f"{place}. {request}" for place, request in enumerate(requests, start=1))
        told = f"Requests:\n{numbered}\n\nRight answer: {right}\n\nAnswer: {answer}"
        count = len(requests)
        scores = {
            "type": "array",
            "items": {"type": "integer", "enum": [0, 1]},
            "minItems": count,
            "maxItems": count,
        }
        reply = await self._ask(number, slot, SCORE_ANSWER, told, closed({"scores": scores}), 20 + 4 * count)
        found = reply.get("scores")
        return tuple(found) if isinstance(found, list) and len(found) == count else ()

    async def _ask(
        self, number: int, slot: int, rule: str, told: str, schema: dict[str, Any], tokens: int
    ) -> dict[str, Any]:
        """The reply's value; empty if it is cut off, or if there is too much to read."""
        request = Request(
            key=RequestKey(sample=number, step=0, stage="judge", slot=slot),
            messages=(Message(role="system", content=rule), Message(role="user", content=told)),
            json_schema=schema,
            sampling=Sampling(temperature=0.0, max_tokens=tokens),
            seed=0,
        )
        try:
            reply = await self.teacher.ask(request)
            value = json.loads(reply.text)
        except (RequestRefused, ValueError):
            return {}
        return value if isinstance(value, dict) else {}


def tell(result: ToolResult | None) -> str:
    """A result as the writer reads it."""
    return "nothing" if result is None else shorten_result(tell_result(result), RESULT_TOKENS)
