"""Numbers of books, journals, scores, articles and authors."""

import re
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition, InvalidArgument
from mock_apis.identifiers.product_codes import Gtin
from mock_apis.identifiers.verdicts import Verdict, judge
from mock_apis.network.addresses import Url

publication_ids = Domain(
    "publication_ids",
    category="identifiers",
    description="ISBN, ISSN, ISMN, ORCID and DOI: check digits, parts, conversions; no lookup of works.",
)

Isbn = Annotated[str, Entity("book.isbn")]
Issn = Annotated[str, Field(pattern=r"^[0-9]{4}-?[0-9]{3}[0-9X]$"), Entity("journal.issn")]
Doi = Annotated[str, Entity("doi.name")]
Kind = Literal["isbn", "issn", "ismn", "orcid"]
DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?(10\.[0-9]{4,9})/([\x21-\x7e]{1,200})", re.IGNORECASE)


class Check(Verdict):
    kind: Kind
    printed: str | None
    """With hyphens; null if invalid."""


class IsbnForms(Record):
    isbn13: Isbn
    isbn10: Isbn | None
    """Null for numbers that start with 979, which have no short form."""


class IsbnParts(Record):
    printed: Isbn
    prefix: str
    registration_group: str
    """Language area or country, such as 0 or 1 for English."""
    registrant: str
    """Publisher."""
    publication: str
    check_digit: str


class CompleteIsbn(Record):
    isbn: Isbn
    check_digit: str


class IssnBarcode(Record):
    ean: Gtin


class CompleteIssn(Record):
    issn: Issn


class DoiParts(Record):
    doi: Doi
    registrant: str
    """The prefix, which names who registered it."""
    suffix: str
    url: Url


@publication_ids.tool(example={"kind": "isbn", "number": "978-0-471-11709-4"}, kind="computation")
def check(w: World, kind: Kind, number: str) -> Check:
    """Check the check digit of an ISBN, ISSN, ISMN or ORCID and print it with hyphens.

    kind: Which kind of number it is.
    number: The number, with or without hyphens.
    """
    from stdnum import isbn, ismn, isni, issn

    modules = {"isbn": isbn, "issn": issn, "ismn": ismn, "orcid": isni}
    verdict = judge(modules[kind], number)
    printed = verdict.number
    if printed and kind == "orcid":
        printed = "-".join(printed[at : at + 4] for at in range(0, 16, 4))
    elif printed:
        printed = str(modules[kind].format(printed))
    return Check(**verdict.model_dump(), kind=kind, printed=printed)


@publication_ids.tool(example={"isbn": "0-471-11709-9"}, kind="computation")
def isbn_forms(w: World, isbn: Isbn) -> IsbnForms:
    """Convert an ISBN between its forms of ten and thirteen digits.

    isbn: Valid ISBN of either form, with or without hyphens.
    """
    from stdnum import isbn as isbns

    long = valid_isbn(isbn)
    return IsbnForms(isbn13=long, isbn10=isbns.to_isbn10(long) if long.startswith("978") else None)


@publication_ids.tool(
    example={"isbn": "@publication_ids_isbn_complete.isbn"}, errors=[FailedPrecondition], kind="computation"
)
def isbn_parts(w: World, isbn: Isbn) -> IsbnParts:
    """Split an ISBN into group, publisher, publication and check digit.

    isbn: Valid ISBN of ten or thirteen digits, with or without hyphens.
    """
    from stdnum import isbn as isbns

    prefix, group, registrant, publication, digit = isbns.split(valid_isbn(isbn))
    if not group or not registrant:
        raise FailedPrecondition(f"isbn '{isbn}' is valid, but lies in a range that is not assigned")
    return IsbnParts(
        printed="-".join((prefix, group, registrant, publication, digit)),
        prefix=prefix,
        registration_group=group,
        registrant=registrant,
        publication=publication,
        check_digit=digit,
    )


@publication_ids.tool(example={"digits": "978047111709"}, kind="computation")
def isbn_complete(w: World, digits: Annotated[str, Field(pattern=r"^(97[89])?[0-9]{9}$")]) -> CompleteIsbn:
    """Append the check digit to the first nine or twelve digits of an ISBN.

    digits: Nine digits, or twelve that start with 978 or 979, without hyphens.
    """
    from stdnum import ean, isbn

    digit = str(ean.calc_check_digit(digits) if len(digits) == 12 else isbn._calc_isbn10_check_digit(digits))
    return CompleteIsbn(isbn=digits + digit, check_digit=digit)


@publication_ids.tool(example={"digits": "0317847"}, kind="computation")
def issn_complete(w: World, digits: Annotated[str, Field(pattern=r"^[0-9]{7}$")]) -> CompleteIssn:
    """Complete the ISSN of a journal from its first seven digits.

    digits: Seven digits without the hyphen.
    """
    from stdnum import issn

    return CompleteIssn(issn=issn.format(digits + issn.calc_check_digit(digits)))


@publication_ids.tool(example={"issn": "@publication_ids_issn_complete.issn"}, kind="computation")
def issn_barcode(w: World, issn: Issn) -> IssnBarcode:
    """Turn the ISSN of a journal into the EAN-13 number of its barcode.

    issn: Valid ISSN, with or without the hyphen.
    """
    from stdnum import issn as issns

    verdict = judge(issns, issn)
    if not verdict.number:
        raise InvalidArgument(f"issn '{issn}' is not valid: {verdict.reason}")
    return IssnBarcode(ean=issns.to_ean(verdict.number))


@publication_ids.tool(example={"doi": "doi:10.1000/182"}, kind="computation")
def doi_parts(w: World, doi: Doi) -> DoiParts:
    """Split a DOI into registrant and suffix and give its web address.

    doi: DOI such as 10.1000/182, also with doi: or https://doi.org/ before it.
    """
    match = DOI.fullmatch(doi.strip())
    if match is None:
        raise InvalidArgument(f"doi '{doi[:60]}' is not of the form 10.<registrant>/<suffix>")
    from urllib.parse import quote

    name = f"{match[1]}/{match[2]}"
    return DoiParts(doi=name, registrant=match[1], suffix=match[2], url=f"https://doi.org/{quote(name)}")


def valid_isbn(number: str) -> str:
    """The ISBN as thirteen digits. Raises InvalidArgument."""
    from stdnum import isbn

    verdict = judge(isbn, number)
    if not verdict.number:
        raise InvalidArgument(f"isbn '{number[:40]}' is not valid: {verdict.reason}")
    return str(isbn.to_isbn13(verdict.number)).replace("-", "").replace(" ", "")
