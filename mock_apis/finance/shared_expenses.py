"""The rows behind split_bills: groups, their expenses, and what each member is owed."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Record, Table, World
from mock_apis.core.entities import Entity, IsoDate, PersonName
from mock_apis.core.errors import NotFound, ResourceExhausted
from mock_apis.core.persona import people, persona
from mock_apis.finance.bank import check_coins
from mock_apis.finance.ledger import TransactionId
from mock_apis.finance.price_level import WHOLE, price

GroupId = Annotated[str, Field(pattern=r"^SPLIT-[0-9A-F]{6}$"), Entity("split_group.id")]
ExpenseId = Annotated[str, Field(pattern=r"^SHARED-[0-9A-F]{6}$"), Entity("shared_expense.id")]
Amount = Annotated[float, Field(ge=0.01, le=1e6)]
Members = Annotated[list[PersonName], Field(min_length=1, max_length=12)]
MOST_EXPENSES = 200


class Group(Record):
    group_id: GroupId
    name: str
    members: list[PersonName]


class SharedExpense(Record):
    expense_id: ExpenseId
    group_id: GroupId
    date: IsoDate
    description: str
    paid_by: PersonName
    amount: float
    shared_by: list[PersonName]
    repayment: bool = False
    """True if one member paid another back."""
    transaction_id: TransactionId | None = None


def seed_groups(w: World) -> list[Group]:
    """A trip of the user with three people."""
    draw = w.draw("split groups")
    friends = draw.sample([person.name for person in people(w)], 3)
    return [
        Group(group_id=f"SPLIT-{draw.bits() % 0x1000000:06X}", name="Weekend trip", members=[persona(w).name, *friends])
    ]


def seed_expenses(w: World) -> list[SharedExpense]:
    """Three expenses of the trip that everybody shares."""
    draw, group = w.draw("split expenses"), GROUPS.all(w)[0]
    return [
        SharedExpense(
            expense_id=f"SHARED-{draw.bits() % 0x1000000:06X}",
            group_id=group.group_id,
            date=(w.today - timedelta(days=age)).isoformat(),
            description=description,
            paid_by=draw.pick(group.members),
            amount=price(w, draw.amount(20, 160)),
            shared_by=group.members,
        )
        for age, description in ((9, "cabin rent"), (8, "groceries"), (7, "boat hire"))
    ]


GROUPS = Table("split_groups", key="group_id", seed_rows=seed_groups)
EXPENSES = Table("split_expenses", key="expense_id", seed_rows=seed_expenses)


def scale(w: World) -> int:
    """Smallest coins in one unit of the currency."""
    return 1 if persona(w).currency in WHOLE else 100


def keep_expense(
    w: World,
    group: Group,
    paid_by: str,
    amount: float,
    description: str,
    shared_by: list[str] | None,
    transaction_id: str | None = None,
) -> SharedExpense:
    """Store an expense between members. Raises NotFound for anybody else."""
    check_coins(w, amount)
    shared = list(dict.fromkeys(shared_by or group.members))
    for name in (paid_by, *shared):
        if name not in group.members:
            raise NotFound(f"no member '{name}' in group_id {group.group_id}; members: {', '.join(group.members)}")
    if sum(row.group_id == group.group_id for row in EXPENSES.all(w)) >= MOST_EXPENSES:
        raise ResourceExhausted(f"group_id {group.group_id} has {MOST_EXPENSES} expenses; start another group")
    row = SharedExpense(
        expense_id=w.new_id("SHARED"),
        group_id=group.group_id,
        date=w.today.isoformat(),
        description=description,
        paid_by=paid_by,
        amount=amount,
        shared_by=shared,
        transaction_id=transaction_id,
    )
    return EXPENSES.put(w, row)


def sum_units(w: World, group: Group) -> dict[str, int]:
    """What each member is owed in smallest coins; the coins left over by a division fall to the first sharers."""
    sums = dict.fromkeys(group.members, 0)
    for row in EXPENSES.all(w):
        if row.group_id == group.group_id:
            units = round(row.amount * scale(w))
            sums[row.paid_by] += units
            each, rest = divmod(units, len(row.shared_by))
            for place, name in enumerate(row.shared_by):
                sums[name] -= each + (place < rest)
    return sums
