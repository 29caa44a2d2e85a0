"""How many requests were in flight, from when each was sent and answered."""

from itertools import pairwise

Span = tuple[float, float]
"""When a request was sent and when it was answered, in seconds of one clock."""


def mean_in_flight(spans: list[Span]) -> float:
    """Requests in flight on average between the first one sent and the last one answered."""
    return sum(end - start for start, end in spans) / measure_length(spans)


def share_below(spans: list[Span], width: int) -> float:
    """Share of that time with fewer than `width` in flight: ramp-up, tail, and whatever makes the engine wait."""
    changes = sorted([(start, 1) for start, _ in spans] + [(end, -1) for _, end in spans])
    below, flying = 0.0, 0
    for (moment, change), (following, _) in pairwise(changes):
        flying += change
        below += following - moment if flying < width else 0.0
    return below / measure_length(spans)


def measure_length(spans: list[Span]) -> float:
    """Seconds from the first one sent to the last one answered."""
    return max(end for _, end in spans) - min(start for start, _ in spans)
