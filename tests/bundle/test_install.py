"""A bundle that does not belong here, or is not as it was written: one line, and nothing is left."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from toolgrad_local.bundle import install
from toolgrad_local.bundle.install import BundleError, check_space, read_manifest, verify_archive

Make = Callable[..., Path]


@pytest.fixture
def run_script(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., str]:
    """Runs install.py, which has to fail with this code; returns the line it says and checks that nothing was made."""

    def run(bundle: Path, code: int, *options: str) -> str:
        folder = tmp_path / "site"
        monkeypatch.setattr(sys, "argv", ["install.py", str(bundle), str(folder), *(options or ("--accel", "cpu"))])
        assert install.main() == code
        assert not folder.exists()
        said = capsys.readouterr().err
        assert said.startswith("error: ")
        assert said.count("\n") == 1
        return said

    return run


def test_a_whole_bundle_is_found_whole(make_bundle: Make) -> None:
    bundle = make_bundle()
    verify_archive(bundle, read_manifest(bundle))


@pytest.mark.parametrize(
    ("about", "said"),
    [
        pytest.param({"python": "3.8"}, "is for Python 3.8, this is 3.", id="Python"),
        pytest.param({"platform": "linux-riscv64"}, "is for linux-riscv64, this machine is ", id="machine"),
        pytest.param({"platform": "darwin-arm64"}, "is for darwin-arm64, this machine is ", id="system"),
        pytest.param({"glibc": [2, 999]}, "needs glibc 2.999 or newer", id="glibc"),
        pytest.param({"accel": "cuda"}, "is for cuda, this machine is taken for cpu", id="accelerator"),
    ],
)
def test_a_bundle_for_another_machine_is_refused(
    make_bundle: Make, run_script: Callable[..., str], about: dict[str, object], said: str
) -> None:
    assert said in run_script(make_bundle(**about), 2)


def test_a_bundle_of_another_format_names_the_script_that_reads_it(
    make_bundle: Make, run_script: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = make_bundle()
    monkeypatch.setattr(install, "FORMAT", 2)
    assert f"has format 1, this install.py reads 2; use the one in it: tar xf {bundle} install.py" in run_script(
        bundle, 2
    )


def test_a_bundle_larger_than_the_disk_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="GB free, the installation takes 1000000000"):
        check_space({"disk_bytes": 10**18}, tmp_path / "site")


def test_no_byte_can_be_changed_unnoticed(make_bundle: Make, capsys: pytest.CaptureFixture[str]) -> None:
    bundle = make_bundle()
    whole = bundle.read_bytes()
    for place in [*range(0, len(whole), 151), len(whole) - 1]:
        bundle.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        with pytest.raises(BundleError) as caught:
            verify_archive(bundle, read_manifest(bundle))
        assert "\n" not in str(caught.value)


def test_a_changed_wheel_is_named(make_bundle: Make, run_script: Callable[..., str]) -> None:
    bundle = make_bundle()
    changed = bundle.read_bytes().replace(b"Name: alpha", b"Name: alphb")
    bundle.write_bytes(changed)
    assert "is damaged at wheels/alpha-1.0-py3-none-any.whl; copy it here again" in run_script(bundle, 1)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.6, 0.9, 0.999])
def test_a_bundle_cut_short_is_refused(make_bundle: Make, run_script: Callable[..., str], share: float) -> None:
    bundle = make_bundle()
    os.truncate(bundle, int(bundle.stat().st_size * share))
    said = run_script(bundle, 1)
    assert "cut short" in said or "damaged" in said


def test_what_is_no_bundle_is_refused(tmp_path: Path, run_script: Callable[..., str]) -> None:
    assert "there is no " in run_script(tmp_path / "absent.tar", 1)
    (tmp_path / "other.tar").write_text("a letter")
    assert "is no bundle" in run_script(tmp_path / "other.tar", 1)


def test_a_folder_with_something_else_in_it_is_left_alone(
    make_bundle: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "thesis.tex").touch()
    monkeypatch.setattr(sys, "argv", ["install.py", str(make_bundle()), str(folder), "--accel", "cpu"])
    assert install.main() == 2
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["thesis.tex"]


def test_the_script_needs_no_package(tmp_path: Path) -> None:
    script = shutil.copy(install.__file__, tmp_path / "install.py")
    assert os.system(f"{sys.executable} -I -S {script} --help >/dev/null") == 0


@pytest.mark.slow
def test_an_installation_that_fails_is_removed(
    make_bundle: Make, run_script: Callable[..., str], tmp_path: Path
) -> None:
    torn = tmp_path / "beta-1.0-py3-none-any.whl"
    shutil.copy(tmp_path / "w" / "alpha-1.0-py3-none-any.whl", torn)
    assert "pip cannot install" in run_script(make_bundle({"wheels/beta-1.0-py3-none-any.whl": torn}), 1)
