"""The fictional hotels of every listed city: three each, the same ones throughout a world."""

from typing import Annotated

from pydantic import Field

from mock_apis.core import Record, Table, World
from mock_apis.core.entities import CityName, CurrencyCode, Entity, StreetAddress
from mock_apis.core.persona import STREETS
from mock_apis.geography.cities import all_cities

HotelId = Annotated[str, Field(pattern=r"^HT-[0-9A-F]{6}$"), Entity("hotel.id")]
Stars = Annotated[int, Field(ge=2, le=5)]

HOTELS_A_CITY = 3
FIRST_WORDS = ("Amber", "Cedar", "Harbour", "Ivory", "Juniper", "Lantern", "Linden", "Meadow", "Orchard", "Quarry")
LAST_WORDS = ("House", "Hotel", "Inn", "Lodge", "Court", "Rooms", "Residence")


class Hotel(Record):
    hotel_id: HotelId
    name: str
    city: CityName
    address: StreetAddress
    stars: Stars
    rooms: int
    nightly_rate: float
    """For one room; Friday and Saturday nights cost 20 percent more."""
    currency: CurrencyCode
    breakfast: bool


def seed_hotels(w: World) -> list[Hotel]:
    """Three hotels in every listed city."""
    places = [(city.name, number) for city in all_cities().values() for number in range(HOTELS_A_CITY)]
    return [_hotel(w, city, number, index) for index, (city, number) in enumerate(places)]


def _hotel(w: World, city: str, number: int, index: int) -> Hotel:
    """`index` keeps the ids of one world apart."""
    draw = w.draw("hotels", city, number)
    stars = draw.between(2, 5)
    return Hotel(
        hotel_id=f"HT-{draw.bits() % 0x4000 * 0x400 + index:06X}",
        name=f"{FIRST_WORDS[(draw.between(0, 2) + 3 * number) % 10]} {draw.pick(LAST_WORDS)}",
        city=city,
        address=f"{draw.between(1, 180)} {draw.pick(STREETS)}, {city}",
        stars=stars,
        rooms=draw.between(8, 60),
        nightly_rate=draw.amount(30.0 * stars, 70.0 * stars),
        currency="USD",
        breakfast=draw.chance(0.5),
    )


HOTELS = Table("hotels", key="hotel_id", seed_rows=seed_hotels)
