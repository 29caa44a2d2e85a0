"""Reads a catalog package, the bundled one or a user's folder, into one table of tools."""

import hashlib
import importlib.util
import sys
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import mock_apis
from mock_apis.core import Domain, Tool, World
from mock_apis.core.package import COMPUTING_PACKAGES, load_package
from toolgrad_local.catalog.distant import DistantTool, DistantWorld
from toolgrad_local.catalog.host import Host
from toolgrad_local.data_model.outcome import OutcomeStore
from toolgrad_local.errors import CatalogError


@dataclass(frozen=True)
class Catalog:
    """All tools of a package, by name."""

    package: str
    domains: tuple[Domain, ...]
    digest: str
    """Of every file of the package and of what its tools compute with: another digest may mean other results."""
    folder: Path | None = None
    """Where a user's package lies; None for the bundled one."""
    host: Host | None = None
    """What runs a user's tools; None for the bundled ones, which run in this process."""
    store: OutcomeStore | None = None
    """What remembers the outcomes of a user's tools; None: nothing does."""

    @cached_property
    def tools(self) -> dict[str, Tool]:
        """Name to tool, sorted by domain and, within one, as declared."""
        tools = {name: tool for domain in self.domains for name, tool in domain.tools.items()}
        return tools if self.host is None else {name: DistantTool.of(tool) for name, tool in tools.items()}

    def new_world(self, seed: int) -> World:
        """The untouched world of that seed."""
        return World(seed) if self.host is None else DistantWorld(seed, self.host, self.store)

    def tool(self, name: str) -> Tool:
        """The tool of that name. Raises CatalogError with names that are near it."""
        if name not in self.tools:
            import difflib

            near = difflib.get_close_matches(name, self.tools, 3)
            raise CatalogError(
                f"no tool '{name}' in {self.package}" + (f"; near it: {', '.join(near)}" if near else "")
            )
        return self.tools[name]


def load_catalog(folder: Path | None = None) -> Catalog:
    """The catalog in a package's folder, None for the bundled one. Raises CatalogError for what is wrong with it.

    The bundled one's declarations are read when they are used; tests see to it that they are right.
    """
    package = mock_apis if folder is None else import_folder(folder)
    found = load_package(package, settle=folder is not None)
    if found.problems:
        more = f" (and {len(found.problems) - 1} more: toolgrad-local catalog check)" if len(found.problems) > 1 else ""
        raise CatalogError(f"{found.problems[0]}{more}")
    if not any(domain.tools for domain in found.domains):
        raise CatalogError(f"{package.__name__} declares no tools")
    digest = digest_catalog(package)
    host = None if folder is None else Host(folder, digest)
    return Catalog(package.__name__, found.domains, digest, folder, host)


def import_folder(folder: Path) -> ModuleType:
    """The package in a folder, imported under the folder's name. Raises CatalogError."""
    folder = folder.resolve()
    name, entry = folder.name, folder / "__init__.py"
    if not entry.is_file():
        raise CatalogError(f"{folder} is no package: it has no __init__.py (an empty one will do)")
    if not name.isidentifier():
        raise CatalogError(f"{folder}: '{name}' is no Python name; rename the folder, my_apis say")
    known = sys.modules.get(name)
    if known is not None and is_file(getattr(known, "__file__", None), entry):
        return known
    other = None if known is not None else importlib.util.find_spec(name)
    if known is not None or (other is not None and not is_file(other.origin, entry)):
        raise CatalogError(f"{folder}: there is a Python package '{name}' already; rename the folder, my_apis say")
    spec = importlib.util.spec_from_file_location(name, entry, submodule_search_locations=[str(folder)])
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # a user's module may raise anything
        del sys.modules[name]
        raise CatalogError(f"{entry} cannot be imported: {type(error).__name__}: {error}") from error
    return module


def is_file(name: str | None, path: Path) -> bool:
    """True if a module's file is that one, which it also is where the folder lies on the import path."""
    return name is not None and Path(name).resolve() == path


def digest_catalog(package: ModuleType) -> str:
    """Of the package's files, of the core that runs them, and of the versions of what they may compute with."""
    total = hashlib.sha256(digest_folder(Path(package.__path__[0])).encode())
    if package is not mock_apis:
        total.update(digest_folder(Path(mock_apis.__path__[0]) / "core").encode())
    for name in COMPUTING_PACKAGES:
        total.update(f"{name}=={version(name)}\n".encode())
    return total.hexdigest()


def digest_folder(folder: Path) -> str:
    """SHA-256 over the names and bytes of a folder's files, compiled ones left out."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            total.update(str(path.relative_to(folder)).encode() + b"\0")
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
