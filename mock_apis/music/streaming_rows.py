"""The fictional catalogue of the streaming service, and what the user keeps in it."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.communication.texts import draw_id
from mock_apis.core import Record, Table, World
from mock_apis.core.entities import EmailAddress, Entity, IsoDateTime
from mock_apis.events.box_office import ShowId, VenueId
from mock_apis.music.theory_types import Key, Tempo

ArtistId = Annotated[str, Field(pattern=r"^ART-[0-9A-F]{6}$"), Entity("artist.id")]
AlbumId = Annotated[str, Field(pattern=r"^LP-[0-9A-F]{6}$"), Entity("music_album.id")]
TrackId = Annotated[str, Field(pattern=r"^SONG-[0-9A-F]{6}$"), Entity("track.id")]
PlaylistId = Annotated[str, Field(pattern=r"^PLIST-[0-9A-F]{6}$"), Entity("playlist.id")]
Genre = Literal["rock", "pop", "jazz", "folk", "electronic", "classical"]
ARTISTS: tuple[tuple[str, Genre], ...] = (
    ("The Lantern Quartet", "classical"), ("Salt and Thunder", "rock"), ("Marisol Quennell", "folk"),
    ("Paper Meridian", "pop"), ("Ottoline Varga Trio", "jazz"), ("Neon Orchardist", "electronic"),
    ("The Copper Umbrellas", "rock"), ("Ivo Sandstrand", "electronic"), ("Tallow & Wick", "folk"),
    ("Cassia Brightwater", "pop"),
)  # fmt: skip
FIRST = ("Silver", "Hollow", "Northern", "Borrowed", "Quiet", "Electric", "Paper", "Distant", "Velvet", "Broken")
SECOND = ("Harbour", "Lanterns", "Weather", "Orchard", "Signals", "Staircase", "Tide", "Compass", "Machines", "Summer")
KEYS = ("C major", "A minor", "G major", "E minor", "D major", "B minor", "F major", "D minor", "Bb major", "G minor")
TEMPI: dict[Genre, tuple[int, int]] = {
    "rock": (100, 160), "pop": (90, 130), "jazz": (80, 200), "folk": (70, 120), "electronic": (110, 140),
    "classical": (50, 150),
}  # fmt: skip


class Artist(Record):
    artist_id: ArtistId
    name: str
    genre: Genre
    monthly_listeners: int


class Album(Record):
    album_id: AlbumId
    title: str
    artist_id: ArtistId
    year: int


class Track(Record):
    track_id: TrackId
    title: str
    artist_id: ArtistId
    artist: str
    album_id: AlbumId
    number: int
    seconds: int
    tempo_bpm: Tempo
    key: Key
    plays: int


class Playlist(Record):
    playlist_id: PlaylistId
    name: str
    track_ids: list[TrackId]
    editors: list[EmailAddress]


class TrackHead(Record):
    track_id: TrackId
    title: str
    artist: str
    seconds: int


class TrackList(Record):
    total: int
    tracks: list[TrackHead]


class ArtistList(Record):
    total: int
    artists: list[Artist]


class AlbumHead(Record):
    album_id: AlbumId
    title: str
    year: int


class ArtistPage(Record):
    artist_id: ArtistId
    name: str
    genre: Genre
    monthly_listeners: int
    followed: bool
    albums: list[AlbumHead]
    most_played: list[TrackHead]


class AlbumPage(Record):
    album_id: AlbumId
    title: str
    artist_id: ArtistId
    artist: str
    year: int
    seconds: int
    tracks: list[TrackHead]


class PlaylistHead(Record):
    playlist_id: PlaylistId
    name: str
    track_count: int
    seconds: int


class PlaylistList(Record):
    total: int
    playlists: list[PlaylistHead]


class PlaylistPage(Record):
    playlist_id: PlaylistId
    name: str
    total: int
    seconds: int
    editors: list[EmailAddress]
    """Who may change it beside the user."""
    tracks: list[TrackHead]


class Queue(Record):
    playing: TrackHead | None
    total: int
    """Tracks that wait."""
    seconds: int
    next: list[TrackHead]


class Follow(Record):
    artist_id: ArtistId
    name: str
    followed: bool


class Concert(Record):
    show_id: ShowId
    venue_id: VenueId
    title: str
    start: IsoDateTime


class ConcertList(Record):
    total: int
    concerts: list[Concert]


class Player(Record):
    """The one row of the player."""

    player: str
    playing: TrackId | None
    waiting: list[TrackId]


class Followed(Record):
    artist_id: ArtistId


def seed_artists(w: World) -> list[Artist]:
    """The same ten names in every world."""
    draw = w.draw("streaming.artists")
    return [
        Artist(artist_id=draw_id(draw, "ART"), name=name, genre=genre, monthly_listeners=draw.between(20, 4000) * 1000)
        for name, genre in ARTISTS
    ]


def seed_albums(w: World) -> list[Album]:
    """Two an artist, with different titles."""
    draw, rows = w.draw("streaming.albums"), []
    titles = draw.sample([f"{one} {two}" for one in FIRST for two in SECOND], 2 * len(ARTISTS))
    for artist in ARTIST_ROWS.all(w):
        year = draw.between(2005, w.today.year - 5)
        for gap in (0, draw.between(1, 4)):
            row = Album(album_id=draw_id(draw, "LP"), title=titles.pop(), artist_id=artist.artist_id, year=year + gap)
            rows.append(row)
    return rows


def seed_tracks(w: World) -> list[Track]:
    """Five an album."""
    draw, rows = w.draw("streaming.tracks"), []
    titles = draw.sample([f"{one} {two}" for one in SECOND for two in (*FIRST, "Again", "Reprise")], 100)
    for album in ALBUMS.all(w):
        artist = ARTIST_ROWS.get(w, album.artist_id)
        for number in range(1, 6):
            row = Track(
                track_id=draw_id(draw, "SONG"),
                title=titles.pop(),
                artist_id=artist.artist_id,
                artist=artist.name,
                album_id=album.album_id,
                number=number,
                seconds=draw.between(130, 420),
                tempo_bpm=draw.between(*TEMPI[artist.genre]),
                key=draw.pick(KEYS),
                plays=artist.monthly_listeners * draw.between(1, 200) // 50,
            )
            rows.append(row)
    return rows


def seed_playlists(w: World) -> list[Playlist]:
    """Two lists of the user."""
    draw, ids = w.draw("streaming.playlists"), [row.track_id for row in TRACKS.all(w)]
    return [
        Playlist(playlist_id=draw_id(draw, "PLIST"), name=name, track_ids=draw.sample(ids, count), editors=[])
        for name, count in (("Morning run", 6), ("Cooking", 4))
    ]


ARTIST_ROWS = Table("streaming.artists", key="artist_id", seed_rows=seed_artists)
ALBUMS = Table("streaming.albums", key="album_id", seed_rows=seed_albums)
TRACKS = Table("streaming.tracks", key="track_id", seed_rows=seed_tracks)
PLAYLISTS = Table("streaming.playlists", key="playlist_id", seed_rows=seed_playlists)
FOLLOWED: Table[Followed] = Table("streaming.followed", key="artist_id", seed_rows=lambda w: ())
PLAYER = Table("streaming.player", key="player", seed_rows=lambda w: [Player(player="only", playing=None, waiting=[])])


def head(row: Track) -> TrackHead:
    """What lists show of a track."""
    return TrackHead(track_id=row.track_id, title=row.title, artist=row.artist, seconds=row.seconds)
