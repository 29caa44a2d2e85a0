"""A catalogue of fictional films with the user's ratings and watch list."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, World
from mock_apis.core.entities import Limit
from mock_apis.core.errors import Conflict, NotFound
from mock_apis.film.movie_rows import (
    ACTORS,
    CAST,
    MOVIES,
    WATCHED,
    ActorId,
    ActorList,
    Cast,
    CastMember,
    FilmGenre,
    Filmography,
    InCommon,
    Movie,
    MovieId,
    MovieList,
    Part,
    Song,
    Soundtrack,
    Stars,
    Watched,
    head,
    roles_of,
)
from mock_apis.music.streaming_rows import TRACKS

movies = Domain("movies", category="film", description="Fictional films, their casts, and the user's watch list.")

Year = Annotated[int, Field(ge=1890, le=2100)]


@movies.tool(example={"genre": "comedy"}, kind="stateful")
def search(
    w: World,
    query: str = "",
    genre: FilmGenre | None = None,
    from_year: Year | None = None,
    sort_by: Literal["rating", "year", "votes"] = "rating",
    limit: Limit = 5,
) -> MovieList:
    """Find films by title, genre or year, the best rated, newest or best known first.

    query: Part of the title, in any case; all films if left out.
    genre: Only films of this genre.
    from_year: Only films of this year or later.
    sort_by: What puts a film first, the highest value before others.
    limit: At most this many films.
    """
    rows = [row for row in MOVIES.all(w) if query.casefold() in row.title.casefold() and genre in (None, row.genre)]
    rows = [row for row in rows if row.year >= (from_year or 0)]
    rows.sort(key=lambda row: (-float(getattr(row, sort_by)), row.title))
    return MovieList(total=len(rows), movies=[head(row) for row in rows[:limit]])


@movies.tool(example={"movie_id": "@movies_search.movies[0].movie_id"}, errors=[NotFound], kind="stateful")
def get(w: World, movie_id: MovieId) -> Movie:
    """Show a film's year, length, country, director and rating.

    movie_id: The film, as given by movies_search.
    """
    return MOVIES.get(w, movie_id)


@movies.tool(example={"movie_id": "@movies_search.movies[0].movie_id"}, errors=[NotFound], kind="stateful")
def cast(w: World, movie_id: MovieId) -> Cast:
    """List who plays whom in a film, leading part first.

    movie_id: The film, as given by movies_search.
    """
    row = MOVIES.get(w, movie_id)
    members = [
        CastMember(actor_id=part.actor_id, name=ACTORS.get(w, part.actor_id).name, role=part.role)
        for part in roles_of(w, movie_id)
    ]
    return Cast(movie_id=movie_id, director=row.director, cast=members)


@movies.tool(example={"query": "a"}, kind="stateful")
def find_actors(w: World, query: str, limit: Limit = 5) -> ActorList:
    """Find film actors by a part of their name.

    query: Part of the name, in any case.
    limit: At most this many actors, by name.
    """
    rows = sorted((row for row in ACTORS.all(w) if query.casefold() in row.name.casefold()), key=lambda row: row.name)
    return ActorList(total=len(rows), actors=rows[:limit])


@movies.tool(example={"actor_id": "@movies_cast.cast[0].actor_id"}, errors=[NotFound], kind="stateful")
def filmography(w: World, actor_id: ActorId, limit: Limit = 5) -> Filmography:
    """List the films that an actor plays in, newest first.

    actor_id: The actor, as given by movies_cast or movies_find_actors.
    limit: At most this many films.
    """
    actor = ACTORS.get(w, actor_id)
    parts = []
    for row in CAST.all(w):
        if row.actor_id == actor_id:
            film = MOVIES.get(w, row.movie_id)
            parts.append(Part(movie_id=film.movie_id, title=film.title, year=film.year, role=row.role))
    parts.sort(key=lambda part: (-part.year, part.title))
    return Filmography(actor_id=actor_id, name=actor.name, total=len(parts), parts=parts[:limit])


@movies.tool(
    example={
        "first_movie_id": "@movies_search.movies[0].movie_id",
        "second_movie_id": "@movies_search.movies[1].movie_id",
    },
    errors=[NotFound],
    kind="stateful",
)
def shared_cast(w: World, first_movie_id: MovieId, second_movie_id: MovieId) -> InCommon:
    """Find the actors who play in both of two films.

    first_movie_id: One film, as given by movies_search.
    second_movie_id: The other film.
    """
    for key in (first_movie_id, second_movie_id):
        MOVIES.get(w, key)
    second = {row.actor_id for row in roles_of(w, second_movie_id)}
    both = [ACTORS.get(w, row.actor_id) for row in roles_of(w, first_movie_id) if row.actor_id in second]
    return InCommon(total=len(both), actors=both)


@movies.tool(example={"movie_id": "@movies_search.movies[0].movie_id"}, errors=[NotFound], kind="stateful")
def similar(w: World, movie_id: MovieId, limit: Limit = 5) -> MovieList:
    """Find films that share the genre or actors with a film, most alike first.

    movie_id: The film to start from.
    limit: At most this many films.
    """
    own, stars = MOVIES.get(w, movie_id), {row.actor_id for row in roles_of(w, movie_id)}
    scored = []
    for row in MOVIES.all(w):
        common = sum(role.actor_id in stars for role in roles_of(w, row.movie_id))
        score = 2 * (row.genre == own.genre) + common
        if score and row.movie_id != movie_id:
            scored.append((-score, -row.rating, row.title, row))
    scored.sort(key=lambda found: found[:3])
    return MovieList(total=len(scored), movies=[head(row) for *_, row in scored[:limit]])


@movies.tool(example={"movie_id": "@movies_search.movies[0].movie_id"}, errors=[NotFound], kind="stateful")
def soundtrack(w: World, movie_id: MovieId) -> Soundtrack:
    """List the songs of a film that the music service has.

    movie_id: The film, as given by movies_search.
    """
    key = MOVIES.get(w, movie_id).movie_id
    songs = w.draw("movies.soundtrack", key).sample(TRACKS.all(w), 4)
    return Soundtrack(
        movie_id=key, songs=[Song(track_id=row.track_id, title=row.title, artist=row.artist) for row in songs]
    )


@movies.tool(
    example={"movie_id": "@movies_search.movies[0].movie_id", "stars": 8},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def rate(w: World, movie_id: MovieId, stars: Stars) -> Watched:
    """Give a film the user's own rating; it replaces an earlier one and ends the wish to see it.

    movie_id: The film, as given by movies_search.
    stars: Rating from 1 to 10.
    """
    key = MOVIES.get(w, movie_id).movie_id
    return WATCHED.put(w, Watched(movie_id=key, on_watch_list=False, own_rating=stars))


@movies.tool(
    example={"movie_id": "@movies_watch_list.movies[0].movie_id", "wanted": False},
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def watch_later(w: World, movie_id: MovieId, wanted: bool = True) -> Watched:
    """Put a film on the user's watch list, or take it off.

    movie_id: The film, as given by movies_search.
    wanted: False takes it off the list.
    """
    key = MOVIES.get(w, movie_id).movie_id
    row = WATCHED.find(w, key) or Watched(movie_id=key, on_watch_list=False, own_rating=None)
    if wanted == row.on_watch_list:
        raise Conflict(
            f"movie_id {movie_id} {'is on the watch list already' if wanted else 'is not on the watch list'}"
        )
    return WATCHED.put(w, row.model_copy(update={"on_watch_list": wanted}))


@movies.tool(example={"max_minutes": 180}, kind="stateful")
def watch_list(w: World, max_minutes: Annotated[int, Field(ge=1, le=1000)] = 1000, limit: Limit = 5) -> MovieList:
    """List the films on the user's watch list, best rated first.

    max_minutes: Only films of at most this length.
    limit: At most this many films.
    """
    rows = [MOVIES.get(w, row.movie_id) for row in WATCHED.all(w) if row.on_watch_list]
    rows = sorted((r for r in rows if r.minutes <= max_minutes), key=lambda r: (-r.rating, r.title))
    return MovieList(total=len(rows), movies=[head(row) for row in rows[:limit]])
