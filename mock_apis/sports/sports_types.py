"""What the sports mathematics takes and gives back."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Record
from mock_apis.core.entities import Entity

Elo = Annotated[float, Field(ge=0, le=5000), Entity("sport.elo")]
Differential = Annotated[float, Field(ge=-100, le=250), Entity("golf.differential")]
HandicapIndex = Annotated[float, Field(ge=-20, le=54), Entity("golf.handicap_index")]
Slope = Annotated[int, Field(ge=55, le=155)]
CourseRating = Annotated[float, Field(ge=50, le=90)]
Competitor = Annotated[str, Entity("sport.competitor")]
Event = Literal[
    "100m", "long_jump", "shot_put", "high_jump", "400m", "110m_hurdles", "discus", "pole_vault", "javelin", "1500m"
]
LOWEST = {3: (1, -2.0), 4: (1, -1.0), 5: (1, 0.0), 6: (2, -1.0), 7: (2, 0.0), 8: (2, 0.0), 9: (3, 0.0), 10: (3, 0.0),
          11: (3, 0.0), 12: (4, 0.0), 13: (4, 0.0), 14: (4, 0.0), 15: (5, 0.0), 16: (5, 0.0), 17: (6, 0.0),
          18: (6, 0.0), 19: (7, 0.0), 20: (8, 0.0)}  # fmt: skip
"""How many of the lowest differentials count and what is added, by the World Handicap System."""


class EloChange(Record):
    first_rating: Elo
    second_rating: Elo
    change: float
    """What the first one gains."""


class WinChance(Record):
    first_expected: float
    """Expected score, 0 to 1; a draw counts half."""
    second_expected: float


class Pairing(Record):
    round: int
    home: Competitor
    away: Competitor


class Schedule(Record):
    rounds: int
    matches: int
    pairings: list[Pairing]
    rests: list[Competitor]
    """Who rests in each round; empty with an even number of competitors."""


class BracketPair(Record):
    first: Competitor
    second: Competitor | None
    """Null where the first one goes through without playing."""


class Bracket(Record):
    size: int
    byes: int
    rounds: int
    first_round: list[BracketPair]


class ScoreDifferential(Record):
    differential: Differential


class Index(Record):
    handicap_index: HandicapIndex
    counted: int


class CourseHandicap(Record):
    course_handicap: int


class Finish(Record):
    score: int
    darts: list[str]
    """T20 is treble 20, D16 double 16, D25 the bull."""


class Bowling(Record):
    frame_totals: list[int | None]
    score: int
    """Of the frames that are decided."""
    best_possible: int


class Points(Record):
    event: str
    mark: float
    points: int


class RunRate(Record):
    net_run_rate: float
    scored_per_over: float
    conceded_per_over: float


class PasserRating(Record):
    rating: float
    """0 to 158.3."""
    completion_percent: float
