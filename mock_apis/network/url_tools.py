"""URLs taken apart, put together and cleaned."""

from typing import Annotated, Any
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.errors import InvalidArgument, ResourceExhausted
from mock_apis.network.addresses import HostName, Url

url_tools = Domain("url_tools", category="network", description="Take URLs apart and put them together (RFC 3986).")

LONGEST_TEXT = 1000
TRACKING = ("fbclid", "gclid", "msclkid", "mc_eid", "igshid")


class Pair(Record):
    name: str
    value: str


class UrlParts(Record):
    scheme: str
    host: HostName | None
    port: int | None
    path: str
    query: list[Pair]
    fragment: str


class UrlResult(Record):
    url: Url


@url_tools.tool(
    example={"url": "https://example.com:8443/a%20b?q=tea&page=2#top"}, errors=[ResourceExhausted], kind="computation"
)
def parse(w: World, url: Url) -> UrlParts:
    """Split a URL into scheme, host, port, path, query and fragment.

    url: An absolute URL with a host, at most 1000 characters.
    """
    split = split_url("url", url)
    pairs = [Pair(name=name, value=value) for name, value in parse_qsl(split.query, keep_blank_values=True)[:20]]
    return UrlParts(
        scheme=split.scheme, host=host_of(split), port=split.port, path=split.path, query=pairs, fragment=split.fragment
    )


@url_tools.tool(
    example={"base": "https://example.com/shop/", "path": "tea", "names": ["page"], "values": ["2"]},
    errors=[ResourceExhausted],
    kind="computation",
)
def build(
    w: World,
    base: Url,
    path: str = "",
    names: Annotated[list[str], Field(max_length=10)] = [],  # noqa: B006
    values: Annotated[list[str], Field(max_length=10)] = [],  # noqa: B006
) -> UrlResult:
    """Join a base URL, a relative path and query parameters into one URL.

    base: An absolute URL with a host.
    path: Path to go to from the base, unescaped; / at its start means from the root.
    names: Names of query parameters.
    values: Their values, as many as there are names.
    """
    split_url("base", base)
    if len(names) != len(values):
        raise InvalidArgument(f"values: {len(values)} values for {len(names)} names")
    if len(path) > LONGEST_TEXT or path.startswith("//"):
        raise InvalidArgument("path: is over 1000 characters or starts with //")
    joined = urljoin(base, "./" * (not path.startswith("/")) + quote(path, safe="/.-_~")) if path else base
    query = urlencode(list(zip(names, values, strict=True)), quote_via=quote)
    split = split_url("base", joined)
    merged = "&".join(part for part in (split.query, query) if part)
    url = split._replace(query=merged).geturl()
    if len(url) > 2 * LONGEST_TEXT:
        raise ResourceExhausted(f"base: gives a URL of {len(url)} characters")
    return UrlResult(url=url)


@url_tools.tool(
    example={"url": "HTTPS://Example.com:443/tea?utm_source=mail&page=2#top"},
    errors=[ResourceExhausted],
    kind="computation",
)
def clean(w: World, url: Url) -> UrlResult:
    """Take tracking parameters, fragment and default port out of a URL.

    url: An absolute URL with a host; utm_*, gclid, fbclid, msclkid, mc_eid and igshid are dropped.
    """
    split = split_url("url", url)
    host = split.hostname if ":" not in split.hostname else f"[{split.hostname}]"
    port = "" if split.port in (None, {"http": 80, "https": 443}.get(split.scheme)) else f":{split.port}"
    parts = [
        part for part in split.query.split("&")
        if not part.startswith("utm_") and part.split("=")[0] not in TRACKING
    ]  # fmt: skip
    cleaned = split._replace(netloc=f"{host}{port}", path=split.path or "/", query="&".join(parts), fragment="")
    return UrlResult(url=cleaned.geturl())


def split_url(name: str, url: str) -> Any:
    """The parts of an absolute URL. Raises InvalidArgument or ResourceExhausted."""
    short(name, url)
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError as error:
        raise InvalidArgument(f"{name}: {error}") from None
    if not split.scheme or not split.hostname or port == 0:
        raise InvalidArgument(f"{name} '{url[:60]}' is no absolute URL with a host")
    return split


def host_of(split: Any) -> str | None:
    """The host if it is made of plain signs, else null."""
    host = split.hostname or ""
    return host if host.isascii() and all(letter.isalnum() or letter in "._-" for letter in host) else None


def short(name: str, text: str) -> str:
    """The text. Raises ResourceExhausted if it is too long."""
    if len(text) > LONGEST_TEXT:
        raise ResourceExhausted(f"{name}: {len(text)} characters are over {LONGEST_TEXT}")
    return text
