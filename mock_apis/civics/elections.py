"""How votes become seats and winners, computed exactly."""

import math
from fractions import Fraction
from itertools import combinations
from typing import Annotated

from pydantic import Field

from mock_apis.civics.election_rules import (
    Method,
    candidates_of,
    prefers,
    read_ballots,
    share_by_divisors,
    share_by_remainders,
)
from mock_apis.civics.election_types import (
    Allocation,
    BallotCount,
    Ballots,
    Compactness,
    Duel,
    Duels,
    Power,
    Proportionality,
    Ranking,
    Round,
    Runoff,
    Scores,
    SeatList,
    Tally,
    Votes,
)
from mock_apis.core import Domain, World
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, ResourceExhausted

elections = Domain("elections", category="civics", description="Seat allocation and voting methods, computed exactly.")


@elections.tool(
    example={"votes": [100000, 80000, 30000, 20000], "seats": 8}, errors=[FailedPrecondition], kind="computation"
)
def allocate_seats(
    w: World,
    votes: Votes,
    seats: Annotated[int, Field(ge=1, le=1000)],
    method: Method = "dhondt",
    threshold_percent: Annotated[float, Field(ge=0, le=20)] = 0,
) -> Allocation:
    """Share out the seats of a parliament by the parties' votes.

    votes: Votes of 2 to 12 parties; ties go to more votes, then to the party named first.
    seats: How many seats there are.
    method: Divisors 1, 2, 3 (D'Hondt), 1, 3, 5 (Sainte-Laguë), or Hare quota with largest remainders.
    threshold_percent: Parties with a smaller share of all votes get no seat.
    """
    total = sum(votes)
    barred = [place for place, count in enumerate(votes) if count == 0 or 100 * count < threshold_percent * total]
    counts = [0 if place in barred else count for place, count in enumerate(votes)]
    if not any(counts):
        raise FailedPrecondition(
            f"votes: no party reaches threshold_percent {threshold_percent} with at least one vote"
        )
    shared = share_by_remainders(counts, seats) if method == "hare" else share_by_divisors(counts, seats, method)
    return Allocation(method=method, seats=shared, barred=barred)


@elections.tool(
    example={
        "votes": [100000, 80000, 30000, 20000],
        "seats": [
            "@elections_allocate_seats.seats[0]",
            "@elections_allocate_seats.seats[1]",
            "@elections_allocate_seats.seats[2]",
            "@elections_allocate_seats.seats[3]",
        ],
    },
    errors=[FailedPrecondition],
    kind="computation",
)
def disproportionality(w: World, votes: Votes, seats: SeatList) -> Proportionality:
    """Measure how far seats stray from votes, with the effective number of parties.

    votes: Votes of each party.
    seats: Seats of each party, in the same order.
    """
    if len(votes) != len(seats):
        raise InvalidArgument(f"seats: has {len(seats)} parties, votes has {len(votes)}")
    if not (sum(votes) and sum(seats)):
        raise FailedPrecondition("votes and seats must each have a sum over 0")
    by_votes = [Fraction(count, sum(votes)) for count in votes]
    by_seats = [Fraction(count, sum(seats)) for count in seats]
    spread = sum((100 * (one - two)) ** 2 for one, two in zip(by_votes, by_seats, strict=True))
    return Proportionality(
        gallagher_index=round(math.sqrt(spread / 2), 4),
        parties_by_votes=round(float(1 / sum(share**2 for share in by_votes)), 4),
        parties_by_seats=round(float(1 / sum(share**2 for share in by_seats)), 4),
    )


@elections.tool(
    example={"seats": ["@elections_allocate_seats.seats[0]", "@elections_allocate_seats.seats[1]", 2, 1]},
    errors=[FailedPrecondition, ResourceExhausted],
    kind="computation",
)
def voting_power(w: World, seats: SeatList, majority: Annotated[int, Field(ge=1, le=24000)] | None = None) -> Power:
    """Compute the Banzhaf and Shapley-Shubik power of parties in a vote.

    seats: Votes that each party casts as one block, at most 10 parties.
    majority: Votes that a decision needs; over half of the sum if left out.
    """
    if len(seats) > 10:
        raise ResourceExhausted(f"seats: {len(seats)} parties are over 10")
    needed = sum(seats) // 2 + 1 if majority is None else majority
    if sum(seats) < needed:
        raise FailedPrecondition(f"majority {needed} is over the sum of seats, {sum(seats)}")
    swings, shapley = [0] * len(seats), [Fraction(0)] * len(seats)
    for members in range(1 << len(seats)):
        votes = sum(count for place, count in enumerate(seats) if members >> place & 1)
        if votes < needed:
            continue
        size = members.bit_count()
        weight = Fraction(math.factorial(size - 1) * math.factorial(len(seats) - size), math.factorial(len(seats)))
        for place, count in enumerate(seats):
            if members >> place & 1 and votes - count < needed:
                swings[place] += 1
                shapley[place] += weight
    return Power(
        majority=needed,
        banzhaf=[round(count / sum(swings), 6) for count in swings],
        shapley_shubik=[round(float(value), 6) for value in shapley],
    )


@elections.tool(
    example={"rankings": ["Ann>Bob>Cy", "Bob>Cy", "Ann>Bob>Cy", "Cy>Bob>Ann", "Bob>Cy"]}, kind="computation"
)
def count_ballots(w: World, rankings: Annotated[list[Ranking], Field(min_length=1, max_length=30)]) -> BallotCount:
    """Group equal rankings of single voters into counted ballots.

    rankings: One ranking a voter, best first, for example Ann>Bob>Cy; at most 30.
    """
    counts: dict[str, int] = {}
    for ranking in rankings:
        counts[ranking] = counts.get(ranking, 0) + 1
    ballots = [f"{counts[ranking]}:{ranking}" for ranking in sorted(counts, key=lambda item: (-counts[item], item))]
    names = sorted({name for _, ranking in read_ballots("rankings", ballots) for name in ranking})
    return BallotCount(voters=len(rankings), candidates=names, ballots=ballots)


@elections.tool(
    example={"ballots": ["42:Memphis>Nashville", "26:Nashville>Knoxville", "@elections_count_ballots.ballots[0]"]},
    errors=[ResourceExhausted],
    kind="computation",
)
def instant_runoff(w: World, ballots: Ballots) -> Runoff:
    """Find the instant-runoff winner and who is eliminated in each round.

    ballots: Voters and ranking, for example 12:Ann>Bob; of equal last ones the alphabetically last goes.
    """
    votes = read_ballots("ballots", ballots)
    left, rounds = candidates_of(votes), []
    while True:
        tallies = dict.fromkeys(left, 0)
        for count, ranking in votes:
            for name in ranking:
                if name in tallies:
                    tallies[name] += count
                    break
        ranked = sorted(left, key=lambda name: (-tallies[name], name))
        done = 2 * tallies[ranked[0]] > sum(tallies.values()) or len(left) == 1
        counts = [tallies[name] for name in ranked]
        rounds.append(Round(candidates=ranked, votes=counts, eliminated=None if done else ranked[-1]))
        if done:
            return Runoff(winner=ranked[0], rounds=rounds)
        left = [name for name in left if name != ranked[-1]]


@elections.tool(
    example={"ballots": ["@elections_count_ballots.ballots[0]", "@elections_count_ballots.ballots[1]"]},
    errors=[ResourceExhausted],
    kind="computation",
)
def borda(w: World, ballots: Ballots) -> Scores:
    """Score candidates by Borda count: the last of n ranks gives 0, the first n - 1.

    ballots: Voters and ranking, for example 12:Ann>Bob; those not ranked get 0 points.
    """
    votes = read_ballots("ballots", ballots)
    names = candidates_of(votes)
    points = dict.fromkeys(names, 0)
    for count, ranking in votes:
        for place, name in enumerate(ranking, start=1):
            points[name] += count * (len(names) - place)
    ranked = sorted(names, key=lambda name: (-points[name], name))
    tie = len(ranked) > 1 and points[ranked[0]] == points[ranked[1]]
    scores = [Tally(candidate=name, votes=points[name]) for name in ranked]
    return Scores(winner=None if tie else ranked[0], scores=scores)


@elections.tool(
    example={"ballots": ["@elections_count_ballots.ballots[0]", "@elections_count_ballots.ballots[1]"]},
    errors=[ResourceExhausted],
    kind="computation",
)
def condorcet(w: World, ballots: Ballots) -> Duels:
    """Compare every two candidates and find who beats all others.

    ballots: Voters and ranking, for example 12:Ann>Bob; ranked beats not ranked.
    """
    votes = read_ballots("ballots", ballots)
    names = candidates_of(votes)
    losses: dict[str, int] = dict.fromkeys(names, 0)
    duels = []
    for first, second in combinations(names, 2):
        one = sum(count for count, ranking in votes if prefers(ranking, first, second))
        two = sum(count for count, ranking in votes if prefers(ranking, second, first))
        losses[first] += one <= two
        losses[second] += two <= one
        duels.append(Duel(first=first, second=second, first_votes=one, second_votes=two))
    return Duels(condorcet_winner=next((name for name in names if not losses[name]), None), duels=duels)


@elections.tool(example={"area_km2": 100, "perimeter_km": 40}, errors=[FailedPrecondition], kind="computation")
def district_compactness(
    w: World,
    area_km2: Annotated[float, Field(ge=0.01, le=1e8)],
    perimeter_km: Annotated[float, Field(ge=0.01, le=1e7)],
) -> Compactness:
    """Compute how compact a voting district is, compared with a circle.

    area_km2: Area of the district in square kilometres.
    perimeter_km: Length of its border in kilometres.
    """
    ratio = 4 * math.pi * area_km2 / perimeter_km**2
    if ratio > 1.0001:
        raise FailedPrecondition(f"perimeter_km {perimeter_km} is too short to enclose area_km2 {area_km2}")
    return Compactness(polsby_popper=round(ratio, 6), schwartzberg=round(1 / math.sqrt(ratio), 6))
