"""A fictional football league of ten teams; every figure is counted from its matches."""

from collections import Counter
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, World
from mock_apis.core.entities import CityName, Limit
from mock_apis.core.errors import InvalidArgument, NotFound
from mock_apis.sports.league_rows import (
    GOALS,
    MATCHES,
    PLAYED,
    PLAYERS,
    ROUNDS,
    TEAMS,
    Form,
    HeadToHead,
    Letter,
    Match,
    MatchId,
    MatchList,
    MatchReport,
    PlayerId,
    PlayerStats,
    Scorer,
    Scorers,
    Squad,
    Standing,
    Standings,
    Team,
    TeamHead,
    TeamId,
    TeamList,
)
from mock_apis.sports.sports_math import expected

league = Domain("league", category="sports", description="Fictional football league: teams, matches, table.")


@league.tool(example={}, kind="generated")
def teams(w: World, query: str = "", city: CityName | None = None, limit: Limit = 10) -> TeamList:
    """Find the teams of the football league by name or city.

    query: Part of the name, in any case; all ten if left out.
    city: Only the team of this city, by its English name.
    limit: At most this many teams, by name.
    """
    rows = [row for row in TEAMS.all(w) if query.casefold() in row.name.casefold() and city in (None, row.city)]
    rows.sort(key=lambda row: row.name)
    heads = [TeamHead(team_id=row.team_id, name=row.name, city=row.city) for row in rows[:limit]]
    return TeamList(total=len(rows), teams=heads)


@league.tool(example={"team_id": "@league_teams.teams[0].team_id"}, errors=[NotFound], kind="generated")
def team(w: World, team_id: TeamId) -> Team:
    """Show a league team's city, manager, founding year and Elo rating of the season.

    team_id: The team, as given by league_teams.
    """
    row = TEAMS.get(w, team_id)
    return Team(**row.model_dump(exclude={"strength"}), elo=round(elo_ratings(w)[team_id], 1))


@league.tool(example={"team_id": "@league_teams.teams[0].team_id"}, errors=[NotFound], kind="generated")
def squad(w: World, team_id: TeamId) -> Squad:
    """List the players of a league team by shirt number.

    team_id: The team, as given by league_teams.
    """
    key = TEAMS.get(w, team_id).team_id
    return Squad(team_id=key, players=[row for row in PLAYERS.all(w) if row.team_id == key])


@league.tool(example={"player_id": "@league_squad.players[9].player_id"}, errors=[NotFound], kind="generated")
def player(w: World, player_id: PlayerId) -> PlayerStats:
    """Show a football player's team, position, age and goals of the season.

    player_id: The player, as given by league_squad or league_top_scorers.
    """
    row = PLAYERS.get(w, player_id)
    goals = sum(found.goal.player_id == player_id for found in GOALS.all(w))
    return PlayerStats(**row.model_dump(), team=TEAMS.get(w, row.team_id).name, goals=goals)


@league.tool(example={}, kind="generated", errors=[NotFound])
def fixtures(w: World, team_id: TeamId | None = None, limit: Limit = 5) -> MatchList:
    """List the league matches that are still to be played, soonest first.

    team_id: Only matches of this team, as given by league_teams.
    limit: At most this many matches.
    """
    rows = [row for row in matches_of(w, team_id) if row.home_goals is None]
    return MatchList(total=len(rows), matches=rows[:limit])


@league.tool(example={"round_number": 11}, kind="generated", errors=[NotFound])
def results(
    w: World,
    team_id: TeamId | None = None,
    round_number: Annotated[int, Field(ge=1, le=ROUNDS)] | None = None,
    limit: Limit = 5,
) -> MatchList:
    """List the league matches played so far with their goals, latest first.

    team_id: Only matches of this team, as given by league_teams.
    round_number: Only matches of this round, 1 to 18.
    limit: At most this many matches.
    """
    rows = [row for row in matches_of(w, team_id) if row.home_goals is not None and round_number in (None, row.round)]
    rows.reverse()
    return MatchList(total=len(rows), matches=rows[:limit])


@league.tool(example={"match_id": "@league_results.matches[0].match_id"}, errors=[NotFound], kind="generated")
def match(w: World, match_id: MatchId) -> MatchReport:
    """Show a league match with its goals, minute by minute.

    match_id: The match, as given by league_results or league_fixtures.
    """
    row = MATCHES.get(w, match_id)
    goals = sorted((found.goal for found in GOALS.all(w) if found.match_id == match_id), key=lambda goal: goal.minute)
    return MatchReport(match=row, goals=goals)


@league.tool(example={}, kind="generated")
def standings(w: World, after_round: Annotated[int, Field(ge=1, le=PLAYED)] = PLAYED) -> Standings:
    """Show the table of the football league after a round; three points for a win.

    after_round: Round that is over, 1 to 11; the latest one if left out.
    """
    rows = [count(row.team_id, row.name, matches_of(w, row.team_id), after_round) for row in TEAMS.all(w)]
    rows.sort(key=lambda row: (-row.points, row.goals_against - row.goals_for, -row.goals_for, row.name))
    table = [row.model_copy(update={"rank": rank}) for rank, row in enumerate(rows, start=1)]
    return Standings(after_round=after_round, table=table)


@league.tool(
    example={"first_id": "@league_teams.teams[0].team_id", "second_id": "@league_teams.teams[1].team_id"},
    errors=[NotFound],
    kind="generated",
)
def head_to_head(w: World, first_id: TeamId, second_id: TeamId) -> HeadToHead:
    """Compare two league teams by their matches against each other this season.

    first_id: One team, as given by league_teams.
    second_id: The other team.
    """
    if first_id == second_id:
        raise InvalidArgument(f"second_id: {second_id} is the first team")
    TEAMS.get(w, second_id)
    rows = [row for row in matches_of(w, first_id) if second_id in (row.home_id, row.away_id)]
    letters = Counter(letter_of(row, first_id) for row in rows if row.home_goals is not None)
    return HeadToHead(first_wins=letters["W"], second_wins=letters["L"], draws=letters["D"], matches=rows)


@league.tool(example={}, kind="generated", errors=[NotFound])
def top_scorers(w: World, team_id: TeamId | None = None, limit: Limit = 5) -> Scorers:
    """List the football players with the most goals of the season.

    team_id: Only players of this team, as given by league_teams.
    limit: At most this many players.
    """
    if team_id is not None:
        TEAMS.get(w, team_id)
    goals = Counter(row.goal.player_id for row in GOALS.all(w) if team_id in (None, row.goal.team_id))
    scorers = []
    for key, number in goals.items():
        row = PLAYERS.get(w, key)
        scorers.append(Scorer(player_id=key, name=row.name, team=TEAMS.get(w, row.team_id).name, goals=number))
    scorers.sort(key=lambda row: (-row.goals, row.name, row.player_id))
    return Scorers(total=len(scorers), scorers=scorers[:limit])


@league.tool(example={"team_id": "@league_teams.teams[0].team_id"}, errors=[NotFound], kind="generated")
def form(w: World, team_id: TeamId, matches: Annotated[int, Field(ge=1, le=PLAYED)] = 5) -> Form:
    """Sum up the latest matches of a league team: wins, draws, losses, goals.

    team_id: The team, as given by league_teams.
    matches: How many of its latest matches, 1 to 11.
    """
    rows = [row for row in matches_of(w, team_id) if row.home_goals is not None][-matches:]
    name = TEAMS.get(w, team_id).name
    total = count(team_id, name, rows, PLAYED)
    return Form(
        team_id=team_id,
        name=name,
        last=[letter_of(row, team_id) for row in rows],
        points=total.points,
        goals_for=total.goals_for,
        goals_against=total.goals_against,
    )


def matches_of(w: World, team_id: str | None) -> list[Match]:
    """The matches of a team, or all, by round. Raises NotFound."""
    if team_id is not None:
        TEAMS.get(w, team_id)
    return [row for row in MATCHES.all(w) if team_id in (None, row.home_id, row.away_id)]


def goals_of(row: Match, team_id: str) -> tuple[int, int]:
    """Goals for and against a team in a played match."""
    home, away = row.home_goals or 0, row.away_goals or 0
    return (home, away) if row.home_id == team_id else (away, home)


def letter_of(row: Match, team_id: str) -> Letter:
    """How a played match went for a team."""
    own, other = goals_of(row, team_id)
    return "W" if own > other else "D" if own == other else "L"


def count(team_id: str, name: str, matches: list[Match], last_round: int) -> Standing:
    """A team's line of the table, not ranked yet."""
    rows = [row for row in matches if row.home_goals is not None and row.round <= last_round]
    letters = Counter(letter_of(row, team_id) for row in rows)
    goals = [goals_of(row, team_id) for row in rows]
    return Standing(
        rank=0,
        team_id=team_id,
        name=name,
        played=len(rows),
        won=letters["W"],
        drawn=letters["D"],
        lost=letters["L"],
        goals_for=sum(own for own, _ in goals),
        goals_against=sum(other for _, other in goals),
        points=3 * letters["W"] + letters["D"],
    )


def elo_ratings(w: World) -> dict[str, float]:
    """Ratings after the last round, by K = 20 from 1500, without a bonus at home."""
    ratings = {row.team_id: 1500.0 for row in TEAMS.all(w)}
    for row in MATCHES.all(w):
        if row.home_goals is not None:
            score = {"W": 1.0, "D": 0.5, "L": 0.0}[letter_of(row, row.home_id)]
            change = 20 * (score - expected(ratings[row.home_id], ratings[row.away_id]))
            ratings[row.home_id] += change
            ratings[row.away_id] -= change
    return ratings
