"""A tool that needs an id waits until a result has given one."""

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.readiness import accepted_entities, find_openings, is_ready, required_ids


@pytest.mark.parametrize(
    ("tool", "ids"),
    [
        pytest.param("flights_search", set(), id="codes can be said"),
        pytest.param("flights_get", {"flight.id"}, id="one id"),
        pytest.param("orders_return_item", {"order.id", "product.id"}, id="two ids"),
        pytest.param("cart_checkout", {"cart.id"}, id="an optional id is not required"),
        pytest.param("recipes_shopping_list", {"recipe.id"}, id="ids in a list"),
        pytest.param("tasks_list", set(), id="nothing required"),
    ],
)
def test_required_ids_are_those_without_which_a_call_cannot_be_made(catalog: Catalog, tool: str, ids: set[str]) -> None:
    assert required_ids(catalog.tools[tool]) == ids
    assert is_ready(catalog.tools[tool], frozenset()) == (not ids)
    assert is_ready(catalog.tools[tool], frozenset(ids))


def test_a_tool_is_ready_only_when_all_its_ids_are_given(catalog: Catalog) -> None:
    assert not is_ready(catalog.tools["orders_return_item"], frozenset({"order.id"}))


def test_openings_are_the_parameters_that_take_what_was_given(catalog: Catalog) -> None:
    search, book = catalog.tools["flights_search"], catalog.tools["flight_bookings_book"]
    assert accepted_entities(search) == {"origin": "airport.iata", "destination": "airport.iata"}
    assert find_openings(search, frozenset({"airport.iata", "city.name"})) == ("origin", "destination")
    assert find_openings(search, frozenset({"city.name"})) == ()
    assert find_openings(book, frozenset({"person.name"})) == ()
    assert find_openings(book, frozenset({"person.name", "flight.id"})) == ("flight_id", "passenger")


def test_every_pool_of_the_bundled_catalog_has_tools_to_start_with(catalog: Catalog) -> None:
    ready = [name for name, tool in catalog.tools.items() if is_ready(tool, frozenset())]
    assert len(ready) >= 60
