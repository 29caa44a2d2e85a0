"""A domain is a module's tools; one typed function is a tool."""

import inspect
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, create_model

from mock_apis.core.canonical import round_floats
from mock_apis.core.errors import InvalidArgument, ToolFailure
from mock_apis.core.schema import parameters_schema, result_schema
from mock_apis.core.world import World

Kind = Literal["data", "computation", "stateful", "generated"]
"""data: true facts; computation: exact results; stateful: a world that writes change; generated: seeded
fiction that is only read."""

PARAMETER_LINE = re.compile(r"^([a-z][a-z0-9_]*): (.+)$")


class Arguments(BaseModel):
    """Base of every tool's argument model: closed, and never turns "12" into 12."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


@dataclass(frozen=True)
class Tool:
    """One callable of a domain, with everything a caller may know of it."""

    name: str
    domain: str
    category: str
    description: str
    parameters: dict[str, Any]
    """JSON Schema of the arguments; entities are marked `x-entity`."""
    result: dict[str, Any]
    """JSON Schema of a successful result."""
    example: dict[str, Any]
    """Arguments that succeed in a fresh world. `"@other_tool.items[0].id"` is the value at that path
    in the result of the other tool's example."""
    errors: tuple[str, ...]
    """The failure kinds this tool can give besides invalid_argument."""
    writes: bool
    kind: Kind
    source: str
    """file:line of the function."""
    function: Callable[..., Any] = field(repr=False, compare=False)
    arguments_model: type[Arguments] = field(repr=False, compare=False)
    adapter: TypeAdapter[Any] = field(repr=False, compare=False)

    def run(self, world: World, arguments: dict[str, Any]) -> Any:
        """The JSON value of the result. A write changes `world` only if it succeeds.

        Raises ToolFailure; another exception is a bug of the tool.
        """
        values = self._checked(arguments)
        fork = world.fork()
        result = self.adapter.dump_python(self.function(fork, **values), mode="json")
        if self.writes:
            world.adopt(fork)
        elif fork.state_hash() != world.state_hash():
            raise RuntimeError(f"{self.name} ({self.source}) writes but is not declared with writes=True")
        return round_floats(result)

    def _checked(self, arguments: dict[str, Any]) -> dict[str, Any]:
        try:
            model = self.arguments_model.model_validate_json(json.dumps(arguments), strict=True)
        except ValidationError as error:
            raise InvalidArgument(_explain(error)) from None
        given = model.model_fields_set
        for name in given:
            if getattr(model, name) is None:
                raise InvalidArgument(f"{name}: may be left out, but is not null")
        return {name: value for name, value in model if name in given}


class Domain:
    """The tools of one service. `mock_apis/<category>/<module>.py` assigns one to a module variable."""

    def __init__(self, name: str, *, category: str, description: str) -> None:
        self.name, self.category, self.description = name, category, description
        self.tools: dict[str, Tool] = {}

    def tool(
        self,
        *,
        example: dict[str, Any],
        errors: Sequence[type[ToolFailure]] = (),
        writes: bool = False,
        kind: Kind,
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Declare the function below as `<domain>_<function>` (a trailing underscore is dropped).

        Its first parameter is the world, the others are the tool's; their annotations give the
        schemas. The docstring's first paragraph is the description; a line `name: text` describes
        each parameter.
        """

        def declare(function: Callable[..., Any]) -> Callable[..., Any]:
            tool = _build(self, function, example, tuple(error.kind for error in errors), writes, kind)
            if tool.name in self.tools:
                raise ValueError(f"{tool.source}: tool {tool.name} is declared twice")
            self.tools[tool.name] = tool
            return function

        return declare


def _build(
    domain: Domain,
    function: Callable[..., Any],
    example: dict[str, Any],
    errors: tuple[str, ...],
    writes: bool,
    kind: Kind,
) -> Tool:
    name = f"{domain.name}_{function.__name__.rstrip('_')}"
    source = f"{function.__code__.co_filename}:{function.__code__.co_firstlineno}"
    hints = get_type_hints(function, include_extras=True)
    if "return" not in hints:
        raise ValueError(f"{source}: {name} has no return annotation")
    summary, described = _read_docstring(function)
    fields: dict[str, Any] = {}
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        if parameter.name not in hints:
            raise ValueError(f"{source}: parameter {parameter.name} of {name} has no type")
        if parameter.name not in described:
            raise ValueError(f"{source}: parameter {parameter.name} of {name} has no line in the docstring")
        annotation = annotate(hints[parameter.name], described[parameter.name])
        required = parameter.default is inspect.Parameter.empty
        fields[parameter.name] = (annotation, ... if required else parameter.default)
    model = create_model(name, __base__=Arguments, **fields)
    return Tool(
        name=name,
        domain=domain.name,
        category=domain.category,
        description=summary,
        parameters=parameters_schema(model),
        result=result_schema(hints["return"]),
        example=example,
        errors=errors,
        writes=writes,
        kind=kind,
        source=source,
        function=function,
        arguments_model=model,
        adapter=TypeAdapter(hints["return"]),
    )


def annotate(annotation: Any, description: str) -> Any:
    """The annotation with a description for its schema."""
    return Annotated[annotation, Field(description=description)]


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


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(map(str, first["loc"])) or "arguments"
    given = "" if first["type"] == "missing" else f" (given: {first['input']!r})"
    return f"{place}: {first['msg']}{given}"
