"""What counts as said in a text: labelled cases, and what the matcher gets right of them."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.audit.said import is_said

CASES = [json.loads(line) for line in (Path(__file__).parent / "said_cases.jsonl").read_text("utf-8").splitlines()]
KINDS = sorted({case["kind"] for case in CASES})


def judge(case: dict[str, Any]) -> bool:
    """The matcher's verdict on a case."""
    today = date.fromisoformat(case["today"]) if "today" in case else None
    return is_said(
        case["value"],
        case["text"],
        path=case["path"],
        entity=case.get("entity"),
        today=today,
        language=case.get("language", "English"),
    )


def name_case(case: dict[str, Any]) -> str:
    """The id of a case."""
    return f"{case['kind']}-{case['path']}-{case['value']}-{'said' if case['said'] else 'not'}"


def count_verdicts(cases: list[dict[str, Any]]) -> Counter[tuple[bool, bool]]:
    """How many cases are labelled said or not (first), and judged so or not (second)."""
    return Counter((case["said"], judge(case)) for case in cases)


def share(part: int, whole: int) -> float:
    """Part of whole, 1 of nothing."""
    return part / whole if whole else 1.0


@pytest.mark.parametrize("case", [pytest.param(case, id=name_case(case)) for case in CASES])
def test_a_labelled_case_is_judged_as_labelled(case: dict[str, Any]) -> None:
    assert (judge(case) == case["said"]) is not case.get("known_miss", False)


def test_nothing_unsaid_passes_and_hardly_anything_said_is_missed() -> None:
    print(f"\n{'kind':10}{'cases':>7}{'wrong ones':>12}{'precision':>11}{'recall':>8}")
    for kind in (*KINDS, "all"):
        cases = [case for case in CASES if kind in (case["kind"], "all")]
        counts = count_verdicts(cases)
        right, missed, false = counts[True, True], counts[True, False], counts[False, True]
        precision, recall = share(right, right + false), share(right, right + missed)
        print(f"{kind:10}{len(cases):7}{counts[False, True] + counts[False, False]:12}{precision:11.3f}{recall:8.3f}")
    assert precision == 1.0
    assert recall >= 0.97


def test_there_are_enough_cases_of_either_label() -> None:
    assert len(CASES) >= 220
    assert sum(not case["said"] for case in CASES) >= 90
    assert sum(case["kind"] == "model" for case in CASES) >= 60
    assert sum(case.get("known_miss", False) for case in CASES) <= 6
