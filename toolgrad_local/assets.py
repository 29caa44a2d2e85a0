"""Finds prompts/ and models/ in a wheel, an editable install and a bare checkout."""

from pathlib import Path

from toolgrad_local.errors import ConfigError


def asset_folder(name: str) -> Path:
    """The folder `prompts` or `models`. Raises ConfigError if neither place has it."""
    here = Path(__file__).resolve().parent
    for candidate in (here / "_assets" / name, here.parent / name):
        if candidate.is_dir():
            return candidate
    raise ConfigError(f"the folder {name}/ is missing from this installation; install toolgrad-local again")
