"""A music service with a fictional catalogue: artists, albums, tracks."""

from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, World
from mock_apis.core.entities import Limit
from mock_apis.core.errors import NotFound
from mock_apis.events.box_office import SHOWS
from mock_apis.music.streaming_rows import (
    ALBUMS,
    ARTIST_ROWS,
    FOLLOWED,
    TRACKS,
    AlbumHead,
    AlbumId,
    AlbumPage,
    ArtistId,
    ArtistList,
    ArtistPage,
    Concert,
    ConcertList,
    Follow,
    Followed,
    Genre,
    Track,
    TrackId,
    TrackList,
    head,
)

streaming = Domain("streaming", category="music", description="Music service of the user. Fictional artists.")


@streaming.tool(example={"genre": "rock"}, kind="stateful")
def search(
    w: World,
    query: str = "",
    genre: Genre | None = None,
    min_bpm: Annotated[int, Field(ge=20, le=400)] | None = None,
    max_bpm: Annotated[int, Field(ge=20, le=400)] | None = None,
    limit: Limit = 5,
) -> TrackList:
    """Find tracks by title or artist, genre or tempo, most played first.

    query: Part of the title or of the artist's name, in any case; all if left out.
    genre: Only tracks of artists of this genre.
    min_bpm: Only tracks at least this fast, in beats a minute.
    max_bpm: Only tracks at most this fast, in beats a minute.
    limit: At most this many tracks.
    """
    wanted, found = query.casefold().strip(), []
    for row in TRACKS.all(w):
        fits = wanted in row.title.casefold() or wanted in row.artist.casefold()
        fast = (min_bpm or 0) <= row.tempo_bpm <= (max_bpm or 400)
        if fits and fast and genre in (None, ARTIST_ROWS.get(w, row.artist_id).genre):
            found.append(row)
    found.sort(key=lambda row: (-row.plays, row.track_id))
    return TrackList(total=len(found), tracks=[head(row) for row in found[:limit]])


@streaming.tool(example={"track_id": "@streaming_search.tracks[0].track_id"}, errors=[NotFound], kind="stateful")
def track(w: World, track_id: TrackId) -> Track:
    """Show a track with its artist, album, key and tempo.

    track_id: The track, as given by streaming_search.
    """
    return TRACKS.get(w, track_id)


@streaming.tool(example={"query": "Lantern"}, kind="stateful")
def artists(w: World, query: str = "", genre: Genre | None = None, limit: Limit = 5) -> ArtistList:
    """Find recording artists by name or genre, most listeners first.

    query: Part of the name, in any case; all if left out.
    genre: Only artists of this genre.
    limit: At most this many artists.
    """
    rows = [row for row in ARTIST_ROWS.all(w) if query.casefold() in row.name.casefold() and genre in (None, row.genre)]
    rows.sort(key=lambda row: (-row.monthly_listeners, row.artist_id))
    return ArtistList(total=len(rows), artists=rows[:limit])


@streaming.tool(example={"artist_id": "@streaming_artists.artists[0].artist_id"}, errors=[NotFound], kind="stateful")
def artist(w: World, artist_id: ArtistId) -> ArtistPage:
    """Show an artist's albums and most played tracks, and whether the user follows them.

    artist_id: The artist, as given by streaming_artists or streaming_track.
    """
    row = ARTIST_ROWS.get(w, artist_id)
    tracks = sorted((t for t in TRACKS.all(w) if t.artist_id == artist_id), key=lambda t: (-t.plays, t.track_id))
    albums = sorted((a for a in ALBUMS.all(w) if a.artist_id == artist_id), key=lambda a: -a.year)
    return ArtistPage(
        **row.model_dump(),
        followed=FOLLOWED.find(w, artist_id) is not None,
        albums=[AlbumHead(album_id=a.album_id, title=a.title, year=a.year) for a in albums],
        most_played=[head(t) for t in tracks[:3]],
    )


@streaming.tool(example={"album_id": "@streaming_artist.albums[0].album_id"}, errors=[NotFound], kind="stateful")
def album(w: World, album_id: AlbumId) -> AlbumPage:
    """List the tracks of a music album in order, with its year and length.

    album_id: The album, as given by streaming_artist or streaming_track.
    """
    row = ALBUMS.get(w, album_id)
    tracks = [t for t in TRACKS.all(w) if t.album_id == album_id]
    return AlbumPage(
        **row.model_dump(),
        artist=ARTIST_ROWS.get(w, row.artist_id).name,
        seconds=sum(t.seconds for t in tracks),
        tracks=[head(t) for t in tracks],
    )


@streaming.tool(example={"track_id": "@streaming_search.tracks[0].track_id"}, errors=[NotFound], kind="stateful")
def similar(w: World, track_id: TrackId, limit: Limit = 5) -> TrackList:
    """Find tracks of the same genre by other artists whose tempo is closest.

    track_id: The track to start from.
    limit: At most this many tracks.
    """
    own = TRACKS.get(w, track_id)
    genre = ARTIST_ROWS.get(w, own.artist_id).genre
    rows = [
        row
        for row in TRACKS.all(w)
        if row.artist_id != own.artist_id and ARTIST_ROWS.get(w, row.artist_id).genre == genre
    ]
    rows.sort(key=lambda row: (abs(row.tempo_bpm - own.tempo_bpm), row.key != own.key, row.track_id))
    return TrackList(total=len(rows), tracks=[head(row) for row in rows[:limit]])


@streaming.tool(example={"artist_id": "@streaming_artists.artists[0].artist_id"}, errors=[NotFound], kind="stateful")
def concerts(w: World, artist_id: ArtistId, limit: Limit = 5) -> ConcertList:
    """List the upcoming shows of an artist that the box office sells tickets for.

    artist_id: The artist, as given by streaming_artists.
    limit: At most this many shows, soonest first.
    """
    name = ARTIST_ROWS.get(w, artist_id).name
    rows = sorted((row for row in SHOWS.all(w) if row.title.startswith(name)), key=lambda row: (row.start, row.show_id))
    found = [Concert(show_id=r.show_id, venue_id=r.venue_id, title=r.title, start=r.start) for r in rows[:limit]]
    return ConcertList(total=len(rows), concerts=found)


@streaming.tool(
    example={"artist_id": "@streaming_artists.artists[0].artist_id", "follow": True},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def follow_artist(w: World, artist_id: ArtistId, follow: bool = True) -> Follow:
    """Follow a recording artist, or stop following them.

    artist_id: The artist, as given by streaming_artists.
    follow: False to stop following.
    """
    row = ARTIST_ROWS.get(w, artist_id)
    known = FOLLOWED.find(w, artist_id) is not None
    if follow and not known:
        FOLLOWED.put(w, Followed(artist_id=artist_id))
    elif known and not follow:
        FOLLOWED.remove(w, artist_id)
    return Follow(artist_id=artist_id, name=row.name, followed=follow)
