"""The rows behind shipping and the store's deliveries: parcels, where they can go, when they arrive."""

import math
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Record, Table, World
from mock_apis.core.entities import CityName, CurrencyCode, Entity, IsoDate, PersonName
from mock_apis.core.errors import NotFound
from mock_apis.core.persona import HOMES, people, persona
from mock_apis.finance.price_level import price
from mock_apis.geography.cities import find_city, great_circle_km

TrackingNumber = Annotated[str, Field(pattern=r"^TRK-[0-9A-F]{6}$"), Entity("shipment.id")]
Service = Literal["economy", "standard", "express"]
Status = Literal["label_created", "in_transit", "delivered", "cancelled"]

STORE = "Tessaro Store"
"""Sender of the parcels of the shopping domains."""
WAREHOUSE = "Berlin"
SPEEDS: dict[Service, tuple[int, int, float]] = {
    "economy": (4, 1500, 1.0),
    "standard": (2, 2500, 1.5),
    "express": (1, 6000, 2.8),
}
"""Days for handling, kilometres a day, price factor."""


class Shipment(Record):
    tracking_number: TrackingNumber
    sender: str
    recipient: PersonName
    origin: CityName
    destination: CityName
    weight_kg: float
    service: Service
    price: float
    currency: CurrencyCode
    sent_on: IsoDate
    expected_on: IsoDate
    cancelled: bool = False


def seed_shipments(w: World) -> list[Shipment]:
    """Four parcels of the store to the persona, then two parcels of the persona to people."""
    draw, user = w.draw("shipments"), persona(w)
    places = [city for city, *_ in HOMES if city != user.city]
    parcels = [(STORE, user.name, WAREHOUSE, user.city, age) for age in (40, 12, 1, 0)]
    friends = zip(people(w, 2), (20, 0), strict=True)
    parcels += [(user.name, person.name, user.city, draw.pick(places), age) for person, age in friends]
    return [
        make_shipment(
            w,
            f"TRK-{draw.bits() % 0x1000000:06X}",
            sender,
            recipient,
            origin,
            destination,
            draw.between(3, 60) / 10,
            "standard",
            w.today - timedelta(days=age),
        )
        for sender, recipient, origin, destination, age in parcels
    ]


SHIPMENTS = Table("shipments", key="tracking_number", seed_rows=seed_shipments)


def make_shipment(
    w: World,
    tracking_number: str,
    sender: str,
    recipient: str,
    origin: str,
    destination: str,
    weight_kg: float,
    service: Service,
    sent_on: date,
) -> Shipment:
    """A priced and dated shipment that is not stored yet."""
    distance = distance_km(origin, destination)
    return Shipment(
        tracking_number=tracking_number,
        sender=sender,
        recipient=recipient,
        origin=origin,
        destination=destination,
        weight_kg=weight_kg,
        service=service,
        price=find_price(w, distance, weight_kg, service),
        currency=persona(w).currency,
        sent_on=sent_on.isoformat(),
        expected_on=(sent_on + timedelta(days=find_days(distance, service))).isoformat(),
    )


def send_from_store(w: World, weight_kg: float) -> Shipment:
    """Make and store a parcel from the store to the persona's home."""
    user, number = persona(w), w.new_id("TRK")
    shipment = make_shipment(w, number, STORE, user.name, WAREHOUSE, user.city, weight_kg, "standard", w.today)
    return SHIPMENTS.put(w, shipment)


def find_status(w: World, shipment: Shipment) -> Status:
    """Where the parcel is today: it moves from the day after it was sent."""
    today = w.today.isoformat()
    if shipment.cancelled:
        return "cancelled"
    if today >= shipment.expected_on:
        return "delivered"
    return "in_transit" if today > shipment.sent_on else "label_created"


def find_price(w: World, distance: float, weight_kg: float, service: Service) -> float:
    """A base fee, plus 1.10 a kilogram and 0.20 a kilogram and 1000 km, times the service's factor."""
    return price(w, (4 + weight_kg * (1.1 + distance / 5000)) * SPEEDS[service][2])


def find_days(distance: float, service: Service) -> int:
    """Days between sending and delivery."""
    handling, pace, _ = SPEEDS[service]
    return handling + math.ceil(distance / pace)


def distance_km(origin: str, destination: str) -> float:
    """Great-circle distance, in whole kilometres. Raises NotFound for a city that is not served."""
    return round(great_circle_km(find_place("origin", origin), find_place("destination", destination)))


def find_place(parameter: str, city: str) -> tuple[float, float]:
    """Latitude and longitude of a city. Raises NotFound."""
    try:
        place = find_city(city)
    except NotFound:
        raise NotFound(f"no service for {parameter} '{city}'; see cities_search") from None
    return place.latitude, place.longitude
