"""The persona's address book."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import CityName, EmailAddress, Entity, IsoDate, Limit, PersonName, PhoneNumber
from mock_apis.core.errors import Conflict, InvalidArgument, NotFound
from mock_apis.core.persona import HOMES, people

contacts = Domain("contacts", category="communication", description="The user's address book of fictional people.")

ContactId = Annotated[str, Field(pattern=r"^CON-[0-9A-F]{6}$"), Entity("contact.id")]


class Contact(Record):
    contact_id: ContactId
    name: PersonName
    email: EmailAddress
    phone: PhoneNumber | None
    city: CityName | None
    birthday: IsoDate | None


class ContactList(Record):
    total: int
    contacts: list[Contact]


class Birthday(Record):
    contact_id: ContactId
    name: PersonName
    email: EmailAddress
    date: IsoDate
    """The next birthday."""
    age: int
    """Years completed on that day."""


class BirthdayList(Record):
    total: int
    birthdays: list[Birthday]


def seed_contacts(w: World) -> list[Contact]:
    """The people of this world, who live where their phone number says."""
    draw = w.draw("contacts")
    return [
        Contact(
            contact_id=f"CON-{draw.bits() % 0x1000000:06X}",
            **person.model_dump(),
            city=next(city for city, *_, dial in HOMES if person.phone.startswith(dial)),
            birthday=date(draw.between(1955, 2003), draw.between(1, 12), draw.between(1, 28)).isoformat(),
        )
        for person in people(w)
    ]


CONTACTS = Table("contacts", key="contact_id", seed_rows=seed_contacts)


@contacts.tool(example={"limit": 3}, kind="stateful")
def search(w: World, query: str = "", city: CityName | None = None, limit: Limit = 5) -> ContactList:
    """Find contacts by part of their name or email, by city, or list all of them.

    query: Part of the name or email address, in any case; everyone if left out.
    city: Only contacts who live in this city.
    limit: At most this many contacts.
    """
    text = query.casefold()
    rows = [row for row in CONTACTS.all(w) if text in row.name.casefold() or text in row.email]
    rows = sorted((row for row in rows if city in (None, row.city)), key=lambda row: (row.name, row.contact_id))
    return ContactList(total=len(rows), contacts=rows[:limit])


@contacts.tool(example={"contact_id": "@contacts_search.contacts[0].contact_id"}, errors=[NotFound], kind="stateful")
def get(w: World, contact_id: ContactId) -> Contact:
    """Show one contact with email address, phone number, city and birthday.

    contact_id: The contact, as given by contacts_search.
    """
    return CONTACTS.get(w, contact_id)


@contacts.tool(
    example={"name": "Alba Reyes", "email": "alba.reyes@studio.example", "city": "Madrid"},
    errors=[Conflict],
    writes=True,
    kind="stateful",
)
def create(
    w: World,
    name: PersonName,
    email: EmailAddress,
    phone: PhoneNumber | None = None,
    city: CityName | None = None,
    birthday: IsoDate | None = None,
) -> Contact:
    """Add a person to the address book; no two contacts share an email address.

    name: Given name and family name.
    email: Address in lower case that no other contact has.
    phone: E.164 number, for example +33140205050.
    city: English name of the city they live in.
    birthday: Date of birth, YYYY-MM-DD.
    """
    require_free_email(w, email)
    if birthday and birthday > w.today.isoformat():
        raise InvalidArgument(f"birthday {birthday} lies after today, {w.today}")
    contact_id = w.new_id("CON")
    row = Contact(contact_id=contact_id, name=name, email=email, phone=phone, city=city, birthday=birthday)
    return CONTACTS.put(w, row)


@contacts.tool(
    example={"contact_id": "@contacts_search.contacts[0].contact_id", "phone": "+34915550101"},
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def update(
    w: World,
    contact_id: ContactId,
    email: EmailAddress | None = None,
    phone: PhoneNumber | None = None,
    city: CityName | None = None,
) -> Contact:
    """Change a contact's email address, phone number or city.

    contact_id: The contact, as given by contacts_search.
    email: New address in lower case; unchanged if left out.
    phone: New E.164 number; unchanged if left out.
    city: New city, by its English name; unchanged if left out.
    """
    row = CONTACTS.get(w, contact_id)
    given = {"email": email, "phone": phone, "city": city}
    changes = {name: value for name, value in given.items() if value is not None}
    if not changes:
        raise InvalidArgument("give at least one of email, phone and city")
    if email is not None and email != row.email:
        require_free_email(w, email)
    return CONTACTS.put(w, row.model_copy(update=changes))


@contacts.tool(
    example={"contact_id": "@contacts_search.contacts[1].contact_id"}, errors=[NotFound], writes=True, kind="stateful"
)
def delete(w: World, contact_id: ContactId) -> Contact:
    """Remove a contact from the address book and return what was removed.

    contact_id: The contact, as given by contacts_search.
    """
    return CONTACTS.remove(w, contact_id)


@contacts.tool(example={"days": 365}, kind="stateful")
def upcoming_birthdays(w: World, days: Annotated[int, Field(ge=1, le=365)] = 30, limit: Limit = 5) -> BirthdayList:
    """List the contacts whose birthday comes up in the next days, soonest first.

    days: How many days from today to look ahead.
    limit: At most this many contacts.
    """
    last = (w.today + timedelta(days=days)).isoformat()
    found = [next_birthday(row, w.today) for row in CONTACTS.all(w) if row.birthday]
    found = sorted((item for item in found if item.date <= last), key=lambda item: (item.date, item.name))
    return BirthdayList(total=len(found), birthdays=found[:limit])


def require_free_email(w: World, email: str) -> None:
    """Raises Conflict if a contact has the address."""
    for row in CONTACTS.all(w):
        if row.email == email:
            raise Conflict(f"email {email} belongs to contact {row.contact_id}")


def next_birthday(row: Contact, today: date) -> Birthday:
    """The first birthday on or after today; that of 29 February is kept on 1 March in common years."""
    born = date.fromisoformat(row.birthday or "")
    due = birthday_in(born, today.year)
    if due < today:
        due = birthday_in(born, today.year + 1)
    return Birthday(
        contact_id=row.contact_id, name=row.name, email=row.email, date=due.isoformat(), age=due.year - born.year
    )


def birthday_in(born: date, year: int) -> date:
    """The birthday in a year."""
    leap_day = (born.month, born.day) == (2, 29)
    common = year % 4 != 0 or (year % 100 == 0 and year % 400 != 0)
    return date(year, 3, 1) if leap_day and common else born.replace(year=year)
