"""Drawn values and canonical bytes are the same on every machine."""

from typing import Any

import pytest

from mock_apis.core import Draw, canonical_json, digest, money
from mock_apis.core.examples import value_at

GOLDEN_DRAW = (17643921140461793947, 0.2414538431582044, 5, 1.24, "c", ["d", "f", "a"])


def test_draws_are_the_same_on_every_machine() -> None:
    draw = Draw(7, "golden", "ü")
    drawn = (draw.bits(), draw.unit(), draw.between(1, 6), draw.amount(1, 2), draw.pick("abcdef"))
    drawn = (*drawn, draw.sample("abcdef", 3))
    assert drawn == GOLDEN_DRAW
    assert Draw(7, "golden", "ü").bits() == GOLDEN_DRAW[0] != Draw(7, "golden").bits()


def test_draws_stay_within_their_bounds() -> None:
    draw = Draw("bounds")
    assert {draw.between(1, 6) for _ in range(300)} == {1, 2, 3, 4, 5, 6}
    assert all(0 <= draw.unit() < 1 for _ in range(300))
    assert sorted(draw.sample("abc", 9)) == ["a", "b", "c"]
    assert {draw.chance(0.0) for _ in range(50)} == {False}
    assert {draw.chance(1.0) for _ in range(50)} == {True}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param({"b": 1, "a": [True, None, "ü"]}, '{"a":[true,null,"ü"],"b":1}', id="sorted, compact, unescaped"),
        pytest.param(0.1 + 0.2, "0.3", id="ten digits"),
        pytest.param(1 / 3, "0.3333333333", id="a third"),
        pytest.param(-0.0, "0.0", id="minus zero"),
        pytest.param(-1e-17 + 0.0, "-1e-17", id="tiny"),
        pytest.param(123456789012345, "123456789012345", id="integers are exact"),
        pytest.param(12345678901.25, "12345678900.0", id="a large float"),
        pytest.param((1, 2), "[1,2]", id="tuple"),
    ],
)
def test_canonical_json_is_one_text_a_value(value: Any, text: str) -> None:
    assert canonical_json(value) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [float("-inf")]])
def test_what_has_no_json_form_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="has no JSON form"):
        canonical_json(value)


def test_the_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1}) != digest({"a": 1, "b": 3})


@pytest.mark.parametrize(
    ("amount", "cents"),
    [(1.005, 1.01), (2.675, 2.68), (-1.005, -1.01), (0.1 + 0.2, 0.3), (10.0, 10.0), (0.004, 0.0)],
)
def test_money_is_rounded_as_people_do(amount: float, cents: float) -> None:
    assert money(amount) == cents


def test_a_path_leads_through_objects_and_lists() -> None:
    assert value_at({"a": [{"b_c": [1, 2]}]}, "a[0].b_c[1]") == 2
