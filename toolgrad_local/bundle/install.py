"""Installs a bundle of toolgrad-local where there is no network. Plain Python: it runs before anything is installed.

    tar xf BUNDLE.tar install.py
    python3 install.py BUNDLE.tar FOLDER

Checks that the bundle is for this machine and that every byte is as it was written; only then FOLDER is made: the
project, a .venv that its Makefile takes as set up, and the weights in the cache. This file travels in the archive, so
it imports nothing but the standard library, and Pythons that are too old can still read it and be told so.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

FORMAT = 1
SCRIPT, SEAL, MANIFEST = "install.py", "manifest.sha256", "manifest.json"
"""The first three members; the seal is the SHA-256 of the manifest, which has that of everything else."""
PROJECT, WHEELS, BFCL_WHEELS = "project/", "wheels/", "wheels-bfcl/"
MARK = ".bundle-unfinished"
"""In a folder whose installation has not ended."""
NOTE = ".venv/bundle.json"
"""The manifest of the bundle that an environment was installed from."""
COPY = "copy it here again"
BLOCK, PIECE, GB = 512, 1 << 20, 10**9


class BundleError(Exception):
    """The bundle cannot be installed: one line."""


class WrongMachine(BundleError):
    """The bundle is whole, but for another machine or Python, or the folder is taken."""


def main() -> int:
    """The command line. 1: the bundle is damaged or its installation failed; 2: it does not belong here."""
    parser = argparse.ArgumentParser(description="Install a bundle of toolgrad-local without a network.")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("folder", type=Path, help="where to put the project; made if it is not there")
    parser.add_argument("--accel", choices=("cpu", "cuda"), help="what this machine is taken for [nvidia-smi tells]")
    arguments = parser.parse_args()
    try:
        install(arguments.bundle, arguments.folder.absolute(), arguments.accel or detect_accel())
    except BundleError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2 if isinstance(error, WrongMachine) else 1
    except KeyboardInterrupt:
        print("stopped; run the same command to start over", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"error: {error.filename or 'this machine'}: {error.strerror or error}", file=sys.stderr)
        return 1
    return 0


def install(archive: Path, folder: Path, accel: str) -> None:
    """All checks, then the folder, then the weights. Raises BundleError; a folder that was begun is removed then."""
    manifest = read_manifest(archive)
    say(f"{manifest['name']} for {manifest['accel']}, Python {manifest['python']}: {archive}")
    check_machine(manifest, accel)
    check_folder(manifest, folder)
    verify_archive(archive, manifest)
    if is_installed(manifest, folder):
        say(f"{manifest['name']} is installed in {folder} already")
    else:
        check_space(manifest, folder)
        try:
            fill_folder(archive, manifest, folder)
        except BaseException:
            say(f"removing {folder}, which is not finished")
            shutil.rmtree(folder, ignore_errors=True)
            raise
    settle = [folder / ".venv/bin/python", "-m", "toolgrad_local.bundle.settle", archive.absolute()]
    if subprocess.run([str(part) for part in settle], cwd=folder, check=False).returncode != 0:
        raise BundleError("the weights are not in place (see above); the rest is: run the same command again")


def read_manifest(archive: Path) -> dict[str, Any]:
    """What the archive says it holds. Raises BundleError if it is cut short, damaged, or no bundle."""
    try:
        with tarfile.open(archive, "r:") as tar:
            first = [read_next(tar) for _ in (SCRIPT, SEAL, MANIFEST)]
    except FileNotFoundError as error:
        raise BundleError(f"there is no {archive}") from error
    except tarfile.TarError as error:
        raise BundleError(f"{archive} is no bundle, or is cut short") from error
    if [name for name, _ in first] != [SCRIPT, SEAL, MANIFEST]:
        raise BundleError(f"{archive} is no bundle: it starts with {first[0][0]}")
    text = first[2][1]
    if hashlib.sha256(text).hexdigest().encode() != first[1][1].strip():
        raise BundleError(f"{archive} is damaged: its manifest is not what it was; {COPY}")
    manifest: dict[str, Any] = json.loads(text)
    if manifest.get("format") != FORMAT:
        raise WrongMachine(
            f"{archive} has format {manifest.get('format')}, this install.py reads {FORMAT}; "
            f"use the one in it: tar xf {archive} {SCRIPT}"
        )
    return manifest


def read_next(tar: tarfile.TarFile) -> tuple[str, bytes]:
    """Name and content of the next member, which has to be a file."""
    member = tar.next()
    source = tar.extractfile(member) if member else None
    if member is None or source is None:
        raise tarfile.ReadError("no file")
    return member.name, source.read()


def check_machine(manifest: dict[str, Any], accel: str) -> None:
    """Raises WrongMachine if the bundle is for another Python, platform or accelerator, or venv is missing."""
    python, here = manifest["python"], f"{sys.version_info[0]}.{sys.version_info[1]}"
    if python != here:
        raise WrongMachine(
            f"the bundle is for Python {python}, this is {here} ({sys.executable}); "
            f"run install.py with python{python}, or make a bundle with PYTHON_VERSION={here}"
        )
    wanted, place = manifest["platform"], f"{platform.system().lower()}-{platform.machine()}"
    if wanted != place:
        raise WrongMachine(f"the bundle is for {wanted}, this machine is {place}; make a bundle on one like it")
    library, version = platform.libc_ver()
    found = [int(part) for part in version.split(".")[:2]] if library == "glibc" else []
    if found < manifest["glibc"]:
        oldest = ".".join(map(str, manifest["glibc"]))
        raise WrongMachine(f"the bundle needs glibc {oldest} or newer, this machine has {version or 'another library'}")
    if manifest["accel"] != accel:
        raise WrongMachine(
            f"the bundle is for {manifest['accel']}, this machine is taken for {accel}; "
            f"make a bundle with ACCEL={accel}, or say --accel {manifest['accel']}"
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError as error:
        remedy = "Debian, Ubuntu: apt install python3-venv"
        raise WrongMachine(f"{sys.executable} lacks the venv module ({remedy})") from error


def detect_accel() -> str:
    """`cuda` where nvidia-smi lists a GPU, as the Makefile finds it out."""
    try:
        listed = subprocess.run(["nvidia-smi", "-L"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    except OSError:
        return "cpu"
    return "cuda" if listed.returncode == 0 else "cpu"


def check_folder(manifest: dict[str, Any], folder: Path) -> None:
    """Raises WrongMachine if something else is in the folder."""
    if not folder.exists() or not any(folder.iterdir()) or (folder / MARK).exists() or is_installed(manifest, folder):
        return
    raise WrongMachine(f"{folder} is not empty; name a folder that is, or that is not there yet")


def is_installed(manifest: dict[str, Any], folder: Path) -> bool:
    """Whether this very bundle was installed there to the end."""
    try:
        known = json.loads((folder / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(known == manifest) and (folder / (".venv/.installed-" + manifest["accel"])).exists()


def check_space(manifest: dict[str, Any], folder: Path) -> None:
    """Raises BundleError if the disk is too small for the packages, packed and unpacked."""
    place = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free, needed = shutil.disk_usage(place).free, manifest["disk_bytes"]
    if free < needed:
        raise BundleError(f"{place} has {free / GB:.1f} GB free, the installation takes {needed / GB:.1f} GB")


def verify_archive(archive: Path, manifest: dict[str, Any]) -> None:
    """Reads the archive from end to end. Raises BundleError naming the first file that is not as it was written."""
    wanted = {entry["path"]: entry for entry in manifest["files"]}
    total, done, told, end = sum(entry["bytes"] for entry in manifest["files"]), 0, 0, 0
    say(f"verifying {len(wanted)} files, {total / GB:.2f} GB")
    with tarfile.open(archive, "r:") as tar, archive.open("rb") as raw:
        for member in list_members(tar, archive):
            verify_member(raw, member, wanted)
            end = member.offset_data + -(-member.size // BLOCK) * BLOCK
            done += member.size
            if done * 4 // total > told:
                told = done * 4 // total
                say(f"  {told * 25} %")
        if wanted:
            raise BundleError(f"{archive} is cut short or damaged: {next(iter(wanted))} is missing; {COPY}")
        raw.seek(end)
        rest = raw.read()
    whole = -(-(end + 2 * BLOCK) // tarfile.RECORDSIZE) * tarfile.RECORDSIZE
    if end + len(rest) != whole or rest.strip(b"\0"):
        raise BundleError(f"{archive} is damaged at its end: {end + len(rest)} bytes, not {whole}; {COPY}")


def list_members(tar: tarfile.TarFile, archive: Path) -> Iterator[tarfile.TarInfo]:
    """Every member. Raises BundleError where the archive cannot be read on."""
    try:
        yield from tar
    except tarfile.TarError as error:
        raise BundleError(f"{archive} is cut short or damaged ({error}); {COPY}") from error


def verify_member(raw: IO[bytes], member: tarfile.TarInfo, wanted: dict[str, dict[str, Any]]) -> None:
    """Takes the member off the list. Raises BundleError unless it is on it, with this size, digest and filling."""
    entry = wanted.pop(member.name, None)
    if (entry is None and member.name not in (SEAL, MANIFEST)) or ".." in Path(member.name).parts:
        raise BundleError(f"{raw.name} is damaged: {member.name} is not in its manifest; {COPY}")
    digest, filling = read_member(raw, member)
    if (entry and (member.size, digest) != (entry["bytes"], entry["sha256"])) or filling.strip(b"\0"):
        raise BundleError(f"{raw.name} is damaged at {member.name}; {COPY}")


def read_member(raw: IO[bytes], member: tarfile.TarInfo) -> tuple[str, bytes]:
    """SHA-256 of a member, and what fills its last block. Read past tarfile, which does not look at the filling."""
    digest, left = hashlib.sha256(), member.size
    raw.seek(member.offset_data)
    while left:
        piece = raw.read(min(PIECE, left))
        if not piece:
            raise BundleError(f"{raw.name} is cut short at {member.name}; {COPY}")
        digest.update(piece)
        left -= len(piece)
    return digest.hexdigest(), raw.read(-member.size % BLOCK)


def fill_folder(archive: Path, manifest: dict[str, Any], folder: Path) -> None:
    """The project and its environments. The stamp that the Makefile looks for comes last."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    say(f"unpacking into {folder}")
    extract(archive, PROJECT, folder)
    fill_environment(archive, WHEELS, folder, ".venv")
    if any(entry["path"].startswith(BFCL_WHEELS) for entry in manifest["files"]):
        fill_environment(archive, BFCL_WHEELS, folder, ".venv-bfcl")
        (folder / ".venv-bfcl/.installed").touch()
    pip(folder / ".venv", "--no-build-isolation", "--editable", str(folder))
    (folder / NOTE).write_text(json.dumps(manifest), encoding="utf-8")
    (folder / (".venv/.installed-" + manifest["accel"])).touch()
    (folder / MARK).unlink()


def fill_environment(archive: Path, prefix: str, folder: Path, name: str) -> None:
    """A new environment with every wheel below the prefix, each as it is: nothing is resolved."""
    store = folder / (name + "-wheels")
    for leftover in (store, folder / name):
        shutil.rmtree(leftover, ignore_errors=True)
    extract(archive, prefix, store)
    wheels = sorted(store.iterdir())
    size = sum(wheel.stat().st_size for wheel in wheels)
    say(f"installing {len(wheels)} wheels ({size / GB:.2f} GB) into {folder / name}")
    if subprocess.run([sys.executable, "-m", "venv", str(folder / name)], check=False).returncode != 0:
        raise BundleError(f"{sys.executable} cannot make an environment in {folder / name}")
    pip(folder / name, "--no-compile", *map(str, wheels))
    shutil.rmtree(store)
    # pip would compile with one core. A few files of the packages are no Python that compiles, and may stay so.
    compileall = [str(folder / name / "bin/python"), "-m", "compileall", "-qq", "-j0", str(folder / name / "lib")]
    subprocess.run(compileall, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def pip(environment: Path, *what: str) -> None:
    """Installs without index, resolver and settings of the user's. Raises BundleError with pip's last line."""
    options = ["--isolated", "--no-index", "--no-deps", "--no-cache-dir", "--disable-pip-version-check", "--quiet"]
    command = [str(environment / "bin/python"), "-m", "pip", "install", *options, *what]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["it said nothing"]
        raise BundleError(f"pip cannot install what is in the bundle: {said[-1]}")


def extract(archive: Path, prefix: str, into: Path) -> None:
    """Writes the members below a prefix, without it. They have been verified."""
    with tarfile.open(archive, "r:") as tar:
        for member in tar:
            if member.name.startswith(prefix):
                path = into / member.name[len(prefix) :]
                path.parent.mkdir(parents=True, exist_ok=True)
                source = tar.extractfile(member)
                if source is not None:
                    with path.open("wb") as out:
                        shutil.copyfileobj(source, out, PIECE)
                os.chmod(path, member.mode)


def say(line: str) -> None:
    """One line of progress."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
