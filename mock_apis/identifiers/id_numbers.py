"""Tax, company and personal numbers of thirty countries: which there are, and whether one is well formed."""

from importlib import import_module
from typing import Annotated, Any, Literal

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CountryCode, Entity, IsoDate, Limit
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound
from mock_apis.identifiers.verdicts import Verdict, judge

id_numbers = Domain(
    "id_numbers",
    category="identifiers",
    description="Checks layout and check digits of official numbers; it cannot tell whether a number was issued.",
)

IdType = Annotated[str, Entity("id_number.type")]
"""Country and abbreviation: de.idnr."""
Subject = Literal["person", "company", "both"]

TYPES: dict[str, tuple[Subject, str]] = {
    "ar.cuit": ("both", "Argentine tax number (CUIT)"),
    "au.abn": ("company", "Australian Business Number"),
    "au.acn": ("company", "Australian Company Number"),
    "au.tfn": ("both", "Australian Tax File Number"),
    "bg.egn": ("person", "Bulgarian personal number (EGN)"),
    "br.cnpj": ("company", "Brazilian company number (CNPJ)"),
    "br.cpf": ("person", "Brazilian personal tax number (CPF)"),
    "ca.bn": ("company", "Canadian Business Number"),
    "ca.sin": ("person", "Canadian Social Insurance Number"),
    "ch.ssn": ("person", "Swiss social security number (AHV)"),
    "ch.uid": ("company", "Swiss business number (UID)"),
    "cl.rut": ("both", "Chilean tax number (RUT)"),
    "cn.ric": ("person", "Chinese resident identity card number"),
    "de.idnr": ("person", "German personal tax number (IdNr)"),
    "dk.cvr": ("company", "Danish company number (CVR)"),
    "ee.ik": ("person", "Estonian personal number (isikukood)"),
    "es.cif": ("company", "Spanish company tax number (CIF)"),
    "es.dni": ("person", "Spanish national identity number (DNI)"),
    "es.nie": ("person", "Spanish number of foreigners (NIE)"),
    "fi.hetu": ("person", "Finnish personal identity code (HETU)"),
    "fi.ytunnus": ("company", "Finnish business number (Y-tunnus)"),
    "fr.nir": ("person", "French social security number (NIR)"),
    "fr.siren": ("company", "French company number (SIREN)"),
    "fr.siret": ("company", "French establishment number (SIRET)"),
    "gb.nhs": ("person", "NHS number of England, Wales and the Isle of Man"),
    "gb.utr": ("both", "UK Unique Taxpayer Reference"),
    "ie.pps": ("person", "Irish Personal Public Service number"),
    "in_.gstin": ("both", "Indian goods and services tax number (GSTIN)"),
    "in_.pan": ("both", "Indian Permanent Account Number"),
    "it.codicefiscale": ("person", "Italian tax code (codice fiscale)"),
    "it.iva": ("both", "Italian VAT number (partita IVA)"),
    "jp.cn": ("company", "Japanese corporate number"),
    "mx.curp": ("person", "Mexican personal number (CURP)"),
    "mx.rfc": ("both", "Mexican tax number (RFC)"),
    "nl.bsn": ("person", "Dutch citizen service number (BSN)"),
    "no.orgnr": ("company", "Norwegian organisation number"),
    "nz.ird": ("both", "New Zealand Inland Revenue number"),
    "pl.nip": ("both", "Polish tax number (NIP)"),
    "pl.pesel": ("person", "Polish personal number (PESEL)"),
    "pl.regon": ("company", "Polish statistical business number (REGON)"),
    "pt.nif": ("both", "Portuguese tax number (NIF)"),
    "ro.cnp": ("person", "Romanian personal number (CNP)"),
    "se.orgnr": ("company", "Swedish organisation number"),
    "tr.tckimlik": ("person", "Turkish personal number (T.C. Kimlik)"),
    "us.ein": ("company", "US Employer Identification Number"),
    "us.itin": ("person", "US Individual Taxpayer Identification Number"),
    "us.ssn": ("person", "US Social Security number"),
}
EU_VAT = frozenset(
    ("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU", "LV")
) | {"MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
"""Prefixes; that of Greece is EL."""


class TypeEntry(Record):
    type: IdType
    country: CountryCode
    name: str
    subject: Subject


class TypeList(Record):
    total: int
    types: list[TypeEntry]


class Check(Verdict):
    type: IdType
    printed: str | None
    """As it is usually written; null if invalid."""


class VatCheck(Verdict):
    country: CountryCode | None


class PersonFacts(Record):
    type: IdType
    birth_date: IsoDate | None
    gender: Literal["female", "male"] | None


@id_numbers.tool(example={"country": "PL"}, kind="data")
def types(w: World, country: CountryCode | None = None, subject: Subject | None = None, limit: Limit = 5) -> TypeList:
    """List the types of official number that can be checked, by country.

    country: Only types of this country, as ISO 3166-1 alpha-2 code.
    subject: Only numbers of persons, of companies, or given to both.
    limit: At most this many types.
    """
    rows = [entry(key) for key in TYPES]
    rows = [row for row in rows if country in (None, row.country) and subject in (None, row.subject)]
    return TypeList(total=len(rows), types=rows[:limit])


@id_numbers.tool(example={"type": "pl.pesel", "number": "44051401359"}, errors=[NotFound], kind="computation")
def check(w: World, type: IdType, number: str) -> Check:
    """Check whether an official number of a given type is well formed, and print it.

    type: Type such as de.idnr, as given by id_numbers_types.
    number: The number, with or without its separators.
    """
    verdict = judge(module_of(type), number)
    return Check(**verdict.model_dump(), type=type, printed=print_number(type, verdict.number))


@id_numbers.tool(example={"number": "44051401359", "country": "PL"}, kind="computation")
def identify(w: World, number: str, country: CountryCode | None = None, limit: Limit = 5) -> TypeList:
    """List the types of official number that a number would be valid as.

    number: The number, with or without separators.
    country: Only types of this country.
    limit: At most this many types.
    """
    rows = [entry(key) for key in TYPES]
    rows = [row for row in rows if country in (None, row.country) and judge(module_of(row.type), number).valid]
    return TypeList(total=len(rows), types=rows[:limit])


@id_numbers.tool(example={"number": "DE136695976"}, kind="computation")
def check_vat(w: World, number: str) -> VatCheck:
    """Check the layout and check digits of a European Union VAT number.

    number: VAT number with its country prefix, such as DE136695976; Greece has the prefix EL.
    """
    from stdnum.eu import vat

    verdict = judge(vat, number)
    prefix = (verdict.number or "")[:2]
    country = {"EL": "GR"}.get(prefix, prefix) if prefix in EU_VAT else None
    return VatCheck(**verdict.model_dump(), country=country)


@id_numbers.tool(
    example={"type": "pl.pesel", "number": "44051401359"}, errors=[NotFound, FailedPrecondition], kind="computation"
)
def read_person(w: World, type: IdType, number: str) -> PersonFacts:
    """Read the birth date and gender that a valid personal number encodes.

    type: Type that encodes them, such as pl.pesel, ee.ik, it.codicefiscale or mx.curp.
    number: A valid number of that type.
    """
    module = module_of(type)
    if not hasattr(module, "get_birth_date") and not hasattr(module, "get_gender"):
        raise FailedPrecondition(f"type {type} encodes neither birth date nor gender that can be read here")
    verdict = judge(module, number)
    if not verdict.number:
        raise InvalidArgument(f"number '{number[:40]}' is not valid as {type}: {verdict.reason}")
    born = read(module, "get_birth_date", verdict.number)
    gender = str(read(module, "get_gender", verdict.number) or "")
    return PersonFacts(
        type=type,
        birth_date=born.isoformat() if born else None,
        gender="female" if gender.startswith("F") else "male" if gender.startswith("M") else None,
    )


def entry(key: str) -> TypeEntry:
    """The type as a list shows it."""
    subject, name = TYPES[key]
    return TypeEntry(type=key, country=key[:2].upper(), name=name, subject=subject)


def module_of(key: str) -> Any:
    """The module of stdnum that checks the type. Raises NotFound."""
    if key not in TYPES:
        raise NotFound(f"no type '{key[:40]}'; see id_numbers_types")
    return import_module(f"stdnum.{key}")


def print_number(key: str, number: str | None) -> str | None:
    """The number as it is usually written."""
    module = module_of(key)
    return str(module.format(number)) if number and hasattr(module, "format") else number


def read(module: Any, name: str, number: str) -> Any:
    """What a function of the module reads from the number; None if it reads nothing."""
    from stdnum.exceptions import ValidationError

    if not hasattr(module, name):
        return None
    try:
        return getattr(module, name)(number)
    except (ValidationError, ValueError):
        return None
