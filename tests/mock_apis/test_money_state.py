"""Share account, wallet, shared expenses, budget, grocery, wish lists, warehouse: money and goods are conserved."""

from typing import Any

import pytest

from mock_apis.communication.contacts import contacts
from mock_apis.core import Domain, World
from mock_apis.core.errors import Conflict, FailedPrecondition, InsufficientFunds, InvalidArgument, NotFound
from mock_apis.core.persona import people, persona
from mock_apis.finance.bank import bank
from mock_apis.finance.budget import budget
from mock_apis.finance.invoicing import invoicing
from mock_apis.finance.ledger import ACCOUNTS
from mock_apis.finance.split_bills import split_bills
from mock_apis.finance.wallet import wallet
from mock_apis.logistics.warehouse import warehouse
from mock_apis.markets.brokerage import brokerage
from mock_apis.markets.stock_market import stock_market
from mock_apis.shopping.grocery import grocery
from mock_apis.shopping.stock import PRODUCTS
from mock_apis.shopping.store import store
from mock_apis.shopping.wishlists import wishlists

DOMAINS: list[Domain] = [
    bank, brokerage, budget, contacts, grocery, invoicing, split_bills, stock_market, store, wallet, warehouse,
    wishlists,
]  # fmt: skip
TOOLS = {name: tool for domain in DOMAINS for name, tool in domain.tools.items()}
SEEDS = (1, 2, 3, 10)


def call(w: World, tool: str, **arguments: Any) -> Any:
    """The result of a tool."""
    return TOOLS[tool].run(w, arguments)


def bank_total(w: World) -> float:
    """The sum of all bank balances."""
    return round(sum(row.balance for row in ACCOUNTS.all(w)), 2)


@pytest.mark.parametrize("seed", SEEDS)
def test_buying_and_selling_a_share_at_one_price_costs_nothing(seed: int) -> None:
    w = World(seed)
    before = call(w, "brokerage_portfolio")
    call(w, "brokerage_buy", symbol="EBBK", shares=2)
    during = call(w, "brokerage_portfolio")
    assert during["value"] == pytest.approx(before["value"], abs=0.02)
    assert during["cash"] < before["cash"]
    call(w, "brokerage_sell", symbol="EBBK", shares=2)
    assert call(w, "brokerage_portfolio")["cash"] == before["cash"]


def test_open_orders_hold_cash_and_shares_until_cancelled() -> None:
    w = World(1)
    cash = call(w, "brokerage_portfolio")["cash"]
    price = call(w, "stock_market_quote", symbol="ZNTH")["price"]
    low = round(price / 2, 2)
    order = call(w, "brokerage_place_limit", symbol="ZNTH", side="buy", shares=int(cash // low), limit_price=low)
    assert order["status"] == "open"
    with pytest.raises(InsufficientFunds):
        call(w, "brokerage_withdraw", account_id=ACCOUNTS.all(w)[0].account_id, amount=float(int(cash)))
    call(w, "brokerage_cancel_limit", trade_id=order["trade_id"])
    with pytest.raises(FailedPrecondition, match="cancelled already"):
        call(w, "brokerage_cancel_limit", trade_id=order["trade_id"])
    with pytest.raises(FailedPrecondition, match="free to sell"):
        call(w, "brokerage_sell", symbol=order["symbol"], shares=100000)


def test_quote_and_history_agree() -> None:
    w = World(5)
    history = call(w, "stock_market_price_history", symbol="FLCN", days=10)
    assert history["prices"][-1] == call(w, "stock_market_quote", symbol="FLCN")["price"]
    assert len(history["prices"]) == 10


@pytest.mark.parametrize("seed", SEEDS)
def test_money_between_bank_and_wallet_is_conserved(seed: int) -> None:
    w = World(seed)
    account = ACCOUNTS.all(w)[0].account_id
    before = bank_total(w) + call(w, "wallet_balance")["balance"]
    call(w, "wallet_move_money", account_id=account, amount=20, direction="top_up")
    assert bank_total(w) + call(w, "wallet_balance")["balance"] == pytest.approx(before)
    with pytest.raises(InsufficientFunds):
        call(w, "wallet_send", person=people(w)[0].name, amount=999999)


def test_a_paid_request_cannot_be_paid_again() -> None:
    w = World(2)
    request_id = call(w, "wallet_requests")["requests"][0]["request_id"]
    call(w, "wallet_pay_request", request_id=request_id)
    with pytest.raises(FailedPrecondition, match="paid already"):
        call(w, "wallet_pay_request", request_id=request_id)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_settle_plan_settles_every_debt(seed: int) -> None:
    w = World(seed)
    group = call(w, "split_bills_groups")["groups"][0]
    call(w, "split_bills_add_expense", group_id=group["group_id"], paid_by=persona(w).name, amount=100, description="x")
    balances = call(w, "split_bills_balances", group_id=group["group_id"])["balances"]
    assert sum(row["balance"] for row in balances) == pytest.approx(0, abs=1e-9)
    for row in call(w, "split_bills_settle_plan", group_id=group["group_id"])["payments"]:
        call(w, "split_bills_record_repayment", group_id=group["group_id"], **row)
    balances = call(w, "split_bills_balances", group_id=group["group_id"])["balances"]
    assert all(row["balance"] == 0 for row in balances)


def test_a_bank_transaction_enters_the_budget_and_a_group_once() -> None:
    w = World(3)
    row = call(w, "budget_uncategorised")["transactions"][0]
    given = {"transaction_id": row["transaction_id"], "category": "leisure"}
    assert call(w, "budget_categorise_transaction", **given)["amount"] == -row["amount"]
    with pytest.raises(Conflict, match=row["transaction_id"]):
        call(w, "budget_categorise_transaction", **given)
    group = call(w, "split_bills_groups")["groups"][0]["group_id"]
    call(w, "split_bills_share_transaction", group_id=group, transaction_id=row["transaction_id"])
    with pytest.raises(Conflict):
        call(w, "split_bills_share_transaction", group_id=group, transaction_id=row["transaction_id"])


def test_the_budget_report_adds_up() -> None:
    w = World(1)
    before = {row["category"]: row["spent"] for row in call(w, "budget_report")["categories"]}
    call(w, "budget_add_expense", category="health", amount=12)
    after = call(w, "budget_report")
    spent = {row["category"]: row["spent"] for row in after["categories"]}
    assert spent["health"] == pytest.approx(before["health"] + 12)
    assert after["spent"] == pytest.approx(sum(spent.values()))


def test_a_recipe_becomes_a_paid_grocery_order() -> None:
    w = World(4)
    before = bank_total(w)
    basket = call(w, "grocery_add_recipe", recipe_id="minestrone", servings=4)
    slot = call(w, "grocery_slots")["slots"][0]
    with pytest.raises(Conflict, match="total"):
        call(w, "grocery_place_order", slot=slot, total=basket["total"] + 1)
    order = call(w, "grocery_place_order", slot=slot, total=basket["total"])
    assert bank_total(w) == pytest.approx(before - order["total"])
    assert call(w, "grocery_basket")["lines"] == []
    assert slot not in call(w, "grocery_slots", limit=20)["slots"]


def test_a_wish_moves_to_the_cart_once() -> None:
    w = World(1)
    wishlist_id = call(w, "wishlists_list")["wishlists"][0]["wishlist_id"]
    wish = call(w, "wishlists_get", wishlist_id=wishlist_id)["items"][0]["product_id"]
    cart = call(w, "wishlists_move_to_cart", wishlist_id=wishlist_id, product_id=wish)
    assert cart["items"][0]["product_id"] == wish
    with pytest.raises(NotFound):
        call(w, "wishlists_move_to_cart", wishlist_id=wishlist_id, product_id=wish)


def test_units_move_from_the_warehouse_to_the_store() -> None:
    w = World(6)
    product_id = PRODUCTS.all(w)[0].product_id
    free = call(w, "warehouse_free_bins")["bins"]
    received = call(w, "warehouse_receive", product_id=product_id, bin=free[0], units=30)
    call(w, "warehouse_move", product_id=product_id, from_bin=free[0], to_bin=free[1], units=10)
    after = call(w, "warehouse_refill_store", product_id=product_id, bin=free[1], units=10)
    assert after["reserve_units"] == received["reserve_units"] - 10
    assert after["store_units"] == received["store_units"] + 10
    assert free[1] in call(w, "warehouse_free_bins")["bins"]
    with pytest.raises(FailedPrecondition, match="units 21"):
        call(w, "warehouse_refill_store", product_id=product_id, bin=free[0], units=21)


def test_a_group_needs_somebody_else() -> None:
    w = World(1)
    with pytest.raises(InvalidArgument, match="members"):
        call(w, "split_bills_create_group", name="alone", members=[persona(w).name])


def test_an_invoice_is_paid_in_parts_and_then_closed() -> None:
    w = World(1)
    contact = call(w, "contacts_search")["contacts"][0]["contact_id"]
    invoice = call(w, "invoicing_create", contact_id=contact)["invoice_id"]
    with pytest.raises(FailedPrecondition, match="charges nothing"):
        call(w, "invoicing_send", invoice_id=invoice)
    line = {"description": "tuition", "quantity": 3, "unit_price": 50, "tax_percent": 20}
    assert call(w, "invoicing_add_line", invoice_id=invoice, **line)["total"] == 180
    call(w, "invoicing_send", invoice_id=invoice)
    before, account = bank_total(w), ACCOUNTS.all(w)[0].account_id
    assert call(w, "invoicing_record_payment", invoice_id=invoice, account_id=account, amount=80)["unpaid"] == 100
    with pytest.raises(FailedPrecondition, match="unpaid"):
        call(w, "invoicing_record_payment", invoice_id=invoice, account_id=account, amount=101)
    paid = call(w, "invoicing_record_payment", invoice_id=invoice, account_id=account, amount=100)
    assert paid["status"] == "paid"
    assert bank_total(w) == pytest.approx(before + 180)
    with pytest.raises(FailedPrecondition, match="is paid"):
        call(w, "invoicing_void", invoice_id=invoice)
