"""The periodic table and molar masses."""

import re
from typing import Annotated, Any

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import Entity, Limit
from mock_apis.core.errors import InvalidArgument, NotFound

elements = Domain("elements", category="science", description="Facts on the 118 chemical elements, and molar masses.")

Symbol = Annotated[str, Field(pattern=r"^[A-Z][a-z]?$"), Entity("element.symbol")]
Formula = Annotated[str, Field(pattern=r"^[A-Za-z0-9()]+$"), Entity("chemical.formula")]
TOKEN = re.compile(r"([A-Z][a-z]?|\(|\))([0-9]*)")
MOST_ATOMS = 100_000


class Element(Record):
    symbol: Symbol
    name: str
    number: int
    mass: float
    """Standard atomic weight in g/mol, or a mass number where there is none."""
    mass_number_only: bool
    group: int | None
    """1 to 18; null in the f-block."""
    period: int


class ElementList(Record):
    total: int
    elements: list[Element]


class Comparison(Record):
    heavier: Symbol
    mass_ratio: float
    """Mass of the heavier one divided by that of the lighter one."""
    same_group: bool
    same_period: bool


class Share(Record):
    symbol: Symbol
    count: int
    mass_percent: float


class MolarMass(Record):
    formula: Formula
    grams_per_mole: float
    composition: list[Share]


def element_of(argument: str, symbol: str) -> Element:
    """The element. Raises NotFound."""
    for row in load_rows("elements"):
        if row["symbol"] == symbol:
            return Element(**row)
    raise NotFound(f"no element with {argument} '{symbol}'; see elements_search")


@elements.tool(example={"symbol": "Fe"}, errors=[NotFound], kind="data")
def get(w: World, symbol: Symbol) -> Element:
    """Show an element's name, atomic number, mass, group and period.

    symbol: Chemical symbol, for example Fe.
    """
    return element_of("symbol", symbol)


@elements.tool(example={"query": "gold"}, kind="data")
def search(
    w: World,
    query: str = "",
    group: Annotated[int, Field(ge=1, le=18)] | None = None,
    period: Annotated[int, Field(ge=1, le=7)] | None = None,
    limit: Limit = 5,
) -> ElementList:
    """Find elements by name, atomic number, group or period, lightest first.

    query: Part of the English name, or a whole atomic number; all if left out.
    group: Only elements of this group of the periodic table.
    period: Only elements of this period.
    limit: At most this many elements.
    """
    rows = [Element(**row) for row in load_rows("elements") if matches(row, query.casefold())]
    rows = [row for row in rows if group in (None, row.group) and period in (None, row.period)]
    return ElementList(total=len(rows), elements=rows[:limit])


@elements.tool(example={"first": "Cu", "second": "Ag"}, errors=[NotFound], kind="data")
def compare(w: World, first: Symbol, second: Symbol) -> Comparison:
    """Compare two elements by mass and by place in the periodic table.

    first: Chemical symbol of one element, for example Cu.
    second: Chemical symbol of the other element, for example Ag.
    """
    one, two = element_of("first", first), element_of("second", second)
    light, heavy = sorted((one, two), key=lambda row: row.mass)
    return Comparison(
        heavier=heavy.symbol,
        mass_ratio=round(heavy.mass / light.mass, 4),
        same_group=one.group is not None and one.group == two.group,
        same_period=one.period == two.period,
    )


@elements.tool(example={"formula": "C6H12O6"}, errors=[NotFound], kind="computation")
def molar_mass(w: World, formula: Formula) -> MolarMass:
    """Work out the molar mass of a formula and each element's share of it.

    formula: Chemical formula with symbols, counts and brackets, for example Ca(OH)2; no charges.
    """
    counts = count_atoms(formula)
    masses = {symbol: element_of("formula", symbol).mass * count for symbol, count in counts.items()}
    total = sum(masses.values())
    shares = [
        Share(symbol=symbol, count=count, mass_percent=round(100 * masses[symbol] / total, 3))
        for symbol, count in counts.items()
    ]
    return MolarMass(formula=formula, grams_per_mole=round(total, 4), composition=shares)


def matches(row: dict[str, Any], query: str) -> bool:
    """Whether the name contains the text or the atomic number is it."""
    return query in row["name"].casefold() or query == str(row["number"])


def count_atoms(formula: str) -> dict[str, int]:
    """Atoms by symbol, in order of appearance. Raises InvalidArgument."""
    stack: list[dict[str, int]] = [{}]
    place = 0
    while place < len(formula):
        match = TOKEN.match(formula, place)
        if match is None or len(match[2]) > 4 or (match[1] == "(" and match[2]):
            raise InvalidArgument(f"formula {formula}: cannot read '{formula[place:]}'")
        count = int(match[2] or 1)
        if match[1] == "(":
            stack.append({})
        else:
            inner = stack.pop() if match[1] == ")" else {match[1]: 1}
            if not (stack and inner and count):
                raise InvalidArgument(f"formula {formula}: bracket or count at '{formula[place:]}' is wrong")
            add_atoms(stack, inner, count)
        place = match.end()
    if len(stack) != 1 or sum(stack[0].values()) > MOST_ATOMS:
        raise InvalidArgument(f"formula {formula}: a bracket is not closed, or it has over {MOST_ATOMS} atoms")
    return stack[0]


def add_atoms(stack: list[dict[str, int]], atoms: dict[str, int], count: int) -> None:
    """Add so many times the atoms to the innermost open bracket."""
    for symbol, number in atoms.items():
        stack[-1][symbol] = stack[-1].get(symbol, 0) + number * count
