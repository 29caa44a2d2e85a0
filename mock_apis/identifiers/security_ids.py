"""Numbers of securities and of the legal entities behind them."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CountryCode, Entity
from mock_apis.core.errors import InvalidArgument
from mock_apis.identifiers.verdicts import Verdict, judge

security_ids = Domain(
    "security_ids",
    category="identifiers",
    description="ISIN, CUSIP, SEDOL, WKN, LEI and FIGI: check digits, parts, conversions; no lookup of securities.",
)

Isin = Annotated[str, Field(pattern=r"^[A-Z]{2}[A-Z0-9]{9}[0-9]$"), Entity("security.isin")]
Lei = Annotated[str, Field(pattern=r"^[A-Z0-9]{18}[0-9]{2}$"), Entity("legal_entity.lei")]
Kind = Literal["isin", "cusip", "sedol", "wkn", "lei", "figi"]
National = Literal["cusip", "sedol", "wkn"]
ISSUERS: dict[National, tuple[str, ...]] = {"cusip": ("US", "CA"), "sedol": ("GB", "IE"), "wkn": ("DE",)}


class Check(Verdict):
    kind: Kind


class BuiltIsin(Record):
    isin: Isin
    check_digit: int


class IsinParts(Record):
    country: CountryCode
    """XS and the like stand for no country but for international securities."""
    national_number: str
    check_digit: int
    kind: National | None
    """What the national number holds by the country's custom."""
    code: str | None
    """That code without padding, if its check digit is right."""


class BuiltLei(Record):
    lei: Lei


class LeiParts(Record):
    issuer_prefix: str
    """The first four characters: who assigned it."""
    entity_part: str
    check_digits: str


@security_ids.tool(example={"kind": "isin", "number": "US0378331005"}, kind="computation")
def check(w: World, kind: Kind, number: str) -> Check:
    """Check the layout and check digit of an ISIN, CUSIP, SEDOL, WKN, LEI or FIGI.

    kind: Which kind of number it is; a WKN has no check digit.
    number: The number as printed.
    """
    return Check(**judge(module_of(kind), number).model_dump(), kind=kind)


@security_ids.tool(example={"kind": "cusip", "number": "037833100", "country": "US"}, kind="computation")
def to_isin(w: World, kind: National, number: str, country: CountryCode) -> BuiltIsin:
    """Build the ISIN that contains a CUSIP, SEDOL or WKN.

    kind: Which national code it is.
    number: The code, such as 037833100.
    country: US or CA for a CUSIP, GB or IE for a SEDOL, DE for a WKN.
    """
    from stdnum import isin

    if country not in ISSUERS[kind]:
        raise InvalidArgument(f"country '{country}' does not use {kind}; use {' or '.join(ISSUERS[kind])}")
    verdict = judge(module_of(kind), number)
    if not verdict.number:
        raise InvalidArgument(f"number '{number[:40]}' is not a valid {kind}: {verdict.reason}")
    body = country + verdict.number.upper().zfill(9)
    digit = isin.calc_check_digit(body)
    return BuiltIsin(isin=f"{body}{digit}", check_digit=int(digit))


@security_ids.tool(example={"isin": "@security_ids_to_isin.isin"}, kind="computation")
def isin_parts(w: World, isin: Isin) -> IsinParts:
    """Split a valid ISIN into country, national code and check digit.

    isin: Twelve characters in upper case.
    """
    verdict = judge(module_of("isin"), isin)
    if not verdict.number:
        raise InvalidArgument(f"isin '{isin}' is not valid: {verdict.reason}")
    national = isin[2:11]
    kind = next((name for name, countries in ISSUERS.items() if isin[:2] in countries), None)
    code = {"cusip": national, "sedol": national.removeprefix("00"), "wkn": national.removeprefix("000")}.get(
        kind or ""
    )
    if kind is None or not judge(module_of(kind), code or "").valid:
        code = None
    return IsinParts(country=isin[:2], national_number=national, check_digit=int(isin[-1]), kind=kind, code=code)


@security_ids.tool(example={"body": "5493000IBP32UQZ0KL"}, kind="computation")
def lei_complete(w: World, body: Annotated[str, Field(pattern=r"^[A-Z0-9]{18}$")]) -> BuiltLei:
    """Append the two check digits to the first eighteen characters of an LEI.

    body: Eighteen capital letters and digits.
    """
    from stdnum.iso7064 import mod_97_10

    return BuiltLei(lei=body + mod_97_10.calc_check_digits(body))


@security_ids.tool(example={"lei": "@security_ids_lei_complete.lei"}, kind="computation")
def lei_parts(w: World, lei: Lei) -> LeiParts:
    """Split a valid Legal Entity Identifier into issuer prefix, entity part and check digits.

    lei: Twenty characters in upper case.
    """
    verdict = judge(module_of("lei"), lei)
    if not verdict.number:
        raise InvalidArgument(f"lei '{lei}' is not valid: {verdict.reason}")
    return LeiParts(issuer_prefix=lei[:4], entity_part=lei[4:18], check_digits=lei[18:])


def module_of(kind: Kind) -> object:
    """The module of stdnum that checks the kind."""
    from stdnum import cusip, figi, isin, lei
    from stdnum.de import wkn
    from stdnum.gb import sedol

    return {"isin": isin, "cusip": cusip, "sedol": sedol, "wkn": wkn, "lei": lei, "figi": figi}[kind]
