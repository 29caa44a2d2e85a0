"""The Berkeley Function Calling Leaderboard (BFCL), single turn, Python: its data and checker, our model and reader.

Data and checker are the package bfcl-eval in an environment of its own, whose Python is asked; nothing is downloaded.
"""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import toolgrad_local
from toolgrad_local.data_model.example import OfferedTool
from toolgrad_local.errors import ConfigError
from toolgrad_local.evaluation.answer import Answer
from toolgrad_local.evaluation.reading import NO_CALL, Taken, read_reply
from toolgrad_local.seeding import shuffle

NON_LIVE = ("simple_python", "multiple", "parallel", "parallel_multiple")
LIVE = ("live_simple", "live_multiple", "live_parallel", "live_parallel_multiple")
RELEVANCE, IRRELEVANCE = ("live_relevance",), ("irrelevance", "live_irrelevance")
CATEGORIES = (*NON_LIVE, *LIVE, *IRRELEVANCE, *RELEVANCE)
VARIABLE = "TOOLGRAD_BFCL"
SCRIPT = Path(__file__).with_name("bfcl_check.py")
KEYWORDS = ("type", "description", "enum", "default", "format")
"""Of the leaderboard's schemas; some have others that are no JSON Schema, such as a `required` that is true."""


@dataclass(frozen=True)
class BfclQuestion:
    """One question of the leaderboard."""

    number: int
    id: str
    category: str
    messages: tuple[dict[str, Any], ...]
    tools: tuple[OfferedTool, ...]


def find_python() -> Path:
    """The Python that has bfcl-eval. Raises ConfigError without one."""
    named = os.environ.get(VARIABLE)
    places = (
        [Path(named)]
        if named
        else [
            folder / ".venv-bfcl" / "bin" / "python" for folder in (Path.cwd(), Path(toolgrad_local.__path__[0]).parent)
        ]
    )
    for place in places:
        if place.is_file():
            return place
    raise ConfigError(
        f"the leaderboard's package is not here ({places[0]}); run `make bfcl` in a checkout, or set {VARIABLE} to a "
        "Python that has bfcl-eval"
    )


def choose_categories(named: str | None) -> tuple[str, ...]:
    """Those that a person names, in our order. Raises ConfigError for one that is not known."""
    if named is None:
        return CATEGORIES
    wanted = [name.strip() for name in named.split(",")]
    for name in wanted:
        if name not in CATEGORIES:
            raise ConfigError(f"--categories: {name} is unknown; choose of {', '.join(CATEGORIES)}")
    return tuple(name for name in CATEGORIES if name in wanted)


def load_questions(python: Path, categories: Sequence[str], limit: int | None) -> tuple[str, tuple[BfclQuestion, ...]]:
    """The package's version, and at most `limit` questions of each category, drawn by their ids."""
    found = ask_package(python, ["questions", *categories], "")
    questions = [
        BfclQuestion(number, row["id"], row["category"], tuple(row["messages"]), tuple(map(read_tool, row["tools"])))
        for number, row in enumerate(found["questions"])
    ]
    if limit is None:
        return found["version"], tuple(questions)
    chosen = [
        question
        for category in categories
        for question in shuffle([q for q in questions if q.category == category], "bfcl", category)[:limit]
    ]
    return found["version"], tuple(sorted(chosen, key=lambda question: question.number))


def read_tool(tool: Mapping[str, Any]) -> OfferedTool:
    """A tool as a chat template shows it."""
    function = tool.get("function", tool)
    return OfferedTool(
        name=function["name"], description=function["description"], parameters=read_schema(function["parameters"])
    )


def read_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a schema that are JSON Schema."""
    found = {key: schema[key] for key in KEYWORDS if key in schema}
    if isinstance(schema.get("properties"), dict):
        found["properties"] = {name: read_schema(child) for name, child in schema["properties"].items()}
        required = schema.get("required")
        found["required"] = list(required) if isinstance(required, list) else []
    if isinstance(schema.get("items"), dict):
        found["items"] = read_schema(schema["items"])
    return found


def check_answers(
    python: Path, questions: Sequence[BfclQuestion], answers: Mapping[str, Answer], form: str
) -> tuple[dict[str, str | None], dict[str, Taken]]:
    """The checker's verdict on each question, null for right; and what was read."""
    taken = {question.id: read_reply(answers[question.id].replies[0], form, question.tools) for question in questions}
    made: dict[str, dict[str, Any]] = {}
    for question in questions:
        made.setdefault(question.category, {})[question.id] = shape_calls(taken[question.id])
    return ask_package(python, ["check"], json.dumps(made)), taken


def shape_calls(taken: Taken) -> list[dict[str, Any]] | None:
    """As the checker wants them; None if one cannot be read, since the leaderboard reads all of a reply or nothing."""
    if NO_CALL & set(taken.errors):
        return None
    return [{call.tool: call.arguments} for call in taken.calls]


def ask_package(python: Path, arguments: Sequence[str], given: str) -> Any:
    """What the script prints in the package's environment. Raises ConfigError with its last line if it fails."""
    done = subprocess.run(
        [python, "-P", SCRIPT, *arguments], input=given, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise ConfigError(f"{python} cannot run the leaderboard's checker: {last[:200]}; make it anew: `make bfcl`")
    return json.loads(done.stdout)
