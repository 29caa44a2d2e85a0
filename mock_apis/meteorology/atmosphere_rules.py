"""The formulas behind the atmosphere domain, in the units of their sources."""

import math

GRADIENT = 0.0065
"""Kelvin a metre, in the troposphere of the ICAO standard atmosphere (Doc 7488)."""
SEA_TEMPERATURE, SEA_PRESSURE = 288.15, 1013.25
TROPOPAUSE, TROPOPAUSE_TEMPERATURE = 11000.0, 216.65
EXPONENT = 9.80665 / (287.05287 * GRADIENT)


def saturation_hpa(celsius: float) -> float:
    """Saturation vapour pressure over water (Alduchov and Eskridge 1996)."""
    return 6.1094 * math.exp(17.625 * celsius / (243.04 + celsius))


def heat_index_f(fahrenheit: float, humidity: float) -> float:
    """The heat index in Fahrenheit as the US National Weather Service computes it, both adjustments included."""
    simple = 0.5 * (fahrenheit + 61 + (fahrenheit - 68) * 1.2 + humidity * 0.094)
    if (simple + fahrenheit) / 2 < 80:
        return (simple + fahrenheit) / 2
    t, r = fahrenheit, humidity
    index = -42.379 + 2.04901523 * t + 10.14333127 * r - 0.22475541 * t * r - 0.00683783 * t * t
    index += -0.05481717 * r * r + 0.00122874 * t * t * r + 0.00085282 * t * r * r - 0.00000199 * t * t * r * r
    if r < 13 and 80 <= t <= 112:
        index -= (13 - r) / 4 * math.sqrt((17 - abs(t - 95)) / 17)
    elif r > 85 and 80 <= t <= 87:
        index += (r - 85) / 10 * (87 - t) / 5
    return index


def beaufort_force(metres_per_second: float, lowest: list[float]) -> int:
    """The highest force whose lowest speed is reached; speeds count in tenths of m/s."""
    speed = round(metres_per_second, 1)
    return max(force for force, least in enumerate(lowest) if least <= speed)


def isa_temperature(altitude: float) -> float:
    """Kelvin at a geopotential altitude in metres, up to 20 km."""
    return SEA_TEMPERATURE - GRADIENT * min(altitude, TROPOPAUSE)


def isa_pressure(altitude: float) -> float:
    """Hectopascals at a geopotential altitude in metres, up to 20 km."""
    low: float = SEA_PRESSURE * (isa_temperature(altitude) / SEA_TEMPERATURE) ** EXPONENT
    if altitude <= TROPOPAUSE:
        return low
    return low * math.exp(-9.80665 * (altitude - TROPOPAUSE) / (287.05287 * TROPOPAUSE_TEMPERATURE))


def isa_altitude(pressure: float) -> float:
    """Metres at which the standard atmosphere has so many hectopascals."""
    tropopause = isa_pressure(TROPOPAUSE)
    if pressure >= tropopause:
        ratio: float = (pressure / SEA_PRESSURE) ** (1 / EXPONENT)
        return SEA_TEMPERATURE / GRADIENT * (1 - ratio)
    return TROPOPAUSE - math.log(pressure / tropopause) * 287.05287 * TROPOPAUSE_TEMPERATURE / 9.80665
