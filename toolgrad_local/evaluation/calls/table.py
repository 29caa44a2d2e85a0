"""The formats by name, and which of them a chat template asks for."""

from collections.abc import Callable

from toolgrad_local.errors import ConfigError
from toolgrad_local.evaluation.calls.bare import read_bare
from toolgrad_local.evaluation.calls.constrained import read_constrained
from toolgrad_local.evaluation.calls.hermes import read_hermes
from toolgrad_local.evaluation.calls.mistral import read_mistral
from toolgrad_local.evaluation.calls.pieces import Pieces
from toolgrad_local.evaluation.calls.pythonic import read_pythonic

Reader = Callable[[str], Pieces]
CONSTRAINED = "constrained"
FORMATS: dict[str, Reader] = {
    "hermes": read_hermes,
    "mistral": read_mistral,
    "json": read_bare,
    "pythonic": read_pythonic,
}
READERS = {**FORMATS, CONSTRAINED: read_constrained}
SIGNS = (
    ("[TOOL_CALLS]", "mistral"),
    ("<|python_start|>", "pythonic"),
    ("tool_code", "pythonic"),
    ("<|python_tag|>", "json"),
    ('{"name": function name, "parameters"', "json"),
)
"""What a template holds if its model writes calls so."""
OTHERS = ("<arg_key>", "<function=", "<|channel|>", "<｜tool")
"""Signs of formats that have no reader here, some of which use the tags of Hermes too."""


def find_call_format(template: str, model: str) -> str:
    """Raises ConfigError if the template gives no sign of a format that is known."""
    if not any(sign in template for sign in OTHERS):
        if "<tool_call>" in template:
            return "hermes"
        for sign, name in SIGNS:
            if sign in template:
                return name
    raise ConfigError(
        f"how {model} writes calls cannot be told from its chat template; name it with --calls: "
        f"{', '.join(FORMATS)}; or use --constrained"
    )
