"""What the town hall of the persona's home city offers: repairs, waste, permits, fines."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.account.account import ADDRESSES, AddressId
from mock_apis.civics.town_hall import (
    FEES,
    FINES,
    PERMITS,
    REPORTS,
    TOWN_HALL,
    Collection,
    Collections,
    Fine,
    FineId,
    FineList,
    FineStatus,
    Permit,
    PermitId,
    PermitList,
    PermitType,
    Problem,
    Report,
    ReportId,
    ReportList,
    Waste,
)
from mock_apis.communication.texts import check_text
from mock_apis.core import Domain, World
from mock_apis.core.entities import IsoDate, Limit, StreetAddress
from mock_apis.core.errors import Conflict, FailedPrecondition, InsufficientFunds, InvalidArgument, NotFound
from mock_apis.core.persona import persona
from mock_apis.finance.ledger import CardId, charge_card, refund_card
from mock_apis.finance.price_level import price

city_services = Domain(
    "city_services", category="civics", description="Town hall of the user's home city; its cases are fictional."
)


@city_services.tool(example={"problem": "pothole"}, kind="stateful")
def reports(w: World, problem: Problem | None = None, street: StreetAddress = "", limit: Limit = 5) -> ReportList:
    """List the street problems that were reported to the city, newest first.

    problem: Only problems of this kind.
    street: Only problems whose address contains this, for example Mill Lane.
    limit: At most this many.
    """
    rows = [row for row in REPORTS.all(w) if problem in (None, row.problem)]
    rows = [row for row in rows if street.casefold() in row.street.casefold()]
    rows.sort(key=lambda row: (row.reported_on, row.report_id), reverse=True)
    return ReportList(total=len(rows), reports=rows[:limit])


@city_services.tool(
    example={"problem": "street_light", "street": "@account_profile.street", "note": "The lamp flickers all night."},
    errors=[Conflict],
    writes=True,
    kind="stateful",
)
def report_problem(w: World, problem: Problem, street: StreetAddress, note: str) -> Report:
    """Report a problem in a street of the home city for repair.

    problem: What kind of problem it is.
    street: House number and street of the place, without the city.
    note: What is wrong, at most 300 characters.
    """
    street, note, today = check_text("street", street, 100), check_text("note", note, 300), w.today.isoformat()
    for row in REPORTS.all(w):
        if (row.problem, row.street.casefold()) == (problem, street.casefold()) and row.status != "fixed":
            raise Conflict(f"street '{street}': {problem} is reported already, see {row.report_id}")
    row = Report(
        report_id=w.new_id("CASE"),
        problem=problem,
        street=street,
        note=note,
        reported_on=today,
        status="received",
        supporters=1,
        supported=True,
    )
    return REPORTS.put(w, row)


@city_services.tool(
    example={"report_id": "@city_services_reports.reports[0].report_id"},
    errors=[NotFound, Conflict, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def support_report(w: World, report_id: ReportId) -> Report:
    """Tell the city that a street problem reported by somebody bothers the user too.

    report_id: A report that is not fixed, as given by city_services_reports.
    """
    row = REPORTS.get(w, report_id)
    if row.status == "fixed":
        raise FailedPrecondition(f"report_id {report_id} is fixed already")
    if row.supported:
        raise Conflict(f"report_id {report_id} is supported by the user already")
    return REPORTS.put(w, row.model_copy(update={"supported": True, "supporters": row.supporters + 1}))


@city_services.tool(
    example={"address_id": "@account_addresses.addresses[0].address_id"},
    errors=[NotFound, FailedPrecondition],
    kind="stateful",
)
def waste_collection(w: World, address_id: AddressId, waste: Waste | None = None) -> Collections:
    """List the days in the next two weeks on which waste is collected at an address.

    address_id: One of the user's addresses in the home city, as given by account_addresses.
    waste: Only this kind of waste.
    """
    address = ADDRESSES.get(w, address_id)
    if address.city != persona(w).city:
        raise FailedPrecondition(f"address_id {address_id} is in {address.city}, not in {persona(w).city}")
    draw, found = w.draw("city_services.waste", address.street), []
    kinds: tuple[Waste, ...] = ("paper", "plastic", "organic", "residual")
    for kind in kinds:
        start = draw.between(0, 13)
        for ahead in range(14):
            day = w.today + timedelta(days=ahead)
            if (day.toordinal() - start) % 14 == 0 and waste in (None, kind):
                found.append(Collection(waste=kind, date=day.isoformat()))
    found.sort(key=lambda item: (item.date, item.waste))
    return Collections(street=address.street, city=address.city, collections=found)


@city_services.tool(
    example={
        "type": "skip_on_street",
        "street": "@account_profile.street",
        "first_day": "2025-12-15",
        "days": 7,
        "card_id": "@bank_cards.cards[0].card_id",
    },
    errors=[NotFound, Conflict, FailedPrecondition, InsufficientFunds],
    writes=True,
    kind="stateful",
)
def buy_permit(
    w: World,
    type: PermitType,
    street: StreetAddress,
    first_day: IsoDate,
    days: Annotated[int, Field(ge=1, le=31)] = 1,
    card_id: CardId | None = None,
) -> Permit:
    """Buy a permit to use a street of the home city for some days.

    type: What the street is used for.
    street: House number and street, without the city.
    first_day: First day, YYYY-MM-DD; after today, within two years.
    days: For how many days, 1 to 31; the fee is the same.
    card_id: Card to pay with, as given by bank_cards; the first one if left out.
    """
    street, first = check_text("street", street, 100), date.fromisoformat(first_day)
    if not w.today < first <= w.today + timedelta(days=730):
        raise InvalidArgument(f"first_day {first_day} is not within two years after today, {w.today}")
    last_day = (first + timedelta(days=days - 1)).isoformat()
    for row in PERMITS.all(w):
        same = row.type == type and row.street.casefold() == street.casefold()
        if same and row.first_day <= last_day and first_day <= row.last_day:
            raise Conflict(f"street '{street}' has the permit {row.permit_id} on these days already")
    fee = price(w, FEES[type])
    card = charge_card(w, card_id, fee, TOWN_HALL)
    row = Permit(
        permit_id=w.new_id("PMT"),
        type=type,
        street=street,
        first_day=first_day,
        last_day=last_day,
        fee=fee,
        currency=persona(w).currency,
        card_id=card.card_id,
    )
    return PERMITS.put(w, row)


@city_services.tool(example={}, kind="stateful")
def permits(w: World, type: PermitType | None = None, limit: Limit = 5) -> PermitList:
    """List the street permits that the user has bought, earliest first.

    type: Only permits of this type.
    limit: At most this many.
    """
    rows = sorted((row for row in PERMITS.all(w) if type in (None, row.type)), key=lambda row: row.first_day)
    return PermitList(total=len(rows), permits=rows[:limit])


@city_services.tool(
    example={"permit_id": "@city_services_buy_permit.permit_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def cancel_permit(w: World, permit_id: PermitId) -> Permit:
    """Give a street permit back before its first day and get the fee refunded.

    permit_id: The permit, as given by city_services_permits.
    """
    row = PERMITS.get(w, permit_id)
    if row.first_day <= w.today.isoformat():
        raise FailedPrecondition(f"permit_id {permit_id} began on {row.first_day} and cannot be given back")
    refund_card(w, row.card_id, row.fee, TOWN_HALL)
    return PERMITS.remove(w, permit_id)


@city_services.tool(example={"status": "unpaid"}, kind="stateful")
def fines(w: World, status: FineStatus | None = None, limit: Limit = 5) -> FineList:
    """List the user's parking fines, the one to be paid first on top.

    status: Only fines of this status.
    limit: At most this many.
    """
    rows = sorted((row for row in FINES.all(w) if status in (None, row.status)), key=lambda row: row.pay_by)
    return FineList(total=len(rows), fines=rows[:limit])


@city_services.tool(
    example={"fine_id": "@city_services_fines.fines[0].fine_id", "card_id": "@bank_cards.cards[0].card_id"},
    errors=[NotFound, FailedPrecondition, InsufficientFunds],
    writes=True,
    kind="stateful",
)
def pay_fine(w: World, fine_id: FineId, card_id: CardId | None = None) -> Fine:
    """Pay a parking fine with a bank card of the user.

    fine_id: An unpaid fine, as given by city_services_fines.
    card_id: Card to pay with, as given by bank_cards; the first one if left out.
    """
    row = FINES.get(w, fine_id)
    if row.status == "paid":
        raise FailedPrecondition(f"fine_id {fine_id} is paid already")
    charge_card(w, card_id, row.amount, TOWN_HALL)
    return FINES.put(w, row.model_copy(update={"status": "paid"}))
