"""The fictional films, their casts, and what the user thinks of them."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.communication.texts import draw_id
from mock_apis.core import Record, Table, World
from mock_apis.core.entities import CountryCode, Entity, PersonName
from mock_apis.core.persona import FIRST_NAMES, LAST_NAMES
from mock_apis.music.streaming_rows import TrackId

MovieId = Annotated[str, Field(pattern=r"^MOV-[0-9A-F]{6}$"), Entity("movie.id")]
ActorId = Annotated[str, Field(pattern=r"^STAR-[0-9A-F]{6}$"), Entity("actor.id")]
FilmGenre = Literal["drama", "comedy", "thriller", "science fiction", "animation", "documentary"]
Stars = Annotated[int, Field(ge=1, le=10)]
ROLES = ("Inspector", "Doctor", "Teacher", "Captain", "Neighbour", "Baker", "Pilot", "Judge", "Sister", "Stranger")
FILMS: tuple[tuple[str, FilmGenre, str], ...] = (
    ("The Salt Cartographer", "drama", "IE"),
    ("Eleven Umbrellas", "comedy", "GB"),
    ("Night Ferry to Nowhere", "thriller", "DE"),
    ("Orbit of Small Things", "science fiction", "US"),
    ("The Beekeeper's Alibi", "thriller", "ES"),
    ("Paper Whales", "animation", "JP"),
    ("A Year Without Bells", "drama", "CA"),
    ("My Cousin the Lighthouse", "comedy", "AU"),
    ("Signal from Ceres", "science fiction", "GB"),
    ("Rivers Keep Accounts", "documentary", "CA"),
    ("The Glass Orchard", "drama", "DE"),
    ("Tin Moon Parade", "animation", "IE"),
    ("Last Tram at Midnight", "thriller", "SG"),
    ("Honey and Concrete", "comedy", "ES"),
    ("The Quiet Meridian", "science fiction", "JP"),
    ("Hands of the Harbour", "documentary", "GB"),
    ("Seven Letters to Ana", "drama", "ES"),
    ("The Accidental Mayor", "comedy", "US"),
    ("Cold Water Rules", "thriller", "AU"),
    ("Foxes on the Roof", "animation", "CA"),
)


class Movie(Record):
    movie_id: MovieId
    title: str
    genre: FilmGenre
    country: CountryCode
    year: int
    minutes: int
    rating: float
    """Mean of the votes, 1 to 10."""
    votes: int
    director: PersonName


class Actor(Record):
    actor_id: ActorId
    name: PersonName
    born_year: int


class Role(Record):
    key: str
    movie_id: MovieId
    actor_id: ActorId
    role: str
    place: int
    """1 is the leading part."""


class Watched(Record):
    movie_id: MovieId
    on_watch_list: bool
    own_rating: Stars | None


class MovieHead(Record):
    movie_id: MovieId
    title: str
    genre: FilmGenre
    year: int
    rating: float


class MovieList(Record):
    total: int
    movies: list[MovieHead]


class CastMember(Record):
    actor_id: ActorId
    name: PersonName
    role: str


class Cast(Record):
    movie_id: MovieId
    director: PersonName
    cast: list[CastMember]


class Part(Record):
    movie_id: MovieId
    title: str
    year: int
    role: str


class Filmography(Record):
    actor_id: ActorId
    name: PersonName
    total: int
    parts: list[Part]


class ActorList(Record):
    total: int
    actors: list[Actor]


class InCommon(Record):
    total: int
    actors: list[Actor]
    """Who played in both."""


class Song(Record):
    track_id: TrackId
    title: str
    artist: str


class Soundtrack(Record):
    movie_id: MovieId
    songs: list[Song]


def seed_movies(w: World) -> list[Movie]:
    """The same titles in every world; the figures differ."""
    draw = w.draw("movies")
    return [
        Movie(
            movie_id=draw_id(draw, "MOV"),
            title=title,
            genre=genre,
            country=country,
            year=w.today.year - (0 if index % 3 == 0 else draw.between(1, 30)),
            minutes=draw.between(78, 165),
            rating=draw.between(48, 91) / 10,
            votes=draw.between(300, 250_000),
            director=f"{draw.pick(FIRST_NAMES)} {draw.pick(LAST_NAMES)}",
        )
        for index, (title, genre, country) in enumerate(FILMS)
    ]


def seed_actors(w: World) -> list[Actor]:
    """Thirty with different names."""
    draw, names = w.draw("movies.actors"), list[str]()
    while len(names) < 30:
        name = f"{draw.pick(FIRST_NAMES)} {draw.pick(LAST_NAMES)}"
        if name not in names:
            names.append(name)
    return [
        Actor(actor_id=draw_id(draw, "STAR"), name=name, born_year=w.today.year - draw.between(22, 75))
        for name in names
    ]


def seed_roles(w: World) -> list[Role]:
    """Five in each film, by actors who were at least twelve years old."""
    draw, rows = w.draw("movies.roles"), []
    for movie in MOVIES.all(w):
        old_enough = [actor for actor in ACTORS.all(w) if movie.year - actor.born_year >= 12]
        cast, roles = draw.sample(old_enough, 5), draw.sample(ROLES, 5)
        for place, (actor, role) in enumerate(zip(cast, roles, strict=False), start=1):
            key = f"{movie.movie_id} {place}"
            rows.append(Role(key=key, movie_id=movie.movie_id, actor_id=actor.actor_id, role=role, place=place))
    return rows


def seed_watched(w: World) -> list[Watched]:
    """Three films that the user wants to see."""
    rows = w.draw("movies.watched").sample(MOVIES.all(w), 3)
    return [Watched(movie_id=row.movie_id, on_watch_list=True, own_rating=None) for row in rows]


MOVIES = Table("movies", key="movie_id", seed_rows=seed_movies)
ACTORS = Table("movies.actors", key="actor_id", seed_rows=seed_actors)
CAST = Table("movies.roles", key="key", seed_rows=seed_roles)
WATCHED = Table("movies.watched", key="movie_id", seed_rows=seed_watched)


def roles_of(w: World, movie_id: str) -> list[Role]:
    """The cast of a film, leading part first."""
    return [row for row in CAST.all(w) if row.movie_id == movie_id]


def head(row: Movie) -> MovieHead:
    """What lists show of a film."""
    return MovieHead(movie_id=row.movie_id, title=row.title, genre=row.genre, year=row.year, rating=row.rating)
