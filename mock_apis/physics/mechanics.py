"""Motion, forces and orbits, on Earth or another body of the Solar System."""

import math
from typing import Annotated

from pydantic import Field

from mock_apis.astronomy.solar_system import EARTH_GRAVITY, GRAVITATION, BodyName, find_body
from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition, NotFound
from mock_apis.science.figures import sig

mechanics = Domain(
    "mechanics", category="physics", description="Motion, forces and orbits, without air, on any large body."
)

SpeedResult = Annotated[float, Entity("motion.speed_m_per_s")]
Speed = Annotated[float, Field(ge=0, le=1_000_000), Entity("motion.speed_m_per_s")]
Mass = Annotated[float, Field(ge=0.000001, le=1e12)]
Metres = Annotated[float, Field(ge=0, le=1_000_000)]


class Throw(Record):
    range_m: float
    highest_m: float
    flight_s: float
    landing_speed_m_per_s: SpeedResult


class Fall(Record):
    seconds: float
    speed_m_per_s: SpeedResult


class Swing(Record):
    period_s: float


class Motion(Record):
    kinetic_energy_j: float
    momentum_kg_m_per_s: float
    fall_height_m: float
    """From which a fall on Earth gives that speed."""


class Orbit(Record):
    speed_m_per_s: SpeedResult
    period_s: float
    escape_speed_m_per_s: SpeedResult
    """From that height."""


class Collision(Record):
    first_m_per_s: SpeedResult
    second_m_per_s: SpeedResult
    lost_energy_j: float


class Braking(Record):
    distance_m: float
    seconds: float


class Slope(Record):
    slides: bool
    acceleration_m_per_s2: float
    speed_m_per_s: SpeedResult


@mechanics.tool(
    example={"speed_m_per_s": 20.0, "angle_degrees": 45.0, "body": "Earth"}, errors=[NotFound], kind="computation"
)
def projectile(
    w: World,
    speed_m_per_s: Annotated[float, Field(ge=0, le=1_000_000), Entity("motion.speed_m_per_s")],
    angle_degrees: Annotated[float, Field(ge=0, le=90)],
    height_m: Metres = 0.0,
    body: BodyName = "Earth",
) -> Throw:
    """Follow a throw without air: how far, how high, how long.

    speed_m_per_s: Speed at the start in metres per second.
    angle_degrees: Angle above the horizontal, 0 to 90.
    height_m: Height of the start above the landing in metres.
    body: Where it happens, such as Moon; see solar_system_search.
    """
    gravity = gravity_on(body)
    across, up = (speed_m_per_s * part(math.radians(angle_degrees)) for part in (math.cos, math.sin))
    down = math.sqrt(up * up + 2 * gravity * height_m)
    seconds = (up + down) / gravity
    return Throw(
        range_m=sig(across * seconds),
        highest_m=sig(height_m + up * up / (2 * gravity)),
        flight_s=sig(seconds),
        landing_speed_m_per_s=sig(math.hypot(across, down)),
    )


@mechanics.tool(
    example={"height_m": 10.0, "body": "@solar_system_search.bodies[0].name"}, errors=[NotFound], kind="computation"
)
def free_fall(w: World, height_m: Metres, body: BodyName = "Earth") -> Fall:
    """Work out how long a free fall lasts and how fast it ends.

    height_m: Height of the fall in metres.
    body: Where it happens, such as Moon; see solar_system_search.
    """
    gravity = gravity_on(body)
    speed = math.sqrt(2 * gravity * height_m)
    return Fall(seconds=sig(speed / gravity), speed_m_per_s=sig(speed))


@mechanics.tool(example={"length_m": 1.0, "body": "Earth"}, errors=[NotFound], kind="computation")
def pendulum(w: World, length_m: Annotated[float, Field(ge=0.001, le=10_000)], body: BodyName = "Earth") -> Swing:
    """Work out the period of a pendulum for small swings.

    length_m: Length of the string in metres.
    body: Where it swings, such as Moon; see solar_system_search.
    """
    return Swing(period_s=sig(2 * math.pi * math.sqrt(length_m / gravity_on(body))))


@mechanics.tool(example={"mass_kg": 1200.0, "speed_m_per_s": "@mechanics_free_fall.speed_m_per_s"}, kind="computation")
def moving_mass(w: World, mass_kg: Mass, speed_m_per_s: Speed) -> Motion:
    """Work out the kinetic energy and momentum of a moving mass.

    mass_kg: Mass in kilograms.
    speed_m_per_s: Speed in metres per second, far below that of light.
    """
    return Motion(
        kinetic_energy_j=sig(mass_kg * speed_m_per_s**2 / 2),
        momentum_kg_m_per_s=sig(mass_kg * speed_m_per_s),
        fall_height_m=sig(speed_m_per_s**2 / (2 * EARTH_GRAVITY)),
    )


@mechanics.tool(example={"body": "Earth", "altitude_km": 400.0}, errors=[NotFound], kind="computation")
def orbit(w: World, body: BodyName, altitude_km: Annotated[float, Field(ge=0, le=1e9)]) -> Orbit:
    """Work out speed and period of a circular orbit, and the escape speed.

    body: What is circled, such as Earth; see solar_system_search.
    altitude_km: Height above the mean surface in kilometres.
    """
    row = find_body("body", body)
    mass, radius = row.mass_kg, row.radius_km * 1000
    distance = radius + altitude_km * 1000
    speed = math.sqrt(GRAVITATION * mass / distance)
    return Orbit(
        speed_m_per_s=sig(speed, 4),
        period_s=sig(2 * math.pi * distance / speed, 4),
        escape_speed_m_per_s=sig(speed * math.sqrt(2), 4),
    )


@mechanics.tool(
    example={"first_kg": 2.0, "first_m_per_s": 3.0, "second_kg": 1.0, "second_m_per_s": 0.0}, kind="computation"
)
def collide(
    w: World,
    first_kg: Mass,
    first_m_per_s: Annotated[float, Field(ge=-1_000_000, le=1_000_000)],
    second_kg: Mass,
    second_m_per_s: Annotated[float, Field(ge=-1_000_000, le=1_000_000)],
    elasticity: Annotated[float, Field(ge=0, le=1)] = 1.0,
) -> Collision:
    """Work out the speeds after two masses collide on a line.

    first_kg: Mass of the first one in kilograms.
    first_m_per_s: Its speed, negative to the left.
    second_kg: Mass of the second one in kilograms.
    second_m_per_s: Its speed, negative to the left.
    elasticity: Coefficient of restitution: 1 elastic, 0 they stick together.
    """
    total = first_kg + second_kg
    centre = (first_kg * first_m_per_s + second_kg * second_m_per_s) / total
    gap = elasticity * (second_m_per_s - first_m_per_s)
    lost = first_kg / total * second_kg / 2 * (first_m_per_s - second_m_per_s) ** 2 * (1 - elasticity**2)
    return Collision(
        first_m_per_s=sig(centre + gap * second_kg / total),
        second_m_per_s=sig(centre - gap * first_kg / total),
        lost_energy_j=sig(lost),
    )


@mechanics.tool(
    example={"speed_m_per_s": 13.89, "friction": 0.7, "body": "Earth"},
    errors=[NotFound, FailedPrecondition],
    kind="computation",
)
def stop(
    w: World, speed_m_per_s: Speed, friction: Annotated[float, Field(ge=0, le=2)], body: BodyName = "Earth"
) -> Braking:
    """Work out how far and long a sliding thing moves until friction stops it.

    speed_m_per_s: Speed at the start in metres per second.
    friction: Coefficient of friction on level ground, above 0.
    body: Where it happens, such as Mars; see solar_system_search.
    """
    if friction < 1e-6:
        raise FailedPrecondition("friction of zero never stops anything")
    slowing = friction * gravity_on(body)
    return Braking(distance_m=sig(speed_m_per_s**2 / (2 * slowing)), seconds=sig(speed_m_per_s / slowing))


@mechanics.tool(
    example={"angle_degrees": 30.0, "friction": 0.2, "length_m": 5.0, "body": "Earth"},
    errors=[NotFound],
    kind="computation",
)
def incline(
    w: World,
    angle_degrees: Annotated[float, Field(ge=0, le=90)],
    friction: Annotated[float, Field(ge=0, le=2)],
    length_m: Metres,
    body: BodyName = "Earth",
) -> Slope:
    """Work out how a block slides down a slope from rest.

    angle_degrees: Angle of the slope, 0 to 90.
    friction: Coefficient of friction, taken alike at rest and in motion.
    length_m: Length of the slope in metres.
    body: Where it happens, such as Moon; see solar_system_search.
    """
    angle = math.radians(angle_degrees)
    pull = max(0.0, gravity_on(body) * (math.sin(angle) - friction * math.cos(angle)))
    return Slope(
        slides=pull > 1e-12, acceleration_m_per_s2=sig(pull), speed_m_per_s=sig(math.sqrt(2 * pull * length_m))
    )


def gravity_on(name: str) -> float:
    """Surface gravity in m/s2; the standard one for the Earth. Raises NotFound."""
    row = find_body("body", name)
    return EARTH_GRAVITY if row.name == "Earth" else GRAVITATION * row.mass_kg / (row.radius_km * 1000) ** 2
