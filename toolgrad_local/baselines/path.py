"""One path of an annotator: the calls that it has made so far, in a world of its own."""

from dataclasses import dataclass, field, replace
from datetime import date

from mock_apis.core import canonical_json
from toolgrad_local.audit.provenance import trace_call
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.stages import Attempt, Proposal, Report, ReportOutcome, Selection
from toolgrad_local.data_model.workflow import Link, Workflow
from toolgrad_local.loop.context import StepContext
from toolgrad_local.loop.select import place_in_chain
from toolgrad_local.loop.trim import trim_arguments

CHOSEN = Selection(reason="", report=0, chain=None)
"""A baseline keeps every call that succeeds: nothing is chosen among candidates."""


@dataclass(frozen=True)
class Path:
    """What an annotator knows. Branches that grow out of one do not see one another's writes."""

    query: str
    tools: tuple[str, ...]
    """On offer."""
    session: Session
    """The world after the calls that are kept."""
    today: date
    """The date of the untouched world."""
    reports: tuple[Report, ...] = ()
    """Every call of the path, the failed ones too; a proposal's instruction is the thought before it."""
    workflow: Workflow = field(default_factory=Workflow)
    """The calls that succeeded."""

    @property
    def kept_steps(self) -> frozenset[int]:
        """The steps in which its calls were made."""
        return frozenset(link.step for link in self.workflow.links)


def make_call(context: StepContext, path: Path, slot: int, thought: str, call: ToolCall) -> Path:
    """The path with this call, executed on a fork of its world and journaled; its report is the last one.

    Optional arguments that neither the query says nor a result gives are left out, as in the loop. A call that
    repeats one of the path is not kept again, unless it failed then and succeeds now.
    """
    tools = context.setting.catalog.tools
    tool = tools[call.tool]
    given = trim_arguments(call.arguments, tool, path.workflow, tools, path.query, path.today)
    call = ToolCall(tool=tool.name, arguments=given)
    session = path.session.fork()
    result = session.call(call)
    texts = (canonical_json(call.model_dump()), canonical_json(result.model_dump()))
    context.setting.journal.add_call(context.sample, context.step, slot, 0, *texts)
    repeated = any(r.kept.call == call and (r.kept.result.ok or not result.ok) for r in path.reports)
    outcome: ReportOutcome = "repeated" if repeated else "succeeded" if result.ok else "failed"
    proposal = Proposal(tool=tool.name, instruction=thought)
    report = Report(proposal=proposal, attempts=(Attempt(call=call, result=result),), outcome=outcome)
    told = replace(path, reports=(*path.reports, report))
    if outcome != "succeeded":
        return told
    leaves = trace_call(call, tool, path.workflow, tools)
    chain = place_in_chain(CHOSEN, leaves, path.workflow)
    link = Link(step=context.step, chain=chain, call=call, result=result, leaves=leaves)
    return replace(told, session=session, workflow=path.workflow.append(link))
