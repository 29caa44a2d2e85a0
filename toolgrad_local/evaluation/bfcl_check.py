"""Runs inside .venv-bfcl, and imports nothing of toolgrad_local: the leaderboard's own questions and checker.

`python bfcl_check.py questions CATEGORY...` prints them; `python bfcl_check.py check` reads from stdin, by category and
id, the calls that were made (null: none can be read) and prints the verdict of each: null for right, else the checker's
error type. Only the registry of models is replaced, since it imports the SDK of every vendor; the checker
looks up one flag there.
"""

import json
import sys
import types
from functools import partial
from importlib.metadata import version
from typing import Any

MODEL = "none"


def load() -> Any:
    """The parts of the package that are needed. Functions have `_` for a dot, as models with tools see them."""
    registry = types.ModuleType("bfcl_eval.constants.model_config")
    registry.MODEL_CONFIG_MAPPING = {MODEL: types.SimpleNamespace(underscore_to_dot=True)}  # type: ignore[attr-defined]
    sys.modules[registry.__name__] = registry
    from bfcl_eval import utils
    from bfcl_eval.constants.enums import Language, ModelStyle
    from bfcl_eval.constants.type_mappings import GORILLA_TO_OPENAPI
    from bfcl_eval.eval_checker.ast_eval.ast_checker import ast_checker
    from bfcl_eval.model_handler.utils import convert_to_tool

    convert = partial(convert_to_tool, mapping=GORILLA_TO_OPENAPI, model_style=ModelStyle.OSSMODEL)
    return types.SimpleNamespace(utils=utils, language=Language.PYTHON, check=ast_checker, convert=convert)


def list_questions(categories: list[str]) -> dict[str, Any]:
    """Messages and tools of every question."""
    package = load()
    found = [
        {
            "id": row["id"],
            "category": category,
            "messages": row["question"][0],
            "tools": package.convert(row["function"]),
        }
        for category in categories
        for row in package.utils.load_dataset_entry(category)
    ]
    return {"version": version("bfcl-eval"), "questions": found}


def check_calls(made: dict[str, dict[str, Any]]) -> dict[str, str | None]:
    """The verdict of every question that was answered."""
    package = load()
    verdicts: dict[str, str | None] = {}
    for category, calls in made.items():
        rows = {row["id"]: row for row in package.utils.load_dataset_entry(category)}
        if "relevance" in category:
            wanted = "irrelevance" not in category
            verdicts |= {name: None if bool(said) is wanted else category for name, said in calls.items()}
            continue
        truths = {row["id"]: row["ground_truth"] for row in package.utils.load_ground_truth_entry(category)}
        for name, said in calls.items():
            verdicts[name] = check_one(package, rows[name]["function"], said, truths[name], category)
    return verdicts


def check_one(package: Any, functions: Any, calls: Any, truth: Any, category: str) -> str | None:
    """None, or what is wrong. Calls that cannot be read are wrong, as they are to the leaderboard."""
    if not calls:
        return "ast_decoder:decoder_failed"
    verdict = package.check(functions, calls, truth, package.language, category, MODEL)
    return None if verdict["valid"] else str(verdict["error_type"])


if __name__ == "__main__":
    if sys.argv[1] == "questions":
        print(json.dumps(list_questions(sys.argv[2:])))
    else:
        print(json.dumps(check_calls(json.load(sys.stdin))))
