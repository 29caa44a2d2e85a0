"""A catalog is read from a folder, the bundled one or a user's."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from toolgrad_local.catalog.loader import load_catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.errors import CatalogError

MakePackage = Callable[..., Path]

SOURCE = '''
from mock_apis.core import Domain, Record, World

sums = Domain("sums", category="numbers", description="Sums of two whole numbers.")


class Sum(Record):
    total: int


@sums.tool(example={"a": 1, "b": 2}, kind="computation")
def add(w: World, a: int, b: int) -> Sum:
    """Add two whole numbers.

    a: The first number.
    b: The second number.
    """
    return Sum(total=a + b)
'''
NO_EXAMPLE = SOURCE.replace('example={"a": 1, "b": 2}, ', "").replace('"sums"', '"other_sums"')


def test_a_package_is_read_from_its_folder(make_package: MakePackage) -> None:
    folder = make_package({"numbers/sums.py": SOURCE})
    catalog = load_catalog(folder)
    assert (catalog.package, list(catalog.tools), catalog.folder) == (folder.name, ["sums_add"], folder)
    result = Session.fresh(catalog, 1).call(ToolCall(tool="sums_add", arguments={"a": 2, "b": 5}))
    assert result.value == {"total": 7}


def test_modules_of_a_package_import_each_other(make_package: MakePackage) -> None:
    folder = make_package({"numbers/sums.py": SOURCE})
    (folder / "numbers" / "more.py").write_text(f"from {folder.name}.numbers.sums import Sum, sums\n")
    assert list(load_catalog(folder).tools) == ["sums_add"]


def test_a_folder_may_be_named_relative_to_the_working_directory(
    make_package: MakePackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_package({"numbers/sums.py": SOURCE})
    monkeypatch.chdir(folder.parent)
    assert load_catalog(Path(folder.name)).digest == load_catalog(folder).digest


def test_a_folder_that_lies_on_the_import_path_is_read_too(make_package: MakePackage) -> None:
    folder = make_package({"numbers/sums.py": SOURCE})
    code = (
        "from pathlib import Path; from toolgrad_local.catalog.loader import load_catalog\n"
        f"print(*load_catalog(Path({folder.name!r})).tools)"
    )
    root = Path(__file__).parents[2]
    start = f"import sys; sys.path[:0] = ['', {str(root)!r}]\n"
    done = subprocess.run(
        [sys.executable, "-c", start + code], cwd=folder.parent, capture_output=True, text=True, check=True
    )
    assert done.stdout == "sums_add\n"


def test_the_digest_follows_every_file(make_package: MakePackage) -> None:
    folder = make_package({"numbers/sums.py": SOURCE})
    first = load_catalog(folder).digest
    assert load_catalog(folder).digest == first
    (folder / "numbers" / "table.json").write_text("[]")
    second = load_catalog(folder).digest
    (folder / "numbers" / "table.json").write_text("[1]")
    third = load_catalog(folder).digest
    (folder / "numbers" / "table.json").rename(folder / "numbers" / "list.json")
    assert len({first, second, third, load_catalog(folder).digest}) == 4
    (folder / "numbers" / "list.json").unlink()
    (folder / "__pycache__").mkdir(exist_ok=True)
    (folder / "__pycache__" / "sums.pyc").write_bytes(b"compiled")
    assert load_catalog(folder).digest == first


def test_two_packages_of_the_same_files_have_the_same_digest(make_package: MakePackage) -> None:
    first, second = (load_catalog(make_package({"numbers/sums.py": SOURCE})) for _ in range(2))
    assert first.digest == second.digest


def test_a_folder_without_init_is_refused(make_package: MakePackage) -> None:
    folder = make_package({"numbers/sums.py": SOURCE})
    (folder / "__init__.py").unlink()
    with pytest.raises(CatalogError, match=r"is no package: it has no __init__\.py \(an empty one will do\)"):
        load_catalog(folder)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("json", "there is a Python package 'json' already", id="of Python"),
        pytest.param("mock_apis", "there is a Python package 'mock_apis' already", id="the bundled one's"),
        pytest.param("my-apis", "'my-apis' is no Python name", id="no name"),
    ],
)
def test_a_name_that_cannot_be_imported_is_refused(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").touch()
    with pytest.raises(CatalogError, match=f"{said}; rename the folder, my_apis say"):
        load_catalog(tmp_path / name)


def test_a_package_that_raises_is_refused_with_its_reason_and_can_be_mended(make_package: MakePackage) -> None:
    folder = make_package({"__init__.py": "raise ValueError('not today')", "numbers/sums.py": SOURCE})
    with pytest.raises(CatalogError, match=r"__init__\.py cannot be imported: ValueError: not today"):
        load_catalog(folder)
    (folder / "__init__.py").write_text("")
    assert list(load_catalog(folder).tools) == ["sums_add"]


def test_the_first_problem_is_told_and_the_others_are_counted(make_package: MakePackage) -> None:
    folder = make_package({"numbers/sums.py": SOURCE, "numbers/a.py": NO_EXAMPLE, "numbers/b.py": "1 / 0"})
    with pytest.raises(CatalogError) as caught:
        load_catalog(folder)
    assert f"{folder / 'numbers' / 'b.py'}:1: b cannot be imported: ZeroDivisionError" in str(caught.value)
    assert str(caught.value).endswith("(and 1 more: toolgrad-local catalog check)")


def test_a_package_without_tools_is_refused(make_package: MakePackage) -> None:
    with pytest.raises(CatalogError, match="declares no tools"):
        load_catalog(make_package({"numbers/__init__.py": ""}))
