"""The rows behind the policies, quotes and claims of the fictional insurer."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.account.account import ADDRESSES
from mock_apis.core import Record, Table, World
from mock_apis.core.entities import CurrencyCode, Entity, IsoDate
from mock_apis.core.persona import persona
from mock_apis.finance.price_level import price, round_local
from mock_apis.health.icd10 import IcdCode

PolicyId = Annotated[str, Field(pattern=r"^POL-[0-9A-F]{6}$"), Entity("insurance_policy.id")]
QuoteId = Annotated[str, Field(pattern=r"^QUO-[0-9A-F]{6}$"), Entity("insurance_quote.id")]
ClaimId = Annotated[str, Field(pattern=r"^CLM-[0-9A-F]{6}$")]
Kind = Literal["home", "pet", "appliance", "health"]
Amount = Annotated[float, Field(ge=1, le=1e9)]
RATES: dict[Kind, float] = {"home": 0.004, "pet": 0.06, "appliance": 0.08, "health": 0.05}
"""Yearly premium as a share of the cover; invented."""
INSURER = "Harbour Mutual"


class Quote(Record):
    quote_id: QuoteId
    kind: Kind
    subject_id: str | None
    """The address, pet or appliance."""
    cover: float
    """Most that is paid in a year."""
    deductible: float
    """What the user bears of each claim."""
    yearly_premium: float
    currency: CurrencyCode
    valid_until: IsoDate


class Policy(Record):
    policy_id: PolicyId
    kind: Kind
    subject_id: str | None
    cover: float
    cover_left: float
    deductible: float
    yearly_premium: float
    currency: CurrencyCode
    starts: IsoDate
    ends: IsoDate
    """Last day."""
    status: Literal["active", "cancelled"]


class PolicyList(Record):
    total: int
    policies: list[Policy]


class Claim(Record):
    claim_id: ClaimId
    policy_id: PolicyId
    day: IsoDate
    cause: str
    diagnosis: IcdCode | None
    amount: float
    paid: float
    status: Literal["paid", "below deductible", "cover used up"]


class ClaimList(Record):
    total: int
    claims: list[Claim]


class Cancelled(Record):
    policy_id: PolicyId
    refund: float
    """For the days left."""
    currency: CurrencyCode


def seed_policies(w: World) -> list[Policy]:
    """A home policy on the default address and a health policy, both in their first year."""
    draw = w.draw("insurance_desk")
    home = next(row.address_id for row in ADDRESSES.all(w) if row.default)
    rows: list[Policy] = []
    choices: tuple[tuple[Kind, str | None, float], ...] = (("home", home, 60000), ("health", None, 5000))
    for kind, subject, level in choices:
        starts, cover = w.today - timedelta(days=draw.between(20, 150)), price(w, level)
        rows.append(
            Policy(
                policy_id=f"POL-{draw.bits() % 0x1000000:06X}",
                kind=kind,
                subject_id=subject,
                cover=cover,
                cover_left=cover,
                deductible=price(w, 100),
                yearly_premium=round_local(w, cover * RATES[kind]),
                currency=persona(w).currency,
                starts=starts.isoformat(),
                ends=(starts + timedelta(days=364)).isoformat(),
                status="active",
            )
        )
    return rows


POLICIES = Table("insurance_policies", key="policy_id", seed_rows=seed_policies)
QUOTES = Table[Quote]("insurance_quotes", key="quote_id", seed_rows=lambda w: ())
CLAIMS = Table[Claim]("insurance_claims", key="claim_id", seed_rows=lambda w: ())
