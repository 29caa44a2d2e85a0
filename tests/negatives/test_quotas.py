from collections.abc import Iterator

import pytest

from toolgrad_local.data_model.example import Example
from toolgrad_local.negatives.quotas import divide, fill_quotas


def give(kind: str, count: int, *reasons: str) -> Iterator[Example | str]:
    """Reasons first, then rows, which only count here."""
    yield from reasons
    for number in range(count):
        yield Example.model_construct(id=f"{kind}{number}")


@pytest.mark.parametrize(
    ("total", "shares", "parts"),
    [
        pytest.param(8, {"a": 1, "b": 1}, {"a": 4, "b": 4}, id="even"),
        pytest.param(5, {"a": 1, "b": 1, "c": 1}, {"a": 2, "b": 2, "c": 1}, id="the first are rounded up"),
        pytest.param(10, {"a": 3, "b": 1}, {"a": 8, "b": 2}, id="weighed"),
        pytest.param(0, {"a": 1}, {"a": 0}, id="none"),
    ],
)
def test_shares_divide_a_number_without_a_rest(total: int, shares: dict[str, float], parts: dict[str, int]) -> None:
    assert divide(total, shares) == parts


def test_what_a_kind_cannot_supply_goes_to_the_others() -> None:
    filled = fill_quotas(6, {"a": 1, "b": 1}, {"a": give("a", 1, "spoilt"), "b": give("b", 9)})
    assert [row.id for row in filled.rows] == ["a0", "b0", "b1", "b2", "b3", "b4"]
    assert filled.passed_on == {"a": 2}
    assert filled.dropped == {"a: spoilt": 1}
    assert filled.lacking == 0


def test_what_none_can_supply_is_lacking() -> None:
    filled = fill_quotas(6, {"a": 1, "b": 1}, {"a": give("a", 1), "b": give("b", 2)})
    assert len(filled.rows) == 3
    assert filled.lacking == 3


def test_a_kind_without_a_share_is_not_asked() -> None:
    filled = fill_quotas(2, {"a": 1, "b": 0}, {"a": give("a", 1), "b": give("b", 2)})
    assert [row.id for row in filled.rows] == ["a0"]
