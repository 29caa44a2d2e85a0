"""Lint of a domain's source: what would make a result depend on more than the world and the arguments."""

import ast
from collections.abc import Iterator
from pathlib import Path

from toolgrad_local.catalog.checks.findings import Finding

MODULES = {
    **dict.fromkeys(("socket", "ssl", "http.client", "urllib.request", "requests", "httpx", "aiohttp"), "a socket"),
    **dict.fromkeys(("ftplib", "smtplib", "asyncio"), "a socket"),
    **dict.fromkeys(("random", "secrets", "numpy.random"), "an unseeded draw"),
    **dict.fromkeys(("subprocess", "multiprocessing", "ctypes", "shutil", "tempfile"), "the machine"),
    **dict.fromkeys(("pickle", "marshal", "shelve"), "unsafe loading"),
    "locale": "the machine's locale",
}
"""Imports that a domain has no use for, and what they reach for."""
CALLS = {
    **dict.fromkeys(("datetime.now", "datetime.utcnow", "datetime.today", "date.today"), "the clock"),
    **dict.fromkeys(("time.time", "time.time_ns", "time.monotonic", "time.localtime", "time.strftime"), "the clock"),
    **dict.fromkeys(("os.urandom", "uuid.uuid1", "uuid.uuid4", "uuid1", "uuid4"), "an unseeded draw"),
    **dict.fromkeys(("eval", "exec", "compile", "__import__", "parse_expr", "sympify"), "code from text"),
    **dict.fromkeys(("sympy.sympify", "sympy.parse_expr"), "code from text"),
    **dict.fromkeys(("os.system", "os.popen", "os.getenv", "open", "input"), "the machine"),
    "hash": "an order that differs from run to run",
}
REMEDIES = {
    "a socket": "a tool computes or reads frozen tables only",
    "an unseeded draw": "use w.draw(...) or w.new_id(...)",
    "the clock": "use w.now and w.today",
    "the machine": "keep state in a Table, and frozen data in the package",
    "the machine's locale": "format by hand or with babel and an explicit locale",
    "unsafe loading": "read JSON",
    "code from text": "parse the text against a list of what is allowed",
    "an order that differs from run to run": "use mock_apis.core.digest or w.draw(...)",
}


def lint_source(path: Path, domain: str) -> Iterator[Finding]:
    """Forbidden imports and calls, with their lines. A file that is no Python gives nothing: its import tells."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (SyntaxError, UnicodeDecodeError):
        return
    aliases = imported_names(tree)
    for node in ast.walk(tree):
        for name, reaches in reach_of(node, aliases):
            yield Finding(
                domain=domain,
                tool=enclosing_function(tree, node),
                place=f"{path}:{getattr(node, 'lineno', 1)}",
                fault=f"reaches for {reaches} ({name})",
                remedy=REMEDIES[reaches],
            )


def imported_names(tree: ast.Module) -> dict[str, str]:
    """Name in the file to what it stands for: `t` to `time` after `import time as t`."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update({alias.asname: alias.name for alias in node.names if alias.asname})
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
    return names


def reach_of(node: ast.AST, aliases: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Names of what a node imports or calls, with what they reach for."""
    if isinstance(node, ast.Import):
        yield from ((alias.name, MODULES[alias.name]) for alias in node.names if alias.name in MODULES)
    elif isinstance(node, ast.ImportFrom) and node.module:
        names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        yield from ((name, MODULES[name]) for name in names if name in MODULES)
    elif isinstance(node, ast.Call):
        first, dot, rest = dotted_name(node.func).partition(".")
        name = aliases.get(first, first) + dot + rest
        short = ".".join(name.split(".")[-2:])
        for candidate in dict.fromkeys((name, short)):
            if candidate in CALLS:
                yield f"{candidate}()", CALLS[candidate]
                return


def dotted_name(node: ast.AST) -> str:
    """`a.b.c` of nested attributes; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        inner = dotted_name(node.value)
        return f"{inner}.{node.attr}" if inner else ""
    return ""


def enclosing_function(tree: ast.Module, node: ast.AST) -> str:
    """The top-level function around a node; empty for none."""
    line = getattr(node, "lineno", 0)
    for item in tree.body:
        if isinstance(item, ast.FunctionDef) and item.lineno <= line <= (item.end_lineno or item.lineno):
            return f"{item.name}()"
    return ""
