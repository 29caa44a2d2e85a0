"""Times of day that a text states."""

import re
from dataclasses import dataclass
from functools import lru_cache

HOURS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip
HOUR = rf"(?P<hour>\d{{1,2}}|{'|'.join(HOURS)})"
HALF = r"(?P<half>\s*(?:a\.?m\b\.?|p\.?m\b\.?)|,?\s+(?:in the (?:morning|afternoon|evening)|at night|tonight))"
CLOCK = re.compile(rf"(?<![\w.:/-])(?P<hour>\d{{1,2}})[:h](?P<minute>[0-5]\d)(?::[0-5]\d)?(?:{HALF})?(?![\w:])", re.I)
ISO = re.compile(r"(?<=\d)T(?P<hour>\d\d):(?P<minute>[0-5]\d)(?::[0-5]\d)?Z?(?![\w:])")
BARE = re.compile(rf"(?<![\w.:/$€£-]){HOUR}(?:\.(?P<minute>[0-5]\d))?(?:\s+o'?clock)?{HALF}(?!\w)", re.I)
OCLOCK = re.compile(rf"\b{HOUR}\s+o'?clock\b", re.I)
PAST = re.compile(
    r"\b(?P<part>half|(?:a )?quarter|five|ten|twenty|twenty-five|\d{1,2}(?= minutes))(?: minutes)? (?P<side>past|to) "
    rf"{HOUR}(?:\s+o'?clock)?(?![\w%])(?:{HALF})?",
    re.I,
)
NAMED = re.compile(r"\b(?P<name>noon|midday|midnight)\b", re.I)
PARTS = {"half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25}


@dataclass(frozen=True)
class Clock:
    """A time of day, by 24 hours."""

    start: int
    end: int
    hour: int
    minute: int


@lru_cache(maxsize=4096)
def find_clocks(text: str) -> tuple[Clock, ...]:
    """The times of a cleaned text, in order; without a.m. or the like they are read by 24 hours."""
    found: list[Clock] = []
    for pattern in (PAST, CLOCK, ISO, BARE, OCLOCK, NAMED):
        for match in pattern.finditer(text):
            clock = read_clock(match)
            if clock and all(clock.end <= other.start or clock.start >= other.end for other in found):
                found.append(clock)
    return tuple(sorted(found, key=lambda clock: clock.start))


def read_clock(match: re.Match[str]) -> Clock | None:
    """The time that was matched; None if there is none such."""
    groups = match.groupdict()
    if "name" in groups:
        return Clock(match.start(), match.end(), 0 if groups["name"].lower() == "midnight" else 12, 0)
    hour = HOURS.get(groups["hour"].lower()) or int(groups["hour"])
    half = groups.get("half")
    if half:
        if not 1 <= hour <= 12 and not (":" in match.group() and hour < 24):
            return None
        hour = hour % 12 + 12 * is_afternoon(half, hour) if hour <= 12 else hour
    minute = int(groups.get("minute") or 0)
    if groups.get("part"):
        part = groups["part"].lower()
        minute = PARTS.get(part) or int(part)
        if groups["side"].lower() == "to":
            hour, minute = (hour - 1) % 24, 60 - minute
    return Clock(match.start(), match.end(), hour, minute) if hour < 24 and minute < 60 else None


def is_afternoon(half: str, hour: int) -> bool:
    """True for p.m. and what means it; at night is after noon until midnight."""
    half = half.lower()
    if "night" in half:
        return 5 <= hour < 12
    return "p" in half.replace("in the", "").strip()[:1] or "afternoon" in half or "evening" in half
