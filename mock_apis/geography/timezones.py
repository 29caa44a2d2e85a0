"""Local times and offsets of the IANA zones, from the pinned `tzdata` package and never from the system's copy."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import IsoDate, IsoDateTime, TimeZone
from mock_apis.core.errors import InvalidArgument, NotFound
from mock_apis.core.persona import persona

timezones = Domain("timezones", category="geography", description="Times and offsets in the IANA time zones.")

FIRST_YEAR, LAST_YEAR = 1970, 2100
WORK_STARTS, WORK_ENDS = time(9), time(17)
Offset = Annotated[str, Field(pattern=r"^[+-][0-9]{2}:[0-9]{2}$")]
"""+05:30"""


class ZonedTime(Record):
    timezone: TimeZone
    local: IsoDateTime
    offset: Offset
    """Local time minus UTC."""
    abbreviation: str


class Conversion(Record):
    source: ZonedTime
    target: ZonedTime
    hours_ahead: float
    """How far the target zone's clocks are ahead of the source's; negative if behind."""


class Overlap(Record):
    minutes: int
    """Zero if the two working days do not meet."""
    first_start: IsoDateTime | None
    first_end: IsoDateTime | None
    second_start: IsoDateTime | None
    second_end: IsoDateTime | None


@cache
def zone_names() -> frozenset[str]:
    """Every name that the package knows, aliases among them."""
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


@cache
def zone(name: str) -> ZoneInfo:
    """The rules of a zone. Raises NotFound."""
    if name not in zone_names():
        raise NotFound(f"no timezone '{name}'; IANA names look like Europe/Paris")
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def now_in(w: World, timezone: str) -> datetime:
    """The world's time on the clocks of a zone; the world's own clock is that of the persona's home."""
    home = w.now.replace(tzinfo=zone(persona(w).timezone))
    return home.astimezone(zone(timezone))


@timezones.tool(
    example={"at": "2025-03-14T09:30", "timezone": "Europe/Paris", "target": "Asia/Tokyo"},
    errors=[NotFound],
    kind="computation",
)
def convert(w: World, at: IsoDateTime, timezone: TimeZone, target: TimeZone) -> Conversion:
    """Convert a local date and time from one time zone to another.

    at: Local date and time in the source zone, 2025-03-14T09:30.
    timezone: IANA name of the source zone, such as Europe/Paris.
    target: IANA name of the target zone, such as Asia/Tokyo.
    """
    source = _local(at, timezone)
    there = source.astimezone(zone(target))
    ahead = (_offset(there) - _offset(source)).total_seconds() / 3600
    return Conversion(source=_show(source, timezone), target=_show(there, target), hours_ahead=ahead)


@timezones.tool(
    example={"timezone": "@cities_get.timezone", "at": "2025-07-01T12:00"}, errors=[NotFound], kind="computation"
)
def offset_at(w: World, timezone: TimeZone, at: IsoDateTime) -> ZonedTime:
    """Get a time zone's offset from UTC at a local date and time.

    timezone: IANA name such as Europe/Paris.
    at: Local date and time in that zone, 2025-07-01T12:00.
    """
    return _show(_local(at, timezone), timezone)


@timezones.tool(example={"timezone": "Asia/Kolkata"}, errors=[NotFound], kind="generated")
def current_time(w: World, timezone: TimeZone) -> ZonedTime:
    """Get the current date and time in a time zone.

    timezone: IANA name such as Asia/Kolkata.
    """
    return _show(now_in(w, timezone), timezone)


@timezones.tool(
    example={"first": "Europe/Dublin", "second": "America/New_York", "date": "2025-03-03"},
    errors=[NotFound],
    kind="computation",
)
def meeting_overlap(w: World, first: TimeZone, second: TimeZone, date: IsoDate) -> Overlap:
    """Find when the working hours (09:00 to 17:00) of two time zones overlap on a day.

    first: IANA name of the zone to which the date belongs.
    second: IANA name of the other zone.
    date: Day in the first zone, 2025-03-03; weekends are not treated apart.
    """
    day = _local(f"{date}T12:00", first).date()
    start, end = _working_day(day, first)
    for shift in (-1, 0, 1):
        other_start, other_end = _working_day(day + timedelta(days=shift), second)
        both_start, both_end = max(start, other_start), min(end, other_end)
        if both_start < both_end:
            return Overlap(
                minutes=int((both_end - both_start).total_seconds() // 60),
                first_start=_text(both_start.astimezone(zone(first))),
                first_end=_text(both_end.astimezone(zone(first))),
                second_start=_text(both_start.astimezone(zone(second))),
                second_end=_text(both_end.astimezone(zone(second))),
            )
    return Overlap(minutes=0, first_start=None, first_end=None, second_start=None, second_end=None)


def _local(text: str, timezone: str) -> datetime:
    naive = datetime.fromisoformat(text)
    if not FIRST_YEAR <= naive.year <= LAST_YEAR:
        raise InvalidArgument(f"{text} is outside the years {FIRST_YEAR} to {LAST_YEAR}")
    local = naive.replace(tzinfo=zone(timezone))
    if local.astimezone(UTC).astimezone(zone(timezone)).replace(tzinfo=None) != naive:
        raise InvalidArgument(f"{text} does not exist in {timezone}: the clocks are set forward past it")
    return local


def _working_day(day: date, timezone: str) -> tuple[datetime, datetime]:
    start, end = (datetime.combine(day, at, zone(timezone)).astimezone(UTC) for at in (WORK_STARTS, WORK_ENDS))
    return start, end


def _offset(at: datetime) -> timedelta:
    return at.utcoffset() or timedelta()


def _show(at: datetime, timezone: str) -> ZonedTime:
    minutes = round(_offset(at).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    offset = f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
    return ZonedTime(timezone=timezone, local=_text(at), offset=offset, abbreviation=at.tzname() or offset)


def _text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M")
