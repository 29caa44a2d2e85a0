"""A domain is a module's tools: a typed function below `@domain.tool(...)` is declared as one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import PydanticUserError
from pydantic_core import SchemaError

from mock_apis.core.errors import ToolFailure
from mock_apis.core.signature import WrongDeclaration
from mock_apis.core.tool import Kind, Tool


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


class Domain:
    """The tools of one service. `mock_apis/<category>/<module>.py` assigns one to a module variable."""

    def __init__(self, name: str, *, category: str, description: str) -> None:
        self.name, self.category, self.description = name, category, description
        self.tools: dict[str, Tool] = {}
        self.problems: list[Problem] = []
        """Declarations that give no tool; complete once `settle` was called."""

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
        each parameter. All this is read on first use.
        """

        def declare(function: Callable[..., Any]) -> Callable[..., Any]:
            tool = Tool(
                name=f"{self.name}_{function.__name__.rstrip('_')}",
                domain=self.name,
                category=self.category,
                example={} if example is None else example,
                errors=tuple(error.kind for error in errors),
                writes=writes,
                kind=kind,
                equivalent_to=tuple(equivalent_to),
                source=f"{function.__code__.co_filename}:{function.__code__.co_firstlineno}",
                function=function,
            )
            if example is None:
                self.report(tool, "has no example", "give example={...}: arguments that succeed in any world")
            elif tool.name in self.tools:
                self.report(tool, "is declared twice", "rename one of the two functions")
            else:
                self.tools[tool.name] = tool
            return function

        return declare

    def settle(self) -> None:
        """Read every declaration now; a wrong one is taken out of `tools` and becomes a problem."""
        for tool in list(self.tools.values()):
            try:
                assert tool.parameters
                assert tool.result
            except WrongDeclaration as wrong:
                self.report(tool, wrong.fault, wrong.remedy)
            except PydanticUserError as error:
                fault = f"has a type without a JSON Schema: {str(error).splitlines()[0]}"
                self.report(tool, fault, "use str, int, float, bool, list or a Record")
            except SchemaError as error:
                fault = f"has a type that cannot be checked: {str(error).splitlines()[-1]}"
                self.report(tool, fault, "mend its pattern (look-around is not supported) or its bounds")
            except RecursionError:
                self.report(
                    tool, "has a type that contains itself", "give it a depth, or ids to ask for what is inside"
                )
            else:
                continue
            del self.tools[tool.name]

    def report(self, tool: Tool, fault: str, remedy: str) -> None:
        """Note what is wrong with a declaration."""
        self.problems.append(Problem(self.name, tool.name, tool.source, fault, remedy))
