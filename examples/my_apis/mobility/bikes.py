"""Fictional bicycles for rent in real cities, and the user's rentals."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World, money
from mock_apis.core.entities import CityName, Entity, Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, NotFound
from mock_apis.core.persona import HOMES, persona

bikes = Domain("bikes", category="mobility", description="Fictional bicycles to rent by the hour.")

BikeId = Annotated[str, Field(pattern=r"^BIKE-[0-9A-F]{6}$"), Entity("bike.id")]
RentalId = Annotated[str, Field(pattern=r"^RENT-[0-9A-F]{6}$"), Entity("bike_rental.id")]


class Bike(Record):
    bike_id: BikeId
    city: CityName
    price_an_hour: float


class BikeList(Record):
    total: int
    bikes: list[Bike]


class Rental(Record):
    rental_id: RentalId
    bike_id: BikeId
    price: float
    returned: bool


def seed_bikes(w: World) -> Iterator[Bike]:
    """Three bicycles in each of ten cities."""
    for city, *_ in HOMES:
        for number in range(3):
            draw = w.draw("bikes", city, number)
            bike_id = f"BIKE-{draw.between(0, 0xFFFFFF):06X}"
            yield Bike(bike_id=bike_id, city=city, price_an_hour=draw.amount(2, 9))


BIKES = Table[Bike]("bikes.bikes", key="bike_id", seed_rows=seed_bikes)
RENTALS = Table[Rental]("bikes.rentals", key="rental_id", seed_rows=lambda w: ())


@bikes.tool(example={"city": "Dublin"}, kind="stateful")
def search(w: World, city: CityName | None = None, limit: Limit = 5) -> BikeList:
    """Find bicycles for rent in a city, the cheapest first.

    city: English name of the city; the user's home city if left out.
    limit: At most this many bicycles.
    """
    found = [bike for bike in BIKES.all(w) if bike.city == (city or persona(w).city)]
    found.sort(key=lambda bike: bike.price_an_hour)
    return BikeList(total=len(found), bikes=found[:limit])


@bikes.tool(
    example={"bike_id": "@bikes_search.bikes[0].bike_id", "hours": 3},
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def rent(w: World, bike_id: BikeId, hours: Annotated[int, Field(ge=1, le=72)]) -> Rental:
    """Rent a bicycle from now on, for some hours.

    bike_id: The bicycle, as given by bikes_search.
    hours: For how many hours.
    """
    price = money(hours * BIKES.get(w, bike_id).price_an_hour)
    if any(rental.bike_id == bike_id and not rental.returned for rental in RENTALS.all(w)):
        raise Conflict(f"bike_id {bike_id} is rented already")
    rental = Rental(rental_id=w.new_id("RENT"), bike_id=bike_id, price=price, returned=False)
    return RENTALS.put(w, rental)


@bikes.tool(
    example={"rental_id": "@bikes_rent.rental_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def return_(w: World, rental_id: RentalId) -> Rental:
    """Bring a rented bicycle back.

    rental_id: The rental, as given by bikes_rent.
    """
    rental = RENTALS.get(w, rental_id)
    if rental.returned:
        raise FailedPrecondition(f"rental_id {rental_id} is returned already")
    return RENTALS.put(w, rental.model_copy(update={"returned": True}))
