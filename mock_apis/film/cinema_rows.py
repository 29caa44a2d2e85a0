"""The fictional cinemas, their showings, and the tickets that the user has bought."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.communication.texts import draw_id
from mock_apis.core import Record, Table, World
from mock_apis.core.entities import CityName, CurrencyCode, Entity, IsoDateTime, StreetAddress
from mock_apis.core.persona import HOMES, persona
from mock_apis.film.movie_rows import MOVIES, MovieId
from mock_apis.finance.ledger import CardId
from mock_apis.finance.price_level import price

CinemaId = Annotated[str, Field(pattern=r"^CIN-[0-9A-F]{6}$"), Entity("cinema.id")]
ShowingId = Annotated[str, Field(pattern=r"^SCR-[0-9A-F]{6}$"), Entity("showing.id")]
CinemaTicketId = Annotated[str, Field(pattern=r"^CTK-[0-9A-F]{6}$"), Entity("cinema_ticket.id")]
CinemaSeat = Annotated[str, Field(pattern=r"^[A-J](1[0-2]|[1-9])$"), Entity("cinema.seat")]
TicketState = Literal["valid", "refunded"]
SEATS = tuple(f"{row}{number}" for row in "ABCDEFGHIJ" for number in range(1, 13))
MERCHANT = "Cinema"
DAYS = 7


class Cinema(Record):
    cinema_id: CinemaId
    name: str
    street: StreetAddress
    city: CityName


class CinemaList(Record):
    total: int
    cinemas: list[Cinema]


class Showing(Record):
    showing_id: ShowingId
    cinema_id: CinemaId
    movie_id: MovieId
    start: IsoDateTime
    three_d: bool
    price: float
    currency: CurrencyCode


class ShowingHead(Record):
    showing_id: ShowingId
    cinema_id: CinemaId
    movie_id: MovieId
    title: str
    start: IsoDateTime
    price: float
    currency: CurrencyCode


class ShowingList(Record):
    total: int
    showings: list[ShowingHead]


class SeatList(Record):
    showing_id: ShowingId
    total: int
    seats: list[CinemaSeat]


class CinemaTicket(Record):
    ticket_id: CinemaTicketId
    showing_id: ShowingId
    title: str
    cinema: str
    start: IsoDateTime
    seats: list[CinemaSeat]
    price: float
    currency: CurrencyCode
    card_id: CardId
    status: TicketState


class CinemaTicketList(Record):
    total: int
    tickets: list[CinemaTicket]


class Playing(Record):
    movie_id: MovieId
    title: str
    showings: int
    next_start: IsoDateTime


class PlayingList(Record):
    city: CityName
    total: int
    movies: list[Playing]


def seed_cinemas(w: World) -> list[Cinema]:
    """Two in each city where this world's people live."""
    draw = w.draw("cinema")
    return [
        Cinema(
            cinema_id=draw_id(draw, "CIN"),
            name=f"{name} {city}",
            street=f"{draw.between(1, 120)} {draw.pick(('Mill Lane', 'Park Avenue', 'River Street', 'Hill Road'))}",
            city=city,
        )
        for city, *_ in HOMES
        for name in draw.sample(("Lumen", "Palace", "Orpheum", "Regent"), 2)
    ]


def seed_showings(w: World) -> list[Showing]:
    """Two an evening and cinema, on each of the coming days, of the films of this year."""
    draw, rows = w.draw("cinema.showings"), []
    films = [movie for movie in MOVIES.all(w) if movie.year == w.today.year]
    for cinema in CINEMAS.all(w):
        level = price(w, draw.between(9, 14))
        for day in range(1, DAYS + 1):
            for hour, film in zip((17, 20), draw.sample(films, 2), strict=True):
                row = Showing(
                    showing_id=draw_id(draw, "SCR"),
                    cinema_id=cinema.cinema_id,
                    movie_id=film.movie_id,
                    start=f"{w.today + timedelta(days=day)}T{hour}:{draw.pick(('00', '15', '30'))}",
                    three_d=film.genre == "animation" and draw.chance(0.5),
                    price=level,
                    currency=persona(w).currency,
                )
                rows.append(row)
    return rows


CINEMAS = Table("cinema.cinemas", key="cinema_id", seed_rows=seed_cinemas)
SHOWINGS = Table("cinema.showings", key="showing_id", seed_rows=seed_showings)
CINEMA_TICKETS: Table[CinemaTicket] = Table("cinema.tickets", key="ticket_id", seed_rows=lambda w: ())


def free_of(w: World, showing_id: str) -> list[str]:
    """Seats that neither others nor the user's tickets hold, front first."""
    draw = w.draw("cinema.sold", showing_id)
    sold = set(draw.sample(SEATS, draw.between(10, 80)))
    held = {
        seat
        for row in CINEMA_TICKETS.all(w)
        if row.showing_id == showing_id and row.status == "valid"
        for seat in row.seats
    }
    return [seat for seat in SEATS if seat not in sold and seat not in held]
