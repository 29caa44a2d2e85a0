"""Rental cars of a fictional company at real airports; a fleet follows from the seed and the airport."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import AirportCode, CurrencyCode, Entity, Limit, PersonName
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound
from mock_apis.core.persona import persona
from mock_apis.finance.price_level import price, round_local
from mock_apis.time.dates import CalendarDay
from mock_apis.transport.car_fleet import EXTRAS, Car, CarClass, CarId, Engine, Extra, Plate, find_car, fleet
from mock_apis.travel.airports import find_airport

car_rental = Domain("car_rental", category="transport", description="Fictional car rental at real airports.")

RentalId = Annotated[str, Field(pattern=r"^RNT-[0-9A-F]{6}$"), Entity("car_rental.id")]
Days = Annotated[int, Field(ge=1, le=60)]


class CarRow(Record):
    car_id: CarId
    model: str
    car_class: CarClass
    engine: Engine
    seats: int
    total: float
    """For all the days."""


class CarList(Record):
    total: int
    currency: CurrencyCode
    cars: list[CarRow]


class Rental(Record):
    rental_id: RentalId
    car_id: CarId
    airport: AirportCode
    plate: Plate
    driver: PersonName
    pick_up: CalendarDay
    drop_off: CalendarDay
    extras: list[Extra]
    total: float
    currency: CurrencyCode
    status: Literal["reserved", "cancelled"]


class RentalList(Record):
    total: int
    rentals: list[Rental]


def no_rentals(w: World) -> list[Rental]:
    """Nothing is reserved when a world begins."""
    return []


RENTALS = Table("car_rentals", key="rental_id", seed_rows=no_rentals)


@car_rental.tool(
    example={"airport": "@airports_in_city.airports[0].airport", "pick_up": "2026-03-10", "days": 4},
    errors=[NotFound],
    kind="stateful",
)
def search(
    w: World,
    airport: AirportCode,
    pick_up: CalendarDay,
    days: Days,
    car_class: CarClass | None = None,
    limit: Limit = 5,
) -> CarList:
    """Find the cars that can be rented at an airport for some days, cheapest first.

    airport: IATA code of the airport, such as DUB.
    pick_up: Day of the pick-up, YYYY-MM-DD, from today on.
    days: How many days.
    car_class: Only cars of this class.
    limit: At most this many cars.
    """
    find_airport(airport)
    last = period(w, pick_up, days)
    found = [car for car in fleet(w, airport) if car_class in (None, car.car_class)]
    found = [car for car in found if blocker(w, car.car_id, pick_up, last) is None]
    fields = set(CarRow.model_fields) - {"total"}
    rows = [CarRow(total=round_local(w, car.daily_rate * days), **car.model_dump(include=fields)) for car in found]
    rows.sort(key=lambda row: (row.total, row.car_id))
    return CarList(total=len(rows), currency=persona(w).currency, cars=rows[:limit])


@car_rental.tool(example={"car_id": "@car_rental_search.cars[0].car_id"}, errors=[NotFound], kind="stateful")
def get_car(w: World, car_id: CarId) -> Car:
    """Get a rental car's model, seats, daily rate, plate and use of fuel or energy.

    car_id: The car, as given by car_rental_search.
    """
    return find_car(w, car_id)


@car_rental.tool(
    example={
        "car_id": "@car_rental_search.cars[0].car_id",
        "driver": "@account_profile.name",
        "pick_up": "2026-03-10",
        "days": 4,
        "extras": ["child_seat"],
    },
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def reserve(
    w: World,
    car_id: CarId,
    driver: PersonName,
    pick_up: CalendarDay,
    days: Days,
    extras: Annotated[list[Extra], Field(max_length=4)] | None = None,
) -> Rental:
    """Reserve a rental car for a driver; extras are charged by the day.

    car_id: The car, as given by car_rental_search.
    driver: Given name and family name of the driver.
    pick_up: Day of the pick-up, YYYY-MM-DD, from today on.
    days: How many days.
    extras: What is wanted besides the car.
    """
    car = find_car(w, car_id)
    last = period(w, pick_up, days)
    require_free(w, car_id, pick_up, last)
    chosen = [extra for extra in EXTRAS if extra in (extras or [])]
    return RENTALS.put(
        w,
        Rental(
            rental_id=w.new_id("RNT"),
            car_id=car_id,
            airport=car.airport,
            plate=car.plate,
            driver=driver,
            pick_up=pick_up,
            drop_off=last,
            extras=chosen,
            total=cost_of(w, car, days, chosen),
            currency=car.currency,
            status="reserved",
        ),
    )


@car_rental.tool(example={}, kind="stateful")
def list_(w: World, limit: Limit = 5) -> RentalList:
    """List the user's car rentals, earliest pick-up first.

    limit: At most this many rentals.
    """
    found = sorted(RENTALS.all(w), key=lambda row: (row.pick_up, row.rental_id))
    return RentalList(total=len(found), rentals=found[:limit])


@car_rental.tool(
    example={"rental_id": "@car_rental_reserve.rental_id", "days": 6},
    errors=[NotFound, Conflict, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def change_days(w: World, rental_id: RentalId, days: Days) -> Rental:
    """Make a car rental longer or shorter; the total is worked out anew.

    rental_id: A reserved rental, as given by car_rental_reserve.
    days: How many days in all, from the same pick-up day.
    """
    row = reserved(w, rental_id)
    last = period(w, row.pick_up, days)
    require_free(w, row.car_id, row.pick_up, last, rental_id)
    total = cost_of(w, find_car(w, row.car_id), days, row.extras)
    return RENTALS.put(w, row.model_copy(update={"drop_off": last, "total": total}))


@car_rental.tool(
    example={"rental_id": "@car_rental_reserve.rental_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def cancel(w: World, rental_id: RentalId) -> Rental:
    """Cancel a car rental free of charge until the day of the pick-up.

    rental_id: A reserved rental, as given by car_rental_reserve.
    """
    return RENTALS.put(w, reserved(w, rental_id).model_copy(update={"status": "cancelled"}))


def period(w: World, pick_up: str, days: int) -> str:
    """The day of the return. Raises InvalidArgument for a past or too distant day."""
    first = datetime.fromisoformat(pick_up).date()
    if not w.today <= first <= w.today + timedelta(days=730):
        raise InvalidArgument(f"pick_up {pick_up} is not between today ({w.today}) and two years later")
    return (first + timedelta(days=days)).isoformat()


def cost_of(w: World, car: Car, days: int, extras: list[Extra]) -> float:
    """Car and extras for all the days."""
    return round_local(w, days * (car.daily_rate + sum(price(w, EXTRAS[extra]) for extra in extras)))


def blocker(w: World, car_id: str, first: str, last: str, except_for: str = "") -> str | None:
    """What the car is taken by on some of the days before the last: a rental, or other customers."""
    for row in RENTALS.all(w):
        held = (row.car_id, row.status) == (car_id, "reserved") and row.rental_id != except_for
        if held and row.pick_up < last and first < row.drop_off:
            return row.rental_id
    week = datetime.fromisoformat(first).date().isocalendar()
    taken = w.draw("car_taken", car_id, week.year, week.week).chance(0.12)
    return "another customer" if taken and not except_for else None


def require_free(w: World, car_id: str, first: str, last: str, except_for: str = "") -> None:
    """Raises Conflict if the car is taken."""
    taken = blocker(w, car_id, first, last, except_for)
    if taken:
        raise Conflict(f"car_id {car_id} is taken by {taken} between {first} and {last}")


def reserved(w: World, rental_id: str) -> Rental:
    """The rental. Raises NotFound, or FailedPrecondition if it is cancelled or has begun."""
    row = RENTALS.get(w, rental_id)
    if row.status == "cancelled" or row.pick_up < w.today.isoformat():
        raise FailedPrecondition(f"rental_id {rental_id} is cancelled or was picked up on {row.pick_up}")
    return row
