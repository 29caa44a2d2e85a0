"""Lines, circles and areas on the WGS 84 ellipsoid, by GeographicLib; where a sphere is used, it is said."""

import math
from itertools import pairwise
from typing import Annotated, Any

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.errors import FailedPrecondition, InvalidArgument
from mock_apis.geography.cities import Latitude, Longitude
from mock_apis.geography.geodesy_maths import offset_from_line, read_dms, write_dms
from mock_apis.geography.place_names import EARTH_RADIUS_KM, unit_vector
from mock_apis.transport.fuel_ev import TripLength

geodesy = Domain("geodesy", category="geography", description="Distances, bearings and areas on the WGS 84 ellipsoid.")

Bearing = Annotated[float, Field(ge=0, le=360)]
Kilometres = Annotated[float, Field(ge=0, le=20000)]
POINTS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")


class Point(Record):
    latitude: Latitude
    longitude: Longitude


class Course(Record):
    distance_km: TripLength
    initial_bearing: float
    """Degrees clockwise from north at the first point."""
    final_bearing: float
    compass: str


class Crossing(Record):
    cross_track_km: float
    """Distance from the line; negative to the left of it."""
    along_track_km: float
    side: str


class Box(Record):
    south: Latitude
    north: Latitude
    west: Longitude
    east: Longitude
    crosses_date_line: bool


class Polygon(Record):
    area_km2: float
    perimeter_km: float


class Length(Record):
    total_km: TripLength
    legs_km: list[float]


class Way(Record):
    points: list[Point]


class Sight(Record):
    distance_km: float


class Inside(Record):
    inside: bool


class DmsText(Record):
    latitude_dms: str
    longitude_dms: str


PointList = Annotated[list[Point], Field(min_length=2, max_length=20)]
Corners = Annotated[list[Point], Field(min_length=3, max_length=20)]
PARIS_LONDON = {
    "from_latitude": 48.853, "from_longitude": 2.349, "to_latitude": 51.509, "to_longitude": -0.126,
}  # fmt: skip
ALPS = [
    {"latitude": 45.07, "longitude": 7.69},
    {"latitude": 45.46, "longitude": 9.19},
    {"latitude": 46.2, "longitude": 6.15},
]


@geodesy.tool(example=PARIS_LONDON, kind="computation")
def course(
    w: World, from_latitude: Latitude, from_longitude: Longitude, to_latitude: Latitude, to_longitude: Longitude
) -> Course:
    """Compute the shortest distance and the bearings between two points on the ellipsoid.

    from_latitude: Degrees north of the first point; south is negative.
    from_longitude: Degrees east of the first point; west is negative.
    to_latitude: Degrees north of the second point; south is negative.
    to_longitude: Degrees east of the second point; west is negative.
    """
    line = _ellipsoid().Inverse(from_latitude, from_longitude, to_latitude, to_longitude)
    start = _bearing(line["azi1"])
    return Course(
        distance_km=round(line["s12"] / 1000, 3),
        initial_bearing=start,
        final_bearing=_bearing(line["azi2"]),
        compass=POINTS[round(start / 22.5) % 16],
    )


@geodesy.tool(
    example={
        "latitude": "@cities_get.latitude",
        "longitude": "@cities_get.longitude",
        "bearing": 45,
        "distance_km": 100,
    },
    kind="computation",
)
def destination(w: World, latitude: Latitude, longitude: Longitude, bearing: Bearing, distance_km: Kilometres) -> Point:
    """Find the point that is reached from a start on a bearing after some distance.

    latitude: Degrees north of the start; south is negative.
    longitude: Degrees east of the start; west is negative.
    bearing: Degrees clockwise from north, 0 to 360.
    distance_km: Kilometres along the geodesic, up to 20000.
    """
    end = _ellipsoid().Direct(latitude, longitude, bearing, distance_km * 1000)
    return _point(end["lat2"], end["lon2"])


@geodesy.tool(example={**PARIS_LONDON, "parts": 4}, kind="computation")
def intermediate_points(
    w: World,
    from_latitude: Latitude,
    from_longitude: Longitude,
    to_latitude: Latitude,
    to_longitude: Longitude,
    parts: Annotated[int, Field(ge=2, le=20)] = 2,
) -> Way:
    """Divide the shortest line between two points into equal parts; two parts give the midpoint.

    from_latitude: Degrees north of the first point; south is negative.
    from_longitude: Degrees east of the first point; west is negative.
    to_latitude: Degrees north of the second point; south is negative.
    to_longitude: Degrees east of the second point; west is negative.
    parts: How many equal parts; the ends are not among the points.
    """
    line = _ellipsoid().InverseLine(from_latitude, from_longitude, to_latitude, to_longitude)
    found = [line.Position(line.s13 * number / parts) for number in range(1, parts)]
    return Way(points=[_point(point["lat2"], point["lon2"]) for point in found])


@geodesy.tool(example={"points": ALPS}, kind="computation")
def route_length(w: World, points: PointList) -> Length:
    """Add up the shortest distances along a route through 2 to 20 points.

    points: The points in the order of travel, each with latitude and longitude in degrees.
    """
    legs = [_metres(one, two) / 1000 for one, two in pairwise(points)]
    return Length(total_km=round(sum(legs), 3), legs_km=[round(leg, 3) for leg in legs])


@geodesy.tool(example={"corners": ALPS}, kind="computation")
def polygon_area(w: World, corners: Corners) -> Polygon:
    """Compute the area and the perimeter of a polygon with geodesic sides.

    corners: 3 to 20 corners in order around the polygon, which must not cross itself.
    """
    shape = _ellipsoid().Polygon()
    for corner in corners:
        shape.AddPoint(corner.latitude, corner.longitude)
    _, perimeter, area = shape.Compute()
    return Polygon(area_km2=round(abs(area) / 1e6, 3), perimeter_km=round(perimeter / 1000, 3))


@geodesy.tool(example={"latitude": 45.5, "longitude": 7.6, "corners": ALPS}, kind="computation")
def point_in_polygon(w: World, latitude: Latitude, longitude: Longitude, corners: Corners) -> Inside:
    """Tell whether a point lies in a polygon drawn on a plain latitude-longitude map.

    latitude: Degrees north of the point; south is negative.
    longitude: Degrees east of the point; west is negative.
    corners: 3 to 20 corners in order; the polygon must not cross the date line.
    """
    inside = False
    for one, two in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (one.latitude > latitude) != (two.latitude > latitude):
            share = (latitude - one.latitude) / (two.latitude - one.latitude)
            inside ^= longitude < one.longitude + share * (two.longitude - one.longitude)
    return Inside(inside=inside)


@geodesy.tool(
    example={"line": ALPS[:2], "latitude": 45.6, "longitude": 8.5}, errors=[FailedPrecondition], kind="computation"
)
def cross_track(
    w: World, line: Annotated[list[Point], Field(min_length=2, max_length=2)], latitude: Latitude, longitude: Longitude
) -> Crossing:
    """Compute how far a point lies off the great circle through two points, on a sphere.

    line: Two points of the great circle, the start first.
    latitude: Degrees north of the point; south is negative.
    longitude: Degrees east of the point; west is negative.
    """
    start, end = (unit_vector(point.latitude, point.longitude) for point in line)
    angles = offset_from_line(start, end, unit_vector(latitude, longitude))
    if angles is None:
        raise FailedPrecondition("line: two points that are equal or opposite fix no great circle")
    off, along = (angle * EARTH_RADIUS_KM for angle in angles)
    side = "on the line" if abs(off) < 0.0005 else "right" if off > 0 else "left"
    return Crossing(cross_track_km=round(off, 3), along_track_km=round(along, 3), side=side)


@geodesy.tool(
    example={"latitude": "@cities_get.latitude", "longitude": "@cities_get.longitude", "radius_km": 50},
    kind="computation",
)
def bounding_box(
    w: World, latitude: Latitude, longitude: Longitude, radius_km: Annotated[float, Field(gt=0, le=5000)]
) -> Box:
    """Compute the latitude-longitude box around a circle on a sphere.

    latitude: Degrees north of the centre; south is negative.
    longitude: Degrees east of the centre; west is negative.
    radius_km: Radius in kilometres, up to 5000.
    """
    angle = radius_km / EARTH_RADIUS_KM
    south, north = latitude - math.degrees(angle), latitude + math.degrees(angle)
    if south <= -90 or north >= 90:
        return Box(south=max(south, -90.0), north=min(north, 90.0), west=-180, east=180, crosses_date_line=False)
    half = math.degrees(math.asin(min(1.0, math.sin(angle) / math.cos(math.radians(latitude)))))
    west, east = _wrap(longitude - half), _wrap(longitude + half)
    return Box(south=round(south, 6), north=round(north, 6), west=west, east=east, crosses_date_line=west > east)


@geodesy.tool(example={"text": "48°51'29\"N 2°17'40\"E"}, kind="computation")
def parse_dms(w: World, text: str) -> Point:
    """Read coordinates in degrees, minutes and seconds as decimal degrees.

    text: Latitude, then longitude, each ending in N, S, E or W: 48°51'29"N 2°17'40"E.
    """
    values = read_dms(text)
    if values is None:
        raise InvalidArgument(
            "text: give latitude and longitude such as 48°51'29\"N 2°17'40\"E, minutes and seconds under 60"
        )
    return _point(*values)


@geodesy.tool(example={"latitude": "@cities_get.latitude", "longitude": "@cities_get.longitude"}, kind="computation")
def format_dms(w: World, latitude: Latitude, longitude: Longitude) -> DmsText:
    """Write decimal coordinates in degrees, minutes and seconds.

    latitude: Degrees north; south is negative.
    longitude: Degrees east; west is negative.
    """
    return DmsText(latitude_dms=write_dms(latitude, "NS"), longitude_dms=write_dms(longitude, "EW"))


@geodesy.tool(example={"height_m": 324}, kind="computation")
def horizon_distance(w: World, height_m: Annotated[float, Field(ge=0, le=400_000)]) -> Sight:
    """Compute how far away the horizon of the sea is from a height, without refraction.

    height_m: Height of the eye above the sea in metres, up to 400000.
    """
    height = height_m / 1000
    return Sight(distance_km=round(math.sqrt(height * (2 * EARTH_RADIUS_KM + height)), 3))


def _ellipsoid() -> Any:
    from geographiclib.geodesic import Geodesic

    return Geodesic.WGS84


def _metres(one: Point, two: Point) -> float:
    return float(_ellipsoid().Inverse(one.latitude, one.longitude, two.latitude, two.longitude)["s12"])


def _bearing(azimuth: float) -> float:
    return round(azimuth % 360, 3) % 360


def _wrap(longitude: float) -> float:
    return round((longitude + 180) % 360 - 180, 6)


def _point(latitude: float, longitude: float) -> Point:
    return Point(latitude=round(latitude, 6), longitude=_wrap(longitude))
