"""Makes a bundle on a machine with a network. Killed, it goes on where it was."""

import subprocess
from pathlib import Path

from packaging.utils import parse_wheel_filename

from toolgrad_local import __version__
from toolgrad_local.bundle import install
from toolgrad_local.bundle.layout import LEGACY, Target
from toolgrad_local.bundle.pins import read_lock, resolve
from toolgrad_local.bundle.weights import Files, gather_embeddings, gather_teacher
from toolgrad_local.bundle.wheels import collect_wheels, needed_glibc
from toolgrad_local.bundle.write import write_bundle
from toolgrad_local.errors import BundleError
from toolgrad_local.teacher.cache import hold_lock
from toolgrad_local.teacher.fetch_view import FetchView

BFCL_PYTHONS = ("3.11", "3.12")
"""Those that the old packages of requirements/bfcl.txt have wheels for; elsewhere its test has nothing to run with."""


def make_bundle(root: Path, target: Target, teacher: str, out: Path, view: FetchView) -> Path:
    """Downloads into `root`/build/bundle, writes one archive into the folder `out`, and returns it."""
    if target.machine not in LEGACY:
        raise BundleError(f"no bundle for {target.machine}: known are {', '.join(LEGACY)}")
    work = root / "build" / "bundle"
    with hold_lock(work / "lock", lambda: view.say("another process is making a bundle here; waiting for it")):
        carried, weights = gather_teacher(teacher, work, view)
        embeddings = gather_embeddings(work, view)
        wheels = gather_wheels(root, target, work / target.slug / "wheels", view)
        bfcl = gather_bfcl(root, target, work / target.slug / "wheels-bfcl", view)
        project = list_project(root)
        about = {
            "name": f"toolgrad-local {__version__}",
            "accel": target.accel,
            "platform": f"linux-{target.machine}",
            "python": target.python,
            "glibc": needed_glibc([*wheels, *bfcl], target),
            "teacher": carried.model_dump(),
        }
        files = {
            **{f"{install.WHEELS}{wheel.name}": wheel for wheel in wheels},
            **{f"{install.BFCL_WHEELS}{wheel.name}": wheel for wheel in bfcl},
            **project,
            **weights,
            **embeddings,
        }
        archive = out / f"toolgrad-local-{__version__}-{target.slug}-{carried.name}.tar"
        view.say(f"writing {archive}")
        digest = write_bundle(archive, about, files)
    for part, found in (("wheels", wheels + bfcl), ("teacher", weights.values()), ("embeddings", embeddings.values())):
        view.say(f"  {part:<10} {sum(path.stat().st_size for path in found) / 1e6:7.0f} MB")
    view.say(f"  {'project':<10} {sum(path.stat().st_size for path in project.values()) / 1e6:7.0f} MB")
    view.say(f"{archive}: {archive.stat().st_size / 1e6:.0f} MB, sha256 {digest}")
    view.say(
        f"on the other side: tar xf {archive.name} install.py && python{target.python} install.py {archive.name} FOLDER"
    )
    return archive


def gather_wheels(root: Path, target: Target, folder: Path, view: FetchView) -> list[Path]:
    """Every package of the environment, the project's own excepted."""
    if target.accel == "cuda":
        view.say("resolving requirements/cuda.txt")
        pins = resolve(target, "--requirement", str(root / "requirements" / "cuda.txt"))
        return collect_wheels(pins, target, folder, view)
    lock = root / "requirements" / "cpu.txt"
    pins = read_lock(lock, target)
    wheels = collect_wheels(pins, target, folder, view)
    if any(is_cpu_torch(wheel) for wheel in wheels):
        return wheels
    view.say("this index has no CPU build of torch; resolving what the one for CUDA is linked to")
    torch = next(pin.text for pin in pins if pin.name == "torch")
    known = {pin.name for pin in pins}
    linked = [pin for pin in resolve(target, "--constraint", str(lock), torch) if pin.name not in known]
    return collect_wheels([*pins, *linked], target, folder, view)


def gather_bfcl(root: Path, target: Target, folder: Path, view: FetchView) -> list[Path]:
    """The packages of the environment that checks one export format."""
    if target.python not in BFCL_PYTHONS:
        return []
    return collect_wheels(read_lock(root / "requirements" / "bfcl.txt", target), target, folder, view)


def is_cpu_torch(wheel: Path) -> bool:
    """Whether a wheel is a build of torch that needs no CUDA libraries."""
    name, version, _, _ = parse_wheel_filename(wheel.name)
    return name == "torch" and version.local == "cpu"


def list_project(root: Path) -> Files:
    """The files that git tracks, as they lie."""
    listed = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], capture_output=True, text=True, check=False)
    paths = [root / name for name in listed.stdout.split("\0") if name]
    if listed.returncode != 0 or not paths:
        raise BundleError(f"{root} is no git checkout, so it is not known what belongs to the project; clone it")
    return {f"{install.PROJECT}{path.relative_to(root)}": path for path in paths if path.is_file()}
