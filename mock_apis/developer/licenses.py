"""Software licences of the SPDX list, and expressions made of them."""

import re
from typing import Annotated, Literal

from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import Entity, Limit
from mock_apis.core.errors import InvalidArgument, NotFound
from mock_apis.developer.git_rules import LicenseId
from mock_apis.network.addresses import Url

licenses = Domain("licenses", category="developer", description="Licences of the SPDX License List; no legal advice.")

LicenseExpression = Annotated[str, Entity("license.expression")]
TOKEN = re.compile(r"\s*(\(|\)|[A-Za-z0-9.+-]+)")
LONGEST_EXPRESSION = 200


class License(Record):
    license_id: LicenseId
    name: str
    osi_approved: bool
    """Whether the Open Source Initiative has approved it, as the SPDX list says."""
    url: Url | None


class LicenseList(Record):
    total: int
    licenses: list[License]


class Alternative(Record):
    license_ids: list[LicenseId]
    """All of these hold together."""
    osi_approved: bool
    """All of them are."""


class Expression(Record):
    expression: LicenseExpression
    """In normal spelling."""
    exceptions: list[str]
    total: int
    alternatives: list[Alternative]
    """One of these may be chosen; at most ten are shown."""


class Joined(Record):
    expression: LicenseExpression


@licenses.tool(example={"query": "apache"}, kind="data")
def search(w: World, query: str, osi_approved: bool | None = None, limit: Limit = 5) -> LicenseList:
    """Find software licences by words of their name or identifier.

    query: Part of the SPDX identifier or the full name, in any case.
    osi_approved: Only licences that the OSI has approved, or only others; both if left out.
    limit: At most this many licences, by identifier.
    """
    rows = [read for row in load_rows("licenses") if (read := license_of(row))]
    rows = [row for row in rows if query.casefold() in f"{row.license_id} {row.name}".casefold()]
    rows = [row for row in rows if osi_approved in (None, row.osi_approved)]
    return LicenseList(total=len(rows), licenses=rows[:limit])


@licenses.tool(
    example={"license_id": "@git_host_repositories.repositories[0].license_id"}, errors=[NotFound], kind="data"
)
def get(w: World, license_id: LicenseId) -> License:
    """Show a licence's full name, OSI approval and address.

    license_id: SPDX identifier, for example Apache-2.0, in any case.
    """
    return find("license_id", license_id)


@licenses.tool(example={"expression": "(MIT OR Apache-2.0) AND BSD-3-Clause"}, errors=[NotFound], kind="data")
def parse_expression(w: World, expression: LicenseExpression) -> Expression:
    """List the choices of licences that an SPDX expression leaves.

    expression: Identifiers with AND, OR, WITH and brackets, at most 200 characters.
    """
    tokens = tokens_of(expression)
    exceptions: list[str] = []
    choices, rest = read_or(tokens, 0, exceptions, 0)
    if rest != len(tokens):
        raise InvalidArgument(f"expression: '{tokens[rest]}' is not expected there")
    unique = list(dict.fromkeys(choices))
    alternatives = [
        Alternative(
            license_ids=list(choice), osi_approved=all(find("expression", name).osi_approved for name in choice)
        )
        for choice in unique[:10]
    ]
    text = " ".join(tokens).replace("( ", "(").replace(" )", ")")
    return Expression(expression=text, exceptions=sorted(set(exceptions)), total=len(unique), alternatives=alternatives)


@licenses.tool(
    example={"first": "MIT", "second": "@licenses_get.license_id", "relation": "OR"}, errors=[NotFound], kind="data"
)
def join(w: World, first: LicenseId, second: LicenseId, relation: Literal["AND", "OR"]) -> Joined:
    """Write an SPDX expression for two licences that both hold or of which one is chosen.

    first: SPDX identifier of one licence.
    second: SPDX identifier of the other licence.
    relation: AND if both hold, OR if the user may choose.
    """
    one, two = find("first", first).license_id, find("second", second).license_id
    return Joined(expression=one if one == two else f"{one} {relation} {two}")


def license_of(row: dict[str, object]) -> License:
    """A row of the table."""
    return License.model_validate(
        {"license_id": row["id"], "name": row["name"], "osi_approved": row["osi_approved"], "url": row["url"]}
    )


def find(name: str, license_id: str) -> License:
    """The licence, in any case. Raises NotFound."""
    for row in load_rows("licenses"):
        if row["id"].casefold() == license_id.casefold():
            return license_of(row)
    raise NotFound(f"{name}: no licence '{license_id[:60]}' in the SPDX list; see licenses_search")


def tokens_of(expression: str) -> list[str]:
    """The words and brackets, operators in capitals and identifiers as SPDX spells them."""
    if len(expression) > LONGEST_EXPRESSION:
        raise InvalidArgument(f"expression: has over {LONGEST_EXPRESSION} characters")
    tokens: list[str] = []
    place, text = 0, expression.strip()
    while place < len(text):
        match = TOKEN.match(text, place)
        if match is None:
            raise InvalidArgument(f"expression: cannot read '{text[place : place + 20]}'")
        token = match[1]
        if token.upper() in ("AND", "OR", "WITH"):
            token = token.upper()
        elif token not in "()" and tokens[-1:] != ["WITH"]:
            later = "+" if token.endswith("+") else ""
            token = find("expression", token.removesuffix("+")).license_id + later
        tokens.append(token)
        place = match.end()
    return tokens


Choices = list[tuple[str, ...]]


def read_or(tokens: list[str], place: int, exceptions: list[str], depth: int) -> tuple[Choices, int]:
    """The alternatives from a place on, and where they end. Raises InvalidArgument."""
    choices, place = read_and(tokens, place, exceptions, depth)
    while tokens[place : place + 1] == ["OR"]:
        more, place = read_and(tokens, place + 1, exceptions, depth)
        choices = choices + more
    return choices, place


def read_and(tokens: list[str], place: int, exceptions: list[str], depth: int) -> tuple[Choices, int]:
    """The combinations of parts that all hold."""
    choices, place = read_part(tokens, place, exceptions, depth)
    while tokens[place : place + 1] == ["AND"]:
        more, place = read_part(tokens, place + 1, exceptions, depth)
        choices = [tuple(dict.fromkeys((*one, *two))) for one in choices for two in more]
        if len(choices) > 64:
            raise InvalidArgument("expression: leaves more than 64 choices")
    return choices, place


def read_part(tokens: list[str], place: int, exceptions: list[str], depth: int) -> tuple[Choices, int]:
    """A licence, perhaps with an exception, or a bracket."""
    if place >= len(tokens) or tokens[place] in (")", "AND", "OR", "WITH") or depth > 10:
        raise InvalidArgument("expression: a licence is missing, or brackets are nested more than ten deep")
    if tokens[place] == "(":
        choices, place = read_or(tokens, place + 1, exceptions, depth + 1)
        if tokens[place : place + 1] != [")"]:
            raise InvalidArgument("expression: a bracket is not closed")
        return choices, place + 1
    name, place = tokens[place].removesuffix("+"), place + 1
    if tokens[place : place + 1] == ["WITH"]:
        if tokens[place + 1 : place + 2] in ([], ["("], [")"]):
            raise InvalidArgument("expression: an exception is missing after WITH")
        exceptions.append(tokens[place + 1])
        place += 2
    return [(name,)], place
