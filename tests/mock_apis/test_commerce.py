"""Money, shopping and parcels: hand-checked facts and the behaviour of state."""

from typing import Any

import pytest

from mock_apis.core import Domain, World
from mock_apis.core.errors import FailedPrecondition, InsufficientFunds, InvalidArgument, NotFound, PermissionDenied
from mock_apis.core.persona import HOMES, persona
from mock_apis.finance.bank import bank
from mock_apis.finance.exchange_rates import exchange_rates
from mock_apis.finance.investing import investing
from mock_apis.finance.ledger import ACCOUNTS, TRANSACTIONS
from mock_apis.finance.loans import loans
from mock_apis.logistics.parcels import distance_km
from mock_apis.logistics.shipping import shipping
from mock_apis.shopping.cart import cart
from mock_apis.shopping.orders import orders
from mock_apis.shopping.stock import PRODUCTS
from mock_apis.shopping.store import store

DOMAINS: list[Domain] = [exchange_rates, loans, bank, investing, store, cart, orders, shipping]
TOOLS = {name: tool for domain in DOMAINS for name, tool in domain.tools.items()}


def call(w: World, name: str, **arguments: Any) -> Any:
    """The result of a tool."""
    return TOOLS[name].run(w, arguments)


def fill_cart(w: World, query: str = "kettle", quantity: int = 1) -> tuple[str, str]:
    """Put the best hit into the cart; the product's and the cart's id."""
    product = call(w, "store_search", query=query)["products"][0]
    shown = call(w, "cart_add", product_id=product["product_id"], quantity=quantity)
    return product["product_id"], shown["cart_id"]


def total_money(w: World) -> float:
    """The sum of all balances."""
    return round(sum(account.balance for account in ACCOUNTS.all(w)), 2)


@pytest.mark.parametrize(
    ("currency", "month", "date", "rate"),
    [
        ("USD", "2019-01", "2019-01-02", 1.1397),
        ("USD", "2025-01", "2025-01-02", 1.0321),
        ("JPY", "2020-01", "2020-01-02", 121.75),
        ("GBP", "2020-01", "2020-01-02", 0.84828),
    ],
)
def test_reference_rates_are_those_the_ecb_published(currency: str, month: str, date: str, rate: float) -> None:
    result = call(World(1), "exchange_rates_rate", from_currency="EUR", to_currency=currency, month=month)
    assert (result["date"], result["rate"]) == (date, rate)


def test_a_conversion_between_two_other_currencies_goes_through_the_euro() -> None:
    result = call(
        World(1), "exchange_rates_convert", amount=100, from_currency="USD", to_currency="GBP", month="2020-01"
    )
    assert result["converted"] == 75.79  # 100 / 1.1193 * 0.84828


def test_the_newest_rate_is_not_later_than_the_day_of_the_world() -> None:
    for seed in range(20):
        w = World(seed)
        result = call(w, "exchange_rates_rate", from_currency="EUR", to_currency="USD")
        assert 0 <= (w.today - w.today.fromisoformat(result["date"])).days <= 35


def test_the_lira_is_not_among_the_strongest_of_2021_and_unknown_codes_are_named() -> None:
    ranking = call(World(1), "exchange_rates_strongest", start_month="2021-01", end_month="2021-12", limit=20)
    assert "TRY" not in {move["currency"] for move in ranking["currencies"]}
    with pytest.raises(NotFound, match="to_currency 'XXX'"):
        call(World(1), "exchange_rates_rate", from_currency="EUR", to_currency="XXX")


def test_loan_payments_are_those_of_the_textbook() -> None:
    w = World(1)
    loan = {"principal": 100000, "annual_rate_percent": 6, "months": 360}
    assert call(w, "loans_monthly_payment", **loan) == {
        "monthly_payment": 599.55,
        "total_paid": 215838.19,
        "total_interest": 115838.19,
    }
    assert call(w, "loans_remaining_balance", **loan, payments_made=360)["remaining_balance"] == 0
    assert call(w, "loans_remaining_balance", **loan, payments_made=60)["remaining_balance"] == 93054.36
    free = call(w, "loans_monthly_payment", principal=1200, annual_rate_percent=0, months=12)
    assert free == {"monthly_payment": 100, "total_paid": 1200, "total_interest": 0}


def test_affordability_undoes_the_monthly_payment() -> None:
    result = call(World(1), "loans_affordability", monthly_payment=599.55, annual_rate_percent=6, months=360)
    assert result["principal"] == pytest.approx(100000, abs=1)


def test_the_years_of_a_loan_repay_it_entirely() -> None:
    result = call(World(1), "loans_amortization", principal=18000, annual_rate_percent=5.5, months=54)
    assert (result["total"], result["years"][-1]["balance"]) == (5, 0)
    assert sum(year["principal_paid"] for year in result["years"]) == pytest.approx(18000, abs=0.03)


def test_a_debt_is_paid_off_in_the_months_counted_by_hand() -> None:
    result = call(World(1), "loans_payoff_time", balance=1000, annual_rate_percent=12, monthly_payment=500)
    # 1000 -> 510 -> 15.10 -> 0, interest 10 + 5.10 + 0.151
    assert result == {"months_to_pay_off": 3, "total_interest": 15.25}
    with pytest.raises(InvalidArgument, match="monthly_payment"):
        call(World(1), "loans_payoff_time", balance=1000, annual_rate_percent=12, monthly_payment=10)


def test_an_extra_payment_saves_months_and_interest() -> None:
    result = call(
        World(1), "loans_extra_payment", principal=1000, annual_rate_percent=0, months=10, extra_per_month=100
    )
    assert result == {"months_to_pay_off": 5, "months_saved": 5, "interest_saved": 0, "total_interest": 0}


def test_returns_are_those_counted_by_hand() -> None:
    w = World(1)
    grown = call(w, "investing_compound_interest", principal=1000, annual_rate_percent=5, years=10)
    assert (grown["final_value"], grown["interest_earned"]) == (1628.89, 628.89)
    monthly = call(
        w, "investing_compound_interest", principal=1, annual_rate_percent=12, years=1, compounding="monthly"
    )
    assert monthly["effective_annual_rate_percent"] == 12.6825
    assert call(w, "investing_npv", annual_rate_percent=10, cash_flows=[-100, 110])["net_present_value"] == 0
    assert call(w, "investing_irr", outlay=100, yearly_income=[0, 121])["annual_rate_percent"] == 10
    assert call(w, "investing_cagr", start_value=100, end_value=200, years=10)["cagr_percent"] == 7.1773
    assert call(w, "investing_savings_goal", target=1200, months=12)["monthly_deposit"] == 100
    real = call(w, "investing_real_return", nominal_return_percent=7, inflation_percent=3)
    assert real["real_return_percent"] == 3.8835


def test_deposits_with_interest_reach_the_savings_goal() -> None:
    plan = call(World(1), "investing_savings_goal", target=20000, months=60, annual_rate_percent=3, already_saved=2500)
    balance = 2500.0
    for _ in range(60):
        balance = balance * 1.0025 + plan["monthly_deposit"]
    assert balance == pytest.approx(20000, abs=1)


def test_a_transfer_moves_money_and_makes_none() -> None:
    w = World(4)
    before = total_money(w)
    first, second = ACCOUNTS.all(w)
    moved = call(w, "bank_transfer", from_account=second.account_id, to_account=first.account_id, amount=100.25)
    assert moved["balance"] == round(second.balance - 100.25, 2)
    assert total_money(w) == before
    newest = call(w, "bank_transactions", account_id=first.account_id, limit=1)["transactions"][0]
    assert (newest["amount"], newest["type"]) == (100.25, "transfer")


def test_an_account_is_never_overdrawn_and_a_failed_payment_leaves_no_trace() -> None:
    w = World(4)
    account, payee = ACCOUNTS.all(w)[0], call(w, "bank_payees")["payees"][0]
    state = w.state_hash()
    with pytest.raises(InsufficientFunds, match="balance"):
        call(w, "bank_pay_person", account_id=account.account_id, payee=payee, amount=account.balance + 1)
    with pytest.raises(NotFound, match="Nobody Here"):
        call(w, "bank_pay_person", account_id=account.account_id, payee="Nobody Here", amount=1)
    assert w.state_hash() == state
    paid = call(w, "bank_pay_person", account_id=account.account_id, payee=payee, amount=account.balance)
    assert paid["balance"] == 0


def test_a_card_is_frozen_once_and_pays_nothing_while_frozen() -> None:
    w = World(5)
    card = call(w, "bank_cards")["cards"][0]["card_id"]
    _, cart_id = fill_cart(w)
    assert call(w, "bank_freeze_card", card_id=card)["frozen"]
    with pytest.raises(FailedPrecondition, match="already"):
        call(w, "bank_freeze_card", card_id=card)
    with pytest.raises(FailedPrecondition, match="frozen"):
        call(w, "cart_checkout", cart_id=cart_id, card_id=card)
    call(w, "bank_unfreeze_card", card_id=card)
    assert call(w, "cart_checkout", cart_id=cart_id, card_id=card)["card_id"] == card


def test_a_search_prefers_products_with_all_words_and_may_find_none() -> None:
    w = World(2)
    best = call(w, "store_search", query="wireless mouse")["products"][0]
    assert best["name"].endswith("wireless mouse")
    assert call(w, "store_search", query="submarine") == {"total": 0, "products": []}
    assert call(w, "store_search", query="mouse", category="garden")["total"] == 0
    assert call(w, "store_similar", product_id=best["product_id"])["products"][0]["name"].endswith("wireless mouse")


def test_the_rating_is_the_mean_of_the_reviews() -> None:
    w = World(2)
    for product in PRODUCTS.all(w)[:20]:
        found = call(w, "store_reviews", product_id=product.product_id, limit=20)
        stars = [review["stars"] for review in found["reviews"]]
        assert found["total"] == len(stars)
        assert found["rating"] == round(sum(stars) / len(stars), 1)


def test_the_store_sells_120_products_in_the_currency_of_the_user() -> None:
    products = PRODUCTS.all(World(3))
    assert len(products) == len({product.name for product in products}) == 120
    assert {product.currency for product in products} == {persona(World(3)).currency}


def test_a_product_can_be_found_bought_and_followed_to_its_parcel() -> None:
    w = World(7)
    before = total_money(w)
    product_id, cart_id = fill_cart(w, quantity=2)
    units = call(w, "store_stock", product_id=product_id)["units"]
    receipt = call(w, "cart_checkout", cart_id=cart_id)
    assert total_money(w) == round(before - receipt["total"], 2)
    assert call(w, "store_stock", product_id=product_id)["units"] == units - 2
    assert call(w, "cart_view")["items"] == []
    tracked = call(w, "orders_track", order_id=receipt["order_id"])
    parcel = call(w, "shipping_track", tracking_number=tracked["tracking_number"])
    assert parcel["status"] == "label_created"
    assert parcel["expected_on"] == receipt["expected_on"]
    assert call(w, "orders_list")["orders"][0]["order_id"] == receipt["order_id"]


def test_an_empty_cart_cannot_be_ordered_and_stock_cannot_be_exceeded() -> None:
    w = World(7)
    with pytest.raises(FailedPrecondition, match="empty"):
        call(w, "cart_checkout", cart_id=call(w, "cart_view")["cart_id"])
    sold_out = next(product for product in PRODUCTS.all(w) if product.units == 0)
    with pytest.raises(FailedPrecondition, match="in stock"):
        call(w, "cart_add", product_id=sold_out.product_id)
    product_id, _ = fill_cart(w)
    assert call(w, "cart_update_quantity", product_id=product_id, quantity=3)["items"][0]["quantity"] == 3
    assert call(w, "cart_remove", product_id=product_id)["total"] == 0
    with pytest.raises(NotFound, match="cart"):
        call(w, "cart_remove", product_id=product_id)


def test_a_coupon_needs_its_minimum_and_takes_its_percentage() -> None:
    w = World(7)
    fill_cart(w)
    shown = call(w, "cart_apply_coupon", code="WELCOME5")
    assert shown["discount"] == pytest.approx(shown["subtotal"] * 0.05, abs=0.5)
    assert shown["total"] == round(shown["subtotal"] - shown["discount"], 2)
    with pytest.raises(FailedPrecondition, match="BIG20"):
        call(w, "cart_apply_coupon", code="BIG20")
    with pytest.raises(NotFound, match="FREE100"):
        call(w, "cart_apply_coupon", code="FREE100")


def test_a_cancelled_order_is_refunded_and_cannot_be_cancelled_again() -> None:
    w = World(8)
    before = total_money(w)
    product_id, cart_id = fill_cart(w)
    units = call(w, "store_stock", product_id=product_id)["units"]
    order_id = call(w, "cart_checkout", cart_id=cart_id)["order_id"]
    call(w, "orders_cancel", order_id=order_id)
    assert total_money(w) == before
    assert call(w, "store_stock", product_id=product_id)["units"] == units
    tracked = call(w, "orders_track", order_id=order_id)
    assert tracked["status"] == "cancelled"
    assert call(w, "shipping_track", tracking_number=tracked["tracking_number"])["status"] == "cancelled"
    with pytest.raises(FailedPrecondition, match="cancelled"):
        call(w, "orders_cancel", order_id=order_id)


@pytest.mark.parametrize("seed", range(8))
def test_only_recently_delivered_items_are_returned_and_no_more_than_were_bought(seed: int) -> None:
    w = World(seed)
    recent, old = call(w, "orders_list", status="delivered")["orders"]
    detail = call(w, "orders_get", order_id=recent["order_id"])
    for item in detail["items"]:
        arguments = {"order_id": recent["order_id"], "product_id": item["product_id"], "quantity": item["quantity"]}
        assert call(w, "orders_return_item", **arguments)["refund"] > 0
        with pytest.raises(FailedPrecondition, match="quantity"):
            call(w, "orders_return_item", **arguments)
    refunds = [row.amount for row in TRANSACTIONS.all(w) if row.type == "refund"]
    assert round(sum(refunds), 2) == detail["total"]
    product_id = call(w, "orders_get", order_id=old["order_id"])["items"][0]["product_id"]
    with pytest.raises(FailedPrecondition, match="30 days"):
        call(w, "orders_return_item", order_id=old["order_id"], product_id=product_id)


def test_distances_are_those_of_the_globe_and_unknown_cities_are_named() -> None:
    assert distance_km("London", "Berlin") == pytest.approx(930, abs=10)
    assert distance_km("Tokyo", "Sydney") == pytest.approx(7820, abs=30)
    with pytest.raises(NotFound, match="destination 'Pariss'"):
        call(World(1), "shipping_quote", origin="Berlin", destination="Pariss", weight_kg=1)
    for city, *_ in HOMES:
        assert distance_km("Dublin", city) >= 0


def test_faster_services_cost_more_and_take_no_longer() -> None:
    offers = call(World(1), "shipping_quote", origin="Dublin", destination="Sydney", weight_kg=3)["offers"]
    assert [offer["price"] for offer in offers] == sorted(offer["price"] for offer in offers)
    assert [offer["days"] for offer in offers] == sorted((offer["days"] for offer in offers), reverse=True)


def test_a_parcel_is_cancelled_once_by_its_sender_before_pick_up() -> None:
    w = World(9)
    parcel = call(w, "shipping_create", origin="Madrid", destination="Tokyo", weight_kg=1, recipient="Mei Ito")
    number = parcel["tracking_number"]
    assert call(w, "shipping_list")["shipments"][0]["tracking_number"] == number
    assert call(w, "shipping_cancel", tracking_number=number)["status"] == "cancelled"
    with pytest.raises(FailedPrecondition, match="cancelled"):
        call(w, "shipping_cancel", tracking_number=number)
    incoming = call(w, "shipping_list", direction="received")["shipments"][0]["tracking_number"]
    with pytest.raises(PermissionDenied, match="Tessaro Store"):
        call(w, "shipping_cancel", tracking_number=incoming)
    sent = call(w, "shipping_list", direction="sent", limit=20)["shipments"]
    delivered = next(row["tracking_number"] for row in sent if row["status"] == "delivered")
    with pytest.raises(FailedPrecondition, match="delivered"):
        call(w, "shipping_cancel", tracking_number=delivered)
