"""Crosses, gametes and populations."""

import itertools
import math
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from mock_apis.biology.crosses import Genotype, combine_pairs, read_genes, traits_of
from mock_apis.core import Domain, Record, World
from mock_apis.core.errors import FailedPrecondition, InvalidArgument
from mock_apis.science.figures import sig

genetics = Domain("genetics", category="biology", description="Crosses of Mendelian genes, linkage and populations.")

Count = Annotated[int, Field(ge=0, le=1_000_000)]
Share = Annotated[float, Field(ge=0, le=1)]


class Named(Record):
    genotype: Genotype
    traits: str
    """A_ shows the dominant trait, aa the recessive one."""


class GenotypeList(Record):
    total: int
    genotypes: list[Named]


class Offspring(Record):
    genotype: Genotype
    chance: str
    """A fraction such as 1/4."""


class Phenotype(Record):
    traits: str
    """A_ shows the dominant trait, aa the recessive one."""
    chance: str


class Cross(Record):
    genotypes: list[Offspring]
    phenotypes: list[Phenotype]


class Gamete(Record):
    alleles: str
    chance: str


class Gametes(Record):
    genotype: Genotype
    homozygous: bool
    gametes: list[Gamete]


class Candidates(Record):
    consistent: list[Genotype]
    """Genotypes of the tested parent that could have had these offspring."""


class Equilibrium(Record):
    dominant_allele: float
    recessive_allele: float
    expected: list[float]
    """Individuals AA, Aa and aa if the population were in equilibrium."""
    chi_square: float
    in_equilibrium: bool
    """Chi-square below 3.841, the 5 percent limit at one degree of freedom."""


class Carriers(Record):
    recessive_allele: float
    carrier_share: float
    carriers_one_in: float | None


class Map(Record):
    recombination_percent: float
    haldane_cm: float
    kosambi_cm: float


class Fit(Record):
    chi_square: float
    degrees_of_freedom: int
    critical_value: float
    """At 5 percent."""
    fits: bool


CRITICAL = (3.841, 5.991, 7.815, 9.488, 11.070, 12.592, 14.067)
"""Chi-square at 5 percent for one to seven degrees of freedom."""


@genetics.tool(example={"genes": ["a", "b"]}, kind="computation")
def genotypes(
    w: World,
    genes: Annotated[list[Annotated[str, Field(pattern=r"^[a-z]$")]], Field(min_length=1, max_length=2)],
    recessive_traits_only: bool = False,
) -> GenotypeList:
    """List the genotypes that one or two genes can form, with their traits.

    genes: One or two different letters, such as a and b.
    recessive_traits_only: Whether to list only those that show every recessive trait.
    """
    if len(set(genes)) != len(genes):
        raise InvalidArgument("genes: a letter is given twice")
    pairs = [(gene.upper() * 2, gene.upper() + gene, gene * 2) for gene in genes]
    found = [
        "".join(choice) for choice in itertools.product(*(row[2:] if recessive_traits_only else row for row in pairs))
    ]
    rows = [Named(genotype=name, traits=" ".join(map(traits_of, read_genes("genes", name)))) for name in found]
    return GenotypeList(total=len(rows), genotypes=rows)


@genetics.tool(example={"mother": "AaBb", "father": "Aabb"}, kind="computation")
def cross(w: World, mother: Genotype, father: Genotype) -> Cross:
    """Cross two parents (Punnett square) and give the offspring's chances.

    mother: One to three genes as letter pairs, capital dominant, such as AaBb; genes are unlinked.
    father: The same genes in the same order.
    """
    one, two = read_genes("mother", mother), read_genes("father", father)
    if [pair[0].upper() for pair in one] != [pair[0].upper() for pair in two]:
        raise InvalidArgument(f"father {father} must have the genes of mother {mother} in their order")
    genes = [combine_pairs(a, b) for a, b in zip(one, two, strict=True)]
    genotypes: dict[str, Fraction] = {}
    phenotypes: dict[str, Fraction] = {}
    for parts in itertools.product(*(gene.items() for gene in genes)):
        chance = math.prod((part[1] for part in parts), start=Fraction(1))
        genotypes["".join(part[0] for part in parts)] = chance
        shown = " ".join(traits_of(part[0]) for part in parts)
        phenotypes[shown] = phenotypes.get(shown, Fraction(0)) + chance
    return Cross(
        genotypes=[Offspring(genotype=name, chance=str(chance)) for name, chance in genotypes.items()],
        phenotypes=[Phenotype(traits=name, chance=str(chance)) for name, chance in phenotypes.items()],
    )


@genetics.tool(example={"genotype": "@genetics_cross.genotypes[0].genotype"}, kind="computation")
def gametes(w: World, genotype: Genotype) -> Gametes:
    """List the gametes that a genotype of unlinked genes forms.

    genotype: One to three genes as letter pairs, such as AaBb.
    """
    pairs = read_genes("genotype", genotype)
    alleles = sorted({"".join(choice) for choice in itertools.product(*pairs)})
    chance = str(Fraction(1, len(alleles)))
    return Gametes(
        genotype="".join(pairs),
        homozygous=len(alleles) == 1,
        gametes=[Gamete(alleles=name, chance=chance) for name in alleles],
    )


@genetics.tool(example={"partner": "aa", "dominant_offspring": 5, "recessive_offspring": 4}, kind="computation")
def infer_parent(w: World, partner: Genotype, dominant_offspring: Count, recessive_offspring: Count) -> Candidates:
    """Infer a parent's possible genotypes from the offspring of one gene.

    partner: Known genotype of the other parent, one gene, such as aa for a test cross.
    dominant_offspring: How many offspring show the dominant trait.
    recessive_offspring: How many offspring show the recessive trait.
    """
    pairs = read_genes("partner", partner)
    if len(pairs) != 1:
        raise InvalidArgument(f"partner {partner} has {len(pairs)} genes; give one")
    letter = pairs[0][0].upper()
    found = []
    for candidate in (letter * 2, letter + letter.lower(), letter.lower() * 2):
        shown = {traits_of(child) for child in combine_pairs(candidate, pairs[0])}
        needed = {f"{letter}_"} if dominant_offspring else set()
        needed |= {letter.lower() * 2} if recessive_offspring else set()
        if needed <= shown:
            found.append(candidate)
    return Candidates(consistent=found)


@genetics.tool(
    example={"homozygous_dominant": 298, "heterozygous": 489, "homozygous_recessive": 213},
    errors=[FailedPrecondition],
    kind="computation",
)
def hardy_weinberg(
    w: World, homozygous_dominant: Count, heterozygous: Count, homozygous_recessive: Count
) -> Equilibrium:
    """Test whether genotype counts are in Hardy-Weinberg equilibrium.

    homozygous_dominant: Individuals AA in the sample.
    heterozygous: Individuals Aa in the sample.
    homozygous_recessive: Individuals aa in the sample.
    """
    observed = (homozygous_dominant, heterozygous, homozygous_recessive)
    total = sum(observed)
    p = (2 * homozygous_dominant + heterozygous) / (2 * total) if total else 0.0
    if not 0 < p < 1:
        raise FailedPrecondition("heterozygous: the counts must hold both alleles, AA, Aa or aa alone do not")
    expected = [p * p * total, 2 * p * (1 - p) * total, (1 - p) ** 2 * total]
    chi = sum((seen - due) ** 2 / due for seen, due in zip(observed, expected, strict=True))
    return Equilibrium(
        dominant_allele=round(p, 6),
        recessive_allele=round(1 - p, 6),
        expected=[round(due, 2) for due in expected],
        chi_square=round(chi, 3),
        in_equilibrium=chi < CRITICAL[0],
    )


@genetics.tool(example={"affected_share": 0.0004}, kind="computation")
def carrier_share(w: World, affected_share: Share) -> Carriers:
    """Estimate the carriers of a recessive trait from the share affected.

    affected_share: Share of the population that shows the recessive trait, 0 to 1.
    """
    q = math.sqrt(affected_share)
    share = 2 * q * (1 - q)
    return Carriers(
        recessive_allele=sig(q), carrier_share=sig(share), carriers_one_in=round(1 / share, 1) if share > 1e-9 else None
    )


@genetics.tool(example={"recombinant": 185, "parental": 815}, errors=[FailedPrecondition], kind="computation")
def map_distance(w: World, recombinant: Count, parental: Count) -> Map:
    """Work out the map distance of two linked genes from a test cross.

    recombinant: Offspring with a new combination of the two traits.
    parental: Offspring with a combination that a parent had.
    """
    if recombinant + parental == 0 or recombinant >= parental:
        raise FailedPrecondition(f"recombinant {recombinant} must be fewer than parental {parental}; else unlinked")
    r = recombinant / (recombinant + parental)
    return Map(
        recombination_percent=round(100 * r, 3),
        haldane_cm=round(-50 * math.log(1 - 2 * r), 2),
        kosambi_cm=round(25 * math.log((1 + 2 * r) / (1 - 2 * r)), 2),
    )


@genetics.tool(
    example={"observed": [315, 108, 101, 32], "ratio": [9, 3, 3, 1]}, errors=[FailedPrecondition], kind="computation"
)
def check_ratio(
    w: World,
    observed: Annotated[list[Count], Field(min_length=2, max_length=8)],
    ratio: Annotated[list[Annotated[int, Field(ge=1, le=1000)]], Field(min_length=2, max_length=8)],
) -> Fit:
    """Test by chi-square whether offspring counts fit a Mendelian ratio.

    observed: Number of offspring of each kind.
    ratio: Expected ratio in the same order, for example 9, 3, 3, 1.
    """
    if len(observed) != len(ratio):
        raise InvalidArgument(f"ratio has {len(ratio)} parts and observed {len(observed)}")
    if not any(observed):
        raise FailedPrecondition("observed holds no offspring")
    expected = [sum(observed) * part / sum(ratio) for part in ratio]
    chi = sum((seen - due) ** 2 / due for seen, due in zip(observed, expected, strict=True))
    critical = CRITICAL[len(ratio) - 2]
    return Fit(
        chi_square=round(chi, 3), degrees_of_freedom=len(ratio) - 1, critical_value=critical, fits=chi < critical
    )
