"""Simulated weather from a city's latitude and the season; it knows neither sea, nor height, nor any real day."""

import math
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CityName, IsoDate, IsoDateTime
from mock_apis.core.errors import NotFound
from mock_apis.geography.cities import City, find_city
from mock_apis.geography.timezones import now_in
from mock_apis.meteorology.atmosphere import Humidity, Temperature, WindSpeed

weather = Domain("weather", category="travel", description="Simulated weather of real cities, not observed.")

Condition = Literal["sunny", "partly cloudy", "cloudy", "rain", "thunderstorm", "snow"]
AirCategory = Literal["good", "moderate", "unhealthy for sensitive groups", "unhealthy"]

WARMEST_DAY = 200
"""Of the year in the north (19 July); half a year later in the south."""


class Day(Record):
    date: IsoDate
    condition: Condition
    low_c: Temperature
    high_c: Temperature
    rain_mm: float
    """Rain, or the water of the snow."""


class Current(Record):
    city: CityName
    at: IsoDateTime
    """Local time in the city."""
    condition: Condition
    temperature_c: Temperature
    humidity_percent: Humidity
    wind_km_h: WindSpeed


class Forecast(Record):
    city: CityName
    days: list[Day]


class AirQuality(Record):
    city: CityName
    index: int
    """US air quality index: up to 50 is good."""
    category: AirCategory


@weather.tool(example={"city": "@cities_search.cities[0].name"}, errors=[NotFound], kind="generated")
def current(w: World, city: CityName) -> Current:
    """Get the simulated weather in a city at this moment.

    city: English name such as Paris.
    """
    place = find_city(city)
    now = now_in(w, place.timezone)
    day, draw = _simulate(w, place, now.date()), w.draw("weather_now", place.name, now.date(), now.hour)
    warmth = (1 + math.cos(2 * math.pi * (now.hour - 15) / 24)) / 2
    return Current(
        city=place.name,
        at=now.strftime("%Y-%m-%dT%H:%M"),
        condition=day.condition,
        temperature_c=round(day.low_c + (day.high_c - day.low_c) * warmth, 1),
        humidity_percent=draw.between(70, 98) if day.rain_mm else draw.between(30, 70),
        wind_km_h=draw.between(2, 35),
    )


@weather.tool(example={"city": "Tokyo", "days": 3}, errors=[NotFound], kind="generated")
def forecast(w: World, city: CityName, days: Annotated[int, Field(ge=1, le=10)] = 3) -> Forecast:
    """Get the simulated daily forecast for a city, beginning with today.

    city: English name such as Paris.
    days: How many days, today among them.
    """
    place = find_city(city)
    today = now_in(w, place.timezone).date()
    coming = [_simulate(w, place, today + timedelta(days=shift)) for shift in range(days)]
    return Forecast(city=place.name, days=coming)


@weather.tool(example={"city": "Berlin"}, errors=[NotFound], kind="generated")
def air_quality(w: World, city: CityName) -> AirQuality:
    """Get today's simulated air quality index of a city.

    city: English name such as Paris.
    """
    place = find_city(city)
    draw = w.draw("air_quality", place.name, now_in(w, place.timezone).date())
    index = draw.between(12, 50 + draw.between(0, 130))
    return AirQuality(city=place.name, index=index, category=_category(index))


def _simulate(w: World, city: City, day: date) -> Day:
    draw = w.draw("weather", city.name, day.isoformat())
    away = abs(city.latitude)
    warmest = WARMEST_DAY if city.latitude >= 0 else WARMEST_DAY - 182.6
    season = math.cos(2 * math.pi * (day.timetuple().tm_yday - warmest) / 365.25)
    mean = 27 - 0.42 * max(0.0, away - 10) + 0.2 * away * season + draw.amount(-3.5, 3.5)
    swing = draw.amount(3, 5.5)
    wet = draw.chance(0.35)
    return Day(
        date=day.isoformat(),
        condition=_condition(draw.unit(), wet, mean),
        low_c=round(mean - swing, 1),
        high_c=round(mean + swing, 1),
        rain_mm=round(draw.amount(0.5, 18), 1) if wet else 0.0,
    )


def _condition(chance: float, wet: bool, mean: float) -> Condition:
    if not wet:
        return "sunny" if chance < 0.4 else "partly cloudy" if chance < 0.75 else "cloudy"
    if mean < 0:
        return "snow"
    return "thunderstorm" if mean > 20 and chance < 0.3 else "rain"


def _category(index: int) -> AirCategory:
    if index <= 50:
        return "good"
    if index <= 100:
        return "moderate"
    return "unhealthy for sensitive groups" if index <= 150 else "unhealthy"
