"""Finds the domains of a catalog package, the bundled one or a user's."""

import importlib
import pkgutil
from dataclasses import dataclass
from types import ModuleType

from mock_apis.core.domain import Domain, Problem


@dataclass(frozen=True)
class Found:
    """The domains of a package, by name, and the declarations in it that give none."""

    domains: tuple[Domain, ...]
    problems: tuple[Problem, ...]


def load_package(package: ModuleType) -> Found:
    """The `Domain` objects assigned in the package's `<category>/<domain>.py` modules.

    What a module raises while it is imported is raised here.
    """
    domains: dict[str, Domain] = {}
    problems: list[Problem] = []
    for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if info.ispkg or info.name.startswith(f"{package.__name__}.core."):
            continue
        module = importlib.import_module(info.name)
        for value in vars(module).values():
            if isinstance(value, Domain) and value is not domains.setdefault(value.name, value):
                fault = f"is declared twice, here and in another module ({info.name})"
                problems.append(Problem(value.name, "", f"{module.__file__}:1", fault, "rename one of the two domains"))
    found = [domains[name] for name in sorted(domains)]
    return Found(tuple(found), (*problems, *(problem for domain in found for problem in domain.problems)))
