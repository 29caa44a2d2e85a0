"""The rental cars of every airport, which follow from the seed and the airport's code."""

import re
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Record, World
from mock_apis.core.entities import AirportCode, CurrencyCode, Entity
from mock_apis.core.errors import NotFound
from mock_apis.core.persona import persona
from mock_apis.finance.price_level import price
from mock_apis.transport.fuel_ev import Battery, EnergyUse, FuelUse
from mock_apis.travel.airports import find_airport

CarId = Annotated[str, Field(pattern=r"^CAR-[A-Z]{3}-[0-7][0-9A-F]{5}$"), Entity("rental_car.id")]
Plate = Annotated[str, Field(pattern=r"^[A-Z0-9]{4,8}$"), Entity("vehicle.plate")]
CarClass = Literal["small", "compact", "estate", "suv", "van"]
Engine = Literal["petrol", "diesel", "electric"]
Extra = Literal["child_seat", "navigation", "second_driver", "full_cover"]
MODELS: tuple[tuple[str, CarClass, Engine, int, float], ...] = (
    ("Tern 1.0", "small", "petrol", 4, 5.1), ("Linnet E", "small", "electric", 4, 14.5),
    ("Heron 1.5", "compact", "petrol", 5, 5.9), ("Heron E", "compact", "electric", 5, 16.2),
    ("Drover 2.0 D", "estate", "diesel", 5, 5.4), ("Ridgeway", "suv", "petrol", 5, 7.8),
    ("Ridgeway E", "suv", "electric", 5, 19.5), ("Carrier 9 D", "van", "diesel", 9, 8.6),
)  # fmt: skip
"""Fictional name, class, engine, seats, and litres or kWh per 100 km."""
LEVELS: dict[CarClass, float] = {"small": 28, "compact": 38, "estate": 49, "suv": 62, "van": 85}
EXTRAS: dict[Extra, float] = {"child_seat": 6, "navigation": 4, "second_driver": 7, "full_cover": 15}
BATTERY_KWH: dict[CarClass, float] = {"small": 42, "compact": 58, "suv": 77}


class Car(Record):
    car_id: CarId
    airport: AirportCode
    model: str
    car_class: CarClass
    engine: Engine
    seats: int
    daily_rate: float
    currency: CurrencyCode
    litres_per_100km: FuelUse | None
    """Null for an electric car."""
    kwh_per_100km: EnergyUse | None
    battery_kwh: Battery | None
    plate: Plate


def fleet(w: World, airport: str) -> list[Car]:
    """The cars of an airport, one a model."""
    return [_car(w, airport, number) for number in range(len(MODELS))]


def find_car(w: World, car_id: str) -> Car:
    """The car. Raises NotFound."""
    match = re.fullmatch(r"CAR-([A-Z]{3})-([0-7])[0-9A-F]{5}", car_id)
    if match:
        try:
            airport = find_airport(match[1]).airport
        except NotFound:
            airport = ""
        car = _car(w, airport, int(match[2])) if airport else None
        if car and car.car_id == car_id:
            return car
    raise NotFound(f"no car_id '{car_id}'; see car_rental_search")


def _car(w: World, airport: str, number: int) -> Car:
    draw = w.draw("car_rental", airport, number)
    model, kind, engine, seats, use = MODELS[number]
    electric = engine == "electric"
    return Car(
        car_id=f"CAR-{airport}-{number}{draw.bits() % 0x100000:05X}",
        airport=airport,
        model=model,
        car_class=kind,
        engine=engine,
        seats=seats,
        daily_rate=price(w, LEVELS[kind] * draw.amount(0.85, 1.3)),
        currency=persona(w).currency,
        litres_per_100km=None if electric else use,
        kwh_per_100km=use if electric else None,
        battery_kwh=BATTERY_KWH[kind] if electric else None,
        plate=f"{draw.pick('ABCDEFGH')}{draw.pick('KLMNPRST')}{draw.between(1000, 9999)}",
    )
