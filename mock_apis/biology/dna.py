"""DNA sequences: transcription, translation, cutting, melting."""

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.biology.orfs import Frame, effect_of, open_frames
from mock_apis.biology.restriction import ENZYMES, Enzyme, EnzymeName, enzyme_of
from mock_apis.biology.sequences import (
    CODONS,
    DnaSequence,
    ProteinSequence,
    RnaSequence,
    complement_of,
    require_short,
    translate_frame,
)
from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Limit
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound, ResourceExhausted

dna = Domain("dna", category="biology", description="Read, translate, cut and compare DNA sequences.")

Base = Literal["A", "C", "G", "T"]
Position = Annotated[int, Field(ge=1, le=2000)]


class Strand(Record):
    sequence: DnaSequence


class Rna(Record):
    rna: RnaSequence


class Translation(Record):
    protein: ProteinSequence
    complete: bool
    """Whether a stop codon ended it."""


class BaseCounts(Record):
    length: int
    a: int
    c: int
    g: int
    t: int
    gc_percent: float


class Melting(Record):
    temperature_c: float
    method: Literal["wallace", "marmur_doty"]


class Frames(Record):
    total: int
    frames: list[Frame]


class EnzymeList(Record):
    total: int
    enzymes: list[Enzyme]


class Digest(Record):
    cuts: list[int]
    """Number of bases before each cut."""
    fragments: list[DnaSequence]


class CodonCount(Record):
    codon: str
    amino_acid: str
    count: int


class Usage(Record):
    total: int
    codons: list[CodonCount]


class Mutation(Record):
    sequence: DnaSequence
    effect: Literal["silent", "missense", "nonsense", "stop_lost", "outside_codons"]
    change: str
    """Amino acid before, number of the codon, amino acid after, such as E6V."""


class Differences(Record):
    differences: int
    identity_percent: float
    positions: list[int]


@dna.tool(example={"sequence": "ATGCCGTTAGC"}, errors=[ResourceExhausted], kind="computation")
def reverse_complement(w: World, sequence: DnaSequence) -> Strand:
    """Give the opposite strand of a DNA sequence, read 5' to 3'.

    sequence: Bases A, C, G and T, 5' to 3', at most 2000.
    """
    return Strand(sequence=complement_of(require_short("sequence", sequence)))


@dna.tool(example={"sequence": "@dna_reverse_complement.sequence"}, errors=[ResourceExhausted], kind="computation")
def transcribe(w: World, sequence: DnaSequence) -> Rna:
    """Transcribe a coding strand of DNA into messenger RNA.

    sequence: Coding strand, 5' to 3', at most 2000 bases.
    """
    return Rna(rna=require_short("sequence", sequence).replace("T", "U"))


@dna.tool(example={"rna": "@dna_transcribe.rna"}, errors=[ResourceExhausted], kind="computation")
def reverse_transcribe(w: World, rna: RnaSequence) -> Strand:
    """Turn RNA back into the first strand of complementary DNA (cDNA).

    rna: Bases A, C, G and U, 5' to 3', at most 2000.
    """
    return Strand(sequence=complement_of(require_short("rna", rna).replace("U", "T")))


@dna.tool(
    example={"sequence": "ATGGAACTGAAATGGTGCTAA"}, errors=[FailedPrecondition, ResourceExhausted], kind="computation"
)
def translate(w: World, sequence: DnaSequence, frame: Annotated[int, Field(ge=1, le=3)] = 1) -> Translation:
    """Translate a coding strand of DNA into protein, up to a stop codon.

    sequence: Coding strand, 5' to 3', at most 2000 bases; the standard genetic code is used.
    frame: The base, 1 to 3, at which the first codon begins.
    """
    protein, stop, _ = translate_frame(require_short("sequence", sequence), frame).partition("*")
    if not protein:
        raise FailedPrecondition(f"sequence holds no codon before a stop in frame {frame}")
    return Translation(protein=protein, complete=bool(stop))


@dna.tool(example={"sequence": "ATGCGCGCAT"}, errors=[ResourceExhausted], kind="computation")
def count_bases(w: World, sequence: DnaSequence) -> BaseCounts:
    """Count a sequence's bases and its share of G and C.

    sequence: Bases A, C, G and T, at most 2000.
    """
    a, c, g, t = (require_short("sequence", sequence).count(base) for base in "ACGT")
    return BaseCounts(length=len(sequence), a=a, c=c, g=g, t=t, gc_percent=round(100 * (g + c) / len(sequence), 2))


@dna.tool(example={"primer": "GTAAAACGACGGCCAGT"}, errors=[FailedPrecondition], kind="computation")
def melting_temperature(w: World, primer: DnaSequence) -> Melting:
    """Estimate a primer's melting temperature from its base counts.

    primer: 6 to 60 bases, 5' to 3'; Wallace's rule below 14 bases, else Marmur and Doty's.
    """
    if not 6 <= len(primer) <= 60:
        raise FailedPrecondition(f"primer has {len(primer)} bases; 6 to 60 can be estimated")
    strong = primer.count("G") + primer.count("C")
    if len(primer) < 14:
        return Melting(temperature_c=4.0 * strong + 2.0 * (len(primer) - strong), method="wallace")
    return Melting(temperature_c=round(64.9 + 41 * (strong - 16.4) / len(primer), 1), method="marmur_doty")


@dna.tool(
    example={"sequence": "CCATGGCTTAAGGATGAAACCCTGAC", "min_codons": 2}, errors=[ResourceExhausted], kind="computation"
)
def find_orfs(
    w: World, sequence: DnaSequence, min_codons: Annotated[int, Field(ge=2, le=300)] = 30, limit: Limit = 5
) -> Frames:
    """Find open reading frames, ATG to stop, in all six frames, longest first.

    sequence: Bases A, C, G and T, 5' to 3', at most 2000.
    min_codons: Fewest codons, the start counted and the stop not.
    limit: At most this many frames.
    """
    found = open_frames(require_short("sequence", sequence), min_codons)
    return Frames(total=len(found), frames=found[: min(limit, max(1, 4000 // max(1, len(sequence))))])


@dna.tool(example={"query": "Eco"}, kind="data")
def restriction_enzymes(w: World, query: str = "", limit: Limit = 5) -> EnzymeList:
    """Find restriction enzymes with their recognition site and cut.

    query: Part of the enzyme's name, or its site such as GAATTC; all if left out.
    limit: At most this many enzymes.
    """
    text = query.strip().casefold()
    rows = [
        enzyme_of(name) for name in sorted(ENZYMES) if text in name.casefold() or text == ENZYMES[name][0].casefold()
    ]
    return EnzymeList(total=len(rows), enzymes=rows[:limit])


@dna.tool(
    example={"sequence": "TTGAATTCAAGGATCCAAGAATTCTT", "enzyme": "@dna_restriction_enzymes.enzymes[0].name"},
    errors=[NotFound, ResourceExhausted],
    kind="computation",
)
def digest(w: World, sequence: DnaSequence, enzyme: EnzymeName) -> Digest:
    """Cut a linear DNA sequence with a restriction enzyme.

    sequence: Top strand, 5' to 3', at most 2000 bases.
    enzyme: Name of the enzyme, such as EcoRI; see dna_restriction_enzymes.
    """
    require_short("sequence", sequence)
    if enzyme not in ENZYMES:
        raise NotFound(f"no enzyme '{enzyme[:40]}'; see dna_restriction_enzymes")
    site, offset = ENZYMES[enzyme]
    starts = [at for at in range(len(sequence)) if sequence.startswith(site, at)]
    cuts = [at + offset for at in starts if 0 < at + offset < len(sequence)]
    if len(cuts) > 200:
        raise ResourceExhausted(f"sequence is cut {len(cuts)} times by {enzyme}, over 200")
    edges = [0, *cuts, len(sequence)]
    return Digest(cuts=cuts, fragments=[sequence[a:b] for a, b in pairwise(edges)])


@dna.tool(
    example={"sequence": "ATGGAACTGGAACTGTAA"}, errors=[FailedPrecondition, ResourceExhausted], kind="computation"
)
def codon_usage(w: World, sequence: DnaSequence, limit: Limit = 10) -> Usage:
    """Count the codons of a coding sequence, most frequent first.

    sequence: Coding strand from the first base of the first codon, at most 2000 bases.
    limit: At most this many codons.
    """
    require_short("sequence", sequence)
    codons = [sequence[at : at + 3] for at in range(0, len(sequence) - 2, 3)]
    if not codons:
        raise FailedPrecondition("sequence is shorter than one codon")
    counts = sorted(((codons.count(codon), codon) for codon in CODONS if codon in codons), key=lambda x: (-x[0], x[1]))
    rows = [CodonCount(codon=codon, amino_acid=CODONS[codon], count=count) for count, codon in counts]
    return Usage(total=len(rows), codons=rows[:limit])


@dna.tool(
    example={"sequence": "ATGGTGCACCTGACTCCTGAGGAG", "position": 20, "base": "T"},
    errors=[FailedPrecondition, ResourceExhausted],
    kind="computation",
)
def mutate(w: World, sequence: DnaSequence, position: Position, base: Base) -> Mutation:
    """Substitute one base of a coding sequence and say what it does.

    sequence: Coding strand from the first base of the first codon, at most 2000 bases.
    position: Which base, counted from 1.
    base: The new base, different from the old one.
    """
    require_short("sequence", sequence)
    if position > len(sequence):
        raise InvalidArgument(f"position {position} lies beyond the {len(sequence)} bases")
    if sequence[position - 1] == base:
        raise FailedPrecondition(f"base {base} stands at position {position} already")
    changed = sequence[: position - 1] + base + sequence[position:]
    start = (position - 1) // 3 * 3
    if start + 3 > len(sequence):
        return Mutation(sequence=changed, effect="outside_codons", change="")
    before, after = CODONS[sequence[start : start + 3]], CODONS[changed[start : start + 3]]
    return Mutation(sequence=changed, effect=effect_of(before, after), change=f"{before}{start // 3 + 1}{after}")


@dna.tool(
    example={"first": "GATTACA", "second": "GACTATA"},
    errors=[FailedPrecondition, ResourceExhausted],
    kind="computation",
)
def compare(w: World, first: DnaSequence, second: DnaSequence) -> Differences:
    """Compare two DNA sequences of equal length base by base.

    first: Bases A, C, G and T, at most 2000.
    second: As many bases as the first has.
    """
    require_short("first", first)
    if len(first) != len(second):
        raise FailedPrecondition(f"second has {len(second)} bases and first {len(first)}")
    places = [at + 1 for at, (one, two) in enumerate(zip(first, second, strict=True)) if one != two]
    identity = 100 * (1 - len(places) / len(first))
    return Differences(differences=len(places), identity_percent=round(identity, 2), positions=places[:100])
