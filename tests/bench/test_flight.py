"""Requests in flight, from their spans."""

import pytest

from toolgrad_local.bench.flight import mean_in_flight, share_below

SPANS = [(0.0, 4.0), (1.0, 3.0), (3.0, 4.0), (9.0, 10.0)]
"""One, two from 1 to 4, none from 4 to 9, one."""


def test_the_mean_counts_pauses_too() -> None:
    assert mean_in_flight(SPANS) == pytest.approx(0.8)


@pytest.mark.parametrize(("width", "share"), [(1, 0.5), (2, 0.7), (3, 1.0)])
def test_the_time_with_fewer_in_flight_is_ramp_up_tail_and_pauses(width: int, share: float) -> None:
    assert share_below(SPANS, width) == pytest.approx(share)
