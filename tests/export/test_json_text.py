"""Numbers that survive a reader which multiplies."""

import json

import pytest

from toolgrad_local.export.json_text import exact_json, plain_json, spell_float
from toolgrad_local.seeding import derive_seed

HUNDREDTHS = [number / 100 for number in range(-500, 5000)]
DRAWN = [
    float(f"{derive_seed('digits', n) / 2**31 * 10.0 ** (derive_seed('scale', n) % 18 - 8):.{1 + n % 10}g}")
    for n in range(5000)
]
CONSTANTS = [6.62607015e-34, 1.602176634e-19, 299792458.0, 6.02214076e23, 1e-9, 3.3e-7, 0.0, -0.3]


def test_the_reader_of_datasets_gets_every_decimal_right() -> None:
    from datasets.utils.json import ujson_loads

    wrong = [v for v in HUNDREDTHS + DRAWN + CONSTANTS if ujson_loads(spell_float(v)) != v]
    assert wrong == []


def test_that_reader_gets_usual_spellings_wrong() -> None:
    from datasets.utils.json import ujson_loads

    assert ujson_loads("0.3") == 0.30000000000000004
    assert sum(ujson_loads(plain_json(value)) != value for value in HUNDREDTHS) > 50


def test_every_other_reader_gets_them_right_too() -> None:
    assert [v for v in HUNDREDTHS + DRAWN + CONSTANTS if json.loads(spell_float(v)) != v] == []


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.25, "0.25"), (0.3, "0.30"), (-0.7, "-0.700000"), (3.3e-7, "0.00000033"), (2.0, "2.0")],
)
def test_a_decimal_is_spelt_as_usual_where_that_will_do(value: float, text: str) -> None:
    assert spell_float(value) == text


def test_values_of_every_sort_are_written() -> None:
    value = {"é": [1, True, None, "a\n<b>", 0.3], "n": {"x": -4}}
    assert exact_json(value) == '{"é": [1, true, null, "a\\n<b>", 0.30], "n": {"x": -4}}'
    assert json.loads(exact_json(value)) == value


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, float("nan"), float("inf")])
def test_a_number_that_some_reader_cannot_take_is_refused(value: float) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        exact_json([value])
