"""Bank codes, BICs, IBANs and card numbers: registry of ten countries, and check digits."""

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import CountryCode, Entity, Limit
from mock_apis.core.errors import InvalidArgument, NotFound
from mock_apis.identifiers.verdicts import judge

bank_codes = Domain(
    "bank_codes",
    category="banking",
    description="Real bank registry of AT, BE, CH, DE, ES, FR, IE, IT, LU and NL; IBAN, BIC and card number checks.",
)

Iban = Annotated[str, Entity("bank.iban")]
Bic = Annotated[str, Field(pattern=r"^[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$"), Entity("bank.bic")]
BankCode = Annotated[str, Field(pattern=r"^[A-Z0-9]{3,8}$"), Entity("bank.code")]
"""National code of a bank, the first part of the account number in an IBAN."""
CardNumber = Annotated[str, Field(pattern=r"^[0-9]{12,19}$"), Entity("payment_card.number")]
Registered = Literal["AT", "BE", "CH", "DE", "ES", "FR", "IE", "IT", "LU", "NL"]
Network = Literal["American Express", "Diners Club", "Discover", "JCB", "Mastercard", "Visa"]

BANK_PART = {
    "AT": (4, 9), "BE": (4, 7), "CH": (4, 9), "DE": (4, 12), "ES": (4, 8), "FR": (4, 9), "IE": (4, 8),
    "IT": (5, 10), "LU": (4, 7), "NL": (4, 8),
}  # fmt: skip
"""Where an IBAN holds the bank code."""
ACCOUNT_DIGITS = {"AT": 11, "CH": 12, "DE": 10, "LU": 13, "NL": 10}
NETWORKS: tuple[tuple[Network, tuple[tuple[int, int], ...], tuple[int, ...]], ...] = (
    ("American Express", ((34, 34), (37, 37)), (15,)),
    ("Diners Club", ((300, 305), (36, 36), (38, 39)), (14, 16, 19)),
    ("Discover", ((6011, 6011), (644, 649), (65, 65)), (16, 19)),
    ("JCB", ((3528, 3589),), (16, 19)),
    ("Mastercard", ((51, 55), (2221, 2720)), (16,)),
    ("Visa", ((4, 4),), (13, 16, 19)),
)
"""Ranges of first digits, and lengths."""


class Bank(Record):
    name: str
    country: CountryCode
    bic: Bic
    bank_code: BankCode | None
    """The first of its national codes."""
    code_count: int


class BankList(Record):
    total: int
    banks: list[Bank]


class IbanVerdict(Record):
    valid: bool
    iban: Iban | None
    """In groups of four; null if invalid."""
    reason: str | None


class IbanParts(Record):
    country: CountryCode
    check_digits: str
    bban: str
    """The national account number, bank code included."""
    bank_code: BankCode | None
    bank: str | None
    bic: Bic | None


class BuiltIban(Record):
    iban: Iban
    bank: str
    bic: Bic


class BicParts(Record):
    institution: str
    country: CountryCode
    location: str
    branch: str | None
    """Null for the main office, which XXX also names."""
    bank: str | None
    """Null if the registry does not hold it."""


class CardVerdict(Record):
    valid: bool
    network: Network | None
    """Told by its first digits and length."""


class CompletedNumber(Record):
    number: CardNumber
    check_digit: int


@bank_codes.tool(example={"query": "commerzbank", "country": "DE"}, kind="data")
def search(w: World, query: str, country: Registered | None = None, limit: Limit = 5) -> BankList:
    """Find banks by part of their registered name.

    query: Part of the name, in any case, such as commerzbank.
    country: Only banks of this country.
    limit: At most this many banks.
    """
    text = query.casefold()
    rows = [row for row in load_rows("banks") if text in row["name"].casefold() and country in (None, row["country"])]
    return as_list(rows, limit)


@bank_codes.tool(example={"country": "NL"}, errors=[NotFound], kind="data")
def in_country(w: World, country: CountryCode, limit: Limit = 5) -> BankList:
    """List the registered banks of a country, those with most bank codes first.

    country: ISO code of one of the ten countries of the registry, such as NL.
    limit: At most this many banks.
    """
    if country not in BANK_PART:
        raise NotFound(f"no banks of country '{country}'; the registry holds {', '.join(BANK_PART)}")
    rows = [row for row in load_rows("banks") if row["country"] == country]
    return as_list(sorted(rows, key=lambda row: (-len(row["codes"]), row["name"], row["bic"])), limit)


@bank_codes.tool(example={"country": "DE", "bank_code": "37040044"}, errors=[NotFound], kind="data")
def by_code(w: World, country: Registered, bank_code: BankCode) -> Bank:
    """Look up the bank that has a national bank code.

    country: Country whose code it is.
    bank_code: National code, such as 37040044 in Germany or ABNA in the Netherlands.
    """
    row = banks_by_code().get((country, bank_code))
    if row is None:
        raise NotFound(f"no bank_code '{bank_code}' in {country}; see bank_codes_search")
    return bank_of(row, bank_code)


@bank_codes.tool(example={"bic": "COBADEFFXXX"}, kind="data")
def bic_parts(w: World, bic: Bic) -> BicParts:
    """Split a BIC into bank, country, location and branch, and name the bank if known.

    bic: BIC (SWIFT code) of 8 or 11 characters, in upper case.
    """
    from stdnum import bic as bics

    verdict = judge(bics, bic)
    if not verdict.valid:
        raise InvalidArgument(f"bic '{bic}' is not valid: {verdict.reason}")
    known = {row["bic"].removesuffix("XXX"): row["name"] for row in reversed(load_rows("banks"))}
    branch = bic[8:]
    return BicParts(
        institution=bic[:4],
        country=bic[4:6],
        location=bic[6:8],
        branch=None if branch in ("", "XXX") else branch,
        bank=known.get(bic.removesuffix("XXX") if len(bic) == 11 else bic),
    )


@bank_codes.tool(example={"iban": "@bank_codes_build_iban.iban"}, kind="computation")
def check_iban(w: World, iban: Iban) -> IbanVerdict:
    """Check the length, layout and check digits of an IBAN and print it in groups.

    iban: IBAN of any country, with or without spaces.
    """
    from stdnum import iban as ibans

    verdict = judge(ibans, iban)
    text = ibans.format(verdict.number) if verdict.number else None
    return IbanVerdict(valid=verdict.valid, iban=text, reason=verdict.reason)


@bank_codes.tool(example={"iban": "DE89370400440532013000"}, kind="data")
def parse_iban(w: World, iban: Iban) -> IbanParts:
    """Split a valid IBAN into country, bank code and account, and name the bank.

    iban: Valid IBAN, with or without spaces; bank names are known in ten countries.
    """
    from stdnum import iban as ibans

    verdict = judge(ibans, iban)
    if not verdict.number:
        raise InvalidArgument(f"iban '{iban[:50]}' is not valid: {verdict.reason}; see bank_codes_check_iban")
    text = verdict.number
    country = text[:2]
    code = text[slice(*BANK_PART[country])] if country in BANK_PART else None
    row = banks_by_code().get((country, code or ""))
    return IbanParts(
        country=country,
        check_digits=text[2:4],
        bban=text[4:],
        bank_code=code,
        bank=row["name"] if row else None,
        bic=row["bic"] if row else None,
    )


@bank_codes.tool(
    example={"country": "DE", "bank_code": "37040044", "account_number": "532013000"},
    errors=[NotFound],
    kind="computation",
)
def build_iban(
    w: World,
    country: Literal["AT", "CH", "DE", "LU", "NL"],
    bank_code: BankCode,
    account_number: Annotated[str, Field(pattern=r"^[0-9]{1,13}$")],
) -> BuiltIban:
    """Build the IBAN of an account number at a registered bank.

    country: Country of the bank.
    bank_code: Its national code, as given by bank_codes_search.
    account_number: Digits of the account; leading zeros are added.
    """
    from stdnum import iban as ibans

    row = banks_by_code().get((country, bank_code))
    if row is None:
        raise NotFound(f"no bank_code '{bank_code}' in {country}; see bank_codes_search")
    width = ACCOUNT_DIGITS[country]
    if len(account_number) > width:
        raise InvalidArgument(f"account_number '{account_number}' has over {width} digits")
    bban = bank_code + account_number.zfill(width)
    digits = ibans.calc_check_digits(f"{country}00{bban}")
    return BuiltIban(iban=f"{country}{digits}{bban}", bank=row["name"], bic=row["bic"])


@bank_codes.tool(example={"number": "4111111111111111"}, kind="computation")
def check_card(w: World, number: CardNumber) -> CardVerdict:
    """Check a payment card number's Luhn digit and tell its network.

    number: The digits of the card number without spaces.
    """
    from stdnum import luhn

    networks = [
        name
        for name, ranges, lengths in NETWORKS
        if len(number) in lengths and any(low <= int(number[: len(str(low))]) <= high for low, high in ranges)
    ]
    return CardVerdict(valid=luhn.is_valid(number), network=networks[0] if networks else None)


@bank_codes.tool(example={"digits": "411111111111111"}, kind="computation")
def luhn_digit(w: World, digits: Annotated[str, Field(pattern=r"^[0-9]{11,18}$")]) -> CompletedNumber:
    """Append the Luhn check digit to the digits of a card number.

    digits: Eleven to eighteen digits without the check digit.
    """
    from stdnum import luhn

    digit = luhn.calc_check_digit(digits)
    return CompletedNumber(number=f"{digits}{digit}", check_digit=int(digit))


@cache
def banks_by_code() -> dict[tuple[str, str], dict[str, Any]]:
    """Country and national code to the row; the first row by name if two claim it."""
    return {(row["country"], code): row for row in reversed(load_rows("banks")) for code in row["codes"]}


def bank_of(row: dict[str, Any], code: str | None) -> Bank:
    """The row with one of its codes."""
    return Bank(name=row["name"], country=row["country"], bic=row["bic"], bank_code=code, code_count=len(row["codes"]))


def as_list(rows: list[dict[str, Any]], limit: int) -> BankList:
    """The first rows, each with its first code."""
    return BankList(total=len(rows), banks=[bank_of(row, next(iter(row["codes"]), None)) for row in rows[:limit]])
