"""Invented prices and salaries in the persona's currency: one factor a currency, no exchange rate."""

from mock_apis.core import World, money
from mock_apis.core.persona import persona

LEVELS = {"EUR": 1.0, "GBP": 0.9, "USD": 1.1, "CAD": 1.5, "AUD": 1.6, "SGD": 1.5, "JPY": 160.0}
WHOLE = {"JPY"}


def price(w: World, level: float) -> float:
    """The price here of what costs `level` in a euro country."""
    return round_local(w, level * LEVELS[persona(w).currency])


def round_local(w: World, amount: float) -> float:
    """The amount in the smallest coin of the persona's currency."""
    return float(round(amount)) if persona(w).currency in WHOLE else money(amount)
