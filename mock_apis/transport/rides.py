"""Rides by a fictional hailing service in the persona's home city; distances are drawn from the addresses."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CurrencyCode, Limit, StreetAddress
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound
from mock_apis.core.persona import persona
from mock_apis.finance.price_level import round_local
from mock_apis.time.dates import Moment
from mock_apis.transport.fuel_ev import TripDistance
from mock_apis.transport.ride_rules import (
    FACTORS,
    RIDES,
    SEATS,
    Ride,
    RideClass,
    RideId,
    RideRow,
    RideStatus,
    fare_of,
    measure,
    new_row,
    show,
    status_of,
    text_of,
    wait_of,
)

rides = Domain("rides", category="transport", description="Fictional ride hailing in the user's home city.")


class Offer(Record):
    ride_class: RideClass
    fare: float
    wait_minutes: int
    seats: int


class Estimate(Record):
    pickup: StreetAddress
    dropoff: StreetAddress
    distance_km: TripDistance
    minutes: int
    currency: CurrencyCode
    offers: list[Offer]


class RideList(Record):
    total: int
    rides: list[Ride]


class CancelledRide(Record):
    ride_id: RideId
    status: RideStatus
    fee: float
    currency: CurrencyCode


@rides.tool(example={"pickup": "@account_profile.street", "dropoff": "12 Harbour Square"}, kind="stateful")
def estimate(w: World, pickup: StreetAddress, dropoff: StreetAddress) -> Estimate:
    """Estimate distance, duration and fares of a ride between two addresses.

    pickup: Street address in the user's home city at which the ride starts.
    dropoff: Street address in the same city at which it ends.
    """
    km, minutes = measure(w, pickup, dropoff)
    offers = [
        Offer(ride_class=kind, fare=fare_of(w, km, minutes, kind), wait_minutes=wait_of(w, kind), seats=SEATS[kind])
        for kind in FACTORS
    ]
    return Estimate(
        pickup=pickup,
        dropoff=dropoff,
        distance_km=km,
        minutes=minutes,
        currency=persona(w).currency,
        offers=offers,
    )


@rides.tool(
    example={"pickup": "@rides_estimate.pickup", "dropoff": "@rides_estimate.dropoff", "ride_class": "comfort"},
    errors=[Conflict],
    writes=True,
    kind="stateful",
)
def request(w: World, pickup: StreetAddress, dropoff: StreetAddress, ride_class: RideClass = "economy") -> Ride:
    """Order a ride for now; a driver sets off at once.

    pickup: Street address in the user's home city at which the ride starts.
    dropoff: Street address in the same city at which it ends.
    ride_class: Kind of car; see rides_estimate.
    """
    for row in RIDES.all(w):
        if status_of(w, row) in ("driver_on_way", "under_way"):
            raise Conflict(f"ride {row.ride_id} is {status_of(w, row).replace('_', ' ')} already")
    at = w.now + timedelta(minutes=wait_of(w, ride_class))
    return show(w, RIDES.put(w, new_row(w, w.new_id("RIDE"), pickup, dropoff, ride_class, at, False)))


@rides.tool(
    example={
        "pickup": "@account_profile.street",
        "dropoff": "12 Harbour Square",
        "pickup_at": "2026-03-02T06:30",
    },
    writes=True,
    kind="stateful",
)
def schedule(
    w: World,
    pickup: StreetAddress,
    dropoff: StreetAddress,
    pickup_at: Moment,
    ride_class: RideClass = "economy",
) -> Ride:
    """Book a ride ahead for a date and time.

    pickup: Street address in the user's home city at which the ride starts.
    dropoff: Street address in the same city at which it ends.
    pickup_at: Local date and time at least 30 minutes from now, YYYY-MM-DDTHH:MM.
    ride_class: Kind of car; see rides_estimate.
    """
    at = datetime.fromisoformat(pickup_at)
    if not timedelta(minutes=30) <= at - w.now <= timedelta(days=1000):
        raise InvalidArgument(f"pickup_at {pickup_at} is not 30 minutes to 1000 days after now ({text_of(w.now)})")
    return show(w, RIDES.put(w, new_row(w, w.new_id("RIDE"), pickup, dropoff, ride_class, at, True)))


@rides.tool(example={"ride_id": "@rides_list.rides[0].ride_id"}, errors=[NotFound], kind="stateful")
def get(w: World, ride_id: RideId) -> Ride:
    """Get a ride's status, times, driver and fare.

    ride_id: The ride, as given when it was ordered or listed.
    """
    return show(w, RIDES.get(w, ride_id))


@rides.tool(example={"status": "completed"}, kind="stateful")
def list_(w: World, status: RideStatus | None = None, limit: Limit = 5) -> RideList:
    """List the user's rides, latest pickup first.

    status: Only rides of this status.
    limit: At most this many rides.
    """
    found = [show(w, row) for row in RIDES.all(w)]
    found = [row for row in found if status in (None, row.status)]
    found.sort(key=lambda row: (row.pickup_at, row.ride_id), reverse=True)
    return RideList(total=len(found), rides=found[:limit])


@rides.tool(
    example={"ride_id": "@rides_schedule.ride_id"}, errors=[NotFound, FailedPrecondition], writes=True, kind="stateful"
)
def cancel(w: World, ride_id: RideId) -> CancelledRide:
    """Cancel a ride before the pickup; a fifth of the fare is due once a driver is on the way.

    ride_id: A ride that is scheduled or whose driver is on the way.
    """
    row = RIDES.get(w, ride_id)
    status = status_of(w, row)
    if status not in ("scheduled", "driver_on_way"):
        raise FailedPrecondition(f"ride_id {ride_id} is {status.replace('_', ' ')}")
    fee = 0.0 if status == "scheduled" else round_local(w, row.fare / 5)
    RIDES.put(w, row.model_copy(update={"cancelled": True}))
    return CancelledRide(ride_id=ride_id, status="cancelled", fee=fee, currency=row.currency)


@rides.tool(
    example={"ride_id": "@rides_list.rides[0].ride_id", "stars": 5},
    errors=[NotFound, Conflict, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def rate_driver(w: World, ride_id: RideId, stars: Annotated[int, Field(ge=1, le=5)]) -> Ride:
    """Rate the driver of a completed ride, once.

    ride_id: A completed ride, as given by rides_list.
    stars: 1 (bad) to 5 (excellent).
    """
    row = _completed(w, ride_id)
    if row.stars is not None:
        raise Conflict(f"ride_id {ride_id} was rated already with {row.stars} stars")
    return show(w, RIDES.put(w, row.model_copy(update={"stars": stars})))


@rides.tool(
    example={"ride_id": "@rides_list.rides[0].ride_id", "amount": 3},
    errors=[NotFound, Conflict, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def tip(w: World, ride_id: RideId, amount: Annotated[float, Field(ge=0.01, le=1e6)]) -> Ride:
    """Add a tip for the driver to a completed ride, once.

    ride_id: A completed ride, as given by rides_list.
    amount: Tip in the currency of the fare, at most the fare itself.
    """
    row = _completed(w, ride_id)
    if row.tip:
        raise Conflict(f"ride_id {ride_id} has a tip of {row.tip} already")
    if not 0 < round_local(w, amount) <= row.fare:
        raise InvalidArgument(f"amount {amount} is not between the smallest coin and the fare {row.fare}")
    return show(w, RIDES.put(w, row.model_copy(update={"tip": round_local(w, amount)})))


def _completed(w: World, ride_id: str) -> RideRow:
    row = RIDES.get(w, ride_id)
    if status_of(w, row) != "completed":
        raise FailedPrecondition(f"ride_id {ride_id} is {status_of(w, row).replace('_', ' ')}, not completed")
    return row
