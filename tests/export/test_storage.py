"""The data files."""

from pathlib import Path

import pytest

from toolgrad_local.export import storage
from toolgrad_local.export.format import Column
from toolgrad_local.export.storage import read_jsonl, read_parquet, write_split
from toolgrad_local.export.wording import find_today, say_today

COLUMNS: dict[str, Column] = {"id": "text", "said": ("from", "value"), "any": "json", "many": "json_list"}
ROWS = [
    {"id": f"w{n}", "said": [{"from": "human", "value": "é\n"}] * (n % 3), "any": {"x": n / 7}, "many": [n, "a", None]}
    for n in range(7)
]


def test_rows_come_back_from_shards_and_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "SHARD_ROWS", 3)
    write_split(tmp_path, "train", rows_of_ten_digits(), COLUMNS)
    shards = sorted(tmp_path.glob("*.parquet"))
    assert [path.name for path in shards] == [f"train-0000{n}-of-00003.parquet" for n in range(3)]
    assert list(read_parquet(shards, COLUMNS)) == rows_of_ten_digits()
    assert list(read_jsonl(tmp_path / "train.jsonl")) == rows_of_ten_digits()


def rows_of_ten_digits() -> list[dict[str, object]]:
    """Floats as the catalog rounds them."""
    return [{**row, "any": {"x": float(f"{n / 7:.10g}")}} for n, row in enumerate(ROWS)]


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_split(tmp_path / name, "test", rows_of_ten_digits(), COLUMNS)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


@pytest.mark.parametrize(
    ("today", "sentence"),
    [("2024-05-09", "Today is Thursday, 9 May 2024."), ("2025-12-31", "Today is Wednesday, 31 December 2025.")],
)
def test_the_day_is_said_in_one_way_and_read_back(today: str, sentence: str) -> None:
    assert say_today(today) == sentence
    assert find_today(f"{sentence} More.") == today


def test_a_text_without_the_sentence_has_no_day() -> None:
    assert find_today("Today is a good day.") is None
