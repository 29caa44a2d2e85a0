"""What the election tools take and give."""

from typing import Annotated

from pydantic import Field

from mock_apis.civics.election_rules import (
    Method,
)
from mock_apis.core import Record
from mock_apis.core.entities import Entity

Ranking = Annotated[str, Field(pattern=r"^[A-Za-z]{1,20}(>[A-Za-z]{1,20}){0,7}$")]
Ballot = Annotated[
    str, Field(pattern=r"^[1-9][0-9]{0,6}:[A-Za-z]{1,20}(>[A-Za-z]{1,20}){0,7}$"), Entity("election.ballot")
]
"""12:Ann>Bob>Cy, how many voters and their ranking."""
Ballots = Annotated[list[Ballot], Field(min_length=1, max_length=30)]
Votes = Annotated[list[Annotated[int, Field(ge=0, le=10**9)]], Field(min_length=2, max_length=12)]
Seats = Annotated[int, Field(ge=0, le=2000), Entity("election.seats")]
SeatList = Annotated[list[Seats], Field(min_length=2, max_length=12)]


class Allocation(Record):
    method: Method
    seats: list[Seats]
    """In the order of the votes."""
    barred: list[int]
    """Positions, from 0, of the parties below the threshold."""


class Proportionality(Record):
    gallagher_index: float
    """0 is proportional; in percentage points."""
    parties_by_votes: float
    """Effective number of parties (Laakso and Taagepera)."""
    parties_by_seats: float


class Power(Record):
    majority: int
    banzhaf: list[float]
    """Normalised to a sum of 1."""
    shapley_shubik: list[float]


class BallotCount(Record):
    voters: int
    candidates: list[str]
    ballots: list[Ballot]


class Tally(Record):
    candidate: str
    votes: float


class Round(Record):
    candidates: list[str]
    votes: list[int]
    """In the order of the candidates, most votes first."""
    eliminated: str | None


class Runoff(Record):
    winner: str
    rounds: list[Round]


class Scores(Record):
    winner: str | None
    """Null for a tie at the top."""
    scores: list[Tally]


class Duel(Record):
    first: str
    second: str
    first_votes: int
    second_votes: int


class Duels(Record):
    condorcet_winner: str | None
    """Who beats everybody else; null if nobody does."""
    duels: list[Duel]


class Compactness(Record):
    polsby_popper: float
    """1 for a circle."""
    schwartzberg: float
    """Perimeter divided by that of a circle of equal area."""
