"""The persona's monthly budget: limits by category, and what was spent."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World, money
from mock_apis.core.entities import CurrencyCode, Entity, IsoDate, Limit
from mock_apis.core.errors import Conflict, InvalidArgument, NotFound
from mock_apis.core.persona import persona
from mock_apis.finance.bank import check_coins
from mock_apis.finance.ledger import TRANSACTIONS, Transaction, TransactionId
from mock_apis.finance.price_level import price, round_local

budget = Domain("budget", category="finance", description="The user's monthly spending limits and expenses.")

BudgetExpenseId = Annotated[str, Field(pattern=r"^SPENT-[0-9A-F]{6}$"), Entity("budget_expense.id")]
Category = Literal["groceries", "eating out", "transport", "housing", "health", "leisure", "other"]
Month = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}$")]
Amount = Annotated[float, Field(ge=0.01, le=1e8)]
LEVELS: dict[Category, int] = {
    "groceries": 350, "eating out": 150, "transport": 120, "housing": 1100, "health": 60, "leisure": 140, "other": 100,
}  # fmt: skip


class CategoryLimit(Record):
    category: Category
    limit: float
    """A month."""


class Spent(Record):
    expense_id: BudgetExpenseId
    date: IsoDate
    category: Category
    amount: float
    note: str
    transaction_id: TransactionId | None
    """The bank transaction it came from."""


class SpentList(Record):
    total: int
    sum: float
    expenses: list[Spent]


class CategoryStatus(CategoryLimit):
    spent: float
    left: float
    """Negative if the limit is passed."""


class MonthReport(Record):
    month: Month
    currency: CurrencyCode
    spent: float
    limit: float
    categories: list[CategoryStatus]


class UncategorisedList(Record):
    total: int
    transactions: list[Transaction]


def seed_spent(w: World) -> list[Spent]:
    """Eight cash expenses of the last forty days."""
    draw = w.draw("budget")
    kinds: tuple[tuple[Category, str, int], ...] = (
        ("groceries", "farmers' market", 25), ("eating out", "lunch", 14), ("transport", "taxi", 18),
        ("leisure", "cinema", 12), ("health", "pharmacy", 9), ("groceries", "bakery", 6),
        ("leisure", "swimming pool", 5), ("other", "flowers", 15),
    )  # fmt: skip
    return [
        Spent(
            expense_id=f"SPENT-{draw.bits() % 0x1000000:06X}",
            date=(w.today - timedelta(days=40 - 5 * place)).isoformat(),
            category=category,
            amount=price(w, level * draw.amount(0.8, 1.3)),
            note=note,
            transaction_id=None,
        )
        for place, (category, note, level) in enumerate(kinds)
    ]


LIMITS = Table(
    "budget_limits",
    key="category",
    seed_rows=lambda w: [CategoryLimit(category=name, limit=price(w, level)) for name, level in LEVELS.items()],
)
SPENT = Table("budget_spent", key="expense_id", seed_rows=seed_spent)


@budget.tool(example={}, kind="stateful")
def report(w: World, month: Month | None = None) -> MonthReport:
    """Compare a month's spending with the limit of every budget category.

    month: YYYY-MM; the present month if left out. Limits are those of today.
    """
    chosen = month or w.today.isoformat()[:7]
    rows = [row for row in SPENT.all(w) if row.date.startswith(chosen)]
    found = []
    for row in LIMITS.all(w):
        spent = money(sum(item.amount for item in rows if item.category == row.category))
        found.append(CategoryStatus(**row.model_dump(), spent=spent, left=money(row.limit - spent)))
    return MonthReport(
        month=chosen,
        currency=persona(w).currency,
        spent=money(sum(row.spent for row in found)),
        limit=money(sum(row.limit for row in found)),
        categories=found,
    )


@budget.tool(example={"category": "leisure", "limit": 200}, writes=True, kind="stateful")
def set_limit(w: World, category: Category, limit: Amount) -> CategoryLimit:
    """Set the monthly spending limit of a budget category.

    category: The category.
    limit: New limit in the user's currency.
    """
    return LIMITS.put(w, CategoryLimit(category=category, limit=round_local(w, limit)))


@budget.tool(example={"category": "eating out", "amount": 18, "note": "lunch with Mei"}, writes=True, kind="stateful")
def add_expense(w: World, category: Category, amount: Amount, note: str = "", date: IsoDate | None = None) -> Spent:
    """Note money that was spent in cash under a budget category.

    category: The category.
    amount: Amount in the user's currency.
    note: What it was for.
    date: Day as YYYY-MM-DD, at most today; today if left out.
    """
    check_coins(w, amount)
    day = date or w.today.isoformat()
    if day > w.today.isoformat():
        raise InvalidArgument(f"date {day} lies after today, {w.today}")
    expense_id = w.new_id("SPENT")
    return SPENT.put(
        w, Spent(expense_id=expense_id, date=day, category=category, amount=amount, note=note, transaction_id=None)
    )


@budget.tool(example={"limit": 3}, kind="stateful")
def uncategorised(w: World, limit: Limit = 5) -> UncategorisedList:
    """List bank purchases and payments not yet in the budget, newest first.

    limit: At most this many transactions.
    """
    known = {row.transaction_id for row in SPENT.all(w)}
    rows = [row for row in TRANSACTIONS.all(w) if is_spending(row) and row.transaction_id not in known]
    return UncategorisedList(total=len(rows), transactions=rows[::-1][:limit])


@budget.tool(
    example={"transaction_id": "@budget_uncategorised.transactions[0].transaction_id", "category": "groceries"},
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def categorise_transaction(w: World, transaction_id: TransactionId, category: Category) -> Spent:
    """Put a bank transaction that spent money under a budget category.

    transaction_id: A purchase, rent or payment, as given by bank_transactions.
    category: The category.
    """
    row = TRANSACTIONS.get(w, transaction_id)
    if not is_spending(row):
        raise InvalidArgument(f"transaction_id {transaction_id} is a {row.type}, which is no spending")
    for other in SPENT.all(w):
        if other.transaction_id == transaction_id:
            raise Conflict(f"transaction_id {transaction_id} is expense {other.expense_id} already")
    spent = Spent(
        expense_id=w.new_id("SPENT"),
        date=row.date,
        category=category,
        amount=-row.amount,
        note=row.counterparty,
        transaction_id=transaction_id,
    )
    return SPENT.put(w, spent)


@budget.tool(example={"category": "groceries"}, kind="stateful")
def expenses(w: World, category: Category | None = None, month: Month | None = None, limit: Limit = 5) -> SpentList:
    """List the budget's expenses with their sum, newest first.

    category: Only expenses of this category.
    month: Only expenses of this month, YYYY-MM.
    limit: At most this many expenses.
    """
    rows = [row for row in SPENT.all(w) if category in (None, row.category) and row.date.startswith(month or "")]
    rows.sort(key=lambda row: (row.date, row.expense_id), reverse=True)
    return SpentList(total=len(rows), sum=money(sum(row.amount for row in rows)), expenses=rows[:limit])


@budget.tool(
    example={"expense_id": "@budget_expenses.expenses[0].expense_id", "category": "other"},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def recategorise(w: World, expense_id: BudgetExpenseId, category: Category) -> Spent:
    """Move an expense to another budget category.

    expense_id: The expense, as given by budget_expenses.
    category: The new category.
    """
    return SPENT.put(w, SPENT.get(w, expense_id).model_copy(update={"category": category}))


@budget.tool(example={"expense_id": "@budget_add_expense.expense_id"}, errors=[NotFound], writes=True, kind="stateful")
def delete_expense(w: World, expense_id: BudgetExpenseId) -> Spent:
    """Take an expense out of the budget and return what was removed.

    expense_id: The expense, as given by budget_expenses.
    """
    return SPENT.remove(w, expense_id)


def is_spending(row: Transaction) -> bool:
    """Whether money left for good."""
    return row.amount < 0 and row.type in ("purchase", "rent", "payment")
