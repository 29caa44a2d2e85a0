"""Questions and acceptable answers of the Berkeley Function Calling Leaderboard (BFCL), version 4: one turn.

A row holds both; beside the rows, `bfcl/<split>/` has the leaderboard's own files: questions by category, and
`possible_answer/` for those with calls. Results, the answer's text and thoughts are not held.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from toolgrad_local.data_model.example import OfferedTool
from toolgrad_local.export.format import Format
from toolgrad_local.export.formats.bfcl_values import read_arguments, read_schema, write_acceptable, write_schema
from toolgrad_local.export.json_text import plain_json
from toolgrad_local.export.row import Row, count_calls
from toolgrad_local.export.wording import find_today, say_today

VERSION = "BFCL_v4"


def write(row: Row) -> dict[str, Any]:
    """id, question, function, ground_truth; the id names the category, as the leaderboard's code expects."""
    tools = {tool.name: tool for tool in row.tools or ()}
    calls = [call for turn in row.turns for call in turn.calls]
    system = [] if row.today is None else [{"role": "system", "content": say_today(row.today)}]
    return {
        "id": f"{category_of(len(calls))}_{row.id.replace('_', '-')}",
        "question": [[*system, {"role": "user", "content": row.query}]],
        "function": [
            {"name": tool.name, "description": tool.description, "parameters": write_schema(tool.parameters)}
            for tool in tools.values()
        ],
        "ground_truth": [{call.tool: write_acceptable(call.arguments, tools[call.tool].parameters)} for call in calls],
    }


def category_of(calls: int) -> str:
    """The leaderboard's category of a question with several tools and so many calls."""
    return ("irrelevance", "multiple")[calls] if calls < 2 else "parallel_multiple"


def read(found: Mapping[str, Any]) -> Row:
    """The inverse of `write`."""
    tools = tuple(
        OfferedTool(name=f["name"], description=f["description"], parameters=read_schema(f["parameters"]))
        for f in found["function"]
    )
    schemas = {tool.name: tool.parameters for tool in tools}
    calls: list[tuple[str, dict[str, object]]] = [
        (name, read_arguments(acceptable, schemas[name]))
        for truth in found["ground_truth"]
        for name, acceptable in truth.items()
    ]
    head, _, kind = found["id"].rpartition("_")[2].partition("-")
    messages = found["question"][0]
    return Row(
        id=f"{head}-{kind.replace('-', '_')}" if kind else head,
        query=messages[-1]["content"],
        today=find_today(messages[0]["content"]) if messages[0]["role"] == "system" else None,
        tools=tools,
        turns=count_calls([calls] if calls else []),
        thought=None,
        answer=None,
    )


def write_files(split: str, rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    """The leaderboard's files of a split, by path."""
    files: dict[str, str] = {}
    for row in rows:
        name = f"{VERSION}_{row['id'].rpartition('_')[0]}.json"
        question = {key: row[key] for key in ("id", "question", "function")}
        add_line(files, f"bfcl/{split}/{name}", question)
        if row["ground_truth"]:
            truth = {key: row[key] for key in ("id", "ground_truth")}
            add_line(files, f"bfcl/{split}/possible_answer/{name}", truth)
    return files


def add_line(files: dict[str, str], path: str, value: Any) -> None:
    """A line more in that file."""
    files[path] = files.get(path, "") + plain_json(value) + "\n"


BFCL = Format(
    "bfcl",
    "questions and acceptable answers of the Berkeley Function Calling Leaderboard",
    {"id": "text", "question": "json", "function": "json_list", "ground_truth": "json_list"},
    write,
    read,
    holds=frozenset({"today", "tools"}),
    scope="single_turn",
    more_files=write_files,
)
