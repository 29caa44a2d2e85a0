"""The frozen true tables in mock_apis/data; MANIFEST.toml there names their sources."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "data"


@cache
def load_rows(name: str) -> tuple[dict[str, Any], ...]:
    """The rows of `data/<name>.jsonl`, read once; do not change them."""
    text = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8")
    return tuple(json.loads(line) for line in text.splitlines() if line)
