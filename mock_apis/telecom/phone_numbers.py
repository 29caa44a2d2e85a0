"""Facts about phone numbers, from the numbering plans that the `phonenumbers` package knows."""

from typing import Annotated, Any, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CountryCode, Limit, PhoneNumber, TimeZone
from mock_apis.core.errors import InvalidArgument, NotFound
from mock_apis.telecom.numbering import CallingCode, Number, country_of, describe, parse, require_country

phone_numbers = Domain(
    "phone_numbers",
    category="telecom",
    description="Numbering plans of the world, as Google's libphonenumber has them.",
)

NumberType = Literal[
    "fixed_line", "mobile", "fixed_line_or_mobile", "toll_free", "premium_rate", "shared_cost", "voip",
    "personal", "pager", "uan", "voicemail", "unknown",
]  # fmt: skip
TYPES: tuple[NumberType, ...] = (
    "fixed_line", "mobile", "fixed_line_or_mobile", "toll_free", "premium_rate", "shared_cost", "voip",
    "personal", "pager", "uan",
)  # fmt: skip
"""In the order of libphonenumber's own numbers for them; 27 is voicemail, 99 is unknown."""
Style = Literal["international", "national", "uri"]
LONGEST_TEXT = 1000


class NumberCheck(Record):
    number: PhoneNumber
    valid: bool
    """Whether the numbering plan has assigned such numbers; not whether somebody answers."""
    length: Literal["possible", "too_short", "too_long", "wrong", "local_only", "no_such_calling_code"]
    type: NumberType
    country: CountryCode | None


class Written(Record):
    number: PhoneNumber
    text: str


class Zones(Record):
    number: PhoneNumber
    timezones: list[TimeZone]
    """Those where the number's area lies; empty if unknown."""


class Place(Record):
    number: PhoneNumber
    country: CountryCode | None
    area: str | None
    """City, state or country, in English."""
    carrier: str | None
    """The one that the mobile range was given to first; numbers can have been ported since."""


class Dialling(Record):
    country: CountryCode
    calling_code: CallingCode
    trunk_prefix: str | None
    """What is dialled before national numbers."""
    exit_code: str | None
    """What is dialled before a foreign calling code; null if there are several."""


class Countries(Record):
    calling_code: CallingCode
    total: int
    main: CountryCode | None
    countries: list[CountryCode]


class Extracted(Record):
    total: int
    numbers: list[Number]


class ShortNumber(Record):
    country: CountryCode
    digits: str
    valid: bool
    emergency: bool
    cost: Literal["toll_free", "standard", "premium", "unknown"]


@phone_numbers.tool(example={"text": "030 901820", "country": "DE"}, errors=[NotFound], kind="computation")
def read(w: World, text: str, country: CountryCode | None = None) -> Number:
    """Turn a phone number as people write it into its E.164 form.

    text: Number with blanks, brackets or hyphens, for example (020) 8366 1177.
    country: ISO code of the country whose writing it is; needed unless the text starts with +.
    """
    import phonenumbers as pn

    if country is not None:
        require_country(country)
    try:
        found = describe(pn.parse(text[:LONGEST_TEXT], country))
    except pn.NumberParseException as error:
        raise InvalidArgument(f"text '{text[:40]}': {error}") from None
    if found is None:
        raise InvalidArgument(f"text '{text[:40]}': no number of a possible length")
    return found


@phone_numbers.tool(example={"number": "+442083661177"}, kind="computation")
def check(w: World, number: PhoneNumber) -> NumberCheck:
    """Tell whether a phone number is valid, of which type and of which country.

    number: E.164 number, for example +442083661177.
    """
    import phonenumbers as pn

    parsed = parse(number)
    lengths: dict[int, Any] = {
        0: "possible", 1: "no_such_calling_code", 2: "too_short", 3: "too_long", 4: "local_only", 5: "wrong",
    }  # fmt: skip
    kind = pn.number_type(parsed)
    type_: NumberType = TYPES[kind] if 0 <= kind < len(TYPES) else "voicemail" if kind == 27 else "unknown"
    return NumberCheck(
        number=number,
        valid=pn.is_valid_number(parsed),
        length=lengths[pn.is_possible_number_with_reason(parsed)],
        type=type_,
        country=country_of(parsed),
    )


@phone_numbers.tool(example={"number": "@contacts_search.contacts[0].phone", "style": "national"}, kind="computation")
def format(w: World, number: PhoneNumber, style: Style = "international") -> Written:
    """Write a phone number the way its country groups the digits.

    number: E.164 number, for example +442083661177.
    style: With the calling code, as dialled within the country, or as a tel: link.
    """
    import phonenumbers as pn

    styles = {
        "international": pn.PhoneNumberFormat.INTERNATIONAL,
        "national": pn.PhoneNumberFormat.NATIONAL,
        "uri": pn.PhoneNumberFormat.RFC3966,
    }
    return Written(number=number, text=pn.format_number(parse(number), styles[style]))


@phone_numbers.tool(
    example={"number": "@contacts_search.contacts[0].phone", "country": "FR"}, errors=[NotFound], kind="computation"
)
def dial_from(w: World, number: PhoneNumber, country: CountryCode) -> Written:
    """Write what to dial to reach a phone number from within a country.

    number: E.164 number to reach, for example +442083661177.
    country: ISO code of the country from which it is called.
    """
    import phonenumbers as pn

    require_country(country)
    return Written(number=number, text=pn.format_out_of_country_calling_number(parse(number), country))


@phone_numbers.tool(example={"number": "+16502530000"}, kind="data")
def time_zones(w: World, number: PhoneNumber) -> Zones:
    """List the time zones in which the owner of a phone number may live.

    number: E.164 number, for example +16502530000.
    """
    from phonenumbers import timezone

    names = timezone.time_zones_for_number(parse(number))
    return Zones(number=number, timezones=sorted(name for name in names if name != "Etc/Unknown")[:40])


@phone_numbers.tool(example={"number": "+493090182000"}, kind="data")
def locate(w: World, number: PhoneNumber) -> Place:
    """Name the area of a fixed line, or the first carrier of a mobile number.

    number: E.164 number, for example +493090182000.
    """
    from phonenumbers import carrier, geocoder

    parsed = parse(number)
    area, network = geocoder.description_for_number(parsed, "en"), carrier.name_for_number(parsed, "en")
    return Place(number=number, country=country_of(parsed), area=area or None, carrier=network or None)


@phone_numbers.tool(example={"country": "@countries_search.countries[0].code"}, errors=[NotFound], kind="data")
def dialling_rules(w: World, country: CountryCode) -> Dialling:
    """Show a country's calling code, trunk prefix and exit code.

    country: ISO 3166-1 alpha-2 code, for example IT.
    """
    import phonenumbers as pn

    require_country(country)
    metadata: Any = pn.PhoneMetadata.metadata_for_region(country)
    leave = metadata.preferred_international_prefix or metadata.international_prefix or ""
    return Dialling(
        country=country,
        calling_code=f"+{metadata.country_code}",
        trunk_prefix=metadata.national_prefix,
        exit_code=leave if leave.isdigit() else None,
    )


@phone_numbers.tool(
    example={"calling_code": "@phone_numbers_dialling_rules.calling_code"},
    errors=[NotFound],
    kind="data",
    equivalent_to=["countries_by_calling_code"],
)
def countries_of_code(w: World, calling_code: CallingCode, limit: Limit = 10) -> Countries:
    """Tell which country codes share an international calling code and which is the main one.

    calling_code: Plus sign and one to three digits, for example +44.
    limit: At most this many country codes.
    """
    import phonenumbers as pn

    regions = pn.region_codes_for_country_code(int(calling_code[1:]))
    if not regions:
        raise NotFound(f"no calling_code '{calling_code}'")
    codes = [code for code in regions if len(code) == 2]
    main = codes[0] if codes else None
    return Countries(calling_code=calling_code, total=len(codes), main=main, countries=sorted(codes)[:limit])


@phone_numbers.tool(
    example={"text": "Call (617) 253-1000 or +44 20 8366 1177 before noon.", "country": "US"},
    errors=[NotFound],
    kind="computation",
)
def extract(w: World, text: str, country: CountryCode, limit: Limit = 5) -> Extracted:
    """Find the valid phone numbers in a text, in order of appearance.

    text: Any text of at most 1000 characters.
    country: ISO code of the country whose numbers may stand without a plus sign.
    limit: At most this many numbers.
    """
    import phonenumbers as pn

    require_country(country)
    if len(text) > LONGEST_TEXT:
        raise InvalidArgument(f"text: has {len(text)} characters, over {LONGEST_TEXT}")
    found = [describe(match.number) for match in pn.PhoneNumberMatcher(text, country)]
    numbers = [number for number in found if number is not None]
    return Extracted(total=len(numbers), numbers=numbers[:limit])


@phone_numbers.tool(example={"country": "DE", "digits": "112"}, errors=[NotFound], kind="data")
def short_number(w: World, country: CountryCode, digits: Annotated[str, Field(pattern=r"^[0-9]{2,8}$")]) -> ShortNumber:
    """Tell whether a short number works in a country, for emergencies and at what cost.

    country: ISO code of the country in which it is dialled.
    digits: Two to eight digits, for example 112.
    """
    import phonenumbers as pn

    require_country(country)
    try:
        parsed = pn.parse(digits, country)
    except pn.NumberParseException as error:
        raise InvalidArgument(f"digits {digits}: {error}") from None
    costs: dict[int, Any] = {
        pn.ShortNumberCost.TOLL_FREE: "toll_free",
        pn.ShortNumberCost.STANDARD_RATE: "standard",
        pn.ShortNumberCost.PREMIUM_RATE: "premium",
    }
    return ShortNumber(
        country=country,
        digits=digits,
        valid=pn.is_valid_short_number_for_region(parsed, country),
        emergency=pn.is_emergency_number(digits, country),
        cost=costs.get(pn.expected_cost_for_region(parsed, country), "unknown"),
    )
