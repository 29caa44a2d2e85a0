"""The fictional football league of a season: teams, players, matches and their goals."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.communication.texts import draw_id
from mock_apis.core import Draw, Record, Table, World
from mock_apis.core.entities import CityName, Entity, IsoDate, PersonName
from mock_apis.core.persona import FIRST_NAMES, HOMES, LAST_NAMES
from mock_apis.sports.sports_types import Elo

TeamId = Annotated[str, Field(pattern=r"^TEAM-[0-9A-F]{6}$"), Entity("team.id")]
PlayerId = Annotated[str, Field(pattern=r"^PLR-[0-9A-F]{6}$"), Entity("player.id")]
MatchId = Annotated[str, Field(pattern=r"^MTC-[0-9A-F]{6}$"), Entity("match.id")]
Position = Literal["goalkeeper", "defender", "midfielder", "forward"]
Letter = Literal["W", "D", "L"]
NICKNAMES = ("United", "Rovers", "Harriers", "Wanderers", "Athletic")
SQUAD: tuple[Position, ...] = ("goalkeeper", *("defender",) * 4, *("midfielder",) * 4, *("forward",) * 2)
ROUNDS = 18
PLAYED = 11
"""Rounds that are over in every world."""


class Team(Record):
    team_id: TeamId
    name: str
    city: CityName
    founded: int
    manager: PersonName
    elo: Elo
    """After the last round; every team started the season at 1500."""


class TeamRow(Record):
    team_id: TeamId
    name: str
    city: CityName
    founded: int
    manager: PersonName
    strength: float


class Player(Record):
    player_id: PlayerId
    team_id: TeamId
    name: PersonName
    position: Position
    shirt: int
    age: int


class Match(Record):
    match_id: MatchId
    round: int
    day: IsoDate
    home_id: TeamId
    away_id: TeamId
    home: str
    away: str
    home_goals: int | None
    """Null before the match."""
    away_goals: int | None


class Goal(Record):
    minute: int
    team_id: TeamId
    player_id: PlayerId
    player: PersonName


class TeamHead(Record):
    team_id: TeamId
    name: str
    city: CityName


class TeamList(Record):
    total: int
    teams: list[TeamHead]


class Squad(Record):
    team_id: TeamId
    players: list[Player]


class PlayerStats(Record):
    player_id: PlayerId
    name: PersonName
    team_id: TeamId
    team: str
    position: Position
    shirt: int
    age: int
    goals: int


class MatchList(Record):
    total: int
    matches: list[Match]


class MatchReport(Record):
    match: Match
    goals: list[Goal]


class Standing(Record):
    rank: int
    team_id: TeamId
    name: str
    played: int
    won: int
    drawn: int
    lost: int
    goals_for: int
    goals_against: int
    points: int


class Standings(Record):
    after_round: int
    table: list[Standing]


class HeadToHead(Record):
    first_wins: int
    second_wins: int
    draws: int
    matches: list[Match]


class Scorer(Record):
    player_id: PlayerId
    name: PersonName
    team: str
    goals: int


class Scorers(Record):
    total: int
    scorers: list[Scorer]


class Form(Record):
    team_id: TeamId
    name: str
    last: list[Letter]
    """Oldest first."""
    points: int
    goals_for: int
    goals_against: int


def seed_teams(w: World) -> list[TeamRow]:
    """One in each city where this world's people live."""
    draw = w.draw("league.teams")
    return [
        TeamRow(
            team_id=draw_id(draw, "TEAM"),
            name=f"{city} {draw.pick(NICKNAMES)}",
            city=city,
            founded=draw.between(1880, 1975),
            manager=f"{draw.pick(FIRST_NAMES)} {draw.pick(LAST_NAMES)}",
            strength=draw.between(60, 140) / 100,
        )
        for city, *_ in HOMES
    ]


def seed_players(w: World) -> list[Player]:
    """Eleven a team."""
    draw = w.draw("league.players")
    return [
        Player(
            player_id=draw_id(draw, "PLR"),
            team_id=team.team_id,
            name=f"{draw.pick(FIRST_NAMES)} {draw.pick(LAST_NAMES)}",
            position=position,
            shirt=shirt,
            age=draw.between(18, 36),
        )
        for team in TEAMS.all(w)
        for shirt, position in enumerate(SQUAD, start=1)
    ]


def seed_matches(w: World) -> list[Match]:
    """Everybody against everybody at home and away, a round a week; the last one played was in the past week."""
    draw, teams = w.draw("league.matches"), TEAMS.all(w)
    seats, rows = list(teams), []
    first = w.today - timedelta(days=7 * (PLAYED - 1) + draw.between(1, 6))
    for number in range(1, ROUNDS + 1):
        for place in range(len(seats) // 2):
            one, other = seats[place], seats[-1 - place]
            home, away = (one, other) if (number + place) % 2 == 0 else (other, one)
            rows.append(_match(draw, number, first, home, away))
        seats = [seats[0], seats[-1], *seats[1:-1]]
    return rows


def seed_goals(w: World) -> list["GoalRow"]:
    """Who scored when; forwards most often."""
    rows: list[GoalRow] = []
    squads: dict[str, list[Player]] = {}
    for player in PLAYERS.all(w):
        weight = {"goalkeeper": 0, "defender": 1, "midfielder": 2, "forward": 6}[player.position]
        squads.setdefault(player.team_id, []).extend([player] * weight)
    for match in MATCHES.all(w):
        draw = w.draw("league.goals", match.match_id)
        for team, count in ((match.home_id, match.home_goals or 0), (match.away_id, match.away_goals or 0)):
            for _ in range(count):
                player, minute = draw.pick(squads[team]), draw.between(1, 90)
                goal = Goal(minute=minute, team_id=team, player_id=player.player_id, player=player.name)
                rows.append(GoalRow(key=f"{len(rows)}", match_id=match.match_id, goal=goal))
    return rows


class GoalRow(Record):
    key: str
    match_id: MatchId
    goal: Goal


TEAMS = Table("league.teams", key="team_id", seed_rows=seed_teams)
PLAYERS = Table("league.players", key="player_id", seed_rows=seed_players)
MATCHES = Table("league.matches", key="match_id", seed_rows=seed_matches)
GOALS = Table("league.goals", key="key", seed_rows=seed_goals)


def _match(draw: Draw, number: int, first: date, home: TeamRow, away: TeamRow) -> Match:
    goals = [
        sum(draw.unit() < own.strength / other.strength * chance for _ in range(6))
        for own, other, chance in ((home, away, 0.27), (away, home, 0.2))
    ]
    over = number <= PLAYED
    return Match(
        match_id=draw_id(draw, "MTC"),
        round=number,
        day=(first + timedelta(days=7 * (number - 1))).isoformat(),
        home_id=home.team_id,
        away_id=away.team_id,
        home=home.name,
        away=away.name,
        home_goals=goals[0] if over else None,
        away_goals=goals[1] if over else None,
    )
