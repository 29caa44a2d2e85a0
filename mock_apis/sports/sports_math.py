"""Ratings, draws of tournaments and scores of many sports, computed by their rules."""

import math
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, World
from mock_apis.core.errors import FailedPrecondition, InvalidArgument
from mock_apis.sports.scoring_rules import DECATHLON, bowling_frames, darts_finish, decathlon_points
from mock_apis.sports.sports_types import (
    LOWEST,
    Bowling,
    Bracket,
    BracketPair,
    Competitor,
    CourseHandicap,
    CourseRating,
    Differential,
    Elo,
    EloChange,
    Event,
    Finish,
    HandicapIndex,
    Index,
    Pairing,
    PasserRating,
    Points,
    RunRate,
    Schedule,
    ScoreDifferential,
    Slope,
    WinChance,
)

sports_math = Domain("sports_math", category="sports", description="Ratings, tournament draws and scores by the rules.")


@sports_math.tool(example={"first_rating": 1613.0, "second_rating": 1609.0, "score": 0.5}, kind="computation")
def elo_update(
    w: World,
    first_rating: Elo,
    second_rating: Elo,
    score: Annotated[float, Field(ge=0, le=1)],
    k: Annotated[int, Field(ge=1, le=100)] = 20,
) -> EloChange:
    """Work out both Elo ratings after one game.

    first_rating: Rating of the first side before the game.
    second_rating: Rating of the second side before the game.
    score: What the first side scored: 1 for a win, 0.5 for a draw, 0 for a loss.
    k: Most points that a game can move.
    """
    change = k * (score - expected(first_rating, second_rating))
    if not (0 <= first_rating + change <= 5000 and 0 <= second_rating - change <= 5000):
        raise InvalidArgument("k: a rating would leave the range 0 to 5000")
    return EloChange(
        first_rating=round(first_rating + change, 2),
        second_rating=round(second_rating - change, 2),
        change=round(change, 2) + 0.0,
    )


@sports_math.tool(example={"first_rating": 1800.0, "second_rating": 1600.0}, kind="computation")
def win_chance(w: World, first_rating: Elo, second_rating: Elo) -> WinChance:
    """Give the expected score of two sides from their Elo ratings.

    first_rating: Rating of the first side.
    second_rating: Rating of the second side.
    """
    chance = expected(first_rating, second_rating)
    return WinChance(first_expected=round(chance, 4), second_expected=round(1 - chance, 4))


@sports_math.tool(example={"competitors": ["Ada", "Ben", "Cleo", "Dan"]}, kind="computation")
def round_robin(w: World, competitors: Annotated[list[Competitor], Field(min_length=3, max_length=12)]) -> Schedule:
    """Schedule a tournament in which everybody meets everybody once (circle method).

    competitors: Different names, 3 to 12; with an odd number one rests in each round.
    """
    seats: list[str | None] = [*_different(competitors)]
    if len(seats) % 2:
        seats.append(None)
    pairs, rests = [], []
    for number in range(1, len(seats)):
        for one, other in zip(seats[: len(seats) // 2], reversed(seats[len(seats) // 2 :]), strict=True):
            if one is None or other is None:
                rests.append(one or other or "")
                continue
            swap = number % 2 == 0
            pairs.append(Pairing(round=number, home=other if swap else one, away=one if swap else other))
        seats = [seats[0], seats[-1], *seats[1:-1]]
    return Schedule(rounds=len(seats) - 1, matches=len(pairs), pairings=pairs, rests=rests)


@sports_math.tool(example={"seeded": ["Ada", "Ben", "Cleo", "Dan", "Eve", "Finn"]}, kind="computation")
def knockout_bracket(w: World, seeded: Annotated[list[Competitor], Field(min_length=2, max_length=32)]) -> Bracket:
    """Draw the first round of a knockout in which the best seeds meet last.

    seeded: Different names, 2 to 32, best first; the best ones get the byes.
    """
    names = _different(seeded)
    order = [1]
    while len(order) < len(names):
        order = [place for seed in order for place in (seed, 2 * len(order) + 1 - seed)]
    slots = [names[seed - 1] if seed <= len(names) else None for seed in order]
    pairs = []
    for one, other in zip(slots[::2], slots[1::2], strict=True):
        first, second = (one, other) if one is not None else (other, one)
        pairs.append(BracketPair(first=first or "", second=second))
    return Bracket(size=len(order), byes=len(order) - len(names), rounds=len(order).bit_length() - 1, first_round=pairs)


@sports_math.tool(example={"adjusted_score": 90, "course_rating": 71.2, "slope": 125}, kind="computation")
def golf_differential(
    w: World, adjusted_score: Annotated[int, Field(ge=50, le=150)], course_rating: CourseRating, slope: Slope
) -> ScoreDifferential:
    """Work out the score differential of 18 holes of golf (World Handicap System).

    adjusted_score: Adjusted gross score in strokes.
    course_rating: Rating of the course, for example 71.2.
    slope: Slope rating of the course, 55 to 155; 113 is the standard.
    """
    value = 113 / slope * (adjusted_score - course_rating)
    return ScoreDifferential(differential=math.floor(value * 10 + 0.5 + 1e-9) / 10 + 0.0)


@sports_math.tool(example={"differentials": [17.0, 15.3, 18.2, 16.1, 14.9]}, kind="computation")
def golf_index(w: World, differentials: Annotated[list[Differential], Field(min_length=3, max_length=20)]) -> Index:
    """Work out a golfer's Handicap Index from the latest score differentials, without caps.

    differentials: The latest 3 to 20 differentials, as given by sports_math_golf_differential.
    """
    count, added = LOWEST[len(differentials)]
    mean = sum(sorted(differentials)[:count]) / count + added
    index = min(54.0, math.floor(mean * 10 + 0.5 + 1e-9) / 10)
    if index < -20:
        raise InvalidArgument(f"differentials: an index of {index} is below -20")
    return Index(handicap_index=index + 0.0, counted=count)


@sports_math.tool(example={"handicap_index": 14.3, "slope": 125, "course_rating": 71.2, "par": 72}, kind="computation")
def course_handicap(
    w: World,
    handicap_index: HandicapIndex,
    slope: Slope,
    course_rating: CourseRating,
    par: Annotated[int, Field(ge=54, le=80)],
) -> CourseHandicap:
    """Turn a Handicap Index into the strokes a golfer gets on a course (18 holes).

    handicap_index: Index of the golfer, as given by sports_math_golf_index.
    slope: Slope rating of the course, 55 to 155.
    course_rating: Rating of the course, for example 71.2.
    par: Par of the course.
    """
    strokes = handicap_index * slope / 113 + (course_rating - par)
    return CourseHandicap(course_handicap=math.floor(strokes + 0.5 + 1e-9))


@sports_math.tool(example={"score": 121}, errors=[FailedPrecondition], kind="computation")
def darts_checkout(
    w: World, score: Annotated[int, Field(ge=2, le=501)], darts: Annotated[int, Field(ge=1, le=3)] = 3
) -> Finish:
    """Find a finish on a double for what is left in darts, with the fewest darts.

    score: What is left.
    darts: How many darts are left to throw.
    """
    found = darts_finish(score, darts) if score <= 170 else None
    if found is None:
        raise FailedPrecondition(f"score {score} cannot be finished with {darts} darts")
    return Finish(score=score, darts=list(found))


@sports_math.tool(example={"rolls": [10, 7, 3, 9, 0, 10]}, kind="computation")
def bowling_score(
    w: World, rolls: Annotated[list[Annotated[int, Field(ge=0, le=10)]], Field(min_length=1, max_length=21)]
) -> Bowling:
    """Score a game of ten-pin bowling, finished or not, frame by frame.

    rolls: Pins of each roll in order; a strike is one roll of 10.
    """
    totals, best = bowling_frames(rolls)
    known = [total for total in totals if total is not None]
    return Bowling(frame_totals=totals, score=known[-1] if known else 0, best_possible=best)


@sports_math.tool(example={"event": "long_jump", "mark": 7.8}, kind="computation")
def decathlon_score(w: World, event: Event, mark: Annotated[float, Field(gt=0, le=1000)]) -> Points:
    """Give the points for a mark in an event of the men's decathlon.

    event: Which event.
    mark: Seconds for runs (1500 m too), metres for jumps and throws.
    """
    limit = {"track": 1000.0, "jump": 15.0, "throw": 150.0}[DECATHLON[event][0]]
    if mark > limit:
        raise InvalidArgument(f"mark {mark} is over {limit:g} for {event}; metres or seconds are meant")
    return Points(event=event, mark=mark, points=decathlon_points(event, mark))


@sports_math.tool(
    example={"runs_for": 250, "balls_faced": 300, "runs_against": 230, "balls_bowled": 300}, kind="computation"
)
def net_run_rate(
    w: World,
    runs_for: Annotated[int, Field(ge=0, le=100000)],
    balls_faced: Annotated[int, Field(ge=1, le=100000)],
    runs_against: Annotated[int, Field(ge=0, le=100000)],
    balls_bowled: Annotated[int, Field(ge=1, le=100000)],
) -> RunRate:
    """Work out the net run rate of a cricket team over its matches.

    runs_for: Runs that the team scored.
    balls_faced: Balls it faced; all of the quota where it was bowled out.
    runs_against: Runs that it conceded.
    balls_bowled: Balls it bowled; all of the quota where it bowled the others out.
    """
    scored, conceded = 6 * runs_for / balls_faced, 6 * runs_against / balls_bowled
    return RunRate(
        net_run_rate=round(scored - conceded, 3) + 0.0,
        scored_per_over=round(scored, 3),
        conceded_per_over=round(conceded, 3),
    )


@sports_math.tool(
    example={"attempts": 30, "completions": 20, "yards": 300, "touchdowns": 3, "interceptions": 1}, kind="computation"
)
def passer_rating(
    w: World,
    attempts: Annotated[int, Field(ge=1, le=100000)],
    completions: Annotated[int, Field(ge=0, le=100000)],
    yards: Annotated[int, Field(ge=-100000, le=1000000)],
    touchdowns: Annotated[int, Field(ge=0, le=10000)],
    interceptions: Annotated[int, Field(ge=0, le=10000)],
) -> PasserRating:
    """Work out the passer rating of an American football quarterback by the NFL's formula.

    attempts: Passes thrown.
    completions: Passes caught; touchdowns are among them.
    yards: Yards gained by passing.
    touchdowns: Passes for a touchdown.
    interceptions: Passes that the other team caught.
    """
    if completions + interceptions > attempts or touchdowns > completions:
        raise InvalidArgument("attempts: must cover completions and interceptions, completions the touchdowns")
    parts = (
        (completions / attempts - 0.3) * 5,
        (yards / attempts - 3) * 0.25,
        touchdowns / attempts * 20,
        2.375 - interceptions / attempts * 25,
    )
    rating = sum(min(2.375, max(0.0, part)) for part in parts) / 6 * 100
    return PasserRating(rating=round(rating, 1), completion_percent=round(100 * completions / attempts, 1))


def expected(first: float, second: float) -> float:
    """Expected score of the first side."""
    return 1 / (1 + 10 ** ((second - first) / 400))


def _different(names: list[str]) -> list[str]:
    clean = [name.strip() for name in names]
    if not all(clean) or len({name.casefold() for name in clean}) < len(clean) or max(map(len, clean)) > 60:
        raise InvalidArgument("competitors, seeded: names must differ and have 1 to 60 characters")
    return clean
