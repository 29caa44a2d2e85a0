"""Fills the disk under a scripted run, makes room again, resumes: `python benchmarks/full_disk.py` (root, Linux).

The run folder lies on a file system of its own in memory, which a filler leaves so many pages: fewer than the run needs
to start, to journal, or to write its outputs. Exit 77 where such a file system cannot be had.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from forked import finish_run, read_state, warm_up

SIZE = 16 << 20
PAGE = 4096
FRESH = (0, 1, 2, 3, 5, 8, 16, 40, 80, 120)
"""Pages left to a run that has not begun."""
GROWN = (0, 1, 2, 4, 8, 12, 16)
"""Pages left to one that is journaled whole, and has its outputs still to write."""
NO_FILE_SYSTEM = 77


@dataclass
class Result:
    """What came of it."""

    disks_filled: int = 0
    resumed_to_the_same_bytes: int = 0
    had_room: int = 0
    """Runs that ended well with the pages they had."""
    said: Counter[str] = field(default_factory=Counter)
    """The file that the error named, and what it said of it."""
    failures: list[str] = field(default_factory=list)


def fill(disk: Path, pages: int) -> None:
    """Leave so many pages."""
    with (disk / "filler").open("wb", buffering=0) as filler:
        try:
            while filler.write(bytes(PAGE)):
                pass
        except OSError:
            pass
        filler.truncate(filler.tell() - pages * PAGE)


def try_pages(scratch: Path, pages: int, begun: Path | None, whole: dict[str, Any], result: Result) -> None:
    """Run with so many pages left, free the rest, resume."""
    disk = scratch / "disk"
    folder = disk / "run"
    shutil.rmtree(folder, ignore_errors=True)
    if begun is not None:
        shutil.copytree(begun, folder)
    fill(disk, pages)
    code, _, _ = finish_run(folder, scratch)
    log = (scratch / "log").read_text().splitlines()
    (disk / "filler").unlink()
    errors = [line for line in log if line.startswith("error: ")]
    if code == 0:
        result.had_room += 1
    elif code != 1 or len(errors) != 1 or str(folder) not in errors[0] or "Traceback" in "".join(log):
        result.failures.append(f"{pages} pages: exit {code}: {log}")
    else:
        result.disks_filled += 1
        result.said[errors[0].removeprefix("error: ").replace(f"{folder}/", "").split(";")[0]] += 1
    code, _, _ = finish_run(folder, scratch)
    if code != 0 or read_state(folder) != whole:
        result.failures.append(f"{pages} pages, resumed: exit {code}: other bytes, or {log}")
    else:
        result.resumed_to_the_same_bytes += 1


def try_disk(scratch: Path) -> Result:
    """All of it."""
    warm_up(scratch)
    begun, result = scratch / "begun", Result()
    code, _, _ = finish_run(scratch / "whole", scratch)
    if code != 0:
        raise SystemExit((scratch / "log").read_text())
    whole = read_state(scratch / "whole")
    shutil.copytree(scratch / "whole", begun)
    for name in ("workflows.jsonl", "rejected.jsonl", "manifest.json"):
        (begun / name).unlink()
    for pages in FRESH:
        try_pages(scratch, pages, None, whole, result)
    for pages in GROWN:
        try_pages(scratch, pages, begun, whole, result)
    return result


def run() -> None:
    """Print what came of it; exit 1 if anything was lost or not said in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if not given.inside:
        if not shutil.which("unshare") or subprocess.run(["unshare", "--mount", "true"], check=False).returncode:
            sys.exit(NO_FILE_SYSTEM)
        os.execvp("unshare", ["unshare", "--mount", sys.executable, *sys.argv, "--inside"])
    with tempfile.TemporaryDirectory(prefix="full-disk-") as scratch:
        (Path(scratch) / "disk").mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", f"{scratch}/disk"], check=True)
        try:
            result = try_disk(Path(scratch))
        finally:
            subprocess.run(["umount", f"{scratch}/disk"], check=True)
    if given.json:
        print(json.dumps(vars(result), indent=2))
    else:
        print(f"disks filled {result.disks_filled}, resumed to the same bytes {result.resumed_to_the_same_bytes}")
        print("\n".join(f"{count} times: {said}" for said, count in result.said.most_common()))
        print("\n".join(result.failures), end="")
    sys.exit(bool(result.failures))


if __name__ == "__main__":
    run()
