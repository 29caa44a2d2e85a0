"""Public holidays and weekends by country, from the `holidays` package with English names."""

from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from mock_apis.core.entities import Entity
from mock_apis.core.errors import InvalidArgument, NotFound

if TYPE_CHECKING:
    from holidays import HolidayBase

FIRST_YEAR, LAST_YEAR = 2000, 2040
HolidayYear = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Subdivision = Annotated[str, Entity("holidays.subdivision")]
"""Code of a state, province or region as the holidays domain lists it: CA, BY."""


@cache
def subdivisions_by_country() -> dict[str, tuple[str, ...]]:
    """Country code to the sorted codes of its parts with holidays of their own."""
    import holidays

    supported = holidays.list_supported_countries(include_aliases=False)
    return {code: tuple(sorted(parts)) for code, parts in sorted(supported.items())}


def year_of(country: str, year: int, subdivision: str | None = None) -> "HolidayBase":
    """The holidays of one year. Raises NotFound for a country or part of it without any, InvalidArgument."""
    parts = subdivisions_by_country()
    if country not in parts:
        raise NotFound(f"country '{country}' has no holidays in this service")
    if subdivision is not None and subdivision not in parts[country]:
        raise NotFound(f"subdivision '{subdivision}' is not listed for {country}; see holidays_subdivisions")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidArgument(f"the year {year} is outside {FIRST_YEAR} to {LAST_YEAR}")
    return _build(country, year, subdivision)


def names_on(country: str, day: date, subdivision: str | None = None) -> list[str]:
    """What is celebrated on a day, sorted; empty if nothing is. Raises as `year_of`."""
    return sorted(year_of(country, day.year, subdivision).get_list(day))


def is_working_day(country: str, day: date, subdivision: str | None = None) -> bool:
    """Neither a public holiday nor, unless it is worked instead of another day, a weekend. Raises as `year_of`."""
    return bool(year_of(country, day.year, subdivision).is_working_day(day))


def is_weekend(country: str, day: date) -> bool:
    """Whether the day is one of the country's weekly days of rest. Raises as `year_of`."""
    return bool(year_of(country, day.year).is_weekend(day))


def step(day: date, direction: int) -> date:
    """The day after, or before if the direction is negative."""
    return day + timedelta(days=1 if direction > 0 else -1)


@lru_cache(maxsize=512)
def _build(country: str, year: int, subdivision: str | None) -> "HolidayBase":
    import holidays

    kind = getattr(holidays, country)
    language = "en_US" if "en_US" in kind.supported_languages else kind.default_language
    return holidays.country_holidays(country, subdiv=subdivision, years=year, expand=False, language=language)
