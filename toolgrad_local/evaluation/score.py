"""Scores one answer. Every row is scored once, and has a value only in the figures that say something of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.call import ToolCall, ToolResult
from toolgrad_local.evaluation.answer import Answer
from toolgrad_local.evaluation.compare_calls import Agreement, compare_calls
from toolgrad_local.evaluation.lines import Line
from toolgrad_local.evaluation.question import Question, make_call
from toolgrad_local.evaluation.reading import HARMLESS, NO_CALL, Taken, read_reply

MEASURES = {
    "right": "right",
    "tool_precision": "tool precision",
    "tool_recall": "tool recall",
    "tool_f1": "tool F1",
    "arguments_exact": "arguments exact",
    "arguments_acceptable": "arguments acceptable",
    "arguments_meaning": "arguments by meaning",
    "success_rate": "success rate",
    "calls_succeed": "calls that succeed",
    "end_state": "end state equal",
    "untouched": "world left as it was",
    "calls": "calls where it should",
    "abstains": "abstains where it should",
    "well_formed": "no format error",
    "qor": "QoR",
    "headline": "BFCL, mean of non-live and live",
    "non_live": "non-live",
    "live": "live",
    "relevance": "relevance",
    "irrelevance": "irrelevance",
}
"""Name and title of every figure, in the order in which they are shown. What each is: docs/evaluation.md."""


class RowScore(Line):
    """One row."""

    kind: str
    domains: tuple[str, ...]
    held_out: bool
    values: dict[str, float]
    """From 0 to 1, by the name of the figure; without those that say nothing of the row."""
    errors: dict[str, int]
    """Format errors by kind."""


@dataclass(frozen=True)
class Done:
    """What came of an answer."""

    taken: tuple[Taken, ...]
    """Reply by reply."""
    made: tuple[tuple[ToolCall, ToolResult | None], ...]
    """All calls in order; the result is None where the world is not known."""
    state: str | None
    """Hash of the world after them."""


def carry_out(answer: Answer, question: Question, form: str, catalog: Catalog) -> Done:
    """Read the replies and make their calls, as they were made when the model was asked."""
    taken = tuple(read_reply(said, form, question.tools) for said in answer.replies)
    calls = [call for reply in taken for call in reply.calls]
    if question.gold is None:
        return Done(taken, tuple((call, None) for call in calls), None)
    session = Session.fresh(catalog, question.gold.seed)
    made = tuple((call, make_call(call, question.tools, session)) for call in calls)
    return Done(taken, made, session.world.state_hash())


def score_row(question: Question, done: Done, catalog: Catalog) -> RowScore:
    """Of a positive, its calls; of a negative, whether nothing was called."""
    errors = Counter(error for reply in done.taken for error in reply.errors)
    values = {"well_formed": float(not set(errors) - HARMLESS)}
    if question.gold is not None:  # doing nothing leaves the right state where gold writes nothing: told apart
        values["end_state" if question.gold.writes else "untouched"] = float(done.state == question.gold.state)
    if question.row.turns:
        values |= score_calls(question, done, catalog)
    else:
        abstains = all(reply.abstains and "engine_error" not in reply.errors for reply in done.taken)
        values |= {"right": float(abstains), "abstains": float(abstains)}
    return RowScore(
        id=question.row.id,
        kind=question.kind,
        domains=question.domains,
        held_out=question.held_out,
        values=values,
        errors=dict(sorted(errors.items())),
    )


def score_calls(question: Question, done: Done, catalog: Catalog) -> dict[str, float]:
    """The values of a row whose gold answer calls something."""
    gold, made = question.calls, [call for call, _ in done.made]
    day = date.fromisoformat(question.row.today) if question.row.today else None
    agreement = compare_calls(gold, made, schemas_of(question, catalog), day)
    values = {
        "right": float(agreement.meaning == len(gold) == len(made) and not tried_more(done)),
        "calls": float(bool(made)),
        **score_agreement(agreement, len(gold), len(made)),
    }
    if question.gold is not None:
        results = [(call, result) for call, result in done.made if result is not None and result.ok]
        served = Counter(call.tool for call in gold) & Counter(call.tool for call, _ in results)
        values["success_rate"] = served.total() / len(gold)
        if made:
            values["calls_succeed"] = len(results) / len(made)
    return values


def tried_more(done: Done) -> bool:
    """True if something was to be a call and is none."""
    return any(NO_CALL & set(reply.errors) for reply in done.taken)


def score_agreement(agreement: Agreement, gold: int, made: int) -> dict[str, float]:
    """Precision is a matter of rows with calls alone."""
    values = {
        "tool_recall": agreement.tools / gold,
        "tool_f1": 2 * agreement.tools / (gold + made),
        "arguments_exact": agreement.exact / gold,
        "arguments_acceptable": agreement.acceptable / gold,
        "arguments_meaning": agreement.meaning / gold,
    }
    return {"tool_precision": agreement.tools / made, **values} if made else values


def schemas_of(question: Question, catalog: Catalog) -> Mapping[str, Mapping[str, object]]:
    """Of the offered tools' parameters: the catalog's, which mark entities, where it has the tool."""
    offered = {tool.name: tool.parameters for tool in question.tools}
    return {name: catalog.tools[name].parameters if name in catalog.tools else own for name, own in offered.items()}


def with_value(score: RowScore, name: str, value: float) -> RowScore:
    """The score with one more value."""
    return score.model_copy(update={"values": {**score.values, name: value}})


def domains_of(scores: Sequence[RowScore]) -> list[str]:
    """All domains of the rows, sorted."""
    return sorted({domain for score in scores for domain in score.domains})
