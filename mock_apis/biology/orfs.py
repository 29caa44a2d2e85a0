"""Open reading frames, and what a changed codon does."""

from typing import Literal

from mock_apis.biology.sequences import DnaSequence, ProteinSequence, complement_of, translate_frame
from mock_apis.core import Record

Strand = Literal["forward", "reverse"]


class Frame(Record):
    strand: Strand
    start: int
    """First base of the start codon, counted from 1 on that strand."""
    sequence: DnaSequence
    protein: ProteinSequence


def open_frames(sequence: str, min_codons: int) -> list[Frame]:
    """Frames from ATG to stop in all six readings, longest first."""
    strands: tuple[tuple[Strand, str], ...] = (("forward", sequence), ("reverse", complement_of(sequence)))
    found: list[Frame] = []
    for strand, bases in strands:
        for frame in (1, 2, 3):
            protein, at = translate_frame(bases, frame), 0
            while (start := protein.find("M", at)) >= 0 and (stop := protein.find("*", start)) >= 0:
                first = frame - 1 + 3 * start
                if stop - start >= min_codons:
                    orf, chain = bases[first : frame + 2 + 3 * stop], protein[start:stop]
                    found.append(Frame(strand=strand, start=first + 1, sequence=orf, protein=chain))
                at = stop
    return sorted(found, key=lambda one: (-len(one.protein), one.strand, one.start))


def effect_of(before: str, after: str) -> Literal["silent", "missense", "nonsense", "stop_lost"]:
    """What a codon's change does to the protein."""
    if before == after:
        return "silent"
    return "nonsense" if after == "*" else "stop_lost" if before == "*" else "missense"
