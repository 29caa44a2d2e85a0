"""The persona's household appliances: warranty, service visits and cost of electricity."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import CurrencyCode, Entity, IsoDate, Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound
from mock_apis.core.persona import persona
from mock_apis.finance.price_level import price

appliances = Domain("appliances", category="home", description="The user's appliances, warranties and service visits.")

ApplianceId = Annotated[str, Field(pattern=r"^APPL-[0-9A-F]{6}$"), Entity("appliance.id")]
VisitId = Annotated[str, Field(pattern=r"^SVC-[0-9A-F]{6}$"), Entity("service_visit.id")]
Kind = Literal["washing machine", "dishwasher", "fridge", "oven", "dryer", "boiler", "vacuum cleaner", "other"]
Months = Annotated[int, Field(ge=0, le=240)]
Watts = Annotated[int, Field(ge=1, le=20000)]


class Appliance(Record):
    appliance_id: ApplianceId
    kind: Kind
    model: str
    bought: IsoDate
    warranty_months: int
    watts: int


class ApplianceList(Record):
    total: int
    appliances: list[Appliance]


class Warranty(Record):
    appliance_id: ApplianceId
    ends: IsoDate
    valid: bool
    days_left: int
    """Negative once it has ended."""


class Visit(Record):
    visit_id: VisitId
    appliance_id: ApplianceId
    day: IsoDate
    fault: str
    under_warranty: bool
    fee: float
    currency: CurrencyCode
    status: Literal["scheduled", "done", "cancelled"]


class VisitList(Record):
    total: int
    visits: list[Visit]


class RunningCost(Record):
    appliance_id: ApplianceId
    kwh_per_year: float
    cost_per_year: float


MODELS: tuple[tuple[Kind, str, int], ...] = (
    ("washing machine", "Lavora W7", 2100),
    ("dishwasher", "Lavora D45", 1800),
    ("fridge", "Nordfrost 300", 90),
    ("oven", "Ardo Chef 60", 3000),
)


def seed_appliances(w: World) -> list[Appliance]:
    """Four appliances of fictional makes, bought in the past four years."""
    draw = w.draw("appliances")
    return [
        Appliance(
            appliance_id=f"APPL-{draw.bits() % 0x1000000:06X}",
            kind=kind,
            model=model,
            bought=(w.today - timedelta(days=draw.between(30, 1400))).isoformat(),
            warranty_months=draw.pick((24, 36, 60)),
            watts=watts,
        )
        for kind, model, watts in MODELS
    ]


APPLIANCES = Table("appliances", key="appliance_id", seed_rows=seed_appliances)
VISITS = Table[Visit]("appliance_visits", key="visit_id", seed_rows=lambda w: ())


@appliances.tool(
    example={"kind": "dryer", "model": "Lavora T8", "bought": "2023-12-01", "warranty_months": 24, "watts": 900},
    writes=True,
    kind="stateful",
)
def register(w: World, kind: Kind, model: str, bought: IsoDate, warranty_months: Months, watts: Watts) -> Appliance:
    """Add an appliance of the household with its warranty and power.

    kind: Kind of appliance.
    model: Maker and model as on the type plate.
    bought: Day of purchase, YYYY-MM-DD, not after today.
    warranty_months: Length of the warranty in months from that day; 0 for none.
    watts: Power in watts while it runs.
    """
    if not "1950-01-01" <= bought <= w.today.isoformat():
        raise InvalidArgument(f"bought {bought} lies after today, {w.today}, or before 1950")
    row = Appliance(
        appliance_id=w.new_id("APPL"),
        kind=kind,
        model=model,
        bought=bought,
        warranty_months=warranty_months,
        watts=watts,
    )
    return APPLIANCES.put(w, row)


@appliances.tool(example={}, kind="stateful")
def list_(w: World, kind: Kind | None = None, limit: Limit = 5) -> ApplianceList:
    """List the appliances of the household, oldest purchase first.

    kind: Only appliances of this kind.
    limit: At most this many appliances.
    """
    rows = sorted((row for row in APPLIANCES.all(w) if kind in (None, row.kind)), key=lambda row: row.bought)
    return ApplianceList(total=len(rows), appliances=rows[:limit])


@appliances.tool(
    example={"appliance_id": "@appliances_list.appliances[0].appliance_id"}, errors=[NotFound], kind="stateful"
)
def warranty(w: World, appliance_id: ApplianceId) -> Warranty:
    """Tell until when an appliance is under warranty and how many days are left.

    appliance_id: The appliance, as given by appliances_list.
    """
    ends = warranty_end(APPLIANCES.get(w, appliance_id))
    left = (ends - w.today).days
    return Warranty(appliance_id=appliance_id, ends=ends.isoformat(), valid=left >= 0, days_left=left)


@appliances.tool(
    example={"appliance_id": "@appliances_list.appliances[0].appliance_id", "day": "2025-12-12", "fault": "Leaks"},
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def schedule_service(w: World, appliance_id: ApplianceId, day: IsoDate, fault: str) -> Visit:
    """Have a technician come on a weekday; free of charge under warranty.

    appliance_id: The appliance, as given by appliances_list.
    day: A weekday after today, YYYY-MM-DD.
    fault: What is wrong with it.
    """
    row = APPLIANCES.get(w, appliance_id)
    when = date.fromisoformat(day)
    if when <= w.today or when.weekday() >= 5:
        raise InvalidArgument(f"day {day} is not a weekday after today, {w.today}")
    if any(visit.appliance_id == appliance_id and visit.status == "scheduled" for visit in VISITS.all(w)):
        raise Conflict(f"appliance_id {appliance_id} has a visit scheduled already; see appliances_visits")
    covered = when <= warranty_end(row)
    visit = Visit(
        visit_id=w.new_id("SVC"),
        appliance_id=appliance_id,
        day=day,
        fault=fault,
        under_warranty=covered,
        fee=0.0 if covered else price(w, 95),
        currency=persona(w).currency,
        status="scheduled",
    )
    return VISITS.put(w, visit)


@appliances.tool(example={}, kind="stateful")
def visits(w: World, appliance_id: ApplianceId | None = None, limit: Limit = 5) -> VisitList:
    """List the service visits for the household's appliances, latest day first.

    appliance_id: Only visits for this appliance, as given by appliances_list.
    limit: At most this many visits.
    """
    rows = [row for row in VISITS.all(w) if appliance_id in (None, row.appliance_id)]
    rows.sort(key=lambda row: row.day, reverse=True)
    return VisitList(total=len(rows), visits=rows[:limit])


@appliances.tool(
    example={"visit_id": "@appliances_schedule_service.visit_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def cancel_service(w: World, visit_id: VisitId) -> Visit:
    """Call off a technician's visit that has not taken place yet.

    visit_id: The visit, as given by appliances_schedule_service or appliances_visits.
    """
    row = VISITS.get(w, visit_id)
    if row.status != "scheduled" or row.day < w.today.isoformat():
        raise FailedPrecondition(f"visit_id {visit_id} is {row.status} for {row.day}")
    return VISITS.put(w, row.model_copy(update={"status": "cancelled"}))


@appliances.tool(
    example={
        "appliance_id": "@appliances_list.appliances[0].appliance_id",
        "hours_per_week": 4.0,
        "price_per_kwh": 0.3,
    },
    errors=[NotFound],
    kind="stateful",
)
def running_cost(
    w: World,
    appliance_id: ApplianceId,
    hours_per_week: Annotated[float, Field(ge=0.1, le=168)],
    price_per_kwh: Annotated[float, Field(ge=0, le=1000)],
) -> RunningCost:
    """Work out what the electricity of an appliance costs in 52 weeks.

    appliance_id: The appliance, as given by appliances_list.
    hours_per_week: Hours at full power a week.
    price_per_kwh: Price of a kilowatt-hour; the cost is in the same currency.
    """
    kwh = APPLIANCES.get(w, appliance_id).watts / 1000 * hours_per_week * 52
    return RunningCost(
        appliance_id=appliance_id, kwh_per_year=round(kwh, 2), cost_per_year=round(kwh * price_per_kwh, 2)
    )


@appliances.tool(
    example={"appliance_id": "@appliances_register.appliance_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def remove(w: World, appliance_id: ApplianceId) -> Appliance:
    """Take an appliance that was sold or thrown away off the household's list.

    appliance_id: The appliance, as given by appliances_list; without a scheduled visit.
    """
    APPLIANCES.get(w, appliance_id)
    open_visits = [row for row in VISITS.all(w) if row.appliance_id == appliance_id and row.status == "scheduled"]
    if open_visits:
        raise FailedPrecondition(f"appliance_id {appliance_id}: visit {open_visits[0].visit_id} is scheduled")
    return APPLIANCES.remove(w, appliance_id)


def warranty_end(row: Appliance) -> date:
    """The last day of the warranty: the same day so many months on, or the last of that month."""
    bought = date.fromisoformat(row.bought)
    years, month = divmod(bought.month - 1 + row.warranty_months, 12)
    following = date(bought.year + years + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(bought.year + years, month + 1, 1) + timedelta(days=bought.day - 1), following - timedelta(days=1))
