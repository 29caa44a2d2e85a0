"""Tickets for the trains of the fictional railway, paid with the persona's card."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import CurrencyCode, Entity, Limit, PersonName
from mock_apis.core.errors import Conflict, FailedPrecondition, InsufficientFunds, NotFound
from mock_apis.core.persona import persona
from mock_apis.finance.ledger import CardId, charge_card, refund_card
from mock_apis.finance.price_level import round_local
from mock_apis.geography.timezones import now_in
from mock_apis.time.dates import Moment
from mock_apis.transport.train_network import local, station_of
from mock_apis.transport.trains import StationCode, TrainId, calls_at, fare_of, pair

train_tickets = Domain(
    "train_tickets", category="transport", description="The user's tickets for trains of the fictional railway."
)

TicketId = Annotated[str, Field(pattern=r"^TKT-[0-9A-F]{6}$"), Entity("train_ticket.id")]
TicketStatus = Literal["valid", "refunded"]
RAILWAY = "Continental Rail"


class Ticket(Record):
    ticket_id: TicketId
    train_id: TrainId
    passenger: PersonName
    origin: StationCode
    destination: StationCode
    depart: Moment
    arrive: Moment
    first_class: bool
    fare: float
    currency: CurrencyCode
    card_id: CardId
    status: TicketStatus


class TicketList(Record):
    total: int
    tickets: list[Ticket]


class TicketRefund(Record):
    ticket_id: TicketId
    status: TicketStatus
    refund: float
    currency: CurrencyCode
    card_id: CardId


def no_tickets(w: World) -> list[Ticket]:
    """Nobody has a ticket when a world begins."""
    return []


TICKETS = Table("train_tickets", key="ticket_id", seed_rows=no_tickets)


@train_tickets.tool(
    example={
        "train_id": "@trains_search.trains[0].train_id",
        "origin": "@trains_search.origin",
        "destination": "@trains_search.destination",
        "passenger": "@account_profile.name",
    },
    errors=[NotFound, Conflict, FailedPrecondition, InsufficientFunds],
    writes=True,
    kind="stateful",
)
def book(
    w: World,
    train_id: TrainId,
    origin: StationCode,
    destination: StationCode,
    passenger: PersonName,
    first_class: bool = False,
) -> Ticket:
    """Buy a ticket for a train with the user's first card.

    train_id: The train, as given by trains_search.
    origin: Code of the station at which the passenger boards.
    destination: Code of the station at which the passenger leaves.
    passenger: Given name and family name of the traveller.
    first_class: First class, which costs 60 percent more.
    """
    one, two = pair(origin, destination)
    start, end = calls_at(w, train_id, one, two)
    if start.depart <= now_in(w, "UTC"):
        raise FailedPrecondition(f"train_id {train_id} left {origin} at {local(start.depart, one)}")
    for row in TICKETS.all(w):
        if (row.train_id, row.passenger.casefold(), row.status) == (train_id, passenger.casefold(), "valid"):
            raise Conflict(f"passenger '{passenger}' has ticket {row.ticket_id} for {train_id}")
    fare = fare_of(w, start, end, first_class)
    card = charge_card(w, None, fare, RAILWAY)
    return TICKETS.put(
        w,
        Ticket(
            ticket_id=w.new_id("TKT"),
            train_id=train_id,
            passenger=passenger,
            origin=origin,
            destination=destination,
            depart=local(start.depart, one),
            arrive=local(end.arrive, two),
            first_class=first_class,
            fare=fare,
            currency=persona(w).currency,
            card_id=card.card_id,
            status="valid",
        ),
    )


@train_tickets.tool(example={}, kind="stateful")
def list_(w: World, status: TicketStatus | None = None, limit: Limit = 5) -> TicketList:
    """List the train tickets that the user has bought, earliest departure first.

    status: Only tickets of this status.
    limit: At most this many tickets.
    """
    found = [row for row in TICKETS.all(w) if status in (None, row.status)]
    found.sort(key=lambda row: (row.depart, row.ticket_id))
    return TicketList(total=len(found), tickets=found[:limit])


@train_tickets.tool(example={"ticket_id": "@train_tickets_book.ticket_id"}, errors=[NotFound], kind="stateful")
def get(w: World, ticket_id: TicketId) -> Ticket:
    """Get a train ticket with its train, times, fare and status.

    ticket_id: The ticket, as given when it was bought or listed.
    """
    return TICKETS.get(w, ticket_id)


@train_tickets.tool(
    example={"ticket_id": "@train_tickets_book.ticket_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def refund(w: World, ticket_id: TicketId) -> TicketRefund:
    """Give a train ticket back: all in the first-class fare or a day ahead, else half.

    ticket_id: A valid ticket whose train has not left, as given by train_tickets_book.
    """
    row = TICKETS.get(w, ticket_id)
    if row.status != "valid":
        raise FailedPrecondition(f"ticket_id {ticket_id} is refunded already")
    start, _ = calls_at(w, row.train_id, station_of(row.origin), station_of(row.destination))
    left = start.depart - now_in(w, "UTC")
    if left <= timedelta():
        raise FailedPrecondition(f"ticket_id {ticket_id}: the train left at {row.depart}")
    whole = row.first_class or left >= timedelta(days=1)
    amount = row.fare if whole else round_local(w, row.fare / 2)
    refund_card(w, row.card_id, amount, RAILWAY)
    TICKETS.put(w, row.model_copy(update={"status": "refunded"}))
    return TicketRefund(
        ticket_id=ticket_id, status="refunded", refund=amount, currency=row.currency, card_id=row.card_id
    )
