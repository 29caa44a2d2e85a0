"""The user's playlists on the music service, and its player."""

from mock_apis.communication.texts import check_text
from mock_apis.core import Domain, World
from mock_apis.core.entities import EmailAddress, Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound, ResourceExhausted
from mock_apis.core.persona import persona
from mock_apis.music.streaming_rows import (
    PLAYER,
    PLAYLISTS,
    TRACKS,
    Player,
    Playlist,
    PlaylistHead,
    PlaylistId,
    PlaylistList,
    PlaylistPage,
    Queue,
    TrackId,
    head,
)

playlists = Domain("playlists", category="music", description="Playlists and player of a music service. Fictional.")

MOST_TRACKS = 200
"""In a playlist or the queue."""


@playlists.tool(example={}, kind="stateful")
def list_(w: World, query: str = "", limit: Limit = 5) -> PlaylistList:
    """List the user's playlists with their length, by name.

    query: Part of the name, in any case; all if left out.
    limit: At most this many playlists.
    """
    rows = sorted((r for r in PLAYLISTS.all(w) if query.casefold() in r.name.casefold()), key=lambda r: r.name)
    heads = [
        PlaylistHead(
            playlist_id=row.playlist_id,
            name=row.name,
            track_count=len(row.track_ids),
            seconds=sum(TRACKS.get(w, key).seconds for key in row.track_ids),
        )
        for row in rows[:limit]
    ]
    return PlaylistList(total=len(rows), playlists=heads)


@playlists.tool(example={"playlist_id": "@playlists_list.playlists[0].playlist_id"}, errors=[NotFound], kind="stateful")
def get(w: World, playlist_id: PlaylistId, limit: Limit = 10) -> PlaylistPage:
    """Show the tracks of a playlist in order, and who else may change it.

    playlist_id: The playlist, as given by playlists_list.
    limit: At most this many tracks, from the first on.
    """
    return page(w, PLAYLISTS.get(w, playlist_id), limit)


@playlists.tool(example={"name": "Long drive"}, errors=[Conflict], writes=True, kind="stateful")
def create(w: World, name: str) -> Playlist:
    """Create an empty playlist.

    name: Name of at most 60 characters, different from the user's other playlists.
    """
    title = check_text("name", name, 60)
    if any(row.name.casefold() == title.casefold() for row in PLAYLISTS.all(w)):
        raise Conflict(f"name: there is a playlist '{title}' already")
    return PLAYLISTS.put(w, Playlist(playlist_id=w.new_id("PLIST"), name=title, track_ids=[], editors=[]))


@playlists.tool(
    example={
        "playlist_id": "@playlists_create.playlist_id",
        "track_id": "@streaming_search.tracks[0].track_id",
    },
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def add_track(w: World, playlist_id: PlaylistId, track_id: TrackId) -> PlaylistPage:
    """Append a track to a playlist that does not hold it yet.

    playlist_id: The playlist, as given by playlists_list.
    track_id: The track, as given by streaming_search.
    """
    row, added = PLAYLISTS.get(w, playlist_id), TRACKS.get(w, track_id)
    if added.track_id in row.track_ids:
        raise Conflict(f"track_id {track_id} is in {playlist_id} already")
    if len(row.track_ids) >= MOST_TRACKS:
        raise ResourceExhausted(f"playlist_id {playlist_id} holds {MOST_TRACKS} tracks, which is the most")
    return page(w, PLAYLISTS.put(w, row.model_copy(update={"track_ids": [*row.track_ids, track_id]})), 10)


@playlists.tool(
    example={
        "playlist_id": "@playlists_list.playlists[0].playlist_id",
        "track_id": "@playlists_get.tracks[0].track_id",
    },
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def remove_track(w: World, playlist_id: PlaylistId, track_id: TrackId) -> PlaylistPage:
    """Take a track out of a playlist.

    playlist_id: The playlist, as given by playlists_list.
    track_id: A track of it, as given by playlists_get.
    """
    row = PLAYLISTS.get(w, playlist_id)
    if track_id not in row.track_ids:
        raise NotFound(f"track_id {track_id} is not in {playlist_id}; see playlists_get")
    left = [key for key in row.track_ids if key != track_id]
    return page(w, PLAYLISTS.put(w, row.model_copy(update={"track_ids": left})), 10)


@playlists.tool(
    example={
        "playlist_id": "@playlists_list.playlists[0].playlist_id",
        "email": "@contacts_search.contacts[0].email",
    },
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def share(w: World, playlist_id: PlaylistId, email: EmailAddress) -> Playlist:
    """Let another person change a playlist of the user.

    playlist_id: The playlist, as given by playlists_list.
    email: Address of the person; not the user's own.
    """
    row = PLAYLISTS.get(w, playlist_id)
    if email == persona(w).email:
        raise InvalidArgument(f"email: {email} is the user's own address")
    if email in row.editors:
        raise Conflict(f"email: {email} may change {playlist_id} already")
    if len(row.editors) >= 20:
        raise Conflict(f"playlist_id {playlist_id} has 20 editors, which is the most")
    return PLAYLISTS.put(w, row.model_copy(update={"editors": [*row.editors, email]}))


@playlists.tool(
    example={"track_id": "@streaming_search.tracks[0].track_id"},
    errors=[NotFound, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def queue_track(w: World, track_id: TrackId, first: bool = False) -> Queue:
    """Put a track into the queue of the player.

    track_id: The track, as given by streaming_search.
    first: True to play it next, else after all that wait.
    """
    row, key = PLAYER.get(w, "only"), TRACKS.get(w, track_id).track_id
    if len(row.waiting) >= MOST_TRACKS:
        raise ResourceExhausted(f"track_id {track_id}: {MOST_TRACKS} tracks wait, which is the most")
    waiting = [key, *row.waiting] if first else [*row.waiting, key]
    return show_queue(w, PLAYER.put(w, row.model_copy(update={"waiting": waiting})))


@playlists.tool(
    example={"playlist_id": "@playlists_list.playlists[0].playlist_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def play(w: World, playlist_id: PlaylistId, shuffled: bool = False) -> Queue:
    """Play a playlist in place of what is playing and waiting.

    playlist_id: The playlist, as given by playlists_list.
    shuffled: True for a drawn order, else that of the list.
    """
    keys = PLAYLISTS.get(w, playlist_id).track_ids
    if not keys:
        raise FailedPrecondition(f"playlist_id {playlist_id} is empty; see playlists_add_track")
    if shuffled:
        keys = w.draw("streaming.shuffle", playlist_id, w.now).sample(keys, len(keys))
    return show_queue(w, PLAYER.put(w, Player(player="only", playing=keys[0], waiting=list(keys[1:]))))


@playlists.tool(example={}, kind="stateful")
def queue(w: World) -> Queue:
    """Show what the music player plays now and what waits in its queue."""
    return show_queue(w, PLAYER.get(w, "only"))


@playlists.tool(example={}, writes=True, kind="stateful")
def skip(w: World) -> Queue:
    """Go on to the next track of the queue; the player stops where none waits."""
    row = PLAYER.get(w, "only")
    playing = row.waiting[0] if row.waiting else None
    return show_queue(w, PLAYER.put(w, Player(player="only", playing=playing, waiting=row.waiting[1:])))


def page(w: World, row: Playlist, limit: int) -> PlaylistPage:
    """A playlist with its first tracks."""
    rows = [TRACKS.get(w, key) for key in row.track_ids]
    return PlaylistPage(
        playlist_id=row.playlist_id,
        name=row.name,
        total=len(rows),
        seconds=sum(one.seconds for one in rows),
        editors=row.editors,
        tracks=[head(one) for one in rows[:limit]],
    )


def show_queue(w: World, row: Player) -> Queue:
    """What plays, and the first ten that wait."""
    waiting = [TRACKS.get(w, key) for key in row.waiting]
    return Queue(
        playing=head(TRACKS.get(w, row.playing)) if row.playing else None,
        total=len(waiting),
        seconds=sum(one.seconds for one in waiting),
        next=[head(one) for one in waiting[:10]],
    )
