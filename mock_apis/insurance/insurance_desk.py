"""A fictional insurer: the persona's policies on home, pets, appliances and health, quotes and claims."""

from datetime import date, timedelta
from typing import Literal

from mock_apis.account.account import ADDRESSES, AddressId
from mock_apis.core import Domain, World, money
from mock_apis.core.entities import IsoDate, Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, InsufficientFunds, InvalidArgument, NotFound
from mock_apis.core.persona import persona
from mock_apis.finance.ledger import CARDS, CardId, charge_card, refund_card
from mock_apis.finance.price_level import price, round_local
from mock_apis.health.icd10 import IcdCode, code_of
from mock_apis.home.appliances import APPLIANCES, ApplianceId
from mock_apis.home.pet_rows import PETS, PetId
from mock_apis.insurance.policy_rows import (
    CLAIMS,
    INSURER,
    POLICIES,
    QUOTES,
    RATES,
    Amount,
    Cancelled,
    Claim,
    ClaimList,
    Kind,
    Policy,
    PolicyId,
    PolicyList,
    Quote,
    QuoteId,
)

insurance_desk = Domain(
    "insurance_desk", category="insurance", description="Fictional insurer: the user's policies, quotes and claims."
)


@insurance_desk.tool(
    example={"cover": 2000.0, "pet_id": "@pets_list.pets[0].pet_id"},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def quote(
    w: World,
    cover: Amount,
    address_id: AddressId | None = None,
    pet_id: PetId | None = None,
    appliance_id: ApplianceId | None = None,
) -> Quote:
    """Get a quote for insuring a home, a pet, an appliance or the user's health.

    cover: Most that is to be paid in a year, in the user's currency.
    address_id: Home to insure, as given by account_addresses.
    pet_id: Pet to insure, as given by pets_list.
    appliance_id: Appliance to insure, as given by appliances_list; health if none of the three is given.
    """
    given: list[tuple[Kind, str]] = []
    if address_id is not None:
        given.append(("home", ADDRESSES.get(w, address_id).address_id))
    if pet_id is not None:
        given.append(("pet", PETS.get(w, pet_id).pet_id))
    if appliance_id is not None:
        given.append(("appliance", APPLIANCES.get(w, appliance_id).appliance_id))
    if len(given) > 1:
        raise InvalidArgument("address_id, pet_id, appliance_id: give at most one of them")
    kind: Kind = given[0][0] if given else "health"
    subject = given[0][1] if given else None
    row = Quote(
        quote_id=w.new_id("QUO"),
        kind=kind,
        subject_id=subject,
        cover=cover,
        deductible=price(w, 100 if kind in ("home", "health") else 30),
        yearly_premium=max(round_local(w, cover * RATES[kind]), price(w, 5)),
        currency=persona(w).currency,
        valid_until=(w.today + timedelta(days=14)).isoformat(),
    )
    return QUOTES.put(w, row)


@insurance_desk.tool(
    example={"quote_id": "@insurance_desk_quote.quote_id"},
    errors=[NotFound, Conflict, FailedPrecondition, InsufficientFunds],
    writes=True,
    kind="stateful",
)
def buy(w: World, quote_id: QuoteId, card_id: CardId | None = None) -> Policy:
    """Turn a quote into a policy from today, paying the first year by card.

    quote_id: The quote, as given by insurance_desk_quote.
    card_id: Card to pay with, as given by bank_cards; the first one if left out.
    """
    offer = QUOTES.get(w, quote_id)
    same = [row for row in POLICIES.all(w) if (row.kind, row.subject_id) == (offer.kind, offer.subject_id)]
    for row in same:
        if in_force(w, row):
            raise Conflict(f"quote_id {quote_id}: policy {row.policy_id} covers the same; see insurance_desk_cancel")
    charge_card(w, card_id, offer.yearly_premium, INSURER)
    policy = Policy(
        policy_id=w.new_id("POL"),
        kind=offer.kind,
        subject_id=offer.subject_id,
        cover=offer.cover,
        cover_left=offer.cover,
        deductible=offer.deductible,
        yearly_premium=offer.yearly_premium,
        currency=offer.currency,
        starts=w.today.isoformat(),
        ends=(w.today + timedelta(days=364)).isoformat(),
        status="active",
    )
    QUOTES.remove(w, quote_id)
    return POLICIES.put(w, policy)


@insurance_desk.tool(example={}, kind="stateful")
def policies(w: World, kind: Kind | None = None, limit: Limit = 5) -> PolicyList:
    """List the user's insurance policies with cover, deductible and dates.

    kind: Only policies of this kind.
    limit: At most this many policies.
    """
    rows = [row for row in POLICIES.all(w) if kind in (None, row.kind)]
    return PolicyList(total=len(rows), policies=rows[:limit])


@insurance_desk.tool(
    example={"policy_id": "@insurance_desk_policies.policies[0].policy_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def cancel(w: World, policy_id: PolicyId) -> Cancelled:
    """Cancel a policy in force and get the premium of the days left back.

    policy_id: The policy, as given by insurance_desk_policies; without a paid claim.
    """
    row = POLICIES.get(w, policy_id)
    if not in_force(w, row) or row.cover_left < row.cover:
        raise FailedPrecondition(f"policy_id {policy_id} is not in force, or a claim was paid on it")
    left = (date.fromisoformat(row.ends) - w.today).days
    refund = round_local(w, row.yearly_premium * left / 365)
    if refund > 0:
        refund_card(w, CARDS.all(w)[0].card_id, refund, INSURER)
    POLICIES.put(w, row.model_copy(update={"status": "cancelled"}))
    return Cancelled(policy_id=policy_id, refund=refund, currency=row.currency)


@insurance_desk.tool(
    example={
        "policy_id": "@insurance_desk_policies.policies[1].policy_id",
        "amount": 50000.0,
        "cause": "Broken wrist",
        "diagnosis": "S62",
    },
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def file_claim(
    w: World,
    policy_id: PolicyId,
    amount: Amount,
    cause: str,
    diagnosis: IcdCode | None = None,
    day: IsoDate | None = None,
) -> Claim:
    """Claim a loss; what exceeds the deductible is paid up to the cover left.

    policy_id: A policy in force, as given by insurance_desk_policies.
    amount: The loss in the user's currency.
    cause: What happened.
    diagnosis: ICD-10-CM code, as given by icd10_search; needed on a health policy and only there.
    day: Day of the loss, YYYY-MM-DD, within the policy and not after today; today if left out.
    """
    row, when = POLICIES.get(w, policy_id), day or w.today.isoformat()
    if not in_force(w, row):
        raise FailedPrecondition(f"policy_id {policy_id} is not in force")
    if not row.starts <= when <= w.today.isoformat():
        raise InvalidArgument(f"day {when} is not from {row.starts} to today, {w.today}")
    if (diagnosis is not None) != (row.kind == "health"):
        raise FailedPrecondition(
            f"diagnosis: a {row.kind} policy {'needs' if row.kind == 'health' else 'takes no'} one"
        )
    if diagnosis is not None:
        code_of("diagnosis", diagnosis)
    owed = amount - row.deductible
    paid = min(round_local(w, min(max(owed, 0.0), row.cover_left)), row.cover_left)
    status: Literal["paid", "below deductible", "cover used up"] = "paid"
    if paid <= 0:
        status = "below deductible" if owed <= 0 or row.cover_left > 0 else "cover used up"
    else:
        POLICIES.put(w, row.model_copy(update={"cover_left": money(row.cover_left - paid)}))
        refund_card(w, CARDS.all(w)[0].card_id, paid, INSURER)
    claim = Claim(
        claim_id=w.new_id("CLM"),
        policy_id=policy_id,
        day=when,
        cause=cause,
        diagnosis=diagnosis,
        amount=amount,
        paid=paid,
        status=status,
    )
    return CLAIMS.put(w, claim)


@insurance_desk.tool(example={}, kind="stateful")
def claims(w: World, policy_id: PolicyId | None = None, limit: Limit = 5) -> ClaimList:
    """List the claims that the user has filed with what was paid, newest first.

    policy_id: Only claims on this policy, as given by insurance_desk_policies.
    limit: At most this many claims.
    """
    rows = [row for row in CLAIMS.all(w) if policy_id in (None, row.policy_id)][::-1]
    return ClaimList(total=len(rows), claims=rows[:limit])


def in_force(w: World, row: Policy) -> bool:
    """Whether a loss of today is covered."""
    return row.status == "active" and row.starts <= w.today.isoformat() <= row.ends
