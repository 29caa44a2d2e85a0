"""Tickets for fictional concerts, plays and matches in the homes of this world's people."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, World
from mock_apis.core.entities import (
    CityName,
    EmailAddress,
    IsoDate,
    Limit,
)
from mock_apis.core.errors import (
    Conflict,
    FailedPrecondition,
    InsufficientFunds,
    InvalidArgument,
    NotFound,
    ResourceExhausted,
)
from mock_apis.core.persona import persona
from mock_apis.events.box_office import (
    FACTORS,
    MERCHANT,
    REFUND_DAYS,
    SHOWS,
    TICKETS,
    VENUES,
    Kind,
    Prices,
    Purchase,
    Section,
    SectionPrice,
    Show,
    ShowHead,
    ShowId,
    ShowList,
    Status,
    Ticket,
    TicketId,
    TicketList,
    Venue,
    VenueId,
)
from mock_apis.finance.ledger import CardId, charge_card, refund_card
from mock_apis.finance.price_level import round_local

event_tickets = Domain(
    "event_tickets", category="events", description="Box office of fictional shows; pays with the user's bank cards."
)


@event_tickets.tool(example={"kind": "concert"}, kind="stateful")
def search(
    w: World,
    query: str = "",
    city: CityName | None = None,
    kind: Kind | None = None,
    first_day: IsoDate | None = None,
    limit: Limit = 5,
) -> ShowList:
    """Find upcoming concerts, plays and matches by title, city, kind or day.

    query: Part of the title, in any case; all shows if left out.
    city: Only shows in this city, by its English name.
    kind: Only shows of this kind.
    first_day: Only shows on or after this day, YYYY-MM-DD.
    limit: At most this many shows, soonest first.
    """
    rows = [row for row in SHOWS.all(w) if query.casefold() in row.title.casefold() and kind in (None, row.kind)]
    rows = [row for row in rows if city in (None, row.city) and (first_day is None or row.start[:10] >= first_day)]
    rows.sort(key=lambda row: (row.start, row.show_id))
    currency = persona(w).currency
    heads = [
        ShowHead(**row.model_dump(exclude={"base_price", "sold"}), from_price=row.base_price, currency=currency)
        for row in rows[:limit]
    ]
    return ShowList(total=len(rows), shows=heads)


@event_tickets.tool(example={"venue_id": "@event_tickets_search.shows[0].venue_id"}, errors=[NotFound], kind="stateful")
def venue(w: World, venue_id: VenueId) -> Venue:
    """Show where the venue of a show is and how many people it holds.

    venue_id: The venue, as given by event_tickets_search.
    """
    return VENUES.get(w, venue_id)


@event_tickets.tool(example={"show_id": "@event_tickets_search.shows[0].show_id"}, errors=[NotFound], kind="stateful")
def prices(w: World, show_id: ShowId) -> Prices:
    """List the sections of a show with the price of a ticket and how many are left.

    show_id: The show, as given by event_tickets_search.
    """
    row = SHOWS.get(w, show_id)
    sections = [
        SectionPrice(section=section, price=price_of(w, row, section), left=left_in(w, row, section))
        for section in FACTORS
    ]
    return Prices(show_id=show_id, currency=persona(w).currency, sections=sections)


@event_tickets.tool(
    example={"show_id": "@event_tickets_search.shows[0].show_id", "section": "balcony"},
    errors=[NotFound, FailedPrecondition, ResourceExhausted, InsufficientFunds],
    writes=True,
    kind="stateful",
)
def buy(
    w: World,
    show_id: ShowId,
    section: Section,
    count: Annotated[int, Field(ge=1, le=6)] = 1,
    card_id: CardId | None = None,
) -> Purchase:
    """Buy tickets for a show with a bank card of the user.

    show_id: The show, as given by event_tickets_search.
    section: Where to sit or stand, as given by event_tickets_prices.
    count: How many tickets, 1 to 6.
    card_id: Card to pay with, as given by bank_cards; the first one if left out.
    """
    show = SHOWS.get(w, show_id)
    if show.start[:10] <= w.today.isoformat():
        raise FailedPrecondition(f"show_id {show_id}: sales have ended, it starts {show.start}")
    if (left := left_in(w, show, section)) < count:
        raise ResourceExhausted(f"count {count} is over the {left} tickets left in section {section}")
    each = price_of(w, show, section)
    total = round_local(w, each * count)
    card = charge_card(w, card_id, total, MERCHANT)
    tickets = []
    for _ in range(count):
        row = Ticket(
            ticket_id=w.new_id("TIX"),
            show_id=show_id,
            title=show.title,
            start=show.start,
            section=section,
            price=each,
            currency=persona(w).currency,
            card_id=card.card_id,
            status="valid",
            holder=persona(w).email,
        )
        tickets.append(TICKETS.put(w, row).ticket_id)
    return Purchase(total_price=total, currency=persona(w).currency, card_id=card.card_id, tickets=tickets)


@event_tickets.tool(example={}, kind="stateful")
def my_tickets(w: World, status: Status | None = None, limit: Limit = 5) -> TicketList:
    """List the tickets for shows that the user has bought, soonest show first.

    status: Only tickets of this status.
    limit: At most this many tickets.
    """
    rows = [row for row in TICKETS.all(w) if status in (None, row.status)]
    rows.sort(key=lambda row: (row.start, row.ticket_id))
    return TicketList(total=len(rows), tickets=rows[:limit])


@event_tickets.tool(
    example={"ticket_id": "@event_tickets_buy.tickets[0]", "to": "@contacts_search.contacts[0].email"},
    errors=[NotFound, Conflict, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def transfer(w: World, ticket_id: TicketId, to: EmailAddress) -> Ticket:
    """Pass a ticket for a show on to another person, for good.

    ticket_id: A valid ticket of the user, as given by event_tickets_my_tickets.
    to: Address of the person, in lower case; not the user's own.
    """
    row = get_valid(w, ticket_id)
    if to == row.holder:
        raise InvalidArgument(f"to: {to} holds the ticket already")
    if any(other.holder == to and other.show_id == row.show_id for other in TICKETS.all(w)):
        raise Conflict(f"to: {to} has a ticket for {row.show_id} from the user already")
    return TICKETS.put(w, row.model_copy(update={"holder": to, "status": "transferred"}))


@event_tickets.tool(
    example={"ticket_id": "@event_tickets_buy.tickets[0]"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def refund(w: World, ticket_id: TicketId) -> Ticket:
    """Give a ticket for a show back at full price, until a week before it.

    ticket_id: A valid ticket of the user, as given by event_tickets_my_tickets.
    """
    row = get_valid(w, ticket_id)
    last = date.fromisoformat(row.start[:10]) - timedelta(days=REFUND_DAYS)
    if w.today > last:
        raise FailedPrecondition(f"ticket_id {ticket_id} could be given back until {last}")
    refund_card(w, row.card_id, row.price, MERCHANT)
    return TICKETS.put(w, row.model_copy(update={"status": "refunded"}))


def price_of(w: World, show: Show, section: Section) -> float:
    """Price of one ticket."""
    return round_local(w, show.base_price * FACTORS[section])


def left_in(w: World, show: Show, section: Section) -> int:
    """A third of what others left, less what the user holds."""
    free = (VENUES.get(w, show.venue_id).capacity - show.sold) // len(FACTORS)
    held = [row for row in TICKETS.all(w) if (row.show_id, row.section) == (show.show_id, section)]
    return free - sum(row.status != "refunded" for row in held)


def get_valid(w: World, ticket_id: str) -> Ticket:
    """The ticket. Raises NotFound, or FailedPrecondition if it was given away or back."""
    row = TICKETS.get(w, ticket_id)
    if row.status != "valid":
        raise FailedPrecondition(f"ticket_id {ticket_id} is {row.status} already")
    return row
