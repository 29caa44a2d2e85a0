"""Vectors and degrees, minutes and seconds for the geodesy domain."""

import math
import re

Vector = tuple[float, float, float]
DMS = re.compile(
    r"([0-9]{1,3})[°D: ]\s*(?:([0-9]{1,2})['′M: ]?\s*)?(?:([0-9]{1,2}(?:\.[0-9]{1,6})?)[\"″]?\s*)?([NSEW])"
)


def read_dms(text: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, or None if the text is not understood."""
    found = DMS.findall(text.upper()) if len(text) <= 80 else []
    if len(found) != 2 or found[0][3] not in "NS" or found[1][3] not in "EW":
        return None
    values = []
    for (degrees, minutes, seconds, letter), limit in zip(found, (90, 180), strict=True):
        value = int(degrees) + int(minutes or 0) / 60 + float(seconds or 0) / 3600
        if int(minutes or 0) > 59 or float(seconds or 0) >= 60 or value > limit:
            return None
        values.append(-value if letter in "SW" else value)
    return values[0], values[1]


def cross_product(one: Vector, two: Vector) -> Vector:
    """Perpendicular to both."""
    (a, b, c), (x, y, z) = one, two
    return b * z - c * y, c * x - a * z, a * y - b * x


def write_dms(value: float, letters: str) -> str:
    """48°51′29.0″N; `letters` are those of positive and negative values."""
    tenths = round(abs(value) * 36000)
    minutes, rest = divmod(tenths, 600)
    return f"{minutes // 60}°{minutes % 60:02d}′{rest / 10:04.1f}″{letters[value < 0]}"


def offset_from_line(start: Vector, end: Vector, there: Vector) -> tuple[float, float] | None:
    """Angles across (positive to the right) and along the great circle through two points; None if they fix none."""
    pole = cross_product(start, end)
    size = math.hypot(*pole)
    if size < 1e-9:
        return None
    sine = -sum(a * b for a, b in zip(pole, there, strict=True)) / size
    ahead = sum(a * b for a, b in zip(cross_product(pole, start), there, strict=True)) / size
    along = math.atan2(ahead, sum(a * b for a, b in zip(start, there, strict=True)))
    return math.asin(max(-1.0, min(1.0, sine))), along
