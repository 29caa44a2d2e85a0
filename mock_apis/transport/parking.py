"""Car parks of the largest cities, fictional, and the persona's parking sessions by number plate."""

import re
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import CityName, CurrencyCode, Entity, Limit, StreetAddress
from mock_apis.core.errors import Conflict, FailedPrecondition, NotFound, ResourceExhausted
from mock_apis.core.persona import STREETS, persona
from mock_apis.finance.price_level import price, round_local
from mock_apis.time.dates import Moment
from mock_apis.transport.car_fleet import Plate
from mock_apis.transport.served_cities import city_at, number_of

parking = Domain("parking", category="transport", description="Fictional car parks in large cities.")

LotId = Annotated[str, Field(pattern=r"^LOT-[0-9A-F]{6}$"), Entity("parking_lot.id")]
SessionId = Annotated[str, Field(pattern=r"^PKS-[0-9A-F]{6}$"), Entity("parking_session.id")]
Minutes = Annotated[int, Field(ge=15, le=2880)]
SessionStatus = Literal["active", "expired", "ended"]
NAMES = ("Central", "Station", "Market", "Riverside", "Theatre")
QUARTER = 15
"""Minutes; every one begun is charged."""


class Lot(Record):
    lot_id: LotId
    name: str
    city: CityName
    address: StreetAddress
    hourly_rate: float
    daily_maximum: float
    currency: CurrencyCode
    spaces: int
    free_now: int
    max_height_m: float
    chargers: int
    """Spaces with a charger for electric cars, among the others."""


class LotRow(Record):
    lot_id: LotId
    name: str
    address: StreetAddress
    hourly_rate: float
    free_now: int


class LotList(Record):
    total: int
    currency: CurrencyCode
    lots: list[LotRow]


class Quote(Record):
    lot_id: LotId
    minutes: int
    cost: float
    currency: CurrencyCode


class Session(Record):
    session_id: SessionId
    lot_id: LotId
    plate: Plate
    start: Moment
    end: Moment
    cost: float
    currency: CurrencyCode
    ended: bool


class SessionView(Record):
    session_id: SessionId
    lot_id: LotId
    plate: Plate
    start: Moment
    end: Moment
    cost: float
    currency: CurrencyCode
    status: SessionStatus


class SessionList(Record):
    total: int
    sessions: list[SessionView]


def no_sessions(w: World) -> list[Session]:
    """No car is parked when a world begins."""
    return []


SESSIONS = Table("parking_sessions", key="session_id", seed_rows=no_sessions)


@parking.tool(example={"city": "@account_profile.city"}, errors=[NotFound], kind="stateful")
def lots(w: World, city: CityName, limit: Limit = 5) -> LotList:
    """List the car parks of a city with their rates and free spaces, cheapest first.

    city: English name of one of the 1000 largest cities, such as Paris.
    limit: At most this many car parks.
    """
    number = number_of(city)
    found = [_lot(w, number, place) for place in range(len(NAMES))]
    found.sort(key=lambda lot: (lot.hourly_rate, lot.lot_id))
    rows = [LotRow(**lot.model_dump(include=set(LotRow.model_fields))) for lot in found]
    return LotList(total=len(rows), currency=persona(w).currency, lots=rows[:limit])


@parking.tool(example={"lot_id": "@parking_lots.lots[0].lot_id"}, errors=[NotFound], kind="stateful")
def get_lot(w: World, lot_id: LotId) -> Lot:
    """Get a car park's address, rates, spaces, height limit and chargers.

    lot_id: The car park, as given by parking_lots.
    """
    return find_lot(w, lot_id)


@parking.tool(example={"lot_id": "@parking_lots.lots[0].lot_id", "minutes": 150}, errors=[NotFound], kind="stateful")
def quote(w: World, lot_id: LotId, minutes: Minutes) -> Quote:
    """Work out what parking in a car park costs for some minutes.

    lot_id: The car park, as given by parking_lots.
    minutes: How long, 15 to 2880; every quarter of an hour begun is charged.
    """
    lot = find_lot(w, lot_id)
    return Quote(lot_id=lot_id, minutes=minutes, cost=cost_of(w, lot, minutes), currency=lot.currency)


@parking.tool(
    example={
        "lot_id": "@parking_lots.lots[0].lot_id",
        "plate": "@car_rental_get_car.plate",
        "minutes": 120,
    },
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def start_session(w: World, lot_id: LotId, plate: Plate, minutes: Minutes) -> SessionView:
    """Park a car from now on for some minutes.

    lot_id: The car park, as given by parking_lots.
    plate: Number plate of the car, capitals and digits only.
    minutes: How long, 15 to 2880.
    """
    lot = find_lot(w, lot_id)
    for row in SESSIONS.all(w):
        if row.plate == plate and status_of(w, row) == "active":
            raise Conflict(f"plate {plate} is parked until {row.end}: {row.session_id}")
    if lot.free_now < 1:
        raise ResourceExhausted(f"lot_id {lot_id} has no free space now")
    row = Session(
        session_id=w.new_id("PKS"),
        lot_id=lot_id,
        plate=plate,
        start=show(w.now),
        end=show(w.now + timedelta(minutes=minutes)),
        cost=cost_of(w, lot, minutes),
        currency=lot.currency,
        ended=False,
    )
    return view(w, SESSIONS.put(w, row))


@parking.tool(
    example={"session_id": "@parking_start_session.session_id", "minutes": 60},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def extend_session(w: World, session_id: SessionId, minutes: Minutes) -> SessionView:
    """Let an active parking session last some minutes longer, a week in all at most.

    session_id: An active session, as given by parking_start_session.
    minutes: Minutes to add, 15 to 2880.
    """
    row = active(w, session_id)
    end = datetime.fromisoformat(row.end) + timedelta(minutes=minutes)
    length = end - datetime.fromisoformat(row.start)
    if length > timedelta(days=7):
        raise FailedPrecondition(f"session_id {session_id} would last over a week, until {show(end)}")
    cost = cost_of(w, find_lot(w, row.lot_id), int(length.total_seconds()) // 60)
    return view(w, SESSIONS.put(w, row.model_copy(update={"end": show(end), "cost": cost})))


@parking.tool(
    example={"session_id": "@parking_start_session.session_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def end_session(w: World, session_id: SessionId) -> SessionView:
    """End an active parking session now; only the quarters of an hour begun are charged.

    session_id: An active session, as given by parking_start_session.
    """
    row = active(w, session_id)
    used = int((w.now - datetime.fromisoformat(row.start)).total_seconds()) // 60
    cost = cost_of(w, find_lot(w, row.lot_id), max(used, 1))
    return view(w, SESSIONS.put(w, row.model_copy(update={"end": show(w.now), "cost": cost, "ended": True})))


@parking.tool(example={}, kind="stateful")
def sessions(w: World, status: SessionStatus | None = None, limit: Limit = 5) -> SessionList:
    """List the user's parking sessions, latest first.

    status: Only sessions of this status.
    limit: At most this many sessions.
    """
    found = [view(w, row) for row in SESSIONS.all(w)]
    found = [row for row in found if status in (None, row.status)]
    found.sort(key=lambda row: (row.start, row.session_id), reverse=True)
    return SessionList(total=len(found), sessions=found[:limit])


def find_lot(w: World, lot_id: str) -> Lot:
    """The car park. Raises NotFound."""
    match = re.fullmatch(r"LOT-([0-9A-F]{3})([0-9A-F])[0-9A-F]{2}", lot_id)
    if match:
        number, place = int(match[1], 16), int(match[2], 16)
        if city_at(number) is not None and place < len(NAMES):
            lot = _lot(w, number, place)
            if lot.lot_id == lot_id:
                return lot
    raise NotFound(f"no lot_id '{lot_id}'; see parking_lots")


def cost_of(w: World, lot: Lot, minutes: int) -> float:
    """Whole days at the maximum, the rest by quarters of an hour up to it."""
    days, rest = divmod(minutes, 1440)
    quarters = -(-rest // QUARTER)
    return round_local(w, days * lot.daily_maximum + min(lot.daily_maximum, quarters * lot.hourly_rate / 4))


def active(w: World, session_id: str) -> Session:
    """The session. Raises NotFound, or FailedPrecondition if it is over."""
    row = SESSIONS.get(w, session_id)
    if status_of(w, row) != "active":
        raise FailedPrecondition(f"session_id {session_id} is {status_of(w, row)} since {row.end}")
    return row


def status_of(w: World, row: Session) -> SessionStatus:
    """Whether the car may still stand there."""
    if row.ended:
        return "ended"
    return "active" if show(w.now) < row.end else "expired"


def view(w: World, row: Session) -> SessionView:
    """The session with its status now."""
    return SessionView(status=status_of(w, row), **row.model_dump(exclude={"ended"}))


def show(moment: datetime) -> str:
    """The time to the minute as text."""
    return moment.isoformat(timespec="minutes")


def _lot(w: World, number: int, place: int) -> Lot:
    city = city_at(number)
    assert city is not None
    draw = w.draw("parking", city.name, place)
    lot_id = f"LOT-{number:03X}{place:X}{draw.bits() % 0x100:02X}"
    rate, spaces = price(w, draw.amount(1.6, 4.4)), draw.between(4, 40) * 10
    held = sum(row.lot_id == lot_id and status_of(w, row) == "active" for row in SESSIONS.all(w))
    others = w.draw("parking_free", lot_id, w.now.isoformat()[:13]).between(0, spaces // 2)
    return Lot(
        lot_id=lot_id,
        name=f"{NAMES[place]} Car Park",
        city=city.name,
        address=f"{draw.between(1, 120)} {draw.pick(STREETS)}",
        hourly_rate=rate,
        daily_maximum=round_local(w, rate * 7),
        currency=persona(w).currency,
        spaces=spaces,
        free_now=max(0, others - held),
        max_height_m=draw.pick((1.9, 2.0, 2.1, 2.4)),
        chargers=draw.between(0, 12),
    )
