"""The rows behind the fictional homes, viewings and offers."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Record, Table, World
from mock_apis.core.entities import CityName, CurrencyCode, Entity, IsoDateTime, StreetAddress
from mock_apis.core.persona import HOMES, STREETS
from mock_apis.finance.price_level import LEVELS
from mock_apis.home.home_projects import FloorAreaValue

ListingId = Annotated[str, Field(pattern=r"^HOME-[0-9A-F]{6}$"), Entity("housing_listing.id")]
ViewingId = Annotated[str, Field(pattern=r"^VIEW-[0-9A-F]{6}$"), Entity("housing_viewing.id")]
OfferId = Annotated[str, Field(pattern=r"^OFR-[0-9A-F]{6}$"), Entity("housing_offer.id")]
ViewingStart = Annotated[IsoDateTime, Entity("housing_viewing.start")]
Deal = Literal["sale", "rent"]
Kind = Literal["flat", "house"]
Amount = Annotated[float, Field(ge=1, le=1e12)]
EACH = 8
"""Homes a city: half for sale, half for rent."""


class Listing(Record):
    listing_id: ListingId
    deal: Deal
    kind: Kind
    city: CityName
    street: StreetAddress
    rooms: int
    floor_m2: FloorAreaValue
    built: int
    price: float
    """For sale: the price; for rent: a month's."""
    currency: CurrencyCode


class ListingList(Record):
    total: int
    listings: list[Listing]


class ViewingTimes(Record):
    listing_id: ListingId
    total: int
    starts: list[ViewingStart]


class Viewing(Record):
    viewing_id: ViewingId
    listing_id: ListingId
    start: ViewingStart
    street: StreetAddress
    status: Literal["booked", "cancelled"]


class ViewingList(Record):
    total: int
    viewings: list[Viewing]


class Offer(Record):
    offer_id: OfferId
    listing_id: ListingId
    amount: float
    currency: CurrencyCode
    status: Literal["accepted", "refused", "withdrawn"]


class Yield(Record):
    listing_id: ListingId
    gross_percent: float
    net_percent: float
    price_per_m2: float
    currency: CurrencyCode


def seed_listings(w: World) -> list[Listing]:
    """Eight homes in every city of HOMES, with prices that fit the currency."""
    draw, rows = w.draw("listings"), []
    for city, _, currency, _, _ in HOMES:
        for number in range(EACH):
            rooms = draw.between(1, 5)
            kind: Kind = "house" if draw.chance(0.3) else "flat"
            area = rooms * draw.between(17, 26) + (25 if kind == "house" else 10)
            deal: Deal = "sale" if number % 2 == 0 else "rent"
            unit = draw.between(3200, 8200) if deal == "sale" else draw.between(11, 26)
            step = 1000 if deal == "sale" else 10
            rows.append(
                Listing(
                    listing_id=f"HOME-{draw.bits() % 0x1000000:06X}",
                    deal=deal,
                    kind=kind,
                    city=city,
                    street=f"{draw.between(1, 160)} {draw.pick(STREETS)}",
                    rooms=rooms,
                    floor_m2=area,
                    built=draw.between(1890, 2021),
                    price=float(round(area * unit * LEVELS[currency] / step) * step),
                    currency=currency,
                )
            )
    return rows


LISTINGS = Table("housing_listings", key="listing_id", seed_rows=seed_listings)
VIEWINGS = Table[Viewing]("housing_viewings", key="viewing_id", seed_rows=lambda w: ())
OFFERS = Table[Offer]("housing_offers", key="offer_id", seed_rows=lambda w: ())
