"""Where the styles of a run come from."""

from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.data_model.style import StyleLists
from toolgrad_local.errors import ConfigError
from toolgrad_local.generation.read_config import read_config
from toolgrad_local.generation.styles import resolve_styles

OWN = {
    "personas": ["a cook"],
    "situations": ["at home"],
    "tones": ["brisk"],
    "lengths": ["short"],
    "explicitness": ["plain"],
}


def test_the_bundled_lists_are_there_and_hold_no_entry_twice() -> None:
    lists = resolve_styles(None)
    assert lists is not None
    assert len(lists.personas) >= 30
    for entries in lists.model_dump().values():
        assert len(set(entries)) == len(entries)


@pytest.mark.parametrize("off", ["off", False])
def test_styles_can_be_switched_off(off: Any) -> None:
    assert resolve_styles(off) is None


def test_own_lists_come_from_a_file_or_from_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("".join(f"{name}: {entries}\n" for name, entries in OWN.items()))
    wanted = StyleLists.model_validate(OWN)
    assert resolve_styles(str(file)) == resolve_styles(file) == resolve_styles(OWN) == wanted


@pytest.mark.parametrize("text", ["styles: off\n", "styles: {}\n", f"styles: {OWN}\n"], ids=["off", "empty", "lists"])
def test_a_config_file_may_hold_the_lists(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text(f"teacher: scripted\n{text}")
    if "{}" in text:
        with pytest.raises(ConfigError, match=r"styles: personas: field required; it takes the lists personas"):
            read_config(file, {})
        return
    styles = read_config(file, {}).styles
    assert styles == (None if "off" in text else StyleLists.model_validate(OWN))


def test_the_command_line_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text(f"teacher: scripted\nstyles: {OWN}\nlanguages: [English, French]\n")
    assert read_config(file, {"styles": "off"}).styles is None
    assert read_config(file, {}).languages == ("English", "French")
    assert read_config(file, {"languages": ("German",)}).languages == ("German",)
