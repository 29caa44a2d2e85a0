"""Protein sequences: mass, charge, composition, digestion."""

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.biology.amino_acids import TABLE, AminoAcid, AminoAcidCode, amino_acid_of, charge_at
from mock_apis.biology.sequences import DnaSequence, ProteinSequence, require_short
from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Limit
from mock_apis.core.errors import FailedPrecondition, ResourceExhausted
from mock_apis.science.elements import Formula, count_atoms
from mock_apis.science.figures import sig

proteins = Domain("proteins", category="biology", description="Mass, charge, composition and digestion of proteins.")

PROTON = 1.007276


class AminoAcidList(Record):
    total: int
    amino_acids: list[AminoAcid]


class Mass(Record):
    average_da: float
    monoisotopic_da: float
    mass_to_charge: float
    """Monoisotopic, of the ion with so many protons."""


class Charge(Record):
    ph: float
    net_charge: float


class Isoelectric(Record):
    isoelectric_point: float


class Count(Record):
    code: AminoAcidCode
    count: int
    percent: float


class Composition(Record):
    length: int
    formula: Formula
    residues: list[Count]


class Hydropathy(Record):
    mean: float
    """Over all residues; positive is water-repelling."""
    peak: float
    peak_start: int
    """First residue of the window with the highest mean, counted from 1."""


class Peptides(Record):
    total: int
    peptides: list[ProteinSequence]


class Absorbance(Record):
    per_molar_cm: int
    """At 280 nm, all cysteines in bridges."""
    of_1_gram_per_litre: float


class Gene(Record):
    sequence: DnaSequence


class MotifHits(Record):
    total: int
    positions: list[int]


@proteins.tool(example={"query": "leucine"}, kind="data")
def amino_acids(w: World, query: str = "", limit: Limit = 5) -> AminoAcidList:
    """Find amino acids by name or code, with formula, mass and hydropathy.

    query: Part of the name, or a code such as Leu or L; all twenty if left out.
    limit: At most this many amino acids.
    """
    text = query.strip().casefold()
    rows = [
        amino_acid_of(code)
        for code, row in TABLE.items()
        if text in (code.casefold(), row[0].casefold()) or text in row[1]
    ]
    rows.sort(key=lambda row: (text not in (row.name, row.code.casefold(), row.short_name.casefold()), row.name))
    return AminoAcidList(total=len(rows), amino_acids=rows[:limit])


@proteins.tool(example={"protein": "@dna_translate.protein"}, errors=[ResourceExhausted], kind="computation")
def mass(w: World, protein: ProteinSequence, protons: Annotated[int, Field(ge=1, le=50)] = 1) -> Mass:
    """Work out a protein's average and monoisotopic mass and its m/z.

    protein: One-letter codes, N-terminus first, at most 2000.
    protons: Protons on the ion whose mass-to-charge ratio is given.
    """
    require_short("protein", protein)
    average, exact = (sum(float(TABLE[code][column]) for code in protein) for column in (3, 4))
    exact += 18.01056
    return Mass(
        average_da=round(average + 18.01528, 3),
        monoisotopic_da=round(exact, 4),
        mass_to_charge=round(exact / protons + PROTON, 4),
    )


@proteins.tool(example={"protein": "@dna_translate.protein", "ph": 7.4}, errors=[ResourceExhausted], kind="computation")
def charge(w: World, protein: ProteinSequence, ph: Annotated[float, Field(ge=0, le=14)] = 7.0) -> Charge:
    """Work out a protein's net charge at a pH, with the EMBOSS pKa values.

    protein: One-letter codes, N-terminus first, at most 2000.
    ph: The pH, 0 to 14.
    """
    return Charge(ph=ph, net_charge=round(charge_at(require_short("protein", protein), ph), 3))


@proteins.tool(example={"protein": "@dna_translate.protein"}, errors=[ResourceExhausted], kind="computation")
def isoelectric_point(w: World, protein: ProteinSequence) -> Isoelectric:
    """Find the pH at which a protein carries no net charge.

    protein: One-letter codes, N-terminus first, at most 2000; EMBOSS pKa values are used.
    """
    require_short("protein", protein)
    low, high = 0.0, 14.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if charge_at(protein, middle) > 0 else (low, middle)
    return Isoelectric(isoelectric_point=round(low, 2))


@proteins.tool(example={"protein": "@dna_translate.protein"}, errors=[ResourceExhausted], kind="computation")
def composition(w: World, protein: ProteinSequence) -> Composition:
    """Count a protein's amino acids and give its elemental formula.

    protein: One-letter codes, at most 2000.
    """
    require_short("protein", protein)
    atoms = {"C": 0, "H": 2, "N": 0, "O": 1, "S": 0}
    for code in protein:
        for symbol, count in count_atoms(TABLE[code][2]).items():
            atoms[symbol] += count
        atoms["H"] -= 2
        atoms["O"] -= 1
    counts = sorted(((protein.count(code), code) for code in TABLE if code in protein), key=lambda x: (-x[0], x[1]))
    return Composition(
        length=len(protein),
        formula="".join(f"{symbol}{count if count > 1 else ''}" for symbol, count in atoms.items() if count),
        residues=[Count(code=code, count=n, percent=round(100 * n / len(protein), 2)) for n, code in counts],
    )


@proteins.tool(
    example={"protein": "@dna_translate.protein", "window": 3},
    errors=[FailedPrecondition, ResourceExhausted],
    kind="computation",
)
def hydropathy(w: World, protein: ProteinSequence, window: Annotated[int, Field(ge=1, le=31)] = 9) -> Hydropathy:
    """Work out Kyte-Doolittle hydropathy and the most water-repelling window.

    protein: One-letter codes, at most 2000, no fewer than the window.
    window: Residues that are averaged together; 19 finds membrane helices.
    """
    require_short("protein", protein)
    if len(protein) < window:
        raise FailedPrecondition(f"protein has {len(protein)} residues, fewer than window {window}")
    values = [float(TABLE[code][5]) for code in protein]
    means = [round(sum(values[at : at + window]) / window, 3) for at in range(len(values) - window + 1)]
    peak = max(means)
    return Hydropathy(mean=round(sum(values) / len(values), 3), peak=peak, peak_start=means.index(peak) + 1)


@proteins.tool(example={"protein": "MKWVTFISLLRPKAG"}, errors=[ResourceExhausted], kind="computation")
def digest(
    w: World,
    protein: ProteinSequence,
    enzyme: Literal["trypsin", "chymotrypsin", "glu_c", "cyanogen_bromide"] = "trypsin",
) -> Peptides:
    """Cut a protein into peptides with a protease or cyanogen bromide.

    protein: One-letter codes, N-terminus first, at most 2000.
    enzyme: Cuts after K or R, after F, W or Y, after E (none of these before P), or after M.
    """
    require_short("protein", protein)
    sites = {"trypsin": "KR", "chymotrypsin": "FWY", "glu_c": "E", "cyanogen_bromide": "M"}[enzyme]
    cuts = [
        at + 1
        for at, code in enumerate(protein[:-1])
        if code in sites and (enzyme == "cyanogen_bromide" or protein[at + 1] != "P")
    ]
    edges = [0, *cuts, len(protein)]
    peptides = [protein[a:b] for a, b in pairwise(edges)]
    return Peptides(total=len(peptides), peptides=peptides[:300])


@proteins.tool(
    example={"protein": "@dna_translate.protein"}, errors=[FailedPrecondition, ResourceExhausted], kind="computation"
)
def absorbance(w: World, protein: ProteinSequence) -> Absorbance:
    """Estimate a protein's light absorption at 280 nm from W, Y and C.

    protein: One-letter codes, at most 2000, with at least one W, Y or pair of C.
    """
    require_short("protein", protein)
    value = 5500 * protein.count("W") + 1490 * protein.count("Y") + 125 * (protein.count("C") // 2)
    if not value:
        raise FailedPrecondition("protein has no tryptophan, tyrosine or cystine, and hardly absorbs at 280 nm")
    weight = sum(float(TABLE[code][3]) for code in protein) + 18.01528
    return Absorbance(per_molar_cm=value, of_1_gram_per_litre=sig(value / weight, 4))


@proteins.tool(example={"protein": "@dna_translate.protein"}, errors=[ResourceExhausted], kind="computation")
def back_translate(w: World, protein: ProteinSequence) -> Gene:
    """Write one DNA sequence for a protein, with codons common in E. coli.

    protein: One-letter codes, at most 660; no stop codon is added.
    """
    if len(protein) > 660:
        raise ResourceExhausted(f"protein has {len(protein)} residues, over 660")
    return Gene(sequence="".join(TABLE[code][6] for code in protein))


@proteins.tool(
    example={"protein": "MNGTRGDSNPT", "motif": "n_glycosylation"}, errors=[ResourceExhausted], kind="computation"
)
def find_motif(w: World, protein: ProteinSequence, motif: Literal["n_glycosylation", "rgd", "kdel"]) -> MotifHits:
    """Find where a protein carries a short functional motif.

    protein: One-letter codes, N-terminus first, at most 2000.
    motif: N, any but P, S or T, any but P; or RGD, which binds integrins; or KDEL at the very end.
    """
    require_short("protein", protein)
    if motif == "rgd":
        places = [at + 1 for at in range(len(protein)) if protein.startswith("RGD", at)]
    elif motif == "kdel":
        places = [len(protein) - 3] if protein.endswith("KDEL") else []
    else:
        runs = [(at + 1, protein[at : at + 4]) for at in range(len(protein) - 3)]
        places = [at for at, run in runs if run[0] == "N" and run[2] in "ST" and "P" not in (run[1], run[3])]
    return MotifHits(total=len(places), positions=places[:100])
