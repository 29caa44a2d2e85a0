"""The personnel desk of the persona's employer: colleagues, days off, expenses."""

from datetime import date
from typing import Annotated

from pydantic import Field

from mock_apis.communication.texts import check_text
from mock_apis.core import Domain, World, money
from mock_apis.core.entities import IsoDate, Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound
from mock_apis.core.persona import persona
from mock_apis.finance.ledger import TRANSACTIONS, TransactionId
from mock_apis.jobs.hr_rows import (
    CLAIMS,
    EMPLOYEES,
    LEAVES,
    YEARLY_DAYS,
    Balance,
    Claim,
    ClaimCategory,
    ClaimId,
    ClaimList,
    EmployeeId,
    EmployeeList,
    Leave,
    LeaveId,
    LeaveList,
    LeaveType,
    Team,
    count_working_days,
)

hr_desk = Domain(
    "hr_desk", category="jobs", description="Colleagues, leave and expenses at the user's fictional employer."
)


@hr_desk.tool(example={"team": "product"}, kind="stateful")
def search_employees(w: World, query: str = "", team: Team | None = None, limit: Limit = 5) -> EmployeeList:
    """Find colleagues at the user's firm by name, role or team.

    query: Part of the name, email address or role, in any case; everybody if left out.
    team: Only people of this team.
    limit: At most this many people, by name.
    """
    text = query.casefold()
    rows = [row for row in EMPLOYEES.all(w) if text in f"{row.name}\n{row.email}\n{row.role}".casefold()]
    rows = sorted((row for row in rows if team in (None, row.team)), key=lambda row: (row.name, row.employee_id))
    return EmployeeList(total=len(rows), employees=rows[:limit])


@hr_desk.tool(
    example={"employee_id": "@hr_desk_search_employees.employees[0].manager"}, errors=[NotFound], kind="stateful"
)
def direct_reports(w: World, employee_id: EmployeeId, limit: Limit = 5) -> EmployeeList:
    """List the colleagues whom somebody manages directly.

    employee_id: The manager, as given by hr_desk_search_employees.
    limit: At most this many people, by name.
    """
    EMPLOYEES.get(w, employee_id)
    rows = sorted((row for row in EMPLOYEES.all(w) if row.manager == employee_id), key=lambda row: row.name)
    return EmployeeList(total=len(rows), employees=rows[:limit])


@hr_desk.tool(
    example={"employee_id": "@hr_desk_search_employees.employees[0].employee_id"}, errors=[NotFound], kind="stateful"
)
def leave_balance(
    w: World, employee_id: EmployeeId, year: Annotated[int, Field(ge=2023, le=2028)] | None = None
) -> Balance:
    """Show how many days of vacation an employee has left in a year.

    employee_id: The employee, as given by hr_desk_search_employees.
    year: Calendar year; the present one if left out.
    """
    year = year or w.today.year
    used = used_days(w, EMPLOYEES.get(w, employee_id).employee_id, year)
    return Balance(
        employee_id=employee_id, year=year, yearly_days=YEARLY_DAYS, taken_or_planned=used, left=YEARLY_DAYS - used
    )


@hr_desk.tool(example={}, errors=[NotFound], kind="stateful")
def list_leave(
    w: World, employee_id: EmployeeId | None = None, day: IsoDate | None = None, limit: Limit = 5
) -> LeaveList:
    """List who is away from work, by employee or by day, earliest first.

    employee_id: Only days off of this employee, as given by hr_desk_search_employees.
    day: Only those who are away on this day, YYYY-MM-DD.
    limit: At most this many.
    """
    if employee_id is not None:
        EMPLOYEES.get(w, employee_id)
    rows = [row for row in LEAVES.all(w) if not row.cancelled and employee_id in (None, row.employee_id)]
    rows = [row for row in rows if day is None or row.first_day <= day <= row.last_day]
    rows.sort(key=lambda row: (row.first_day, row.leave_id))
    return LeaveList(total=len(rows), leaves=rows[:limit])


@hr_desk.tool(
    example={
        "employee_id": "@hr_desk_search_employees.employees[0].employee_id",
        "type": "vacation",
        "first_day": "2026-03-02",
        "last_day": "2026-03-06",
    },
    errors=[NotFound, Conflict, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def enter_leave(w: World, employee_id: EmployeeId, type: LeaveType, first_day: IsoDate, last_day: IsoDate) -> Leave:
    """Enter days on which an employee will be away from work.

    employee_id: The employee, as given by hr_desk_search_employees.
    type: Vacation counts against the yearly days, the others do not.
    first_day: First day off, YYYY-MM-DD.
    last_day: Last day off in the same year, YYYY-MM-DD.
    """
    EMPLOYEES.get(w, employee_id)
    first, last = date.fromisoformat(first_day), date.fromisoformat(last_day)
    if last < first or last.year != first.year:
        raise InvalidArgument(f"last_day {last_day} is not on or after first_day {first_day} in the same year")
    for row in LEAVES.all(w):
        if (
            not row.cancelled
            and row.employee_id == employee_id
            and row.first_day <= last_day
            and first_day <= row.last_day
        ):
            raise Conflict(
                f"employee_id {employee_id} is away {row.first_day} to {row.last_day} already: {row.leave_id}"
            )
    days = count_working_days(first, last)
    left = YEARLY_DAYS - used_days(w, employee_id, first.year)
    if not days or (type == "vacation" and days > left):
        raise FailedPrecondition(f"first_day {first_day}: {days} working days, {left} of vacation are left in the year")
    row = Leave(
        leave_id=w.new_id("LEAVE"),
        employee_id=employee_id,
        type=type,
        first_day=first_day,
        last_day=last_day,
        working_days=days,
        cancelled=False,
    )
    return LEAVES.put(w, row)


@hr_desk.tool(
    example={"leave_id": "@hr_desk_enter_leave.leave_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def cancel_leave(w: World, leave_id: LeaveId) -> Leave:
    """Cancel days off that have not begun, which gives vacation days back.

    leave_id: The days off, as given by hr_desk_list_leave.
    """
    row = LEAVES.get(w, leave_id)
    if row.cancelled or row.first_day <= w.today.isoformat():
        raise FailedPrecondition(f"leave_id {leave_id} is cancelled or has begun on {row.first_day}")
    return LEAVES.put(w, row.model_copy(update={"cancelled": True}))


@hr_desk.tool(
    example={
        "transaction_id": "@bank_transactions.transactions[0].transaction_id",
        "category": "travel",
        "note": "Tickets to the customer",
    },
    errors=[NotFound, Conflict, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def claim_expense(w: World, transaction_id: TransactionId, category: ClaimCategory, note: str) -> Claim:
    """Claim back from the employer what the user paid in a bank transaction.

    transaction_id: A purchase of the user's, as given by bank_transactions.
    category: What kind of expense it was.
    note: What it was for, at most 200 characters.
    """
    paid, note = TRANSACTIONS.get(w, transaction_id), check_text("note", note, 200)
    if paid.type != "purchase" or paid.amount >= 0:
        raise FailedPrecondition(f"transaction_id {transaction_id} is a {paid.type}; only a purchase can be claimed")
    for row in CLAIMS.all(w):
        if row.transaction_id == transaction_id:
            raise Conflict(f"transaction_id {transaction_id} is claimed already: {row.claim_id}")
    row = Claim(
        claim_id=w.new_id("CLAIM"),
        transaction_id=transaction_id,
        category=category,
        amount=-paid.amount,
        currency=persona(w).currency,
        spent_on=paid.date,
        paid_to=paid.counterparty,
        note=note,
    )
    return CLAIMS.put(w, row)


@hr_desk.tool(example={}, kind="stateful")
def expenses(w: World, category: ClaimCategory | None = None, limit: Limit = 5) -> ClaimList:
    """List the expenses that the user has claimed from the employer, newest first.

    category: Only expenses of this kind.
    limit: At most this many; the amount is that of all.
    """
    rows = [row for row in reversed(CLAIMS.all(w)) if category in (None, row.category)]
    return ClaimList(total=len(rows), claims=rows[:limit], amount=money(sum(row.amount for row in rows)))


@hr_desk.tool(example={"claim_id": "@hr_desk_claim_expense.claim_id"}, errors=[NotFound], writes=True, kind="stateful")
def withdraw_claim(w: World, claim_id: ClaimId) -> Claim:
    """Take back an expense claim and return it.

    claim_id: The claim, as given by hr_desk_expenses.
    """
    return CLAIMS.remove(w, claim_id)


def used_days(w: World, employee_id: str, year: int) -> int:
    """Days of vacation taken or planned that begin in a year."""
    rows = [row for row in LEAVES.all(w) if row.employee_id == employee_id and row.type == "vacation"]
    return sum(row.working_days for row in rows if not row.cancelled and row.first_day.startswith(f"{year:04d}-"))
