"""Formulas, amounts and chemical equations."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.chemistry.compounds import COMPOUNDS
from mock_apis.chemistry.equations import (
    Equation,
    balance,
    hill_formula,
    molar_mass_of,
    read_equation,
    require_balanced,
    write_equation,
)
from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Limit
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound
from mock_apis.science.elements import Formula, Symbol, count_atoms, element_of
from mock_apis.science.figures import sig

molecules = Domain("molecules", category="chemistry", description="Formulas, amounts and chemical equations.")

AVOGADRO = 6.02214076e23
Amount = Annotated[float, Field(ge=1e-6, le=1e9)]


class Compound(Record):
    name: str
    other_name: str
    """Another common name, or empty."""
    formula: Formula


class CompoundList(Record):
    total: int
    compounds: list[Compound]


class AmountOf(Record):
    formula: Formula
    grams: float
    moles: float
    molecules: float
    """Formula units."""


class FormulaFound(Record):
    formula: Formula
    grams_per_mole: float


class Share(Record):
    symbol: Symbol
    mass_percent: Annotated[float, Field(ge=0.001, le=10_000)]


class Balanced(Record):
    equation: Equation
    balanced_already: bool


class Portion(Record):
    formula: Formula
    grams: float
    moles: float


class Requirements(Record):
    equation: Equation
    portions: list[Portion]


class Grams(Record):
    formula: Formula
    grams: Amount


class Yield(Record):
    limiting_reagent: Formula
    products: list[Portion]
    left_over: list[Portion]


class Unsaturation(Record):
    formula: Formula
    rings_and_double_bonds: int


@molecules.tool(example={"query": "baking soda"}, kind="data")
def search(w: World, query: str, limit: Limit = 5) -> CompoundList:
    """Find a common compound's formula by its name or trivial name.

    query: Part of a name such as baking soda, or a formula such as NaHCO3.
    limit: At most this many compounds.
    """
    text = query.strip().casefold()
    rows = [
        Compound(name=name, other_name=other, formula=formula)
        for name, other, formula in COMPOUNDS
        if text in name.casefold() or text in other.casefold() or query.strip() == formula
    ]
    rows.sort(key=lambda row: (text not in (row.name.casefold(), row.other_name.casefold()), row.name))
    return CompoundList(total=len(rows), compounds=rows[:limit])


@molecules.tool(
    example={"formula": "@molecules_search.compounds[0].formula", "amount": 84.0, "unit": "grams"},
    errors=[NotFound],
    kind="computation",
)
def convert_amount(
    w: World, formula: Formula, amount: Amount, unit: Literal["grams", "moles", "sextillion_molecules"]
) -> AmountOf:
    """Convert an amount of a compound between grams, moles and molecules.

    formula: Chemical formula, for example NaHCO3.
    amount: How much there is, in the unit given.
    unit: Unit of the amount; one sextillion molecules are 1e21.
    """
    mass = molar_mass_of("formula", formula)
    moles = {"grams": amount / mass, "moles": amount, "sextillion_molecules": amount * 1e21 / AVOGADRO}[unit]
    return AmountOf(formula=formula, grams=sig(moles * mass), moles=sig(moles), molecules=sig(moles * AVOGADRO))


@molecules.tool(
    example={
        "shares": [
            {"symbol": "C", "mass_percent": 40.0},
            {"symbol": "H", "mass_percent": 6.71},
            {"symbol": "O", "mass_percent": 53.29},
        ]
    },
    errors=[NotFound, FailedPrecondition],
    kind="computation",
)
def empirical_formula(w: World, shares: Annotated[list[Share], Field(min_length=1, max_length=8)]) -> FormulaFound:
    """Find the simplest formula that fits the elements' shares of the mass.

    shares: Each element once, with its mass percent or its grams in one sample.
    """
    if len({share.symbol for share in shares}) != len(shares):
        raise InvalidArgument("shares: an element is given twice")
    moles = {share.symbol: share.mass_percent / element_of("shares", share.symbol).mass for share in shares}
    least = min(moles.values())
    for factor in range(1, 13):
        ratios = {symbol: amount / least * factor for symbol, amount in moles.items()}
        if all(abs(ratio - round(ratio)) <= 0.02 * max(factor, ratio / 10) for ratio in ratios.values()):
            if max(ratios.values()) > 500:
                break
            formula = hill_formula({symbol: round(ratio) for symbol, ratio in ratios.items()})
            return FormulaFound(formula=formula, grams_per_mole=sig(molar_mass_of("shares", formula)))
    raise FailedPrecondition("shares: no simple ratio of whole numbers fits; check the percentages")


@molecules.tool(
    example={"empirical": "@molecules_empirical_formula.formula", "grams_per_mole": 180.2},
    errors=[NotFound, FailedPrecondition],
    kind="computation",
)
def molecular_formula(
    w: World, empirical: Formula, grams_per_mole: Annotated[float, Field(ge=1, le=20_000)]
) -> FormulaFound:
    """Multiply an empirical formula up to a measured molar mass.

    empirical: Simplest formula of the compound, for example CH2O.
    grams_per_mole: Measured molar mass in g/mol.
    """
    mass = molar_mass_of("empirical", empirical)
    times = round(grams_per_mole / mass)
    if times < 1 or abs(times * mass - grams_per_mole) > 0.03 * grams_per_mole:
        raise FailedPrecondition(f"grams_per_mole {grams_per_mole} is no multiple of {sig(mass)} within 3 percent")
    formula = hill_formula({symbol: count * times for symbol, count in count_atoms(empirical).items()})
    return FormulaFound(formula=formula, grams_per_mole=sig(times * mass))


@molecules.tool(
    example={"equation": "C3H8 + O2 -> CO2 + H2O"}, errors=[NotFound, FailedPrecondition], kind="computation"
)
def balance_equation(w: World, equation: Equation) -> Balanced:
    """Balance a chemical equation with the smallest whole coefficients.

    equation: Formulas joined by + with -> between the sides, such as H2 + O2 -> H2O; no charges or states.
    """
    species = read_equation(equation)
    for one in species:
        molar_mass_of("equation", one.formula)
    balanced = balance(species)
    same = [one.coefficient for one in balanced] == [one.coefficient for one in species]
    return Balanced(equation=write_equation(balanced), balanced_already=same)


@molecules.tool(example={"fuel": "C8H18"}, errors=[NotFound, FailedPrecondition], kind="computation")
def combustion_equation(w: World, fuel: Formula) -> Balanced:
    """Write the balanced equation of a fuel's complete combustion in oxygen.

    fuel: Formula of carbon, hydrogen and maybe oxygen, for example C8H18.
    """
    atoms = count_atoms(fuel)
    carbon, hydrogen = atoms.get("C", 0), atoms.get("H", 0)
    if not set(atoms) <= {"C", "H", "O"} or not (carbon or hydrogen) or len(fuel) > 60:
        raise InvalidArgument(f"fuel {fuel[:60]}: only carbon, hydrogen and oxygen burn to CO2 and H2O alone")
    if 4 * carbon + hydrogen <= 2 * atoms.get("O", 0) or (carbon and fuel == "CO2"):
        raise FailedPrecondition(f"fuel {fuel} holds all the oxygen that it can bind and does not burn")
    products = " + ".join(name for name, count in (("CO2", carbon), ("H2O", hydrogen)) if count)
    return Balanced(
        equation=write_equation(balance(read_equation(f"{fuel} + O2 -> {products}"))), balanced_already=False
    )


@molecules.tool(
    example={"equation": "@molecules_balance_equation.equation", "formula": "C3H8", "grams": 44.1},
    errors=[NotFound, FailedPrecondition],
    kind="computation",
)
def scale_reaction(w: World, equation: Equation, formula: Formula, grams: Amount) -> Requirements:
    """Work out every reactant and product for a mass of one of them.

    equation: Balanced equation, for example 2H2 + O2 -> 2H2O.
    formula: The substance whose mass is known, spelled as in the equation.
    grams: Its mass in grams.
    """
    species = require_balanced(equation)
    known = next((one for one in species if one.formula == formula), None)
    if known is None:
        raise NotFound(f"formula {formula} does not stand in the equation")
    runs = grams / molar_mass_of("formula", formula) / known.coefficient
    return Requirements(
        equation=write_equation(species), portions=[portion(one.formula, runs * one.coefficient) for one in species]
    )


@molecules.tool(
    example={
        "equation": "@molecules_balance_equation.equation",
        "reactants": [{"formula": "C3H8", "grams": 10.0}, {"formula": "O2", "grams": 20.0}],
    },
    errors=[NotFound, FailedPrecondition],
    kind="computation",
)
def limiting_reagent(
    w: World, equation: Equation, reactants: Annotated[list[Grams], Field(min_length=1, max_length=6)]
) -> Yield:
    """Find which reactant runs out first, the yield and what is left over.

    equation: Balanced equation, for example 2H2 + O2 -> 2H2O.
    reactants: Mass of every reactant of the equation.
    """
    species = require_balanced(equation)
    given = {one.formula: one.grams for one in reactants}
    left = [one for one in species if not one.product]
    if {one.formula for one in left} != set(given) or len(given) != len(reactants):
        raise InvalidArgument(f"reactants: give {', '.join(one.formula for one in left)}, each once")
    runs = {one.formula: given[one.formula] / molar_mass_of("equation", one.formula) / one.coefficient for one in left}
    limiting = min(runs, key=lambda name: runs[name])
    least = runs[limiting]
    return Yield(
        limiting_reagent=limiting,
        products=[portion(one.formula, least * one.coefficient) for one in species if one.product],
        left_over=[
            portion(one.formula, (runs[one.formula] - least) * one.coefficient)
            for one in left
            if one.formula != limiting
        ],
    )


@molecules.tool(example={"formula": "C6H6"}, errors=[NotFound, FailedPrecondition], kind="computation")
def unsaturation(w: World, formula: Formula) -> Unsaturation:
    """Count the rings and double bonds that an organic formula implies.

    formula: Formula of C, H, N, O, S and halogens, for example C6H6.
    """
    atoms = count_atoms(formula)
    if "C" not in atoms or not set(atoms) <= {"C", "H", "N", "O", "S", "F", "Cl", "Br", "I"}:
        raise InvalidArgument(f"formula {formula[:60]}: only carbon with H, N, O, S, F, Cl, Br and I can be counted")
    ones = sum(atoms.get(symbol, 0) for symbol in ("H", "F", "Cl", "Br", "I"))
    doubled = 2 * atoms["C"] + 2 + atoms.get("N", 0) - ones
    if doubled < 0 or doubled % 2:
        raise FailedPrecondition(f"formula {formula} is no neutral closed-shell molecule")
    return Unsaturation(formula=formula, rings_and_double_bonds=doubled // 2)


def portion(formula: str, moles: float) -> Portion:
    """So many moles of a substance."""
    return Portion(formula=formula, grams=sig(moles * molar_mass_of("equation", formula)), moles=sig(moles))
