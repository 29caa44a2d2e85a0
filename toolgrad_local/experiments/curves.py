"""A figure along an axis."""

from collections.abc import Sequence

from toolgrad_local.intervals import Interval
from toolgrad_local.plots import Curve


def make_curve(label: str, found: Sequence[tuple[float, Interval | None]], scale: float) -> Curve:
    """Of the points that have a figure."""
    points = [(x, interval) for x, interval in found if interval is not None]
    return Curve(
        label,
        tuple(x for x, _ in points),
        tuple(scale * interval.value for _, interval in points),
        tuple(scale * interval.low for _, interval in points),
        tuple(scale * interval.high for _, interval in points),
    )
