"""Fictional television series that the user follows and watches."""

from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, World
from mock_apis.core.entities import IsoDate, Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, NotFound
from mock_apis.film.tv_rows import (
    EPISODE_ROWS,
    FOLLOWED_SERIES,
    SEEN,
    SERIES_ROWS,
    Airing,
    AiringList,
    Episode,
    EpisodeId,
    EpisodeList,
    Followed,
    Following,
    Marked,
    Progress,
    Seen,
    Series,
    SeriesId,
    SeriesList,
    SeriesRow,
    TvGenre,
)

tv_shows = Domain("tv_shows", category="film", description="Fictional television series and what the user has seen.")


@tv_shows.tool(example={"followed_only": True}, kind="stateful")
def search(
    w: World, query: str = "", genre: TvGenre | None = None, followed_only: bool = False, limit: Limit = 5
) -> SeriesList:
    """Find television series by title or genre, best rated first.

    query: Part of the title, in any case; all series if left out.
    genre: Only series of this genre.
    followed_only: True for the series that the user follows.
    limit: At most this many series.
    """
    rows = [show(w, row) for row in SERIES_ROWS.all(w)]
    rows = [row for row in rows if query.casefold() in row.title.casefold() and genre in (None, row.genre)]
    rows = sorted((row for row in rows if row.followed or not followed_only), key=lambda row: (-row.rating, row.title))
    return SeriesList(total=len(rows), series=rows[:limit])


@tv_shows.tool(example={"series_id": "@tv_shows_search.series[0].series_id"}, errors=[NotFound], kind="stateful")
def episodes(
    w: World, series_id: SeriesId, season: Annotated[int, Field(ge=1, le=20)] | None = None, limit: Limit = 8
) -> EpisodeList:
    """List the episodes of a television series in order, with the day each is aired.

    series_id: The series, as given by tv_shows_search.
    season: Only episodes of this season.
    limit: At most this many episodes.
    """
    rows = [row for row in episodes_of(w, series_id) if season in (None, row.season)]
    return EpisodeList(total=len(rows), episodes=rows[:limit])


@tv_shows.tool(example={"episode_id": "@tv_shows_episodes.episodes[0].episode_id"}, errors=[NotFound], kind="stateful")
def episode(w: World, episode_id: EpisodeId) -> Episode:
    """Show one episode of a series with its season, title, length and day.

    episode_id: The episode, as given by tv_shows_episodes or tv_shows_airing.
    """
    return EPISODE_ROWS.get(w, episode_id)


@tv_shows.tool(example={}, kind="stateful")
def airing(w: World, first_day: IsoDate | None = None, last_day: IsoDate | None = None, limit: Limit = 5) -> AiringList:
    """List the episodes that television airs in a span of days, soonest first.

    first_day: First day, YYYY-MM-DD; today if left out.
    last_day: Last day, YYYY-MM-DD; no end if left out.
    limit: At most this many episodes.
    """
    start = first_day or w.today.isoformat()
    rows = [row for row in EPISODE_ROWS.all(w) if start <= row.aired <= (last_day or "9999-12-31")]
    rows.sort(key=lambda row: (row.aired, row.episode_id))
    found = []
    for row in rows[:limit]:
        series = SERIES_ROWS.get(w, row.series_id)
        found.append(
            Airing(**row.model_dump(exclude={"title", "minutes"}), series=series.title, channel=series.channel)
        )
    return AiringList(total=len(rows), episodes=found)


@tv_shows.tool(
    example={"series_id": "@tv_shows_search.series[0].series_id", "follow": False},
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def follow(w: World, series_id: SeriesId, follow: bool = True) -> Following:
    """Follow a television series, or stop following it.

    series_id: The series, as given by tv_shows_search.
    follow: False to stop following.
    """
    row = SERIES_ROWS.get(w, series_id)
    if (FOLLOWED_SERIES.find(w, series_id) is not None) == follow:
        raise Conflict(f"series_id {series_id} {'is followed already' if follow else 'is not followed'}")
    if follow:
        FOLLOWED_SERIES.put(w, Followed(series_id=series_id))
    else:
        FOLLOWED_SERIES.remove(w, series_id)
    return Following(series_id=series_id, title=row.title, followed=follow)


@tv_shows.tool(
    example={"episode_id": "@tv_shows_episodes.episodes[0].episode_id"},
    errors=[NotFound, Conflict, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def mark_seen(w: World, episode_id: EpisodeId, seen: bool = True) -> Marked:
    """Mark an aired episode as seen, or take the mark away.

    episode_id: The episode, as given by tv_shows_episodes.
    seen: False takes the mark away.
    """
    row = EPISODE_ROWS.get(w, episode_id)
    if (SEEN.find(w, episode_id) is not None) == seen:
        raise Conflict(f"episode_id {episode_id} {'is marked as seen already' if seen else 'is not marked as seen'}")
    if row.aired > w.today.isoformat():
        raise FailedPrecondition(f"episode_id {episode_id} is aired on {row.aired} only")
    if seen:
        SEEN.put(w, Seen(episode_id=episode_id, day=w.today.isoformat()))
    else:
        SEEN.remove(w, episode_id)
    count = sum(SEEN.find(w, other.episode_id) is not None for other in episodes_of(w, row.series_id))
    return Marked(episode_id=episode_id, seen=seen, series_id=row.series_id, seen_of_series=count)


@tv_shows.tool(example={"series_id": "@tv_shows_search.series[0].series_id"}, errors=[NotFound], kind="stateful")
def progress(w: World, series_id: SeriesId) -> Progress:
    """Tell how much of a television series the user has seen and what comes next.

    series_id: The series, as given by tv_shows_search.
    """
    title, rows = SERIES_ROWS.get(w, series_id).title, episodes_of(w, series_id)
    unseen = [row for row in rows if SEEN.find(w, row.episode_id) is None]
    aired = [row for row in rows if row.aired <= w.today.isoformat()]
    return Progress(
        series_id=series_id,
        title=title,
        seen=len(rows) - len(unseen),
        aired=len(aired),
        minutes_left=sum(row.minutes for row in aired if row in unseen),
        next=unseen[0] if unseen else None,
    )


def show(w: World, row: SeriesRow) -> Series:
    """A series as the tools give it."""
    return Series(
        **row.model_dump(exclude={"last_aired"}),
        running=row.last_aired > w.today.isoformat(),
        followed=FOLLOWED_SERIES.find(w, row.series_id) is not None,
    )


def episodes_of(w: World, series_id: str) -> list[Episode]:
    """The episodes of a series in order. Raises NotFound."""
    SERIES_ROWS.get(w, series_id)
    return [row for row in EPISODE_ROWS.all(w) if row.series_id == series_id]
