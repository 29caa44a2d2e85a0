"""Whatever is changed in a data set is found."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.errors import ConfigError
from toolgrad_local.export.export import export_dataset
from toolgrad_local.export.formats.table import FORMATS
from toolgrad_local.export.options import ExportOptions
from toolgrad_local.export.verify_dataset import verify_dataset
from toolgrad_local.generation.finished import FinishedRun, open_finished
from toolgrad_local.generation.folder import RunFolder, pretty_json
from toolgrad_local.generation.manifest import hash_file
from toolgrad_local.negatives.similarity import open_similarity

Change = Callable[[Path], None]


@pytest.fixture(scope="module")
def finished(run: Path, catalog: Catalog) -> FinishedRun:
    """The run, opened."""
    return open_finished(RunFolder(run), catalog)


@pytest.fixture(scope="module")
def made(finished: FinishedRun, catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set; copy it before changing it."""
    out = tmp_path_factory.mktemp("data") / "set"
    options = ExportOptions(format="trl", offered=5, split=0.3, negatives=100)
    export_dataset(finished, catalog, options, open_similarity("lexical"), out)
    return out


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """A data set of one's own."""
    return Path(shutil.copytree(made, tmp_path / "set"))


@pytest.mark.parametrize("form", list(FORMATS))
def test_a_fresh_data_set_has_no_problems(form: str, finished: FinishedRun, catalog: Catalog, tmp_path: Path) -> None:
    options = ExportOptions(format=form, offered=5, split=0.3)
    export_dataset(finished, catalog, options, open_similarity("lexical"), tmp_path / form)
    assert verify_dataset(tmp_path / form, finished, catalog) == ()
    assert verify_dataset(tmp_path / form, None, catalog) == ()


def edit_rows(folder: Path, old: str, new: str) -> None:
    """Change a text of the first train row that has it, and the recorded digest with it: only meaning gives it away."""
    path = folder / "data" / "train.jsonl"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    record = json.loads((folder / "dataset.json").read_text(encoding="utf-8"))
    record["files"]["data/train.jsonl"] = hash_file(path)
    (folder / "dataset.json").write_text(pretty_json(record), encoding="utf-8")


def edit_record(folder: Path, *path: str, value: object) -> None:
    """Set a field of dataset.json."""
    record = json.loads((folder / "dataset.json").read_text(encoding="utf-8"))
    place = record
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    (folder / "dataset.json").write_text(pretty_json(record), encoding="utf-8")


def append(folder: Path, name: str, text: str) -> None:
    """Write at the end of a file."""
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        pytest.param(lambda f: append(f, "data/test.jsonl", "\n"), "data/test.jsonl: changed", id="a byte"),
        pytest.param(
            lambda f: (f / "data/test.jsonl").with_name("x").write_text(""), "data/x: not in", id="a new file"
        ),
        pytest.param(lambda f: append(f, "README.md", "\nBest data!\n"), "README.md: not the card", id="card"),
        pytest.param(lambda f: (f / "README.md").unlink(), "README.md: missing", id="no card"),
        pytest.param(
            lambda f: edit_record(f, "statistics", "queries", value=99), "dataset.json: statistics", id="statistics"
        ),
        pytest.param(lambda f: edit_record(f, "licences", value=[]), "dataset.json: licences", id="licences"),
        pytest.param(
            lambda f: edit_record(f, "run", "funnel", "released", value=12), "dataset.json: run is not", id="funnel"
        ),
        pytest.param(
            lambda f: edit_record(f, "made", "left_out", value={"over_limit": 3}),
            "dataset.json: what was left",
            id="made",
        ),
        pytest.param(
            lambda f: edit_rows(f, '"price_per_kwh": 0.3', '"price_per_kwh": 0.31'), "data/train-", id="value"
        ),
        pytest.param(
            lambda f: edit_rows(f, '"price_per_kwh": 0.3', '"price_per_kwh": "much"'), "do not fit its", id="type"
        ),
        pytest.param(
            lambda f: edit_rows(f, '{"name": "appliances_running_cost", "arg', '{"name": "appliances_x", "arg'),
            "calls appliances_x, which the catalog lacks",
            id="tool",
        ),
        pytest.param(lambda f: edit_rows(f, '"messages"', '"message"'), "no row of the format trl", id="shape"),
    ],
)
def test_a_change_is_found(change: Change, problem: str, copy: Path, finished: FinishedRun, catalog: Catalog) -> None:
    change(copy)
    found = verify_dataset(copy, finished, catalog)
    assert any(problem in line for line in found), found


def test_a_row_that_moves_to_the_other_split_is_found(copy: Path, catalog: Catalog) -> None:
    train, test = (copy / "data" / f"{split}.jsonl" for split in ("train", "test"))
    first = train.read_text(encoding="utf-8").split("\n")[0]
    append(copy, "data/test.jsonl", first + "\n")
    assert test.exists()
    found = verify_dataset(copy, None, catalog)
    assert any("is in train and in test" in line for line in found)
    assert any("is in test too" in line for line in found)
    assert any("ids are there twice" in line for line in found)


def test_a_gold_tool_among_a_negatives_tools_is_found(copy: Path, catalog: Catalog) -> None:
    path = copy / "data" / "train.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    by_id = {row["id"]: row for row in rows}
    name, negative = next((i, r) for i, r in by_id.items() if i.endswith(("missing_tool", "irrelevance")))
    positive = by_id[name.partition("-")[0]]
    called = next(m["tool_calls"][0]["function"]["name"] for m in positive["messages"] if "tool_calls" in m)
    negative["tools"].append(next(tool for tool in positive["tools"] if tool["function"]["name"] == called))
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    assert any(f"offers {called}, which its query" in line for line in verify_dataset(copy, None, catalog))


def test_another_run_is_told_apart(
    made: Path, catalog: Catalog, make_run: Callable[..., Path], make_sample: Callable[..., Trajectory]
) -> None:
    other = open_finished(RunFolder(make_run([make_sample(0, ["cities_get"])])), catalog)
    found = verify_dataset(made, other, catalog)
    assert any("made from another run" in line for line in found)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(lambda f: (f / "dataset.json").unlink(), "is no data set: it has no dataset.json", id="no record"),
        pytest.param(lambda f: (f / "dataset.json").write_text("{"), "is damaged or of another version", id="damaged"),
        pytest.param(lambda f: edit_record(f, "layout", value=9), "has layout 9, this version reads 1", id="layout"),
        pytest.param(lambda f: append(f, "data/test.jsonl", "{"), "is no JSON", id="torn line"),
        pytest.param(
            lambda f: (f / "data" / "test-00000-of-00001.parquet").write_text("x"), "is no Parquet", id="torn parquet"
        ),
        pytest.param(lambda f: (f / "data" / "test.jsonl").unlink(), "data/test.jsonl is missing", id="no rows"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(change: Change, message: str, copy: Path, catalog: Catalog) -> None:
    change(copy)
    with pytest.raises(ConfigError, match=message) as caught:
        verify_dataset(copy, None, catalog)
    assert "\n" not in str(caught.value)
