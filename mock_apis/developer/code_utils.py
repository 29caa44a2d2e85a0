"""Small jobs of programmers: hashes, tokens, identifiers' spelling, differences of texts."""

import base64
import binascii
import difflib
import hashlib
import hmac as hmac_module
import json
import re
import uuid
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity, IsoDateTime
from mock_apis.core.errors import InvalidArgument, ResourceExhausted
from mock_apis.data_tools.json_text import JsonText, load_json
from mock_apis.storage.file_store import HashText

code_utils = Domain(
    "code_utils", category="developer", description="Hashes, tokens, names and differences of source text."
)

Token = Annotated[str, Entity("jwt.text")]
Uuid = Annotated[
    str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"), Entity("uuid.text")
]
Algorithm = Literal["md5", "sha1", "sha256", "sha384", "sha512", "sha3_256", "blake2b"]
Case = Literal["camelCase", "PascalCase", "snake_case", "kebab-case", "SCREAMING_SNAKE", "Title Case"]
LONGEST_TEXT = 2000
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


class Digest(Record):
    hex: HashText
    algorithm: Algorithm
    bits: int


class Verdict(Record):
    equal: bool


class UuidResult(Record):
    uuid: Uuid


class UuidParts(Record):
    uuid: Uuid
    version: int | None
    """Null for UUIDs of another variant than RFC 9562's."""
    variant: str
    created_at: IsoDateTime | None
    """UTC; only in versions 1 and 7."""


class SignedToken(Record):
    token: Token


class TokenParts(Record):
    algorithm: str
    header_json: JsonText
    claims_json: JsonText
    signature: Literal["not_checked", "valid", "wrong"]


class Name(Record):
    name: str


class TextDiff(Record):
    added: int
    removed: int
    similarity: float
    """1 for equal texts, 0 for texts without a common line."""
    diff: str


@code_utils.tool(
    example={"text": "abc", "algorithm": "sha256"},
    errors=[ResourceExhausted],
    kind="computation",
    equivalent_to=["text_tools_hash"],
)
def hash_text(w: World, text: str, algorithm: Algorithm = "sha256") -> Digest:
    """Work out the hash of a text, as hex digits.

    text: Text of at most 2000 characters, taken as UTF-8.
    algorithm: Which hash; md5 and sha1 are not safe against forgery.
    """
    digest = hashlib.new(algorithm, raw_of("text", text), usedforsecurity=False)
    return Digest(hex=digest.hexdigest(), algorithm=algorithm, bits=digest.digest_size * 8)


@code_utils.tool(
    example={"text": "what do ya want for nothing?", "key": "Jefe"}, errors=[ResourceExhausted], kind="computation"
)
def hmac(w: World, text: str, key: str, algorithm: Literal["sha1", "sha256", "sha384", "sha512"] = "sha256") -> Digest:
    """Work out the HMAC of a text with a secret key, as hex digits.

    text: Text of at most 2000 characters, taken as UTF-8.
    key: The secret, taken as UTF-8.
    algorithm: The hash that is used within.
    """
    digest = hmac_module.new(raw_of("key", key), raw_of("text", text), algorithm)
    return Digest(hex=digest.hexdigest(), algorithm=algorithm, bits=digest.digest_size * 8)


@code_utils.tool(
    example={"hex": "@code_utils_hash_text.hex", "other_hex": "@files_digest.sha256"},
    errors=[ResourceExhausted],
    kind="computation",
)
def same_hash(w: World, hex: HashText, other_hex: HashText) -> Verdict:
    """Tell whether two hashes in hex digits are the same, in any case.

    hex: One hash, for example from code_utils_hash_text or files_digest.
    other_hex: The hash to compare it with; spaces and colons do not count.
    """
    one, two = (re.sub(r"[\s:]", "", text).lower() for text in (short("hex", hex), short("other_hex", other_hex)))
    for name, text in (("hex", one), ("other_hex", two)):
        if re.fullmatch(r"([0-9a-f]{2})+", text) is None:
            raise InvalidArgument(f"{name} '{text[:40]}' is not made of pairs of hex digits")
    return Verdict(equal=one == two)


@code_utils.tool(
    example={"namespace": "dns", "name": "www.example.com"}, errors=[ResourceExhausted], kind="computation"
)
def uuid5(w: World, namespace: Literal["dns", "url", "oid", "x500"], name: str) -> UuidResult:
    """Make the name-based UUID (version 5) of a name.

    namespace: Which sort of name it is.
    name: The name, for example www.example.com for dns.
    """
    spaces = {
        "dns": uuid.NAMESPACE_DNS,
        "url": uuid.NAMESPACE_URL,
        "oid": uuid.NAMESPACE_OID,
        "x500": uuid.NAMESPACE_X500,
    }
    return UuidResult(uuid=str(uuid.uuid5(spaces[namespace], short("name", name))))


@code_utils.tool(example={"uuid_text": "@code_utils_uuid5.uuid"}, kind="computation")
def inspect_uuid(w: World, uuid_text: Uuid) -> UuidParts:
    """Tell a UUID's version and variant, and its time if it holds one.

    uuid_text: UUID of 32 lower-case hex digits with hyphens.
    """
    read = uuid.UUID(uuid_text)
    standard = read.variant == uuid.RFC_4122
    version = read.int >> 76 & 0xF if standard else None
    at: datetime | None = None
    if version == 1:
        at = datetime(1582, 10, 15) + timedelta(microseconds=read.time // 10)
    elif version == 7:
        at = datetime(1970, 1, 1) + timedelta(milliseconds=read.int >> 80)
    variant = (
        "RFC 9562"
        if standard
        else {uuid.RESERVED_NCS: "NCS", uuid.RESERVED_MICROSOFT: "Microsoft"}.get(read.variant, "reserved")
    )
    return UuidParts(
        uuid=str(read), version=version, variant=variant, created_at=at.isoformat(timespec="minutes") if at else None
    )


@code_utils.tool(
    example={"claims": '{"sub": "1234567890", "admin": true}', "secret": "top-secret"},
    errors=[ResourceExhausted],
    kind="computation",
)
def sign_jwt(w: World, claims: JsonText, secret: str) -> SignedToken:
    """Sign claims as a JSON Web Token with HMAC-SHA-256 (HS256).

    claims: JSON object with the claims.
    secret: The shared secret, not empty, taken as UTF-8.
    """
    value = load_json("claims", claims)
    if not isinstance(value, dict) or not secret:
        raise InvalidArgument("claims: is not a JSON object, or the secret is empty")
    parts = [compact({"alg": "HS256", "typ": "JWT"}), compact(value)]
    return SignedToken(token=".".join([*parts, signature_of(parts, short("secret", secret))]))


@code_utils.tool(
    example={"token": "@code_utils_sign_jwt.token", "secret": "top-secret"},
    errors=[ResourceExhausted],
    kind="computation",
)
def decode_jwt(w: World, token: Token, secret: str | None = None) -> TokenParts:
    """Show a JSON Web Token's header and claims, and check an HS256 signature.

    token: Three parts joined by dots, as given by code_utils_sign_jwt.
    secret: The shared secret; without it the signature is not checked.
    """
    if len(token) > 6000:
        raise ResourceExhausted(f"token: {len(token)} characters are over 6000")
    parts = token.split(".")
    if len(parts) != 3:
        raise InvalidArgument(f"token: has {len(parts)} parts, not three joined by dots")
    texts = []
    for part in parts[:2]:
        try:
            texts.append(base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True).decode())
        except (binascii.Error, ValueError):
            raise InvalidArgument("token: a part is no base64url text") from None
    header, claims = load_json("token", texts[0]), load_json("token", texts[1])
    if not isinstance(header, dict) or not isinstance(claims, dict):
        raise InvalidArgument("token: the header or the claims are no JSON object")
    algorithm = str(header.get("alg", "none"))[:40]
    signature: Literal["not_checked", "valid", "wrong"] = "not_checked"
    if secret is not None and algorithm == "HS256":
        expected = signature_of(parts[:2], short("secret", secret))
        signature = "valid" if expected == parts[2] else "wrong"
    elif secret is not None:
        raise InvalidArgument(f"secret: only HS256 is checked, the token says {algorithm}")
    return TokenParts(algorithm=algorithm, header_json=texts[0], claims_json=texts[1], signature=signature)


@code_utils.tool(
    example={"name": "parseHTTPResponse", "case": "snake_case"}, errors=[ResourceExhausted], kind="computation"
)
def convert_case(w: World, name: str, case: Case) -> Name:
    """Spell an identifier in another case style, as in snake_case or camelCase.

    name: Identifier or words in ASCII letters and digits, for example parseHTTPResponse.
    case: The style that is wanted.
    """
    words = [word.lower() for word in WORD.findall(short("name", name))]
    if not words:
        raise InvalidArgument(f"name '{name[:40]}' has no ASCII letter or digit")
    capital = [word.capitalize() for word in words]
    styles = {
        "camelCase": words[0] + "".join(capital[1:]),
        "PascalCase": "".join(capital),
        "snake_case": "_".join(words),
        "kebab-case": "-".join(words),
        "SCREAMING_SNAKE": "_".join(words).upper(),
        "Title Case": " ".join(capital),
    }
    return Name(name=styles[case])


@code_utils.tool(example={"before": "a\nb\nc", "after": "a\nB\nc\nd"}, errors=[ResourceExhausted], kind="computation")
def diff(w: World, before: str, after: str) -> TextDiff:
    """Compare two texts line by line and give a unified diff.

    before: The earlier text, at most 2000 characters.
    after: The later text, at most 2000 characters.
    """
    one, two = short("before", before).splitlines(), short("after", after).splitlines()
    lines = list(difflib.unified_diff(one, two, lineterm="", n=1))[2:]
    return TextDiff(
        added=sum(line.startswith("+") for line in lines),
        removed=sum(line.startswith("-") for line in lines),
        similarity=round(difflib.SequenceMatcher(None, one, two, autojunk=False).ratio(), 4),
        diff="\n".join(lines),
    )


def short(name: str, text: str) -> str:
    """The text. Raises ResourceExhausted if it is too long."""
    if len(text) > LONGEST_TEXT:
        raise ResourceExhausted(f"{name}: {len(text)} characters are over {LONGEST_TEXT}")
    return text


def raw_of(name: str, text: str) -> bytes:
    """The UTF-8 bytes. Raises ResourceExhausted if the text is too long."""
    return short(name, text).encode()


def compact(value: dict[str, object]) -> str:
    """A JSON object in base64url without padding."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def signature_of(parts: list[str], secret: str) -> str:
    """The HS256 signature of header and claims."""
    digest = hmac_module.new(secret.encode(), ".".join(parts).encode(), "sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
