"""Making, diluting and measuring solutions in water."""

import math
from typing import Annotated

from pydantic import Field

from mock_apis.chemistry.equations import molar_mass_of
from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Limit
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound
from mock_apis.science.elements import Formula
from mock_apis.science.figures import sig

solutions = Domain(
    "solutions", category="chemistry", description="Make, dilute and measure solutions in water at 25 degrees Celsius."
)

Molarity = Annotated[float, Field(ge=0.000001, le=10_000)]
Millilitres = Annotated[float, Field(ge=0.001, le=1_000_000)]
Grams = Annotated[float, Field(ge=0.000001, le=1_000_000)]

STRONG = ("HCl", "HBr", "HI", "HNO3", "HClO4")
ACIDS = {
    "HCOOH": ("formic acid", (3.75,)),
    "CH3COOH": ("acetic acid", (4.76,)),
    "C3H6O3": ("lactic acid", (3.86,)),
    "C7H6O2": ("benzoic acid", (4.20,)),
    "C9H8O4": ("acetylsalicylic acid", (3.5,)),
    "HF": ("hydrofluoric acid", (3.17,)),
    "HCN": ("hydrocyanic acid", (9.21,)),
    "HNO2": ("nitrous acid", (3.25,)),
    "HClO": ("hypochlorous acid", (7.53,)),
    "NH4Cl": ("ammonium chloride", (9.25,)),
    "H3BO3": ("boric acid", (9.24,)),
    "H2CO3": ("carbonic acid", (6.35, 10.33)),
    "H2C2O4": ("oxalic acid", (1.25, 4.27)),
    "H3PO4": ("phosphoric acid", (2.15, 7.20, 12.35)),
    "C6H8O7": ("citric acid", (3.13, 4.76, 6.40)),
}
"""pKa values at 25 degrees Celsius as textbooks print them."""


class Acid(Record):
    formula: Formula
    name: str
    pka: list[float]
    """First, second, third proton."""


class AcidList(Record):
    total: int
    acids: list[Acid]


class Recipe(Record):
    formula: Formula
    grams: float
    moles: float


class Concentration(Record):
    formula: Formula
    moles_per_litre: float
    grams_per_litre: float


class Dilution(Record):
    stock_ml: float
    water_ml: float


class Acidity(Record):
    ph: float
    hydronium_moles_per_litre: float


class Buffer(Record):
    acid: Formula
    pka: float
    base_to_acid: float
    """Moles of conjugate base for one mole of acid."""
    acid_moles: float
    base_moles: float


class Shifts(Record):
    molality: float
    """Moles of dissolved particles in 1 kg of water."""
    freezing_point_c: float
    boiling_point_c: float


class Neutralisation(Record):
    titrant_ml: float


@solutions.tool(example={"query": "acetic"}, kind="data")
def weak_acids(w: World, query: str = "", limit: Limit = 5) -> AcidList:
    """Find weak acids with their pKa values in water, strongest first.

    query: Part of the acid's name, or its formula; all acids if left out.
    limit: At most this many acids.
    """
    text = query.strip()
    rows = [
        Acid(formula=formula, name=name, pka=list(pka))
        for formula, (name, pka) in ACIDS.items()
        if text.casefold() in name or text == formula
    ]
    rows.sort(key=lambda row: (row.pka[0], row.name))
    return AcidList(total=len(rows), acids=rows[:limit])


@solutions.tool(
    example={"solute": "NaCl", "moles_per_litre": 0.5, "volume_ml": 250.0}, errors=[NotFound], kind="computation"
)
def prepare(w: World, solute: Formula, moles_per_litre: Molarity, volume_ml: Millilitres) -> Recipe:
    """Work out the grams to weigh in for a solution of given molarity.

    solute: Formula of what is dissolved, for example NaCl.
    moles_per_litre: Wanted concentration in mol/L.
    volume_ml: Volume of the finished solution in millilitres.
    """
    moles = moles_per_litre * volume_ml / 1000
    return Recipe(formula=solute, grams=sig(moles * molar_mass_of("solute", solute)), moles=sig(moles))


@solutions.tool(
    example={"solute": "@solutions_prepare.formula", "grams": 5.84, "volume_ml": 100.0},
    errors=[NotFound],
    kind="computation",
)
def molarity(w: World, solute: Formula, grams: Grams, volume_ml: Millilitres) -> Concentration:
    """Work out the concentration of a mass dissolved in a volume.

    solute: Formula of what is dissolved, for example NaCl.
    grams: Mass of it in grams.
    volume_ml: Volume of the solution in millilitres.
    """
    per_litre = grams * 1000 / volume_ml
    moles = per_litre / molar_mass_of("solute", solute)
    return Concentration(formula=solute, moles_per_litre=sig(moles), grams_per_litre=sig(per_litre))


@solutions.tool(
    example={"stock_moles_per_litre": 12.0, "moles_per_litre": 1.0, "volume_ml": 500.0},
    errors=[FailedPrecondition],
    kind="computation",
)
def dilute(w: World, stock_moles_per_litre: Molarity, moles_per_litre: Molarity, volume_ml: Millilitres) -> Dilution:
    """Work out how much stock solution and water make a weaker solution.

    stock_moles_per_litre: Concentration of the stock solution in mol/L.
    moles_per_litre: Wanted concentration in mol/L, at most that of the stock.
    volume_ml: Wanted volume in millilitres; volumes are taken to add up.
    """
    if moles_per_litre > stock_moles_per_litre:
        raise FailedPrecondition(f"moles_per_litre {moles_per_litre} is over the stock's {stock_moles_per_litre}")
    stock = volume_ml * moles_per_litre / stock_moles_per_litre
    return Dilution(stock_ml=sig(stock), water_ml=sig(volume_ml - stock))


@solutions.tool(example={"acid": "CH3COOH", "moles_per_litre": 0.1}, errors=[NotFound], kind="computation")
def acid_ph(w: World, acid: Formula, moles_per_litre: Annotated[float, Field(ge=0.000001, le=10)]) -> Acidity:
    """Work out the pH of a weak or a strong monoprotic acid in water.

    acid: HCl, HBr, HI, HNO3 or HClO4, or a weak acid of solutions_weak_acids.
    moles_per_litre: Its total concentration in mol/L; only the first proton of a weak acid is counted.
    """
    strength = math.inf if acid in STRONG else 10 ** -find_acid(acid)[0]
    low, high = 1e-8, 20.0
    for _ in range(100):
        middle = math.sqrt(low * high)
        dissociated = moles_per_litre if strength == math.inf else moles_per_litre * strength / (strength + middle)
        low, high = (middle, high) if middle - 1e-14 / middle < dissociated else (low, middle)
    return Acidity(ph=round(-math.log10(low), 2), hydronium_moles_per_litre=sig(low, 4))


@solutions.tool(
    example={"acid": "@solutions_weak_acids.acids[0].formula", "ph": 5.0, "moles_per_litre": 0.1, "volume_ml": 1000.0},
    errors=[NotFound, FailedPrecondition],
    kind="computation",
)
def buffer(
    w: World, acid: Formula, ph: Annotated[float, Field(ge=0, le=14)], moles_per_litre: Molarity, volume_ml: Millilitres
) -> Buffer:
    """Work out the moles of weak acid and conjugate base for a buffer.

    acid: A weak acid of solutions_weak_acids; the proton nearest to the pH is used.
    ph: Wanted pH, within 1.5 of one of the acid's pKa values.
    moles_per_litre: Acid and base together in mol/L.
    volume_ml: Volume of the buffer in millilitres.
    """
    pka = min(find_acid(acid), key=lambda value: abs(value - ph))
    if abs(pka - ph) > 1.5:
        raise FailedPrecondition(f"acid {acid} buffers near pH {pka}, not at ph {ph}; see solutions_weak_acids")
    ratio = 10 ** (ph - pka)
    total = moles_per_litre * volume_ml / 1000
    return Buffer(
        acid=acid,
        pka=pka,
        base_to_acid=sig(ratio, 4),
        acid_moles=sig(total / (1 + ratio), 4),
        base_moles=sig(total * ratio / (1 + ratio), 4),
    )


@solutions.tool(
    example={"solute": "NaCl", "grams": 58.44, "water_grams": 1000.0, "ions": 2},
    errors=[NotFound, FailedPrecondition],
    kind="computation",
)
def freezing_point(
    w: World, solute: Formula, grams: Grams, water_grams: Grams, ions: Annotated[int, Field(ge=1, le=5)] = 1
) -> Shifts:
    """Estimate the freezing and boiling point of a dilute solution in water.

    solute: Formula of what is dissolved, for example NaCl.
    grams: Its mass in grams.
    water_grams: Mass of the water in grams.
    ions: Particles that one formula unit falls into: 1 for sugar, 2 for NaCl, 3 for CaCl2.
    """
    molality = grams / molar_mass_of("solute", solute) * ions / (water_grams / 1000)
    if molality > 10:
        raise FailedPrecondition(f"grams: {sig(molality, 4)} mol of particles per kg is no dilute solution (up to 10)")
    return Shifts(
        molality=sig(molality),
        freezing_point_c=round(-1.86 * molality, 3),
        boiling_point_c=round(100 + 0.512 * molality, 3),
    )


@solutions.tool(
    example={"analyte_ml": 25.0, "analyte_moles_per_litre": 0.1, "titrant_moles_per_litre": 0.2, "protons": 2},
    kind="computation",
)
def equivalence_volume(
    w: World,
    analyte_ml: Millilitres,
    analyte_moles_per_litre: Molarity,
    titrant_moles_per_litre: Molarity,
    protons: Annotated[int, Field(ge=1, le=3)] = 1,
) -> Neutralisation:
    """Work out the volume of one-to-one titrant that neutralises a sample.

    analyte_ml: Volume of the sample in millilitres.
    analyte_moles_per_litre: Concentration of the acid or base in it, mol/L.
    titrant_moles_per_litre: Concentration of the titrant, such as NaOH or HCl, in mol/L.
    protons: Protons that one molecule of the sample gives or takes; 2 for H2SO4.
    """
    volume = analyte_ml * analyte_moles_per_litre * protons / titrant_moles_per_litre
    if volume > 1e9:
        raise InvalidArgument("titrant_moles_per_litre is too small for this sample: over 1e9 mL would be needed")
    return Neutralisation(titrant_ml=sig(volume))


def find_acid(formula: str) -> tuple[float, ...]:
    """The pKa values. Raises NotFound."""
    if formula not in ACIDS:
        raise NotFound(f"no weak acid '{formula}' here; see solutions_weak_acids")
    return ACIDS[formula][1]
