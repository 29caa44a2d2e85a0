"""What an annotator is shown: the tools on offer, the message, and what it has called so far."""

from toolgrad_local.baselines.path import Path
from toolgrad_local.data_model.stages import Report
from toolgrad_local.loop.context import Setting
from toolgrad_local.loop.tell import tell_call
from toolgrad_local.prompting.brief import parameter_lines, shorten_result


def tell_path(path: Path, setting: Setting) -> dict[str, object]:
    """The variables of `_annotate.jinja`; a line once shown never changes, so that prefixes stay cached."""
    tools = [setting.catalog.tools[name] for name in path.tools]
    return {
        "offered": [
            {"name": tool.name, "description": tool.description, "parameters": parameter_lines(tool)} for tool in tools
        ],
        "today": path.today.isoformat(),
        "query": path.query,
        "calls": [tell_report(report, setting.loop.result_tokens) for report in path.reports],
    }


def tell_report(report: Report, tokens: int) -> dict[str, str]:
    """Thought, call and observation."""
    attempt = report.kept
    match report.outcome:
        case "succeeded":
            observed = shorten_result(attempt.result.value, tokens)
        case "repeated":
            observed = "this call was made before"
        case _:
            observed = f"failed: {attempt.result.message}"
    return {"thought": report.proposal.instruction, "call": tell_call(attempt.call), "result": observed}
