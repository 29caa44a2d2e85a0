"""Version numbers of software: read, compared, sorted, chosen, raised."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import InvalidArgument, ResourceExhausted
from mock_apis.developer.git_rules import Version

if TYPE_CHECKING:
    from packaging.version import Version as PythonVersion

versions = Domain(
    "versions",
    category="developer",
    description="Rules of version numbers: Python's (PEP 440) and Semantic Versioning 2.0.0.",
)

Specifier = Annotated[str, Entity("version.specifier")]
Scheme = Literal["pep440", "semver"]
VersionList = Annotated[list[Version], Field(min_length=1, max_length=30)]
LONGEST_TEXT = 100


class ParsedVersion(Record):
    version: Version
    """In normal form."""
    major: int
    minor: int
    patch: int
    prerelease: str | None
    build: str | None
    """Build metadata, or the local part of a Python version."""
    stable: bool
    """Neither a pre-release nor a development release."""


class Comparison(Record):
    relation: Literal["older", "equal", "newer"]
    """What the first one is to the second one."""


class SortedVersions(Record):
    total: int
    versions: list[Version]


class Match(Record):
    satisfied: bool
    version: Version
    specifier: Specifier


class Best(Record):
    version: Version | None
    """Null if none satisfies."""
    satisfying: int


class NewVersion(Record):
    version: Version


class Requirement(Record):
    package: str
    extras: list[str]
    specifier: Specifier
    marker: str | None


@versions.tool(example={"version": "2.4.0-rc.1", "scheme": "semver"}, errors=[ResourceExhausted], kind="computation")
def parse(w: World, version: Version, scheme: Scheme = "pep440") -> ParsedVersion:
    """Split a version number into its parts and tell whether it is stable.

    version: Version such as 2.4.0rc1 (pep440) or 2.4.0-rc.1 (semver).
    scheme: The rules by which it is read.
    """
    read = read_version("version", version, scheme)
    if scheme == "semver":
        return ParsedVersion(
            version=str(read), major=read.major, minor=read.minor, patch=read.patch, prerelease=read.prerelease,
            build=read.build, stable=read.prerelease is None,
        )  # fmt: skip
    pre = "".join(map(str, read.pre)) if read.pre else None
    dev = f"dev{read.dev}" if read.dev is not None else None
    return ParsedVersion(
        version=str(read), major=read.major, minor=read.minor, patch=read.micro,
        prerelease=".".join(part for part in (pre, dev) if part) or None,
        build=read.local, stable=not read.is_prerelease,
    )  # fmt: skip


@versions.tool(example={"first": "1.10.0", "second": "1.9.2"}, errors=[ResourceExhausted], kind="computation")
def compare(w: World, first: Version, second: Version, scheme: Scheme = "pep440") -> Comparison:
    """Tell which of two version numbers is the newer one.

    first: One version, for example 1.10.0.
    second: The other version, for example 1.9.2.
    scheme: The rules by which they are ordered.
    """
    one, two = read_version("first", first, scheme), read_version("second", second, scheme)
    return Comparison(relation="equal" if one == two else "older" if one < two else "newer")


@versions.tool(example={"versions": ["1.10.0", "1.9.2", "1.10.0rc1"]}, errors=[ResourceExhausted], kind="computation")
def sort(w: World, versions: VersionList, scheme: Scheme = "pep440", newest_first: bool = False) -> SortedVersions:
    """Put version numbers in order of precedence.

    versions: One to thirty versions.
    scheme: The rules by which they are ordered.
    newest_first: Whether the newest comes first.
    """
    read = [read_version("versions", version, scheme) for version in versions]
    read.sort(reverse=newest_first)
    return SortedVersions(total=len(read), versions=[str(version) for version in read])


@versions.tool(example={"version": "1.9.2", "specifier": ">=1.8,<2"}, errors=[ResourceExhausted], kind="computation")
def satisfies(w: World, version: Version, specifier: Specifier) -> Match:
    """Check a Python version number against a version specifier (PEP 440).

    version: Version such as 1.9.2; a pre-release counts too.
    specifier: Clauses joined by commas, for example >=1.8,<2,!=1.9.0
    """
    read, rules = read_version("version", version, "pep440"), read_specifier(specifier)
    return Match(satisfied=rules.contains(read, prereleases=True), version=str(read), specifier=str(rules))


@versions.tool(
    example={"versions": ["1.8.0", "1.9.2", "2.0.0"], "specifier": "@versions_parse_requirement.specifier"},
    errors=[ResourceExhausted],
    kind="computation",
)
def latest_matching(w: World, versions: VersionList, specifier: Specifier, prereleases: bool = False) -> Best:
    """Choose the newest version that satisfies a specifier (PEP 440).

    versions: One to thirty versions to choose from.
    specifier: Clauses joined by commas, for example ~=1.8
    prereleases: Whether pre-releases may be chosen.
    """
    rules = read_specifier(specifier)
    read: list[PythonVersion] = [read_version("versions", version, "pep440") for version in versions]
    fit = [row for row in read if (prereleases or not row.is_prerelease) and rules.contains(row, prereleases=True)]
    return Best(version=str(max(fit)) if fit else None, satisfying=len(fit))


@versions.tool(
    example={"version": "@git_host_repositories.repositories[0].latest_version", "part": "minor"},
    errors=[ResourceExhausted],
    kind="computation",
)
def bump(w: World, version: Version, part: Literal["major", "minor", "patch", "prerelease"]) -> NewVersion:
    """Raise one part of a semantic version and set the lower ones to zero.

    version: Semantic version such as 1.4.2 or 1.4.2-rc.1.
    part: The part to raise; prerelease counts rc.1, rc.2 and so on.
    """
    read = read_version("version", version, "semver")
    raised = read.next_version(part)
    return NewVersion(version=str(raised))


@versions.tool(
    example={"requirement": "httpx[http2]>=0.27,<1; python_version >= '3.11'"},
    errors=[ResourceExhausted],
    kind="computation",
)
def parse_requirement(w: World, requirement: str) -> Requirement:
    """Split a Python requirement line (PEP 508) into name, extras and specifier.

    requirement: A line such as httpx[http2]>=0.27; an address in place of versions is refused.
    """
    from packaging.requirements import InvalidRequirement
    from packaging.requirements import Requirement as Parsed

    require_short("requirement", requirement)
    try:
        read = Parsed(requirement)
    except InvalidRequirement as error:
        raise InvalidArgument(f"requirement: {str(error).splitlines()[0]}") from None
    if read.url is not None:
        raise InvalidArgument("requirement: names an address in place of versions")
    marker = str(read.marker) if read.marker else None
    return Requirement(package=read.name, extras=sorted(read.extras), specifier=str(read.specifier), marker=marker)


def read_version(name: str, text: str, scheme: Scheme) -> Any:
    """The parsed version. Raises InvalidArgument or ResourceExhausted."""
    import semver
    from packaging.version import InvalidVersion
    from packaging.version import Version as PythonVersion

    require_short(name, text)
    try:
        return semver.Version.parse(text) if scheme == "semver" else PythonVersion(text)
    except (ValueError, TypeError, InvalidVersion):
        raise InvalidArgument(f"{name} '{text}' is no version of {scheme}") from None


def read_specifier(text: str) -> Any:
    """The parsed specifier. Raises InvalidArgument or ResourceExhausted."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    require_short("specifier", text)
    try:
        return SpecifierSet(text)
    except InvalidSpecifier:
        raise InvalidArgument(f"specifier '{text}' is not of the form >=1.8,<2") from None


def require_short(name: str, text: str) -> None:
    """Raises ResourceExhausted."""
    if len(text) > LONGEST_TEXT:
        raise ResourceExhausted(f"{name}: {len(text)} characters are over {LONGEST_TEXT}")
