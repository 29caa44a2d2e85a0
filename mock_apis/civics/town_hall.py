"""The rows behind the city's services: reported problems, permits, fines."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.communication.texts import draw_id
from mock_apis.core import Record, Table, World
from mock_apis.core.entities import CityName, CurrencyCode, Entity, IsoDate, StreetAddress
from mock_apis.core.persona import STREETS, persona
from mock_apis.finance.ledger import CardId
from mock_apis.finance.price_level import price

ReportId = Annotated[str, Field(pattern=r"^CASE-[0-9A-F]{6}$"), Entity("city_report.id")]
PermitId = Annotated[str, Field(pattern=r"^PMT-[0-9A-F]{6}$"), Entity("permit.id")]
FineId = Annotated[str, Field(pattern=r"^FINE-[0-9A-F]{6}$"), Entity("fine.id")]
Problem = Literal["pothole", "street_light", "litter", "graffiti", "noise"]
Waste = Literal["paper", "plastic", "organic", "residual"]
PermitType = Literal["parking", "street_party", "skip_on_street"]
FineStatus = Literal["unpaid", "paid"]
FEES: dict[PermitType, float] = {"parking": 30, "street_party": 45, "skip_on_street": 60}
"""In euro countries."""
TOWN_HALL = "Town Hall"
MOST_DAYS = 366


class Report(Record):
    report_id: ReportId
    problem: Problem
    street: StreetAddress
    note: str
    reported_on: IsoDate
    status: Literal["received", "in_progress", "fixed"]
    supporters: int
    supported: bool
    """Whether the user reported or supports it."""


class ReportList(Record):
    total: int
    reports: list[Report]


class Collection(Record):
    waste: Waste
    date: IsoDate


class Collections(Record):
    street: StreetAddress
    city: CityName
    collections: list[Collection]


class Permit(Record):
    permit_id: PermitId
    type: PermitType
    street: StreetAddress
    first_day: IsoDate
    last_day: IsoDate
    fee: float
    currency: CurrencyCode
    card_id: CardId
    """The fee was paid with it."""


class PermitList(Record):
    total: int
    permits: list[Permit]


class Fine(Record):
    fine_id: FineId
    reason: str
    street: StreetAddress
    amount: float
    currency: CurrencyCode
    pay_by: IsoDate
    status: FineStatus


class FineList(Record):
    total: int
    fines: list[Fine]


NOTES: tuple[tuple[Problem, str], ...] = (
    ("pothole", "Deep hole in the cycle lane."), ("street_light", "Lamp has been dark for a week."),
    ("litter", "Bags next to the full bin."), ("graffiti", "Paint on the underpass wall."),
)  # fmt: skip


def seed_reports(w: World) -> list[Report]:
    """Four problems that neighbours have reported."""
    draw = w.draw("city_services.reports")
    states: tuple[Literal["received", "in_progress", "fixed"], ...] = ("received", "in_progress", "fixed")
    return [
        Report(
            report_id=draw_id(draw, "CASE"),
            problem=problem,
            street=f"{draw.between(1, 120)} {draw.pick(STREETS)}",
            note=note,
            reported_on=(w.today - timedelta(days=draw.between(1, 25))).isoformat(),
            status=states[place % 3],
            supporters=draw.between(1, 14),
            supported=False,
        )
        for place, (problem, note) in enumerate(NOTES)
    ]


def seed_fines(w: World) -> list[Fine]:
    """Two unpaid fines."""
    draw, currency = w.draw("city_services.fines"), persona(w).currency
    return [
        Fine(
            fine_id=draw_id(draw, "FINE"),
            reason=reason,
            street=f"{draw.between(1, 120)} {draw.pick(STREETS)}",
            amount=price(w, amount),
            currency=currency,
            pay_by=(w.today + timedelta(days=draw.between(4, 25))).isoformat(),
            status="unpaid",
        )
        for reason, amount in (("Parked over time", 20), ("Parked on a cycle lane", 55))
    ]


REPORTS = Table("city_services.reports", key="report_id", seed_rows=seed_reports)
FINES = Table("city_services.fines", key="fine_id", seed_rows=seed_fines)
PERMITS: Table[Permit] = Table("city_services.permits", key="permit_id", seed_rows=lambda w: ())
