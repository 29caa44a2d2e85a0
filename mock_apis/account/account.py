"""The persona's own account: who they are, where they live, what they prefer."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import CityName, CountryCode, Entity, StreetAddress
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound
from mock_apis.core.persona import Persona, persona

account = Domain("account", category="account", description="The user's own profile, addresses and preferences.")

AddressId = Annotated[str, Field(pattern=r"^ADDR-[0-9A-F]{6}$"), Entity("address.id")]
PreferenceName = Literal["units", "clock", "diet", "seat", "notifications", "theme"]

CHOICES: dict[str, tuple[str, ...]] = {
    "units": ("metric", "imperial"),
    "clock": ("24h", "12h"),
    "diet": ("any", "vegetarian", "vegan"),
    "seat": ("aisle", "window", "middle"),
    "notifications": ("all", "important", "none"),
    "theme": ("light", "dark"),
}


class Address(Record):
    address_id: AddressId
    label: str
    street: StreetAddress
    city: CityName
    country: CountryCode
    default: bool


class AddressList(Record):
    total: int
    addresses: list[Address]


class Preference(Record):
    name: PreferenceName
    value: str


class PreferenceList(Record):
    preferences: list[Preference]


def seed_addresses(w: World) -> list[Address]:
    """The persona's home, which is the default, and an office in the same city."""
    draw, user = w.draw("account.addresses"), persona(w)
    office = f"{draw.between(1, 90)} Harbour Square"
    return [
        Address(
            address_id=f"ADDR-{draw.bits() % 0x1000000:06X}",
            label=label,
            street=street,
            city=user.city,
            country=user.country,
            default=label == "home",
        )
        for label, street in (("home", user.street), ("work", office))
    ]


def seed_preferences(w: World) -> list[Preference]:
    """A drawn value for every preference."""
    draw = w.draw("account.preferences")
    return [Preference.model_validate({"name": name, "value": draw.pick(values)}) for name, values in CHOICES.items()]


ADDRESSES = Table("account.addresses", key="address_id", seed_rows=seed_addresses)
PREFERENCES = Table("account.preferences", key="name", seed_rows=seed_preferences)


@account.tool(example={}, kind="stateful")
def profile(w: World) -> Persona:
    """Show the user's name, contact data, home city, currency and time zone."""
    return persona(w)


@account.tool(example={}, kind="stateful")
def addresses(w: World) -> AddressList:
    """List the user's saved addresses, oldest first."""
    rows = ADDRESSES.all(w)
    return AddressList(total=len(rows), addresses=rows)


@account.tool(
    example={"label": "parents", "street": "8 Orchard Row", "city": "Madrid", "country": "ES"},
    errors=[Conflict],
    writes=True,
    kind="stateful",
)
def add_address(w: World, label: str, street: StreetAddress, city: CityName, country: CountryCode) -> Address:
    """Save another address; labels are unique and the default stays as it is.

    label: Short name of the place, for example parents; one that no saved address has.
    street: House number and street in one line, without the city.
    city: English name of the city.
    country: ISO 3166-1 alpha-2 code, for example ES.
    """
    if any(row.label.casefold() == label.casefold() for row in ADDRESSES.all(w)):
        raise Conflict(f"label '{label}' is taken by another address")
    address_id = w.new_id("ADDR")
    row = Address(address_id=address_id, label=label, street=street, city=city, country=country, default=False)
    return ADDRESSES.put(w, row)


@account.tool(
    example={"address_id": "@account_addresses.addresses[1].address_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def remove_address(w: World, address_id: AddressId) -> Address:
    """Delete a saved address other than the default one.

    address_id: The address, as given by account_addresses.
    """
    if ADDRESSES.get(w, address_id).default:
        raise FailedPrecondition(f"address_id {address_id} is the default; see account_set_default_address")
    return ADDRESSES.remove(w, address_id)


@account.tool(
    example={"address_id": "@account_addresses.addresses[1].address_id"},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def set_default_address(w: World, address_id: AddressId) -> Address:
    """Make a saved address the default one instead of the present default.

    address_id: The address, as given by account_addresses.
    """
    chosen = ADDRESSES.get(w, address_id)
    for row in ADDRESSES.all(w):
        if row.default:
            ADDRESSES.put(w, row.model_copy(update={"default": False}))
    return ADDRESSES.put(w, chosen.model_copy(update={"default": True}))


@account.tool(example={}, kind="stateful")
def preferences(w: World) -> PreferenceList:
    """List every preference of the user with its present value."""
    return PreferenceList(preferences=PREFERENCES.all(w))


@account.tool(example={"name": "units", "value": "imperial"}, writes=True, kind="stateful")
def set_preference(w: World, name: PreferenceName, value: str) -> Preference:
    """Change one preference of the user.

    name: Which preference.
    value: New value: metric or imperial; 24h or 12h; any, vegetarian or vegan; and so on by preference.
    """
    if value not in CHOICES[name]:
        raise InvalidArgument(f"value '{value}' is not one of {', '.join(CHOICES[name])} for preference {name}")
    return PREFERENCES.put(w, Preference(name=name, value=value))
