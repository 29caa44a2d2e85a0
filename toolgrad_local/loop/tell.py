"""What the teacher is shown of a workflow, within the token budget."""

from mock_apis.core import canonical_json
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.stages import Report
from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.prompting.brief import shorten_result
from toolgrad_local.prompting.handles import CHAIN_LETTERS


def tell_workflow(workflow: Workflow, facts: str, result_tokens: int) -> dict[str, object]:
    """The variables of `_calls.jinja`; a line once shown never changes, so that prefixes stay cached."""
    calls = [
        {
            "label": f"{CHAIN_LETTERS[link.chain]}{number}",
            "text": tell_call(link.call),
            "result": shorten_result(link.result.value, result_tokens),
        }
        for number, link in enumerate(workflow.links, start=1)
    ]
    return {"facts": facts, "calls": calls}


def tell_report(handle: str, report: Report, result_tokens: int) -> dict[str, str]:
    """A candidate of the selector."""
    return {
        "handle": handle,
        "text": tell_call(report.kept.call),
        "result": shorten_result(report.kept.result.value, result_tokens),
    }


def tell_call(call: ToolCall) -> str:
    """`flights_get {"flight_id":"FL-1"}`"""
    return f"{call.tool} {canonical_json(call.arguments)}"
