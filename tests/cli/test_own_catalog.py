"""A package of one's own, from the page that explains it to a data set that is verified and rebuilt."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]
ScriptedRun = Callable[..., Path]

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "catalog.md").read_text(encoding="utf-8")
OUTPUTS = ("workflows.jsonl", "rejected.jsonl")


def copy_package(example_folder: Path, make_package: Callable[..., Path]) -> Path:
    """The example under a name of its own, to be changed."""
    module = example_folder / "mobility" / "bikes.py"
    return make_package({"mobility/__init__.py": "", "mobility/bikes.py": module.read_text(encoding="utf-8")})


def test_the_page_has_the_code_of_the_example_word_for_word(example_folder: Path) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert code == (example_folder / "mobility" / "bikes.py").read_text(encoding="utf-8")
    assert [path.read_text() for path in sorted(example_folder.rglob("__init__.py"))] == ["", ""]


def test_the_example_passes_its_check(command: Command, example_folder: Path) -> None:
    outcome = command("catalog", "check", example_folder)
    assert (outcome.code, outcome.out) == (0, "3 tools in 1 domains: all well\n")
    assert outcome.out in PAGE


def test_the_mistake_of_the_page_is_found_as_the_page_says(
    command: Command, example_folder: Path, make_package: Callable[..., Path]
) -> None:
    folder = copy_package(example_folder, make_package)
    module = folder / "mobility" / "bikes.py"
    source = module.read_text(encoding="utf-8")
    module.write_text(source.replace("errors=[NotFound, Conflict]", "errors=[Conflict]"), encoding="utf-8")
    outcome = command("catalog", "check", folder)
    found, end = outcome.out.splitlines()
    assert outcome.code == 1
    assert found.startswith(f"{module}:")
    said = " ".join(PAGE.split())
    assert found.removeprefix(str(folder)) in said
    assert end in said


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["list"], id="list"),
        pytest.param(["show", "bikes_rent"], id="show"),
        pytest.param(
            ["call", "bikes_rent", '{"bike_id": "@bikes_search.bikes[0].bike_id", "hours": 2}'], id="call that succeeds"
        ),
        pytest.param(
            ["call", "bikes_rent", '{"bike_id": "@bikes_search.bikes[0].bike_id", "hours": 100}'], id="call that fails"
        ),
    ],
)
def test_the_page_shows_what_the_command_prints(command: Command, example_folder: Path, words: list[str]) -> None:
    outcome = command("catalog", *words, "--catalog", example_folder)
    typed = " ".join(f"'{word}'" if word.startswith("{") else word for word in words)
    shown = PAGE.partition(f"$ toolgrad-local catalog {typed} --catalog my_apis\n")[2]
    shown = re.split(r"^(?:```|\$ )", shown, maxsplit=1, flags=re.MULTILINE)[0]
    assert shown
    for part in shown.split("...\n"):
        assert part in outcome.out + outcome.err


def test_a_run_on_a_package_of_ones_own_is_verified_and_rebuilt(
    command: Command, scripted_run: ScriptedRun, example_folder: Path, tmp_path: Path
) -> None:
    run = scripted_run(samples=3, iterations=3, catalog=example_folder)
    tools = {
        link["call"]["tool"]
        for line in (run / "workflows.jsonl").read_text(encoding="utf-8").splitlines()
        for link in json.loads(line)["workflow"]["links"]
    }
    assert tools
    assert tools <= {"bikes_search", "bikes_rent", "bikes_return"}
    for options in ([], ["--catalog", example_folder]):
        outcome = command("verify", run, *options)
        assert outcome.code == 0, outcome
        assert outcome.out.endswith("all verified\n")
    assert command("replay", run, "--out", tmp_path / "again").code == 0
    for name in OUTPUTS:
        assert (tmp_path / "again" / name).read_bytes() == (run / name).read_bytes()


def test_a_run_whose_package_has_moved_is_verified_at_its_new_place(
    command: Command, scripted_run: ScriptedRun, example_folder: Path, make_package: Callable[..., Path], tmp_path: Path
) -> None:
    folder = copy_package(example_folder, make_package)
    run = scripted_run(samples=1, iterations=2, catalog=folder)
    shutil.rmtree(folder)
    outcome = command("verify", run)
    assert outcome.code == 2
    assert f"{folder} is no package" in outcome.err
    assert command("verify", run, "--catalog", example_folder).code == 0
    assert command("replay", run, "--catalog", example_folder, "--out", tmp_path / "again").code == 0


def test_a_run_whose_package_has_changed_is_refused(
    command: Command, scripted_run: ScriptedRun, example_folder: Path, make_package: Callable[..., Path], tmp_path: Path
) -> None:
    folder = copy_package(example_folder, make_package)
    run = scripted_run(samples=1, iterations=2, catalog=folder)
    (folder / "mobility" / "notes.txt").write_text("a file more")
    for words in (["verify", run], ["replay", run, "--out", tmp_path / "again"]):
        outcome = command(*words)
        assert outcome.code in (1, 2)
        assert "made with catalog" in outcome.err + outcome.out
    outcome = command("generate", "--teacher", "scripted", "--samples", 1, "--out", run, "--catalog", folder)
    assert outcome.code == 1
    assert "catalog" in outcome.err
