"""Rounding to significant figures, for results of measured quantities."""


def sig(value: float, digits: int = 6) -> float:
    """The number with so many significant digits."""
    return float(f"{value:.{digits}g}")
