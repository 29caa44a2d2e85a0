"""`toolgrad-local export`"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import Manifest, write_manifest
from toolgrad_local.negatives.options import KindShares


def test_the_command_writes_a_data_set_and_says_what_is_in_it(
    command: Callable[..., Any], run: Path, tmp_path: Path
) -> None:
    options = ["--offered", 5, "--split", 0.3, "--embeddings", "lexical"]
    outcome = command("export", run, "--format", "openai", "--out", tmp_path / "set", *options)
    assert outcome.code == 0, outcome.err
    assert "train " in outcome.out
    assert "similar tools found by lexical" in outcome.out
    assert (tmp_path / "set" / "README.md").exists()


def test_json_is_the_record(command: Callable[..., Any], run: Path, tmp_path: Path) -> None:
    options = ["--hold-out", "cards", "--hold-out", "cities", "--embeddings", "lexical", "--json"]
    outcome = command("export", run, "--format", "toolgrad", "--out", tmp_path / "set", *options)
    assert json.loads(outcome.out) == json.loads((tmp_path / "set" / "dataset.json").read_text(encoding="utf-8"))
    assert json.loads(outcome.out)["options"]["hold_out"] == ["cards", "cities"]


def test_kinds_have_the_shares_asked_for_and_the_card_says_how(
    command: Callable[..., Any], run: Path, tmp_path: Path
) -> None:
    options = ["--kind", "irrelevance=2", "--kind", "missing_parameter=0", "--kind", "no_tool=0"]
    outcome = command(
        "export", run, "--format", "trl", "--out", tmp_path / "set", *options, "--negatives", 100, "--json"
    )
    rows = json.loads(outcome.out)["made"]["examples"]["rows"]
    assert set(rows) == {"positive", "irrelevance", "missing_tool"}
    assert abs(rows["irrelevance"] - 2 * rows["missing_tool"]) <= 2
    card = (tmp_path / "set" / "README.md").read_text(encoding="utf-8")
    assert " ".join(options) in card
    assert command("verify", tmp_path / "set", "--run", run).code == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param(["--format", "csv"], "error: --format csv is unknown; choose one of openai, trl", id="format"),
        pytest.param(["--format", "trl", "--hold-out", "nowhere"], "error: --hold-out nowhere: no such", id="domain"),
        pytest.param(["--format", "trl", "--embeddings", "nowhere"], "error: no embedding model 'nowhere'", id="model"),
        pytest.param(["--format", "trl", "--split", "2"], "2.0 is not in the range 0<=x<=1", id="split"),
        pytest.param(["--format", "trl", "--catalog", "nowhere"], "error: ", id="catalog"),
        pytest.param(["--format", "trl", "--kind", "hard=2"], "error: --kind hard=2: give KIND=SHARE with", id="kind"),
        pytest.param(["--format", "trl", "--kind", "no_tool=-1"], "error: --kind no_tool=-1: a share is", id="share"),
        pytest.param(["--format", "trl", "--kind", "no_tool=nan"], "error: --kind no_tool=nan: a share is", id="nan"),
        pytest.param(["--format", "trl", "--kind", "no_tool"], "error: --kind no_tool: a share is", id="no share"),
        pytest.param(
            ["--format", "trl", *(f"--kind={kind}=0" for kind in KindShares.model_fields)],
            "error: --kind: every share is 0",
            id="no kind",
        ),
    ],
)
def test_wrong_input_is_one_line_and_leaves_nothing(
    options: list[str], message: str, command: Callable[..., Any], run: Path, tmp_path: Path
) -> None:
    outcome = command("export", run, "--out", tmp_path / "set", *options)
    assert outcome.code == 2
    assert message in outcome.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        pytest.param(lambda run: (run / "manifest.json").unlink(), "is no run folder", id="no run"),
        pytest.param(lambda run: (run / "workflows.jsonl").write_text(""), "was changed after the run", id="edited"),
        pytest.param(lambda run: (run / "rejected.jsonl").unlink(), "is missing", id="missing"),
        pytest.param(lambda run: set_field(run, "outputs", {}), "is unfinished; resume it", id="unfinished"),
        pytest.param(lambda run: set_field(run, "format", 99), "is a run folder of format 99", id="version"),
        pytest.param(lambda run: set_field(run, "catalog", "0" * 64), "was made with catalog 0000", id="catalog"),
    ],
)
def test_a_run_that_cannot_be_trusted_is_refused(
    harm: Callable[[Path], None],
    message: str,
    command: Callable[..., Any],
    make_run: Callable[..., Path],
    samples: tuple[Any, ...],
    tmp_path: Path,
) -> None:
    folder = make_run(samples[:2])
    harm(folder)
    outcome = command("export", folder, "--format", "trl", "--out", tmp_path / "set")
    assert outcome.code in (1, 2)
    assert message in outcome.err
    assert outcome.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def set_field(run: Path, name: str, value: object) -> None:
    """Change a field of the manifest."""
    folder = RunFolder(run)
    write_manifest(folder, Manifest.model_validate({**json.loads(folder.manifest.read_text()), name: value}))
