"""Downloads a target's wheels, a few at a time. What is there with the digest it had is not downloaded again."""

import re
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

from toolgrad_local.bundle.layout import Target
from toolgrad_local.bundle.pins import MISSING, Pin, run_pip
from toolgrad_local.errors import BundleError
from toolgrad_local.teacher.digest import digest_file
from toolgrad_local.teacher.fetch_view import FetchView

AT_ONCE = 4
BATCH = 8
"""Packages that one pip downloads. What is lost when it is killed is at most these."""


def collect_wheels(pins: Sequence[Pin], target: Target, folder: Path, view: FetchView) -> list[Path]:
    """One wheel a pin, each fit for the target, in `folder`. Raises BundleError for what has none."""
    folder.mkdir(parents=True, exist_ok=True)
    for leftover in folder.glob("*.tmp"):
        shutil.rmtree(leftover)
    there = [pin for pin in pins if find_wheel(pin, folder)]
    missing = [pin for pin in pins if pin not in there]
    view.say(f"wheels: {len(there)} of {len(pins)} are in {folder}, {len(missing)} to download")
    batches = [missing[start : start + BATCH] for start in range(0, len(missing), BATCH)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        futures = [pool.submit(download_batch, batch, target, folder) for batch in batches]
        try:
            for done, future in enumerate(as_completed(futures), 1):
                future.result()
                view.say(f"  {min(done * BATCH, len(missing))} of {len(missing)}, {measure(folder) // 10**6} MB")
        finally:
            pool.shutdown(cancel_futures=True)
    wheels = [require_wheel(pin, folder) for pin in pins]
    refuse_unfit(wheels, target)
    return wheels


def download_batch(batch: Sequence[Pin], target: Target, folder: Path) -> None:
    """Wheels for the target; a package that has only a source is built here, if it has no platform of its own."""
    draft = folder / f"{batch[0].name}.tmp"
    draft.mkdir()
    wanted = list(batch)
    options = ["--no-deps", "--quiet", "--dest", str(draft)]
    while wanted:
        try:
            run_pip(f"download {wanted[0].text}", ["download", *options, *target.pip_options, *texts(wanted)], draft)
            break
        except BundleError as error:
            found = MISSING.search(str(error))
            lacking = [pin for pin in wanted if found and pin.text == found[1].lower()]
            if not lacking:
                raise
            build_wheel(lacking[0], draft)
            wanted.remove(lacking[0])
    for wheel in draft.glob("*.whl"):
        seal_of(folder / wheel.name).write_text(digest_file(wheel), encoding="utf-8")
        wheel.replace(folder / wheel.name)
    shutil.rmtree(draft)


def build_wheel(pin: Pin, draft: Path) -> None:
    """A wheel out of a source that is the same everywhere."""
    run_pip(f"build {pin.text}", ["wheel", "--no-deps", "--quiet", "--wheel-dir", str(draft), pin.text], draft)
    if not any(path.name.endswith("-none-any.whl") for path in draft.glob("*.whl") if is_wheel_of(path, pin)):
        raise BundleError(f"{pin.text} has no wheel for the target, and one built here would fit this machine alone")


def find_wheel(pin: Pin, folder: Path) -> Path | None:
    """The pin's wheel, if it is as it was when it was downloaded; another one is deleted."""
    for wheel in sorted(folder.glob("*.whl")):
        if is_wheel_of(wheel, pin):
            seal = seal_of(wheel)
            if seal.is_file() and seal.read_text(encoding="utf-8") == digest_file(wheel):
                return wheel
            wheel.unlink()
    return None


def require_wheel(pin: Pin, folder: Path) -> Path:
    """The pin's wheel that was just downloaded."""
    found = [wheel for wheel in sorted(folder.glob("*.whl")) if is_wheel_of(wheel, pin)]
    if len(found) != 1:
        raise BundleError(f"{folder} has {len(found)} wheels of {pin.text}; remove the folder and run it again")
    return found[0]


def is_wheel_of(wheel: Path, pin: Pin) -> bool:
    """Whether a file is of that package and version, whatever its local version is."""
    name, version, _, _ = parse_wheel_filename(wheel.name)
    return name == canonicalize_name(pin.name) and version.public == Version(pin.version).public


def refuse_unfit(wheels: Sequence[Path], target: Target) -> None:
    """Raises BundleError for a wheel that the target's Python would not install."""
    accepted = target_tags(target)
    for wheel in wheels:
        if not parse_wheel_filename(wheel.name)[3] & accepted:
            raise BundleError(f"{wheel.name} is not for {target.slug}; remove {wheel} and run it again")


def target_tags(target: Target) -> set[Tag]:
    """Every tag that the target's Python takes."""
    version = tuple(int(part) for part in target.python.split("."))
    interpreter = f"cp{target.python.replace('.', '')}"
    return {
        *cpython_tags(version, platforms=target.platforms),
        *compatible_tags(version, interpreter, target.platforms),
    }


def needed_glibc(wheels: Sequence[Path], target: Target) -> list[int]:
    """The oldest glibc, as [2, minor], on which each wheel runs that is tagged for one."""
    newest = max((lowest_minor(wheel, target) for wheel in wheels), default=0)
    return [2, newest]


def lowest_minor(wheel: Path, target: Target) -> int:
    """The least that a wheel asks for. A tag of before 2014 counts as the 2.17 that all have."""
    tags = {tag.platform for tag in parse_wheel_filename(wheel.name)[3]}
    minors = [int(found[1]) for tag in tags if (found := re.match(rf"manylinux_2_(\d+)_{target.machine}", tag))]
    return min(minors, default=0)


def seal_of(wheel: Path) -> Path:
    """The file beside a wheel that has its digest."""
    return wheel.with_name(f"{wheel.name}.sha256")


def texts(pins: Sequence[Pin]) -> list[str]:
    """As pip takes them."""
    return [pin.text for pin in pins]


def measure(folder: Path) -> int:
    """Bytes of the finished wheels."""
    return sum(wheel.stat().st_size for wheel in folder.glob("*.whl"))
