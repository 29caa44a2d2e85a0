"""The persona's photo library: albums, places, people on the pictures."""

from datetime import timedelta
from functools import cache
from typing import Annotated

from pydantic import Field

from mock_apis.communication.texts import check_text, draw_id, minute
from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import CityName, EmailAddress, Entity, IsoDate, IsoDateTime, Limit, PersonName
from mock_apis.core.errors import Conflict, NotFound, ResourceExhausted
from mock_apis.core.persona import people
from mock_apis.geography.cities import Latitude, Longitude, find_city, great_circle_km, largest_cities

photos = Domain("photos", category="social", description="The user's fictional photo library.")

PhotoId = Annotated[str, Field(pattern=r"^PIC-[0-9A-F]{6}$"), Entity("photo.id")]
AlbumId = Annotated[str, Field(pattern=r"^ALB-[0-9A-F]{6}$"), Entity("photo_album.id")]
MOST_PEOPLE, MOST_PHOTOS = 8, 40


class Photo(Record):
    photo_id: PhotoId
    caption: str
    taken_at: IsoDateTime
    city: CityName
    people: list[PersonName]
    favourite: bool


class PhotoDetail(Photo):
    latitude: Latitude
    longitude: Longitude
    megapixels: float
    albums: list[AlbumId]


class PhotoList(Record):
    total: int
    photos: list[Photo]


class Album(Record):
    album_id: AlbumId
    title: str
    photos: list[PhotoId]
    shared_with: list[EmailAddress]


class AlbumSummary(Record):
    album_id: AlbumId
    title: str
    photo_count: int
    shared_with: list[EmailAddress]


class AlbumList(Record):
    total: int
    albums: list[AlbumSummary]


class NearPhoto(Record):
    photo_id: PhotoId
    caption: str
    city: CityName
    distance_km: float


class NearPhotos(Record):
    photos: list[NearPhoto]


CAPTIONS = (
    "Old bridge at dusk", "Breakfast on the terrace", "Market hall", "Street musicians", "View from the tower",
    "Rainy tram stop", "Picnic in the park", "Museum staircase", "Harbour cranes", "Cat on a wall",
)  # fmt: skip


@cache
def city_names() -> tuple[str, ...]:
    """The cities where pictures are taken: the twenty largest of the cities domain."""
    return tuple(city.name for city in largest_cities(20))


def seed_photos(w: World) -> list[Photo]:
    """Ten pictures of the last two years, taken on three trips."""
    draw, known = w.draw("photos"), people(w)
    trips = draw.sample(city_names(), 3)
    days = sorted((draw.between(20, 700) for _ in trips), reverse=True)
    rows = []
    for place, caption in enumerate(draw.sample(CAPTIONS, len(CAPTIONS))):
        trip = place * len(trips) // len(CAPTIONS)
        taken = w.now - timedelta(days=days[trip], minutes=draw.between(0, 500))
        rows.append(
            Photo(
                photo_id=draw_id(draw, "PIC"),
                caption=caption,
                taken_at=minute(taken),
                city=trips[trip],
                people=[person.name for person in draw.sample(known, draw.between(0, 2))],
                favourite=draw.chance(0.2),
            )
        )
    return rows


def seed_albums(w: World) -> list[Album]:
    """An album of the first trip."""
    rows = PHOTOS.all(w)
    first = [row.photo_id for row in rows if row.city == rows[0].city]
    album_id = draw_id(w.draw("photos.albums"), "ALB")
    return [Album(album_id=album_id, title=f"Trip to {rows[0].city}", photos=first, shared_with=[])]


PHOTOS = Table("photos", key="photo_id", seed_rows=seed_photos)
ALBUMS = Table("photos.albums", key="album_id", seed_rows=seed_albums)


@photos.tool(example={"query": "market"}, kind="stateful")
def search(
    w: World,
    query: str = "",
    person: PersonName | None = None,
    city: CityName | None = None,
    since: IsoDate | None = None,
    limit: Limit = 5,
) -> PhotoList:
    """Find the user's photos by caption, person, city or day, newest first.

    query: Part of the caption, in any case; all photos if left out.
    person: Only photos that show this person.
    city: Only photos taken in this city, by its English name.
    since: Only photos taken on or after this day, YYYY-MM-DD.
    limit: At most this many photos.
    """
    rows = [row for row in PHOTOS.all(w) if query.casefold() in row.caption.casefold()]
    rows = [row for row in rows if (person is None or person in row.people) and city in (None, row.city)]
    rows = [row for row in rows if since is None or row.taken_at[:10] >= since]
    rows.sort(key=lambda row: (row.taken_at, row.photo_id), reverse=True)
    return PhotoList(total=len(rows), photos=rows[:limit])


@photos.tool(example={"photo_id": "@photos_search.photos[0].photo_id"}, errors=[NotFound], kind="stateful")
def get(w: World, photo_id: PhotoId) -> PhotoDetail:
    """Show one photo with its coordinates, its size and the albums it is in.

    photo_id: The photo, as given by photos_search.
    """
    row = PHOTOS.get(w, photo_id)
    latitude, longitude = place_of(w, row)
    return PhotoDetail(
        **row.model_dump(),
        latitude=latitude,
        longitude=longitude,
        megapixels=w.draw("photos.size", photo_id).pick((12.2, 24.3, 48.0)),
        albums=[album.album_id for album in ALBUMS.all(w) if photo_id in album.photos],
    )


@photos.tool(
    example={"latitude": "@cities_get.latitude", "longitude": "@cities_get.longitude"},
    kind="stateful",
)
def taken_near(w: World, latitude: Latitude, longitude: Longitude, limit: Limit = 3) -> NearPhotos:
    """List the user's photos that were taken nearest to a point.

    latitude: Degrees north; south is negative.
    longitude: Degrees east; west is negative.
    limit: At most this many photos.
    """
    near = [
        NearPhoto(
            photo_id=row.photo_id,
            caption=row.caption,
            city=row.city,
            distance_km=great_circle_km((latitude, longitude), place_of(w, row)),
        )
        for row in PHOTOS.all(w)
    ]
    near.sort(key=lambda row: (row.distance_km, row.photo_id))
    return NearPhotos(photos=near[:limit])


@photos.tool(
    example={"photo_id": "@photos_search.photos[0].photo_id", "person": "Ada Lovelace"},
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def tag_person(w: World, photo_id: PhotoId, person: PersonName) -> Photo:
    """Note that a photo shows a person.

    photo_id: The photo, as given by photos_search.
    person: Given name and family name of whom it shows.
    """
    row, person = PHOTOS.get(w, photo_id), check_text("person", person, 80)
    if person in row.people:
        raise Conflict(f"person '{person}' is tagged on {photo_id} already")
    if len(row.people) >= MOST_PEOPLE:
        raise ResourceExhausted(f"photo_id {photo_id} shows {MOST_PEOPLE} people, the most that fit")
    return PHOTOS.put(w, row.model_copy(update={"people": [*row.people, person]}))


@photos.tool(example={"photo_id": "@photos_search.photos[0].photo_id"}, errors=[NotFound], writes=True, kind="stateful")
def mark_favourite(w: World, photo_id: PhotoId, favourite: bool = True) -> Photo:
    """Mark a photo as a favourite, or take the mark away.

    photo_id: The photo, as given by photos_search.
    favourite: True to mark it, false to unmark it.
    """
    return PHOTOS.put(w, PHOTOS.get(w, photo_id).model_copy(update={"favourite": favourite}))


@photos.tool(example={}, kind="stateful")
def albums(w: World, limit: Limit = 5) -> AlbumList:
    """List the user's photo albums with how many photos they hold, newest last.

    limit: At most this many albums.
    """
    rows = ALBUMS.all(w)
    return AlbumList(total=len(rows), albums=[summarize(row) for row in rows[:limit]])


@photos.tool(example={"title": "Best of the year"}, errors=[Conflict], writes=True, kind="stateful")
def create_album(w: World, title: str) -> AlbumSummary:
    """Create an empty photo album with a title of its own.

    title: At most 80 characters; no other album has it.
    """
    title = check_text("title", title, 80)
    if any(row.title.casefold() == title.casefold() for row in ALBUMS.all(w)):
        raise Conflict(f"title '{title}' is taken by another album")
    return summarize(ALBUMS.put(w, Album(album_id=w.new_id("ALB"), title=title, photos=[], shared_with=[])))


@photos.tool(
    example={"album_id": "@photos_create_album.album_id", "photo_id": "@photos_search.photos[0].photo_id"},
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def add_to_album(w: World, album_id: AlbumId, photo_id: PhotoId) -> AlbumSummary:
    """Put a photo into an album; it can be in several.

    album_id: The album, as given by photos_albums.
    photo_id: The photo, as given by photos_search.
    """
    row = ALBUMS.get(w, album_id)
    PHOTOS.get(w, photo_id)
    if photo_id in row.photos:
        raise Conflict(f"photo_id {photo_id} is in {album_id} already")
    if len(row.photos) >= MOST_PHOTOS:
        raise ResourceExhausted(f"album_id {album_id} holds {MOST_PHOTOS} photos, the most that fit")
    return summarize(ALBUMS.put(w, row.model_copy(update={"photos": [*row.photos, photo_id]})))


@photos.tool(
    example={"album_id": "@photos_albums.albums[0].album_id", "email": "@contacts_search.contacts[0].email"},
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def share_album(w: World, album_id: AlbumId, email: EmailAddress) -> AlbumSummary:
    """Let somebody see a photo album.

    album_id: The album, as given by photos_albums.
    email: Address of the person, in lower case.
    """
    row = ALBUMS.get(w, album_id)
    if email in row.shared_with:
        raise Conflict(f"album_id {album_id} is shared with {email} already")
    if len(row.shared_with) >= MOST_PEOPLE:
        raise ResourceExhausted(f"album_id {album_id} is shared with {MOST_PEOPLE} people, the most that fit")
    return summarize(ALBUMS.put(w, row.model_copy(update={"shared_with": [*row.shared_with, email]})))


def place_of(w: World, row: Photo) -> tuple[float, float]:
    """Where a photo was taken: up to about two kilometres from the centre of its city."""
    city, draw = find_city(row.city), w.draw("photos.place", row.photo_id)
    shift = draw.between(-9, 9) / 1000, draw.between(-9, 9) / 1000
    return round(city.latitude + shift[0], 4), round(city.longitude + shift[1], 4)


def summarize(row: Album) -> AlbumSummary:
    """An album as a list shows it."""
    return AlbumSummary(
        album_id=row.album_id, title=row.title, photo_count=len(row.photos), shared_with=row.shared_with
    )
