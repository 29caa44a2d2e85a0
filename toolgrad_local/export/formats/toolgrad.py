"""The raw workflow of the paper's code: a query, chains of calls with what they gave, a response.

What each call gave is JSON text, all chains are there. Offered tools, turns across chains, the day and negatives are
not held. Beside the rows, `workflows/<split>/` has a file a workflow, as the paper's scripts read them.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from toolgrad_local.data_model.example import ExampleCall, Turn
from toolgrad_local.export.format import Format
from toolgrad_local.export.json_text import plain_json
from toolgrad_local.export.row import Row


def write(row: Row) -> dict[str, Any]:
    """id, query, api_use_chains, response; a turn of the row is a chain."""
    chains = {}
    for number, chain in enumerate(row.turns, start=1):
        name = f"api_use_chain_{number}"
        chains[name] = {"chain_id": name, "intermediate_steps": [write_step(call) for call in chain.calls]}
    return {"id": row.id, "query": row.query, "api_use_chains": chains, "response": row.answer}


def write_step(call: ExampleCall) -> list[dict[str, Any]]:
    """An action and what it gave."""
    action = {
        "tool": call.tool,
        "tool_input": call.arguments,
        "log": f"\nInvoking: `{call.tool}` with `{plain_json(call.arguments)}`\n\n\n",
        "type": "AgentActionMessageLog",
        "message_log": [],
        "tool_call_id": call.id,
    }
    return [action, {"error": "", "response": plain_json(call.result)}]


def read(found: Mapping[str, Any]) -> Row:
    """The inverse of `write`."""
    turns = tuple(
        Turn(
            thought=None,
            calls=tuple(
                ExampleCall(
                    id=action["tool_call_id"],
                    tool=action["tool"],
                    arguments=action["tool_input"],
                    result=json.loads(given["response"]),
                )
                for action, given in chain["intermediate_steps"]
            ),
        )
        for chain in found["api_use_chains"].values()
    )
    return Row(
        id=found["id"],
        query=found["query"],
        today=None,
        tools=None,
        turns=turns,
        thought=None,
        answer=found["response"],
    )


def write_workflows(split: str, rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    """A file a workflow."""
    return {
        f"workflows/{split}/{row['id']}.json": json.dumps(
            {key: value for key, value in row.items() if key != "id"}, indent=2, ensure_ascii=False
        )
        + "\n"
        for row in rows
    }


TOOLGRAD = Format(
    "toolgrad",
    "raw workflows as the paper's code writes them",
    {"id": "text", "query": "text", "api_use_chains": "json", "response": "text"},
    write,
    read,
    holds=frozenset({"results", "answer"}),
    scope="chains",
    more_files=write_workflows,
)
