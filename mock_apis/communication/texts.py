"""What domains of written messages share: checks of texts, drawn ids, times without seconds."""

from datetime import datetime

from mock_apis.core import Draw
from mock_apis.core.errors import InvalidArgument


def check_text(name: str, text: str, longest: int = 500) -> str:
    """The text without blanks around it. Raises InvalidArgument if it is empty or too long."""
    stripped = text.strip()
    if not stripped:
        raise InvalidArgument(f"{name}: is empty")
    if len(stripped) > longest:
        raise InvalidArgument(f"{name}: has {len(stripped)} characters, over {longest}")
    return stripped


def draw_id(draw: Draw, prefix: str) -> str:
    """An id for a seeded row."""
    return f"{prefix}-{draw.bits() % 0x1000000:06X}"


def minute(at: datetime) -> str:
    """2025-03-14T09:30"""
    return at.isoformat(timespec="minutes")
