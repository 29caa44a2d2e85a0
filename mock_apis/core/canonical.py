"""One byte sequence per value: sorted keys, no spaces, floats of 10 significant digits."""

import hashlib
import json
import math
from typing import Any

SIGNIFICANT_DIGITS = 10
"""libm differs between platforms in the last digits of a double; ten are the same everywhere."""


def canonical_json(value: Any) -> str:
    """JSON text of a JSON value. Raises ValueError on NaN and infinities."""
    return json.dumps(
        round_floats(value),
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
        allow_nan=False,
    )


def digest(value: Any) -> str:
    """First 16 hex digits of the SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()[:16]


def round_floats(value: Any) -> Any:
    """The same JSON value with floats rounded and minus zero made zero."""
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} has no JSON form")
        return float(f"{value:.{SIGNIFICANT_DIGITS}g}") + 0.0
    if isinstance(value, dict):
        return {str(key): round_floats(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [round_floats(item) for item in value]
    return value
