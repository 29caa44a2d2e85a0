import math
import random

import pytest

from toolgrad_local.intervals import compare_paired, mean_interval, ratio_difference, ratio_interval, tell_interval


def test_an_interval_holds_the_true_mean_about_as_often_as_it_says() -> None:
    draws, held = random.Random(1), 0
    for trial in range(60):
        interval = mean_interval([float(draws.random() < 0.3) for _ in range(80)], seed=trial)
        assert interval is not None
        held += interval.low <= 0.3 <= interval.high
    assert 52 <= held <= 60


def test_an_interval_of_equal_values_is_a_point() -> None:
    interval = mean_interval([0.5] * 10)
    assert interval is not None
    assert (interval.value, interval.low, interval.high, interval.count) == (0.5, 0.5, 0.5, 10)


def test_there_is_no_interval_of_nothing() -> None:
    assert mean_interval([]) is None
    assert ratio_interval([1.0, 2.0], [0.0, 0.0]) is None
    assert tell_interval(None) == "–"


def test_a_ratio_is_of_sums_and_not_a_mean_of_ratios() -> None:
    interval = ratio_interval([1.0, 9.0], [1.0, 3.0])
    assert interval is not None
    assert interval.value == 2.5
    assert (interval.low, interval.high) == (1.0, 3.0)


def test_numbers_of_other_samples_are_refused() -> None:
    with pytest.raises(ValueError, match="not of the same samples"):
        ratio_interval([1.0], [1.0, 2.0])


def test_pairs_show_a_difference_that_runs_drawn_apart_hide() -> None:
    draws, ones = random.Random(3), [1.0] * 40
    first = [draws.random() for _ in ones]
    second = [x + 0.05 for x in first]
    paired = ratio_difference((first, ones), (second, ones), paired=True)
    apart = ratio_difference((first, ones), (second, ones), paired=False)
    assert paired is not None
    assert apart is not None
    assert math.isclose(paired.value, 0.05)
    assert math.isclose(apart.value, 0.05)
    assert paired.low > 0.049
    assert apart.low < 0 < apart.high


def test_a_difference_of_runs_apart_is_as_wide_as_it_says() -> None:
    draws, held = random.Random(4), 0
    for trial in range(60):
        sides = [[float(draws.random() < chance) for _ in range(60)] for chance in (0.3, 0.5)]
        interval = ratio_difference(*((side, [1.0] * 60) for side in sides), paired=False, seed=trial)
        assert interval is not None
        held += interval.low <= 0.2 <= interval.high
    assert 52 <= held <= 60


def test_a_difference_needs_something_on_both_sides() -> None:
    assert ratio_difference(([1.0], [0.0]), ([1.0], [1.0]), paired=True) is None
    assert ratio_difference(([1.0, 0.0], [1.0, 0.0]), ([0.0, 1.0], [0.0, 1.0]), paired=False) is not None
    with pytest.raises(ValueError, match="are no pairs"):
        ratio_difference(([1.0], [1.0]), ([1.0, 1.0], [1.0, 1.0]), paired=True)


def test_a_paired_test_sees_a_difference_that_is_the_same_in_every_row() -> None:
    draws = random.Random(2)
    first = [draws.random() for _ in range(40)]
    better = compare_paired(first, [x + 0.1 for x in first])
    same = compare_paired(first, first)
    assert better is not None
    assert same is not None
    assert math.isclose(better.difference, 0.1)
    assert better.p_value < 0.001
    assert same.p_value == 1.0


def test_a_single_row_proves_nothing() -> None:
    alone = compare_paired([0.0], [1.0])
    assert alone is not None
    assert (alone.difference, alone.p_value, alone.count) == (1.0, 1.0, 1)


def test_an_interval_is_told_in_one_line() -> None:
    assert tell_interval(mean_interval([0.5] * 4), percent=True) == "50.0 (50.0 to 50.0)"
