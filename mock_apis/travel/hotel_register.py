"""The fictional hotels of every listed city: three each, the same ones throughout a world."""

from typing import Annotated

from pydantic import Field

from mock_apis.core import Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import CityName, CurrencyCode, Entity, StreetAddress
from mock_apis.core.errors import NotFound
from mock_apis.core.persona import STREETS
from mock_apis.geography.place_names import cities_by_key, fold

HotelId = Annotated[str, Field(pattern=r"^HT-[0-9A-F]{6}$"), Entity("hotel.id")]
Stars = Annotated[int, Field(ge=2, le=5)]

HOTELS_A_CITY = 3
IDS = 0x1000000
STRIDE = 0x9E3779
"""Odd, so that every number of a hotel gives another id."""
UNSTRIDE = pow(STRIDE, -1, IDS)
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


def hotels_in(w: World, city: str) -> list[Hotel]:
    """The hotels of a city, given by its name in the table."""
    place = cities_by_key()[fold(city)]
    return [_hotel(w, city, number, HOTELS_A_CITY * place + number) for number in range(HOTELS_A_CITY)]


def find_hotel(w: World, hotel_id: str) -> Hotel:
    """The hotel of that id. Raises NotFound."""
    index = (int(hotel_id[3:], 16) - _shift(w)) * UNSTRIDE % IDS
    place, number = divmod(index, HOTELS_A_CITY)
    if place >= len(load_rows("cities")):
        raise NotFound(f"no hotel_id '{hotel_id}'; see hotels_search")
    return _hotel(w, load_rows("cities")[place]["name"], number, index)


def _shift(w: World) -> int:
    """What makes the ids of two worlds differ."""
    return w.draw("hotel_ids").bits() % IDS


def _hotel(w: World, city: str, number: int, index: int) -> Hotel:
    draw = w.draw("hotels", city, number)
    stars = draw.between(2, 5)
    return Hotel(
        hotel_id=f"HT-{(index * STRIDE + _shift(w)) % IDS:06X}",
        name=f"{FIRST_WORDS[(draw.between(0, 2) + 3 * number) % 10]} {draw.pick(LAST_WORDS)}",
        city=city,
        address=f"{draw.between(1, 180)} {draw.pick(STREETS)}, {city}",
        stars=stars,
        rooms=draw.between(8, 60),
        nightly_rate=draw.amount(30.0 * stars, 70.0 * stars),
        currency="USD",
        breakfast=draw.chance(0.5),
    )
