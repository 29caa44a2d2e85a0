"""Formulas of meteorology; each function names its source."""

import math
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition, InvalidArgument
from mock_apis.meteorology.atmosphere_rules import (
    GRADIENT,
    beaufort_force,
    heat_index_f,
    isa_altitude,
    isa_pressure,
    isa_temperature,
    saturation_hpa,
)

atmosphere = Domain("atmosphere", category="meteorology", description="Moist air, wind, pressure and altitude.")

Temperature = Annotated[float, Field(ge=-90, le=60), Entity("air.temperature_c")]
DewPoint = Annotated[float, Field(ge=-120, le=60), Entity("air.dew_point_c")]
Humidity = Annotated[float, Field(ge=1, le=100), Entity("air.humidity_percent")]
WindSpeed = Annotated[float, Field(ge=0, le=500), Entity("wind.speed_km_h")]
Pressure = Annotated[float, Field(ge=50, le=1100), Entity("air.pressure_hpa")]
Altitude = Annotated[float, Field(ge=-700, le=20000), Entity("geo.altitude_m")]

FORCES = (
    ("calm", 0.0), ("light air", 0.3), ("light breeze", 1.6), ("gentle breeze", 3.4), ("moderate breeze", 5.5),
    ("fresh breeze", 8.0), ("strong breeze", 10.8), ("near gale", 13.9), ("gale", 17.2), ("strong gale", 20.8),
    ("storm", 24.5), ("violent storm", 28.5), ("hurricane", 32.7),
)  # fmt: skip
"""Names and lowest speeds in m/s, WMO-No. 8."""


class Dew(Record):
    dew_point_c: DewPoint
    vapour_pressure_hpa: float


class Moisture(Record):
    humidity_percent: Humidity
    spread_c: float
    """Temperature minus dew point."""


class FeltTemperature(Record):
    feels_like_c: float
    difference_c: float
    """Felt temperature minus that of the air."""


class WetBulb(Record):
    wet_bulb_c: float


class Wind(Record):
    force: int
    name: str
    from_km_h: WindSpeed
    """Lowest speed of this force."""
    below_km_h: WindSpeed | None
    """Lowest speed of the next force; null for a hurricane."""


class Level(Record):
    altitude_m: Altitude
    temperature_c: Temperature
    pressure_hpa: Pressure
    density_kg_m3: float


class Height(Record):
    altitude_m: Altitude
    altitude_ft: float


class SeaLevel(Record):
    pressure_hpa: Pressure
    difference_hpa: float


@atmosphere.tool(example={"temperature_c": 25, "humidity_percent": 50}, kind="computation")
def dew_point(w: World, temperature_c: Temperature, humidity_percent: Humidity) -> Dew:
    """Compute the dew point of air by the Magnus formula (Alduchov and Eskridge 1996).

    temperature_c: Air temperature in degrees Celsius.
    humidity_percent: Relative humidity, 1 to 100 percent.
    """
    ratio = math.log(humidity_percent / 100) + 17.625 * temperature_c / (243.04 + temperature_c)
    vapour = saturation_hpa(temperature_c) * humidity_percent / 100
    return Dew(dew_point_c=round(243.04 * ratio / (17.625 - ratio), 2), vapour_pressure_hpa=round(vapour, 3))


@atmosphere.tool(
    example={"temperature_c": 30, "dew_point_c": "@atmosphere_dew_point.dew_point_c"},
    errors=[FailedPrecondition],
    kind="computation",
)
def relative_humidity(w: World, temperature_c: Temperature, dew_point_c: DewPoint) -> Moisture:
    """Compute relative humidity from temperature and dew point (Magnus formula).

    temperature_c: Air temperature in degrees Celsius.
    dew_point_c: Dew point in degrees Celsius, not above the temperature.
    """
    if dew_point_c > temperature_c:
        raise InvalidArgument(f"dew_point_c {dew_point_c} is above temperature_c {temperature_c}")
    percent = 100 * saturation_hpa(dew_point_c) / saturation_hpa(temperature_c)
    if percent < 1:
        raise FailedPrecondition(f"dew_point_c {dew_point_c}: the humidity is below 1 percent")
    return Moisture(humidity_percent=round(percent, 1), spread_c=round(temperature_c - dew_point_c, 2))


@atmosphere.tool(
    example={"temperature_c": 33, "humidity_percent": "@atmosphere_relative_humidity.humidity_percent"},
    errors=[FailedPrecondition],
    kind="computation",
)
def heat_index(w: World, temperature_c: Temperature, humidity_percent: Humidity) -> FeltTemperature:
    """Compute the US heat index of warm moist air (NWS, Rothfusz 1990).

    temperature_c: Air temperature, 20 to 50 degrees Celsius.
    humidity_percent: Relative humidity, 1 to 100 percent.
    """
    if not 20 <= temperature_c <= 50:
        raise FailedPrecondition(f"temperature_c {temperature_c}: the heat index is for 20 to 50 degrees")
    felt = (heat_index_f(temperature_c * 9 / 5 + 32, humidity_percent) - 32) * 5 / 9
    return _felt(felt, temperature_c)


@atmosphere.tool(example={"temperature_c": 33, "dew_point_c": "@atmosphere_dew_point.dew_point_c"}, kind="computation")
def humidex(w: World, temperature_c: Temperature, dew_point_c: DewPoint) -> FeltTemperature:
    """Compute Canada's humidex from temperature and dew point (Masterton and Richardson 1979).

    temperature_c: Air temperature in degrees Celsius.
    dew_point_c: Dew point in degrees Celsius, not above the temperature.
    """
    if dew_point_c > temperature_c:
        raise InvalidArgument(f"dew_point_c {dew_point_c} is above temperature_c {temperature_c}")
    vapour = 6.11 * math.exp(5417.7530 * (1 / 273.16 - 1 / (273.15 + dew_point_c)))
    return _felt(temperature_c + 5 / 9 * (vapour - 10), temperature_c)


@atmosphere.tool(
    example={"temperature_c": -10, "wind_km_h": "@atmosphere_beaufort_speeds.from_km_h"},
    errors=[FailedPrecondition],
    kind="computation",
)
def wind_chill(w: World, temperature_c: Temperature, wind_km_h: WindSpeed) -> FeltTemperature:
    """Compute the wind chill of cold moving air (US and Canada, 2001).

    temperature_c: Air temperature, at most 10 degrees Celsius.
    wind_km_h: Wind speed 10 m above ground in km/h, at least 4.8.
    """
    if temperature_c > 10 or wind_km_h < 4.8:
        raise FailedPrecondition(
            f"temperature_c {temperature_c}, wind_km_h {wind_km_h}: wind chill needs at most 10 and at least 4.8"
        )
    power = wind_km_h**0.16
    felt = 13.12 + 0.6215 * temperature_c - 11.37 * power + 0.3965 * temperature_c * power
    return _felt(felt, temperature_c)


@atmosphere.tool(example={"temperature_c": 20, "humidity_percent": 50}, errors=[FailedPrecondition], kind="computation")
def wet_bulb(w: World, temperature_c: Temperature, humidity_percent: Humidity) -> WetBulb:
    """Estimate the wet-bulb temperature at sea level (Stull 2011, to about 1 degree).

    temperature_c: Air temperature, -20 to 50 degrees Celsius.
    humidity_percent: Relative humidity, 5 to 99 percent.
    """
    if not (-20 <= temperature_c <= 50 and 5 <= humidity_percent <= 99):
        raise FailedPrecondition(
            f"temperature_c {temperature_c}, humidity_percent {humidity_percent}: the formula is for -20..50 and 5..99"
        )
    bulb = temperature_c * math.atan(0.151977 * math.sqrt(humidity_percent + 8.313659))
    bulb += math.atan(temperature_c + humidity_percent) - math.atan(humidity_percent - 1.676331)
    bulb += 0.00391838 * humidity_percent**1.5 * math.atan(0.023101 * humidity_percent) - 4.686035
    return WetBulb(wet_bulb_c=round(bulb, 1))


@atmosphere.tool(example={"wind_km_h": 45}, kind="computation")
def beaufort(w: World, wind_km_h: WindSpeed) -> Wind:
    """Tell the Beaufort force and name of a wind speed.

    wind_km_h: Wind speed 10 m above ground in km/h.
    """
    return _wind(beaufort_force(wind_km_h / 3.6, [lowest for _, lowest in FORCES]))


@atmosphere.tool(example={"force": 6}, kind="data")
def beaufort_speeds(w: World, force: Annotated[int, Field(ge=0, le=12)]) -> Wind:
    """Give the name and the wind speeds of a Beaufort force.

    force: Number on the Beaufort scale, 0 to 12.
    """
    return _wind(force)


@atmosphere.tool(example={"altitude_m": "@atmosphere_pressure_altitude.altitude_m"}, kind="computation")
def standard_level(w: World, altitude_m: Altitude) -> Level:
    """Give temperature, pressure and air density of the ICAO standard atmosphere at an altitude.

    altitude_m: Geopotential altitude in metres, -700 to 20000.
    """
    temperature, pressure = isa_temperature(altitude_m), isa_pressure(altitude_m)
    return Level(
        altitude_m=altitude_m,
        temperature_c=round(temperature - 273.15, 2),
        pressure_hpa=round(pressure, 2),
        density_kg_m3=round(100 * pressure / (287.05287 * temperature), 4),
    )


@atmosphere.tool(example={"pressure_hpa": 850}, kind="computation")
def pressure_altitude(w: World, pressure_hpa: Pressure) -> Height:
    """Find the altitude at which the standard atmosphere has a pressure.

    pressure_hpa: Air pressure in hectopascals, at least 54.75 (20 km).
    """
    altitude = isa_altitude(pressure_hpa)
    if not -700 <= altitude <= 20000:
        raise InvalidArgument(f"pressure_hpa {pressure_hpa} lies outside the levels from -700 to 20000 m")
    return _height(altitude)


@atmosphere.tool(
    example={"pressure_hpa": 950, "altitude_m": 540, "temperature_c": 12},
    errors=[FailedPrecondition],
    kind="computation",
)
def sea_level_pressure(w: World, pressure_hpa: Pressure, altitude_m: Altitude, temperature_c: Temperature) -> SeaLevel:
    """Reduce a station's air pressure to sea level (hypsometric, 6.5 K per km).

    pressure_hpa: Pressure measured at the station in hectopascals.
    altitude_m: Height of the station above sea level in metres, at most 5000.
    temperature_c: Air temperature at the station in degrees Celsius.
    """
    if altitude_m > 5000:
        raise FailedPrecondition(f"altitude_m {altitude_m} is over 5000, too high to reduce")
    base = temperature_c + 273.15 + GRADIENT * altitude_m
    reduced = pressure_hpa * (1 - GRADIENT * altitude_m / base) ** -5.25588
    if not 50 <= reduced <= 1100:
        raise FailedPrecondition(f"pressure_hpa {pressure_hpa} would be {reduced:.0f} at sea level, which cannot be")
    return SeaLevel(pressure_hpa=round(reduced, 2), difference_hpa=round(reduced - pressure_hpa, 2))


@atmosphere.tool(example={"temperature_c": 24, "dew_point_c": "@atmosphere_dew_point.dew_point_c"}, kind="computation")
def cloud_base(w: World, temperature_c: Temperature, dew_point_c: DewPoint) -> Height:
    """Estimate how high above ground cumulus clouds form (Espy, 125 m per degree).

    temperature_c: Air temperature near the ground in degrees Celsius.
    dew_point_c: Dew point near the ground in degrees Celsius, not above the temperature.
    """
    spread = temperature_c - dew_point_c
    if not 0 <= spread <= 40:
        raise InvalidArgument(f"dew_point_c {dew_point_c} is not 0 to 40 degrees below temperature_c {temperature_c}")
    return _height(125 * spread)


def _felt(felt: float, temperature_c: float) -> FeltTemperature:
    return FeltTemperature(feels_like_c=round(felt, 1), difference_c=round(felt - temperature_c, 1))


def _height(altitude: float) -> Height:
    return Height(altitude_m=round(altitude, 1), altitude_ft=round(altitude / 0.3048))


def _wind(force: int) -> Wind:
    name, lowest = FORCES[force]
    following = FORCES[force + 1][1] if force < 12 else None
    return Wind(
        force=force,
        name=name,
        from_km_h=round(3.6 * lowest, 2),
        below_km_h=None if following is None else round(3.6 * following, 2),
    )
