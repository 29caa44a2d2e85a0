"""The query without one value that a call needs: what a missing-parameter negative is made of."""

from datetime import date
from functools import partial

from toolgrad_local.audit.provenance import settle
from toolgrad_local.audit.query import audit_query
from toolgrad_local.audit.sample import find_untraced
from toolgrad_local.data_model.audit import Omission
from toolgrad_local.data_model.workflow import ArgumentLeaf, Workflow
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.context import StepContext, ask
from toolgrad_local.loop.points import parameter_words
from toolgrad_local.prompting.schemas import query_schema
from toolgrad_local.seeding import shuffle


async def omit(context: StepContext, query: str, workflow: Workflow, today: date) -> Omission | None:
    """The query rewritten without one needed value, verified gone; None if no value can be left out.

    Raises ReplyError if the rewritten queries keep the value, or lose another.
    """
    choices = list_omissible(context, workflow)
    if not choices:
        return None
    link, leaf = shuffle(choices, context.setting.seed, "omit", context.sample)[0]
    name = parameter_words(leaf.path)
    messages = context.setting.prompts.render("omit", query=query, name=name, value=leaf.value)
    judge = partial(refuse_other, context=context, workflow=workflow, link=link, leaf=leaf, today=today)
    reply = await ask(context, "omit", query_schema(), messages, judge=judge)
    return Omission(query=" ".join(reply["query"].split()), link=link, path=leaf.path, value=leaf.value)


def list_omissible(context: StepContext, workflow: Workflow) -> list[tuple[int, ArgumentLeaf]]:
    """Link index and leaf of each value that a required parameter needs, and that the query says for it alone."""
    said = [leaf.value for link in workflow.links for leaf in link.leaves if leaf.source == "query"]
    return [
        (index, leaf)
        for index, link in enumerate(workflow.links)
        for leaf in link.leaves
        if leaf.source == "query"
        and leaf.path in context.setting.catalog.tools[link.call.tool].parameters["required"]
        and said.count(leaf.value) == 1
        and not isinstance(leaf.value, bool)
    ]


def refuse_other(
    reply: dict[str, str], context: StepContext, workflow: Workflow, link: int, leaf: ArgumentLeaf, today: date
) -> None:
    """Raises ReplyError unless that value, and nothing else, is gone."""
    query = " ".join(reply["query"].split())
    settled = settle(workflow, query, today)
    missing = [(finding.link, finding.detail) for finding in find_untraced(settled)]
    if missing != [(link, f"{leaf.path} = {leaf.value}")]:
        raise ReplyError("unfounded", "the rewritten query keeps the value, or lacks another")
    findings = [
        finding
        for finding in audit_query(query, settled, context.setting.catalog.tools, today, "English")
        if finding.kind != "call_not_asked"
    ]
    if findings:
        raise ReplyError("unfounded", f"the rewritten query says {findings[0].detail}")
