"""Fuel, charge, cost and carbon dioxide of road trips."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World, money
from mock_apis.core.entities import Entity
from mock_apis.core.errors import InvalidArgument

fuel_ev = Domain("fuel_ev", category="transport", description="Fuel use, charging, cost and CO2 of road vehicles.")

TripDistance = Annotated[float, Field(ge=0.1, le=50_000), Entity("trip.distance_km")]
TripLength = Annotated[float, Entity("trip.distance_km")]
"""A distance that was computed; it may be 0."""
FuelUse = Annotated[float, Field(ge=0.5, le=100), Entity("vehicle.litres_per_100km")]
EnergyUse = Annotated[float, Field(ge=1, le=300), Entity("vehicle.kwh_per_100km")]
Battery = Annotated[float, Field(ge=1, le=1000), Entity("vehicle.battery_kwh")]
Percent = Annotated[float, Field(ge=0, le=100)]
Price = Annotated[float, Field(ge=0, le=10_000)]
EconomyUnit = Literal["litres_per_100km", "km_per_litre", "mpg_us", "mpg_uk"]
EnergyUnit = Literal["kwh_per_100km", "km_per_kwh", "mi_per_kwh", "wh_per_mi"]

MILE_KM = 1.609344
GALLONS = {"mpg_us": 3.785411784, "mpg_uk": 4.54609}
CO2_KG_PER_LITRE = {"petrol": 8.887 / GALLONS["mpg_us"], "diesel": 10.180 / GALLONS["mpg_us"]}
"""Tailpipe only; US EPA gives 8.887 and 10.180 kg a US gallon."""


class Economy(Record):
    litres_per_100km: FuelUse
    km_per_litre: float
    mpg_us: float
    mpg_uk: float


class Efficiency(Record):
    kwh_per_100km: EnergyUse
    km_per_kwh: float
    mi_per_kwh: float
    wh_per_mi: float


class FuelTrip(Record):
    litres: float
    cost: float
    """In the currency of the price."""
    cost_per_km: float


class Carbon(Record):
    litres: float
    co2_kg: float
    co2_g_per_km: float


class ElectricTrip(Record):
    kwh: float
    battery_percent: float
    """Share of a full battery; over 100 if it must be charged on the way."""
    cost: float
    """In the currency of the price."""


class Charge(Record):
    battery_kwh_added: float
    grid_kwh: float
    minutes: int


class Range(Record):
    range_km: TripDistance


class Costs(Record):
    fuel_cost: float
    electric_cost: float
    cheaper: Literal["fuel", "electric", "equal"]
    saved: float


@fuel_ev.tool(example={"value": 30, "unit": "mpg_us"}, kind="computation")
def convert_economy(w: World, value: Annotated[float, Field(ge=0.01, le=1000)], unit: EconomyUnit) -> Economy:
    """Convert fuel economy between L/100 km, km/L and US or UK miles per gallon.

    value: The fuel economy as a number.
    unit: Unit of the value.
    """
    if unit == "litres_per_100km":
        litres = value
    else:
        litres = 100 / value if unit == "km_per_litre" else 100 * GALLONS[unit] / (value * MILE_KM)
    if not 0.5 <= litres <= 100:
        raise InvalidArgument(f"value {value} {unit} is {litres:.2f} litres per 100 km, not 0.5 to 100")
    return Economy(
        litres_per_100km=round(litres, 3),
        km_per_litre=round(100 / litres, 3),
        mpg_us=round(100 * GALLONS["mpg_us"] / (litres * MILE_KM), 3),
        mpg_uk=round(100 * GALLONS["mpg_uk"] / (litres * MILE_KM), 3),
    )


@fuel_ev.tool(example={"value": 4.1, "unit": "mi_per_kwh"}, kind="computation")
def convert_efficiency(w: World, value: Annotated[float, Field(ge=0.01, le=3000)], unit: EnergyUnit) -> Efficiency:
    """Convert an electric car's use of energy between its usual units.

    value: The use or efficiency as a number.
    unit: Unit of the value.
    """
    kwh = {
        "kwh_per_100km": value,
        "km_per_kwh": 100 / value,
        "mi_per_kwh": 100 / (value * MILE_KM),
        "wh_per_mi": value / 10 / MILE_KM,
    }[unit]
    if not 1 <= kwh <= 300:
        raise InvalidArgument(f"value {value} {unit} is {kwh:.2f} kWh per 100 km, not 1 to 300")
    return Efficiency(
        kwh_per_100km=round(kwh, 3),
        km_per_kwh=round(100 / kwh, 3),
        mi_per_kwh=round(100 / kwh / MILE_KM, 3),
        wh_per_mi=round(kwh * 10 * MILE_KM, 2),
    )


@fuel_ev.tool(
    example={
        "distance_km": 420,
        "litres_per_100km": "@fuel_ev_convert_economy.litres_per_100km",
        "price_per_litre": 1.79,
    },
    kind="computation",
)
def trip_fuel(w: World, distance_km: TripDistance, litres_per_100km: FuelUse, price_per_litre: Price) -> FuelTrip:
    """Compute the fuel that a trip takes and what it costs.

    distance_km: Length of the trip in kilometres.
    litres_per_100km: Fuel use in litres per 100 km.
    price_per_litre: Price of a litre in any currency.
    """
    litres = distance_km * litres_per_100km / 100
    cost = litres * price_per_litre
    return FuelTrip(litres=round(litres, 2), cost=money(cost), cost_per_km=round(cost / distance_km, 4))


@fuel_ev.tool(
    example={"distance_km": 420, "litres_per_100km": "@fuel_ev_convert_economy.litres_per_100km", "fuel": "petrol"},
    kind="computation",
)
def trip_co2(
    w: World, distance_km: TripDistance, litres_per_100km: FuelUse, fuel: Literal["petrol", "diesel"]
) -> Carbon:
    """Compute the tailpipe CO2 of a trip with a petrol or diesel vehicle (US EPA factors).

    distance_km: Length of the trip in kilometres.
    litres_per_100km: Fuel use in litres per 100 km.
    fuel: What the engine burns.
    """
    litres = distance_km * litres_per_100km / 100
    carbon = litres * CO2_KG_PER_LITRE[fuel]
    return Carbon(litres=round(litres, 2), co2_kg=round(carbon, 2), co2_g_per_km=round(1000 * carbon / distance_km, 1))


@fuel_ev.tool(
    example={
        "distance_km": "@fuel_ev_electric_range.range_km",
        "kwh_per_100km": "@fuel_ev_convert_efficiency.kwh_per_100km",
        "battery_kwh": 60,
        "price_per_kwh": 0.42,
    },
    kind="computation",
)
def electric_trip(
    w: World, distance_km: TripDistance, kwh_per_100km: EnergyUse, battery_kwh: Battery, price_per_kwh: Price
) -> ElectricTrip:
    """Compute the energy, share of the battery and cost of a trip by electric car.

    distance_km: Length of the trip in kilometres.
    kwh_per_100km: Use of energy in kWh per 100 km.
    battery_kwh: Usable size of the battery in kWh.
    price_per_kwh: Price of a kWh in any currency.
    """
    kwh = distance_km * kwh_per_100km / 100
    return ElectricTrip(
        kwh=round(kwh, 2), battery_percent=round(100 * kwh / battery_kwh, 1), cost=money(kwh * price_per_kwh)
    )


@fuel_ev.tool(example={"battery_kwh": 60, "from_percent": 20, "to_percent": 80, "power_kw": 11}, kind="computation")
def charge_time(
    w: World,
    battery_kwh: Battery,
    from_percent: Percent,
    to_percent: Percent,
    power_kw: Annotated[float, Field(ge=1, le=500)],
    efficiency_percent: Annotated[float, Field(ge=50, le=100)] = 90,
) -> Charge:
    """Compute how long a battery charges at constant power, and what the grid delivers.

    battery_kwh: Usable size of the battery in kWh.
    from_percent: State of charge at the start.
    to_percent: State of charge at the end, not below the start.
    power_kw: Constant power of the charger in kW; slowing near full is not counted.
    efficiency_percent: Share of the energy that reaches the battery.
    """
    if to_percent < from_percent:
        raise InvalidArgument(f"to_percent {to_percent} is below from_percent {from_percent}")
    added = battery_kwh * (to_percent - from_percent) / 100
    grid = added * 100 / efficiency_percent
    return Charge(battery_kwh_added=round(added, 2), grid_kwh=round(grid, 2), minutes=round(60 * grid / power_kw))


@fuel_ev.tool(
    example={"litres": 35, "litres_per_100km": "@fuel_ev_convert_economy.litres_per_100km"}, kind="computation"
)
def fuel_range(w: World, litres: Annotated[float, Field(ge=1, le=1000)], litres_per_100km: FuelUse) -> Range:
    """Compute how far the fuel in a tank lasts.

    litres: Fuel in the tank in litres.
    litres_per_100km: Fuel use in litres per 100 km.
    """
    return Range(range_km=round(min(50_000, 100 * litres / litres_per_100km), 1))


@fuel_ev.tool(
    example={
        "battery_kwh": 60,
        "percent": 75,
        "kwh_per_100km": "@fuel_ev_convert_efficiency.kwh_per_100km",
    },
    kind="computation",
)
def electric_range(
    w: World, battery_kwh: Battery, percent: Annotated[float, Field(ge=1, le=100)], kwh_per_100km: EnergyUse
) -> Range:
    """Compute how far the charge in an electric car's battery lasts.

    battery_kwh: Usable size of the battery in kWh.
    percent: State of charge, 1 to 100 percent.
    kwh_per_100km: Use of energy in kWh per 100 km.
    """
    return Range(range_km=max(0.1, round(battery_kwh * percent / kwh_per_100km, 1)))


@fuel_ev.tool(
    example={
        "distance_km": 15000,
        "litres_per_100km": "@fuel_ev_convert_economy.litres_per_100km",
        "price_per_litre": 1.79,
        "kwh_per_100km": "@fuel_ev_convert_efficiency.kwh_per_100km",
        "price_per_kwh": 0.35,
    },
    kind="computation",
)
def compare_costs(
    w: World,
    distance_km: TripDistance,
    litres_per_100km: FuelUse,
    price_per_litre: Price,
    kwh_per_100km: EnergyUse,
    price_per_kwh: Price,
) -> Costs:
    """Compare what a distance costs with a fuel vehicle and with an electric one.

    distance_km: Distance in kilometres, a year's for example.
    litres_per_100km: Fuel use of the one vehicle in litres per 100 km.
    price_per_litre: Price of a litre of fuel.
    kwh_per_100km: Energy use of the electric one in kWh per 100 km.
    price_per_kwh: Price of a kWh in the same currency.
    """
    fuel = money(distance_km * litres_per_100km / 100 * price_per_litre)
    electric = money(distance_km * kwh_per_100km / 100 * price_per_kwh)
    cheaper: Literal["fuel", "electric", "equal"] = "electric" if electric < fuel else "fuel"
    return Costs(
        fuel_cost=fuel,
        electric_cost=electric,
        cheaper="equal" if fuel == electric else cheaper,
        saved=money(abs(fuel - electric)),
    )
