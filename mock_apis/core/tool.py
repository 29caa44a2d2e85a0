"""One callable of a domain: its schemas, its example, and how it is run."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, create_model

from mock_apis.core.canonical import round_floats
from mock_apis.core.errors import InvalidArgument
from mock_apis.core.schema import find_dropped, parameters_schema, result_schema
from mock_apis.core.signature import Signature, read_signature
from mock_apis.core.world import World

Kind = Literal["data", "computation", "stateful", "generated"]
"""data: true facts; computation: exact results; stateful: a world that writes change; generated: seeded
fiction that is only read."""


class Arguments(BaseModel):
    """Base of every tool's argument model: closed, and never turns "12" into 12."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


@dataclass(frozen=True, eq=False)
class Tool:
    """One callable of a domain, with everything a caller may know of it. Equal only to itself."""

    name: str
    domain: str
    category: str
    example: dict[str, Any]
    """Arguments that succeed in a fresh world. `"@other_tool.items[0].id"` is the value at that path
    in the result of the other tool's example."""
    errors: tuple[str, ...]
    """The failure kinds this tool can give besides invalid_argument."""
    writes: bool
    kind: Kind
    equivalent_to: tuple[str, ...]
    """Tools that can truly stand in for this one, so that no distractor is a second right answer."""
    source: str
    """file:line of the function."""
    function: Callable[..., Any] = field(repr=False, compare=False)

    @cached_property
    def signature(self) -> Signature:
        """Read from the function on first use, as are the schemas: a catalog of a thousand tools loads at once."""
        return read_signature(self.function)

    @property
    def description(self) -> str:
        """What a model sees of the tool."""
        return self.signature.summary

    @cached_property
    def parameters(self) -> dict[str, Any]:
        """JSON Schema of the arguments; entities are marked `x-entity`."""
        return parameters_schema(self._arguments_model)

    @cached_property
    def result(self) -> dict[str, Any]:
        """JSON Schema of a successful result."""
        return result_schema(self.signature.result)

    def dropped_keywords(self) -> set[str]:
        """Keywords of its types that lie outside the subset: they hold in a call, but no schema tells of them."""
        arguments, result = (
            self._arguments_model.model_json_schema(),
            self._result_type.json_schema(mode="serialization"),
        )
        return find_dropped(arguments) | find_dropped(result)

    @cached_property
    def _arguments_model(self) -> type[Arguments]:
        return create_model(self.name, __base__=Arguments, **self.signature.fields)

    @cached_property
    def _result_type(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.signature.result)

    def run(self, world: World, arguments: dict[str, Any]) -> Any:
        """The JSON value of the result. A write changes `world` only if it succeeds.

        Raises ToolFailure; another exception is a bug of the tool.
        """
        values = self.check(arguments)
        fork = world.fork()
        result = self._result_type.dump_python(self.function(fork, **values), mode="json")
        if self.writes:
            world.adopt(fork)
        elif fork.writes != world.writes:
            raise RuntimeError(f"{self.name} ({self.source}) writes but is not declared with writes=True")
        return round_floats(result)

    def check(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """The arguments that were given, as values of the parameters' types. Raises InvalidArgument."""
        try:
            model = self._arguments_model.model_validate_json(json.dumps(arguments), strict=True)
        except ValidationError as error:
            raise InvalidArgument(_explain(error)) from None
        given = model.model_fields_set
        for name in given:
            if getattr(model, name) is None:
                raise InvalidArgument(f"{name}: may be left out, but is not null")
        return {name: value for name, value in model if name in given}


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(map(str, first["loc"])) or "arguments"
    given = "" if first["type"] == "missing" else f" (given: {first['input']!r})"
    return f"{place}: {first['msg']}{given}"
