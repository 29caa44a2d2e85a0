"""Groups of people who share expenses, and who owes whom."""

from mock_apis.core import Domain, Record, World, money
from mock_apis.core.entities import CurrencyCode, Limit, PersonName
from mock_apis.core.errors import Conflict, InvalidArgument, NotFound, ResourceExhausted
from mock_apis.core.persona import persona
from mock_apis.finance.ledger import TRANSACTIONS, TransactionId
from mock_apis.finance.shared_expenses import (
    EXPENSES,
    GROUPS,
    Amount,
    ExpenseId,
    Group,
    GroupId,
    Members,
    SharedExpense,
    keep_expense,
    scale,
    sum_units,
)

split_bills = Domain(
    "split_bills", category="finance", description="The user's groups of people who share expenses in one currency."
)


class GroupList(Record):
    total: int
    groups: list[Group]


class ExpenseList(Record):
    total: int
    expenses: list[SharedExpense]


class MemberBalance(Record):
    member: PersonName
    balance: float
    """Positive if the others owe the member money."""


class Balances(Record):
    group_id: GroupId
    currency: CurrencyCode
    balances: list[MemberBalance]


class Repayment(Record):
    payer: PersonName
    payee: PersonName
    amount: float


class SettlePlan(Record):
    group_id: GroupId
    currency: CurrencyCode
    total: int
    payments: list[Repayment]


@split_bills.tool(
    example={"name": "Flat", "members": ["@bank_payees.payees[0]", "@bank_payees.payees[1]"]},
    writes=True,
    kind="stateful",
)
def create_group(w: World, name: str, members: Members) -> Group:
    """Start a group of people who share expenses; the user is in it too.

    name: Short name of the group, such as Flat.
    members: Full names of the other people.
    """
    everyone = list(dict.fromkeys([persona(w).name, *members]))
    if len(everyone) < 2:
        raise InvalidArgument("members: name at least one person besides the user")
    return GROUPS.put(w, Group(group_id=w.new_id("SPLIT"), name=name, members=everyone))


@split_bills.tool(example={}, kind="stateful")
def groups(w: World, member: PersonName | None = None, limit: Limit = 5) -> GroupList:
    """List the expense groups that the user is in.

    member: Only groups that this person is in too, by full name.
    limit: At most this many groups.
    """
    rows = [row for row in GROUPS.all(w) if member is None or member in row.members]
    return GroupList(total=len(rows), groups=rows[:limit])


@split_bills.tool(
    example={
        "group_id": "@split_bills_groups.groups[0].group_id",
        "paid_by": "@split_bills_groups.groups[0].members[1]",
        "amount": 90,
        "description": "dinner",
    },
    errors=[NotFound, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def add_expense(
    w: World, group_id: GroupId, paid_by: PersonName, amount: Amount, description: str, shared_by: Members | None = None
) -> SharedExpense:
    """Add an expense that one member paid and several share equally.

    group_id: The group, as given by split_bills_groups.
    paid_by: Member who paid, by full name.
    amount: Whole amount in the user's currency.
    description: What it was for.
    shared_by: Members who share it; all of them if left out.
    """
    return keep_expense(w, GROUPS.get(w, group_id), paid_by, amount, description, shared_by)


@split_bills.tool(
    example={
        "group_id": "@split_bills_groups.groups[0].group_id",
        "transaction_id": "@bank_pay_person.transaction_id",
    },
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def share_transaction(
    w: World, group_id: GroupId, transaction_id: TransactionId, shared_by: Members | None = None
) -> SharedExpense:
    """Share money that left the user's bank account with a group.

    group_id: The group, as given by split_bills_groups.
    transaction_id: A payment of the user, as given by bank_transactions.
    shared_by: Members who share it equally; all of them if left out.
    """
    group, row = GROUPS.get(w, group_id), TRANSACTIONS.get(w, transaction_id)
    if row.amount >= 0:
        raise InvalidArgument(f"transaction_id {transaction_id} brought money in; only payments can be shared")
    if any(other.transaction_id == transaction_id for other in EXPENSES.all(w)):
        raise Conflict(f"transaction_id {transaction_id} is shared already")
    return keep_expense(w, group, persona(w).name, -row.amount, row.counterparty, shared_by, transaction_id)


@split_bills.tool(
    example={
        "group_id": "@split_bills_settle_plan.group_id",
        "payer": "@split_bills_settle_plan.payments[0].payer",
        "payee": "@split_bills_settle_plan.payments[0].payee",
        "amount": "@split_bills_settle_plan.payments[0].amount",
    },
    errors=[NotFound, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def record_repayment(
    w: World, group_id: GroupId, payer: PersonName, payee: PersonName, amount: Amount
) -> SharedExpense:
    """Note that one member of a group paid another back; moves no money.

    group_id: The group, as given by split_bills_groups.
    payer: Member who paid, by full name.
    payee: Member who received the money, by full name.
    amount: Amount in the user's currency.
    """
    if payer == payee:
        raise InvalidArgument(f"payee '{payee}' is the payer")
    row = keep_expense(w, GROUPS.get(w, group_id), payer, amount, "repayment", [payee])
    return EXPENSES.put(w, row.model_copy(update={"repayment": True}))


@split_bills.tool(example={"group_id": "@split_bills_groups.groups[0].group_id"}, errors=[NotFound], kind="stateful")
def expenses(w: World, group_id: GroupId, paid_by: PersonName | None = None, limit: Limit = 5) -> ExpenseList:
    """List the expenses and repayments of a group, newest first.

    group_id: The group, as given by split_bills_groups.
    paid_by: Only what this member paid, by full name.
    limit: At most this many.
    """
    GROUPS.get(w, group_id)
    rows = [row for row in EXPENSES.all(w) if row.group_id == group_id and paid_by in (None, row.paid_by)]
    return ExpenseList(total=len(rows), expenses=rows[::-1][:limit])


@split_bills.tool(
    example={"expense_id": "@split_bills_add_expense.expense_id"}, errors=[NotFound], writes=True, kind="stateful"
)
def delete_expense(w: World, expense_id: ExpenseId) -> SharedExpense:
    """Delete a shared expense or repayment and return what was deleted.

    expense_id: The expense, as given by split_bills_expenses.
    """
    return EXPENSES.remove(w, expense_id)


@split_bills.tool(example={"group_id": "@split_bills_groups.groups[0].group_id"}, errors=[NotFound], kind="stateful")
def balances(w: World, group_id: GroupId) -> Balances:
    """Show for each member of a group what they are owed or owe.

    group_id: The group, as given by split_bills_groups.
    """
    sums = sum_units(w, GROUPS.get(w, group_id))
    rows = [MemberBalance(member=member, balance=money(units / scale(w))) for member, units in sums.items()]
    return Balances(group_id=group_id, currency=persona(w).currency, balances=rows)


@split_bills.tool(example={"group_id": "@split_bills_groups.groups[0].group_id"}, errors=[NotFound], kind="stateful")
def settle_plan(w: World, group_id: GroupId) -> SettlePlan:
    """Work out payments between members that settle all debts of a group.

    group_id: The group, as given by split_bills_groups.
    """
    sums = sum_units(w, GROUPS.get(w, group_id))
    payments: list[Repayment] = []
    while any(sums.values()):
        payer, payee = min(sums, key=lambda name: sums[name]), max(sums, key=lambda name: sums[name])
        units = min(-sums[payer], sums[payee])
        sums[payer] += units
        sums[payee] -= units
        payments.append(Repayment(payer=payer, payee=payee, amount=money(units / scale(w))))
    return SettlePlan(group_id=group_id, currency=persona(w).currency, total=len(payments), payments=payments)
