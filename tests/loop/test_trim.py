"""Optional arguments that nothing asks for are dropped."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.loop.trim import trim_arguments

TODAY = date(2024, 5, 17)
FULL = {"title": "Buy stamps", "due": "2024-05-20", "priority": "high"}


@pytest.mark.parametrize(
    ("given", "told", "kept"),
    [
        pytest.param(FULL, "Buy stamps by May 20, high priority", ["title", "due", "priority"], id="all said"),
        pytest.param(FULL, "Buy stamps by May 20", ["title", "due"], id="one is made up"),
        pytest.param(FULL, "Run an errand", ["title"], id="a required one stays"),
        pytest.param(FULL, "Buy stamps next Monday", ["title", "due"], id="a day counted from today"),
        pytest.param({**FULL, "priority": "normal"}, "Buy stamps, normal priority", ["title"], id="a default goes"),
        pytest.param({"title": "x", "colour": "red"}, "x", ["title"], id="a parameter that is none"),
    ],
)
def test_an_optional_argument_needs_to_be_said(catalog: Catalog, given: Any, told: str, kept: list[str]) -> None:
    tool = catalog.tools["tasks_create"]
    trimmed = trim_arguments(given, tool, Workflow(), catalog.tools, told, TODAY)
    assert trimmed == {name: given[name] for name in kept}


def test_an_optional_argument_may_come_from_a_result(catalog: Catalog, make_calls: Callable[..., Workflow]) -> None:
    workflow = make_calls(("account_profile", {}))
    city = workflow.links[0].result.value["city"]
    tool = catalog.tools["contacts_search"]
    for known, kept in ((workflow, {"city": city}), (Workflow(), {})):
        assert trim_arguments({"city": city}, tool, known, catalog.tools, "Who is near?", TODAY) == kept
