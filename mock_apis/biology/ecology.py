"""Diversity, populations and their growth."""

import math
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, ResourceExhausted
from mock_apis.science.figures import sig

ecology = Domain("ecology", category="biology", description="Diversity of communities and growth of populations.")

Community = Annotated[str, Field(pattern=r"^[a-z_]+:[0-9]+( [a-z_]+:[0-9]+)*$"), Entity("ecology.community")]
"""Species and individuals: oak:12 birch:5."""
Animals = Annotated[int, Field(ge=1, le=1_000_000)]
Share = Annotated[float, Field(ge=0, le=1)]


class Tally(Record):
    community: Community
    individuals: int
    species: int


class Diversity(Record):
    species: int
    shannon: float
    """In natural logarithms."""
    simpson: float
    """1 - D: the chance that two individuals, drawn without putting back, differ in species."""
    evenness: float | None
    """Shannon divided by its largest value; null for one species."""


class Likeness(Record):
    shared_species: list[str]
    jaccard: float
    bray_curtis: float
    """Dissimilarity: 0 alike, 1 nothing shared."""


class Rarefied(Record):
    expected_species: float


class Estimate(Record):
    individuals: float
    standard_error: float


class Growth(Record):
    population: list[float]
    """At time 0 and after each of the steps."""


class LifeTable(Record):
    survivorship: list[float]
    net_reproduction: float
    """Daughters of one newborn female in her life."""
    generation_time: float | None
    growth_rate: float | None
    """Estimate of r for one age class: ln(R0) / T."""


@ecology.tool(
    example={"observations": ["oak", "birch", "oak", "rowan", "oak", "birch"]},
    errors=[ResourceExhausted],
    kind="computation",
)
def tally(
    w: World,
    observations: Annotated[list[Annotated[str, Field(pattern=r"^[a-z_]+$")]], Field(min_length=1, max_length=200)],
) -> Tally:
    """Count a list of sightings into a community, most frequent first.

    observations: One species name a sighting, lower-case letters and underscores.
    """
    if any(len(name) > 40 for name in observations):
        raise ResourceExhausted("observations: a name is longer than 40 letters")
    counts = {name: observations.count(name) for name in sorted(set(observations))}
    order = sorted(counts, key=lambda name: (-counts[name], name))[:60]
    if len(counts) > 60:
        raise ResourceExhausted(f"observations: {len(counts)} species are over 60")
    text = " ".join(f"{name}:{counts[name]}" for name in order)
    return Tally(community=text, individuals=len(observations), species=len(counts))


@ecology.tool(example={"community": "@ecology_tally.community"}, errors=[FailedPrecondition], kind="computation")
def diversity(w: World, community: Community) -> Diversity:
    """Work out Shannon's and Simpson's diversity and the evenness.

    community: Species and individuals, such as oak:12 birch:5.
    """
    counts = list(read_community("community", community).values())
    total = sum(counts)
    if total < 2:
        raise FailedPrecondition("community holds fewer than two individuals")
    shannon = -math.fsum(n / total * math.log(n / total) for n in counts)
    simpson = 1 - sum(n * (n - 1) for n in counts) / (total * (total - 1))
    evenness = round(shannon / math.log(len(counts)), 4) if len(counts) > 1 else None
    return Diversity(species=len(counts), shannon=round(shannon, 4), simpson=round(simpson, 4), evenness=evenness)


@ecology.tool(example={"first": "@ecology_tally.community", "second": "oak:2 hazel:4 birch:1"}, kind="computation")
def compare(w: World, first: Community, second: Community) -> Likeness:
    """Compare two communities by Jaccard similarity and Bray-Curtis distance.

    first: Species and individuals of one site, such as oak:12 birch:5.
    second: Species and individuals of the other site.
    """
    one, two = read_community("first", first), read_community("second", second)
    shared = sorted(set(one) & set(two))
    least = sum(min(one[name], two[name]) for name in shared)
    return Likeness(
        shared_species=shared,
        jaccard=round(len(shared) / len(set(one) | set(two)), 4),
        bray_curtis=round(1 - 2 * least / (sum(one.values()) + sum(two.values())), 4),
    )


@ecology.tool(
    example={"community": "@ecology_tally.community", "sample_size": 3}, errors=[FailedPrecondition], kind="computation"
)
def rarefy(w: World, community: Community, sample_size: Animals) -> Rarefied:
    """Expect how many species a smaller sample of a community would hold.

    community: Species and individuals, such as oak:12 birch:5.
    sample_size: Individuals in the smaller sample, at most as many as there are.
    """
    counts = list(read_community("community", community).values())
    total = sum(counts)
    if sample_size > total:
        raise FailedPrecondition(f"sample_size {sample_size} is over the community's {total} individuals")
    missed = math.fsum(math.exp(log_choose(total - n, sample_size) - log_choose(total, sample_size)) for n in counts)
    return Rarefied(expected_species=round(len(counts) - missed, 3))


@ecology.tool(example={"marked": 50, "caught": 60, "recaught": 12}, errors=[FailedPrecondition], kind="computation")
def mark_recapture(
    w: World, marked: Animals, caught: Animals, recaught: Annotated[int, Field(ge=0, le=1_000_000)]
) -> Estimate:
    """Estimate a population from marked animals caught again (Chapman).

    marked: Animals marked and set free at the first visit.
    caught: Animals caught at the second visit.
    recaught: Those of them that bore a mark.
    """
    if recaught > min(marked, caught):
        raise FailedPrecondition(f"recaught {recaught} cannot be over marked {marked} or caught {caught}")
    m, c, r = marked + 1, caught + 1, recaught + 1
    variance = m * c * (marked - recaught) * (caught - recaught) / (r * r * (r + 1))
    return Estimate(individuals=round(m * c / r - 1, 1), standard_error=round(math.sqrt(variance), 1))


@ecology.tool(example={"start": 10.0, "growth_rate": 0.5, "capacity": 1000.0, "steps": 10}, kind="computation")
def logistic_growth(
    w: World,
    start: Annotated[float, Field(ge=0.001, le=1e9)],
    growth_rate: Annotated[float, Field(ge=-5, le=5)],
    capacity: Annotated[float, Field(ge=0.001, le=1e9)],
    steps: Annotated[int, Field(ge=1, le=20)] = 10,
) -> Growth:
    """Follow a population that grows logistically towards its capacity.

    start: Population at time 0.
    growth_rate: Rate r for one unit of time while the population is small.
    capacity: Population that the habitat carries.
    steps: Units of time to follow it for.
    """
    ratio = (capacity - start) / start
    values = [capacity / (1 + ratio * math.exp(-growth_rate * t)) for t in range(steps + 1)]
    return Growth(population=[sig(value) for value in values])


@ecology.tool(example={"survival": [0.5, 0.8, 0.25], "daughters": [0.0, 1.5, 1.0, 0.5]}, kind="computation")
def life_table(
    w: World,
    survival: Annotated[list[Share], Field(min_length=1, max_length=30)],
    daughters: Annotated[list[Annotated[float, Field(ge=0, le=10_000)]], Field(min_length=2, max_length=31)],
) -> LifeTable:
    """Work out reproduction and generation time from survival and births.

    survival: Share that lives from each age to the next, 0 to 1, from birth on.
    daughters: Mean daughters of a female of each age from 0 on; one number more than survival.
    """
    if len(daughters) != len(survival) + 1:
        raise InvalidArgument(f"daughters has {len(daughters)} ages; survival asks for {len(survival) + 1}")
    alive = [1.0]
    for share in survival:
        alive.append(alive[-1] * share)
    births = [share * born for share, born in zip(alive, daughters, strict=True)]
    total = math.fsum(births)
    age = math.fsum(at * born for at, born in enumerate(births)) / total if total > 1e-9 else None
    return LifeTable(
        survivorship=[sig(share) for share in alive],
        net_reproduction=sig(total),
        generation_time=None if age is None else sig(age),
        growth_rate=sig(math.log(total) / age, 5) if age is not None and age > 1e-9 else None,
    )


def read_community(argument: str, text: str) -> dict[str, int]:
    """Individuals by species, none of them zero. Raises InvalidArgument."""
    counts: dict[str, int] = {}
    for item in text.split()[:101]:
        name, _, number = item.partition(":")
        if name in counts or len(number) > 7 or len(name) > 40 or int(number) == 0:
            raise InvalidArgument(f"{argument}: '{item[:50]}' is doubled, too long or zero")
        counts[name] = int(number)
    if len(counts) > 60:
        raise InvalidArgument(f"{argument}: more than 60 species")
    return counts


def log_choose(n: int, k: int) -> float:
    """Natural logarithm of n over k; minus infinity where that is zero."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) if k <= n else -math.inf
