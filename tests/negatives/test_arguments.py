from typing import Any

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.negatives.arguments import map_arguments


@pytest.mark.parametrize(
    ("given", "tool", "other", "mapped"),
    [
        pytest.param({"city": "Paris"}, "parking_lots", "cities_get", {"city": "Paris"}, id="by name"),
        pytest.param({"person": "Ann", "amount": 5.0}, "wallet_send", "bank_pay_person", None, id="one is lacking"),
        pytest.param({"text": "abc", "algorithm": "sha256"}, "text_tools_hash", "text_tools_count", {"text": "abc"},
                     id="what is left over does not matter"),
        pytest.param({"latitude": 1.0, "longitude": 2.0}, "geocoding_reverse", "cities_nearest",
                     {"latitude": 1.0, "longitude": 2.0}, id="two by name"),
        pytest.param({"city": "Paris"}, "cities_get", "cities_search", {"query": "Paris"}, id="by type"),
        pytest.param({"origin": "JFK", "destination": "LHR"}, "airports_distance", "cities_search", None,
                     id="two fit by type"),
        pytest.param({}, "account_profile", "bank_accounts", {}, id="nothing asked"),
    ],
)  # fmt: skip
def test_gold_arguments_are_mapped_by_name_entity_or_the_only_fitting_type(
    catalog: Catalog, given: dict[str, Any], tool: str, other: str, mapped: dict[str, Any] | None
) -> None:
    assert map_arguments(given, catalog.tool(tool), catalog.tool(other)) == mapped


def test_an_entity_carries_a_value_to_a_parameter_of_another_name(catalog: Catalog) -> None:
    given = {"account_id": "AC-1", "payee": "Ann Lee", "amount": 5}
    mapped = map_arguments(given, catalog.tool("bank_pay_person"), catalog.tool("wallet_send"))
    assert mapped == {"person": "Ann Lee", "amount": 5}
