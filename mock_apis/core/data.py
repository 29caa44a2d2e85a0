"""The frozen tables in mock_apis/data; MANIFEST.toml there names their sources, scripts/build_tables.py makes them."""

import json
import lzma
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "data"


@cache
def load_rows(name: str) -> tuple[dict[str, Any], ...]:
    """The rows of `data/<name>.jsonl.xz`, read once; do not change them."""
    text = lzma.decompress((FOLDER / f"{name}.jsonl.xz").read_bytes()).decode()
    return tuple(json.loads("[" + text.rstrip("\n").replace("\n", ",") + "]"))
