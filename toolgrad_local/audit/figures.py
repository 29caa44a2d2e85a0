"""The figures that a text states, and whether values or other texts back them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from toolgrad_local.audit.amounts import exact
from toolgrad_local.audit.leaves import Scalar
from toolgrad_local.audit.proper import find_names, is_named
from toolgrad_local.audit.quantities import Quantity
from toolgrad_local.audit.reading import read_text
from toolgrad_local.audit.units import TABLE, Measure

__all__ = ["Figure", "find_figures", "find_names", "is_backed", "is_named"]

PERCENT = Fraction(1, 100)
FLOAT_ERROR = 1e-9
"""Far above a float's relative error."""
CONVERTED = frozenset(("length", "area", "volume", "mass", "time", "energy", "power", "money", "percent"))
"""Kinds of units between which a figure may be said and found."""


@dataclass(frozen=True)
class Figure:
    """A number, date or time of day as a text states it."""

    text: str
    kind: Literal["number", "date", "time"]
    value: float | tuple[int | None, int | None, int | None] | tuple[int, int]
    """The number; year, month and day, None where open; hour and minute."""
    step: float = 1.0
    """What a number's last digit counts: 0.01 for 12.35, 10,000 for 1.23 million."""
    unit: str | None = None
    """The kind of a number's unit: length, percent."""
    size: float = 1.0
    """How many of the kind's base units the unit is: 1000 for a kilometre."""


@lru_cache(maxsize=4096)
def find_figures(text: str, *, today: date | None = None) -> tuple[Figure, ...]:
    """Every number from two on and every number in digits, every date and time of day of the text, in order.

    Not `one`, `the first`, `half` or `an hour`, which hardly state a figure.
    """
    reading = read_text(text, today)
    placed: list[tuple[int, Figure]] = []
    for day in reading.days:
        placed.append(
            (day.start, Figure(reading.text[day.start : day.end].rstrip("."), "date", (day.year, day.month, day.day)))
        )
    for clock in reading.clocks:
        shown = reading.text[clock.start : clock.end]
        shown = shown if "." in shown[:-1] else shown.removesuffix(".")
        placed.append((clock.start, Figure(shown, "time", (clock.hour, clock.minute))))
    for quantity in reading.quantities:
        signed = quantity.value < 0 and reading.text[quantity.start - 1] == "-"
        shown = reading.text[quantity.start - signed : quantity.end]
        if quantity.form in ("plain", "ratio") or shown[0].isdigit():
            placed.append((quantity.start, make_number(quantity, shown)))
    return tuple(figure for _, figure in sorted(placed, key=lambda pair: pair[0]))


def make_number(quantity: Quantity, shown: str) -> Figure:
    """The figure of a number with its unit."""
    measure = quantity.measure or Measure(None)
    kind, size = measure.unit or (None, Fraction(1))
    return Figure(shown, "number", float(quantity.value), float(quantity.step), kind, float(size))


def is_backed(
    figure: Figure, values: Sequence[Scalar], texts: Sequence[str] = (), *, today: date | None = None
) -> bool:
    """True if a value or a text has the figure, or a number that rounds to it at the figure's last digit.

    A number may stand there in another unit of its kind (2 km and 2000), a time only exactly so (an hour and a half
    and 90, not 80), a share as a percentage.
    """
    if figure.kind == "number" and any(backs_number(value, figure) for value in near_values(values, figure)):
        return True
    return any(backs_by_text(text, figure, today) for text in (*texts, *(v for v in values if isinstance(v, str))))


def backs_number(value: Scalar, figure: Figure) -> bool:
    """True if the value is a number that the figure is, or rounds."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not isinstance(figure.value, float):
        return False
    given, said, slack = exact(value), exact(figure.value), exact(figure.step) / 2
    if abs(given - said) <= slack:
        return True
    slack = slack if figure.unit != "time" else Fraction(0)
    return any(abs(given - said * size) <= slack * size for size in other_sizes(figure.unit, figure.size))


@lru_cache(maxsize=256)
def other_sizes(kind: str | None, size: float) -> tuple[Fraction, ...]:
    """What the figure is multiplied with in the units in which a value may be kept, one first."""
    if kind == "percent":
        others = {PERCENT}
    elif kind not in CONVERTED:
        others = set()
    else:
        others = {exact(size) / Fraction(entry.split()[0]) for entry in TABLE[kind].split("|")}
    return (Fraction(1), *sorted(others - {Fraction(1)}))


def near_values(values: Sequence[Scalar], figure: Figure) -> Iterator[Scalar]:
    """The numbers that the figure may round: fractions, which decide, take a hundred times as long as floats."""
    bounds = bounds_of(figure)
    for value in values:
        if type(value) is int or type(value) is float:
            for low, high in bounds:
                if low <= value <= high:
                    yield value
                    break


@lru_cache(maxsize=4096)
def bounds_of(figure: Figure) -> tuple[tuple[float, float], ...]:
    """Between which values the figure rounds one, for each size, a float's error wider."""
    assert isinstance(figure.value, float)
    middles = [(figure.value * float(size), float(size)) for size in other_sizes(figure.unit, figure.size)]
    reaches = [figure.step * size * 0.5001 + abs(middle) * FLOAT_ERROR for middle, size in middles]
    return tuple((m - reach, m + reach) for (m, _), reach in zip(middles, reaches, strict=True))


def backs_by_text(text: str, figure: Figure, today: date | None) -> bool:
    """True if the text states the figure, or a number that it rounds."""
    figures = [other for other in find_figures(text, today=today) if other.kind == figure.kind]
    if figure.kind == "number":
        return any(same_number(other, figure) for other in figures) or is_part_of_date(figure, text, today)
    if figure.kind == "date":
        return any(same_date(other.value, figure.value, today) for other in figures)
    return any(other.value == figure.value for other in figures)


def same_number(other: Figure, figure: Figure) -> bool:
    """True if the other number backs the figure: in its own unit, if both have one of a kind."""
    if not isinstance(other.value, float):
        return False
    if other.unit == figure.unit and other.unit in CONVERTED:
        value = float(exact(other.value) * exact(other.size) / exact(figure.size))
        return backs_number(value, replace(figure, unit=None))
    return backs_number(other.value, figure if figure.unit == "percent" else replace(figure, unit=None))


def is_part_of_date(figure: Figure, text: str, today: date | None) -> bool:
    """True for a year (2025), or a day of the month with its ending (the 17th), of a date in the text."""
    days = read_text(text, today).days
    if figure.text.isdigit() and len(figure.text) == 4:
        return any(day.year == figure.value for day in days)
    return figure.text[-2:] in ("st", "nd", "rd", "th") and any(day.day == figure.value for day in days)


def same_date(given: object, wanted: object, today: date | None) -> bool:
    """True if the given date has all that the wanted one states; a year that it leaves open may be today's."""
    if not (isinstance(given, tuple) and isinstance(wanted, tuple)):
        return False
    year = given[0] or (today.year if today and given[1] else None)
    return all(part in (None, has) for part, has in zip(wanted, (year, *given[1:]), strict=True))
