"""What HTTP's codes, headers and media types mean, and cookies and cache rules taken apart."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import Entity, Limit
from mock_apis.core.errors import InvalidArgument, NotFound, ResourceExhausted

http_reference = Domain(
    "http_reference", category="developer", description="Reference of HTTP (RFC 9110 and others), and media types."
)

StatusCode = Annotated[int, Field(ge=100, le=599), Entity("http.status")]
HeaderName = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+$")]
MediaType = Annotated[str, Field(pattern=r"^[A-Za-z0-9.+_-]+/[A-Za-z0-9.+_-]+$"), Entity("media.type")]
LONGEST_TEXT = 1000


class Status(Record):
    code: StatusCode
    name: str
    meaning: str
    cacheable: bool
    """Whether caches may keep it by default."""
    rfc: int


class StatusList(Record):
    total: int
    statuses: list[Status]


class Header(Record):
    name: HeaderName
    sent_in: Literal["request", "response", "both"]
    meaning: str
    standard: str
    example: str


class HeaderList(Record):
    total: int
    headers: list[Header]


class Media(Record):
    type: MediaType
    extensions: list[str]
    registered: bool
    """Whether IANA lists it."""
    compressible: bool | None


class MediaList(Record):
    total: int
    types: list[Media]


class Cookie(Record):
    name: str
    value: str
    secure: bool
    http_only: bool
    same_site: str | None
    max_age_s: int | None
    """Null for a cookie of the session, or one with only Expires."""
    domain: str | None
    path: str | None
    expires: str | None


class CacheRules(Record):
    storable: bool
    """False with no-store."""
    shared: bool
    """Whether shared caches may store it; False with no-store or private."""
    check_before_use: bool
    """Whether no-cache stands there."""
    fresh_for_s: int | None
    """Of s-maxage or, without it, max-age; null if neither stands there."""
    directives: list[str]


class Choice(Record):
    chosen: MediaType | None
    """Null if nothing offered is acceptable: status 406."""
    quality: float


@http_reference.tool(example={"query": "too many requests"}, kind="data")
def search_statuses(w: World, query: str, limit: Limit = 5) -> StatusList:
    """Find HTTP status codes by words of their name or meaning.

    query: Words, all of which the name or the meaning contains, or the first digits of a code.
    limit: At most this many codes.
    """
    words = query.casefold().split()
    rows = [
        row for row in load_rows("http_statuses") if holds(words, f"{row['name']} {row['meaning']}", str(row["code"]))
    ]
    return StatusList(total=len(rows), statuses=[Status(**row) for row in rows[:limit]])


@http_reference.tool(example={"code": 404}, errors=[NotFound], kind="data")
def status(w: World, code: StatusCode) -> Status:
    """Tell what an HTTP status code means and whether it is cacheable.

    code: Three-digit code, for example 404.
    """
    for row in load_rows("http_statuses"):
        if row["code"] == code:
            return Status(**row)
    raise NotFound(f"no status with code {code} is known; see http_reference_search_statuses")


@http_reference.tool(example={"query": "cache"}, kind="data")
def headers(
    w: World, query: str, sent_in: Literal["request", "response"] | None = None, limit: Limit = 5
) -> HeaderList:
    """Find HTTP header fields by name or meaning, with an example of each.

    query: Words, all of which the name or the meaning contains.
    sent_in: Only fields that stand in requests, or in responses; both if left out.
    limit: At most this many fields, by name.
    """
    words = query.casefold().split()
    rows = [row for row in load_rows("http_headers") if holds(words, f"{row['name']} {row['meaning']}", "")]
    rows = [row for row in rows if sent_in is None or row["sent_in"] in (sent_in, "both")]
    return HeaderList(total=len(rows), headers=[Header(**row) for row in rows[:limit]])


@http_reference.tool(example={"extension": "svg"}, kind="data")
def media_types(w: World, extension: str, limit: Limit = 5) -> MediaList:
    """Find the media types of a file name or file name extension.

    extension: Extension such as svg, or a file name such as logo.svg.
    limit: At most this many types, those of IANA first.
    """
    wanted = extension.rsplit(".", 1)[-1].casefold()
    rows = [row for row in load_rows("mime_types") if wanted in row["extensions"]]
    rows.sort(key=lambda row: (not row["registered"], row["type"]))
    return MediaList(total=len(rows), types=[Media(**row) for row in rows[:limit]])


@http_reference.tool(example={"type": "@http_reference_media_types.types[0].type"}, errors=[NotFound], kind="data")
def extensions(w: World, type: MediaType) -> Media:
    """Tell the file name extensions of a media type, the usual one first.

    type: Media type such as image/svg+xml, without parameters.
    """
    for row in load_rows("mime_types"):
        if row["type"] == type.casefold():
            return Media(**row)
    raise NotFound(f"no type '{type[:80]}' with a file name extension is known; see http_reference_media_types")


@http_reference.tool(
    example={"header": "id=42; Max-Age=3600; Path=/; Secure; HttpOnly; SameSite=Lax"},
    errors=[ResourceExhausted],
    kind="computation",
)
def parse_set_cookie(w: World, header: str) -> Cookie:
    """Read a Set-Cookie header into name, value and attributes.

    header: Value of the header, at most 1000 characters.
    """
    first, *rest = [part.strip() for part in short("header", header).split(";")]
    name, sign, value = first.partition("=")
    if not sign or not name.strip():
        raise InvalidArgument("header: does not start with name=value")
    given: dict[str, str] = {}
    for part in rest:
        key, _, text = part.partition("=")
        given[key.strip().lower()] = text.strip()
    age = given.get("max-age", "")
    whole = age.removeprefix("-")
    return Cookie(
        name=name.strip(), value=value.strip(), secure="secure" in given, http_only="httponly" in given,
        same_site=given.get("samesite"), domain=given.get("domain"), path=given.get("path"),
        expires=given.get("expires"),
        max_age_s=int(age) if whole.isascii() and whole.isdigit() and len(whole) < 12 else None,
    )  # fmt: skip


@http_reference.tool(
    example={"header": "public, max-age=600, s-maxage=3600"}, errors=[ResourceExhausted], kind="computation"
)
def cache_rules(w: World, header: str) -> CacheRules:
    """Tell what a Cache-Control header of a response allows caches to do.

    header: Value of the header, at most 1000 characters.
    """
    given: dict[str, str] = {}
    for part in short("header", header).split(","):
        name, _, value = part.strip().partition("=")
        if name:
            given.setdefault(name.strip().lower(), value.strip().strip('"'))
    ages = [
        given[name]
        for name in ("s-maxage", "max-age")
        if given.get(name, "").isascii() and given.get(name, "").isdigit()
    ]
    stored = "no-store" not in given
    return CacheRules(
        storable=stored, shared=stored and "private" not in given, check_before_use="no-cache" in given,
        fresh_for_s=min(int(ages[0][:12]), 2**31) if ages else None, directives=list(given)[:20],
    )  # fmt: skip


@http_reference.tool(
    example={"accept": "text/html, application/json;q=0.9, */*;q=0.1", "offered": ["application/json", "text/csv"]},
    errors=[ResourceExhausted],
    kind="computation",
)
def negotiate(w: World, accept: str, offered: Annotated[list[MediaType], Field(min_length=1, max_length=10)]) -> Choice:
    """Choose the media type that an Accept header prefers among those offered.

    accept: Value of the header; ranges such as text/* and weights such as ;q=0.8 count.
    offered: Media types that the server has, its favourite first.
    """
    ranges: dict[str, float] = {}
    for part in short("accept", accept).split(","):
        name, *parameters = [text.strip().lower() for text in part.split(";")]
        weights = [text[2:].strip() for text in parameters if text.startswith("q=")]
        ranges[name] = weight_of(weights[0]) if weights else 1.0
    best = max(offered, key=lambda name: quality(ranges, name))
    found = quality(ranges, best)
    return Choice(chosen=best if found > 0 else None, quality=found)


def weight_of(text: str) -> float:
    """A weight from 0 to 1 with at most three decimals. Raises InvalidArgument."""
    digits = text.replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit()) or len(text) > 5 or float(text) > 1:
        raise InvalidArgument(f"accept: '{text[:20]}' is no weight from 0 to 1")
    return float(text)


def quality(ranges: dict[str, float], name: str) -> float:
    """The weight of the most precise range that holds a type."""
    lower = name.lower()
    for wanted in (lower, f"{lower.split('/')[0]}/*", "*/*"):
        if wanted in ranges:
            return ranges[wanted]
    return 0.0


def holds(words: list[str], text: str, code: str) -> bool:
    """Whether a text has all the words, or the one word is the start of a code."""
    lower = text.casefold()
    return all(word in lower for word in words) or (len(words) == 1 and bool(code) and code.startswith(words[0]))


def short(name: str, text: str) -> str:
    """The text. Raises ResourceExhausted if it is too long."""
    if len(text) > LONGEST_TEXT:
        raise ResourceExhausted(f"{name}: {len(text)} characters are over {LONGEST_TEXT}")
    return text
