"""Reads the lists that styles are drawn from: the bundled ones, a file of the user's, or none."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from toolgrad_local.assets import asset_folder
from toolgrad_local.data_model.style import StyleLists
from toolgrad_local.errors import ConfigError
from toolgrad_local.yaml_file import read_yaml

OFF = "off"


def resolve_styles(given: Any) -> StyleLists | None:
    """`given` None: the bundled lists; "off" or False (YAML reads a bare `off` so): none; else a file, or the lists.

    Raises ConfigError naming file, key and fault.
    """
    if given in (OFF, False):
        return None
    if given is None:
        return read_lists(asset_folder("prompts") / "styles.yaml")
    if isinstance(given, str | Path):
        return read_lists(Path(given))
    return check_lists(given, "styles")


def read_lists(file: Path) -> StyleLists:
    """The lists of a YAML file."""
    content = read_yaml(file, "--styles", "name a YAML file, or off")
    return check_lists(content, f"--styles {file}")


def check_lists(content: Any, where: str) -> StyleLists:
    """The lists, if they are all there."""
    try:
        return StyleLists.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        keys = ", ".join(StyleLists.model_fields)
        raise ConfigError(f"{where}: {place}: {first['msg'].lower()}; it takes the lists {keys}") from None
