"""`verify` finds what was changed in a run, wherever it was changed."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.errors import JournalError
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.verify import verify_run

Row = dict[str, Any]
FINDING = {"kind": "leaked_id", "detail": "LOT-1", "link": None}


def change_row(folder: RunFolder, change: Callable[[Row], Row]) -> None:
    """Change the released sample that has most calls."""
    rows = [json.loads(line) for line in folder.workflows.read_text().splitlines()]
    place = max(range(len(rows)), key=lambda i: len(rows[i]["workflow"]["links"]))
    rows[place] = change(rows[place])
    folder.workflows.write_text("".join(json.dumps(row) + "\n" for row in rows))


def set_value(*path: str | int, value: Any) -> Callable[[Row], Row]:
    """Another value at a place of a row."""
    return lambda row: put(row, path, value)


def put(row: Row, path: tuple[str | int, ...], value: Any) -> Row:
    """The row with the value at that place."""
    place: Any = row
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return row


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        pytest.param(set_value("thoughts", value=["So."]), "changed since the run finished", id="the digest"),
        pytest.param(set_value("surprise", value=1), "Extra inputs", id="a field too many"),
        pytest.param(set_value("world_seed", value=1), "world_seed is 1", id="the seed"),
        pytest.param(
            set_value("workflow", "links", 0, "result", "value", value={"made": "up"}),
            "gives another result when it is executed again",
            id="a result",
        ),
        pytest.param(
            set_value("workflow", "links", 0, "leaves", value=[]), "the sources of its arguments are not", id="a source"
        ),
        pytest.param(set_value("query", value="Hi"), "the sources of its arguments are not", id="the query"),
        pytest.param(
            lambda row: {**row, "query": f"Sure, {row['query']}"}, "its audit is not", id="a word of the query"
        ),
        pytest.param(
            lambda row: {**row, "response": f"{row['response']} for 99.5 euros"}, "its audit is not", id="the response"
        ),
        pytest.param(set_value("audit", value={"findings": [FINDING]}), "its audit is not", id="the audit"),
        pytest.param(set_value("audit", value=None), "its audit is not", id="no audit"),
        pytest.param(set_value("turns", value=[[2], [1], [0]]), "its turns are not", id="the turns"),
        pytest.param(
            set_value("round_trip", "attempts", 0, "result", "value", value={"made": "up"}),
            "a call of its round trip gives another result",
            id="the round trip",
        ),
        pytest.param(set_value("rejected", value="response"), "is response, its audit says released", id="the verdict"),
        pytest.param(set_value("rejected", value="duplicate"), "is in the wrong file", id="the file"),
    ],
)
def test_planted_damage_is_named_with_its_place(
    own_run: RunFolder, catalog: Catalog, damage: Callable[[Row], Row], found: str
) -> None:
    change_row(own_run, damage)
    problems = " ".join(verify_run(own_run, catalog).problems)
    assert found in problems
    assert "workflows.jsonl" in problems


def test_a_rejected_sample_that_is_passed_off_as_released_is_found(own_run: RunFolder, catalog: Catalog) -> None:
    first, *others = own_run.rejected.read_text().splitlines()
    row = json.loads(first)
    own_run.rejected.write_text("".join(line + "\n" for line in others))
    own_run.workflows.write_text(own_run.workflows.read_text() + json.dumps({**row, "rejected": None}) + "\n")
    problems = " ".join(verify_run(own_run, catalog).problems)
    assert f"is released, its audit says {row['rejected']}" in problems


def test_a_run_that_nobody_touched_is_verified(finished_run: RunFolder, catalog: Catalog) -> None:
    verdict = verify_run(finished_run, catalog)
    assert (verdict.samples, verdict.problems) == (6, ())
    assert verdict.calls > 6
    assert finished_run.workflows.read_text()
    assert finished_run.rejected.read_text()


def test_a_missing_row_and_a_damaged_journal_are_found(own_run: RunFolder, catalog: Catalog) -> None:
    rows = own_run.workflows.read_text().splitlines()
    own_run.workflows.write_text("\n".join(rows[:-1]) + "\n")
    assert any("samples missing" in problem for problem in verify_run(own_run, catalog).problems)
    content = bytearray(own_run.journal.read_bytes())
    content[4096:8192] = bytes(4096)
    own_run.journal.write_bytes(bytes(content))
    assert any(problem.startswith("journal.sqlite") for problem in verify_run(own_run, catalog).problems)


def test_an_emptied_manifest_is_refused(own_run: RunFolder, catalog: Catalog) -> None:
    own_run.manifest.write_text("")
    with pytest.raises(JournalError, match="damaged"):
        verify_run(own_run, catalog)
