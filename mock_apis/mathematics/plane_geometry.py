"""Triangles, circles, lines and polygons in the plane."""

import math
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.errors import FailedPrecondition, ResourceExhausted
from mock_apis.mathematics.points import Pair, Point, Polygon, cross, read, turn, write
from mock_apis.science.figures import sig

plane_geometry = Domain(
    "plane_geometry", category="mathematics", description="Points, triangles and polygons in the plane."
)

Number = Annotated[float, Field(ge=-1_000_000, le=1_000_000)]
Length = Annotated[float, Field(ge=0.001, le=1_000_000)]


class Shape(Record):
    polygon: Polygon


class Measures(Record):
    area: float
    perimeter: float
    centroid: Point
    convex: bool


class Hull(Record):
    polygon: Polygon
    """Corners anticlockwise, from the lowest x."""
    corners: int


class Inside(Record):
    place: str
    """inside, outside or edge."""


class Crossing(Record):
    point: Point
    angle_degrees: float


class Circle(Record):
    centre: Point
    radius: float


class Distance(Record):
    distance: float
    midpoint: Point


class Triangle(Record):
    angles_degrees: list[float]
    """Opposite the sides in their order."""
    area: float
    inradius: float
    circumradius: float
    kind: str


@plane_geometry.tool(example={"corners": 6, "side": 2.0}, kind="computation")
def regular_polygon(w: World, corners: Annotated[int, Field(ge=3, le=60)], side: Length) -> Shape:
    """Write the corners of a regular polygon around the origin.

    corners: Number of corners, 3 to 60.
    side: Length of a side.
    """
    radius = side / (2 * math.sin(math.pi / corners))
    angles = [2 * math.pi * at / corners for at in range(corners)]
    return Shape(polygon=write([(radius * math.cos(angle), radius * math.sin(angle)) for angle in angles]))


@plane_geometry.tool(
    example={"polygon": "@plane_geometry_regular_polygon.polygon"},
    errors=[ResourceExhausted, FailedPrecondition],
    kind="computation",
)
def measure(w: World, polygon: Polygon) -> Measures:
    """Work out area, perimeter and centroid of a polygon that does not cross itself.

    polygon: Corners in order, such as 0,0 4,0 4,3.
    """
    points = read("polygon", polygon, 3)
    pairs = list(zip(points, [*points[1:], points[0]], strict=True))
    doubled = math.fsum(cross(one, two) for one, two in pairs)
    if abs(doubled) < 1e-9:
        raise FailedPrecondition("polygon has no area")
    centre = [
        math.fsum((one[axis] + two[axis]) * cross(one, two) for one, two in pairs) / (3 * doubled) for axis in (0, 1)
    ]
    turns = [turn(points[at - 2], points[at - 1], points[at]) for at in range(len(points))]
    return Measures(
        area=sig(abs(doubled) / 2, 8),
        perimeter=sig(math.fsum(math.dist(one, two) for one, two in pairs), 8),
        centroid=write([(centre[0], centre[1])]),
        convex=all(value >= 0 for value in turns) or all(value <= 0 for value in turns),
    )


@plane_geometry.tool(
    example={"points": "0,0 4,0 4,3 1,1 0,3"}, errors=[ResourceExhausted, FailedPrecondition], kind="computation"
)
def convex_hull(w: World, points: Polygon) -> Hull:
    """Find the smallest convex polygon around a set of points.

    points: Points in any order, such as 0,0 4,0 4,3 1,1.
    """
    left = sorted(set(read("points", points, 3)))
    halves: list[list[Pair]] = []
    for ordered in (left, left[::-1]):
        half: list[Pair] = []
        for point in ordered:
            while len(half) >= 2 and turn(half[-2], half[-1], point) <= 0:
                half.pop()
            half.append(point)
        halves.append(half[:-1])
    hull = [*halves[0], *halves[1]]
    if len(hull) < 3:
        raise FailedPrecondition("points lie on one line")
    return Hull(polygon=write(hull), corners=len(hull))


@plane_geometry.tool(
    example={"polygon": "@plane_geometry_convex_hull.polygon", "point": "2,1"},
    errors=[ResourceExhausted, FailedPrecondition],
    kind="computation",
)
def locate_point(w: World, polygon: Polygon, point: Point) -> Inside:
    """Tell whether a point lies inside a polygon, outside or on its edge.

    polygon: Corners in order, such as 0,0 4,0 4,3.
    point: Such as 2,1.
    """
    corners, (x, y) = read("polygon", polygon, 3), read("point", point, 1)[0]
    inside = False
    for one, two in zip(corners, [*corners[1:], corners[0]], strict=True):
        between = (one[0] - x) * (two[0] - x) + (one[1] - y) * (two[1] - y) <= 0
        if between and abs(turn(one, two, (x, y))) < 1e-9 * max(1.0, math.dist(one, two)):
            return Inside(place="edge")
        if (one[1] > y) != (two[1] > y) and x < (two[0] - one[0]) * (y - one[1]) / (two[1] - one[1]) + one[0]:
            inside = not inside
    return Inside(place="inside" if inside else "outside")


@plane_geometry.tool(
    example={"polygon": "0,0 4,0 4,3", "turn_degrees": 90.0, "scale": 2.0},
    errors=[ResourceExhausted, FailedPrecondition],
    kind="computation",
)
def transform(
    w: World,
    polygon: Polygon,
    turn_degrees: Annotated[float, Field(ge=-360, le=360)] = 0.0,
    scale: Annotated[float, Field(ge=0.001, le=1000)] = 1.0,
    move_x: Number = 0.0,
    move_y: Number = 0.0,
) -> Shape:
    """Turn and scale a polygon about the origin, then move it.

    polygon: Corners in order, such as 0,0 4,0 4,3.
    turn_degrees: Angle to turn by, anticlockwise.
    scale: Factor by which it grows.
    move_x: How far to move it to the right afterwards.
    move_y: How far to move it up afterwards.
    """
    angle = math.radians(turn_degrees)
    c, s = scale * math.cos(angle), scale * math.sin(angle)
    return Shape(
        polygon=write([(c * x - s * y + move_x, s * x + c * y + move_y) for x, y in read("polygon", polygon, 1)])
    )


@plane_geometry.tool(
    example={"first": "0,0", "second": "4,4", "third": "0,4", "fourth": "4,0"},
    errors=[FailedPrecondition, ResourceExhausted],
    kind="computation",
)
def intersect_lines(w: World, first: Point, second: Point, third: Point, fourth: Point) -> Crossing:
    """Find where two straight lines cross and at which angle.

    first: A point of the first line, such as 0,0.
    second: Another point of the first line.
    third: A point of the second line.
    fourth: Another point of the second line.
    """
    a, b, c, d = (
        read(name, text, 1)[0]
        for name, text in (("first", first), ("second", second), ("third", third), ("fourth", fourth))
    )
    one, two = (b[0] - a[0], b[1] - a[1]), (d[0] - c[0], d[1] - c[1])
    sine = cross(one, two)
    if abs(sine) <= 1e-9 * math.hypot(*one) * math.hypot(*two):
        raise FailedPrecondition("first and second, third and fourth give parallel lines, or no line")
    along = cross((c[0] - a[0], c[1] - a[1]), two) / sine
    angle = math.degrees(math.atan2(abs(sine), abs(one[0] * two[0] + one[1] * two[1])))
    return Crossing(point=write([(a[0] + along * one[0], a[1] + along * one[1])]), angle_degrees=round(angle, 4))


@plane_geometry.tool(
    example={"first": "@plane_geometry_measure.centroid", "second": "3,4"},
    errors=[FailedPrecondition, ResourceExhausted],
    kind="computation",
)
def distance(w: World, first: Point, second: Point) -> Distance:
    """Measure the distance of two points and find the point halfway.

    first: One point, such as 0,0.
    second: The other point, such as 3,4.
    """
    one, two = read("first", first, 1)[0], read("second", second, 1)[0]
    return Distance(
        distance=sig(math.dist(one, two), 8), midpoint=write([((one[0] + two[0]) / 2, (one[1] + two[1]) / 2)])
    )


@plane_geometry.tool(
    example={"first": "0,0", "second": "4,0", "third": "0,3"},
    errors=[FailedPrecondition, ResourceExhausted],
    kind="computation",
)
def circle_through(w: World, first: Point, second: Point, third: Point) -> Circle:
    """Find the circle through three points.

    first: One point, such as 0,0.
    second: Another point.
    third: A point that is not on the line of the others.
    """
    a, b, c = (read(name, text, 1)[0] for name, text in (("first", first), ("second", second), ("third", third)))
    u, v = (b[0] - a[0], b[1] - a[1]), (c[0] - a[0], c[1] - a[1])
    doubled = 2 * cross(u, v)
    if abs(doubled) <= 1e-9 * math.hypot(*u) * math.hypot(*v):
        raise FailedPrecondition("third lies on the line of first and second, or two points are equal")
    x = (v[1] * (u[0] ** 2 + u[1] ** 2) - u[1] * (v[0] ** 2 + v[1] ** 2)) / doubled
    y = (u[0] * (v[0] ** 2 + v[1] ** 2) - v[0] * (u[0] ** 2 + u[1] ** 2)) / doubled
    return Circle(centre=write([(a[0] + x, a[1] + y)]), radius=sig(math.hypot(x, y), 8))


@plane_geometry.tool(example={"a": 3.0, "b": 4.0, "c": 5.0}, errors=[FailedPrecondition], kind="computation")
def solve_triangle(w: World, a: Length, b: Length, c: Length) -> Triangle:
    """Work out angles, area and circles of a triangle from its sides.

    a: First side.
    b: Second side.
    c: Third side, shorter than the two others together.
    """
    short, middle, long = sorted((a, b, c))
    if long >= (short + middle) * (1 - 1e-9):
        raise FailedPrecondition(f"the side {long} is as long as the two others together or longer")
    half = (a + b + c) / 2
    area = (
        math.sqrt(
            (long + middle + short) * (short - (long - middle)) * (short + long - middle) * (long + middle - short)
        )
        / 4
    )
    angles = [
        math.degrees(math.atan2(4 * area, one**2 + two**2 - side**2))
        for side, one, two in ((a, b, c), (b, a, c), (c, a, b))
    ]
    widest = max(angles)
    kind = "right" if abs(widest - 90) < 1e-6 else "obtuse" if widest > 90 else "acute"
    return Triangle(
        angles_degrees=[round(angle, 4) for angle in angles],
        area=sig(area, 8),
        inradius=sig(area / half, 8),
        circumradius=sig(a * b * c / (4 * area), 8),
        kind=kind,
    )
