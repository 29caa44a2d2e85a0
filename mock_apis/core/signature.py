"""What a function's annotations and docstring say of the tool that it is."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints

from pydantic import Field

PARAMETER_LINE = re.compile(r"^([a-z][a-z0-9_]*): (.+)$")


class WrongDeclaration(Exception):
    """A function that cannot be a tool."""

    def __init__(self, fault: str, remedy: str) -> None:
        super().__init__(f"{fault}; {remedy}")
        self.fault, self.remedy = fault, remedy


@dataclass(frozen=True)
class Signature:
    """A function read as a tool."""

    summary: str
    fields: dict[str, Any]
    """Parameter name to a pair of its annotation with description and its default; ... where it is required."""
    result: Any


def read_signature(function: Callable[..., Any]) -> Signature:
    """Raises WrongDeclaration for what lacks a type or a description."""
    try:
        hints = get_type_hints(function, include_extras=True)
    except NameError as error:
        raise WrongDeclaration(
            f"has an annotation that cannot be read: {error}", "import or define that type"
        ) from None
    if "return" not in hints:
        raise WrongDeclaration("has no return annotation", "annotate the result with a Record")
    summary, described = _read_docstring(function)
    if not summary:
        raise WrongDeclaration("has no description", "write a docstring of one sentence, then a line a parameter")
    fields: dict[str, Any] = {}
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        if parameter.name not in hints:
            raise WrongDeclaration(f"has a parameter {parameter.name} without a type", "annotate it")
        if parameter.name not in described:
            raise WrongDeclaration(
                f"has a parameter {parameter.name} without a description",
                f"add a line '{parameter.name}: …' to the docstring",
            )
        required = parameter.default is inspect.Parameter.empty
        annotation: Any = hints[parameter.name]
        annotation = Annotated[annotation, Field(description=described[parameter.name])]
        fields[parameter.name] = (annotation, ... if required else parameter.default)
    return Signature(summary, fields, hints["return"])


def _read_docstring(function: Callable[..., Any]) -> tuple[str, dict[str, str]]:
    text = inspect.getdoc(function) or ""
    head, _, rest = text.partition("\n\n")
    described: dict[str, str] = {}
    last = ""
    for line in rest.splitlines():
        match = PARAMETER_LINE.match(line)
        if match:
            last = match[1]
            described[last] = match[2].strip()
        elif line.strip() and last:
            described[last] += " " + line.strip()
    return " ".join(head.split()), described
