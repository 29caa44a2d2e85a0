"""Barcodes of products, parcels and devices, and QR codes."""

import hashlib
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CountryCode, Entity
from mock_apis.core.errors import InvalidArgument, NotFound, ResourceExhausted
from mock_apis.identifiers.verdicts import Verdict, judge
from mock_apis.shopping.stock import PRODUCTS, ProductId

product_codes = Domain(
    "product_codes", category="identifiers", description="GTIN (EAN, UPC), GS1, IMEI and QR codes: checks and parts."
)

Gtin = Annotated[str, Field(pattern=r"^[0-9]{8,14}$"), Entity("product.gtin")]
"""EAN-8, UPC-A, EAN-13 or GTIN-14."""
Imei = Annotated[str, Field(pattern=r"^[0-9]{15}$")]
Element = Annotated[str, Entity("gs1.element_string")]
Digits = Annotated[str, Field(pattern=r"^[0-9]{7,13}$")]

LENGTHS = (8, 12, 13, 14)
PREFIXES: tuple[tuple[int, int, str], ...] = (
    (1, 19, "US"), (30, 39, "US"), (60, 139, "US"), (300, 379, "FR"), (380, 380, "BG"), (383, 383, "SI"),
    (385, 385, "HR"), (400, 440, "DE"), (450, 459, "JP"), (460, 469, "RU"), (471, 471, "TW"), (474, 474, "EE"),
    (475, 475, "LV"), (477, 477, "LT"), (482, 482, "UA"), (490, 499, "JP"), (500, 509, "GB"), (520, 521, "GR"),
    (529, 529, "CY"), (535, 535, "MT"), (539, 539, "IE"), (540, 549, "BE"), (560, 560, "PT"), (569, 569, "IS"),
    (570, 579, "DK"), (590, 590, "PL"), (594, 594, "RO"), (599, 599, "HU"), (600, 601, "ZA"), (640, 649, "FI"),
    (690, 699, "CN"), (700, 709, "NO"), (729, 729, "IL"), (730, 739, "SE"), (750, 750, "MX"), (754, 755, "CA"),
    (760, 769, "CH"), (770, 771, "CO"), (780, 780, "CL"), (789, 790, "BR"), (800, 839, "IT"), (840, 849, "ES"),
    (858, 858, "SK"), (859, 859, "CZ"), (868, 869, "TR"), (870, 879, "NL"), (880, 880, "KR"), (885, 885, "TH"),
    (888, 888, "SG"), (890, 890, "IN"), (893, 893, "VN"), (900, 919, "AT"), (930, 939, "AU"), (940, 949, "NZ"),
)  # fmt: skip
"""First three digits of an EAN-13, and the country of the GS1 office that gives them out."""


class GtinCheck(Verdict):
    kind: Literal["EAN-8", "UPC-A", "EAN-13", "GTIN-14"] | None


class BuiltGtin(Record):
    gtin: Gtin
    check_digit: int


class Origin(Record):
    use: Literal["company", "in-store", "book", "journal", "other"]
    gs1_office: CountryCode | None
    """Where the company is a member, not where the product is made; BE stands for Belgium and Luxembourg."""


class GtinForms(Record):
    ean13: Gtin
    upc_a: Gtin | None
    """Null unless the EAN-13 starts with 0."""
    gtin14: Gtin


class ProductBarcode(Record):
    product_id: ProductId
    gtin: Gtin


class Gs1Field(Record):
    identifier: str
    """Application identifier: 01 GTIN, 10 batch, 17 expiry, 21 serial and so on."""
    value: str


class Gs1Fields(Record):
    total: int
    fields: list[Gs1Field]


class BuiltElement(Record):
    element_string: Element


class ImeiParts(Record):
    valid: bool
    type_allocation_code: str
    """Names the model."""
    serial: str
    check_digit: int


class QrFacts(Record):
    version: str
    """1 to 40."""
    error_correction: str
    modules_per_side: int
    """Without the quiet zone of four modules."""
    mode: str
    rows: list[str]
    """The symbol with 1 for dark, for versions 1 to 3; empty for larger ones."""


@product_codes.tool(example={"gtin": "4006381333931"}, kind="computation")
def check(w: World, gtin: Gtin) -> GtinCheck:
    """Check the check digit of an EAN-8, UPC-A, EAN-13 or GTIN-14.

    gtin: The digits below the barcode, without spaces.
    """
    from stdnum import ean

    verdict = judge(ean, gtin)
    kinds: dict[int, Literal["EAN-8", "UPC-A", "EAN-13", "GTIN-14"]]
    kinds = {8: "EAN-8", 12: "UPC-A", 13: "EAN-13", 14: "GTIN-14"}
    return GtinCheck(**verdict.model_dump(), kind=kinds.get(len(gtin)))


@product_codes.tool(example={"digits": "400638133393"}, kind="computation")
def complete(w: World, digits: Digits) -> BuiltGtin:
    """Append the check digit to 7, 11, 12 or 13 digits of a GTIN.

    digits: The digits before the check digit.
    """
    if len(digits) + 1 not in LENGTHS:
        raise InvalidArgument(f"digits '{digits}': give 7, 11, 12 or 13 digits")
    gtin = with_check_digit(digits)
    return BuiltGtin(gtin=gtin, check_digit=int(gtin[-1]))


@product_codes.tool(example={"gtin": "@product_codes_complete.gtin"}, kind="data")
def origin(w: World, gtin: Gtin) -> Origin:
    """Tell from a GTIN's prefix which GS1 office gave it out, or its special use.

    gtin: Valid EAN-13, UPC-A or GTIN-14.
    """
    prefix = int(to_ean13(gtin)[:3])
    if prefix in (978, 979):
        return Origin(use="book", gs1_office=None)
    if prefix == 977:
        return Origin(use="journal", gs1_office=None)
    if 20 <= prefix <= 29 or 40 <= prefix <= 49 or 200 <= prefix <= 299:
        return Origin(use="in-store", gs1_office=None)
    office = next((country for low, high, country in PREFIXES if low <= prefix <= high), None)
    return Origin(use="company" if office else "other", gs1_office=office)


@product_codes.tool(example={"gtin": "036000291452"}, kind="computation")
def forms(w: World, gtin: Gtin) -> GtinForms:
    """Convert a GTIN between UPC-A, EAN-13 and GTIN-14.

    gtin: Valid UPC-A, EAN-13, or GTIN-14 of a single item (first digit 0).
    """
    ean = to_ean13(gtin)
    if len(gtin) == 14 and gtin[0] != "0":
        raise InvalidArgument(f"gtin '{gtin}' names a case of items (first digit {gtin[0]}), which has no EAN-13")
    return GtinForms(ean13=ean, upc_a=ean[1:] if ean[0] == "0" else None, gtin14=f"0{ean}")


@product_codes.tool(example={"product_id": "@store_search.products[0].product_id"}, errors=[NotFound], kind="generated")
def of_product(w: World, product_id: ProductId) -> ProductBarcode:
    """Get the in-store EAN-13 that the fictional store prints on a product.

    product_id: The product, as given by store_search.
    """
    PRODUCTS.get(w, product_id)
    number = int(hashlib.sha256(product_id.encode()).hexdigest(), 16) % 10**10
    return ProductBarcode(product_id=product_id, gtin=with_check_digit(f"29{number:010d}"))


@product_codes.tool(example={"element_string": "(01)09506000134352(10)ABC123(17)261231"}, kind="computation")
def gs1_parse(w: World, element_string: Element) -> Gs1Fields:
    """Split a GS1 element string into its application identifiers and values.

    element_string: Text of a GS1-128 or DataMatrix code, such as (01)09506000134352(10)ABC123.
    """
    from stdnum import gs1_128
    from stdnum.exceptions import ValidationError

    try:
        if len(element_string) > 200 or not element_string.isascii():
            raise ValueError("longer than 200 characters, or not ASCII")
        found = gs1_128.info(element_string)
    except (ValidationError, ValueError, LookupError, ArithmeticError):
        raise InvalidArgument(f"element_string '{element_string[:60]}' is no GS1 element string") from None
    fields = [Gs1Field(identifier=key, value=str(value)) for key, value in sorted(found.items())]
    return Gs1Fields(total=len(fields), fields=fields)


@product_codes.tool(example={"gtin": "@product_codes_of_product.gtin", "batch": "L42"}, kind="computation")
def gs1_build(
    w: World, gtin: Gtin, batch: Annotated[str, Field(pattern=r"^[A-Z0-9]{1,20}$")], units: int | None = None
) -> BuiltElement:
    """Build the GS1 element string of a product with its batch and count.

    gtin: Valid UPC-A, EAN-13 or GTIN-14 of the product.
    batch: Batch number of up to 20 capital letters and digits.
    units: How many units the package holds, 1 to 99999999; not stated if left out.
    """
    to_ean13(gtin)
    if units is not None and not 1 <= units <= 99999999:
        raise InvalidArgument(f"units {units} is not between 1 and 99999999")
    count = f"(37){units}" if units else ""
    return BuiltElement(element_string=f"(01){gtin.zfill(14)}(10){batch}{count}")


@product_codes.tool(example={"imei": "490154203237518"}, kind="computation")
def imei_parts(w: World, imei: Imei) -> ImeiParts:
    """Check an IMEI's check digit and split it into model code and serial number.

    imei: Fifteen digits, as a phone shows for *#06#.
    """
    from stdnum import luhn

    return ImeiParts(
        valid=luhn.is_valid(imei), type_allocation_code=imei[:8], serial=imei[8:14], check_digit=int(imei[14])
    )


@product_codes.tool(
    example={"text": "@product_codes_gs1_build.element_string"}, errors=[ResourceExhausted], kind="computation"
)
def qr_code(w: World, text: Element, error_correction: Literal["L", "M", "Q", "H"] = "M") -> QrFacts:
    """Make the QR code of a text and give its version, size and, if small, its modules.

    text: What the code is to say, up to 300 characters.
    error_correction: Least level of error correction; it is raised if that costs no space.
    """
    import segno

    if not text or len(text) > 300:
        raise InvalidArgument(f"text has {len(text)} characters; give 1 to 300")
    try:
        code = segno.make_qr(text, error=error_correction)
    except ValueError:
        raise ResourceExhausted("text does not fit into a QR code") from None
    rows = ["".join("1" if module else "0" for module in row) for row in code.matrix]
    return QrFacts(
        version=str(code.version),
        error_correction=str(code.error),
        modules_per_side=len(rows),
        mode=str(code.mode),
        rows=rows if len(rows) <= 29 else [],
    )


def with_check_digit(digits: str) -> str:
    """The digits and their GS1 check digit."""
    from stdnum import ean

    return digits + str(ean.calc_check_digit(digits))


def to_ean13(gtin: str) -> str:
    """The number of the item as EAN-13. Raises InvalidArgument for an EAN-8 or a wrong digit."""
    from stdnum import ean

    if len(gtin) not in (12, 13, 14) or not judge(ean, gtin).valid:
        raise InvalidArgument(f"gtin '{gtin}' is not a valid UPC-A, EAN-13 or GTIN-14; see product_codes_check")
    return with_check_digit(gtin[1:13]) if len(gtin) == 14 else gtin.zfill(13)
