"""Points and polygons as text."""

import re
from typing import Annotated

from pydantic import Field

from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, ResourceExhausted

Polygon = Annotated[
    str,
    Field(pattern=r"^-?[0-9]+(\.[0-9]+)?,-?[0-9]+(\.[0-9]+)?( -?[0-9]+(\.[0-9]+)?,-?[0-9]+(\.[0-9]+)?)*$"),
    Entity("geometry.polygon"),
]
"""Corners in order, as in SVG: 0,0 4,0 4,3."""
Point = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?,-?[0-9]+(\.[0-9]+)?$"), Entity("geometry.point")]
"""3,4 or -1.5,2"""
MOST_CORNERS = 60
Pair = tuple[float, float]


def read(argument: str, text: str, least: int) -> list[Pair]:
    """The points. Raises ResourceExhausted, InvalidArgument or FailedPrecondition."""
    items = text.split(" ")
    if len(items) > MOST_CORNERS or re.search(r"[0-9]{8}", text):
        raise ResourceExhausted(f"{argument}: at most {MOST_CORNERS} points and 7 digits in a row are allowed")
    if len(items) < least:
        raise FailedPrecondition(f"{argument} has {len(items)} points; at least {least} are needed")
    points = [(float(x), float(y)) for x, y in (item.split(",") for item in items)]
    if any(abs(number) > 1_000_000 for point in points for number in point):
        raise InvalidArgument(f"{argument}: a coordinate is over 1000000")
    return points


def write(points: list[Pair]) -> str:
    """The text, four decimals kept."""
    return " ".join(
        ",".join(f"{round(number, 4) + 0.0:.4f}".rstrip("0").rstrip(".") for number in point) for point in points
    )


def cross(one: Pair, two: Pair) -> float:
    """The cross product."""
    return one[0] * two[1] - one[1] * two[0]


def turn(one: Pair, two: Pair, three: Pair) -> float:
    """Positive where the way through the points turns left."""
    return cross((two[0] - one[0], two[1] - one[1]), (three[0] - two[0], three[1] - two[1]))
