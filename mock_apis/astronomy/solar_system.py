"""Planets, dwarf planets and large moons, with the values of the NASA fact sheets."""

import math
from datetime import date as Date
from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import Entity, IsoDate, Limit
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound

solar_system = Domain(
    "solar_system", category="astronomy", description="Facts on the sun, its planets, dwarf planets and large moons."
)

BodyName = Annotated[str, Entity("solar_body.name")]
BodyKind = Literal["star", "planet", "dwarf planet", "moon"]
GRAVITATION = 6.6743e-11
EARTH_GRAVITY = 9.80665
KM_PER_LIGHT_SECOND = 299792.458
KM_PER_AU = 149597870.7


class SolarBody(Record):
    name: BodyName
    kind: BodyKind
    orbits: BodyName | None
    radius_km: float
    """Volumetric mean."""
    mass_kg: float
    distance_km: float | None
    """Semi-major axis of its orbit."""
    period_days: float | None
    """Sidereal period of its orbit."""
    eccentricity: float | None
    rotation_hours: float | None
    """Sidereal; negative if backwards."""
    discovered: int | None
    """Year; null if known since antiquity."""


class BodySummary(Record):
    name: BodyName
    kind: BodyKind
    orbits: BodyName | None
    radius_km: float


class BodyList(Record):
    total: int
    bodies: list[BodySummary]


class Surface(Record):
    gravity_m_s2: float
    escape_velocity_km_s: float
    mean_density_kg_m3: float


class Weight(Record):
    weight_newton: float
    feels_like_kg: float
    """The mass that weighs as much on the earth."""


class Age(Record):
    years: float
    next_birthday: IsoDate | None
    """First day on or after which another whole year has passed; null beyond the year 9999."""


class Travel(Record):
    nearest_minutes: float
    farthest_minutes: float


class BodyComparison(Record):
    radius_ratio: float
    mass_ratio: float
    volume_ratio: float
    gravity_ratio: float


class Orbit(Record):
    perihelion_km: float
    aphelion_km: float
    mean_speed_km_s: float


class Synodic(Record):
    days: float


@cache
def bodies() -> dict[str, SolarBody]:
    """Every body by its lower-case name, in the order of the table."""
    return {row["name"].casefold(): SolarBody(**row) for row in load_rows("solar_system")}


def find_body(field: str, name: str) -> SolarBody:
    """The body of that name, in any case. Raises NotFound."""
    body = bodies().get(name.strip().casefold())
    if body is None:
        raise NotFound(f"no {field} '{name}'; see solar_system_search")
    return body


@solar_system.tool(example={"kind": "dwarf planet"}, kind="data")
def search(w: World, query: str = "", kind: BodyKind | None = None, limit: Limit = 5) -> BodyList:
    """Find bodies of the solar system by a part of their name or by their kind.

    query: Part of the name; all bodies if left out.
    kind: Only stars, planets, dwarf planets or moons.
    limit: At most this many bodies.
    """
    wanted = query.strip().casefold()
    return _list([row for key, row in bodies().items() if wanted in key and kind in (None, row.kind)], limit)


@solar_system.tool(example={"body": "@solar_system_search.bodies[0].name"}, errors=[NotFound], kind="data")
def get(w: World, body: BodyName) -> SolarBody:
    """Get a body's size, mass, orbit and rotation.

    body: English name such as Mars.
    """
    return find_body("body", body)


@solar_system.tool(example={"body": "Jupiter"}, errors=[NotFound], kind="data")
def moons_of(w: World, body: BodyName, limit: Limit = 10) -> BodyList:
    """List the large moons of a planet or dwarf planet, innermost first.

    body: English name such as Jupiter.
    limit: At most this many moons.
    """
    name = find_body("body", body).name
    found = [row for row in bodies().values() if row.kind == "moon" and row.orbits == name]
    return _list(sorted(found, key=lambda row: row.distance_km or 0), limit)


@solar_system.tool(example={"body": "Mars"}, errors=[NotFound], kind="computation")
def surface_gravity(w: World, body: BodyName) -> Surface:
    """Compute a body's gravity, escape velocity and density from its mass and radius.

    body: English name such as Mars; rotation and flattening are left out.
    """
    row = find_body("body", body)
    metres = row.radius_km * 1000
    return Surface(
        gravity_m_s2=round(_gravity(row), 3),
        escape_velocity_km_s=round(math.sqrt(2 * GRAVITATION * row.mass_kg / metres) / 1000, 3),
        mean_density_kg_m3=round(row.mass_kg / (4 / 3 * math.pi * metres**3), 1),
    )


@solar_system.tool(example={"body": "Moon", "mass_kg": 70}, errors=[NotFound], kind="computation")
def weight_on(w: World, body: BodyName, mass_kg: Annotated[float, Field(gt=0, le=1e9)]) -> Weight:
    """Compute what a mass weighs on the surface of another body.

    body: English name such as Moon.
    mass_kg: Mass in kilograms, up to 10^9.
    """
    force = mass_kg * _gravity(find_body("body", body))
    return Weight(weight_newton=round(force, 3), feels_like_kg=round(force / EARTH_GRAVITY, 3))


@solar_system.tool(
    example={"planet": "Mars", "born": "1990-05-01", "on": "2025-01-01"},
    errors=[NotFound, FailedPrecondition],
    kind="computation",
)
def age_on(w: World, planet: BodyName, born: IsoDate, on: IsoDate) -> Age:
    """Compute somebody's age in years of another planet, and the next birthday there.

    planet: A body that orbits the sun, such as Mars.
    born: Date of birth, 1990-05-01.
    on: Day on which the age is asked for, not before the birth.
    """
    days = (Date.fromisoformat(on) - Date.fromisoformat(born)).days
    if days < 0:
        raise InvalidArgument(f"on {on} is before born {born}")
    year = _orbit("planet", planet)[1]
    ordinal = Date.fromisoformat(born).toordinal() + math.ceil((days // year + 1) * year)
    birthday = Date.fromordinal(ordinal).isoformat() if ordinal <= Date.max.toordinal() else None
    return Age(years=round(days / year, 3), next_birthday=birthday)


@solar_system.tool(
    example={"origin": "Earth", "destination": "Mars"}, errors=[NotFound, FailedPrecondition], kind="computation"
)
def light_travel_time(w: World, origin: BodyName, destination: BodyName) -> Travel:
    """Compute how long light takes between two bodies, taking their orbits as circles in a plane.

    origin: The sun or a body that orbits it, such as Earth.
    destination: Another such body, such as Mars.
    """
    one, two = (
        0.0 if _is_sun(name) else _orbit(field, name)[0]
        for field, name in (("origin", origin), ("destination", destination))
    )
    minute = 60 * KM_PER_LIGHT_SECOND
    return Travel(nearest_minutes=round(abs(one - two) / minute, 3), farthest_minutes=round((one + two) / minute, 3))


@solar_system.tool(example={"first": "Jupiter", "second": "Earth"}, errors=[NotFound], kind="computation")
def compare(w: World, first: BodyName, second: BodyName) -> BodyComparison:
    """Compare radius, mass, volume and gravity of two bodies as ratios.

    first: English name of the body that is divided, such as Jupiter.
    second: English name of the body to divide by, such as Earth.
    """
    one, two = find_body("first", first), find_body("second", second)
    wide = one.radius_km / two.radius_km
    return BodyComparison(
        radius_ratio=_figures(wide),
        mass_ratio=_figures(one.mass_kg / two.mass_kg),
        volume_ratio=_figures(wide**3),
        gravity_ratio=_figures(_gravity(one) / _gravity(two)),
    )


@solar_system.tool(example={"planet": "Mercury"}, errors=[NotFound, FailedPrecondition], kind="computation")
def orbit_extremes(w: World, planet: BodyName) -> Orbit:
    """Compute the least and greatest distance from the sun and the mean orbital speed.

    planet: A body that orbits the sun, such as Mercury.
    """
    axis, period = _orbit("planet", planet)
    out = find_body("planet", planet).eccentricity or 0.0
    return Orbit(
        perihelion_km=round(axis * (1 - out), -3),
        aphelion_km=round(axis * (1 + out), -3),
        mean_speed_km_s=round(2 * math.pi * axis * (1 - out**2 / 4 - 3 * out**4 / 64) / (period * 86400), 2),
    )


@solar_system.tool(
    example={"first": "Earth", "second": "Mars"}, errors=[NotFound, FailedPrecondition], kind="computation"
)
def synodic_period(w: World, first: BodyName, second: BodyName) -> Synodic:
    """Compute after how many days two planets stand in the same way to the sun again.

    first: A body that orbits the sun, such as Earth.
    second: Another one, such as Mars.
    """
    one, two = _orbit("first", first)[1], _orbit("second", second)[1]
    if one == two:
        raise FailedPrecondition(f"second {second} is the first body too")
    return Synodic(days=round(abs(1 / (1 / one - 1 / two)), 2))


def _is_sun(name: str) -> bool:
    return name.strip().casefold() == "sun"


def _orbit(field: str, name: str) -> tuple[float, float]:
    """Semi-major axis in km and period in days. Raises FailedPrecondition if it does not orbit the sun."""
    body = find_body(field, name)
    if body.orbits != "Sun" or body.distance_km is None or body.period_days is None:
        raise FailedPrecondition(f"{field} {body.name} does not orbit the sun")
    return body.distance_km, body.period_days


def _gravity(body: SolarBody) -> float:
    return GRAVITATION * body.mass_kg / (body.radius_km * 1000) ** 2


def _figures(value: float) -> float:
    return float(f"{value:.5g}")


def _list(found: list[SolarBody], limit: int) -> BodyList:
    fields = set(BodySummary.model_fields)
    return BodyList(total=len(found), bodies=[BodySummary(**row.model_dump(include=fields)) for row in found[:limit]])
