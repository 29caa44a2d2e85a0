"""Reads a catalog package into one table of tools."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType

import mock_apis
from mock_apis.core import Domain, Tool
from mock_apis.core.package import load_package
from toolgrad_local.errors import CatalogError


@dataclass(frozen=True)
class Catalog:
    """All tools of a package, by name."""

    package: str
    domains: tuple[Domain, ...]
    digest: str
    """Of every file of the package: another digest may mean other results."""

    @cached_property
    def tools(self) -> dict[str, Tool]:
        """Name to tool, sorted by domain and, within one, as declared."""
        return {name: tool for domain in self.domains for name, tool in domain.tools.items()}

    def tool(self, name: str) -> Tool:
        """The tool of that name. Raises CatalogError with names that are near it."""
        if name not in self.tools:
            import difflib

            near = difflib.get_close_matches(name, self.tools, 3)
            raise CatalogError(
                f"no tool '{name}' in {self.package}" + (f"; near it: {', '.join(near)}" if near else "")
            )
        return self.tools[name]


def load_catalog(package: ModuleType = mock_apis) -> Catalog:
    """The catalog of an importable package. Raises CatalogError for a declaration that is wrong."""
    found = load_package(package)
    if found.problems:
        more = f" (and {len(found.problems) - 1} more: toolgrad-local catalog check)" if len(found.problems) > 1 else ""
        raise CatalogError(f"{found.problems[0]}{more}")
    if not any(domain.tools for domain in found.domains):
        raise CatalogError(f"{package.__name__} declares no tools")
    return Catalog(package.__name__, found.domains, digest_folder(Path(package.__path__[0])))


def digest_folder(folder: Path) -> str:
    """SHA-256 over the names and bytes of a folder's files, compiled ones left out."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            total.update(str(path.relative_to(folder)).encode() + b"\0")
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
