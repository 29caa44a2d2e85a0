"""Official numbers, ISBN and ISSN, securities, barcodes: values printed in standards and on products."""

from importlib import import_module
from typing import Any

import pytest

from mock_apis.core import Domain, World
from mock_apis.core.errors import InvalidArgument
from mock_apis.identifiers.id_numbers import TYPES, id_numbers
from mock_apis.identifiers.product_codes import product_codes
from mock_apis.identifiers.publication_ids import publication_ids
from mock_apis.identifiers.security_ids import security_ids

DOMAINS: list[Domain] = [id_numbers, publication_ids, security_ids, product_codes]
TOOLS = {name: tool for domain in DOMAINS for name, tool in domain.tools.items()}
WORLD = World(1)


def call(name: str, **arguments: Any) -> Any:
    """The result of a tool that reads."""
    return TOOLS[name].run(WORLD, arguments)


@pytest.mark.parametrize("key", TYPES)
def test_every_type_of_official_number_has_its_check(key: str) -> None:
    assert callable(import_module(f"stdnum.{key}").validate)


@pytest.mark.parametrize(
    ("type", "number"),
    [
        ("gb.nhs", "943 476 5919"),
        ("nl.bsn", "1112.22.333"),
        ("fr.siren", "552 008 443"),
        ("us.ssn", "536-90-4399"),
        ("br.cpf", "390.533.447-05"),
        ("es.dni", "54362315-K"),
    ],
)
def test_well_known_numbers_are_well_formed(type: str, number: str) -> None:
    found = call("id_numbers_check", type=type, number=number)
    assert found["valid"], found
    assert type in {row["type"] for row in call("id_numbers_identify", number=number, limit=20)["types"]}


def test_a_pesel_tells_birth_date_and_gender() -> None:
    found = call("id_numbers_read_person", type="pl.pesel", number="44051401359")
    assert (found["birth_date"], found["gender"]) == ("1944-05-14", "male")


def test_a_greek_vat_number_names_greece() -> None:
    assert call("id_numbers_check_vat", number="EL 094259216")["country"] == "GR"
    assert not call("id_numbers_check_vat", number="DE136695977")["valid"]


def test_isbn_forms_and_parts() -> None:
    forms = call("publication_ids_isbn_forms", isbn="0-306-40615-2")
    assert forms == {"isbn13": "9780306406157", "isbn10": "0306406152"}
    parts = call("publication_ids_isbn_parts", isbn="9780471117094")
    assert (parts["printed"], parts["registrant"]) == ("978-0-471-11709-4", "471")
    assert call("publication_ids_isbn_complete", digits="030640615")["isbn"] == "0306406152"


def test_issn_orcid_and_doi() -> None:
    assert call("publication_ids_issn_complete", digits="0378595")["issn"] == "0378-5955"
    assert call("publication_ids_issn_barcode", issn="0378-5955")["ean"] == "9770378595002"
    orcid = call("publication_ids_check", kind="orcid", number="0000-0002-1825-0097")
    assert orcid["printed"] == "0000-0002-1825-0097"
    assert call("publication_ids_doi_parts", doi="https://doi.org/10.1000/182")["registrant"] == "10.1000"


def test_security_numbers_of_apple_bae_and_volkswagen() -> None:
    assert call("security_ids_to_isin", kind="cusip", number="037833100", country="US")["isin"] == "US0378331005"
    assert call("security_ids_to_isin", kind="sedol", number="0263494", country="GB")["isin"] == "GB0002634946"
    parts = call("security_ids_isin_parts", isin="DE0007664039")
    assert (parts["kind"], parts["code"]) == ("wkn", "766403")
    with pytest.raises(InvalidArgument, match="US0378331006"):
        call("security_ids_isin_parts", isin="US0378331006")


def test_an_lei_has_two_check_digits() -> None:
    assert call("security_ids_lei_complete", body="213800KUD8LAJWSQ9D")["lei"] == "213800KUD8LAJWSQ9D15"


def test_barcodes_and_imei() -> None:
    assert call("product_codes_complete", digits="400638133393")["gtin"] == "4006381333931"
    assert call("product_codes_origin", gtin="4006381333931") == {"use": "company", "gs1_office": "DE"}
    assert call("product_codes_origin", gtin="9780306406157")["use"] == "book"
    assert call("product_codes_forms", gtin="036000291452")["ean13"] == "0036000291452"
    assert call("product_codes_imei_parts", imei="490154203237518")["valid"]
    fields = call("product_codes_gs1_parse", element_string="(01)09506000134352(10)ABC123")["fields"]
    assert fields == [{"identifier": "01", "value": "09506000134352"}, {"identifier": "10", "value": "ABC123"}]


def test_a_qr_code_of_a_short_text_is_version_1_with_finders() -> None:
    code = call("product_codes_qr_code", text="HELLO WORLD", error_correction="Q")
    assert (code["version"], code["modules_per_side"], code["mode"]) == ("1", 21, "alphanumeric")
    assert code["rows"][0][:7] == code["rows"][0][-7:] == code["rows"][-1][:7] == "1111111"
