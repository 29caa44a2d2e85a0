"""The twenty amino acids and the charge of a chain of them."""

from typing import Annotated

from pydantic import Field

from mock_apis.core import Record
from mock_apis.science.elements import Formula

AminoAcidCode = Annotated[str, Field(pattern=r"^[ACDEFGHIKLMNPQRSTVWY]$")]
TABLE = {
    row.split()[0]: row.split()[1:]
    for row in """A Ala alanine C3H7NO2 71.0788 71.03711 1.8 GCG
R Arg arginine C6H14N4O2 156.1875 156.10111 -4.5 CGT
N Asn asparagine C4H8N2O3 114.1038 114.04293 -3.5 AAC
D Asp aspartate C4H7NO4 115.0886 115.02694 -3.5 GAT
C Cys cysteine C3H7NO2S 103.1388 103.00919 2.5 TGC
Q Gln glutamine C5H10N2O3 128.1307 128.05858 -3.5 CAG
E Glu glutamate C5H9NO4 129.1155 129.04259 -3.5 GAA
G Gly glycine C2H5NO2 57.0519 57.02146 -0.4 GGC
H His histidine C6H9N3O2 137.1411 137.05891 -3.2 CAT
I Ile isoleucine C6H13NO2 113.1594 113.08406 4.5 ATT
L Leu leucine C6H13NO2 113.1594 113.08406 3.8 CTG
K Lys lysine C6H14N2O2 128.1741 128.09496 -3.9 AAA
M Met methionine C5H11NO2S 131.1926 131.04049 1.9 ATG
F Phe phenylalanine C9H11NO2 147.1766 147.06841 2.8 TTT
P Pro proline C5H9NO2 97.1167 97.05276 -1.6 CCG
S Ser serine C3H7NO3 87.0782 87.03203 -0.8 AGC
T Thr threonine C4H9NO3 101.1051 101.04768 -0.7 ACC
W Trp tryptophan C11H12N2O2 186.2132 186.07931 -0.9 TGG
Y Tyr tyrosine C9H11NO3 163.1760 163.06333 -1.3 TAT
V Val valine C5H11NO2 99.1326 99.06841 4.2 GTG""".splitlines()
}
"""Code to short name, name, formula, average and monoisotopic residue mass, hydropathy (Kyte and Doolittle), codon."""
ESSENTIAL = "HILKMFTWV"
PKA = {"N-terminus": 8.6, "C-terminus": 3.6, "K": 10.8, "R": 12.5, "H": 6.5, "D": 3.9, "E": 4.1, "C": 8.5, "Y": 10.1}
"""The EMBOSS set."""


class AminoAcid(Record):
    code: AminoAcidCode
    short_name: str
    name: str
    formula: Formula
    residue_mass_da: float
    hydropathy: float
    essential: bool
    """Whether adults must eat it."""


def amino_acid_of(code: str) -> AminoAcid:
    """The amino acid's row."""
    short, name, formula, average, _, index, _ = TABLE[code]
    return AminoAcid(
        code=code,
        short_name=short,
        name=name,
        formula=formula,
        residue_mass_da=float(average),
        hydropathy=float(index),
        essential=code in ESSENTIAL,
    )


def charge_at(protein: str, ph: float) -> float:
    """Net charge with independent groups."""
    plus = sum(protein.count(code) / (1 + 10 ** (ph - PKA[code])) for code in "KRH")
    minus = sum(protein.count(code) / (1 + 10 ** (PKA[code] - ph)) for code in "DECY")
    return plus + 1 / (1 + 10 ** (ph - PKA["N-terminus"])) - minus - 1 / (1 + 10 ** (PKA["C-terminus"] - ph))
