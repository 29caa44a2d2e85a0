"""The fictional repositories of the team that also has the issue tracker."""

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import IsoDateTime, Limit, PersonName
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound, ResourceExhausted
from mock_apis.developer.git_rules import (
    BRANCHES,
    COMMITS,
    RELEASES,
    REPOSITORIES,
    SOURCES,
    Branch,
    BranchName,
    Commit,
    CommitSha,
    Release,
    Repository,
    RepositoryName,
    SourcePath,
    Version,
    commit,
    require_branch,
    sources_of,
)

git_host = Domain(
    "git_host", category="developer", description="Fictional code repositories of the project 'tidepool'."
)

API = "tidepool/harbor-api"


class Repositories(Record):
    total: int
    repositories: list[Repository]


class BranchHead(Record):
    repository: RepositoryName
    branch: BranchName
    head: CommitSha


class Branches(Record):
    total: int
    branches: list[BranchHead]


class CommitHead(Record):
    commit_id: CommitSha
    message: str
    author: PersonName
    at: IsoDateTime


class Commits(Record):
    total: int
    commits: list[CommitHead]


class SourceFile(Record):
    repository: RepositoryName
    branch: BranchName
    path: SourcePath
    text: str


class CodeHit(Record):
    repository: RepositoryName
    path: SourcePath
    line: int
    text: str


class CodeHits(Record):
    total: int
    hits: list[CodeHit]


class ReleaseNote(Record):
    repository: RepositoryName
    version: Version
    commit_id: CommitSha
    notes: str
    at: IsoDateTime


class Releases(Record):
    total: int
    releases: list[ReleaseNote]


@git_host.tool(example={"language": "Python"}, kind="stateful")
def repositories(w: World, query: str = "", language: str = "", limit: Limit = 5) -> Repositories:
    """List the team's repositories with language, licence and latest version.

    query: Text that the name or description contains, in any case; all if left out.
    language: Main language such as Python or Go; any if left out.
    limit: At most this many repositories.
    """
    rows = [row for row in REPOSITORIES.all(w) if query.casefold() in f"{row.repository} {row.description}".casefold()]
    rows = [row for row in rows if language.casefold() in ("", row.language.casefold())]
    return Repositories(total=len(rows), repositories=rows[:limit])


@git_host.tool(example={"repository": API}, errors=[NotFound], kind="stateful")
def branches(w: World, repository: RepositoryName, limit: Limit = 10) -> Branches:
    """List the branches of a repository with their last commits.

    repository: The repository, as given by git_host_repositories.
    limit: At most this many branches.
    """
    REPOSITORIES.get(w, repository)
    rows = [row for row in BRANCHES.all(w) if row.repository == repository]
    heads = [BranchHead(repository=row.repository, branch=row.branch, head=row.head) for row in rows[:limit]]
    return Branches(total=len(rows), branches=heads)


@git_host.tool(
    example={"repository": API, "branch": "empty-tables"},
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def create_branch(
    w: World, repository: RepositoryName, branch: BranchName, from_branch: BranchName = "main"
) -> BranchHead:
    """Start a branch at the last commit of another one.

    repository: The repository, as given by git_host_repositories.
    branch: A new name of at most 60 lower-case letters, digits, hyphens and slashes.
    from_branch: The branch to start from.
    """
    start = require_branch(w, repository, from_branch)
    if BRANCHES.find(w, f"{repository} {branch}") is not None:
        raise Conflict(f"branch '{branch[:60]}' exists already in repository '{repository}'")
    if len(branch) > 60 or len(BRANCHES.all(w)) >= 40:
        raise ResourceExhausted("branch: the name is over 60 characters, or there are 40 branches already")
    BRANCHES.put(w, Branch(place=f"{repository} {branch}", repository=repository, branch=branch, head=start.head))
    for row in sources_of(w, repository, from_branch):
        SOURCES.put(w, row.model_copy(update={"place": f"{repository} {branch} {row.path}", "branch": branch}))
    return BranchHead(repository=repository, branch=branch, head=start.head)


@git_host.tool(example={"repository": API}, errors=[NotFound], kind="stateful")
def commits(w: World, repository: RepositoryName, author: PersonName | None = None, limit: Limit = 5) -> Commits:
    """List the commits of a repository on all branches, newest first.

    repository: The repository, as given by git_host_repositories.
    author: Only commits of the team member with this full name.
    limit: At most this many commits.
    """
    REPOSITORIES.get(w, repository)
    rows = [row for row in COMMITS.all(w) if row.repository == repository and author in (None, row.author)]
    rows.sort(key=lambda row: row.at, reverse=True)
    heads = [CommitHead(**row.model_dump(include=set(CommitHead.model_fields))) for row in rows[:limit]]
    return Commits(total=len(rows), commits=heads)


@git_host.tool(example={"commit_id": "@git_host_commits.commits[0].commit_id"}, errors=[NotFound], kind="stateful")
def get_commit(w: World, commit_id: CommitSha) -> Commit:
    """Show one commit with its author, branch and changed file.

    commit_id: The commit, twelve hex digits, as given by git_host_commits.
    """
    return COMMITS.get(w, commit_id)


@git_host.tool(example={"repository": API, "path": "src/export.py"}, errors=[NotFound], kind="stateful")
def read_file(w: World, repository: RepositoryName, path: SourcePath, branch: BranchName = "main") -> SourceFile:
    """Read a source file on a branch of a repository.

    repository: The repository, as given by git_host_repositories.
    path: Path in the repository without a leading slash, as given by git_host_search_code.
    branch: The branch, as given by git_host_branches.
    """
    require_branch(w, repository, branch)
    row = SOURCES.find(w, f"{repository} {branch} {path}")
    if row is None:
        raise NotFound(f"no path '{path[:80]}' on branch '{branch}'; see git_host_search_code")
    return SourceFile(repository=repository, branch=branch, path=path, text=row.text)


@git_host.tool(
    example={"repository": API, "branch": "@git_host_create_branch.branch", "path": "src/export.py",
             "text": "def export(rows):\n    return sum(rows) / max(len(rows), 1)\n", "message": "Allow empty tables"},
    errors=[NotFound, FailedPrecondition, ResourceExhausted],
    writes=True,
    kind="stateful",
)  # fmt: skip
def commit_file(
    w: World, repository: RepositoryName, branch: BranchName, path: SourcePath, text: str, message: str
) -> Commit:
    """Write one file on a branch other than main, as a commit of the user.

    repository: The repository, as given by git_host_repositories.
    branch: A branch other than main, as given by git_host_branches.
    path: The file to write, for example src/export.py
    text: Its whole new text, at most 1500 characters.
    message: What the commit does, at most 100 characters.
    """
    if branch == "main":
        raise FailedPrecondition("branch main is protected; see git_host_create_branch and pull_requests_open")
    require_branch(w, repository, branch)
    if len(text) > 1500 or len(message) > 100 or len(path) > 100 or len(COMMITS.all(w)) >= 100:
        raise ResourceExhausted("text, message or path is too long, or there are 100 commits already")
    return commit(w, repository, branch, {path: text}, message)


@git_host.tool(example={"text": "def export"}, kind="stateful")
def search_code(w: World, text: str, limit: Limit = 5) -> CodeHits:
    """Find lines of code on the main branches of all repositories.

    text: Text that the line contains, upper and lower case as given.
    limit: At most this many lines.
    """
    if not text.strip():
        raise InvalidArgument("text: is empty")
    hits = [
        CodeHit(repository=row.repository, path=row.path, line=number, text=line[:200])
        for row in SOURCES.all(w)
        if row.branch == "main"
        for number, line in enumerate(row.text.split("\n"), 1)
        if text in line
    ]
    return CodeHits(total=len(hits), hits=hits[:limit])


@git_host.tool(example={"repository": API}, errors=[NotFound], kind="stateful")
def releases(w: World, repository: RepositoryName, limit: Limit = 5) -> Releases:
    """List the releases of a repository, newest first.

    repository: The repository, as given by git_host_repositories.
    limit: At most this many releases.
    """
    REPOSITORIES.get(w, repository)
    rows = [row for row in RELEASES.all(w) if row.repository == repository][::-1]
    return Releases(total=len(rows), releases=[note_of(row) for row in rows[:limit]])


@git_host.tool(
    example={"repository": API, "version": "9.0.0", "notes": "Empty tables can be exported."},
    errors=[NotFound, FailedPrecondition, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def create_release(w: World, repository: RepositoryName, version: Version, notes: str = "") -> ReleaseNote:
    """Release the last commit of main under a new, higher version.

    repository: The repository, as given by git_host_repositories.
    version: Version such as 2.1.0 that is higher than the latest one, as given by versions_bump.
    notes: What is new, at most 300 characters.
    """
    from packaging.version import InvalidVersion
    from packaging.version import Version as Parsed

    row = REPOSITORIES.get(w, repository)
    if len(notes) > 300 or len(version) > 40 or len(RELEASES.all(w)) >= 60:
        raise ResourceExhausted("notes or version is too long, or there are 60 releases already")
    try:
        higher = row.latest_version is None or Parsed(version) > Parsed(row.latest_version)
    except InvalidVersion:
        raise InvalidArgument(f"version '{version}' is not of the form 2.1.0") from None
    if not higher:
        raise FailedPrecondition(f"version {version} is not higher than {row.latest_version}; see versions_bump")
    REPOSITORIES.put(w, row.model_copy(update={"latest_version": version}))
    head = require_branch(w, repository, "main").head
    at = w.now.isoformat(timespec="minutes")
    place = f"{repository} {version}"
    return note_of(
        RELEASES.put(
            w, Release(place=place, repository=repository, version=version, commit_id=head, notes=notes, at=at)
        )
    )


def note_of(row: Release) -> ReleaseNote:
    """A release without its key."""
    return ReleaseNote(**row.model_dump(exclude={"place"}))
