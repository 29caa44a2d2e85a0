"""Finds the domains of a catalog package, the bundled one or a user's."""

import importlib
import pkgutil
from types import ModuleType

from mock_apis.core.tool import Domain


def load_domains(package: ModuleType) -> list[Domain]:
    """The `Domain` objects assigned in the package's `<category>/<domain>.py` modules, by name."""
    found: dict[str, Domain] = {}
    for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if info.ispkg or info.name.startswith(f"{package.__name__}.core"):
            continue
        for value in vars(importlib.import_module(info.name)).values():
            if isinstance(value, Domain) and value is not found.setdefault(value.name, value):
                raise ValueError(f"{info.name}: domain {value.name} is declared twice")
    return [found[name] for name in sorted(found)]
