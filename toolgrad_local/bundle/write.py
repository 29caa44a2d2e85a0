"""Writes a bundle: one plain tar (wheels are compressed already), the same bytes for the same contents."""

import hashlib
import io
import json
import os
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toolgrad_local.bundle import install
from toolgrad_local.teacher.digest import digest_file

EXECUTABLE, PLAIN = 0o755, 0o644


def write_bundle(out: Path, about: Mapping[str, Any], files: Mapping[str, Path]) -> str:
    """Writes OUT in one step, read back and verified, with OUT.sha256 beside it. Returns the archive's SHA-256.

    `about` is what the manifest says besides its files; `files` has the path in the archive of each.
    """
    contents = {install.SCRIPT: Path(install.__file__), **dict(sorted(files.items()))}
    manifest: dict[str, Any] = {
        "format": install.FORMAT,
        **about,
        "disk_bytes": estimate_disk(files),
        "files": [describe_file(name, path) for name, path in contents.items()],
    }
    text = json.dumps(manifest, indent=1).encode()
    draft = out.with_name(out.name + ".partial")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(draft, "w", format=tarfile.GNU_FORMAT) as tar:
        add_file(tar, install.SCRIPT, contents.pop(install.SCRIPT))
        add_bytes(tar, install.SEAL, hashlib.sha256(text).hexdigest().encode() + b"\n")
        add_bytes(tar, install.MANIFEST, text)
        for name, path in contents.items():
            add_file(tar, name, path)
    install.verify_archive(draft, install.read_manifest(draft))
    digest = digest_file(draft)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(out)
    out.with_name(out.name + ".sha256").write_text(f"{digest}  {out.name}\n", encoding="utf-8")
    return digest


def describe_file(name: str, path: Path) -> dict[str, Any]:
    """One entry of the manifest."""
    return {"path": name, "bytes": path.stat().st_size, "sha256": digest_file(path)}


def estimate_disk(files: Mapping[str, Path]) -> int:
    """Bytes that the folder takes while it is installed: packages packed and unpacked, and their bytecode."""
    total = 0
    for name, path in files.items():
        if name.startswith(install.PROJECT):
            total += path.stat().st_size
        elif name.startswith((install.WHEELS, install.BFCL_WHEELS)):
            with zipfile.ZipFile(path) as wheel:
                members = wheel.infolist()
            code = sum(member.file_size for member in members if member.filename.endswith(".py"))
            total += path.stat().st_size + sum(member.file_size for member in members) + code
    return total


def add_file(tar: tarfile.TarFile, name: str, path: Path) -> None:
    """A file without its owner and times."""
    entry = tarfile.TarInfo(name)
    entry.size = path.stat().st_size
    entry.mode = EXECUTABLE if path.stat().st_mode & 0o100 else PLAIN
    with path.open("rb") as source:
        tar.addfile(entry, source)


def add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    """A file that is made here."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), PLAIN
    tar.addfile(entry, io.BytesIO(content))
