"""The numbers, dates and times of a text, read once."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from toolgrad_local.audit.dates import ENGLISH, Day, find_days
from toolgrad_local.audit.quantities import Quantity, find_quantities
from toolgrad_local.audit.relative import find_relative_days
from toolgrad_local.audit.times import Clock, find_clocks
from toolgrad_local.audit.tokens import clean


@dataclass(frozen=True)
class Reading:
    """What a text states; places are places in `text`."""

    text: str
    """Cleaned."""
    days: tuple[Day, ...]
    """Those counted from today too."""
    clocks: tuple[Clock, ...]
    quantities: tuple[Quantity, ...]
    """Without the numbers of dates and times."""


@lru_cache(maxsize=4096)
def read_text(text: str, today: date | None = None, language: str = ENGLISH) -> Reading:
    """The reading of a text. Without today, nothing is counted from it."""
    cleaned = clean(text)
    clocks = find_clocks(cleaned)
    days = find_days(blank(cleaned, clocks), language)
    clocks = tuple(clock for clock in clocks if not any(overlaps(clock, day) for day in days))
    relative = find_relative_days(cleaned, today) if today else ()
    rest = blank(blank(cleaned, days), clocks)
    return Reading(cleaned, days + relative, clocks, find_quantities(rest))


def overlaps(left: Clock, right: Day) -> bool:
    """True if they share a character."""
    return left.start < right.end and right.start < left.end


def blank(text: str, spans: tuple[Day, ...] | tuple[Clock, ...]) -> str:
    """The text with a sign that is no word in place of every character of the spans."""
    for span in spans:
        text = text[: span.start] + "|" * (span.end - span.start) + text[span.end :]
    return text
