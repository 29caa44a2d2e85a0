"""Inverse Predictor: the query that the workflow answers, and the response that it allows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from toolgrad_local.catalog.readiness import OPAQUE_SUFFIX
from toolgrad_local.data_model.workflow import ArgumentLeaf, Workflow
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.context import StepContext, ask
from toolgrad_local.loop.provenance import settle
from toolgrad_local.prompting.schemas import inverse_schema

MOST_VALUES = 16
"""Values that a prompt lists at most."""
ECHO_WORDS = 7
"""As many words in a row as nobody shares with a prompt by chance."""


@dataclass(frozen=True)
class Draft:
    """A query and response, and the workflow with the sources that this query settles."""

    query: str
    response: str
    workflow: Workflow


async def inverse_predict(context: StepContext, workflow: Workflow, told: dict[str, object]) -> Draft:
    """The first draft whose query says every value that only it can give, else the one that lacks fewest.

    Raises ReplyError if there is no draft at all.
    """
    best: Draft | None = None
    for number in range(context.setting.loop.query_drafts):
        lacking = [] if best is None else untraced_values(best.workflow)
        try:
            draft = await write_draft(context, workflow, told, number, lacking)
        except ReplyError:
            if best is None and number == context.setting.loop.query_drafts - 1:
                raise
            continue
        if best is None or len(untraced_values(draft.workflow)) < len(lacking):
            best = draft
        if not untraced_values(best.workflow):
            break
    assert best is not None
    return best


async def write_draft(
    context: StepContext, workflow: Workflow, told: dict[str, object], number: int, lacking: list[str]
) -> Draft:
    """One draft; `lacking` are the values that an earlier one left out. Raises ReplyError."""
    messages = context.setting.prompts.render(
        "inverse_predict",
        stated=values_to_state(workflow),
        hidden=values_to_hide(workflow),
        lacking=lacking,
        **told,
    )
    judge = partial(refuse_copy, workflow=workflow, prompt=messages[-1].content)
    reply = await ask(context, "inverse_predict", inverse_schema(), messages, slot=number, judge=judge)
    query, response = (" ".join(reply[name].split()) for name in ("query", "response"))
    return Draft(query, response, settle(workflow, query))


def refuse_copy(reply: dict[str, str], workflow: Workflow, prompt: str) -> None:
    """Raises ReplyError for an empty query or response, and for a query that is copied from the prompt."""
    if not reply["query"].strip() or not reply["response"].strip():
        raise ReplyError("schema_mismatch", "the query or the response is empty")
    if repeats(without_values(" ".join(reply["query"].split()), workflow), prompt):
        raise ReplyError("echo", "the query repeats the prompt")


def without_values(query: str, workflow: Workflow) -> str:
    """The query without the texts that it has to quote."""
    for leaf in leaves_of(workflow):
        if isinstance(leaf.value, str) and leaf.value.strip():
            query = query.replace(" ".join(leaf.value.split()), "|")
    return query


def repeats(query: str, prompt: str) -> bool:
    """True if a run of `ECHO_WORDS` words of the query stands in the prompt: it was copied, not written."""
    words, told = query.lower().split(), " ".join(prompt.lower().split())
    return any(" ".join(words[i : i + ECHO_WORDS]) in told for i in range(len(words) - ECHO_WORDS + 1))


def values_to_state(workflow: Workflow) -> list[str]:
    """The argument values that only the query can give, each with what it is: `Paris (city)`."""
    values = [describe(leaf) for leaf in leaves_of(workflow) if leaf.source in ("untraced", "query")]
    return list(dict.fromkeys(values))[:MOST_VALUES]


def untraced_values(workflow: Workflow) -> list[str]:
    """The values that a settled workflow has no source for, as in `values_to_state`."""
    values = [describe(leaf) for leaf in leaves_of(workflow) if leaf.source == "untraced"]
    return list(dict.fromkeys(values))[:MOST_VALUES]


def values_to_hide(workflow: Workflow) -> list[str]:
    """The ids that flowed from one call to the next."""
    values = [
        str(leaf.value)
        for leaf in leaves_of(workflow)
        if leaf.edge is not None and leaf.edge.entity is not None and leaf.edge.entity.endswith(OPAQUE_SUFFIX)
    ]
    return list(dict.fromkeys(values))[:MOST_VALUES]


def describe(leaf: ArgumentLeaf) -> str:
    """A value and the parameter that it is for, in words."""
    name = re.split(r"[.\[]", leaf.path)[0].replace("_", " ")
    return f"{leaf.value} ({name})"


def leaves_of(workflow: Workflow) -> Iterator[ArgumentLeaf]:
    """Every argument leaf, in order."""
    for link in workflow.links:
        yield from link.leaves
