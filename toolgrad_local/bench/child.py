"""Measures in a process of its own: nothing else has used its memory, and it can be bound to one core."""

import json
import subprocess
import sys
from typing import Any

from toolgrad_local.errors import ToolgradError


def run_child(module: str, **settings: Any) -> Any:
    """What `python -m toolgrad_local.bench.MODULE` prints as JSON. Raises ToolgradError with its last words."""
    command = [sys.executable, "-m", f"toolgrad_local.bench.{module}", json.dumps(settings)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["it was killed"]
        raise ToolgradError(f"the measuring process ended with {done.returncode}: {last[0]}")
    return json.loads(done.stdout)
