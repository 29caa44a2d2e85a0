"""Real roots of polynomials, by bisection."""

from itertools import pairwise
from typing import Any


def real_roots_of(poly: Any) -> list[float]:
    """The real roots of a squarefree polynomial in increasing order, by bisection between those of its derivative."""
    if poly.degree() < 1:
        return []
    numbers = [float(number) for number in poly.all_coeffs()]
    bound = 1 + max(abs(number / numbers[0]) for number in numbers)
    edges = [-bound, *real_roots_of(poly.diff()), bound]
    found: list[float] = []
    for low, high in pairwise(edges):
        below, above = horner(numbers, low), horner(numbers, high)
        if below * above > 0:
            continue
        for _ in range(80):
            middle = (low + high) / 2
            if (horner(numbers, middle) > 0) == (above > 0):
                high = middle
            else:
                low = middle
        if not found or abs(found[-1] - high) > 1e-12 * max(1.0, abs(high)):
            found.append(high)
    return found


def horner(numbers: list[float], x: float) -> float:
    """The polynomial's value."""
    total = 0.0
    for number in numbers:
        total = total * x + number
    return total
