"""The layer rule of the architecture, read off the imports."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import mock_apis
import toolgrad_local
from mock_apis.core.package import COMPUTING_PACKAGES

ROOTS = {"toolgrad_local": Path(toolgrad_local.__path__[0]), "mock_apis": Path(mock_apis.__path__[0])}
TIERS = (
    ("cli",),
    ("experiments",),
    ("training", "evaluation", "compare", "report", "bench", "bundle"),
    ("export",),
    ("negatives",),
    ("generation",),
    ("baselines",),
    ("loop",),
    ("audit",),
    ("catalog", "teacher", "prompting", "journal"),
    ("data_model",),
    ("plots", "pages"),
    ("assets", "seeding", "intervals", "yaml_file"),
    ("errors",),
)
"""From top to bottom; the parts of one tier do not know each other."""
HEIGHT = {part: -depth for depth, tier in enumerate(TIERS) for part in tier}
ENTRANCES = frozenset({"__init__", "__main__"})
"""Modules beside the parts: the version, and `python -m toolgrad_local`."""
ENGINES = frozenset({"torch", "transformers", "vllm", "trl", "peft"})
HEAVY = ENGINES | {
    "openai", "outlines", "outlines_core", "llguidance", "xgrammar", "sentence_transformers", "pyarrow", "datasets",
    "pandas", "matplotlib", "scipy",
}  # fmt: skip
TRANSPORTS = frozenset({"httpx", "httpx2", "openai", "vllm", "socket", "urllib", "requests", "aiohttp"})
MOST_LINES = 300


def module_files() -> list[tuple[str, Path]]:
    """Dotted name without the package, and file, of every module of toolgrad_local."""
    root = ROOTS["toolgrad_local"]
    paths = sorted(path for path in root.rglob("*.py") if "_assets" not in path.parts)
    return [(".".join(path.relative_to(root).with_suffix("").parts), path) for path in paths]


def imports_of(path: Path, *, top_level: bool = False) -> Iterator[str]:
    """Dotted names that a file imports; `top_level`: only those that run when the file itself is imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in run_at_import(tree) if top_level else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Every node that is neither inside a function nor for type checkers alone."""
    for child in ast.iter_child_nodes(node):
        typing_only = isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"
        if not typing_only and not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from run_at_import(child)


def part_of(module: str) -> str:
    """`loop` for `loop.grow`."""
    return module.partition(".")[0]


def own_imports() -> list[tuple[str, str]]:
    """(importing module, imported module) within toolgrad_local."""
    modules = {name for name, _ in module_files()}
    pairs = []
    for name, path in module_files():
        for target in imports_of(path):
            package, _, rest = target.partition(".")
            if package == "toolgrad_local":
                pairs.append((name, rest if rest in modules else rest.rpartition(".")[0] or "__init__"))
    return sorted(set(pairs))


def is_upward(source: str, target: str) -> bool:
    """True if the import goes up, or sideways into another part of the same tier."""
    here, there = part_of(source), part_of(target)
    return here != there and HEIGHT[there] >= HEIGHT[here]


def test_every_part_has_its_place_among_the_layers() -> None:
    assert {part_of(name) for name, _ in module_files()} - ENTRANCES <= set(HEIGHT)


def test_modules_import_only_from_below_and_from_their_own_part() -> None:
    inner = [pair for pair in own_imports() if not set(map(part_of, pair)) & ENTRANCES]
    assert len(inner) > 100
    assert [f"{source} imports {target}" for source, target in inner if is_upward(source, target)] == []


@pytest.mark.parametrize("package", sorted(ROOTS))
def test_the_walk_sees_the_imports_of_a_package(package: str) -> None:
    assert sum(1 for path in ROOTS[package].rglob("*.py") for _ in imports_of(path)) > 100


@pytest.mark.parametrize(
    ("source", "target", "upward"),
    [
        pytest.param("cli.show", "loop.grow", False, id="down"),
        pytest.param("loop.grow", "loop.select", False, id="own part"),
        pytest.param("loop.grow", "generation.run", True, id="up"),
        pytest.param("journal.store", "teacher.base", True, id="sideways"),
    ],
)
def test_the_rule_tells_down_from_up_and_sideways(source: str, target: str, upward: bool) -> None:
    assert is_upward(source, target) == upward


def test_neither_the_loop_nor_a_baseline_knows_a_transport() -> None:
    found = {
        (name, target)
        for name, path in module_files()
        if part_of(name) in ("loop", "baselines")
        for target in imports_of(path)
        if part_of(target) in TRANSPORTS or target.startswith("toolgrad_local.teacher")
    }
    assert found == set()


def test_the_mock_apis_know_nothing_of_this_program() -> None:
    known = {part_of(target) for path in ROOTS["mock_apis"].rglob("*.py") for target in imports_of(path)}
    others = known - {"mock_apis", "pydantic_core"} - set(sys.stdlib_module_names)
    owners = packages_distributions()
    assert {name: owners[name] for name in others if not set(owners[name]) & set(COMPUTING_PACKAGES)} == {}


def test_what_tools_compute_with_is_pinned() -> None:
    project = tomllib.loads((ROOTS["mock_apis"].parent / "pyproject.toml").read_text())["project"]
    named = {re.split("[=><]", line)[0].lower() for line in project["dependencies"]}
    cpu, cuda = read_pins("cpu"), read_pins("cuda")
    for name in COMPUTING_PACKAGES:
        assert name.lower() in named or name == "PyMeeus", name  # convertdate brings PyMeeus
        assert name.lower() in cpu, name
        assert cuda.get(name.lower()) == cpu[name.lower()], f"{name}: a run made on a GPU would not verify elsewhere"


def test_both_lists_of_requirements_name_the_same_versions() -> None:
    cpu, cuda = read_pins("cpu"), read_pins("cuda")
    assert {name: (pin, cpu[name]) for name, pin in cuda.items() if cpu.get(name, pin) != pin} == {}


def read_pins(accel: str) -> dict[str, str]:
    """Versions by name in lower case, out of requirements/<accel>.txt."""
    lines = (ROOTS["mock_apis"].parent / "requirements" / f"{accel}.txt").read_text().lower().splitlines()
    return dict(line.split()[0].split("==") for line in lines if "==" in line and not line.startswith("#"))


@pytest.mark.parametrize("package", sorted(ROOTS))
def test_heavy_libraries_are_imported_inside_functions_only(package: str) -> None:
    found = {
        (path.name, target)
        for path in ROOTS[package].rglob("*.py")
        for target in imports_of(path, top_level=True)
        if part_of(target) in HEAVY
    }
    assert found == set()


@pytest.mark.parametrize("package", sorted(ROOTS))
def test_no_file_is_longer_than_300_lines(package: str) -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in ROOTS[package].rglob("*.py")}
    assert {str(path): length for path, length in lengths.items() if length > MOST_LINES} == {}


def test_help_imports_no_library_that_takes_long() -> None:
    code = (
        "import runpy, sys\n"
        "sys.argv = ['toolgrad-local', '--help']\n"
        "try: runpy.run_module('toolgrad_local', run_name='__main__')\n"
        "except SystemExit as end: assert not end.code\n"
        "print('IMPORTED', *sorted(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    help_text, _, modules = done.stdout.partition("IMPORTED")
    assert "Usage: toolgrad-local" in help_text
    loaded = set(modules.split())
    assert "click" in loaded
    assert loaded & (HEAVY | {"pydantic", "mock_apis", "jsonschema", "rich", "httpx", "yaml", "numpy"}) == set()
