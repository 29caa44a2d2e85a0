import re
from typing import Any

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.negatives.plain_words import join_words, tell_ability, tell_parameter


@pytest.mark.parametrize(
    ("description", "ability"),
    [
        pytest.param("Park a car from now on.", "park a car from now on", id="imperative"),
        pytest.param("Cancel a timer; it is gone then.", "cancel a timer", id="second clause"),
        pytest.param("List flights, cheapest first.", "list flights", id="order"),
        pytest.param("Turn Plato (or Brix) into gravity.", "turn Plato into gravity", id="parenthesis"),
        pytest.param("Move money between the user's own accounts.", "move money between your own accounts",
                     id="user's own"),
        pytest.param("Pay with a bank card of the user.", "pay with a bank card of yours", id="of the user"),
        pytest.param("List what the user has seen.", "list what you have seen", id="verb"),
        pytest.param("Like a post on behalf of the user, once.", "like a post on your behalf, once", id="on behalf"),
    ],
)  # fmt: skip
def test_what_a_tool_does_is_told_to_the_user(description: str, ability: str) -> None:
    assert tell_ability(description) == ability


@pytest.mark.parametrize(
    ("name", "schema", "told"),
    [
        pytest.param("minutes", {"description": "How long."}, "the number of minutes", id="counted"),
        pytest.param("height_cm", {"description": "Height in centimetres."}, "the height in centimetres", id="unit"),
        pytest.param("day", {"description": "Last day of the stay, YYYY-MM-DD."}, "the day (last day of the stay)",
                     id="format hint"),
        pytest.param("height_m", {"description": "Height of the wall in metres."}, "the height of the wall in metres",
                     id="description says it all"),
        pytest.param("iban", {"description": "Such as DE89."}, "the IBAN", id="acronym"),
        pytest.param("to", {"description": "Who receives it."}, "one detail (who receives it)", id="unclear name"),
        pytest.param("mode", {"enum": ["air", "by_sea"]}, "the mode (air or by sea)", id="choices"),
        pytest.param("code", {"description": "The code, as given by cart_coupons."}, "one detail (the code)",
                     id="other tool"),
        pytest.param("key", {}, "the key", id="nothing to say"),
    ],
)  # fmt: skip
def test_a_parameter_is_told_in_plain_words(name: str, schema: dict[str, Any], told: str) -> None:
    assert tell_parameter(name, schema) == told


def test_no_ability_and_no_parameter_of_the_catalog_names_a_tool_or_the_user(catalog: Catalog) -> None:
    said = [tell_ability(tool.description) for tool in catalog.tools.values()]
    for tool in catalog.tools.values():
        said += [tell_parameter(name, schema) for name, schema in tool.parameters["properties"].items()]
    faulty = re.compile(r"\bof the user\b|\bthe user's\b|\byou (?:has|is)\b|[ ,]$|\(\)")
    tools = re.compile("|".join(rf"\b{name}\b" for name in catalog.tools if "_" in name))
    assert [text for text in said if faulty.search(text) or tools.search(text)] == []
    assert all(5 <= len(text) <= 120 for text in said)


def test_words_are_joined_as_people_do() -> None:
    assert join_words(["a"], "or") == "a"
    assert join_words(["a", "b", "c"], "or") == "a, b or c"
