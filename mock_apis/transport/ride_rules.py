"""Rides as they are stored: distances drawn from the addresses, fares, and the status at the world's time."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Record, Table, World
from mock_apis.core.entities import CurrencyCode, Entity, PersonName, StreetAddress
from mock_apis.core.errors import InvalidArgument
from mock_apis.core.persona import STREETS, draw_person, persona
from mock_apis.finance.price_level import price
from mock_apis.time.dates import Moment
from mock_apis.transport.fuel_ev import TripDistance

RideId = Annotated[str, Field(pattern=r"^RIDE-[0-9A-F]{6}$"), Entity("ride.id")]
RideClass = Literal["economy", "comfort", "van"]
RideStatus = Literal["scheduled", "driver_on_way", "under_way", "completed", "cancelled"]
FACTORS: dict[RideClass, float] = {"economy": 1.0, "comfort": 1.4, "van": 1.8}
SEATS: dict[RideClass, int] = {"economy": 4, "comfort": 4, "van": 7}


class RideRow(Record):
    ride_id: RideId
    pickup: StreetAddress
    dropoff: StreetAddress
    ride_class: RideClass
    pickup_at: Moment
    minutes: int
    distance_km: TripDistance
    fare: float
    tip: float
    currency: CurrencyCode
    driver: PersonName
    stars: int | None
    """What the user gave the driver, 1 to 5."""
    booked_ahead: bool
    cancelled: bool


class Ride(Record):
    ride_id: RideId
    status: RideStatus
    pickup: StreetAddress
    dropoff: StreetAddress
    ride_class: RideClass
    pickup_at: Moment
    distance_km: TripDistance
    fare: float
    tip: float
    currency: CurrencyCode
    driver: PersonName
    stars: int | None


def seed_rides(w: World) -> list[RideRow]:
    """Three completed rides of the last weeks from the user's home."""
    draw = w.draw("rides")
    rows = []
    for back in (12, 5, 1):
        dropoff = f"{draw.between(181, 260)} {draw.pick(STREETS)}"
        at = w.now - timedelta(days=back, minutes=draw.between(0, 500))
        ride_id = f"RIDE-{draw.bits() % 0x1000000:06X}"
        rows.append(new_row(w, ride_id, persona(w).street, dropoff, draw.pick(tuple(FACTORS)), at, True))
    return rows


RIDES = Table("rides", key="ride_id", seed_rows=seed_rides)


def measure(w: World, pickup: str, dropoff: str) -> tuple[float, int]:
    """Kilometres and minutes between two addresses, the same both ways. Raises InvalidArgument."""
    ends = sorted(" ".join(address.casefold().split()) for address in (pickup, dropoff))
    if not all(ends) or ends[0] == ends[1]:
        raise InvalidArgument(f"dropoff '{dropoff[:60]}' must be another address than pickup '{pickup[:60]}'")
    draw = w.draw("ride_distance", *ends)
    km = round(draw.amount(1.2, 18), 1)
    return km, round(km * draw.amount(2.0, 3.2)) + 3


def fare_of(w: World, km: float, minutes: int, ride_class: RideClass) -> float:
    """What the ride costs in the user's currency."""
    return price(w, (2.5 + 1.05 * km + 0.28 * minutes) * FACTORS[ride_class])


def status_of(w: World, row: RideRow) -> RideStatus:
    """Where the ride is at the world's time."""
    if row.cancelled:
        return "cancelled"
    at = datetime.fromisoformat(row.pickup_at)
    if w.now >= at + timedelta(minutes=row.minutes):
        return "completed"
    if w.now >= at:
        return "under_way"
    return "scheduled" if row.booked_ahead else "driver_on_way"


def show(w: World, row: RideRow) -> Ride:
    """The ride with its status now."""
    fields = row.model_dump(exclude={"minutes", "booked_ahead", "cancelled"})
    return Ride(status=status_of(w, row), **fields)


def wait_of(w: World, ride_class: RideClass) -> int:
    """Minutes until a driver is there."""
    return w.draw("ride_wait", ride_class, w.now.isoformat()[:13]).between(3, 12)


def text_of(moment: datetime) -> str:
    """The time to the minute as text."""
    return moment.isoformat(timespec="minutes")


def new_row(
    w: World, ride_id: str, pickup: str, dropoff: str, ride_class: RideClass, at: datetime, booked_ahead: bool
) -> RideRow:
    """A ride as the table holds it."""
    km, minutes = measure(w, pickup, dropoff)
    return RideRow(
        ride_id=ride_id,
        pickup=pickup,
        dropoff=dropoff,
        ride_class=ride_class,
        pickup_at=text_of(at),
        minutes=minutes,
        distance_km=km,
        fare=fare_of(w, km, minutes, ride_class),
        tip=0.0,
        currency=persona(w).currency,
        driver=draw_person(w.draw("ride_driver", ride_id), persona(w).phone[:4]).name,
        stars=None,
        booked_ahead=booked_ahead,
        cancelled=False,
    )
