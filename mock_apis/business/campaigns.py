"""Mailings of the persona's firm: who gets them, when, and what came of them."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.business.business_metrics import AcquisitionCost
from mock_apis.communication.texts import check_text, draw_id, minute
from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import CurrencyCode, EmailAddress, Entity, IsoDateTime, Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound, ResourceExhausted
from mock_apis.core.persona import people, persona
from mock_apis.finance.price_level import price

campaigns = Domain("campaigns", category="business", description="Mailings of the user's fictional firm.")

CampaignId = Annotated[str, Field(pattern=r"^CMP-[0-9A-F]{6}$"), Entity("campaign.id")]
AudienceId = Annotated[str, Field(pattern=r"^AUD-[0-9A-F]{6}$"), Entity("campaign_audience.id")]
Status = Literal["draft", "scheduled", "sent"]
MOST_MEMBERS = 40


class Audience(Record):
    audience_id: AudienceId
    name: str
    members: list[EmailAddress]


class AudienceSummary(Record):
    audience_id: AudienceId
    name: str
    member_count: int


class AudienceList(Record):
    total: int
    audiences: list[AudienceSummary]


class Campaign(Record):
    campaign_id: CampaignId
    name: str
    subject: str
    audience_id: AudienceId
    status: Status
    send_at: IsoDateTime | None


class CampaignList(Record):
    total: int
    campaigns: list[Campaign]


class CampaignReport(Record):
    campaign_id: CampaignId
    delivered: int
    opened: int
    clicked: int
    new_customers: int
    cost: float
    currency: CurrencyCode
    cost_per_customer: AcquisitionCost | None
    """Null without new customers."""


def seed_audiences(w: World) -> list[Audience]:
    """Two audiences of known people."""
    draw, known = w.draw("campaigns.audiences"), people(w)
    parts = (("Newsletter", known), ("Loyal customers", known[:4]))
    return [
        Audience(audience_id=draw_id(draw, "AUD"), name=name, members=[person.email for person in members])
        for name, members in parts
    ]


def seed_campaigns(w: World) -> list[Campaign]:
    """Two mailings that were sent, and a draft."""
    draw, audience = w.draw("campaigns"), AUDIENCES.all(w)[0].audience_id
    parts: tuple[tuple[str, str, Status], ...] = (
        ("Spring offers", "A fresh start for your office", "sent"),
        ("Product news", "Three things that are new", "sent"),
        ("Year in review", "Thank you for this year", "draft"),
    )
    return [
        Campaign(
            campaign_id=draw_id(draw, "CMP"),
            name=name,
            subject=subject,
            audience_id=audience,
            status=status,
            send_at=minute(w.now - timedelta(days=draw.between(10, 90))) if status == "sent" else None,
        )
        for name, subject, status in parts
    ]


AUDIENCES = Table("campaigns.audiences", key="audience_id", seed_rows=seed_audiences)
CAMPAIGNS = Table("campaigns", key="campaign_id", seed_rows=seed_campaigns)


@campaigns.tool(example={}, kind="stateful")
def audiences(w: World, member: EmailAddress | None = None, limit: Limit = 5) -> AudienceList:
    """List the groups of people to whom the firm sends mailings.

    member: Only groups that this address is in.
    limit: At most this many groups.
    """
    rows = [row for row in AUDIENCES.all(w) if member is None or member in row.members]
    return as_list(rows, limit)


@campaigns.tool(
    example={"audience_id": "@campaigns_audiences.audiences[0].audience_id", "email": "@contacts_create.email"},
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def subscribe(w: World, audience_id: AudienceId, email: EmailAddress) -> Audience:
    """Add an address to a group that gets mailings.

    audience_id: The group, as given by campaigns_audiences.
    email: Address of the person, in lower case.
    """
    row = AUDIENCES.get(w, audience_id)
    if email in row.members:
        raise Conflict(f"email {email} is in {audience_id} already")
    if len(row.members) >= MOST_MEMBERS:
        raise ResourceExhausted(f"audience_id {audience_id} has {MOST_MEMBERS} members, the most that fit")
    return AUDIENCES.put(w, row.model_copy(update={"members": [*row.members, email]}))


@campaigns.tool(
    example={"email": "@contacts_search.contacts[0].email"}, errors=[NotFound], writes=True, kind="stateful"
)
def unsubscribe(w: World, email: EmailAddress) -> AudienceList:
    """Take an address out of every group that gets mailings.

    email: Address that wants no mailings any more, in lower case.
    """
    left = [row for row in AUDIENCES.all(w) if email in row.members]
    if not left:
        raise NotFound(f"no group has email '{email}'; see campaigns_audiences")
    for row in left:
        AUDIENCES.put(w, row.model_copy(update={"members": [member for member in row.members if member != email]}))
    return as_list(AUDIENCES.all(w), 20)


@campaigns.tool(
    example={
        "name": "Winter offers",
        "subject": "Warm prices for cold days",
        "audience_id": "@campaigns_audiences.audiences[0].audience_id",
    },
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def create(w: World, name: str, subject: str, audience_id: AudienceId) -> Campaign:
    """Draft a mailing for a group of people.

    name: Name inside the firm, at most 80 characters.
    subject: Subject line of the mail, at most 120 characters.
    audience_id: The group that gets it, as given by campaigns_audiences.
    """
    AUDIENCES.get(w, audience_id)
    name, subject = check_text("name", name, 80), check_text("subject", subject, 120)
    campaign_id = w.new_id("CMP")
    row = Campaign(
        campaign_id=campaign_id, name=name, subject=subject, audience_id=audience_id, status="draft", send_at=None
    )
    return CAMPAIGNS.put(w, row)


@campaigns.tool(example={}, kind="stateful")
def list_(w: World, status: Status | None = None, limit: Limit = 5) -> CampaignList:
    """List the firm's mailings by status, newest first.

    status: Only mailings of this status.
    limit: At most this many mailings.
    """
    rows = [row for row in reversed(CAMPAIGNS.all(w)) if status in (None, row.status)]
    return CampaignList(total=len(rows), campaigns=rows[:limit])


@campaigns.tool(
    example={"campaign_id": "@campaigns_create.campaign_id", "send_at": "2025-12-24T09:00"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def schedule(w: World, campaign_id: CampaignId, send_at: IsoDateTime) -> Campaign:
    """Set or change the time at which a mailing goes out.

    campaign_id: A mailing that was not sent, as given by campaigns_list.
    send_at: Home time, YYYY-MM-DDTHH:MM; in the future, at most three years ahead.
    """
    row = CAMPAIGNS.get(w, campaign_id)
    if row.status == "sent":
        raise FailedPrecondition(f"campaign_id {campaign_id} was sent {row.send_at}")
    if not w.now < datetime.fromisoformat(send_at) <= w.now + timedelta(days=1096):
        raise InvalidArgument(f"send_at {send_at} is not within three years after now, {minute(w.now)}")
    return CAMPAIGNS.put(w, row.model_copy(update={"status": "scheduled", "send_at": send_at}))


@campaigns.tool(
    example={"campaign_id": "@campaigns_list.campaigns[2].campaign_id"},
    errors=[NotFound, FailedPrecondition],
    kind="stateful",
)
def report(w: World, campaign_id: CampaignId) -> CampaignReport:
    """Show how many people opened a sent mailing and what a new customer cost.

    campaign_id: A mailing that was sent, as given by campaigns_list.
    """
    row = CAMPAIGNS.get(w, campaign_id)
    if row.status != "sent":
        raise FailedPrecondition(f"campaign_id {campaign_id} is {row.status}; only what was sent has a report")
    draw = w.draw("campaigns.report", campaign_id)
    delivered = draw.between(8, 12)
    opened = draw.between(5, delivered)
    clicked = draw.between(3, opened)
    customers, cost = draw.between(0, 3), price(w, draw.between(40, 160))
    return CampaignReport(
        campaign_id=campaign_id,
        delivered=delivered,
        opened=opened,
        clicked=clicked,
        new_customers=customers,
        cost=cost,
        currency=persona(w).currency,
        cost_per_customer=round(cost / customers, 2) if customers else None,
    )


def as_list(rows: list[Audience], limit: int) -> AudienceList:
    """The first groups without their members."""
    shown = [AudienceSummary(**row.model_dump(exclude={"members"}), member_count=len(row.members)) for row in rows]
    return AudienceList(total=len(rows), audiences=shown[:limit])
