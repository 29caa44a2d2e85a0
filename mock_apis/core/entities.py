"""Types that say what a string is, so that one tool's result can be another tool's argument.

`Entity("flight.id")` becomes `"x-entity": "flight.id"` in the JSON Schema of a parameter or result
field. Two tools are linked when a result field and a parameter carry the same entity.
A domain declares the ids it owns itself; here are those that many domains share.
"""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, Field, GetJsonSchemaHandler
from pydantic_core import CoreSchema


class Entity:
    """Marks an annotated type with the kind of thing its value names."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = dict(handler(core))
        schema["x-entity"] = self.name
        return schema


def check_date(value: str) -> str:
    """Raises ValueError unless the text is a calendar date."""
    date.fromisoformat(value)
    return value


def check_datetime(value: str) -> str:
    """Raises ValueError unless the text is a date and a time."""
    datetime.fromisoformat(value)
    return value


DATE_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
DATETIME_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"

IsoDate = Annotated[str, Field(pattern=DATE_PATTERN), AfterValidator(check_date)]
"""2025-03-14"""
IsoDateTime = Annotated[str, Field(pattern=DATETIME_PATTERN), AfterValidator(check_datetime)]
"""2025-03-14T09:30, local time"""

CityName = Annotated[str, Entity("city.name")]
"""English name of a city as the cities domain spells it: Paris, New York."""
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$"), Entity("country.code")]
"""ISO 3166-1 alpha-2: FR."""
AirportCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$"), Entity("airport.iata")]
"""IATA code of an airport: CDG."""
TimeZone = Annotated[str, Entity("timezone.name")]
"""IANA name: Europe/Paris."""
CurrencyCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$"), Entity("currency.code")]
"""ISO 4217: EUR."""
PersonName = Annotated[str, Entity("person.name")]
"""Given name and family name."""
EmailAddress = Annotated[str, Field(pattern=r"^[a-z0-9._-]+@[a-z0-9.-]+$"), Entity("email.address")]
PhoneNumber = Annotated[str, Field(pattern=r"^\+[0-9]{7,15}$"), Entity("phone.number")]
"""E.164: +33140205050."""
StreetAddress = Annotated[str, Entity("street.address")]
"""One line: 12 Mill Lane, Dublin."""
Limit = Annotated[int, Field(ge=1, le=20)]
"""How many items a list holds at most."""
Page = Annotated[int, Field(ge=0, le=1000)]
"""How many items are skipped."""
