"""Seats that the persona books on the flights of the fictional timetable."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World, money
from mock_apis.core.entities import AirportCode, CurrencyCode, Entity, IsoDateTime, Limit, PersonName
from mock_apis.core.errors import Conflict, FailedPrecondition, NotFound, ResourceExhausted
from mock_apis.core.persona import persona
from mock_apis.geography.timezones import now_in
from mock_apis.travel.airports import airports_of, main_airports
from mock_apis.travel.flights import Flight, FlightId, departure, find_flight, flights_on, sell_seats

flight_bookings = Domain(
    "flight_bookings", category="travel", description="The user's seats on flights of fictional airlines."
)

BookingId = Annotated[str, Field(pattern=r"^FB-[0-9A-F]{6}$"), Entity("flight_booking.id")]
SeatNumber = Annotated[str, Field(pattern=r"^[1-9][0-9]?[A-F]$"), Entity("flight.seat")]
BookingStatus = Literal["booked", "checked_in", "cancelled"]

SEATS = tuple(f"{row}{letter}" for row in range(1, 31) for letter in "ABCDEF")
CHECK_IN_OPENS, CHECK_IN_CLOSES = timedelta(hours=24), timedelta(hours=1)
"""Before departure."""


class Booking(Record):
    booking_id: BookingId
    flight_id: FlightId
    passenger: PersonName
    origin: AirportCode
    destination: AirportCode
    depart: IsoDateTime
    """Local time at the origin."""
    status: BookingStatus
    seat: SeatNumber | None
    price: float
    currency: CurrencyCode


class BookingList(Record):
    total: int
    bookings: list[Booking]


class FreeSeats(Record):
    booking_id: BookingId
    total: int
    seats: list[SeatNumber]


class Refund(Record):
    booking_id: BookingId
    status: BookingStatus
    refund: float
    currency: CurrencyCode


def seed_bookings(w: World) -> list[Booking]:
    """One flight within the next day, so that it can be checked in, and one a few weeks ahead."""
    draw = w.draw("flight_bookings")
    user, home = persona(w), airports_of(persona(w).city)[0]
    others = [airport for airport in main_airports() if airport.city != user.city]
    now, soon = now_in(w, "UTC"), None
    while soon is None:
        there, day = draw.pick(others), w.today + timedelta(days=draw.between(0, 1))
        for flight in flights_on(w, home, there, day):
            if timedelta(hours=3) < departure(flight) - now < timedelta(hours=23):
                soon = flight
    later = flights_on(w, home, draw.pick(others), w.today + timedelta(days=draw.between(20, 45)))[0]
    return [_booking(f"FB-{draw.bits() % 0x1000000:06X}", flight, passenger=user.name) for flight in (soon, later)]


BOOKINGS = Table("flight_bookings", key="booking_id", seed_rows=seed_bookings)


@flight_bookings.tool(
    example={"flight_id": "@flights_search.flights[0].flight_id", "passenger": "Ada Lovelace"},
    errors=[NotFound, Conflict, FailedPrecondition, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def book(w: World, flight_id: FlightId, passenger: PersonName) -> Booking:
    """Book one seat on a flight for a passenger.

    flight_id: The flight, as given by flights_search.
    passenger: Given name and family name of the traveller.
    """
    flight = find_flight(w, flight_id)
    if departure(flight) <= now_in(w, "UTC"):
        raise FailedPrecondition(f"flight_id {flight_id} has departed ({flight.depart})")
    same = [row for row in _active(w, flight_id) if row.passenger.casefold() == passenger.casefold()]
    if same:
        raise Conflict(f"passenger '{passenger}' has a seat on {flight_id} already: {same[0].booking_id}")
    if flight.seats_left < 1:
        raise ResourceExhausted(f"flight_id {flight_id} has no seat left")
    sell_seats(w, flight_id, 1)
    return BOOKINGS.put(w, _booking(w.new_id("FB"), flight, passenger))


@flight_bookings.tool(
    example={"booking_id": "@flight_bookings_list.bookings[0].booking_id"}, errors=[NotFound], kind="stateful"
)
def get(w: World, booking_id: BookingId) -> Booking:
    """Get a flight booking with its flight, seat and status.

    booking_id: The booking, as given when it was made or listed.
    """
    return BOOKINGS.get(w, booking_id)


@flight_bookings.tool(example={"status": "booked"}, kind="stateful")
def list_(w: World, status: BookingStatus | None = None, limit: Limit = 5) -> BookingList:
    """List the user's flight bookings, earliest departure first.

    status: Only bookings of this status.
    limit: At most this many bookings.
    """
    found = [row for row in BOOKINGS.all(w) if status in (None, row.status)]
    found.sort(key=lambda row: (row.depart, row.booking_id))
    return BookingList(total=len(found), bookings=found[:limit])


@flight_bookings.tool(
    example={"booking_id": "@flight_bookings_book.booking_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def cancel(w: World, booking_id: BookingId) -> Refund:
    """Cancel a flight booking; half is refunded in the last 24 hours, else all.

    booking_id: The booking; it must not be checked in.
    """
    booking, left = _open_booking(w, booking_id)
    refund = booking.price if left >= timedelta(hours=24) else money(booking.price / 2)
    BOOKINGS.put(w, booking.model_copy(update={"status": "cancelled", "seat": None}))
    sell_seats(w, booking.flight_id, -1)
    return Refund(booking_id=booking_id, status="cancelled", refund=refund, currency=booking.currency)


@flight_bookings.tool(
    example={"booking_id": "@flight_bookings_list.bookings[1].booking_id"}, errors=[NotFound], kind="stateful"
)
def free_seats(w: World, booking_id: BookingId, limit: Limit = 10) -> FreeSeats:
    """List the seats that are still free on the flight of a booking, front first.

    booking_id: The booking whose flight is meant.
    limit: At most this many seats.
    """
    free = _free(w, BOOKINGS.get(w, booking_id).flight_id)
    return FreeSeats(booking_id=booking_id, total=len(free), seats=free[:limit])


@flight_bookings.tool(
    example={
        "booking_id": "@flight_bookings_free_seats.booking_id",
        "seat": "@flight_bookings_free_seats.seats[0]",
    },
    errors=[NotFound, Conflict, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def select_seat(w: World, booking_id: BookingId, seat: SeatNumber) -> Booking:
    """Choose or change the seat of a flight booking before check-in.

    booking_id: The booking; it must not be checked in.
    seat: Row and letter such as 12A; see flight_bookings_free_seats.
    """
    booking, _ = _open_booking(w, booking_id)
    if seat not in SEATS:
        raise NotFound(f"no seat '{seat}': rows are 1 to 30")
    if seat != booking.seat and seat not in _free(w, booking.flight_id):
        raise Conflict(f"seat {seat} is taken; see flight_bookings_free_seats")
    return BOOKINGS.put(w, booking.model_copy(update={"seat": seat}))


@flight_bookings.tool(
    example={"booking_id": "@flight_bookings_list.bookings[0].booking_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def check_in(w: World, booking_id: BookingId) -> Booking:
    """Check in for a flight, from 24 hours to 1 hour before departure.

    booking_id: The booking; without a chosen seat it gets the first free one.
    """
    booking, left = _open_booking(w, booking_id)
    if not CHECK_IN_CLOSES <= left <= CHECK_IN_OPENS:
        raise FailedPrecondition(
            f"booking_id {booking_id}: check-in is open from 24 hours to 1 hour before departure ({booking.depart})"
        )
    seat = booking.seat or _free(w, booking.flight_id)[0]
    return BOOKINGS.put(w, booking.model_copy(update={"status": "checked_in", "seat": seat}))


def _booking(booking_id: str, flight: Flight, passenger: str) -> Booking:
    return Booking(
        booking_id=booking_id,
        flight_id=flight.flight_id,
        passenger=passenger,
        origin=flight.origin,
        destination=flight.destination,
        depart=flight.depart,
        status="booked",
        seat=None,
        price=flight.price,
        currency=flight.currency,
    )


def _open_booking(w: World, booking_id: str) -> tuple[Booking, timedelta]:
    """A booking that can still be changed, and the time until its departure."""
    booking = BOOKINGS.get(w, booking_id)
    if booking.status != "booked":
        raise FailedPrecondition(f"booking_id {booking_id} is {booking.status.replace('_', ' ')} already")
    left = departure(find_flight(w, booking.flight_id)) - now_in(w, "UTC")
    if left <= timedelta():
        raise FailedPrecondition(f"booking_id {booking_id}: the flight has departed ({booking.depart})")
    return booking, left


def _active(w: World, flight_id: str) -> list[Booking]:
    return [row for row in BOOKINGS.all(w) if row.flight_id == flight_id and row.status != "cancelled"]


def _free(w: World, flight_id: str) -> list[str]:
    """Seats that neither this world's bookings nor the passengers before them hold, front first."""
    active = _active(w, flight_id)
    unsold = find_flight(w, flight_id).seats_left + len(active)
    held = {row.seat for row in active}
    free = set(w.draw("flight_seats", flight_id).sample(SEATS, unsold)) - held
    return [seat for seat in SEATS if seat in free]
