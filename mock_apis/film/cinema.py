"""Showings in fictional cinemas of real cities; tickets are paid with the user's bank cards."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, World
from mock_apis.core.entities import CityName, IsoDate, Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, InsufficientFunds, InvalidArgument, NotFound
from mock_apis.core.persona import persona
from mock_apis.film.cinema_rows import (
    CINEMA_TICKETS,
    CINEMAS,
    MERCHANT,
    SHOWINGS,
    Cinema,
    CinemaId,
    CinemaList,
    CinemaSeat,
    CinemaTicket,
    CinemaTicketId,
    CinemaTicketList,
    Playing,
    PlayingList,
    SeatList,
    Showing,
    ShowingHead,
    ShowingId,
    ShowingList,
    TicketState,
    free_of,
)
from mock_apis.film.movie_rows import MOVIES, MovieId
from mock_apis.finance.ledger import CardId, charge_card, refund_card
from mock_apis.finance.price_level import round_local

cinema = Domain("cinema", category="film", description="Fictional cinemas and showings; pays with the bank cards.")

REFUND_ENDS = timedelta(hours=2)


@cinema.tool(example={}, kind="stateful")
def theatres(w: World, city: CityName | None = None, limit: Limit = 5) -> CinemaList:
    """List the cinemas of a city with their street.

    city: English name of the city; the user's home if left out.
    limit: At most this many cinemas.
    """
    place = (city or persona(w).city).casefold()
    rows = [row for row in CINEMAS.all(w) if row.city.casefold() == place]
    return CinemaList(total=len(rows), cinemas=rows[:limit])


@cinema.tool(example={}, kind="stateful")
def now_showing(w: World, city: CityName | None = None, limit: Limit = 5) -> PlayingList:
    """List the films that run in a city's cinemas this week, with the next start.

    city: English name of the city; the user's home if left out.
    limit: At most this many films, soonest first.
    """
    place = city or persona(w).city
    showings = [row for row in upcoming(w) if CINEMAS.get(w, row.cinema_id).city.casefold() == place.casefold()]
    films = []
    for key in dict.fromkeys(row.movie_id for row in showings):
        starts = [row.start for row in showings if row.movie_id == key]
        title = MOVIES.get(w, key).title
        films.append(Playing(movie_id=key, title=title, showings=len(starts), next_start=starts[0]))
    return PlayingList(city=place, total=len(films), movies=films[:limit])


@cinema.tool(example={"cinema_id": "@cinema_theatres.cinemas[0].cinema_id"}, errors=[NotFound], kind="stateful")
def showtimes(
    w: World,
    movie_id: MovieId | None = None,
    cinema_id: CinemaId | None = None,
    city: CityName | None = None,
    day: IsoDate | None = None,
    limit: Limit = 5,
) -> ShowingList:
    """Find upcoming showings by film, cinema, city and day, soonest first.

    movie_id: Only showings of this film, as given by movies_search or cinema_now_showing.
    cinema_id: Only showings in this cinema, as given by cinema_theatres.
    city: Only showings in this city, by its English name.
    day: Only showings on this day, YYYY-MM-DD.
    limit: At most this many showings.
    """
    if movie_id is not None:
        MOVIES.get(w, movie_id)
    if cinema_id is not None:
        CINEMAS.get(w, cinema_id)
    rows = [row for row in upcoming(w) if movie_id in (None, row.movie_id) and cinema_id in (None, row.cinema_id)]
    rows = [row for row in rows if day in (None, row.start[:10])]
    if city is not None:
        rows = [row for row in rows if CINEMAS.get(w, row.cinema_id).city.casefold() == city.casefold()]
    heads = [
        ShowingHead(**row.model_dump(exclude={"three_d"}), title=MOVIES.get(w, row.movie_id).title)
        for row in rows[:limit]
    ]
    return ShowingList(total=len(rows), showings=heads)


@cinema.tool(example={"showing_id": "@cinema_showtimes.showings[0].showing_id"}, errors=[NotFound], kind="stateful")
def free_seats(w: World, showing_id: ShowingId, together: Annotated[int, Field(ge=1, le=8)] = 1) -> SeatList:
    """List free seats of a showing, or those that begin a run of free neighbours.

    showing_id: The showing, as given by cinema_showtimes.
    together: How many neighbouring free seats there must be from each listed seat on; at most 20 are listed.
    """
    free = free_of(w, SHOWINGS.get(w, showing_id).showing_id)
    known = set(free)
    found = [seat for seat in free if all(f"{seat[0]}{int(seat[1:]) + step}" in known for step in range(together))]
    return SeatList(showing_id=showing_id, total=len(found), seats=found[:20])


@cinema.tool(
    example={"showing_id": "@cinema_free_seats.showing_id", "seats": ["@cinema_free_seats.seats[0]"]},
    errors=[NotFound, Conflict, FailedPrecondition, InsufficientFunds],
    writes=True,
    kind="stateful",
)
def buy(
    w: World,
    showing_id: ShowingId,
    seats: Annotated[list[CinemaSeat], Field(min_length=1, max_length=8)],
    card_id: CardId | None = None,
) -> CinemaTicket:
    """Buy one ticket for chosen seats of a cinema showing.

    showing_id: The showing, as given by cinema_showtimes.
    seats: Different free seats such as C4, as given by cinema_free_seats.
    card_id: Card to pay with, as given by bank_cards; the first one if left out.
    """
    showing = SHOWINGS.get(w, showing_id)
    if showing.start <= w.now.isoformat(timespec="minutes"):
        raise FailedPrecondition(f"showing_id {showing_id} has begun ({showing.start})")
    if len(set(seats)) < len(seats):
        raise InvalidArgument("seats: a seat is named twice")
    free = free_of(w, showing_id)
    for seat in seats:
        if seat not in free:
            raise Conflict(f"seats: {seat} is taken; see cinema_free_seats")
    total = round_local(w, showing.price * len(seats))
    card = charge_card(w, card_id, total, MERCHANT)
    ticket = CinemaTicket(
        ticket_id=w.new_id("CTK"),
        showing_id=showing_id,
        title=MOVIES.get(w, showing.movie_id).title,
        cinema=CINEMAS.get(w, showing.cinema_id).name,
        start=showing.start,
        seats=seats,
        price=total,
        currency=showing.currency,
        card_id=card.card_id,
        status="valid",
    )
    return CINEMA_TICKETS.put(w, ticket)


@cinema.tool(example={}, kind="stateful")
def my_tickets(w: World, status: TicketState | None = None, limit: Limit = 5) -> CinemaTicketList:
    """List the user's cinema tickets, soonest showing first.

    status: Only tickets of this status.
    limit: At most this many tickets.
    """
    rows = [row for row in CINEMA_TICKETS.all(w) if status in (None, row.status)]
    rows.sort(key=lambda row: (row.start, row.ticket_id))
    return CinemaTicketList(total=len(rows), tickets=rows[:limit])


@cinema.tool(
    example={"ticket_id": "@cinema_buy.ticket_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def refund(w: World, ticket_id: CinemaTicketId) -> CinemaTicket:
    """Give a cinema ticket back at full price, until two hours before the film.

    ticket_id: A valid ticket, as given by cinema_my_tickets.
    """
    row = CINEMA_TICKETS.get(w, ticket_id)
    if row.status != "valid":
        raise FailedPrecondition(f"ticket_id {ticket_id} is refunded already")
    if w.now > datetime.fromisoformat(row.start) - REFUND_ENDS:
        raise FailedPrecondition(f"ticket_id {ticket_id} could be given back until two hours before {row.start}")
    refund_card(w, row.card_id, row.price, MERCHANT)
    return CINEMA_TICKETS.put(w, row.model_copy(update={"status": "refunded"}))


@cinema.tool(example={"showing_id": "@cinema_showtimes.showings[0].showing_id"}, errors=[NotFound], kind="stateful")
def where(w: World, showing_id: ShowingId) -> Cinema:
    """Show the cinema of a showing with its street and city.

    showing_id: The showing, as given by cinema_showtimes.
    """
    return CINEMAS.get(w, SHOWINGS.get(w, showing_id).cinema_id)


def upcoming(w: World) -> list[Showing]:
    """Showings that have not begun, soonest first."""
    now = w.now.isoformat(timespec="minutes")
    return sorted((row for row in SHOWINGS.all(w) if row.start > now), key=lambda row: (row.start, row.showing_id))
