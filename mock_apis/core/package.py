"""Finds the domains of a catalog package, the bundled one or a user's."""

import importlib
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from mock_apis.core.domain import Domain, Problem

COMPUTING_PACKAGES = (
    "babel", "convertdate", "croniter", "ephem", "geographiclib", "holidays", "inflect", "jellyfish", "jmespath",
    "jsonschema", "networkx", "packaging", "phonenumbers", "pydantic", "PyMeeus", "pyphen", "python-dateutil",
    "python-stdnum", "segno", "semver", "snowballstemmer", "sympy", "tzdata", "vaderSentiment",
)  # fmt: skip
"""Distributions whose version may decide a result; pyproject.toml pins them."""


@dataclass(frozen=True)
class Found:
    """The domains of a package, by name, and the declarations in it that give none."""

    domains: tuple[Domain, ...]
    problems: tuple[Problem, ...]


def load_package(package: ModuleType, *, settle: bool) -> Found:
    """The `Domain` objects assigned in the package's `<category>/<domain>.py` modules.

    With `settle` every declaration is read now, which takes milliseconds a tool; a wrong one, and a module that cannot
    be imported, is a problem with its line. Without, for a package known to be right, both raise.
    """
    domains: dict[str, Domain] = {}
    problems: list[Problem] = []
    for name, path in list_modules(package):
        short = name.rpartition(".")[2]
        try:
            module = importlib.import_module(name)
        except Exception as error:  # somebody else's module may raise anything, and all that is wrong is to be told
            if not settle:
                raise
            fault = f"cannot be imported: {type(error).__name__}: {error}"
            problems.append(Problem(short, "", f"{path}:{find_line(error, path)}", fault, "mend the module"))
            continue
        for value in vars(module).values():
            if isinstance(value, Domain) and value is not domains.setdefault(value.name, value):
                fault = f"is declared twice, here and in another module ({name})"
                problems.append(Problem(value.name, "", f"{path}:1", fault, "rename one of the two domains"))
    found = [domains[name] for name in sorted(domains)]
    if settle:
        for domain in found:
            domain.settle()
    problems += [problem for domain in found for problem in domain.problems]
    return Found(tuple(found), (*problems, *find_taken_names(found)))


def find_taken_names(domains: Iterable[Domain]) -> Iterator[Problem]:
    """Tools of different domains with one name: `get_free` of `bike`, `free` of `bike_get`."""
    owners: dict[str, str] = {}
    for tool in (tool for domain in domains for tool in domain.tools.values()):
        if owners.setdefault(tool.name, tool.domain) != tool.domain:
            fault = f"has the name of a tool of the domain {owners[tool.name]}"
            yield Problem(tool.domain, tool.name, tool.source, fault, "rename one of the two functions")


def list_modules(package: ModuleType) -> list[tuple[str, Path]]:
    """Name and file of every module below the package but its core, without importing them."""
    root = Path(package.__path__[0])
    files = [path for path in sorted(root.glob("*/*.py")) if path.stem != "__init__" and path.parent.name != "core"]
    return [(f"{package.__name__}.{path.parent.name}.{path.stem}", path) for path in files]


def find_line(error: BaseException, path: Path) -> int:
    """The last line of the file that an exception passed through; 1 if there is none."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno or 1
    lines = [frame.lineno or 1 for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return lines[-1] if lines else 1
