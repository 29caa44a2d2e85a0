"""The rows behind the customer register, and its first companies, leads and deals."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.communication.texts import draw_id, minute
from mock_apis.core import Record, Table, World
from mock_apis.core.entities import CityName, CurrencyCode, EmailAddress, Entity, IsoDate, IsoDateTime, PersonName
from mock_apis.core.persona import HOMES, people, persona
from mock_apis.finance.price_level import price

CompanyId = Annotated[str, Field(pattern=r"^FIRM-[0-9A-F]{6}$"), Entity("crm_company.id")]
LeadId = Annotated[str, Field(pattern=r"^LEAD-[0-9A-F]{6}$"), Entity("crm_lead.id")]
DealId = Annotated[str, Field(pattern=r"^DEAL-[0-9A-F]{6}$"), Entity("crm_deal.id")]
ActivityId = Annotated[str, Field(pattern=r"^ACT-[0-9A-F]{6}$")]
Industry = Literal["food", "logistics", "software", "health", "construction"]
LeadStatus = Literal["open", "converted", "dropped"]
Stage = Literal["new", "qualified", "proposal", "won", "lost"]
ActivityType = Literal["call", "mail", "meeting"]
OPEN_STAGES: tuple[Stage, ...] = ("new", "qualified", "proposal")
CHANCES: dict[Stage, int] = {"new": 10, "qualified": 30, "proposal": 60}
"""In percent, the firm's own rule of thumb."""


class Company(Record):
    company_id: CompanyId
    name: str
    industry: Industry
    city: CityName
    employees: int
    contact: PersonName
    email: EmailAddress


class Lead(Record):
    lead_id: LeadId
    name: PersonName
    email: EmailAddress
    company: str
    source: str
    status: LeadStatus


class Deal(Record):
    deal_id: DealId
    company_id: CompanyId
    title: str
    value: float
    currency: CurrencyCode
    stage: Stage
    close_by: IsoDate


class Activity(Record):
    activity_id: ActivityId
    company_id: CompanyId
    type: ActivityType
    note: str
    at: IsoDateTime


class CompanyList(Record):
    total: int
    companies: list[Company]


class CompanyDetail(Company):
    open_deals: list[DealId]
    open_value: float
    won_value: float
    currency: CurrencyCode
    last_activity: Activity | None


class LeadList(Record):
    total: int
    leads: list[Lead]


class DealList(Record):
    total: int
    deals: list[Deal]


class ActivityList(Record):
    total: int
    activities: list[Activity]


class StageValue(Record):
    stage: Stage
    deals: int
    value: float
    chance_percent: int
    expected_value: float


class Forecast(Record):
    currency: CurrencyCode
    stages: list[StageValue]
    expected_value: float
    """Sum over the open stages of value times chance."""


FIRMS: tuple[tuple[str, Industry], ...] = (
    ("Alder & Finch Foods", "food"),
    ("Bluegate Freight", "logistics"),
    ("Cobalt Lane Software", "software"),
    ("Dunmore Clinics", "health"),
    ("Eastfold Builders", "construction"),
    ("Fernhill Bakeries", "food"),
)
OFFERS = ("Yearly licence", "Pilot in one branch", "Training for the staff", "Migration of old data")
NOTES = ("Asked for a lower price.", "Happy with the demo.", "Decision is due next month.", "Sent the signed offer.")


def seed_companies(w: World) -> list[Company]:
    """Six companies, each with one of the people that the persona knows as its contact."""
    draw, known = w.draw("crm.companies"), people(w)
    return [
        Company(
            company_id=draw_id(draw, "FIRM"),
            name=name,
            industry=industry,
            city=draw.pick(HOMES)[0],
            employees=draw.between(8, 900),
            contact=person.name,
            email=person.email,
        )
        for (name, industry), person in zip(FIRMS, known, strict=False)
    ]


def seed_leads(w: World) -> list[Lead]:
    """Three open leads."""
    draw, known = w.draw("crm.leads"), people(w)[-3:]
    firms = ("Greywick Farms", "Halden Press", "Inverlea Tools")
    return [
        Lead(
            lead_id=draw_id(draw, "LEAD"),
            name=person.name,
            email=person.email,
            company=firm,
            source=draw.pick(("website", "fair", "referral")),
            status="open",
        )
        for person, firm in zip(known, firms, strict=True)
    ]


def seed_deals(w: World) -> list[Deal]:
    """Seven deals, at least one at each stage."""
    draw, companies, currency = w.draw("crm.deals"), COMPANIES.all(w), persona(w).currency
    stages: tuple[Stage, ...] = ("new", "qualified", "proposal", "won", "lost", "proposal", "qualified")
    return [
        Deal(
            deal_id=draw_id(draw, "DEAL"),
            company_id=draw.pick(companies).company_id,
            title=draw.pick(OFFERS),
            value=price(w, draw.between(4, 90) * 500),
            currency=currency,
            stage=stage,
            close_by=(
                w.today + timedelta(days=draw.between(5, 90) * (-1 if stage in ("won", "lost") else 1))
            ).isoformat(),
        )
        for stage in stages
    ]


def seed_activities(w: World) -> list[Activity]:
    """Two contacts with every company in the last weeks."""
    draw = w.draw("crm.activities")
    kinds: tuple[ActivityType, ...] = ("call", "mail", "meeting")
    return [
        Activity(
            activity_id=draw_id(draw, "ACT"),
            company_id=company.company_id,
            type=draw.pick(kinds),
            note=draw.pick(NOTES),
            at=minute(w.now - timedelta(days=days, minutes=draw.between(0, 400))),
        )
        for company in COMPANIES.all(w)
        for days in (draw.between(15, 40), draw.between(1, 14))
    ]


COMPANIES = Table("crm.companies", key="company_id", seed_rows=seed_companies)
LEADS = Table("crm.leads", key="lead_id", seed_rows=seed_leads)
DEALS = Table("crm.deals", key="deal_id", seed_rows=seed_deals)
ACTIVITIES = Table("crm.activities", key="activity_id", seed_rows=seed_activities)
