"""Inverse Predictor: the query that the workflow answers, and the response that it allows."""

from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.loop.context import StepContext, ask
from toolgrad_local.prompting.schemas import inverse_schema

MOST_VALUES = 16
"""Values that a prompt lists at most."""


async def inverse_predict(context: StepContext, workflow: Workflow, told: dict[str, object]) -> tuple[str, str]:
    """Query and response. Raises ReplyError."""
    messages = context.setting.prompts.render(
        "inverse_predict", stated=values_to_state(workflow), hidden=values_to_hide(workflow), **told
    )
    reply = await ask(context, "inverse_predict", inverse_schema(), messages)
    return " ".join(reply["query"].split()), " ".join(reply["response"].split())


def values_to_state(workflow: Workflow) -> list[str]:
    """The argument values that only the query can give, each with the parameter it is for."""
    values = [
        f"{leaf.path} {leaf.value}"
        for link in workflow.links
        for leaf in link.leaves
        if leaf.source in ("untraced", "query")
    ]
    return list(dict.fromkeys(values))[:MOST_VALUES]


def values_to_hide(workflow: Workflow) -> list[str]:
    """The ids that flowed from one call to the next."""
    values = [
        str(leaf.value)
        for link in workflow.links
        for leaf in link.leaves
        if leaf.edge is not None and leaf.edge.entity is not None and leaf.edge.entity.endswith(".id")
    ]
    return list(dict.fromkeys(values))[:MOST_VALUES]
