"""Files that grow a line at a time."""

from pathlib import Path

import pytest

from toolgrad_local.errors import ConfigError
from toolgrad_local.evaluation.answer import Answer, Said
from toolgrad_local.evaluation.lines import LineFile


def answer(row: str, text: str = "hello") -> Answer:
    """One reply."""
    return Answer(id=row, replies=(Said(text=text, finish="stop"),))


def test_what_was_added_is_read_and_a_line_cut_short_is_owed_again(tmp_path: Path) -> None:
    file = LineFile(tmp_path / "answers.jsonl", Answer)
    assert file.read() == {}
    with file.open() as lines:
        lines.add(answer("a"))
        lines.add(answer("b", "</script>\u2028 é"))
    whole = file.path.read_bytes()
    file.path.write_bytes(whole + whole[:20])
    assert file.read() == {"a": answer("a"), "b": answer("b", "</script>\u2028 é")}
    with file.open() as lines:
        lines.add(answer("c"))
    assert list(file.read()) == ["a", "b", "c"]


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    file = LineFile(tmp_path / "answers.jsonl", Answer)
    file.path.write_text('{"id": "a", "replies": []}\nnonsense\n')
    with pytest.raises(ConfigError, match=r"answers.jsonl:2 is damaged"):
        file.read()


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    file = LineFile(tmp_path / "answers.jsonl", Answer)
    with file.open(), pytest.raises(ConfigError, match="another process"), file.open():
        pass


def test_a_tidy_file_does_not_depend_on_when_lines_came(tmp_path: Path) -> None:
    files = [LineFile(tmp_path / name, Answer) for name in ("one", "two")]
    for file, rows in zip(files, ("ab", "ba"), strict=True):
        with file.open() as lines:
            for row in rows:
                lines.add(answer(row))
        there = file.read()
        file.tidy(there[row] for row in sorted(there))
    assert files[0].path.read_bytes() == files[1].path.read_bytes()
