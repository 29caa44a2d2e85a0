"""Reading, balancing and writing chemical equations such as `2H2 + O2 -> 2H2O`."""

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition, InvalidArgument
from mock_apis.science.elements import count_atoms, element_of

Equation = Annotated[str, Field(pattern=r"^[A-Za-z0-9()+> -]+$"), Entity("chemical.equation")]
TERM = re.compile(r"([0-9]{0,4}) *([A-Z(][A-Za-z0-9()]*)")
MOST_SPECIES = 10
LARGEST_COEFFICIENT = 10_000


@dataclass(frozen=True)
class Species:
    """One formula of an equation; products have negative atoms in the balance."""

    coefficient: int
    formula: str
    product: bool
    atoms: dict[str, int]


def molar_mass_of(argument: str, formula: str) -> float:
    """Grams per mole. Raises InvalidArgument or NotFound."""
    return sum(element_of(argument, symbol).mass * count for symbol, count in count_atoms(formula).items())


def read_equation(text: str) -> list[Species]:
    """The species on both sides, in order. Raises InvalidArgument."""
    sides = text.split("->")
    if len(sides) != 2:
        raise InvalidArgument(f"equation '{text[:80]}': write two sides with one -> between them")
    species = [
        read_term(term, product) for product, side in zip((False, True), sides, strict=True) for term in side.split("+")
    ]
    formulas = [one.formula for one in species]
    if len(species) > MOST_SPECIES or len(set(formulas)) != len(formulas):
        raise InvalidArgument(f"equation: at most {MOST_SPECIES} formulas, each written once")
    return species


def read_term(term: str, product: bool) -> Species:
    """A coefficient and a formula. Raises InvalidArgument."""
    match = TERM.fullmatch(term.strip())
    if match is None or len(match[2]) > 60 or match[1].startswith("0"):
        raise InvalidArgument(f"equation: cannot read '{term.strip()[:60]}' as coefficient and formula")
    return Species(int(match[1] or 1), match[2], product, count_atoms(match[2]))


def is_balanced(species: list[Species]) -> bool:
    """Whether both sides hold the same atoms."""
    return all(
        sum(one.coefficient * one.atoms.get(symbol, 0) * (-1 if one.product else 1) for one in species) == 0
        for symbol in symbols_of(species)
    )


def require_balanced(text: str) -> list[Species]:
    """The species of a balanced equation. Raises FailedPrecondition, InvalidArgument or NotFound."""
    species = read_equation(text)
    for symbol in symbols_of(species):
        element_of("equation", symbol)
    if not is_balanced(species):
        raise FailedPrecondition("equation is not balanced; see molecules_balance_equation")
    return species


def balance(species: list[Species]) -> list[Species]:
    """The same species with the smallest whole coefficients. Raises FailedPrecondition."""
    rows = [
        [Fraction(one.atoms.get(symbol, 0) * (-1 if one.product else 1)) for one in species]
        for symbol in symbols_of(species)
    ]
    pivots = reduce_rows(rows)
    free = [column for column in range(len(species)) if column not in pivots]
    if len(free) != 1:
        reason = "has no balance" if not free else "has more than one independent balance"
        raise FailedPrecondition(f"equation {reason}")
    solution = [Fraction(0)] * len(species)
    solution[free[0]] = Fraction(1)
    for row, pivot in enumerate(pivots):
        solution[pivot] = -rows[row][free[0]]
    scale = math.lcm(*(value.denominator for value in solution))
    whole = [int(value * scale) for value in solution]
    divisor = math.gcd(*whole)
    whole = [value // divisor for value in whole]
    if min(whole) <= 0 or max(whole) > LARGEST_COEFFICIENT:
        raise FailedPrecondition(f"equation cannot be balanced with positive coefficients up to {LARGEST_COEFFICIENT}")
    return [Species(n, one.formula, one.product, one.atoms) for n, one in zip(whole, species, strict=True)]


def reduce_rows(rows: list[list[Fraction]]) -> list[int]:
    """Bring the rows to reduced echelon form in place; the pivot columns."""
    pivots: list[int] = []
    for column in range(len(rows[0])):
        top = len(pivots)
        found = next((row for row in range(top, len(rows)) if rows[row][column]), None)
        if found is None:
            continue
        rows[top], rows[found] = rows[found], rows[top]
        rows[top] = [value / rows[top][column] for value in rows[top]]
        for row in range(len(rows)):
            if row != top and rows[row][column]:
                factor = rows[row][column]
                rows[row] = [value - factor * head for value, head in zip(rows[row], rows[top], strict=True)]
        pivots.append(column)
    return pivots


def symbols_of(species: list[Species]) -> list[str]:
    """Every element, by name."""
    return sorted({symbol for one in species for symbol in one.atoms})


def write_equation(species: list[Species]) -> str:
    """The equation's text, coefficients of one left out."""
    sides = (
        " + ".join(
            f"{one.coefficient if one.coefficient > 1 else ''}{one.formula}"
            for one in species
            if one.product == product
        )
        for product in (False, True)
    )
    return " -> ".join(sides)


def hill_formula(atoms: dict[str, int]) -> str:
    """Carbon, then hydrogen, then the rest by symbol; without carbon all by symbol."""
    first = [symbol for symbol in ("C", "H") if symbol in atoms and "C" in atoms]
    order = [*first, *sorted(symbol for symbol in atoms if symbol not in first)]
    return "".join(f"{symbol}{atoms[symbol] if atoms[symbol] > 1 else ''}" for symbol in order)
