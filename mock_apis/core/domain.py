"""A domain is a module's tools: a typed function below `@domain.tool(...)` is declared as one."""

import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints

from pydantic import Field, PydanticUserError, TypeAdapter, create_model

from mock_apis.core.errors import ToolFailure
from mock_apis.core.schema import parameters_schema, result_schema
from mock_apis.core.tool import Arguments, Kind, Tool

PARAMETER_LINE = re.compile(r"^([a-z][a-z0-9_]*): (.+)$")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a declaration, where, and how to mend it."""

    domain: str
    tool: str
    source: str
    """file:line"""
    fault: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.source}: {self.tool or self.domain} {self.fault}; {self.remedy}"


class WrongDeclaration(Exception):
    """A function that cannot be a tool."""

    def __init__(self, fault: str, remedy: str) -> None:
        super().__init__(f"{fault}; {remedy}")
        self.fault, self.remedy = fault, remedy


class Domain:
    """The tools of one service. `mock_apis/<category>/<module>.py` assigns one to a module variable."""

    def __init__(self, name: str, *, category: str, description: str) -> None:
        self.name, self.category, self.description = name, category, description
        self.tools: dict[str, Tool] = {}
        self.problems: list[Problem] = []
        """Declarations that give no tool."""

    def tool(
        self,
        *,
        example: dict[str, Any] | None = None,
        errors: Sequence[type[ToolFailure]] = (),
        writes: bool = False,
        kind: Kind,
        equivalent_to: Sequence[str] = (),
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Declare the function below as `<domain>_<function>` (a trailing underscore is dropped).

        Its first parameter is the world, the others are the tool's; their annotations give the
        schemas. The docstring's first paragraph is the description; a line `name: text` describes
        each parameter. A declaration that is wrong goes to `problems`.
        """

        def declare(function: Callable[..., Any]) -> Callable[..., Any]:
            name = f"{self.name}_{function.__name__.rstrip('_')}"
            source = f"{function.__code__.co_filename}:{function.__code__.co_firstlineno}"
            try:
                signature = _read_signature(function)
                if example is None:
                    raise WrongDeclaration("has no example", "give example={...}: arguments that succeed in any world")
                if name in self.tools:
                    raise WrongDeclaration("is declared twice", "rename one of the two functions")
                model = create_model(name, __base__=Arguments, **signature.fields)
                self.tools[name] = Tool(
                    name=name,
                    domain=self.name,
                    category=self.category,
                    description=signature.summary,
                    parameters=parameters_schema(model),
                    result=result_schema(signature.result),
                    example=example,
                    errors=tuple(error.kind for error in errors),
                    writes=writes,
                    kind=kind,
                    equivalent_to=tuple(equivalent_to),
                    source=source,
                    function=function,
                    arguments_model=model,
                    adapter=TypeAdapter(signature.result),
                )
            except WrongDeclaration as wrong:
                self.problems.append(Problem(self.name, name, source, wrong.fault, wrong.remedy))
            except PydanticUserError as error:
                fault = f"has a type without a JSON Schema: {str(error).splitlines()[0]}"
                self.problems.append(
                    Problem(self.name, name, source, fault, "use str, int, float, bool, list, a Record")
                )
            return function

        return declare


@dataclass(frozen=True)
class Signature:
    """What a function says of the tool that it is."""

    summary: str
    fields: dict[str, Any]
    result: Any


def _read_signature(function: Callable[..., Any]) -> Signature:
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
