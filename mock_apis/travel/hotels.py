"""Fictional hotels in real cities, and the rooms that the persona reserves there."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World, money
from mock_apis.core.entities import CityName, CurrencyCode, Entity, IsoDate, Limit, PersonName
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound, ResourceExhausted
from mock_apis.core.persona import persona
from mock_apis.geography.cities import find_city, largest_cities
from mock_apis.travel.hotel_register import Hotel, HotelId, Stars, find_hotel, hotels_in

hotels = Domain("hotels", category="travel", description="Fictional hotels in real cities and the user's reservations.")

ReservationId = Annotated[str, Field(pattern=r"^HR-[0-9A-F]{6}$"), Entity("hotel_reservation.id")]
ReservationStatus = Literal["reserved", "cancelled"]

LONGEST_STAY = 30
LAST_DAY = date(2028, 12, 31)
FREE_CANCELLATION = timedelta(days=2)


class HotelSummary(Record):
    hotel_id: HotelId
    name: str
    stars: Stars
    nightly_rate: float
    currency: CurrencyCode


class HotelList(Record):
    city: CityName
    total: int
    hotels: list[HotelSummary]


class Quote(Record):
    hotel_id: HotelId
    nights: int
    free_rooms: int
    """Rooms that are free on every night of the stay."""
    total: float
    currency: CurrencyCode


class Reservation(Record):
    reservation_id: ReservationId
    hotel_id: HotelId
    guest: PersonName
    check_in: IsoDate
    check_out: IsoDate
    total: float
    currency: CurrencyCode
    status: ReservationStatus


class ReservationList(Record):
    total: int
    reservations: list[Reservation]


class Cancellation(Record):
    reservation_id: ReservationId
    status: ReservationStatus
    fee: float
    currency: CurrencyCode


def seed_reservations(w: World) -> list[Reservation]:
    """One stay in a few weeks and one in a few months."""
    draw, guest = w.draw("hotel_reservations"), persona(w).name
    seeded = []
    for soonest, latest in ((10, 40), (60, 90)):
        hotel = draw.pick(hotels_in(w, draw.pick(largest_cities(150)).name))
        start = w.today + timedelta(days=draw.between(soonest, latest))
        end = start + timedelta(days=draw.between(1, 5))
        reservation_id = f"HR-{draw.bits() % 0x1000000:06X}"
        seeded.append(_reservation(reservation_id, hotel, guest, start, end))
    return seeded


RESERVATIONS = Table("hotel_reservations", key="reservation_id", seed_rows=seed_reservations)


@hotels.tool(example={"city": "@cities_search.cities[0].name"}, errors=[NotFound], kind="stateful")
def search(w: World, city: CityName, min_stars: Stars = 2, limit: Limit = 5) -> HotelList:
    """Find the hotels of a city, cheapest first.

    city: English name such as Paris.
    min_stars: Only hotels of at least this many stars.
    limit: At most this many hotels.
    """
    place = find_city(city)
    found = [row for row in hotels_in(w, place.name) if row.stars >= min_stars]
    found.sort(key=lambda row: (row.nightly_rate, row.hotel_id))
    fields = set(HotelSummary.model_fields)
    shown = [HotelSummary(**row.model_dump(include=fields)) for row in found[:limit]]
    return HotelList(city=place.name, total=len(found), hotels=shown)


@hotels.tool(example={"hotel_id": "@hotels_search.hotels[0].hotel_id"}, errors=[NotFound], kind="stateful")
def get(w: World, hotel_id: HotelId) -> Hotel:
    """Get a hotel's address, stars, nightly rate and number of rooms.

    hotel_id: The hotel, as given by hotels_search.
    """
    return find_hotel(w, hotel_id)


@hotels.tool(
    example={"hotel_id": "@hotels_search.hotels[0].hotel_id", "check_in": "2026-01-15", "check_out": "2026-01-18"},
    errors=[NotFound],
    kind="stateful",
)
def quote(w: World, hotel_id: HotelId, check_in: IsoDate, check_out: IsoDate) -> Quote:
    """Get the price and the number of free rooms for a stay at a hotel.

    hotel_id: The hotel, as given by hotels_search.
    check_in: Day of arrival, 2026-01-15; today or later.
    check_out: Day of departure, at most 30 nights later.
    """
    hotel = find_hotel(w, hotel_id)
    start, end = _stay(w, check_in, check_out)
    return Quote(
        hotel_id=hotel_id,
        nights=(end - start).days,
        free_rooms=min(_free_rooms(w, hotel, night) for night in _nights(start, end)),
        total=_total(hotel, start, end),
        currency=hotel.currency,
    )


@hotels.tool(
    example={
        "hotel_id": "@hotels_search.hotels[0].hotel_id",
        "check_in": "2026-01-15",
        "check_out": "2026-01-18",
        "guest": "Ada Lovelace",
    },
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def book(w: World, hotel_id: HotelId, check_in: IsoDate, check_out: IsoDate, guest: PersonName) -> Reservation:
    """Reserve one room at a hotel, to be paid on arrival.

    hotel_id: The hotel, as given by hotels_search.
    check_in: Day of arrival, 2026-01-15; today or later.
    check_out: Day of departure, at most 30 nights later.
    guest: Given name and family name of the guest.
    """
    hotel = find_hotel(w, hotel_id)
    start, end = _stay(w, check_in, check_out)
    for row in _active(w, hotel_id):
        if row.guest.casefold() == guest.casefold() and row.check_in < check_out and check_in < row.check_out:
            raise Conflict(f"guest '{guest}' has a room there in these nights already: {row.reservation_id}")
    full = [night for night in _nights(start, end) if _free_rooms(w, hotel, night) < 1]
    if full:
        raise ResourceExhausted(f"hotel_id {hotel_id} has no free room in the night of {full[0]}")
    return RESERVATIONS.put(w, _reservation(w.new_id("HR"), hotel, guest, start, end))


@hotels.tool(
    example={"reservation_id": "@hotels_list_reservations.reservations[0].reservation_id"},
    errors=[NotFound],
    kind="stateful",
)
def get_reservation(w: World, reservation_id: ReservationId) -> Reservation:
    """Get a hotel reservation with its dates, total and status.

    reservation_id: The reservation, as given when it was made or listed.
    """
    return RESERVATIONS.get(w, reservation_id)


@hotels.tool(example={}, kind="stateful")
def list_reservations(w: World, limit: Limit = 5) -> ReservationList:
    """List the user's hotel reservations, earliest arrival first.

    limit: At most this many reservations.
    """
    found = sorted(RESERVATIONS.all(w), key=lambda row: (row.check_in, row.reservation_id))
    return ReservationList(total=len(found), reservations=found[:limit])


@hotels.tool(
    example={"reservation_id": "@hotels_book.reservation_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def cancel_reservation(w: World, reservation_id: ReservationId) -> Cancellation:
    """Cancel a hotel reservation; within 2 days of arrival one average night is due.

    reservation_id: The reservation; its day of arrival must not have come.
    """
    row = RESERVATIONS.get(w, reservation_id)
    if row.status == "cancelled":
        raise FailedPrecondition(f"reservation_id {reservation_id} is cancelled already")
    start, end = date.fromisoformat(row.check_in), date.fromisoformat(row.check_out)
    if start <= w.today:
        raise FailedPrecondition(f"reservation_id {reservation_id}: its day of arrival {start} has come")
    fee = 0.0 if start - w.today > FREE_CANCELLATION else money(row.total / (end - start).days)
    RESERVATIONS.put(w, row.model_copy(update={"status": "cancelled"}))
    return Cancellation(reservation_id=reservation_id, status="cancelled", fee=fee, currency=row.currency)


def _reservation(reservation_id: str, hotel: Hotel, guest: str, start: date, end: date) -> Reservation:
    return Reservation(
        reservation_id=reservation_id,
        hotel_id=hotel.hotel_id,
        guest=guest,
        check_in=start.isoformat(),
        check_out=end.isoformat(),
        total=_total(hotel, start, end),
        currency=hotel.currency,
        status="reserved",
    )


def _stay(w: World, check_in: str, check_out: str) -> tuple[date, date]:
    start, end = date.fromisoformat(check_in), date.fromisoformat(check_out)
    if not w.today <= start <= LAST_DAY:
        raise InvalidArgument(f"check_in {check_in} is not between today ({w.today}) and {LAST_DAY}")
    if not 1 <= (end - start).days <= LONGEST_STAY:
        raise InvalidArgument(f"check_out {check_out} is not 1 to {LONGEST_STAY} nights after check_in {check_in}")
    return start, end


def _nights(start: date, end: date) -> list[date]:
    return [start + timedelta(days=shift) for shift in range((end - start).days)]


def _total(hotel: Hotel, start: date, end: date) -> float:
    return money(sum(hotel.nightly_rate * (1.2 if night.weekday() in (4, 5) else 1) for night in _nights(start, end)))


def _active(w: World, hotel_id: str) -> list[Reservation]:
    return [row for row in RESERVATIONS.all(w) if row.hotel_id == hotel_id and row.status == "reserved"]


def _free_rooms(w: World, hotel: Hotel, night: date) -> int:
    """Rooms that neither other guests (at least one is left by them) nor this world's reservations hold."""
    taken = w.draw("hotel_nights", hotel.hotel_id, night.isoformat()).between(hotel.rooms // 2, hotel.rooms - 1)
    held = [row for row in _active(w, hotel.hotel_id) if row.check_in <= night.isoformat() < row.check_out]
    return max(0, hotel.rooms - taken - len(held))
