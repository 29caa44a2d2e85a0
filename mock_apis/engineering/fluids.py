"""Flow in pipes, pressure, pumps and buoyancy."""

import math
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity, Limit
from mock_apis.core.errors import FailedPrecondition, NotFound
from mock_apis.science.figures import sig

fluids = Domain("fluids", category="engineering", description="Flow in pipes, pressure, pumps and buoyancy.")

FluidName = Annotated[str, Entity("fluid.name")]
Flow = Annotated[float, Field(ge=0.001, le=1_000_000)]
Diameter = Annotated[float, Field(ge=0.1, le=10_000)]
Pressure = Annotated[float, Field(ge=0, le=1e12), Entity("fluid.pressure_kpa")]
PressureOut = Annotated[float, Entity("fluid.pressure_kpa")]
GRAVITY = 9.80665
FLUIDS = {
    "water": (998.2, 1.002),
    "sea water": (1025.0, 1.08),
    "ethanol": (789.0, 1.2),
    "petrol": (740.0, 0.6),
    "olive oil": (911.0, 84.0),
    "glycerol": (1261.0, 1412.0),
    "mercury": (13546.0, 1.55),
    "air": (1.204, 0.0182),
}
"""Density in kg/m3 and viscosity in mPa s at 20 degrees Celsius and 1 atm; typical values for the mixtures."""


class FluidFacts(Record):
    fluid: FluidName
    density_kg_per_m3: float
    viscosity_mpa_s: float


class FluidList(Record):
    total: int
    fluids: list[FluidFacts]


class PipeFlow(Record):
    velocity_m_per_s: float
    reynolds_number: float
    regime: Literal["laminar", "transitional", "turbulent"]


class Loss(Record):
    friction_factor: float
    """Darcy's."""
    loss_kpa: PressureOut
    head_m: float


class Depth(Record):
    pressure_kpa: PressureOut
    """Above that at the surface."""


class Head(Record):
    head_m: float


class Pump(Record):
    watts: float


class Jet(Record):
    velocity_m_per_s: float
    litres_per_minute: float


class Floating(Record):
    floats: bool
    submerged_percent: float
    upward_force_n: float
    """On the body wholly under the surface, its weight taken off."""


@fluids.tool(example={"query": "water"}, kind="data")
def list_(w: World, query: str = "", limit: Limit = 5) -> FluidList:
    """List fluids with their density and viscosity at 20 degrees Celsius.

    query: Part of the name, such as oil; all if left out.
    limit: At most this many fluids.
    """
    rows = [
        FluidFacts(fluid=name, density_kg_per_m3=density, viscosity_mpa_s=viscosity)
        for name, (density, viscosity) in FLUIDS.items()
        if query.strip().casefold() in name
    ]
    return FluidList(total=len(rows), fluids=rows[:limit])


@fluids.tool(
    example={"fluid": "@fluids_list.fluids[0].fluid", "litres_per_minute": 30.0, "diameter_mm": 25.0},
    errors=[NotFound],
    kind="computation",
)
def pipe_flow(w: World, fluid: FluidName, litres_per_minute: Flow, diameter_mm: Diameter) -> PipeFlow:
    """Work out velocity and Reynolds number of a flow in a round pipe.

    fluid: Such as water; see fluids_list.
    litres_per_minute: Flow in litres per minute.
    diameter_mm: Inner diameter in millimetres.
    """
    speed, reynolds = flow_of(fluid, litres_per_minute, diameter_mm)
    regime: Literal["laminar", "transitional", "turbulent"]
    regime = "laminar" if reynolds < 2300 else "transitional" if reynolds < 4000 else "turbulent"
    return PipeFlow(velocity_m_per_s=sig(speed), reynolds_number=sig(reynolds), regime=regime)


@fluids.tool(
    example={"fluid": "water", "litres_per_minute": 30.0, "diameter_mm": 25.0, "length_m": 50.0, "roughness_mm": 0.05},
    errors=[NotFound, FailedPrecondition],
    kind="computation",
)
def pressure_loss(
    w: World,
    fluid: FluidName,
    litres_per_minute: Flow,
    diameter_mm: Diameter,
    length_m: Annotated[float, Field(ge=0.01, le=100_000)],
    roughness_mm: Annotated[float, Field(ge=0, le=10)] = 0.0,
) -> Loss:
    """Work out the pressure that friction takes in a straight pipe.

    fluid: Such as water; see fluids_list.
    litres_per_minute: Flow in litres per minute.
    diameter_mm: Inner diameter in millimetres.
    length_m: Length of the pipe in metres.
    roughness_mm: Roughness of the wall in millimetres, about 0.05 for steel and 0 for plastic.
    """
    speed, reynolds = flow_of(fluid, litres_per_minute, diameter_mm)
    if roughness_mm > diameter_mm / 20:
        raise FailedPrecondition(f"roughness_mm {roughness_mm} is over a twentieth of diameter_mm")
    if reynolds < 2300:
        factor = 64 / reynolds
    else:
        factor = (-1.8 * math.log10((roughness_mm / diameter_mm / 3.7) ** 1.11 + 6.9 / reynolds)) ** -2
    density = FLUIDS[fluid][0]
    loss = factor * length_m / (diameter_mm / 1000) * density * speed**2 / 2
    if loss > 1e13:
        raise FailedPrecondition("litres_per_minute: over 1e13 Pa would be lost; no pipe holds that")
    return Loss(friction_factor=sig(factor), loss_kpa=sig(loss / 1000), head_m=sig(loss / density / GRAVITY))


@fluids.tool(example={"fluid": "sea water", "depth_m": 30.0}, errors=[NotFound], kind="computation")
def pressure_at_depth(w: World, fluid: FluidName, depth_m: Annotated[float, Field(ge=0, le=11_000)]) -> Depth:
    """Work out the pressure of a still fluid at a depth.

    fluid: Such as sea water, of the same density all the way down; see fluids_list.
    depth_m: Depth under the surface in metres.
    """
    return Depth(pressure_kpa=sig(find_fluid(fluid)[0] * GRAVITY * depth_m / 1000))


@fluids.tool(
    example={"fluid": "water", "pressure_kpa": "@fluids_pressure_at_depth.pressure_kpa"},
    errors=[NotFound],
    kind="computation",
)
def head(w: World, fluid: FluidName, pressure_kpa: Pressure) -> Head:
    """Convert a pressure into the height of a column of a fluid.

    fluid: Such as mercury; see fluids_list.
    pressure_kpa: Pressure in kilopascals.
    """
    return Head(head_m=sig(pressure_kpa * 1000 / find_fluid(fluid)[0] / GRAVITY))


@fluids.tool(
    example={"pressure_kpa": "@fluids_pressure_loss.loss_kpa", "litres_per_minute": 30.0, "efficiency_percent": 60.0},
    kind="computation",
)
def pump_power(
    w: World,
    pressure_kpa: Pressure,
    litres_per_minute: Flow,
    efficiency_percent: Annotated[float, Field(ge=1, le=100)] = 100.0,
) -> Pump:
    """Work out the power that a pump needs for a flow against a pressure.

    pressure_kpa: Pressure that the pump must add, in kilopascals.
    litres_per_minute: Flow in litres per minute.
    efficiency_percent: Share of the power that reaches the fluid.
    """
    return Pump(watts=sig(pressure_kpa * litres_per_minute / 60 * 100 / efficiency_percent))


@fluids.tool(example={"height_m": 2.0, "hole_mm": 10.0}, kind="computation")
def tank_outflow(
    w: World,
    height_m: Annotated[float, Field(ge=0, le=10_000)],
    hole_mm: Diameter,
    discharge_coefficient: Annotated[float, Field(ge=0, le=1)] = 0.62,
) -> Jet:
    """Work out how fast a tank empties through a hole (Torricelli).

    height_m: Height of the liquid over the hole in metres.
    hole_mm: Diameter of the hole in millimetres.
    discharge_coefficient: Share of the ideal flow; 0.62 for a sharp edge.
    """
    speed = math.sqrt(2 * GRAVITY * height_m)
    area = math.pi * (hole_mm / 2000) ** 2
    return Jet(velocity_m_per_s=sig(speed), litres_per_minute=sig(speed * area * discharge_coefficient * 60_000))


@fluids.tool(
    example={"fluid": "sea water", "mass_kg": 920.0, "volume_litres": 1000.0}, errors=[NotFound], kind="computation"
)
def buoyancy(
    w: World,
    fluid: FluidName,
    mass_kg: Annotated[float, Field(ge=0.001, le=1e9)],
    volume_litres: Annotated[float, Field(ge=0.001, le=1e9)],
) -> Floating:
    """Tell whether a body floats and how much of it lies under the surface.

    fluid: Such as sea water; see fluids_list.
    mass_kg: Mass of the body in kilograms.
    volume_litres: Volume of the body in litres.
    """
    pushed = find_fluid(fluid)[0] * volume_litres / 1000
    return Floating(
        floats=mass_kg < pushed,
        submerged_percent=sig(min(100.0, 100 * mass_kg / pushed)),
        upward_force_n=sig((pushed - mass_kg) * GRAVITY),
    )


def find_fluid(name: str) -> tuple[float, float]:
    """Density and viscosity. Raises NotFound."""
    if name not in FLUIDS:
        raise NotFound(f"no fluid '{name[:40]}'; see fluids_list")
    return FLUIDS[name]


def flow_of(fluid: str, litres_per_minute: float, diameter_mm: float) -> tuple[float, float]:
    """Velocity in m/s and Reynolds number. Raises NotFound."""
    density, viscosity = find_fluid(fluid)
    speed = litres_per_minute / 60_000 / (math.pi * (diameter_mm / 2000) ** 2)
    return speed, density * speed * diameter_mm / viscosity
