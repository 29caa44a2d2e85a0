"""Phone numbers as the `phonenumbers` package reads them."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from mock_apis.core import Record
from mock_apis.core.entities import CountryCode, Entity, PhoneNumber
from mock_apis.core.errors import InvalidArgument, NotFound

CallingCode = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{0,2}$"), Entity("phone.calling_code")]


class Number(Record):
    number: PhoneNumber
    country: CountryCode | None
    """Null for numbers of no country, such as +800."""
    calling_code: CallingCode
    national_number: str
    valid: bool


@cache
def regions() -> frozenset[str]:
    """The ISO codes of the countries that have a numbering plan."""
    import phonenumbers as pn

    return frozenset(pn.SUPPORTED_REGIONS)


def require_country(country: str) -> None:
    """Raises NotFound unless the country has a numbering plan."""
    if country not in regions():
        raise NotFound(f"country '{country}' has no numbering plan here")


def parse(number: str) -> Any:
    """The package's number. Raises InvalidArgument."""
    import phonenumbers as pn

    try:
        return pn.parse(number, None)
    except pn.NumberParseException as error:
        raise InvalidArgument(f"number {number}: {error}") from None


def country_of(parsed: Any) -> str | None:
    """ISO code of a number's country, or None."""
    import phonenumbers as pn

    code = pn.region_code_for_number(parsed)
    return code if code and len(code) == 2 and code.isalpha() else None


def describe(parsed: Any) -> Number | None:
    """The number's parts, or None if it does not have a possible length."""
    import phonenumbers as pn

    number = pn.format_number(parsed, pn.PhoneNumberFormat.E164)
    if not pn.is_possible_number(parsed) or not 8 <= len(number) <= 16:
        return None
    return Number(
        number=number,
        country=country_of(parsed),
        calling_code=f"+{parsed.country_code}",
        national_number=pn.national_significant_number(parsed),
        valid=pn.is_valid_number(parsed),
    )
