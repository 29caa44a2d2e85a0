"""The rows behind the box office: venues, shows and sold tickets."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.communication.texts import draw_id
from mock_apis.core import Record, Table, World
from mock_apis.core.entities import (
    CityName,
    CurrencyCode,
    EmailAddress,
    Entity,
    IsoDateTime,
    StreetAddress,
)
from mock_apis.core.persona import HOMES, persona
from mock_apis.finance.ledger import CardId
from mock_apis.finance.price_level import price

ShowId = Annotated[str, Field(pattern=r"^SHOW-[0-9A-F]{6}$"), Entity("show.id")]
VenueId = Annotated[str, Field(pattern=r"^VEN-[0-9A-F]{6}$"), Entity("venue.id")]
TicketId = Annotated[str, Field(pattern=r"^TIX-[0-9A-F]{6}$"), Entity("show_ticket.id")]
Kind = Literal["concert", "theatre", "sport", "comedy"]
Section = Literal["standing", "balcony", "front"]
Status = Literal["valid", "transferred", "refunded"]
FACTORS: dict[Section, float] = {"standing": 1.0, "balcony": 1.3, "front": 2.0}
REFUND_DAYS = 7
MERCHANT = "Box Office"


class Venue(Record):
    venue_id: VenueId
    name: str
    street: StreetAddress
    city: CityName
    capacity: int
    step_free: bool


class Show(Record):
    show_id: ShowId
    title: str
    kind: Kind
    venue_id: VenueId
    city: CityName
    start: IsoDateTime
    base_price: float
    sold: int


class ShowHead(Record):
    show_id: ShowId
    title: str
    kind: Kind
    venue_id: VenueId
    city: CityName
    start: IsoDateTime
    from_price: float
    currency: CurrencyCode


class ShowList(Record):
    total: int
    shows: list[ShowHead]


class SectionPrice(Record):
    section: Section
    price: float
    left: int


class Prices(Record):
    show_id: ShowId
    currency: CurrencyCode
    sections: list[SectionPrice]


class Ticket(Record):
    ticket_id: TicketId
    show_id: ShowId
    title: str
    start: IsoDateTime
    section: Section
    price: float
    currency: CurrencyCode
    card_id: CardId
    status: Status
    holder: EmailAddress


class TicketList(Record):
    total: int
    tickets: list[Ticket]


class Purchase(Record):
    total_price: float
    currency: CurrencyCode
    card_id: CardId
    tickets: list[TicketId]


TITLES: tuple[tuple[str, Kind], ...] = (
    ("The Lantern Quartet", "concert"), ("Salt and Thunder live", "concert"), ("The Clockmaker's Daughter", "theatre"),
    ("Harbour United - Northfield", "sport"), ("Nobody Laughs on Mondays", "comedy"), ("Winter Requiem", "concert"),
)  # fmt: skip


def seed_venues(w: World) -> list[Venue]:
    """One hall in each city."""
    draw = w.draw("event_tickets.venues")
    return [
        Venue(
            venue_id=draw_id(draw, "VEN"),
            name=f"{city} {draw.pick(('Arena', 'Playhouse', 'Music Hall'))}",
            street=f"{draw.between(1, 90)} Theatre Square",
            city=city,
            capacity=draw.between(4, 40) * 50,
            step_free=draw.chance(0.7),
        )
        for city, *_ in HOMES
    ]


def seed_shows(w: World) -> list[Show]:
    """Every title in three cities, in the next ten weeks; about one in five is nearly sold out."""
    draw, venues, rows = w.draw("event_tickets.shows"), VENUES.all(w), []
    home = next(venue for venue in venues if venue.city == persona(w).city)
    for title, kind in TITLES:
        for venue in [home, *draw.sample([venue for venue in venues if venue is not home], 2)]:
            day = w.today + timedelta(days=draw.between(9, 70))
            row = Show(
                show_id=draw_id(draw, "SHOW"),
                title=title,
                kind=kind,
                venue_id=venue.venue_id,
                city=venue.city,
                start=f"{day}T{draw.between(18, 20)}:{draw.pick(('00', '30'))}",
                base_price=price(w, draw.between(10, 45)),
                sold=venue.capacity * (95 if draw.chance(0.2) else draw.between(20, 80)) // 100,
            )
            rows.append(row)
    return rows


VENUES = Table("event_tickets.venues", key="venue_id", seed_rows=seed_venues)
SHOWS = Table("event_tickets.shows", key="show_id", seed_rows=seed_shows)
TICKETS: Table[Ticket] = Table("event_tickets.tickets", key="ticket_id", seed_rows=lambda w: ())
