"""A parcel carrier between cities: quotes, shipments, tracking."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CityName, CurrencyCode, IsoDate, Limit, PersonName
from mock_apis.core.errors import FailedPrecondition, NotFound, PermissionDenied
from mock_apis.core.persona import persona
from mock_apis.logistics.parcels import (
    SHIPMENTS,
    SPEEDS,
    Service,
    Shipment,
    Status,
    TrackingNumber,
    distance_km,
    find_days,
    find_price,
    find_status,
    make_shipment,
)
from mock_apis.transport.fuel_ev import TripLength

shipping = Domain("shipping", category="logistics", description="Fictional parcel carrier between cities.")

Weight = Annotated[float, Field(ge=0.1, le=70)]


class Offer(Record):
    service: Service
    price: float
    days: int


class Quote(Record):
    origin: CityName
    destination: CityName
    distance_km: TripLength
    currency: CurrencyCode
    offers: list[Offer]


class Parcel(Record):
    tracking_number: TrackingNumber
    status: Status
    sender: str
    recipient: PersonName
    destination: CityName
    price: float
    currency: CurrencyCode
    expected_on: IsoDate


class ParcelSummary(Record):
    tracking_number: TrackingNumber
    status: Status
    sender: str
    recipient: PersonName


class ParcelList(Record):
    total: int
    shipments: list[ParcelSummary]


class TrackingEvent(Record):
    date: IsoDate
    city: CityName
    event: str


class Tracking(Record):
    tracking_number: TrackingNumber
    status: Status
    expected_on: IsoDate
    events: list[TrackingEvent]


@shipping.tool(
    example={"origin": "Berlin", "destination": "Madrid", "weight_kg": 2.5}, errors=[NotFound], kind="stateful"
)
def quote(w: World, origin: CityName, destination: CityName, weight_kg: Weight) -> Quote:
    """Price a parcel between two cities for every service of the carrier.

    origin: English name of the city that the parcel leaves.
    destination: English name of the city that it goes to.
    weight_kg: Weight in kilograms, 0.1 to 70.
    """
    distance = distance_km(origin, destination)
    offers = [
        Offer(service=service, price=find_price(w, distance, weight_kg, service), days=find_days(distance, service))
        for service in SPEEDS
    ]
    return Quote(
        origin=origin,
        destination=destination,
        distance_km=distance,
        currency=persona(w).currency,
        offers=offers,
    )


@shipping.tool(
    example={
        "origin": "Berlin",
        "destination": "Madrid",
        "weight_kg": 2.5,
        "recipient": "Ada Lovelace",
        "service": "express",
    },
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def create(
    w: World,
    origin: CityName,
    destination: CityName,
    weight_kg: Weight,
    recipient: PersonName,
    service: Service = "standard",
) -> Parcel:
    """Send a parcel to a person in another city and get its tracking number.

    origin: English name of the city that the parcel leaves.
    destination: English name of the city that it goes to.
    weight_kg: Weight in kilograms, 0.1 to 70.
    recipient: Name of the person who receives it.
    service: How fast it travels; shipping_quote gives days and prices.
    """
    sender, number = persona(w).name, w.new_id("TRK")
    shipment = make_shipment(w, number, sender, recipient, origin, destination, weight_kg, service, w.today)
    return show(w, SHIPMENTS.put(w, shipment))


@shipping.tool(example={"direction": "received"}, kind="stateful")
def list_(w: World, direction: Literal["sent", "received"] = "sent", limit: Limit = 5) -> ParcelList:
    """List the parcels that the user sent, or that come to the user, newest first.

    direction: Parcels sent by the user, or parcels addressed to the user.
    limit: At most this many.
    """
    name = persona(w).name
    rows = [row for row in SHIPMENTS.all(w) if name == (row.sender if direction == "sent" else row.recipient)]
    rows.sort(key=lambda row: row.sent_on)
    items = [
        ParcelSummary(
            tracking_number=row.tracking_number, status=find_status(w, row), sender=row.sender, recipient=row.recipient
        )
        for row in reversed(rows)
    ]
    return ParcelList(total=len(items), shipments=items[:limit])


@shipping.tool(
    example={"tracking_number": "@shipping_list.shipments[0].tracking_number"}, errors=[NotFound], kind="stateful"
)
def track(w: World, tracking_number: TrackingNumber) -> Tracking:
    """Get the status, expected delivery day and events of a parcel.

    tracking_number: The parcel, as given when it was sent or ordered.
    """
    shipment = SHIPMENTS.get(w, tracking_number)
    return Tracking(
        tracking_number=tracking_number,
        status=find_status(w, shipment),
        expected_on=shipment.expected_on,
        events=list_events(w, shipment),
    )


@shipping.tool(
    example={"tracking_number": "@shipping_create.tracking_number"},
    errors=[NotFound, FailedPrecondition, PermissionDenied],
    writes=True,
    kind="stateful",
)
def cancel(w: World, tracking_number: TrackingNumber) -> Parcel:
    """Cancel a parcel that the user sent and that the carrier has not picked up.

    tracking_number: The parcel, as given when it was sent.
    """
    shipment = SHIPMENTS.get(w, tracking_number)
    if shipment.sender != persona(w).name:
        raise PermissionDenied(f"tracking_number {tracking_number} was sent by {shipment.sender}; only they can cancel")
    if (status := find_status(w, shipment)) != "label_created":
        raise FailedPrecondition(f"tracking_number {tracking_number} is {status}; it cannot be cancelled")
    return show(w, SHIPMENTS.put(w, shipment.model_copy(update={"cancelled": True})))


def show(w: World, shipment: Shipment) -> Parcel:
    """A shipment as its sender sees it."""
    fields = shipment.model_dump(include=set(Parcel.model_fields) - {"status"})
    return Parcel(**fields, status=find_status(w, shipment))


def list_events(w: World, shipment: Shipment) -> list[TrackingEvent]:
    """What has happened to a parcel up to today, oldest first."""
    status = find_status(w, shipment)
    events = [TrackingEvent(date=shipment.sent_on, city=shipment.origin, event="label created")]
    if status in ("in_transit", "delivered"):
        picked_up = date.fromisoformat(shipment.sent_on) + timedelta(days=1)
        events.append(TrackingEvent(date=picked_up.isoformat(), city=shipment.origin, event="picked up"))
    if status == "delivered":
        events.append(TrackingEvent(date=shipment.expected_on, city=shipment.destination, event="delivered"))
    if status == "cancelled":
        events.append(TrackingEvent(date=shipment.sent_on, city=shipment.origin, event="cancelled"))
    return events
