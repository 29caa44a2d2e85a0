"""The fictional television series, their episodes, and what the user has seen."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.communication.texts import draw_id
from mock_apis.core import Record, Table, World
from mock_apis.core.entities import Entity, IsoDate

SeriesId = Annotated[str, Field(pattern=r"^TV-[0-9A-F]{6}$"), Entity("tv_series.id")]
EpisodeId = Annotated[str, Field(pattern=r"^EPI-[0-9A-F]{6}$"), Entity("episode.id")]
TvGenre = Literal["crime", "comedy", "drama", "fantasy", "documentary"]
Channel = Literal["Channel Nine", "Lumen TV", "Harbour Vision"]
SERIES: tuple[tuple[str, TvGenre, int], ...] = (
    ("The Fenwick Ledger", "crime", 3),
    ("Room for Two Ghosts", "comedy", 2),
    ("Saltmarsh", "drama", 4),
    ("The Ninth Cartographer", "fantasy", 2),
    ("Atlas of Small Rivers", "documentary", 1),
    ("Night Shift at Pier Six", "crime", 2),
    ("The Understudies", "comedy", 3),
    ("A House in Ferrol", "drama", 1),
)
EPISODES = 8
"""A season."""
FIRST, SECOND = (
    ("The Long", "A Borrowed", "The Second", "No Such", "The Missing", "One Last", "The Wrong", "Another"),
    ("Winter", "Key", "Witness", "Guest", "Letter", "Harbour", "Promise", "Morning"),
)


class Series(Record):
    series_id: SeriesId
    title: str
    genre: TvGenre
    channel: Channel
    seasons: int
    rating: float
    running: bool
    """Whether episodes are still to be aired."""
    followed: bool


class SeriesRow(Record):
    series_id: SeriesId
    title: str
    genre: TvGenre
    channel: Channel
    seasons: int
    rating: float
    last_aired: IsoDate
    """Day of the last episode, which may be to come."""


class Episode(Record):
    episode_id: EpisodeId
    series_id: SeriesId
    season: int
    number: int
    title: str
    minutes: int
    aired: IsoDate
    """Also where that day is to come."""


class Seen(Record):
    episode_id: EpisodeId
    day: IsoDate


class Followed(Record):
    series_id: SeriesId


class SeriesList(Record):
    total: int
    series: list[Series]


class EpisodeList(Record):
    total: int
    episodes: list[Episode]


class Airing(Record):
    episode_id: EpisodeId
    series_id: SeriesId
    series: str
    channel: Channel
    season: int
    number: int
    aired: IsoDate


class AiringList(Record):
    total: int
    episodes: list[Airing]


class Progress(Record):
    series_id: SeriesId
    title: str
    seen: int
    aired: int
    minutes_left: int
    """Of the episodes that were aired and not seen."""
    next: Episode | None
    """The first one not seen, aired or not."""


class Marked(Record):
    episode_id: EpisodeId
    seen: bool
    series_id: SeriesId
    seen_of_series: int


class Following(Record):
    series_id: SeriesId
    title: str
    followed: bool


def seed_series(w: World) -> list[SeriesRow]:
    """The same titles in every world; every other one still runs, its last season about half aired."""
    draw = w.draw("tv_shows")
    return [
        SeriesRow(
            series_id=draw_id(draw, "TV"),
            title=title,
            genre=genre,
            channel=draw.pick(("Channel Nine", "Lumen TV", "Harbour Vision")),
            seasons=seasons,
            rating=draw.between(55, 93) / 10,
            last_aired=(
                w.today + timedelta(days=draw.between(16, 34) if index % 2 == 0 else -draw.between(60, 900))
            ).isoformat(),
        )
        for index, (title, genre, seasons) in enumerate(SERIES)
    ]


def seed_episodes(w: World) -> list[Episode]:
    """A season a year, an episode a week."""
    draw, rows = w.draw("tv_shows.episodes"), []
    for series in SERIES_ROWS.all(w):
        length, last = draw.pick((24, 45, 52, 60)), date.fromisoformat(series.last_aired)
        titles = draw.sample([f"{one} {two}" for one in FIRST for two in SECOND], EPISODES * series.seasons)
        for season in range(1, series.seasons + 1):
            end = last - timedelta(days=364 * (series.seasons - season))
            for number in range(1, EPISODES + 1):
                row = Episode(
                    episode_id=draw_id(draw, "EPI"),
                    series_id=series.series_id,
                    season=season,
                    number=number,
                    title=titles.pop(),
                    minutes=length + draw.between(-2, 3),
                    aired=(end - timedelta(days=7 * (EPISODES - number))).isoformat(),
                )
                rows.append(row)
    return rows


SERIES_ROWS = Table("tv_shows.series", key="series_id", seed_rows=seed_series)
EPISODE_ROWS = Table("tv_shows.episodes", key="episode_id", seed_rows=seed_episodes)
SEEN: Table[Seen] = Table("tv_shows.seen", key="episode_id", seed_rows=lambda w: ())
FOLLOWED_SERIES = Table(
    "tv_shows.followed",
    key="series_id",
    seed_rows=lambda w: [Followed(series_id=row.series_id) for row in SERIES_ROWS.all(w)[:2]],
)
