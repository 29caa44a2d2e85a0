"""The rows behind the personnel desk: employees, days off, expense claims."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.communication.texts import draw_id
from mock_apis.core import Record, Table, World
from mock_apis.core.entities import CurrencyCode, EmailAddress, Entity, IsoDate, PersonName, PhoneNumber
from mock_apis.core.persona import people, persona
from mock_apis.finance.ledger import TransactionId

EmployeeId = Annotated[str, Field(pattern=r"^EMP-[0-9A-F]{6}$"), Entity("employee.id")]
LeaveId = Annotated[str, Field(pattern=r"^LEAVE-[0-9A-F]{6}$"), Entity("leave.id")]
ClaimId = Annotated[str, Field(pattern=r"^CLAIM-[0-9A-F]{6}$"), Entity("expense_claim.id")]
Team = Literal["product", "sales", "operations", "management"]
LeaveType = Literal["vacation", "sick", "parental"]
ClaimCategory = Literal["travel", "meal", "equipment", "training"]
YEARLY_DAYS = 28


class Employee(Record):
    employee_id: EmployeeId
    name: PersonName
    email: EmailAddress
    phone: PhoneNumber
    team: Team
    role: str
    manager: EmployeeId | None
    joined_on: IsoDate


class EmployeeList(Record):
    total: int
    employees: list[Employee]


class Leave(Record):
    leave_id: LeaveId
    employee_id: EmployeeId
    type: LeaveType
    first_day: IsoDate
    last_day: IsoDate
    working_days: int
    """Monday to Friday, holidays included."""
    cancelled: bool


class LeaveList(Record):
    total: int
    leaves: list[Leave]


class Balance(Record):
    employee_id: EmployeeId
    year: int
    yearly_days: int
    taken_or_planned: int
    left: int


class Claim(Record):
    claim_id: ClaimId
    transaction_id: TransactionId
    category: ClaimCategory
    amount: float
    currency: CurrencyCode
    spent_on: IsoDate
    paid_to: str
    note: str


class ClaimList(Record):
    total: int
    claims: list[Claim]
    amount: float


ROLES: tuple[tuple[Team, str], ...] = (
    ("management", "Managing director"), ("product", "Head of product"), ("sales", "Head of sales"),
    ("operations", "Head of operations"), ("product", "Designer"), ("product", "Engineer"),
    ("sales", "Account manager"), ("operations", "Buyer"),
)  # fmt: skip


def seed_employees(w: World) -> list[Employee]:
    """The director, three heads of teams and their people; the persona is an engineer."""
    draw, known, rows = w.draw("hr_desk.employees"), people(w), list[Employee]()
    for place, (team, role) in enumerate(ROLES):
        person = persona(w) if role == "Engineer" else known[place]
        head = next((row.employee_id for row in rows if row.team == team), rows[0].employee_id if rows else None)
        row = Employee(
            employee_id=draw_id(draw, "EMP"),
            name=person.name,
            email=person.email,
            phone=person.phone,
            team=team,
            role=role,
            manager=head,
            joined_on=(w.today - timedelta(days=draw.between(200, 4000))).isoformat(),
        )
        rows.append(row)
    return rows


def seed_leaves(w: World) -> list[Leave]:
    """A few days off of three colleagues around today."""
    draw, others = w.draw("hr_desk.leaves"), [row for row in EMPLOYEES.all(w) if row.email != persona(w).email]
    rows = []
    for employee in draw.sample(others, 3):
        first = w.today + timedelta(days=draw.between(-4, 20))
        last = first + timedelta(days=draw.between(4, 11))
        row = Leave(
            leave_id=draw_id(draw, "LEAVE"),
            employee_id=employee.employee_id,
            type="vacation",
            first_day=first.isoformat(),
            last_day=last.isoformat(),
            working_days=count_working_days(first, last),
            cancelled=False,
        )
        rows.append(row)
    return rows


def count_working_days(first: date, last: date) -> int:
    """Mondays to Fridays from the first to the last day."""
    span = (last - first).days + 1
    whole, rest = divmod(span, 7)
    return 5 * whole + sum((first.weekday() + day) % 7 < 5 for day in range(rest))


EMPLOYEES = Table("hr_desk.employees", key="employee_id", seed_rows=seed_employees)
LEAVES = Table("hr_desk.leaves", key="leave_id", seed_rows=seed_leaves)
CLAIMS: Table[Claim] = Table("hr_desk.claims", key="claim_id", seed_rows=lambda w: ())
