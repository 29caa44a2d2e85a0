"""What an annotator is shown: the tools on offer, the message, and what calls gave."""

from toolgrad_local.baselines.path import Path
from toolgrad_local.data_model.stages import Report
from toolgrad_local.loop.context import Setting
from toolgrad_local.loop.round_trip import tell_result
from toolgrad_local.loop.tell import tell_call
from toolgrad_local.prompting.brief import parameter_lines


def tell_path(path: Path, setting: Setting) -> dict[str, object]:
    """The variables of `_annotate.jinja`."""
    tools = [setting.catalog.tools[name] for name in path.tools]
    return {
        "offered": [
            {"name": tool.name, "description": tool.description, "parameters": parameter_lines(tool)} for tool in tools
        ],
        "today": path.today.isoformat(),
        "query": path.query,
    }


def tell_report(report: Report, tokens: int) -> dict[str, str]:
    """Call and observation."""
    return {"call": tell_call(report.kept.call), "result": tell_result(report.kept, tokens)}
