"""Heat, electricity and sunlight for a house."""

import math
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World, money
from mock_apis.core.entities import CityName, CurrencyCode, Entity, IsoDate, Limit
from mock_apis.core.errors import FailedPrecondition, NotFound
from mock_apis.geography.cities import find_city
from mock_apis.science.figures import sig

home_energy = Domain("home_energy", category="engineering", description="Heat, power and sunlight for a house.")

UValue = Annotated[float, Field(ge=0.001, le=1000), Entity("building.u_value")]
UValueOut = Annotated[float, Entity("building.u_value")]
Kwh = Annotated[float, Field(ge=0, le=1e12), Entity("energy.kwh")]
KwhOut = Annotated[float, Entity("energy.kwh")]
OutdoorTemperature = Annotated[float, Field(ge=-50, le=60), Entity("air.temperature_c")]
Insulation = Annotated[str, Entity("insulation.name")]
Area = Annotated[float, Field(ge=0.01, le=100_000)]
CONDUCTIVITY = {
    "mineral wool": 0.035, "expanded polystyrene": 0.035, "polyurethane foam": 0.025, "cellulose": 0.040,
    "wood fibre": 0.042, "cork": 0.040, "softwood": 0.13, "plasterboard": 0.25, "brick": 0.7, "concrete": 2.0,
    "aerated concrete": 0.12, "glass pane": 1.0,
}  # fmt: skip
"""Typical thermal conductivity in W/(m K)."""
CO2 = {"natural_gas": 0.202, "heating_oil": 0.267, "liquefied_petroleum_gas": 0.227, "hard_coal": 0.341}
"""kg CO2 for one kWh of lower heating value, rounded from the IPCC 2006 default factors."""


class Layer(Record):
    name: Insulation
    conductivity_w_per_mk: float


class LayerList(Record):
    total: int
    materials: list[Layer]


class Wall(Record):
    u_value: UValueOut
    """W/(m2 K), with the air films of a wall (0.17 m2 K/W)."""
    thermal_resistance: float


class HeatLoss(Record):
    watts: float
    kwh_per_day: KwhOut


class Season(Record):
    kwh: KwhOut


class Price(Record):
    amount: float
    currency: CurrencyCode


class Emissions(Record):
    kg_co2: float


class HeatPump(Record):
    electricity_kwh: KwhOut
    environment_kwh: float
    ideal_cop: float
    """Carnot's, which no machine reaches."""


class Payback(Record):
    years: float
    kwh_saved_until_then: KwhOut


class SolarDay(Record):
    city: CityName
    day_length_h: float
    ground_kwh_per_m2: float
    panel_kwh: KwhOut


@home_energy.tool(example={"query": "wool"}, kind="data")
def insulation_materials(w: World, query: str = "", limit: Limit = 5) -> LayerList:
    """Find wall and insulation materials with their heat conductivity.

    query: Part of the name, such as wool or brick; all if left out.
    limit: At most this many materials.
    """
    found = [(name, value) for name, value in CONDUCTIVITY.items() if query.strip().casefold() in name]
    rows = [Layer(name=name, conductivity_w_per_mk=value) for name, value in found]
    return LayerList(total=len(rows), materials=rows[:limit])


@home_energy.tool(
    example={
        "materials": ["brick", "@home_energy_insulation_materials.materials[0].name"],
        "thicknesses_mm": [240.0, 140.0],
    },
    errors=[NotFound, FailedPrecondition],
    kind="computation",
)
def wall_u_value(
    w: World,
    materials: Annotated[list[Insulation], Field(min_length=1, max_length=6)],
    thicknesses_mm: Annotated[list[Annotated[float, Field(ge=1, le=5000)]], Field(min_length=1, max_length=6)],
) -> Wall:
    """Work out the U-value of a wall of layers.

    materials: Layers from inside to outside; see home_energy_insulation_materials.
    thicknesses_mm: Thickness of each layer in millimetres.
    """
    if len(materials) != len(thicknesses_mm):
        raise FailedPrecondition(f"thicknesses_mm has {len(thicknesses_mm)} numbers for {len(materials)} materials")
    for name in materials:
        if name not in CONDUCTIVITY:
            raise NotFound(f"no materials '{name[:40]}'; see home_energy_insulation_materials")
    resistance = 0.17 + math.fsum(
        thick / 1000 / CONDUCTIVITY[name] for name, thick in zip(materials, thicknesses_mm, strict=True)
    )
    return Wall(u_value=sig(1 / resistance, 4), thermal_resistance=sig(resistance, 4))


@home_energy.tool(
    example={"u_value": "@home_energy_wall_u_value.u_value", "area_m2": 120.0, "indoor_c": 20.0, "outdoor_c": -5.0},
    kind="computation",
)
def heat_loss(
    w: World,
    u_value: UValue,
    area_m2: Area,
    indoor_c: Annotated[float, Field(ge=-50, le=60)],
    outdoor_c: OutdoorTemperature,
) -> HeatLoss:
    """Work out the heat that passes through a wall, window or roof.

    u_value: U-value in W/(m2 K).
    area_m2: Area in square metres.
    indoor_c: Temperature inside in degrees Celsius.
    outdoor_c: Temperature outside in degrees Celsius; heat loss is 0 where it is warmer.
    """
    watts = max(0.0, u_value * area_m2 * (indoor_c - outdoor_c))
    return HeatLoss(watts=sig(watts), kwh_per_day=sig(watts * 0.024))


@home_energy.tool(example={"u_value": 0.24, "area_m2": 120.0, "degree_days": 3000.0}, kind="computation")
def heating_season(
    w: World, u_value: UValue, area_m2: Area, degree_days: Annotated[float, Field(ge=0, le=20_000)]
) -> Season:
    """Work out the heat lost through a surface in a season of degree days.

    u_value: U-value in W/(m2 K).
    area_m2: Area in square metres.
    degree_days: Heating degree days of the season in kelvin days.
    """
    return Season(kwh=sig(u_value * area_m2 * degree_days * 0.024))


@home_energy.tool(
    example={"kwh": "@home_energy_heating_season.kwh", "price_per_kwh": 0.12, "currency": "EUR"}, kind="computation"
)
def cost(
    w: World, kwh: Kwh, price_per_kwh: Annotated[float, Field(ge=0, le=1_000_000)], currency: CurrencyCode
) -> Price:
    """Work out the price of an amount of energy at a tariff.

    kwh: Energy in kilowatt hours.
    price_per_kwh: Tariff for one kilowatt hour.
    currency: Currency of the tariff, ISO 4217, for example EUR.
    """
    return Price(amount=money(kwh * price_per_kwh), currency=currency)


@home_energy.tool(
    example={"kwh": "@home_energy_heating_season.kwh", "fuel": "natural_gas", "boiler_percent": 92.0},
    kind="computation",
)
def fuel_emissions(
    w: World,
    kwh: Kwh,
    fuel: Literal["natural_gas", "heating_oil", "liquefied_petroleum_gas", "hard_coal"],
    boiler_percent: Annotated[float, Field(ge=10, le=110)] = 100.0,
) -> Emissions:
    """Work out the carbon dioxide from burning a fuel for heat.

    kwh: Useful heat in kilowatt hours.
    fuel: What is burnt.
    boiler_percent: Efficiency of the boiler by lower heating value, in percent.
    """
    return Emissions(kg_co2=sig(kwh * CO2[fuel] * 100 / boiler_percent))


@home_energy.tool(
    example={"kwh": "@home_energy_heating_season.kwh", "cop": 3.5, "source_c": 5.0, "flow_c": 40.0},
    errors=[FailedPrecondition],
    kind="computation",
)
def heat_pump(
    w: World,
    kwh: Kwh,
    cop: Annotated[float, Field(ge=1, le=20)],
    source_c: Annotated[float, Field(ge=-40, le=40)],
    flow_c: Annotated[float, Field(ge=10, le=90)],
) -> HeatPump:
    """Work out the electricity that a heat pump takes for an amount of heat.

    kwh: Heat to deliver in kilowatt hours.
    cop: Coefficient of performance, heat out for electricity in, 1 to 20.
    source_c: Temperature of the outer air, ground or water in degrees Celsius.
    flow_c: Temperature of the heating water, above the source.
    """
    if flow_c - source_c < 1:
        raise FailedPrecondition(f"flow_c {flow_c} must be at least 1 degree above source_c {source_c}")
    ideal = (flow_c + 273.15) / (flow_c - source_c)
    if cop > ideal:
        raise FailedPrecondition(f"cop {cop} is over Carnot's limit of {ideal:.2f} for these temperatures")
    return HeatPump(electricity_kwh=sig(kwh / cop), environment_kwh=sig(kwh - kwh / cop), ideal_cop=round(ideal, 2))


@home_energy.tool(
    example={"investment": 12000.0, "kwh_per_year": 4000.0, "price_per_kwh": 0.3},
    errors=[FailedPrecondition],
    kind="computation",
)
def payback(
    w: World,
    investment: Annotated[float, Field(ge=0, le=1e9)],
    kwh_per_year: Kwh,
    price_per_kwh: Annotated[float, Field(ge=0, le=1000)],
) -> Payback:
    """Work out after how many years an energy saving has paid for itself.

    investment: What the measure costs once, in any currency.
    kwh_per_year: Energy that it saves or makes in a year, in kilowatt hours.
    price_per_kwh: Price of a kilowatt hour in the same currency, without interest.
    """
    saved = kwh_per_year * price_per_kwh
    if saved < 1e-6:
        raise FailedPrecondition("kwh_per_year and price_per_kwh save nothing, so it is never paid back")
    years = investment / saved
    return Payback(years=sig(years, 4), kwh_saved_until_then=sig(years * kwh_per_year, 4))


@home_energy.tool(
    example={"city": "Madrid", "day": "2025-06-21", "kilowatts_peak": 5.0}, errors=[NotFound], kind="computation"
)
def solar_day(
    w: World,
    city: CityName,
    day: IsoDate,
    kilowatts_peak: Annotated[float, Field(ge=0.01, le=10_000)],
    clearness: Annotated[float, Field(ge=0, le=0.85)] = 0.5,
) -> SolarDay:
    """Estimate the sunlight of a day in a city and the yield of flat solar panels.

    city: English name of a city; see cities_search.
    day: The day, YYYY-MM-DD.
    kilowatts_peak: Rated power of panels that lie flat, in kilowatts; they are taken to lose 15 percent.
    clearness: Share of the sunlight over the air that reaches the ground: 0.75 clear, 0.5 mixed, 0.2 dull.
    """
    phi = math.radians(find_city(city).latitude)
    number = date.fromisoformat(day).timetuple().tm_yday
    tilt = math.radians(23.45) * math.sin(2 * math.pi * (284 + number) / 365)
    sunset = math.acos(max(-1.0, min(1.0, -math.tan(phi) * math.tan(tilt))))
    near = 1 + 0.033 * math.cos(2 * math.pi * number / 365)
    height = math.cos(phi) * math.cos(tilt) * math.sin(sunset) + sunset * math.sin(phi) * math.sin(tilt)
    ground = 24 / math.pi * 1.361 * near * max(0.0, height) * clearness
    return SolarDay(
        city=city,
        day_length_h=round(24 / math.pi * sunset, 2),
        ground_kwh_per_m2=sig(ground, 4),
        panel_kwh=sig(ground * kilowatts_peak * 0.85, 4),
    )
