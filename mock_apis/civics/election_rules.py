"""Reading of ballots and rules by which seats are shared out."""

from fractions import Fraction
from typing import Literal

from mock_apis.core.errors import InvalidArgument, ResourceExhausted

Method = Literal["dhondt", "sainte_lague", "hare"]
MOST_CANDIDATES = 8


def share_by_divisors(votes: list[int], seats: int, method: Method) -> list[int]:
    """Seat by seat to the largest quotient."""
    shared = [0] * len(votes)
    for _ in range(seats):
        divisors = [count + 1 if method == "dhondt" else 2 * count + 1 for count in shared]
        best = max(range(len(votes)), key=lambda place: (Fraction(votes[place], divisors[place]), votes[place], -place))
        shared[best] += 1
    return shared


def share_by_remainders(votes: list[int], seats: int) -> list[int]:
    """Whole Hare quotas, then the largest remainders."""
    total = sum(votes)
    shared = [count * seats // total for count in votes]
    places = sorted(range(len(votes)), key=lambda place: (-(votes[place] * seats % total), -votes[place], place))
    for place in places[: seats - sum(shared)]:
        shared[place] += 1
    return shared


def read_ballots(argument: str, ballots: list[str]) -> list[tuple[int, list[str]]]:
    """Counts and rankings. Raises InvalidArgument for somebody who is ranked twice."""
    votes = []
    for ballot in ballots:
        count, _, ranking = ballot.partition(":")
        names = ranking.split(">")
        if len(set(names)) < len(names):
            raise InvalidArgument(f"{argument}: '{ranking[:60]}' ranks somebody twice")
        votes.append((int(count), names))
    return votes


def candidates_of(votes: list[tuple[int, list[str]]]) -> list[str]:
    """Everybody who is ranked, by name. Raises ResourceExhausted."""
    names = sorted({name for _, ranking in votes for name in ranking})
    if len(names) > MOST_CANDIDATES:
        raise ResourceExhausted(f"ballots: {len(names)} candidates are over {MOST_CANDIDATES}")
    return names


def prefers(ranking: list[str], one: str, two: str) -> bool:
    """Whether the ranking has the one before the other, or only the one."""
    return one in ranking and (two not in ranking or ranking.index(one) < ranking.index(two))
