"""A run becomes a data set: whole or not at all, the same bytes every time."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.errors import ConfigError
from toolgrad_local.export.export import export_dataset
from toolgrad_local.export.formats.table import FORMATS
from toolgrad_local.export.options import ExportOptions
from toolgrad_local.export.record import DatasetRecord
from toolgrad_local.export.row import Row, group_of, kind_of
from toolgrad_local.export.split import normalise_query
from toolgrad_local.export.storage import read_jsonl
from toolgrad_local.generation.finished import open_finished
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.negatives.similarity import open_similarity

Exporter = Callable[..., DatasetRecord]


@pytest.fixture
def export(catalog: Catalog, run: Path, tmp_path: Path) -> Exporter:
    """Exports the run, or another, into tmp_path / NAME."""

    def make(name: str = "out", folder: Path | None = None, **options: Any) -> DatasetRecord:
        finished = open_finished(RunFolder(folder or run), catalog)
        asked = ExportOptions(**{"format": "trl", "offered": 5, "split": 0.3, **options})
        return export_dataset(finished, catalog, asked, open_similarity("lexical"), tmp_path / name)

    return make


def read_rows(folder: Path, form: str) -> Iterator[tuple[str, Row]]:
    """Split and row."""
    for path in sorted((folder / "data").glob("*.jsonl")):
        for row in read_jsonl(path):
            yield path.stem, FORMATS[form].read(row)


def all_bytes(folder: Path) -> dict[str, bytes]:
    """Every file's bytes by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("form", list(FORMATS))
def test_the_same_run_and_options_give_the_same_bytes(form: str, export: Exporter, tmp_path: Path) -> None:
    assert export("one", format=form) == export("two", format=form)
    first, second = all_bytes(tmp_path / "one"), all_bytes(tmp_path / "two")
    assert first == second
    assert {"README.md", "dataset.json", "data/train.jsonl", "data/test-00000-of-00001.parquet"} <= set(first)
    assert [path.name for path in tmp_path.iterdir()] == ["one", "two"] or len(list(tmp_path.iterdir())) == 2


def test_released_samples_and_verified_negatives_become_rows(export: Exporter, tmp_path: Path) -> None:
    record = export()
    kinds = [kind_of(row.id) for _, row in read_rows(tmp_path / "out", "trl")]
    assert kinds.count("positive") == 11
    assert 4 <= len(kinds) - 11 <= 6
    assert sum(sum(part.values()) for part in record.statistics.rows.values()) == len(kinds)
    assert record.run.funnel.started == 12
    assert record.run.funnel.released == 11
    assert "w000008" not in {group_of(row.id) for _, row in read_rows(tmp_path / "out", "trl")}


def test_no_workflow_and_no_query_is_in_both_splits(export: Exporter, tmp_path: Path) -> None:
    export(negatives=100)
    groups: dict[str, set[str]] = {"train": set(), "test": set()}
    queries: dict[str, set[str]] = {"train": set(), "test": set()}
    for split, row in read_rows(tmp_path / "out", "trl"):
        groups[split].add(group_of(row.id))
        queries[split].add(normalise_query(row.query))
    assert groups["train"]
    assert groups["test"]
    assert not groups["train"] & groups["test"]
    assert not queries["train"] & queries["test"]


def test_a_train_row_that_asks_what_a_test_row_asks_is_dropped_and_counted(
    export: Exporter, make_run: Callable[..., Path], make_sample: Callable[..., Trajectory], tmp_path: Path
) -> None:
    asked = ("What is the weather?", "what is   the WEATHER", "Something else entirely.")
    folder = make_run([make_sample(n, ["cities_get"], query=query) for n, query in enumerate(asked)])
    found = [export(f"s{seed}", folder, seed=seed, negatives=0, split=0.34) for seed in range(6)]
    dropped = [record.made.left_out.get("query_in_test", 0) for record in found]
    assert set(dropped) == {0, 1}
    for number, count in enumerate(dropped):
        assert len(list(read_rows(tmp_path / f"s{number}", "trl"))) == 3 - count


def test_a_held_out_domain_is_only_in_test(export: Exporter, catalog: Catalog, tmp_path: Path) -> None:
    export(hold_out=("cards", "cities"), split=0.2)
    for split, row in read_rows(tmp_path / "out", "trl"):
        domains = {catalog.tool(call.tool).domain for turn in row.turns for call in turn.calls}
        assert split == "test" or not domains & {"cards", "cities"}


def test_single_turn_formats_count_what_they_leave_out(export: Exporter, tmp_path: Path) -> None:
    record = export(format="xlam")
    assert record.made.left_out == {"not_single_turn": 1}
    positive = [row for _, row in read_rows(tmp_path / "out", "xlam") if row.turns]
    assert len(positive) == 10
    assert {len(row.turns) for row in positive} == {1}


def test_the_single_turn_view_of_messages_ends_with_the_calls(export: Exporter, tmp_path: Path) -> None:
    export(single_turn=True)
    rows = [row for part in ("train", "test") for row in read_jsonl(tmp_path / "out" / "data" / f"{part}.jsonl")]
    with_calls = [row for row in rows if any("tool_calls" in message for message in row["messages"])]
    assert len(with_calls) == 10
    assert all("tool_calls" in row["messages"][-1] for row in with_calls)


def test_react_rows_are_those_with_thoughts(export: Exporter, tmp_path: Path) -> None:
    record = export(format="react")
    assert record.made.left_out == {"no_thoughts": 1}
    found = [row for _, row in read_rows(tmp_path / "out", "react")]
    assert len(found) == 10
    assert all(row.thought and all(turn.thought for turn in row.turns) for row in found)


def test_raw_workflows_also_lie_in_a_file_each(export: Exporter, tmp_path: Path) -> None:
    export(format="toolgrad")
    files = sorted((tmp_path / "out" / "workflows").rglob("*.json"))
    assert len(files) == 11
    workflow = json.loads(files[0].read_text(encoding="utf-8"))
    assert set(workflow) == {"query", "api_use_chains", "response"}


def test_a_limit_takes_so_many_workflows_drawn_by_the_seed(export: Exporter, tmp_path: Path) -> None:
    taken = []
    for seed in (0, 1):
        record = export(f"s{seed}", limit=4, seed=seed, negatives=0)
        assert record.made.left_out == {"over_limit": 7}
        taken.append({row.id for _, row in read_rows(tmp_path / f"s{seed}", "trl")})
    assert [len(part) for part in taken] == [4, 4]
    assert taken[0] != taken[1]


def test_the_card_is_read_as_a_card(export: Exporter, tmp_path: Path) -> None:
    import datasets

    export()
    front = (tmp_path / "out" / "README.md").read_text(encoding="utf-8").split("---\n")[1]
    card = yaml.safe_load(front)
    assert card["license"][0] == "apache-2.0"
    assert card["language"] == ["en"]
    assert card["size_categories"] == ["n<1K"]
    loaded = datasets.load_dataset(str(tmp_path / "out"), cache_dir=str(tmp_path / "cache"))
    assert {split: tuple(part) for split, part in loaded.items()} == {
        split: read_jsonl(tmp_path / "out" / "data" / f"{split}.jsonl") for split in ("train", "test")
    }


def test_nothing_of_the_machine_is_in_the_files(export: Exporter, run: Path, tmp_path: Path) -> None:
    export()
    text = b"".join(all_bytes(tmp_path / "out").values()).decode("utf-8", errors="replace")
    assert "secret machine" not in text
    assert str(run) not in text
    assert str(tmp_path) not in text


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param({"format": "csv"}, "--format csv is unknown", id="format"),
        pytest.param({"hold_out": ("citys",)}, "--hold-out citys: no such domain .* near it: cities", id="domain"),
        pytest.param({"format": "toolgrad", "single_turn": True}, "--single-turn does not go with", id="view"),
        pytest.param({"limit": 1, "negatives": 0}, "leaves no workflow to test of 1; use --split 0", id="test empty"),
        pytest.param({"offered": 2, "format": "openai", "negatives": 0, "limit": None}, None, id="fits"),
    ],
)
def test_options_that_do_not_fit_leave_nothing_behind(
    options: dict[str, Any], message: str | None, export: Exporter, tmp_path: Path
) -> None:
    if message is None:
        export(**options)
        return
    with pytest.raises(ConfigError, match=message):
        export(**options)
    assert list(tmp_path.iterdir()) == []


def test_more_gold_tools_than_are_offered_are_refused(
    export: Exporter, make_run: Callable[..., Path], make_sample: Callable[..., Trajectory], tmp_path: Path
) -> None:
    tools = ["cities_get", "algebra_from_roots", "colours_mix"]
    with pytest.raises(ConfigError, match="sample 0 uses 3 tools"):
        export(folder=make_run([make_sample(0, tools)]), offered=2, split=0)
    assert list(tmp_path.iterdir()) == []


def test_a_run_without_released_samples_is_refused(
    export: Exporter, make_run: Callable[..., Path], make_sample: Callable[..., Trajectory]
) -> None:
    with pytest.raises(ConfigError, match="no released sample of the run fits --format trl: it released none"):
        export(folder=make_run([make_sample(0, ["cities_get"], rejected="query")]))


def test_a_split_of_0_has_no_test_files(export: Exporter, tmp_path: Path) -> None:
    record = export(split=0)
    assert set(record.statistics.rows) == {"train"}
    assert sorted(path.name for path in (tmp_path / "out" / "data").iterdir()) == [
        "train-00000-of-00001.parquet",
        "train.jsonl",
    ]


@pytest.mark.parametrize("sort", ["file", "full"])
def test_an_occupied_target_is_left_as_it_is(sort: str, export: Exporter, tmp_path: Path) -> None:
    out = tmp_path / "out"
    if sort == "file":
        out.write_text("mine")
    else:
        out.mkdir()
        (out / "mine").write_text("mine")
    with pytest.raises(ConfigError, match="is a file" if sort == "file" else "is not empty"):
        export()
    assert (out if sort == "file" else out / "mine").read_text() == "mine"


def test_an_empty_target_folder_is_used(export: Exporter, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    export()
    assert (tmp_path / "out" / "README.md").exists()
