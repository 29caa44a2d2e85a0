"""Heat, spontaneity, gases and cells, from textbook values at 298.15 K."""

import math
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.chemistry.equations import Equation, molar_mass_of, require_balanced
from mock_apis.chemistry.thermo_data import POTENTIALS, STANDARD, STEAM
from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Limit
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound
from mock_apis.science.elements import Formula, Symbol, count_atoms
from mock_apis.science.figures import sig

thermochemistry = Domain(
    "thermochemistry", category="chemistry", description="Reaction heat and spontaneity, gases, warming, cells."
)

GAS_CONSTANT = 8.314462618
FARADAY = 96485.33212
ZERO_C = 273.15
WaterState = Literal["liquid", "gas"]
Celsius = Annotated[float, Field(ge=-100, le=1000)]


class Standard(Record):
    formula: Formula
    state: str
    formation_enthalpy_kj_per_mol: float
    entropy_j_per_mol_k: float


class StandardList(Record):
    total: int
    substances: list[Standard]


class ReactionEnergy(Record):
    equation: Equation
    enthalpy_kj: float
    entropy_j_per_k: float
    gibbs_kj: float
    """At the temperature asked for, with enthalpy and entropy of 298.15 K."""
    spontaneous: bool
    log10_equilibrium_constant: float


class Heat(Record):
    fuel: Formula
    kj_per_mole: float
    """Heat given off."""
    mj_per_kg: float
    co2_grams_per_mj: float


class GasAmount(Record):
    formula: Formula
    moles: float
    grams: float
    grams_per_litre: float


class WaterHeat(Record):
    kilojoules: float
    """Positive if heat is taken up."""
    steps: list[str]


class RateRatio(Record):
    times_faster: float


class Cell(Record):
    anode: Symbol
    cathode: Symbol
    volts: float
    electrons: int
    gibbs_kj: float


@thermochemistry.tool(example={"element": "N"}, kind="data")
def substances(w: World, element: Symbol, limit: Limit = 5) -> StandardList:
    """List substances of an element with formation enthalpy and entropy.

    element: Symbol of an element that the substances hold, for example N.
    limit: At most this many substances, shortest formula first.
    """
    formulas = sorted((name for name in STANDARD if element in count_atoms(name)), key=lambda name: (len(name), name))
    return StandardList(total=len(formulas), substances=[standard_of(name) for name in formulas[:limit]])


@thermochemistry.tool(
    example={"equation": "N2 + 3H2 -> 2NH3"}, errors=[NotFound, FailedPrecondition], kind="computation"
)
def reaction_energy(
    w: World,
    equation: Equation,
    temperature_k: Annotated[float, Field(ge=100, le=3000)] = 298.15,
    water: WaterState = "liquid",
) -> ReactionEnergy:
    """Work out enthalpy, entropy and Gibbs energy of a balanced reaction.

    equation: Balanced equation of substances with known values, for example N2 + 3H2 -> 2NH3.
    temperature_k: Temperature in kelvins for the Gibbs energy.
    water: Whether H2O in the equation is liquid or steam.
    """
    enthalpy = entropy = 0.0
    for one in require_balanced(equation):
        values = standard_of(one.formula, water)
        count = one.coefficient if one.product else -one.coefficient
        enthalpy += count * values.formation_enthalpy_kj_per_mol
        entropy += count * values.entropy_j_per_mol_k
    gibbs = enthalpy - temperature_k * entropy / 1000
    constant = -gibbs * 1000 / (GAS_CONSTANT * temperature_k * math.log(10))
    return ReactionEnergy(
        equation=equation,
        enthalpy_kj=round(enthalpy, 2),
        entropy_j_per_k=round(entropy, 2),
        gibbs_kj=round(gibbs, 2),
        spontaneous=gibbs < 0,
        log10_equilibrium_constant=round(constant, 2),
    )


@thermochemistry.tool(example={"fuel": "CH4"}, errors=[NotFound], kind="computation")
def heat_of_combustion(w: World, fuel: Formula, water: WaterState = "liquid") -> Heat:
    """Work out the heat that a fuel gives off when it burns completely.

    fuel: Formula of a fuel with known values, such as CH4, C3H8, C8H18, C2H5OH or H2.
    water: Liquid gives the higher heating value, gas the lower one.
    """
    values, atoms = standard_of(fuel), count_atoms(fuel)
    if not set(atoms) <= {"C", "H", "O"} or fuel in ("CO2", "H2O", "H2O2", "O2", "O3"):
        raise InvalidArgument(f"fuel {fuel[:60]}: only C, H and O, and something left to burn")
    carbon, hydrogen = atoms.get("C", 0), atoms.get("H", 0)
    burnt = carbon * STANDARD["CO2"][1] + hydrogen / 2 * standard_of("H2O", water).formation_enthalpy_kj_per_mol
    heat = values.formation_enthalpy_kj_per_mol - burnt
    return Heat(
        fuel=fuel,
        kj_per_mole=round(heat, 1),
        mj_per_kg=sig(heat / molar_mass_of("fuel", fuel), 4),
        co2_grams_per_mj=sig(carbon * molar_mass_of("fuel", "CO2") / heat * 1000, 4),
    )


@thermochemistry.tool(
    example={"formula": "O2", "volume_litres": 24.5, "pressure_kpa": 101.325, "temperature_c": 25.0},
    errors=[NotFound],
    kind="computation",
)
def gas_amount(
    w: World,
    formula: Formula,
    volume_litres: Annotated[float, Field(ge=0.001, le=1e6)],
    pressure_kpa: Annotated[float, Field(ge=0.001, le=100_000)] = 101.325,
    temperature_c: Celsius = 25.0,
) -> GasAmount:
    """Work out moles, mass and density of a volume of an ideal gas.

    formula: Formula of the gas, for example O2.
    volume_litres: Volume in litres.
    pressure_kpa: Absolute pressure in kilopascals.
    temperature_c: Temperature in degrees Celsius.
    """
    moles = pressure_kpa * volume_litres / (GAS_CONSTANT * (temperature_c + ZERO_C))
    grams = moles * molar_mass_of("formula", formula)
    return GasAmount(formula=formula, moles=sig(moles), grams=sig(grams), grams_per_litre=sig(grams / volume_litres))


@thermochemistry.tool(example={"grams": 100.0, "from_c": -10.0, "to_c": 110.0}, kind="computation")
def water_heat(
    w: World,
    grams: Annotated[float, Field(ge=0.001, le=1e9)],
    from_c: Annotated[float, Field(ge=-50, le=200)],
    to_c: Annotated[float, Field(ge=-50, le=200)],
) -> WaterHeat:
    """Work out the heat to warm or cool water, melting and boiling included.

    grams: Mass of the ice, water or steam in grams.
    from_c: Temperature at the start in degrees Celsius, at normal pressure; 0 is water, 100 steam.
    to_c: Temperature at the end in degrees Celsius.
    """
    low, high = sorted((from_c, to_c))
    parts = [
        ("ice", 2.09 * max(0.0, min(high, 0) - low)),
        ("melting" if to_c > from_c else "freezing", 334.0 if low < 0 <= high else 0.0),
        ("water", 4.184 * max(0.0, min(high, 100) - max(low, 0))),
        ("boiling" if to_c > from_c else "condensing", 2257.0 if low < 100 <= high else 0.0),
        ("steam", 2.01 * max(0.0, high - max(low, 100))),
    ]
    total = sum(joules for _, joules in parts) * grams / 1000
    return WaterHeat(
        kilojoules=sig(total if to_c >= from_c else -total), steps=[name for name, joules in parts if joules > 0]
    )


@thermochemistry.tool(
    example={"activation_kj_per_mol": 50.0, "from_c": 25.0, "to_c": 35.0},
    errors=[FailedPrecondition],
    kind="computation",
)
def rate_change(
    w: World, activation_kj_per_mol: Annotated[float, Field(ge=0, le=1000)], from_c: Celsius, to_c: Celsius
) -> RateRatio:
    """Work out how many times faster a reaction runs at another temperature.

    activation_kj_per_mol: Activation energy in kJ/mol, as in the Arrhenius equation.
    from_c: First temperature in degrees Celsius.
    to_c: Second temperature in degrees Celsius.
    """
    power = activation_kj_per_mol * 1000 / GAS_CONSTANT * (1 / (from_c + ZERO_C) - 1 / (to_c + ZERO_C))
    if abs(power) > 600:
        raise FailedPrecondition("activation_kj_per_mol: the rates differ by more than a factor of e^600")
    return RateRatio(times_faster=sig(math.exp(power), 5))


@thermochemistry.tool(
    example={"first": "Zn", "second": "Cu"}, errors=[NotFound, FailedPrecondition], kind="computation"
)
def galvanic_cell(w: World, first: Symbol, second: Symbol) -> Cell:
    """Work out the standard voltage of a cell of two metals in their salts.

    first: Symbol of one metal, such as Zn; thirteen from Li to Ag are known.
    second: Symbol of the other metal, such as Cu.
    """
    for name, symbol in (("first", first), ("second", second)):
        if symbol not in POTENTIALS:
            raise NotFound(f"no potential for {name} '{symbol}'; known: {', '.join(POTENTIALS)}")
    if first == second:
        raise FailedPrecondition("second is the same metal as first, which gives no voltage")
    anode, cathode = sorted((first, second), key=lambda symbol: POTENTIALS[symbol][1])
    volts = POTENTIALS[cathode][1] - POTENTIALS[anode][1]
    electrons = math.lcm(POTENTIALS[anode][0], POTENTIALS[cathode][0])
    return Cell(
        anode=anode,
        cathode=cathode,
        volts=round(volts, 2),
        electrons=electrons,
        gibbs_kj=round(-electrons * FARADAY * volts / 1000, 1),
    )


def standard_of(formula: str, water: WaterState = "liquid") -> Standard:
    """The substance's values. Raises NotFound."""
    if formula not in STANDARD:
        raise NotFound(f"no formation enthalpy for '{formula[:60]}'; see thermochemistry_substances")
    state, enthalpy, entropy = STEAM if formula == "H2O" and water == "gas" else STANDARD[formula]
    return Standard(formula=formula, state=state, formation_enthalpy_kj_per_mol=enthalpy, entropy_j_per_mol_k=entropy)
