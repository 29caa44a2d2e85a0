import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from toolgrad_local.teacher.digest import check_folder, digest_weights


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A whole folder of weights, a few bytes large."""
    monkeypatch.setenv("TOOLGRAD_HOME", str(tmp_path / "home"))
    folder = tmp_path / "weights"
    folder.mkdir()
    header = json.dumps({"w": {"dtype": "BF16", "shape": [2, 4], "data_offsets": [0, 16]}}).encode()
    (folder / "model.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + bytes(range(16)))
    (folder / "config.json").write_text("{}")
    (folder / "tokenizer.json").write_text("{}")
    (folder / "chat_template.jinja").write_text("{{ messages }}")
    return folder


def test_a_whole_folder_has_no_problems(folder: Path) -> None:
    assert check_folder(folder) == []


def remove(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).unlink()


def cut(size: int) -> Callable[[Path], object]:
    return lambda folder: os.truncate(folder / "model.safetensors", size)


def write(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        pytest.param(remove("config.json"), "config.json is missing", id="no config"),
        pytest.param(write("config.json", b"{"), "config.json cannot be read", id="damaged config"),
        pytest.param(remove("model.safetensors"), "has no .safetensors file", id="no weights"),
        pytest.param(remove("tokenizer.json"), "has no tokenizer", id="no tokenizer"),
        pytest.param(remove("chat_template.jinja"), "has no chat template", id="no chat template"),
        pytest.param(cut(0), "cut off", id="empty"),
        pytest.param(cut(40), "cut off", id="cut in the header"),
        pytest.param(cut(80), "its header announces", id="cut in the data"),
        pytest.param(
            write("model.safetensors", (4).to_bytes(8, "little") + b"{}}}"), "header cannot be read", id="header"
        ),
        pytest.param(
            write("model.safetensors.index.json", b'{"weight_map": {"w": "model-2.safetensors"}}'),
            "the shard model-2.safetensors is missing",
            id="missing shard",
        ),
    ],
)
def test_damage_is_named(folder: Path, damage: Callable[[Path], object], said: str) -> None:
    damage(folder)
    problems = check_folder(folder)
    assert len(problems) == 1
    assert said in problems[0]


def test_a_path_that_is_no_folder_is_named(tmp_path: Path) -> None:
    assert check_folder(tmp_path / "absent") == [f"{tmp_path / 'absent'} is no folder"]


def test_the_digest_is_that_of_the_contents_wherever_they_lie(folder: Path) -> None:
    before = digest_weights(folder)
    moved = folder.rename(folder.with_name("elsewhere"))
    assert digest_weights(moved) == before
    (moved / "chat_template.jinja").write_text("another")
    assert digest_weights(moved) != before


def test_files_that_decide_nothing_are_not_counted(folder: Path) -> None:
    before = digest_weights(folder)
    (folder / "README.md").write_text("hello")
    (folder / "toolgrad.json").write_text("{}")
    assert digest_weights(folder) == before


def test_a_file_is_read_once(folder: Path, tmp_path: Path) -> None:
    digest_weights(folder)
    known = tmp_path / "home" / "digests.json"
    marked = dict.fromkeys(json.loads(known.read_text()), "ab" * 32)
    before = digest_weights(folder)
    known.write_text(json.dumps(marked))
    assert digest_weights(folder) != before
    known.write_text("{torn")
    assert digest_weights(folder) == before
