"""Relativity, quanta and radioactive decay."""

import math
from typing import Annotated

from pydantic import Field

from mock_apis.astronomy.solar_system import GRAVITATION, BodyName, find_body
from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity, Limit
from mock_apis.core.errors import FailedPrecondition, NotFound
from mock_apis.science.elements import Symbol
from mock_apis.science.figures import sig

relativity_quanta = Domain(
    "relativity_quanta", category="physics", description="Relativity, quanta, heat rays and radioactive decay."
)

LIGHT = 299_792_458.0
PLANCK = 6.62607015e-34
IsotopeName = Annotated[str, Field(pattern=r"^[A-Z][a-z]?-[0-9]{1,3}$"), Entity("isotope.name")]
ParticleName = Annotated[str, Entity("particle.name")]
WavelengthOut = Annotated[float, Entity("wave.wavelength_nm")]
Share = Annotated[float, Field(ge=0, le=0.999999)]
YEAR = 365.25 * 86400

HALF_LIVES = {
    name: (float(value) * {"y": YEAR, "d": 86400, "h": 3600, "min": 60, "ky": 1000 * YEAR}[unit], decay)
    for name, value, unit, decay in (
        item.split()
        for item in """H-3 12.32 y beta-minus|C-14 5.70 ky beta-minus|F-18 109.8 min beta-plus
|P-32 14.27 d beta-minus|K-40 1.25e6 ky beta-minus|Co-60 5.27 y beta-minus|Sr-90 28.8 y beta-minus
|Tc-99 211 ky beta-minus|I-131 8.02 d beta-minus|Cs-137 30.1 y beta-minus|Ir-192 73.8 d beta-minus
|Po-210 138.4 d alpha|Rn-222 3.82 d alpha|Ra-226 1.60 ky alpha|Th-232 1.40e7 ky alpha|U-235 7.04e5 ky alpha
|U-238 4.47e6 ky alpha|Pu-238 87.7 y alpha|Pu-239 24.1 ky alpha|Am-241 432.6 y alpha""".replace("\n", "").split("|")
    )
}
"""Half-life in seconds and main decay."""
PARTICLES = {
    "electron": 9.1093837139e-31,
    "muon": 1.883531627e-28,
    "proton": 1.67262192595e-27,
    "neutron": 1.67492750056e-27,
    "alpha particle": 6.6446573450e-27,
}


class Particle(Record):
    name: ParticleName
    mass_kg: float
    mass_u: float


class ParticleList(Record):
    total: int
    particles: list[Particle]


class Isotope(Record):
    name: IsotopeName
    element: Symbol
    half_life_years: float
    decay: str


class IsotopeList(Record):
    total: int
    isotopes: list[Isotope]


class Remainder(Record):
    isotope: IsotopeName
    share_left: float
    half_lives: float


class Age(Record):
    isotope: IsotopeName
    years: float


class Activity(Record):
    isotope: IsotopeName
    becquerels: float


class Relativity(Record):
    gamma: float
    traveller_years: float
    rest_frame_years: float


class Matter(Record):
    name: ParticleName
    rest_energy_mev: float
    kinetic_energy_mev: float
    wavelength_nm: WavelengthOut


class Glow(Record):
    peak_nm: WavelengthOut
    watts_per_m2: float


class Hole(Record):
    body: BodyName
    radius_m: float
    """To which the body's mass would have to be pressed to be a black hole."""
    clock_slowing_ppb: float
    """How much slower a clock on its real surface runs than far away."""


class Line(Record):
    wavelength_nm: WavelengthOut
    energy_ev: float


@relativity_quanta.tool(example={"element": "U"}, kind="data")
def isotopes(w: World, element: Symbol | None = None, limit: Limit = 5) -> IsotopeList:
    """Find well-known radioactive isotopes with half-life and decay.

    element: Symbol of the element, such as U; all isotopes if left out.
    limit: At most this many isotopes.
    """
    rows = [
        Isotope(name=name, element=name.split("-")[0], half_life_years=sig(seconds / YEAR, 4), decay=decay)
        for name, (seconds, decay) in HALF_LIVES.items()
        if element in (None, name.split("-")[0])
    ]
    return IsotopeList(total=len(rows), isotopes=rows[:limit])


@relativity_quanta.tool(
    example={"isotope": "@relativity_quanta_isotopes.isotopes[0].name", "years": 1000.0},
    errors=[NotFound],
    kind="computation",
)
def decay(w: World, isotope: IsotopeName, years: Annotated[float, Field(ge=0, le=1e12)]) -> Remainder:
    """Work out which share of an isotope is left after a time.

    isotope: Element and mass number, such as C-14; see relativity_quanta_isotopes.
    years: Time that passes, in years of 365.25 days.
    """
    times = years * YEAR / find_half_life(isotope)
    return Remainder(isotope=isotope, share_left=sig(0.5 ** min(times, 1000.0)), half_lives=sig(times))


@relativity_quanta.tool(
    example={"isotope": "C-14", "share_left": 0.25}, errors=[NotFound, FailedPrecondition], kind="computation"
)
def date_sample(w: World, isotope: IsotopeName, share_left: Annotated[float, Field(ge=0, le=1)]) -> Age:
    """Date a sample by the share of a radioactive isotope that is left.

    isotope: Element and mass number, such as C-14; see relativity_quanta_isotopes.
    share_left: What is left of it, above 0 and up to 1.
    """
    if share_left < 1e-9:
        raise FailedPrecondition("share_left is too small to date by (at least 1e-9)")
    return Age(isotope=isotope, years=sig(-math.log2(share_left) * find_half_life(isotope) / YEAR, 5) + 0.0)


@relativity_quanta.tool(example={"isotope": "Ra-226", "milligrams": 1000.0}, errors=[NotFound], kind="computation")
def activity(w: World, isotope: IsotopeName, milligrams: Annotated[float, Field(ge=0, le=1e9)]) -> Activity:
    """Work out how many decays a second a mass of an isotope shows.

    isotope: Element and mass number, such as Ra-226; see relativity_quanta_isotopes.
    milligrams: Mass of the pure isotope in milligrams.
    """
    half_life = find_half_life(isotope)
    atoms = milligrams / 1000 / int(isotope.split("-")[1]) * 6.02214076e23
    return Activity(isotope=isotope, becquerels=sig(atoms * math.log(2) / half_life, 4))


@relativity_quanta.tool(example={"speed_share_of_light": 0.8, "traveller_years": 3.0}, kind="computation")
def time_dilation(
    w: World, speed_share_of_light: Share, traveller_years: Annotated[float, Field(ge=0, le=1e9)]
) -> Relativity:
    """Work out how much time passes at home during a fast journey.

    speed_share_of_light: Speed of the traveller divided by that of light, 0 to 0.999999.
    traveller_years: Time that the traveller's clock shows, in years.
    """
    gamma = 1 / math.sqrt(1 - speed_share_of_light**2)
    return Relativity(
        gamma=sig(gamma, 8), traveller_years=traveller_years, rest_frame_years=sig(gamma * traveller_years, 8)
    )


@relativity_quanta.tool(example={"query": "on"}, kind="data")
def particles(w: World, query: str = "", limit: Limit = 5) -> ParticleList:
    """List five particles of matter with their rest mass, lightest first.

    query: Part of the name, such as proton; all if left out.
    limit: At most this many particles.
    """
    rows = [
        Particle(name=name, mass_kg=mass, mass_u=sig(mass / 1.66053906892e-27, 9))
        for name, mass in PARTICLES.items()
        if query.strip().casefold() in name
    ]
    return ParticleList(total=len(rows), particles=rows[:limit])


@relativity_quanta.tool(
    example={"particle": "@relativity_quanta_particles.particles[0].name", "speed_share_of_light": 0.01},
    errors=[NotFound, FailedPrecondition],
    kind="computation",
)
def matter_wave(w: World, particle: ParticleName, speed_share_of_light: Share) -> Matter:
    """Work out the energy and de Broglie wavelength of a moving particle.

    particle: Name of the particle, such as electron; see relativity_quanta_particles.
    speed_share_of_light: Speed divided by that of light, above 0.
    """
    if particle not in PARTICLES:
        raise NotFound(f"no particle '{particle[:40]}'; see relativity_quanta_particles")
    if speed_share_of_light < 1e-9:
        raise FailedPrecondition("speed_share_of_light must be above 1e-9: a particle at rest has no wavelength")
    mass = PARTICLES[particle]
    root = math.sqrt(1 - speed_share_of_light**2)
    gamma = 1 / root
    rest = mass * LIGHT**2 / 1.602176634e-13
    wavelength = PLANCK / (gamma * mass * speed_share_of_light * LIGHT)
    # gamma - 1 without loss of digits at small speeds
    excess = speed_share_of_light**2 / (root * (1 + root))
    return Matter(
        name=particle,
        rest_energy_mev=sig(rest, 8),
        kinetic_energy_mev=sig(rest * excess),
        wavelength_nm=sig(wavelength * 1e9),
    )


@relativity_quanta.tool(example={"temperature_k": 5772.0}, kind="computation")
def black_body(w: World, temperature_k: Annotated[float, Field(ge=0.01, le=1e9)]) -> Glow:
    """Work out how brightly a black body glows and its peak wavelength.

    temperature_k: Temperature of its surface in kelvins.
    """
    return Glow(peak_nm=sig(2.897771955e6 / temperature_k), watts_per_m2=sig(5.670374419e-8 * temperature_k**4))


@relativity_quanta.tool(example={"body": "Sun"}, errors=[NotFound], kind="computation")
def gravity_radius(w: World, body: BodyName) -> Hole:
    """Work out a body's Schwarzschild radius and how it slows clocks.

    body: Such as Earth or Sun; see solar_system_search.
    """
    row = find_body("body", body)
    mass, radius = row.mass_kg, row.radius_km * 1000
    hole = 2 * GRAVITATION * mass / LIGHT**2
    return Hole(body=body, radius_m=sig(hole, 4), clock_slowing_ppb=sig((1 - math.sqrt(1 - hole / radius)) * 1e9, 4))


@relativity_quanta.tool(example={"upper": 3, "lower": 2}, errors=[FailedPrecondition], kind="computation")
def hydrogen_line(
    w: World, upper: Annotated[int, Field(ge=2, le=100)], lower: Annotated[int, Field(ge=1, le=99)]
) -> Line:
    """Give the wavelength of a spectral line of hydrogen in vacuum.

    upper: Principal quantum number before the jump.
    lower: Principal quantum number after it, below the upper one.
    """
    if lower >= upper:
        raise FailedPrecondition(f"lower {lower} must be below upper {upper}")
    per_metre = 10967758.34 * (1 / lower**2 - 1 / upper**2)
    return Line(wavelength_nm=sig(1e9 / per_metre), energy_ev=sig(per_metre * 1.2398419843320026e-6))


def find_half_life(isotope: str) -> float:
    """Seconds. Raises NotFound."""
    if isotope not in HALF_LIVES:
        raise NotFound(f"no isotope '{isotope}' here; see relativity_quanta_isotopes")
    return HALF_LIVES[isotope][0]
