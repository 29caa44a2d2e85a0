"""Fictional restaurants in real cities, drawn from city and number, and the persona's reservations."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import CityName, Entity, IsoDate, IsoDateTime, Limit, PersonName, StreetAddress
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound
from mock_apis.core.persona import STREETS, persona
from mock_apis.geography.place_names import locate_city

restaurants = Domain("restaurants", category="food", description="Fictional restaurants and table reservations.")

RestaurantId = Annotated[str, Field(pattern=r"^REST-[0-9A-F]{6}$"), Entity("restaurant.id")]
ReservationId = Annotated[str, Field(pattern=r"^RSV-[0-9A-F]{6}$"), Entity("reservation.id")]
Cuisine = Literal["french", "indian", "italian", "japanese", "mexican", "spanish", "thai", "vegetarian"]
PartySize = Annotated[int, Field(ge=1, le=12)]

NAMES: dict[str, tuple[Cuisine, tuple[str, ...]]] = {
    "Chez": ("french", ("Colette", "Marius", "Odile")),
    "Bistrot": ("french", ("des Tilleuls", "du Phare", "Perdrix")),
    "Saffron": ("indian", ("Court", "Kitchen", "Lane")),
    "Trattoria": ("italian", ("Fiorella", "Nonna Pia", "del Faro")),
    "Osteria": ("italian", ("Belvento", "Zucca", "Tre Lune")),
    "Izakaya": ("japanese", ("Hoshi", "Kawa", "Tsubame")),
    "Cantina": ("mexican", ("La Paloma", "Azul", "Don Chuy")),
    "Casa": ("spanish", ("Marisol", "Benito", "Alegre")),
    "Baan": ("thai", ("Orchid", "Lotus", "Jasmine")),
    "Green": ("vegetarian", ("Fennel", "Table", "Almanac")),
}
PREFIXES = tuple(NAMES)
SEATING = timedelta(hours=2)
"""How long a party keeps its table."""


class Restaurant(Record):
    restaurant_id: RestaurantId
    name: str
    cuisine: Cuisine
    city: CityName
    street: StreetAddress
    price_level: int
    """1 cheap to 3 expensive"""
    rating: float
    opens: str
    last_seating: str
    seats: int


class RestaurantList(Record):
    total: int
    restaurants: list[Restaurant]


class Availability(Record):
    restaurant_id: RestaurantId
    total: int
    times: list[IsoDateTime]


class Reservation(Record):
    reservation_id: ReservationId
    restaurant_id: RestaurantId
    restaurant: str
    start: IsoDateTime
    party_size: int
    name: PersonName
    status: Literal["booked", "cancelled"]


RESERVATIONS = Table[Reservation]("restaurants.reservations", key="reservation_id", seed_rows=lambda w: ())


def mask(w: World) -> int:
    """What makes the ids of two worlds differ."""
    return w.draw("restaurants.ids").bits() % 0x1000000


def restaurant(w: World, city: int, number: int) -> Restaurant:
    """The number-th restaurant of the city-th city."""
    draw = w.draw("restaurants", load_rows("cities")[city]["name"], number)
    prefix = PREFIXES[number]
    cuisine, rest = NAMES[prefix]
    return Restaurant(
        restaurant_id=f"REST-{(city * len(PREFIXES) + number) ^ mask(w):06X}",
        name=f"{prefix} {draw.pick(rest)}",
        cuisine=cuisine,
        city=load_rows("cities")[city]["name"],
        street=f"{draw.between(1, 140)} {draw.pick(STREETS)}",
        price_level=draw.between(1, 3),
        rating=draw.between(34, 49) / 10,
        opens=draw.pick(("12:00", "17:00", "18:00")),
        last_seating=draw.pick(("20:30", "21:00", "21:30")),
        seats=draw.between(10, 24) * 2,
    )


def require(w: World, restaurant_id: str) -> Restaurant:
    """The restaurant of that id. Raises NotFound."""
    city, number = divmod(int(restaurant_id[5:], 16) ^ mask(w), len(PREFIXES))
    if city >= len(load_rows("cities")):
        raise NotFound(f"no restaurant_id '{restaurant_id}'; see restaurants_search")
    return restaurant(w, city, number)


@restaurants.tool(example={"city": "Dublin", "cuisine": "italian"}, errors=[NotFound], kind="stateful")
def search(
    w: World,
    city: CityName,
    cuisine: Cuisine | None = None,
    max_price_level: Annotated[int, Field(ge=1, le=3)] = 3,
    limit: Limit = 5,
) -> RestaurantList:
    """Find restaurants of a city by cuisine and price, best rated first.

    city: English name of a city, such as Dublin.
    cuisine: Only restaurants of this cuisine.
    max_price_level: 1 for cheap ones only, 2 up to moderate, 3 for all.
    limit: At most this many restaurants.
    """
    place = locate_city(city)
    if place is None:
        raise NotFound(f"no restaurants are listed in city '{city}'; see cities_search")
    rows = [restaurant(w, place, number) for number in range(len(PREFIXES))]
    rows = [row for row in rows if cuisine in (None, row.cuisine) and row.price_level <= max_price_level]
    rows.sort(key=lambda row: (-row.rating, row.restaurant_id))
    return RestaurantList(total=len(rows), restaurants=rows[:limit])


@restaurants.tool(
    example={"restaurant_id": "@restaurants_search.restaurants[0].restaurant_id"}, errors=[NotFound], kind="stateful"
)
def get(w: World, restaurant_id: RestaurantId) -> Restaurant:
    """Show one restaurant with its address, hours, price level and rating.

    restaurant_id: The restaurant, as given by restaurants_search.
    """
    return require(w, restaurant_id)


@restaurants.tool(
    example={"restaurant_id": "@restaurants_search.restaurants[0].restaurant_id", "day": "2025-12-12"},
    errors=[NotFound],
    kind="stateful",
)
def availability(w: World, restaurant_id: RestaurantId, day: IsoDate, party_size: PartySize = 2) -> Availability:
    """List the times of a day at which a restaurant still has a table.

    restaurant_id: The restaurant, as given by restaurants_search.
    day: The day, YYYY-MM-DD.
    party_size: How many people are to sit together.
    """
    place = require(w, restaurant_id)
    times = [time for time in seatings(place, day) if free_seats(w, place, time) >= party_size]
    times = [time for time in times if time >= w.now.isoformat(timespec="minutes")]
    return Availability(restaurant_id=restaurant_id, total=len(times), times=times)


@restaurants.tool(
    example={
        "restaurant_id": "@restaurants_availability.restaurant_id",
        "start": "@restaurants_availability.times[0]",
        "party_size": 2,
    },
    errors=[NotFound, Conflict, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def reserve(
    w: World, restaurant_id: RestaurantId, start: IsoDateTime, party_size: PartySize, name: PersonName | None = None
) -> Reservation:
    """Reserve a table at a full or half hour when enough seats are free.

    restaurant_id: The restaurant, as given by restaurants_search.
    start: Local time, YYYY-MM-DDTHH:MM, as given by restaurants_availability.
    party_size: How many people will come.
    name: Who the table is for; the user if left out.
    """
    place = require(w, restaurant_id)
    if start < w.now.isoformat(timespec="minutes"):
        raise InvalidArgument(f"start {start} lies in the past; it is {w.now:%Y-%m-%dT%H:%M}")
    if start not in seatings(place, start[:10]):
        raise FailedPrecondition(f"start {start} is no half hour from {place.opens} to {place.last_seating}")
    free = free_seats(w, place, start)
    if free < party_size:
        raise Conflict(f"party_size {party_size}: {free} seats are free at {start}; see restaurants_availability")
    row = Reservation(
        reservation_id=w.new_id("RSV"),
        restaurant_id=restaurant_id,
        restaurant=place.name,
        start=start,
        party_size=party_size,
        name=name or persona(w).name,
        status="booked",
    )
    return RESERVATIONS.put(w, row)


@restaurants.tool(example={"reservation_id": "@restaurants_reserve.reservation_id"}, errors=[NotFound], kind="stateful")
def get_reservation(w: World, reservation_id: ReservationId) -> Reservation:
    """Show one reservation with its time, party size and status.

    reservation_id: The reservation, as given by restaurants_reserve.
    """
    return RESERVATIONS.get(w, reservation_id)


@restaurants.tool(
    example={"reservation_id": "@restaurants_reserve.reservation_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def cancel_reservation(w: World, reservation_id: ReservationId) -> Reservation:
    """Cancel a reservation whose time has not come yet, which frees its seats.

    reservation_id: The reservation, as given by restaurants_reserve.
    """
    row = RESERVATIONS.get(w, reservation_id)
    if row.status == "cancelled" or row.start < w.now.isoformat(timespec="minutes"):
        raise FailedPrecondition(f"reservation_id {reservation_id} is {row.status} for {row.start}")
    return RESERVATIONS.put(w, row.model_copy(update={"status": "cancelled"}))


def seatings(place: Restaurant, day: str) -> list[str]:
    """The half hours of a day at which guests are seated."""
    time, last = (datetime.fromisoformat(f"{day}T{clock}") for clock in (place.opens, place.last_seating))
    count = int((last - time) / timedelta(minutes=30))
    return [(time + timedelta(minutes=30 * step)).isoformat(timespec="minutes") for step in range(count + 1)]


def free_seats(w: World, place: Restaurant, start: str) -> int:
    """Seats left by other guests, who leave eight at the first seating, and by the persona's reservations."""
    others = w.draw("restaurants.guests", place.restaurant_id, start).between(0, place.seats)
    if start.endswith(place.opens):
        others = min(others, place.seats - 8)
    time = datetime.fromisoformat(start)
    booked = [row for row in RESERVATIONS.all(w) if row.restaurant_id == place.restaurant_id and row.status == "booked"]
    mine = sum(row.party_size for row in booked if abs(datetime.fromisoformat(row.start) - time) < SEATING)
    return max(0, place.seats - others - mine)
