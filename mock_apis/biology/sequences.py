"""The genetic code, and the types of DNA, RNA and protein sequences."""

from typing import Annotated

from pydantic import Field

from mock_apis.core.entities import Entity
from mock_apis.core.errors import ResourceExhausted

DnaSequence = Annotated[str, Field(pattern=r"^[ACGT]+$"), Entity("dna.sequence")]
"""One strand, 5' to 3'."""
RnaSequence = Annotated[str, Field(pattern=r"^[ACGU]+$"), Entity("rna.sequence")]
ProteinSequence = Annotated[str, Field(pattern=r"^[ACDEFGHIKLMNPQRSTVWY]+$"), Entity("protein.sequence")]
"""One-letter codes, N-terminus first."""

LONGEST = 2000
BASES = "TCAG"
AMINO_ACIDS = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
CODONS = {
    a + b + c: AMINO_ACIDS[16 * i + 4 * j + k]
    for i, a in enumerate(BASES)
    for j, b in enumerate(BASES)
    for k, c in enumerate(BASES)
}
"""The standard genetic code; a star is a stop."""
COMPLEMENT = str.maketrans("ACGT", "TGCA")


def require_short(argument: str, sequence: str) -> str:
    """The sequence. Raises ResourceExhausted if it is too long."""
    if len(sequence) > LONGEST:
        raise ResourceExhausted(f"{argument} has {len(sequence)} letters, over {LONGEST}")
    return sequence


def complement_of(sequence: str) -> str:
    """The reverse complement."""
    return sequence.translate(COMPLEMENT)[::-1]


def translate_frame(sequence: str, frame: int = 1) -> str:
    """Amino acids from the 1st, 2nd or 3rd base on, stops as stars."""
    return "".join(CODONS[sequence[at : at + 3]] for at in range(frame - 1, len(sequence) - 2, 3))
