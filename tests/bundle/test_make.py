"""What goes into a bundle, and what an interrupted one leaves."""

import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.bundle.install import read_manifest
from toolgrad_local.bundle.layout import Target
from toolgrad_local.bundle.make import list_project
from toolgrad_local.bundle.pins import Pin, read_lock, resolve
from toolgrad_local.bundle.weights import gather_teacher
from toolgrad_local.bundle.wheels import collect_wheels, find_wheel, needed_glibc, refuse_unfit, seal_of
from toolgrad_local.bundle.write import write_bundle
from toolgrad_local.errors import BundleError
from toolgrad_local.teacher.digest import digest_file
from toolgrad_local.teacher.fetch_view import FetchView

Make = Callable[..., Path]
ROOT = Path(__file__).parent.parent.parent
ALPHA, BETA = Pin(name="alpha", version="1.0"), Pin(name="beta", version="2.0")


def seal(wheel: Path) -> Path:
    """What a finished download leaves beside a wheel."""
    seal_of(wheel).write_text(digest_file(wheel))
    return wheel


def test_the_same_contents_give_the_same_bytes(make_bundle: Make) -> None:
    first = make_bundle().read_bytes()
    assert make_bundle().read_bytes() == first


def test_a_bundle_that_cannot_be_finished_leaves_the_earlier_one(make_bundle: Make, tmp_path: Path) -> None:
    before = make_bundle().read_bytes()
    with pytest.raises(FileNotFoundError):
        make_bundle({"project/gone": tmp_path / "gone"})
    assert (tmp_path / "bundle.tar").read_bytes() == before


def test_the_digest_beside_the_archive_is_that_of_the_archive(make_bundle: Make) -> None:
    bundle = make_bundle()
    assert bundle.with_name("bundle.tar.sha256").read_text() == f"{digest_file(bundle)}  bundle.tar\n"


def test_the_archive_begins_with_the_script_and_the_manifest(make_bundle: Make) -> None:
    bundle = make_bundle()
    with tarfile.open(bundle) as tar:
        assert tar.getnames()[:3] == ["install.py", "manifest.sha256", "manifest.json"]
    assert {entry["path"] for entry in read_manifest(bundle)["files"]} >= {"install.py", "project/Makefile"}


def test_wheels_that_are_there_are_not_downloaded_again(
    tmp_path: Path, make_wheel: Make, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    wheels = [seal(make_wheel(tmp_path / "w", pin.name, pin.version)) for pin in (ALPHA, BETA)]
    with FetchView() as view:
        assert collect_wheels([ALPHA, BETA], target, tmp_path / "w", view) == wheels


@pytest.mark.parametrize("damage", ["changed", "no seal"])
def test_a_wheel_that_is_not_as_it_was_is_downloaded_again(tmp_path: Path, make_wheel: Make, damage: str) -> None:
    wheel = seal(make_wheel(tmp_path, "alpha", "1.0"))
    assert find_wheel(ALPHA, tmp_path) == wheel
    if damage == "changed":
        wheel.write_bytes(wheel.read_bytes() + b"x")
    else:
        seal_of(wheel).unlink()
    assert find_wheel(ALPHA, tmp_path) is None
    assert not wheel.exists()


@pytest.mark.slow
def test_an_interrupted_download_is_finished_with_what_is_missing(
    tmp_path: Path, make_wheel: Make, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    make_wheel(tmp_path / "index", "beta", "2.0")
    seal(make_wheel(tmp_path / "w", "alpha", "1.0"))
    (tmp_path / "w" / "beta.tmp").mkdir()
    with FetchView() as view:
        found = collect_wheels([ALPHA, BETA], target, tmp_path / "w", view)
    assert [wheel.name for wheel in found] == ["alpha-1.0-py3-none-any.whl", "beta-2.0-py3-none-any.whl"]
    assert not (tmp_path / "w" / "beta.tmp").exists()
    with FetchView() as view, pytest.raises(BundleError, match=r"pip cannot build gamma==1\.0"):
        collect_wheels([Pin(name="gamma", version="1.0")], target, tmp_path / "w", view)


@pytest.mark.parametrize(
    ("tag", "fits"),
    [
        pytest.param("py3-none-any", True, id="pure"),
        pytest.param("cp311-cp311-manylinux_2_28_x86_64", True, id="its own"),
        pytest.param("cp38-abi3-manylinux2014_x86_64", True, id="stable interface"),
        pytest.param("cp312-cp312-manylinux_2_28_x86_64", False, id="another Python"),
        pytest.param("cp311-cp311-manylinux_2_28_aarch64", False, id="another machine"),
        pytest.param("cp311-cp311-macosx_11_0_arm64", False, id="another system"),
        pytest.param("cp311-cp311-musllinux_1_2_x86_64", False, id="another C library"),
    ],
)
def test_wheels_of_several_platforms_are_not_mixed(tag: str, fits: bool) -> None:
    wheel, target = Path(f"alpha-1.0-{tag}.whl"), Target(accel="cpu", machine="x86_64", python="3.11")
    if fits:
        refuse_unfit([wheel], target)
    else:
        with pytest.raises(BundleError, match="is not for cpu-x86_64-py311"):
            refuse_unfit([wheel], target)


def test_the_glibc_that_is_needed_is_that_of_the_wheel_that_needs_most(target: Target) -> None:
    tags = ("any", "manylinux2014_x86_64.manylinux_2_17_x86_64", "manylinux_2_24_x86_64.manylinux_2_28_x86_64")
    assert needed_glibc([Path(f"alpha-1.0-py3-none-{tag}.whl") for tag in tags], target) == [2, 24]


def test_the_lock_is_read_for_the_target_and_not_for_this_machine() -> None:
    names: dict[str, set[str]] = {}
    for machine in ("x86_64", "aarch64"):
        pins = read_lock(ROOT / "requirements" / "cpu.txt", Target(accel="cpu", machine=machine, python="3.12"))
        names[machine] = {pin.name for pin in pins}
    assert names["x86_64"] - names["aarch64"] == {"intel-openmp", "intel-cmplr-lib-ur"}
    assert "torch" in names["aarch64"]


def test_a_line_that_pins_nothing_is_named(tmp_path: Path, target: Target) -> None:
    (tmp_path / "lock.txt").write_text("# a comment\nalpha>=1\n")
    with pytest.raises(BundleError, match=r"lock\.txt: alpha>=1 is not pinned; write alpha==VERSION"):
        read_lock(tmp_path / "lock.txt", target)


def test_what_needs_resolving_is_refused_for_another_python() -> None:
    with pytest.raises(BundleError, match=r"run make bundle PYTHON=python3\.99"):
        resolve(Target(accel="cuda", machine="x86_64", python="3.99"), "vllm")


def test_a_teacher_without_weights_and_a_model_folder_can_be_carried(model_folder: Path, tmp_path: Path) -> None:
    with FetchView() as view:
        assert gather_teacher("scripted", tmp_path, view)[1] == {}
        carried, files = gather_teacher(str(model_folder), tmp_path, view)
    assert (carried.kind, carried.name) == ("folder", "weights")
    names = ["LICENSE", "chat_template.jinja", "config.json", "model.safetensors", "tokenizer.json"]
    assert sorted(files) == [f"teacher/{name}" for name in names]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(lambda folder: folder / "mine.yaml", "a profile is not carried", id="profile"),
        pytest.param(lambda folder: (folder / "tokenizer.json").unlink() or folder, "no tokenizer", id="torn folder"),
    ],
)
def test_what_cannot_be_carried_is_refused(
    model_folder: Path, tmp_path: Path, spoil: Callable[[Path], Any], said: str
) -> None:
    with FetchView() as view, pytest.raises(BundleError, match=said):
        gather_teacher(str(spoil(model_folder)), tmp_path, view)


def test_a_folder_that_is_no_checkout_makes_no_bundle(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="is no git checkout"):
        list_project(tmp_path)


def test_a_manifest_names_every_file_with_size_and_digest(tiny_files: dict[str, Path], tmp_path: Path) -> None:
    write_bundle(tmp_path / "b.tar", {}, tiny_files)
    entries = {entry["path"]: entry for entry in read_manifest(tmp_path / "b.tar")["files"]}
    for name, path in tiny_files.items():
        assert entries[name] == {"path": name, "bytes": path.stat().st_size, "sha256": digest_file(path)}
