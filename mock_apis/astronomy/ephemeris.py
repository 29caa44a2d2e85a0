"""What the astronomy domains share: their types, and PyEphem with local times of cities."""

import math
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from mock_apis.core.entities import Entity
from mock_apis.core.errors import InvalidArgument
from mock_apis.geography.cities import City, find_city
from mock_apis.geography.timezones import zone

Body = Literal["sun", "moon", "mercury", "venus", "mars", "jupiter", "saturn", "uranus", "neptune"]
ConstellationCode = Annotated[str, Field(pattern=r"^[A-Z][A-Za-z]{2}$"), Entity("constellation.code")]
RightAscension = Annotated[float, Field(ge=0, lt=24), Entity("sky.right_ascension")]
Declination = Annotated[float, Field(ge=-90, le=90), Entity("sky.declination")]
FIRST_YEAR, LAST_YEAR = 1900, 2100


def constellation_code(code: str) -> str:
    """The library tells the two parts of Serpens apart."""
    return "Ser" if code in ("Se1", "Se2") else code


def read_utc(text: str) -> datetime:
    """The moment. Raises InvalidArgument outside the years."""
    moment = datetime.fromisoformat(text)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise InvalidArgument(f"{text} is outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return moment


def local_moment(place: City, local: str) -> datetime:
    """The moment in UTC at which it is that local time in a city."""
    return read_utc(local).replace(tzinfo=zone(place.timezone)).astimezone(UTC).replace(tzinfo=None)


def start_of_day(city: str, date: str) -> tuple[City, datetime]:
    """A city and its midnight in UTC. Raises NotFound."""
    place = find_city(city)
    return place, local_moment(place, f"{date}T00:00")


def compute_body(name: str, moment: datetime) -> Any:
    """A body of the library at a moment, as seen from the centre of the earth, J2000."""
    import ephem

    body = getattr(ephem, name.capitalize())()
    body.compute(moment, epoch=ephem.J2000)
    return body


def observer_at(place: City, moment: datetime) -> Any:
    """An observer at sea level without an atmosphere."""
    import ephem

    observer = ephem.Observer()
    observer.lat, observer.lon = math.radians(place.latitude), math.radians(place.longitude)
    observer.pressure, observer.elevation, observer.date = 0, 0, moment
    return observer


def find_event(
    place: City, body: str, start: datetime, event: str, horizon: str, centre: bool = False, days: int = 1
) -> datetime | None:
    """The first such event within so many days from the start, in UTC, or None."""
    import ephem

    observer = observer_at(place, start)
    observer.horizon = horizon
    options = {"use_center": True} if centre else {}
    try:
        found = getattr(observer, event)(getattr(ephem, body.capitalize())(), **options)
    except ephem.CircumpolarError:
        return None
    moment: datetime = found.datetime()
    return moment if moment - start < timedelta(days=days) else None


def local_text(place: City, moment: datetime | None) -> str | None:
    """In local time, to the minute."""
    if moment is None:
        return None
    local = (moment + timedelta(seconds=30)).replace(tzinfo=UTC).astimezone(zone(place.timezone))
    return local.strftime("%Y-%m-%dT%H:%M")


def utc_text(moment: Any) -> str:
    """In UTC, to the minute."""
    rounded: datetime = moment.datetime() + timedelta(seconds=30)
    return rounded.strftime("%Y-%m-%dT%H:%M")


def angle_between(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Degrees between two points given by right ascension in hours and declination."""
    (east, north), (west, south) = (tuple(map(math.radians, (hours * 15, deg))) for hours, deg in (one, two))
    chord = math.sin((north - south) / 2) ** 2
    chord += math.cos(north) * math.cos(south) * math.sin((east - west) / 2) ** 2
    return math.degrees(2 * math.asin(math.sqrt(min(1.0, chord))))
