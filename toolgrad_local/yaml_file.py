"""Reads a YAML file that a person wrote."""

from pathlib import Path
from typing import Any

import yaml

from toolgrad_local.errors import ConfigError


def read_yaml(file: Path, option: str = "", remedy: str = "name a YAML file") -> Any:
    """What it holds. Raises ConfigError for a file that cannot be read or is no YAML: one line that begins with the
    command line's `option`, if one named the file."""
    place = f"{option} {file}".lstrip()
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{place} cannot be read: {error.strerror}; {remedy}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"{place} is no YAML: {' '.join(str(error).split())}") from error
