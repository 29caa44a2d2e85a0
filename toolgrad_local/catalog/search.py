"""Finds tools by words and filters."""

from mock_apis.core import Tool
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.errors import ConfigError


def search_tools(
    catalog: Catalog,
    text: str | None,
    *,
    category: str | None = None,
    domain: str | None = None,
    kind: str | None = None,
) -> list[Tool]:
    """The tools that have every word of `text` in name or description, in catalog order; None filters nothing.

    Raises ConfigError for a category or domain that the catalog does not have.
    """
    require_known("category", category, {d.category for d in catalog.domains})
    require_known("domain", domain, {d.name for d in catalog.domains})
    words = (text or "").casefold().split()
    return [
        tool
        for tool in catalog.tools.values()
        if category in (None, tool.category)
        and domain in (None, tool.domain)
        and kind in (None, tool.kind)
        and all(word in f"{tool.name} {tool.description}".casefold() for word in words)
    ]


def require_known(what: str, name: str | None, known: set[str]) -> None:
    """Raises ConfigError unless the name is None or known."""
    if name is not None and name not in known:
        raise ConfigError(f"--{what}: there is no {what} '{name}'; there are {', '.join(sorted(known))}")
