"""Fundamental constants, CODATA 2022."""

from typing import Annotated

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity, Limit
from mock_apis.core.errors import NotFound

constants = Domain("constants", category="physics", description="Fundamental physical constants, CODATA 2022.")

ConstantSymbol = Annotated[str, Entity("physical_constant.symbol")]
TABLE = {
    line.split("|")[0]: line.split("|")[1:]
    for line in """c|speed of light in vacuum|299792458|m/s|exact
h|Planck constant|6.62607015e-34|J s|exact
hbar|reduced Planck constant|1.054571817e-34|J s|exact
e|elementary charge|1.602176634e-19|C|exact
k_B|Boltzmann constant|1.380649e-23|J/K|exact
N_A|Avogadro constant|6.02214076e23|1/mol|exact
R|molar gas constant|8.314462618|J/(mol K)|exact
F|Faraday constant|96485.33212|C/mol|exact
sigma|Stefan-Boltzmann constant|5.670374419e-8|W/(m^2 K^4)|exact
b|Wien wavelength displacement constant|2.897771955e-3|m K|exact
K_J|Josephson constant|483597.8484e9|Hz/V|exact
R_K|von Klitzing constant|25812.80745|ohm|exact
Phi_0|magnetic flux quantum|2.067833848e-15|Wb|exact
G|Newtonian constant of gravitation|6.67430e-11|m^3/(kg s^2)|0.00015e-11
m_e|electron mass|9.1093837139e-31|kg|0.0000000028e-31
m_p|proton mass|1.67262192595e-27|kg|0.00000000052e-27
m_n|neutron mass|1.67492750056e-27|kg|0.00000000085e-27
u|atomic mass constant|1.66053906892e-27|kg|0.00000000052e-27
alpha|fine-structure constant|7.2973525643e-3||0.0000000011e-3
R_inf|Rydberg constant|10973731.568157|1/m|0.000012
a_0|Bohr radius|5.29177210544e-11|m|0.00000000082e-11
mu_B|Bohr magneton|9.2740100657e-24|J/T|0.0000000029e-24
epsilon_0|vacuum electric permittivity|8.8541878188e-12|F/m|0.0000000014e-12
mu_0|vacuum magnetic permeability|1.25663706127e-6|N/A^2|0.00000000020e-6
g_n|standard acceleration of gravity|9.80665|m/s^2|exact
atm|standard atmosphere|101325|Pa|exact""".splitlines()
}
"""Symbol to name, value, unit, standard uncertainty; exact ones that are no finite decimal are given to ten digits."""


class Constant(Record):
    symbol: ConstantSymbol
    name: str
    value: float
    unit: str
    uncertainty: float
    """Standard uncertainty in the same unit; zero where exact."""


class ConstantList(Record):
    total: int
    constants: list[Constant]


class Scaled(Record):
    value: float
    unit: str


@constants.tool(example={"query": "Planck"}, kind="data")
def search(w: World, query: str = "", limit: Limit = 5) -> ConstantList:
    """Find physical constants by name or unit, with value and uncertainty.

    query: Part of the English name, such as mass or Planck; all if left out.
    limit: At most this many constants.
    """
    text = query.strip().casefold()
    rows = [
        constant_of(symbol) for symbol, row in TABLE.items() if text in row[0].casefold() or text == row[2].casefold()
    ]
    return ConstantList(total=len(rows), constants=rows[:limit])


@constants.tool(example={"symbol": "@constants_search.constants[0].symbol"}, errors=[NotFound], kind="data")
def get(w: World, symbol: ConstantSymbol) -> Constant:
    """Show one physical constant by its symbol.

    symbol: Symbol as found by constants_search, such as h, k_B or m_e.
    """
    return constant_of(symbol)


@constants.tool(example={"numerator": "m_p", "denominator": "m_e"}, errors=[NotFound], kind="computation")
def ratio(w: World, numerator: ConstantSymbol, denominator: ConstantSymbol) -> Scaled:
    """Divide one physical constant by another, with the unit of the result.

    numerator: Symbol of the constant above the line, such as m_p.
    denominator: Symbol of the constant below the line, such as m_e.
    """
    above, below = constant_of(numerator), constant_of(denominator)
    unit = "" if above.unit == below.unit else f"({above.unit or 1})/({below.unit or 1})"
    return Scaled(value=float(f"{above.value / below.value:.9g}"), unit=unit)


def constant_of(symbol: str) -> Constant:
    """The constant's row. Raises NotFound."""
    if symbol not in TABLE:
        raise NotFound(f"no constant '{symbol[:40]}'; see constants_search")
    name, value, unit, spread = TABLE[symbol]
    uncertainty = 0.0 if spread == "exact" else float(spread)
    return Constant(symbol=symbol, name=name, value=float(value), unit=unit, uncertainty=uncertainty)
