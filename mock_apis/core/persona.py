"""Who a world belongs to, and the people in it. All of them are fictional."""

from mock_apis.core.entities import (
    CityName,
    CountryCode,
    CurrencyCode,
    EmailAddress,
    PersonName,
    PhoneNumber,
    StreetAddress,
    TimeZone,
)
from mock_apis.core.record import Record
from mock_apis.core.world import Draw, World

FIRST_NAMES = (
    "Amara", "Anton", "Beatriz", "Caleb", "Chiara", "Daniel", "Elif", "Emma", "Farid", "Grace", "Hana", "Ingrid",
    "Ivan", "Jonas", "Kavya", "Lena", "Liam", "Lucia", "Mateo", "Mei", "Nadia", "Noah", "Olga", "Omar", "Priya",
    "Quentin", "Rosa", "Samuel", "Sofia", "Tariq", "Tomas", "Uma", "Victor", "Yara", "Yuki", "Zoe",
)  # fmt: skip
LAST_NAMES = (
    "Abiodun", "Almeida", "Bauer", "Becker", "Costa", "Dubois", "Eriksen", "Fischer", "Garcia", "Haddad", "Hughes",
    "Ibrahim", "Ito", "Jansen", "Kaya", "Kowalski", "Larsen", "Lindgren", "Moreau", "Murphy", "Nakamura", "Novak",
    "Okafor", "Patel", "Quinn", "Rossi", "Santos", "Silva", "Takahashi", "Tanaka", "Vargas", "Walsh", "Weber",
)  # fmt: skip
STREETS = ("Mill Lane", "Station Road", "Park Avenue", "River Street", "Church Lane", "Market Street", "Hill Road")
HOMES = (
    ("Dublin", "IE", "EUR", "Europe/Dublin", "+3531"),
    ("London", "GB", "GBP", "Europe/London", "+44207"),
    ("Berlin", "DE", "EUR", "Europe/Berlin", "+4930"),
    ("Madrid", "ES", "EUR", "Europe/Madrid", "+3491"),
    ("Boston", "US", "USD", "America/New_York", "+1617"),
    ("Chicago", "US", "USD", "America/Chicago", "+1312"),
    ("Toronto", "CA", "CAD", "America/Toronto", "+1416"),
    ("Sydney", "AU", "AUD", "Australia/Sydney", "+6129"),
    ("Singapore", "SG", "SGD", "Asia/Singapore", "+658"),
    ("Tokyo", "JP", "JPY", "Asia/Tokyo", "+8135"),
)
"""City, country, currency, time zone, and what its phone numbers have before the last seven digits."""
MAIL_HOSTS = ("mailbox.example", "post.example", "inbox.example")


class Person(Record):
    """Somebody with an address book's worth of facts."""

    name: PersonName
    email: EmailAddress
    phone: PhoneNumber


class Persona(Person):
    """The user whose world this is."""

    street: StreetAddress
    city: CityName
    country: CountryCode
    currency: CurrencyCode
    timezone: TimeZone


def persona(w: World) -> Persona:
    """The one user of this world; the same in every domain."""
    return w.fixed("persona", draw_persona)


def draw_persona(w: World) -> Persona:
    """The user that this world's seed decides."""
    draw = w.draw("persona")
    city, country, currency, timezone, dial = draw.pick(HOMES)
    person = draw_person(draw, dial)
    return Persona(
        **person.model_dump(),
        street=f"{draw.between(1, 180)} {draw.pick(STREETS)}",
        city=city,
        country=country,
        currency=currency,
        timezone=timezone,
    )


def people(w: World, count: int = 12) -> list[Person]:
    """The people this user knows, the same ones in every domain, with different names."""
    draw = w.draw("people")
    names = {persona(w).name}
    known: list[Person] = []
    while len(known) < count:
        person = draw_person(draw, draw.pick(HOMES)[4])
        if person.name not in names:
            names.add(person.name)
            known.append(person)
    return known


def draw_person(draw: Draw, dial: str) -> Person:
    """A drawn person whose phone number starts with `dial`."""
    first, last = draw.pick(FIRST_NAMES), draw.pick(LAST_NAMES)
    host, number = draw.pick(MAIL_HOSTS), draw.between(1000000, 9999999)
    return Person(
        name=f"{first} {last}",
        email=f"{first}.{last}@{host}".lower(),
        phone=f"{dial}{number + 1000000 if number < 2000000 else number}",
    )
