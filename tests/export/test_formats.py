"""What a format writes, it reads back, as far as it has a place for it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mock_apis.core.examples import resolve_example
from mock_apis.core.world import World
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.example import Example
from toolgrad_local.errors import ConfigError
from toolgrad_local.export.format import Format
from toolgrad_local.export.formats.table import FORMATS, find_format
from toolgrad_local.export.row import Row, keep, kind_of, row_of, single_turn_of

Maker = Callable[..., Example]
FORMS = [pytest.param(form, id=name) for name, form in FORMATS.items()]


@pytest.fixture
def rows(make_example: Maker) -> dict[str, Row]:
    """One of each sort."""
    offered = ("appliances_running_cost", "cities_get")
    return {
        "chain": row_of(
            make_example(
                "w000001",
                ["cards_poker_hand", "algebra_from_roots"],
                ["appliances_running_cost"],
                offered=offered,
                thoughts=("Two things at once.", "Then the cost.", "That is all."),
            )
        ),
        "negative": row_of(make_example("w000002-missing_tool", offered=offered, kind="missing_tool")),
        "single": row_of(make_example("w000003", ["algebra_solve_system"], thoughts=("Solve it.", "Solved."))),
    }


def fitting(row: Row, form: Format) -> Row:
    """The row as it reaches the format."""
    return single_turn_of(row) if form.scope == "single_turn" else row


@pytest.mark.parametrize(
    ("form", "sort"),
    [
        pytest.param(form, sort, id=f"{name}-{sort}")
        for name, form in FORMATS.items()
        for sort in ("chain", "single", "negative")
        if sort != "negative" or form.has_negatives
    ],
)
def test_a_row_comes_back_as_far_as_the_format_holds_it(form: Format, sort: str, rows: dict[str, Row]) -> None:
    row = fitting(rows[sort], form)
    shaped = json.loads(json.dumps(form.write(row)))
    assert list(shaped) == list(form.columns)
    assert form.read(shaped) == keep(row, form.holds)


@pytest.mark.parametrize("form", [p for p in FORMS if p.id != "toolgrad"])
def test_the_single_turn_view_comes_back(form: Format, rows: dict[str, Row]) -> None:
    row = single_turn_of(rows["chain"])
    assert form.read(form.write(row)) == keep(row, form.holds)
    assert [len(turn.calls) for turn in row.turns] == [3]


@pytest.mark.parametrize("form", FORMS)
def test_a_written_row_is_the_golden_one(
    form: Format, rows: dict[str, Row], golden: Callable[[str, str], None]
) -> None:
    written = form.write(fitting(rows["chain"], form))
    golden(f"{form.name}.json", json.dumps(written, indent=1, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("form", FORMS)
def test_calls_of_every_tool_come_back(
    form: Format, catalog: Catalog, make_example: Maker, every_call: dict[str, Example]
) -> None:
    lost = []
    for name, example in every_call.items():
        row = fitting(row_of(example), form)
        if form.read(json.loads(json.dumps(form.write(row)))) != keep(row, form.holds):
            lost.append(name)
    assert len(every_call) > 300
    assert lost == []


@pytest.fixture(scope="module")
def every_call(catalog: Catalog, make_example: Maker, request: pytest.FixtureRequest) -> dict[str, Example]:
    """A row for every fourth tool, for every tool with --long."""
    step = 1 if request.config.getoption("--long") else 4
    thoughts = ("Call it.", "Tell it.")
    return {name: make_example("w000001", [name], thoughts=thoughts) for name in list(catalog.tools)[::step]}


def test_an_unknown_format_is_refused_with_the_names_of_the_others() -> None:
    with pytest.raises(ConfigError, match="--format csv is unknown; choose one of openai, trl"):
        find_format("csv")


@pytest.mark.parametrize(
    ("row_id", "kind"),
    [("w000012", "positive"), ("w000012-missing_parameter", "missing_parameter"), ("n0007", "no_tool")],
)
def test_an_id_says_the_kind(row_id: str, kind: str) -> None:
    assert kind_of(row_id) == kind


def test_examples_are_resolved_in_the_world_of_the_row(catalog: Catalog) -> None:
    assert resolve_example(catalog.tools, "appliances_running_cost", World(5))["price_per_kwh"] == 0.3


@pytest.mark.parametrize("form", FORMS)
def test_the_row_in_the_docs_is_what_the_format_writes(form: Format) -> None:
    page = Path(__file__).parents[2] / "docs" / "formats.md"
    section = page.read_text(encoding="utf-8").split(f"\n## {form.name}\n")[1].split("\n## ")[0]
    row = json.loads(section.split("A row:\n\n```json\n")[1].split("\n```")[0])
    assert form.write(form.read(row)) == row
