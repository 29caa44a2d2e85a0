"""The formats by name."""

from toolgrad_local.errors import ConfigError
from toolgrad_local.export.format import Format
from toolgrad_local.export.formats.bfcl import BFCL
from toolgrad_local.export.formats.hermes import HERMES
from toolgrad_local.export.formats.openai import OPENAI
from toolgrad_local.export.formats.react import REACT
from toolgrad_local.export.formats.sharegpt import SHAREGPT
from toolgrad_local.export.formats.toolgrad import TOOLGRAD
from toolgrad_local.export.formats.trl import TRL
from toolgrad_local.export.formats.xlam import XLAM

FORMATS = {form.name: form for form in (OPENAI, TRL, SHAREGPT, HERMES, XLAM, BFCL, TOOLGRAD, REACT)}


def find_format(name: str) -> Format:
    """Raises ConfigError naming the formats that there are."""
    if name not in FORMATS:
        raise ConfigError(f"--format {name} is unknown; choose one of {', '.join(FORMATS)}")
    return FORMATS[name]
