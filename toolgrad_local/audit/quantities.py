"""Numbers with the units that a text gives them: `an hour and a half`, `10 litres per 100 km`, `$1.5k`."""

from dataclasses import dataclass
from fractions import Fraction

from toolgrad_local.audit.numbers import Atom, Number, read_numbers, split_atoms, text_at
from toolgrad_local.audit.units import LONGEST_NAME, NAMES, NOT_IN_TEXT, Amount, Measure, read_power

SINGLE_LETTERS = frozenset("glmhsCFKNWVL%$€£¥°º")
"""Units of one letter that may stand apart from their number, in their own case."""
BEFORE_RATE = frozenset(("per", "times", "once", "twice", "/"))
MONEY_SIGNS = frozenset(("$", "€", "£", "¥", "us$", "usd", "eur", "gbp"))
HALVES = {"half": Fraction(1, 2), "quarter": Fraction(1, 4)}


@dataclass(frozen=True)
class Quantity:
    """A number, its unit, and where both stand in the cleaned text."""

    value: Fraction
    step: Fraction
    form: str
    measure: Measure | None
    start: int
    end: int
    """Where the number ends, without its unit."""
    after: str
    """The word that follows the number and its unit, lower case."""
    before: str = ""


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Every number of a cleaned text from which dates and times were blanked out."""
    atoms = split_atoms(text)
    found: list[Quantity] = []
    here = 0
    while here < len(atoms):
        numbers = [] if follows_per(atoms, here) else read_numbers(atoms, here) or read_article(atoms, here)
        if not numbers:
            here += 1
            continue
        here = add_quantities(found, atoms, numbers)
    return tuple(found)


def add_quantities(found: list[Quantity], atoms: tuple[Atom, ...], numbers: list[Number]) -> int:
    """Appends the numbers with their unit, or adds them to what they continue (1 hour 30 minutes); the next atom."""
    unit, after = read_unit(atoms, numbers[-1])
    if numbers[-1].tail == "m" and found and is_time(found[-1]):
        unit = Measure(NAMES["minute"])
    part = read_part(atoms, after) if unit else Fraction(0)
    for number in numbers:
        quantity = Quantity(
            number.value + part,
            number.step,
            "plain" if part else number.form,
            unit,
            atoms[number.first].start,
            atoms[number.after - 1].end,
            text_at(atoms, after),
            text_at(atoms, number.first - 1),
        )
        merged = merge(found[-1], quantity, atoms) if found and len(numbers) == 1 else None
        found[-1:] = [merged] if merged else [*found[-1:], quantity]
    return after + 3 if part else after


def read_part(atoms: tuple[Atom, ...], at: int) -> Fraction:
    """The half of `an hour and a half`; 0 if no such thing starts there."""
    if (text_at(atoms, at), text_at(atoms, at + 1)) != ("and", "a"):
        return Fraction(0)
    return HALVES.get(text_at(atoms, at + 2), Fraction(0))


def is_time(quantity: Quantity) -> bool:
    """True for hours, behind which an m is minutes."""
    return quantity.measure is not None and quantity.measure.unit == NAMES["hour"]


def merge(last: Quantity, new: Quantity, atoms: tuple[Atom, ...]) -> Quantity | None:
    """Hours and minutes, feet and inches, as one; None if the new number does not continue the last."""
    if not (last.measure and new.measure and last.measure.unit and new.measure.unit):
        return None
    (kind, size), (other, smaller) = last.measure.unit, new.measure.unit
    if kind != other or kind not in ("time", "length", "mass", "calendar") or size <= smaller or last.measure.per:
        return None
    between = [atom for atom in atoms if last.end <= atom.start < new.start]
    if len(between) > (3 if last.after in ("and", ",") else 1):
        return None
    value = last.value * size / smaller + new.value
    return Quantity(value, new.step, "plain", new.measure, last.start, new.end, new.after, last.before)


def read_article(atoms: tuple[Atom, ...], at: int) -> list[Number]:
    """The one of `an hour`, not that of `twice an hour`."""
    if atoms[at].text not in ("a", "an") or text_at(atoms, at - 1) in BEFORE_RATE:
        return []
    if at and atoms[at - 1].text in NAMES:
        return []
    unit, _ = read_unit(atoms, Number(Fraction(1), Fraction(1), at, at + 1))
    return [Number(Fraction(1), Fraction(1), at, at + 1, "article")] if unit and unit.unit else []


def follows_per(atoms: tuple[Atom, ...], at: int) -> bool:
    """True for the 100 of `per 100 km`."""
    return text_at(atoms, at - 1) == "per"


def read_unit(atoms: tuple[Atom, ...], number: Number) -> tuple[Measure | None, int]:
    """The unit of a number, and the atom behind it."""
    unit, per, after = None, None, number.after
    if number.tail:
        top, _, bottom = number.tail.partition("/")
        if top not in NAMES and not bottom:
            return None, after
        unit, per = NAMES.get(top), read_power(bottom)
    elif text_at(atoms, number.first - 1) in MONEY_SIGNS:
        unit = ("money", Fraction(1))
    else:
        unit, after, per = read_unit_words(atoms, after)
    if per is None:
        per, after = read_per(atoms, after, bool(unit))
    return (Measure(unit, per) if unit or per else None), after


def read_unit_words(atoms: tuple[Atom, ...], at: int) -> tuple[Amount | None, int, Amount | None]:
    """The unit that starts at an atom, the atom behind it, and what it is by in `km/h` and `mph`."""
    word = text_at(atoms, at)
    if word in ("mph", "kph", "kmh"):
        return NAMES["mile" if word == "mph" else "km"], at + 1, NAMES["h"]
    top, slash, bottom = word.partition("/")
    if slash and top in NAMES and read_power(bottom):
        return NAMES[top], at + 1, read_power(bottom)
    for count in range(LONGEST_NAME, 0, -1):
        name = " ".join(text_at(atoms, at + offset) for offset in range(count))
        if name in NAMES and name not in NOT_IN_TEXT and (len(name) > 1 or atoms[at].raw in SINGLE_LETTERS):
            return NAMES[name], at + count, None
    return None, at, None


def read_per(atoms: tuple[Atom, ...], at: int, has_unit: bool) -> tuple[Amount | None, int]:
    """The 100 kilometres of `per 100 km`, and the atom behind."""
    word, following = text_at(atoms, at), text_at(atoms, at + 1)
    if word not in ("per", "/", "a", "an", "each") or (word in ("a", "an") and not has_unit):
        return None, at
    direct = read_power(following)
    if direct:
        return direct, at + 2
    if following.isdigit() and text_at(atoms, at + 2) in NAMES:
        kind, size = NAMES[text_at(atoms, at + 2)]
        return (kind, size * int(following)), at + 3
    return None, at
