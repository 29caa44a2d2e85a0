"""Text written in other alphabets of bytes and signs, and back."""

import base64
import binascii
import quopri
import zlib
from typing import Annotated, Literal
from urllib.parse import quote, unquote_to_bytes

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import InvalidArgument, ResourceExhausted
from mock_apis.network.addresses import HostName

encoding = Domain(
    "encoding", category="data_tools", description="Encode text for transport and decode it again; text is UTF-8."
)

EncodedText = Annotated[str, Entity("encoded.text")]
Scheme = Literal["base64", "base64url", "base32", "base85", "hex", "percent", "quoted_printable"]
LONGEST_TEXT = 1000


class Encoded(Record):
    encoded: EncodedText
    scheme: Scheme
    bytes: int
    """UTF-8 bytes of the text."""


class Decoded(Record):
    text: str
    bytes: int


class AsciiHost(Record):
    ascii_name: HostName


class UnicodeHost(Record):
    unicode_name: str


class CodePoint(Record):
    character: str
    code_point: str
    """Such as U+00E9."""
    utf8_hex: str
    html: str


class CodePoints(Record):
    total: int
    characters: list[CodePoint]


class Checksum(Record):
    crc32_hex: str
    adler32_hex: str
    bytes: int


@encoding.tool(example={"text": "Zürich", "scheme": "base64"}, errors=[ResourceExhausted], kind="computation")
def encode(w: World, text: str, scheme: Scheme) -> Encoded:
    """Encode a text as base64, base32, base85, hex, percent or quoted-printable.

    text: Text of at most 1000 characters, taken as UTF-8.
    scheme: How it is written; base64url is without padding, base85 is that of Python's b85encode.
    """
    raw = bytes_of("text", text)
    return Encoded(encoded=written(raw, scheme), scheme=scheme, bytes=len(raw))


@encoding.tool(
    example={"encoded": "@encoding_encode.encoded", "scheme": "base64"}, errors=[ResourceExhausted], kind="computation"
)
def decode(w: World, encoded: EncodedText, scheme: Scheme) -> Decoded:
    """Decode base64, base32, base85, hex, percent or quoted-printable to text.

    encoded: The encoded text, at most 4000 characters.
    scheme: How it is written; base64 and base64url need no padding.
    """
    if len(encoded) > 4 * LONGEST_TEXT:
        raise ResourceExhausted(f"encoded: {len(encoded)} characters are over {4 * LONGEST_TEXT}")
    try:
        raw = read(encoded, scheme)
        return Decoded(text=raw.decode(), bytes=len(raw))
    except UnicodeDecodeError:
        raise InvalidArgument("encoded: the bytes are no UTF-8 text") from None
    except (binascii.Error, ValueError) as error:
        raise InvalidArgument(f"encoded: is not {scheme}: {error}") from None


@encoding.tool(example={"name": "münchen.example"}, kind="computation")
def idn_to_ascii(w: World, name: str) -> AsciiHost:
    """Write an international domain name in its ASCII form with xn-- labels.

    name: Domain name with non-ASCII letters, at most 200 characters; IDNA 2003 rules.
    """
    try:
        ascii_name = name.encode("idna").decode().lower() if 0 < len(name) <= 200 else ""
    except UnicodeError:
        ascii_name = ""
    if not ascii_name or any(not (letter.isalnum() or letter in ".-") for letter in ascii_name):
        raise InvalidArgument(f"name '{name[:60]}' has an empty, too long or forbidden label")
    return AsciiHost(ascii_name=ascii_name)


@encoding.tool(example={"ascii_name": "@encoding_idn_to_ascii.ascii_name"}, kind="computation")
def idn_to_unicode(w: World, ascii_name: HostName) -> UnicodeHost:
    """Show the letters that the xn-- labels of a domain name stand for.

    ascii_name: Domain name in ASCII, for example xn--mnchen-3ya.example
    """
    try:
        return UnicodeHost(unicode_name=ascii_name[:250].encode().decode("idna"))
    except UnicodeError:
        raise InvalidArgument(f"ascii_name '{ascii_name[:60]}' has a label that IDNA 2003 does not allow") from None


@encoding.tool(example={"text": "é€"}, errors=[ResourceExhausted], kind="computation")
def code_points(w: World, text: str) -> CodePoints:
    """List the Unicode code points of a text with their UTF-8 bytes.

    text: Text of at most 40 characters.
    """
    if len(text) > 40:
        raise ResourceExhausted(f"text: {len(text)} characters are over 40")
    characters = [
        CodePoint(
            character=letter,
            code_point=f"U+{ord(letter):04X}",
            utf8_hex=letter.encode().hex(),
            html=f"&#x{ord(letter):X};",
        )
        for letter in text
    ]
    return CodePoints(total=len(characters), characters=characters)


@encoding.tool(example={"text": "123456789"}, errors=[ResourceExhausted], kind="computation")
def checksum(w: World, text: str) -> Checksum:
    """Work out the CRC-32 and Adler-32 checksums of a text.

    text: Text of at most 1000 characters, taken as UTF-8.
    """
    raw = bytes_of("text", text)
    return Checksum(crc32_hex=f"{zlib.crc32(raw):08x}", adler32_hex=f"{zlib.adler32(raw):08x}", bytes=len(raw))


def bytes_of(name: str, text: str) -> bytes:
    """The UTF-8 bytes. Raises ResourceExhausted."""
    if len(text) > LONGEST_TEXT:
        raise ResourceExhausted(f"{name}: {len(text)} characters are over {LONGEST_TEXT}")
    return text.encode()


def written(raw: bytes, scheme: Scheme) -> str:
    """The bytes in a scheme."""
    if scheme == "base64url":
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")
    if scheme == "percent":
        return quote(raw, safe="")
    if scheme == "quoted_printable":
        return quopri.encodestring(raw).decode()
    if scheme == "hex":
        return raw.hex()
    if scheme == "base64":
        return base64.b64encode(raw).decode()
    return (base64.b32encode(raw) if scheme == "base32" else base64.b85encode(raw)).decode()


def read(text: str, scheme: Scheme) -> bytes:
    """The bytes that are written in a scheme. Raises ValueError."""
    if scheme == "percent":
        return unquote_to_bytes(text)
    raw = text.strip().encode("ascii")
    if scheme in ("base64", "base64url"):
        altchars = b"-_" if scheme == "base64url" else None
        return base64.b64decode(
            raw.rstrip(b"=") + b"=" * (-len(raw.rstrip(b"=")) % 4), altchars=altchars, validate=True
        )
    if scheme == "base32":
        return base64.b32decode(raw, casefold=True)
    if scheme == "base85":
        return base64.b85decode(raw)
    return quopri.decodestring(raw) if scheme == "quoted_printable" else binascii.unhexlify(raw)
