"""The leaderboard's own checker, in an environment of its own, on the files of the format `bfcl`."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.example import Example, ExampleCall
from toolgrad_local.export.formats.bfcl import write, write_files
from toolgrad_local.export.row import Row, row_of, single_turn_of

Maker = Callable[..., Example]
PYTHON = Path(__file__).parents[2] / ".venv-bfcl" / "bin" / "python"
CHECK = Path(__file__).with_name("bfcl_check.py")
OFFERED = ("cities_get", "emoji_search")


@pytest.fixture(scope="module")
def checker() -> Path:
    """The Python that has bfcl-eval. Without it the tests are skipped, but for CI, where they fail."""
    if not PYTHON.exists():
        reason = f"{PYTHON.parent.parent.name} is missing; `make bfcl` makes it"
        if os.environ.get("TOOLGRAD_CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return PYTHON


@pytest.fixture
def judge(checker: Path, tmp_path: Path) -> Callable[..., dict[str, str | None]]:
    """The checker's verdict on what a model said, by id of the row."""

    def run(rows: list[Row], said: dict[str, str]) -> dict[str, str | None]:
        shaped = [write(row) for row in rows]
        for path, text in write_files("test", shaped).items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
        ids = {row.id: written["id"] for row, written in zip(rows, shaped, strict=True)}
        outputs = tmp_path / "outputs.json"
        outputs.write_text(json.dumps({ids[name]: text for name, text in said.items()}))
        done = subprocess.run(
            [checker, CHECK, tmp_path / "bfcl" / "test", outputs], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        verdicts: dict[str, str | None] = json.loads(done.stdout)
        return {name: verdicts[written] for name, written in ids.items()}

    return run


def say(row: Row) -> str:
    """The gold calls as a model would write them."""
    return "[" + ", ".join(spell(call) for turn in row.turns for call in turn.calls) + "]"


def spell(call: ExampleCall) -> str:
    """`tool(name='value')`"""
    return f"{call.tool}({', '.join(f'{name}={value!r}' for name, value in call.arguments.items())})"


def test_gold_answers_of_tools_of_every_sort_score_100_percent(
    catalog: Catalog, make_example: Maker, judge: Callable[..., dict[str, str | None]], long: bool
) -> None:
    names = list(catalog.tools)[:: 1 if long else 5]
    rows = [row_of(make_example(f"w{n:06d}", [name], offered=OFFERED)) for n, name in enumerate(names)]
    plain = [name for name in names if "@" not in str(catalog.tools[name].example) and not catalog.tools[name].writes]
    pairs = zip(plain[::9], plain[1::9], strict=False)
    rows += [
        single_turn_of(row_of(make_example(f"w{5000 + n:06d}", list(pair), offered=OFFERED)))
        for n, pair in enumerate(pairs)
    ]
    verdicts = judge(rows, {row.id: say(row) for row in rows})
    assert len(verdicts) > 300
    wrong = {row.id: (verdicts[row.id], say(row)) for row in rows if verdicts[row.id]}
    assert wrong == {}


@pytest.fixture
def wash(make_example: Maker) -> Row:
    """A call with a string, numbers and an optional parameter that is left out, beside another call."""
    return single_turn_of(
        row_of(make_example("w000001", ["appliances_running_cost", "cards_poker_hand"], offered=OFFERED))
    )


def change(row: Row, name: str, value: Any) -> Row:
    """The row with another argument of its first call; ... takes it out."""
    first, *rest = row.turns[0].calls
    arguments = {**first.arguments, name: value}
    if value is ...:
        del arguments[name]
    calls = (first.model_copy(update={"arguments": arguments}), *rest)
    return row.model_copy(update={"turns": (row.turns[0].model_copy(update={"calls": calls}),)})


def test_planted_wrong_answers_fail(wash: Row, judge: Callable[..., dict[str, str | None]]) -> None:
    wrong = {
        "another number": say(change(wash, "price_per_kwh", 0.31)),
        "a text for a number": say(change(wash, "price_per_kwh", "0.3")),
        "a parameter that the tool lacks": say(change(wash, "colour", "red")),
        "a required parameter left out": say(change(wash, "price_per_kwh", ...)),
        "another tool": say(wash).replace("cards_poker_hand", "cities_get"),
        "one call too few": "[" + spell(wash.turns[0].calls[0]) + "]",
        "one call too many": say(wash)[:-1] + ", cities_get(city='Paris')]",
        "no call": "I cannot do that.",
    }
    assert judge([wash], {wash.id: say(wash)}) == {wash.id: None}
    for name, output in wrong.items():
        assert judge([wash], {wash.id: output})[wash.id] is not None, name


def test_a_question_without_calls_is_right_only_if_nothing_is_called(
    make_example: Maker, judge: Callable[..., dict[str, str | None]]
) -> None:
    row = row_of(make_example("w000001-missing_tool", offered=OFFERED, kind="missing_tool"))
    assert judge([row], {row.id: row.answer}) == {row.id: None}
    assert judge([row], {row.id: "[cities_get(city='Paris')]"}) == {row.id: "irrelevance:calls"}


def test_a_default_may_be_left_out_or_said(make_example: Maker, judge: Callable[..., dict[str, str | None]]) -> None:
    plain = row_of(make_example("w000001", ["fluids_tank_outflow"], offered=OFFERED))
    bare = change(change(plain, "discharge_coefficient", 0.5), "discharge_coefficient", ...)
    assert judge([bare], {bare.id: say(bare)}) == {bare.id: None}
    assert judge([bare], {bare.id: say(change(bare, "discharge_coefficient", 0.62))}) == {bare.id: None}
    assert judge([bare], {bare.id: say(change(bare, "discharge_coefficient", 0.9))})[bare.id] is not None
