"""Runs inside .venv-bfcl: the leaderboard's own decoder and checker on its files.

`python bfcl_check.py FOLDER OUTPUTS`: FOLDER holds questions and `possible_answer/`, OUTPUTS is a JSON file of what a
model said, by id. Prints the verdict of each id as JSON: null for right, else the checker's error type.

Only the registry of models is replaced, since it imports the SDK of every vendor; the checker looks up one flag there.
"""

import copy
import json
import sys
import types
from pathlib import Path

registry = types.ModuleType("bfcl_eval.constants.model_config")
registry.MODEL_CONFIG_MAPPING = {"none": types.SimpleNamespace(underscore_to_dot=False)}
sys.modules[registry.__name__] = registry

from bfcl_eval.constants.enums import Language, ModelStyle  # noqa: E402
from bfcl_eval.constants.type_mappings import GORILLA_TO_OPENAPI  # noqa: E402
from bfcl_eval.eval_checker.ast_eval.ast_checker import ast_checker  # noqa: E402
from bfcl_eval.model_handler.utils import convert_to_tool, default_decode_ast_prompting  # noqa: E402
from bfcl_eval.utils import extract_test_category_from_id, load_file  # noqa: E402


def main(folder, outputs):
    """Every question of the folder."""
    said = json.loads(Path(outputs).read_text())
    verdicts = {}
    for path in sorted(Path(folder).glob("BFCL_v4_*.json")):
        answers = path.parent / "possible_answer" / path.name
        truths = {row["id"]: row["ground_truth"] for row in load_file(answers)} if answers.exists() else {}
        for question in load_file(path):
            category = extract_test_category_from_id(question["id"])
            assert path.name == f"BFCL_v4_{category}.json"
            offer_to_openai(question["function"])
            output = said[question["id"]]
            if category == "irrelevance":
                verdicts[question["id"]] = "irrelevance:calls" if decode(output) else None
            else:
                verdicts[question["id"]] = check(question["function"], decode(output), truths[question["id"]], category)
    print(json.dumps(verdicts))


def offer_to_openai(functions):
    """The leaderboard's conversion for models with a tools interface must take the functions."""
    tools = convert_to_tool(copy.deepcopy(functions), GORILLA_TO_OPENAPI, ModelStyle.OPENAI_COMPLETIONS)
    assert [tool["function"]["name"] for tool in tools] == [function["name"] for function in functions]


def decode(output):
    """The calls in a text; none if it holds no calls."""
    try:
        return default_decode_ast_prompting(output)
    except Exception:  # the leaderboard takes any failure to decode for an output without calls
        return []


def check(functions, calls, truth, category):
    """None, or what is wrong."""
    verdict = ast_checker(functions, calls, truth, Language.PYTHON, category, "none")
    return None if verdict["valid"] else verdict["error_type"]


if __name__ == "__main__":
    main(*sys.argv[1:])
