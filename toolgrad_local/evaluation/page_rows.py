"""The page on which right and wrong answers are browsed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from toolgrad_local.data_model.call import ToolCall, ToolResult
from toolgrad_local.data_model.example import OfferedTool
from toolgrad_local.evaluation.answer import Answer
from toolgrad_local.evaluation.score import MEASURES, RowScore
from toolgrad_local.evaluation.scorecard import Scorecard
from toolgrad_local.export.json_text import plain_json
from toolgrad_local.generation.folder import write_atomically
from toolgrad_local.intervals import tell_interval
from toolgrad_local.pages.join import Sources, join_page
from toolgrad_local.pages.pack import pack, to_json

SOURCES = Sources(
    folder=Path(__file__).parent / "page",
    styles=("base.css", "browser.css", "rows.css"),
    scripts=("dom.js", "unpack.js", "theme.js", "open.js", "form.js", "filter.js", "row.js", "main.js"),
)
MOST_CHARACTERS = 4_000
"""Of a result as JSON; a page of thousands of rows has to open."""


def write_page(out: Path, scorecard: Scorecard, rows: Sequence[dict[str, Any]]) -> None:
    """One HTML file with all rows, as `describe_row` gives them."""
    head = {
        "model": scorecard.settings.model,
        "about": f"{scorecard.settings.calls} calls, {scorecard.settings.split}",
        "figures": [
            [MEASURES.get(name, name), tell_interval(interval, percent=True), interval.count]
            for name, interval in scorecard.figures.items()
        ],
        "measures": MEASURES,
    }
    packed = {"head": pack(to_json(head)), "rows": pack(to_json(list(rows)))}
    write_atomically(out, join_page(SOURCES, f"{scorecard.settings.model}: toolgrad-local evaluation", packed))


def describe_row(
    score: RowScore,
    query: str,
    tools: Sequence[OfferedTool],
    gold: Sequence[tuple[ToolCall, Any]],
    gold_answer: str | None,
    answer: Answer,
    made: Sequence[tuple[ToolCall, ToolResult | None]],
) -> dict[str, Any]:
    """What the page shows of one row. `gold`: calls, each with its result."""
    return {
        "id": score.id,
        "kind": score.kind,
        "domains": list(score.domains),
        "right": bool(score.values.get("right")),
        "values": score.values,
        "errors": score.errors,
        "query": query,
        "tools": [[tool.name, tool.description] for tool in tools],
        "gold": [{"tool": call.tool, "arguments": call.arguments, "result": clip(result)} for call, result in gold],
        "gold_answer": gold_answer,
        "replies": [[reply.text, reply.finish] for reply in answer.replies],
        "made": [
            {
                "tool": call.tool,
                "arguments": call.arguments,
                "result": clip(None if result is None else result.value if result.ok else result.message),
                "error": None if result is None or result.ok else result.error,
            }
            for call, result in made
        ],
    }


def clip(value: Any) -> str | None:
    """A result as JSON, cut where it is long; None for none."""
    if value is None:
        return None
    text = plain_json(value)
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"
