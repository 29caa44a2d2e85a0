"""The customers of the persona's firm: companies, leads, deals and what was talked about."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.business.crm_rows import (
    ACTIVITIES,
    CHANCES,
    COMPANIES,
    DEALS,
    LEADS,
    OPEN_STAGES,
    Activity,
    ActivityList,
    ActivityType,
    Company,
    CompanyDetail,
    CompanyId,
    CompanyList,
    Deal,
    DealId,
    DealList,
    Forecast,
    Industry,
    Lead,
    LeadId,
    LeadList,
    LeadStatus,
    Stage,
    StageValue,
)
from mock_apis.communication.texts import check_text, minute
from mock_apis.core import Domain, World, money
from mock_apis.core.entities import CityName, EmailAddress, Limit, PersonName
from mock_apis.core.errors import Conflict, FailedPrecondition, NotFound
from mock_apis.core.persona import persona

crm = Domain("crm", category="business", description="Fictional customers, leads and deals of the user's firm.")

Amount = Annotated[float, Field(gt=0, le=1e9)]


@crm.tool(example={}, kind="stateful")
def search_companies(
    w: World, query: str = "", industry: Industry | None = None, city: CityName | None = None, limit: Limit = 5
) -> CompanyList:
    """Find customer companies by name, industry or city, in order of name.

    query: Part of the company's name, in any case; all companies if left out.
    industry: Only companies of this industry.
    city: Only companies in this city, by its English name.
    limit: At most this many companies.
    """
    rows = [row for row in COMPANIES.all(w) if query.casefold() in row.name.casefold()]
    rows = [row for row in rows if industry in (None, row.industry) and city in (None, row.city)]
    rows.sort(key=lambda row: (row.name, row.company_id))
    return CompanyList(total=len(rows), companies=rows[:limit])


@crm.tool(example={"company_id": "@crm_search_companies.companies[0].company_id"}, errors=[NotFound], kind="stateful")
def get_company(w: World, company_id: CompanyId) -> CompanyDetail:
    """Show a customer company with its open deals, its value and the last contact.

    company_id: The company, as given by crm_search_companies.
    """
    row = COMPANIES.get(w, company_id)
    deals = [deal for deal in DEALS.all(w) if deal.company_id == company_id]
    open_ = [deal for deal in deals if deal.stage in OPEN_STAGES]
    activities = activities_of(w, company_id)
    return CompanyDetail(
        **row.model_dump(),
        open_deals=[deal.deal_id for deal in open_],
        open_value=money(sum(deal.value for deal in open_)),
        won_value=money(sum(deal.value for deal in deals if deal.stage == "won")),
        currency=persona(w).currency,
        last_activity=activities[0] if activities else None,
    )


@crm.tool(
    example={
        "name": "@contacts_create.name",
        "email": "@contacts_create.email",
        "company": "Brightwater Mills",
        "source": "referral",
    },
    errors=[Conflict],
    writes=True,
    kind="stateful",
)
def create_lead(
    w: World,
    name: PersonName,
    email: EmailAddress,
    company: str,
    source: Literal["referral", "website", "fair", "campaign"],
) -> Lead:
    """Record a person who may become a customer as a new sales lead.

    name: Given name and family name of the person.
    email: Address in lower case that no open lead has.
    company: Name of the company that the person works for, at most 80 characters.
    source: How the firm came to know the person.
    """
    name, company = check_text("name", name, 80), check_text("company", company, 80)
    for row in LEADS.all(w):
        if row.email == email and row.status == "open":
            raise Conflict(f"email {email} belongs to the open lead {row.lead_id}")
    lead_id = w.new_id("LEAD")
    return LEADS.put(w, Lead(lead_id=lead_id, name=name, email=email, company=company, source=source, status="open"))


@crm.tool(example={}, kind="stateful")
def leads(w: World, status: LeadStatus = "open", limit: Limit = 5) -> LeadList:
    """List sales leads of a status, newest first.

    status: Only leads of this status; the open ones if left out.
    limit: At most this many leads.
    """
    rows = [row for row in reversed(LEADS.all(w)) if row.status == status]
    return LeadList(total=len(rows), leads=rows[:limit])


@crm.tool(
    example={"lead_id": "@crm_leads.leads[0].lead_id", "company_id": "@crm_search_companies.companies[0].company_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def convert_lead(w: World, lead_id: LeadId, company_id: CompanyId, value: Amount = 5000) -> Deal:
    """Turn an open sales lead into a deal with a customer company.

    lead_id: An open lead, as given by crm_leads.
    company_id: The customer that the deal is with, as given by crm_search_companies.
    value: What the deal may bring, in the firm's currency.
    """
    lead = get_open_lead(w, lead_id)
    company = COMPANIES.get(w, company_id)
    LEADS.put(w, lead.model_copy(update={"status": "converted"}))
    return add_deal(w, company, f"First order through {lead.name}", value)


@crm.tool(
    example={"lead_id": "@crm_create_lead.lead_id"}, errors=[NotFound, FailedPrecondition], writes=True, kind="stateful"
)
def drop_lead(w: World, lead_id: LeadId) -> Lead:
    """Close an open sales lead that came to nothing.

    lead_id: An open lead, as given by crm_leads.
    """
    return LEADS.put(w, get_open_lead(w, lead_id).model_copy(update={"status": "dropped"}))


@crm.tool(
    example={
        "company_id": "@crm_search_companies.companies[0].company_id",
        "title": "Maintenance for two years",
        "value": 12000,
    },
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def create_deal(w: World, company_id: CompanyId, title: str, value: Amount) -> Deal:
    """Open a deal with a customer company at the first stage.

    company_id: The company, as given by crm_search_companies.
    title: What is to be sold, at most 120 characters.
    value: What the deal may bring, in the firm's currency.
    """
    return add_deal(w, COMPANIES.get(w, company_id), check_text("title", title, 120), value)


@crm.tool(example={"stage": "proposal"}, kind="stateful")
def deals(w: World, stage: Stage | None = None, company_id: CompanyId | None = None, limit: Limit = 5) -> DealList:
    """List deals by stage or company, most valuable first.

    stage: Only deals at this stage.
    company_id: Only deals with this company.
    limit: At most this many deals.
    """
    rows = [row for row in DEALS.all(w) if stage in (None, row.stage) and company_id in (None, row.company_id)]
    rows.sort(key=lambda row: (-row.value, row.deal_id))
    return DealList(total=len(rows), deals=rows[:limit])


@crm.tool(
    example={"deal_id": "@crm_create_deal.deal_id", "stage": "proposal"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def move_deal(w: World, deal_id: DealId, stage: Stage) -> Deal:
    """Move an open deal to another stage; won and lost are final.

    deal_id: A deal that is neither won nor lost, as given by crm_deals.
    stage: The new stage.
    """
    row = DEALS.get(w, deal_id)
    if row.stage not in OPEN_STAGES:
        raise FailedPrecondition(f"deal_id {deal_id} is {row.stage} already")
    return DEALS.put(w, row.model_copy(update={"stage": stage}))


@crm.tool(
    example={
        "company_id": "@crm_search_companies.companies[0].company_id",
        "type": "call",
        "note": "Wants an offer by Friday.",
    },
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def log_activity(w: World, company_id: CompanyId, type: ActivityType, note: str) -> Activity:
    """Write down a call, mail or meeting with a customer company.

    company_id: The company, as given by crm_search_companies.
    type: What kind of contact it was.
    note: What was said, at most 300 characters.
    """
    COMPANIES.get(w, company_id)
    note, at = check_text("note", note, 300), minute(w.now)
    row = Activity(activity_id=w.new_id("ACT"), company_id=company_id, type=type, note=note, at=at)
    return ACTIVITIES.put(w, row)


@crm.tool(example={"company_id": "@crm_search_companies.companies[0].company_id"}, errors=[NotFound], kind="stateful")
def activities(w: World, company_id: CompanyId, type: ActivityType | None = None, limit: Limit = 5) -> ActivityList:
    """List the calls, mails and meetings with a customer company, newest first.

    company_id: The company, as given by crm_search_companies.
    type: Only contacts of this kind.
    limit: At most this many.
    """
    COMPANIES.get(w, company_id)
    rows = [row for row in activities_of(w, company_id) if type in (None, row.type)]
    return ActivityList(total=len(rows), activities=rows[:limit])


@crm.tool(example={}, kind="stateful")
def forecast(w: World) -> Forecast:
    """Add up the open deals by stage and weigh them with the chance to win."""
    stages = []
    for stage in OPEN_STAGES:
        values = [row.value for row in DEALS.all(w) if row.stage == stage]
        expected = money(sum(values) * CHANCES[stage] / 100)
        item = StageValue(
            stage=stage,
            deals=len(values),
            value=money(sum(values)),
            chance_percent=CHANCES[stage],
            expected_value=expected,
        )
        stages.append(item)
    expected = money(sum(item.expected_value for item in stages))
    return Forecast(currency=persona(w).currency, stages=stages, expected_value=expected)


def add_deal(w: World, company: Company, title: str, value: float) -> Deal:
    """Store a new deal that may close in sixty days."""
    row = Deal(
        deal_id=w.new_id("DEAL"),
        company_id=company.company_id,
        title=title,
        value=money(value),
        currency=persona(w).currency,
        stage="new",
        close_by=(w.today + timedelta(days=60)).isoformat(),
    )
    return DEALS.put(w, row)


def get_open_lead(w: World, lead_id: str) -> Lead:
    """The lead. Raises NotFound, or FailedPrecondition if it is not open."""
    row = LEADS.get(w, lead_id)
    if row.status != "open":
        raise FailedPrecondition(f"lead_id {lead_id} is {row.status} already")
    return row


def activities_of(w: World, company_id: str) -> list[Activity]:
    """What happened with a company, newest first."""
    rows = [row for row in ACTIVITIES.all(w) if row.company_id == company_id]
    return sorted(rows, key=lambda row: row.at)[::-1]
