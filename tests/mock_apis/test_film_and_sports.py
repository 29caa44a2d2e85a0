"""What films, cinemas and the league promise, and facts of sports by their rules."""

from typing import Any

import pytest

from mock_apis.core import Domain, World
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument
from mock_apis.events.event_tickets import event_tickets
from mock_apis.film.cinema import cinema
from mock_apis.film.movies import movies
from mock_apis.film.tv_shows import tv_shows
from mock_apis.finance.bank import bank
from mock_apis.music.playlists import playlists
from mock_apis.music.streaming import streaming
from mock_apis.sports.league import league
from mock_apis.sports.sports_math import sports_math


def call(w: World, domain: Domain, tool: str, **arguments: Any) -> Any:
    return domain.tools[f"{domain.name}_{tool}"].run(w, arguments)


def compute(tool: str, **arguments: Any) -> Any:
    return call(World(7), sports_math, tool, **arguments)


@pytest.fixture
def w() -> World:
    return World(7)


def test_a_cinema_seat_is_sold_once_and_its_refund_gives_all_money_back(w: World) -> None:
    before = call(w, bank, "accounts")
    film = call(w, cinema, "now_showing")["movies"][0]["movie_id"]
    showing = call(w, cinema, "showtimes", movie_id=film)["showings"][0]["showing_id"]
    seats = call(w, cinema, "free_seats", showing_id=showing)["seats"][:2]
    ticket = call(w, cinema, "buy", showing_id=showing, seats=seats)
    assert call(w, bank, "accounts") != before
    with pytest.raises(Conflict, match=seats[0]):
        call(w, cinema, "buy", showing_id=showing, seats=seats[:1])
    call(w, cinema, "refund", ticket_id=ticket["ticket_id"])
    assert call(w, bank, "accounts") == before
    with pytest.raises(FailedPrecondition, match="refunded"):
        call(w, cinema, "refund", ticket_id=ticket["ticket_id"])
    assert seats[0] in call(w, cinema, "free_seats", showing_id=showing)["seats"]


def test_casts_and_filmographies_agree_and_a_rated_film_leaves_the_watch_list(w: World) -> None:
    film = call(w, movies, "watch_list")["movies"][0]["movie_id"]
    for member in call(w, movies, "cast", movie_id=film)["cast"]:
        parts = call(w, movies, "filmography", actor_id=member["actor_id"], limit=20)["parts"]
        assert film in [part["movie_id"] for part in parts]
    call(w, movies, "rate", movie_id=film, stars=9)
    assert film not in [row["movie_id"] for row in call(w, movies, "watch_list")["movies"]]


def test_playlists_hold_a_track_once_and_the_player_plays_them_in_order(w: World) -> None:
    tracks = [row["track_id"] for row in call(w, streaming, "search")["tracks"][:2]]
    key = call(w, playlists, "create", name="Trip")["playlist_id"]
    with pytest.raises(FailedPrecondition, match="empty"):
        call(w, playlists, "play", playlist_id=key)
    for track in tracks:
        call(w, playlists, "add_track", playlist_id=key, track_id=track)
    with pytest.raises(Conflict, match=tracks[0]):
        call(w, playlists, "add_track", playlist_id=key, track_id=tracks[0])
    assert call(w, playlists, "play", playlist_id=key)["playing"]["track_id"] == tracks[0]
    assert call(w, playlists, "skip")["playing"]["track_id"] == tracks[1]
    assert call(w, playlists, "skip")["playing"] is None


def test_the_concerts_of_an_artist_are_shows_of_the_box_office(w: World) -> None:
    artist = call(w, streaming, "artists", query="Salt and Thunder")["artists"][0]["artist_id"]
    show = call(w, streaming, "concerts", artist_id=artist)["concerts"][0]["show_id"]
    assert call(w, event_tickets, "prices", show_id=show)["show_id"] == show


@pytest.mark.parametrize("seed", range(5))
def test_the_table_of_the_league_adds_up(seed: int) -> None:
    w = World(seed)
    table = call(w, league, "standings")["table"]
    assert {row["played"] for row in table} == {11}
    assert sum(row["won"] for row in table) == sum(row["lost"] for row in table)
    goals = sum(row["goals_for"] for row in table)
    assert goals == sum(row["goals_against"] for row in table)
    scorers = call(w, league, "top_scorers", limit=20)
    assert scorers["scorers"][0]["goals"] >= scorers["scorers"][-1]["goals"]
    meetings = call(w, league, "head_to_head", first_id=table[0]["team_id"], second_id=table[1]["team_id"])["matches"]
    assert sorted(row["home_id"] for row in meetings) == sorted(row["team_id"] for row in table[:2])
    ratings = [call(w, league, "team", team_id=row["team_id"])["elo"] for row in table]
    assert sum(ratings) == pytest.approx(15000, abs=1)


def test_the_decathlon_of_the_world_record_of_2018_has_9126_points() -> None:
    marks = {
        "100m": 10.55, "long_jump": 7.80, "shot_put": 16.00, "high_jump": 2.05, "400m": 48.42,
        "110m_hurdles": 13.75, "discus": 50.54, "pole_vault": 5.45, "javelin": 71.90, "1500m": 276.11,
    }  # fmt: skip
    points = {event: compute("decathlon_score", event=event, mark=mark)["points"] for event, mark in marks.items()}
    assert (points["100m"], points["long_jump"], points["1500m"]) == (963, 1010, 705)
    assert sum(points.values()) == 9126


def test_darts_finish_on_a_double_or_not_at_all() -> None:
    assert compute("darts_checkout", score=170)["darts"] == ["T20", "T20", "D25"]
    assert compute("darts_checkout", score=40)["darts"] == ["D20"]
    assert compute("darts_checkout", score=100)["darts"] == ["T20", "D20"]
    for bogey in (159, 162, 163, 165, 166, 168, 169, 171):
        with pytest.raises(FailedPrecondition, match=str(bogey)):
            compute("darts_checkout", score=bogey)


def test_bowling_counts_strikes_spares_and_what_is_still_possible() -> None:
    assert compute("bowling_score", rolls=[10] * 12)["score"] == 300
    assert compute("bowling_score", rolls=[5] * 21)["score"] == 150
    game = compute("bowling_score", rolls=[10, 7, 3, 9, 0, 10, 0, 8, 8, 2, 0, 6, 10, 10, 10, 8, 1])
    assert (game["score"], game["best_possible"]) == (167, 167)
    assert compute("bowling_score", rolls=[10])["best_possible"] == 300
    assert compute("bowling_score", rolls=[9])["best_possible"] == 290
    assert compute("bowling_score", rolls=[10, 7])["frame_totals"] == [None, None]
    with pytest.raises(InvalidArgument, match="frame 1"):
        compute("bowling_score", rolls=[7, 7])


def test_ratings_rates_and_handicaps_follow_their_formulas() -> None:
    assert compute("elo_update", first_rating=2400, second_rating=2000, score=1, k=32)["first_rating"] == 2402.91
    assert compute("passer_rating", attempts=10, completions=8, yards=125, touchdowns=2, interceptions=0) == {
        "rating": 158.3,
        "completion_percent": 80,
    }
    assert compute("golf_differential", adjusted_score=90, course_rating=71.2, slope=125)["differential"] == 17
    assert compute("golf_index", differentials=[17.0, 15.3, 18.2])["handicap_index"] == 13.3
    schedule = compute("round_robin", competitors=list("ABCDE"))
    assert (schedule["rounds"], schedule["matches"], sorted(schedule["rests"])) == (5, 10, list("ABCDE"))
    assert len({frozenset((row["home"], row["away"])) for row in schedule["pairings"]}) == 10
    bracket = compute("knockout_bracket", seeded=list("ABCDEF"))
    assert [(row["first"], row["second"]) for row in bracket["first_round"]] == [
        ("A", None), ("D", "E"), ("B", None), ("C", "F"),
    ]  # fmt: skip


def test_an_episode_is_seen_once_it_was_aired_and_counts_in_the_progress(w: World) -> None:
    series = next(row for row in call(w, tv_shows, "search", limit=20)["series"] if row["running"])["series_id"]
    rows = call(w, tv_shows, "episodes", series_id=series, limit=20)["episodes"]
    before = call(w, tv_shows, "progress", series_id=series)
    call(w, tv_shows, "mark_seen", episode_id=rows[0]["episode_id"])
    after = call(w, tv_shows, "progress", series_id=series)
    assert (after["seen"], after["next"]["episode_id"]) == (1, rows[1]["episode_id"])
    assert before["minutes_left"] - after["minutes_left"] == rows[0]["minutes"]
    with pytest.raises(Conflict, match="already"):
        call(w, tv_shows, "mark_seen", episode_id=rows[0]["episode_id"])
    coming = call(w, tv_shows, "airing", limit=20)["episodes"]
    future = next(row for row in coming if row["aired"] > w.today.isoformat())
    with pytest.raises(FailedPrecondition, match="aired"):
        call(w, tv_shows, "mark_seen", episode_id=future["episode_id"])
