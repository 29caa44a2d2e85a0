"""API Selector, the textual gradient: which executed candidate the workflow grows by."""

from toolgrad_local.audit.provenance import edges_into
from toolgrad_local.data_model.stages import Report, Selection
from toolgrad_local.data_model.workflow import ArgumentLeaf, Workflow
from toolgrad_local.loop.context import StepContext, ask
from toolgrad_local.loop.tell import tell_report
from toolgrad_local.prompting.handles import chain_handles, index_of, report_handles
from toolgrad_local.prompting.schemas import selection_schema
from toolgrad_local.seeding import shuffle


async def select(
    context: StepContext, workflow: Workflow, reports: tuple[Report, ...], told: dict[str, object]
) -> Selection:
    """The choice among the reports that succeeded. Raises ReplyError.

    Declining is on offer only once there is a workflow. Where there is nothing to choose, the
    teacher is not asked.
    """
    candidates = [index for index, report in enumerate(reports) if report.outcome == "succeeded"]
    may_decline = bool(workflow.links)
    if len(candidates) == 1 and not may_decline:
        return Selection(reason="the only candidate", report=candidates[0], chain=None)
    if context.setting.loop.selector != "teacher":
        return choose_unasked(context, candidates)
    handles = report_handles(len(candidates))
    chains = chain_handles(len(workflow.chains))
    messages = context.setting.prompts.render(
        "select",
        reports=[
            tell_report(handle, reports[index], context.setting.loop.result_tokens)
            for handle, index in zip(handles, candidates, strict=True)
        ],
        chains=chains,
        may_decline=may_decline,
        **told,
    )
    reply = await ask(context, "select", selection_schema(len(candidates), len(chains), may_decline), messages)
    chosen = index_of(reply["report"], handles)
    return Selection(
        reason=" ".join(reply["reason"].split()),
        report=None if chosen is None else candidates[chosen],
        chain=index_of(reply["chain"], chains),
    )


def choose_unasked(context: StepContext, candidates: list[int]) -> Selection:
    """What the ablations choose: the first candidate, or one drawn by the seed; never none."""
    setting = context.setting
    if setting.loop.selector == "random":
        candidates = shuffle(candidates, setting.seed, "selector", context.sample, context.step)
    return Selection(reason=f"{setting.loop.selector} choice", report=candidates[0], chain=None)


def place_in_chain(selection: Selection, leaves: tuple[ArgumentLeaf, ...], workflow: Workflow) -> int:
    """The chain that the chosen call joins: one that an edge really leads from, else a new one.

    The selector's chain wins among those; otherwise the one whose link is the latest source.
    """
    if selection.chain is not None and edges_into(selection.chain, leaves, workflow.links):
        return selection.chain
    sources = [leaf.edge.link for leaf in leaves if leaf.edge is not None]
    return workflow.links[max(sources)].chain if sources else len(workflow.chains)
