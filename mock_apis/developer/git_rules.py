"""What a fictional repository is made of, and the rows it starts with."""

import hashlib
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Record, Table, World
from mock_apis.core.entities import EmailAddress, Entity, IsoDateTime, PersonName
from mock_apis.core.errors import NotFound
from mock_apis.core.persona import persona
from mock_apis.developer.issue_tracker import IssueId, team_of
from mock_apis.storage.file_store import HashText

RepositoryName = Annotated[str, Field(pattern=r"^tidepool/[a-z0-9-]+$"), Entity("repository.name")]
BranchName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._/-]*$"), Entity("git.branch")]
CommitSha = Annotated[str, Field(pattern=r"^[0-9a-f]{12}$"), Entity("commit.id")]
PullId = Annotated[str, Field(pattern=r"^PULL-[0-9A-F]{6}$"), Entity("pull_request.id")]
SourcePath = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$"), Entity("source.path")]
Version = Annotated[str, Field(pattern=r"^[0-9A-Za-z.+!_-]+$"), Entity("software.version")]
LicenseId = Annotated[str, Field(pattern=r"^[A-Za-z0-9.+-]+$"), Entity("license.spdx")]
PullStatus = Literal["open", "merged", "closed"]
Verdict = Literal["approve", "request_changes", "comment"]


class Repository(Record):
    repository: RepositoryName
    description: str
    language: str
    license_id: LicenseId
    default_branch: BranchName
    latest_version: Version | None


class Commit(Record):
    commit_id: CommitSha
    repository: RepositoryName
    branch: BranchName
    message: str
    author: PersonName
    author_email: EmailAddress
    at: IsoDateTime
    path: SourcePath
    """The one file that it changes."""
    sha256: HashText
    """Of that file after the commit."""


class Branch(Record):
    place: str
    repository: RepositoryName
    branch: BranchName
    head: CommitSha


class Source(Record):
    place: str
    """Repository, branch and path."""
    repository: RepositoryName
    branch: BranchName
    path: SourcePath
    text: str


class Review(Record):
    reviewer: PersonName
    verdict: Verdict
    text: str


class Pull(Record):
    pull_id: PullId
    repository: RepositoryName
    title: str
    branch: BranchName
    author: PersonName
    status: PullStatus
    issue_id: IssueId | None
    requested_reviewer: EmailAddress | None
    reviews: list[Review]
    merge_commit: CommitSha | None


class Release(Record):
    place: str
    repository: RepositoryName
    version: Version
    commit_id: CommitSha
    notes: str
    at: IsoDateTime


PROJECTS = (
    ("harbor-api", "HTTP service that stores and serves tables.", "Python", "Apache-2.0"),
    ("lagoon-web", "Dashboard in the browser.", "TypeScript", "MIT"),
    ("reef-cli", "Command line tool for uploads.", "Go", "BSD-3-Clause"),
    ("drift-docs", "The guide for users.", "Markdown", "CC-BY-4.0"),
)
FILES_OF = {
    "Python": (
        "src/export.py",
        "def export(rows):\n    return sum(rows) / len(rows)\n",
        "def export(rows):\n    return max(rows)\n",
    ),
    "TypeScript": ("src/theme.ts", 'export const theme = "light";\n', 'export const theme = "dark";\n'),
    "Go": ("main.go", "package main\n\nfunc main() {\n}\n", "package main\n\nfunc main() {\n\tupload()\n}\n"),
    "Markdown": ("guide/upload.md", "# Uploads\n\nAn upload is tried again three times.\n", ""),
}
"""Path, text on main, text on the branch 'experiment'."""
MESSAGES = ("Start the project", "Describe how to run it", "Handle empty input", "Raise the version")


def sha_of(*parts: object) -> str:
    """Twelve hex digits that follow from the parts."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:12]


def seed_repositories(w: World) -> list[Repository]:
    """Four projects with a first release, but for the guide."""
    return [
        Repository(
            repository=f"tidepool/{name}",
            description=text,
            language=language,
            license_id=license_id,
            default_branch="main",
            latest_version=None if language == "Markdown" else version_of(w, name),
        )
        for name, text, language, license_id in PROJECTS
    ]


def version_of(w: World, name: str) -> str:
    """The version that a project starts with."""
    draw = w.draw("git_version", name)
    return f"{draw.between(0, 3)}.{draw.between(0, 12)}.{draw.between(0, 9)}"


def seed_commits(w: World) -> list[Commit]:
    """Four commits on main a project, and one on a topic branch of the first three."""
    commits = []
    for name, _, language, _ in PROJECTS:
        draw, path = w.draw("commits", name), FILES_OF[language][0]
        for number, message in enumerate((*MESSAGES, "Try another way")):
            if number == 4 and language == "Markdown":
                continue
            author = draw.pick(team_of(w) if number < 4 else team_of(w)[2:])
            at = w.now - timedelta(hours=(5 - number) * 70 + draw.between(0, 60))
            commits.append(
                Commit(
                    commit_id=sha_of(w.seed, name, number),
                    repository=f"tidepool/{name}",
                    branch="main" if number < 4 else "experiment",
                    message=message,
                    author=author.name,
                    author_email=author.email,
                    at=at.isoformat(timespec="minutes"),
                    path="README.md" if number < 2 else path,
                    sha256=hashlib.sha256(content(name, language, number < 2, number == 4).encode()).hexdigest(),
                )
            )
    return commits


def content(name: str, language: str, readme: bool, experiment: bool) -> str:
    """What stands in a project's readme or its other file, on main or on the branch 'experiment'."""
    return f"# {name}\n\nSee the guide.\n" if readme else FILES_OF[language][2 if experiment else 1]


def seed_branches(w: World) -> list[Branch]:
    """Each branch with its last commit."""
    heads = {(commit.repository, commit.branch): commit.commit_id for commit in seed_commits(w)}
    return [
        Branch(place=f"{repository} {branch}", repository=repository, branch=branch, head=head)
        for (repository, branch), head in heads.items()
    ]


def seed_sources(w: World) -> list[Source]:
    """A readme and one more file on each branch."""
    rows = []
    for branch in seed_branches(w):
        language = next(project[2] for project in PROJECTS if branch.repository.endswith(f"/{project[0]}"))
        project = branch.repository.split("/")[1]
        for path in ("README.md", FILES_OF[language][0]):
            rows.append(
                Source(
                    place=f"{branch.place} {path}",
                    repository=branch.repository,
                    branch=branch.branch,
                    path=path,
                    text=content(project, language, path == "README.md", branch.branch == "experiment"),
                )
            )
    return rows


def seed_pulls(w: World) -> list[Pull]:
    """One open pull request a topic branch."""
    authors = {commit.repository: commit.author for commit in seed_commits(w) if commit.branch != "main"}
    return [
        Pull(
            pull_id=f"PULL-{w.draw('pull', repository).bits() % 0x1000000:06X}",
            repository=repository,
            title="Try another way",
            branch="experiment",
            author=author,
            status="open",
            issue_id=None,
            requested_reviewer=None,
            reviews=[],
            merge_commit=None,
        )
        for repository, author in authors.items()
    ]


def seed_releases(w: World) -> list[Release]:
    """The first release of each project that has a version."""
    last = {commit.repository: commit for commit in seed_commits(w) if commit.branch == "main"}
    return [
        Release(
            place=f"{row.repository} {row.latest_version}",
            repository=row.repository,
            version=row.latest_version,
            commit_id=last[row.repository].commit_id,
            notes="First public version.",
            at=last[row.repository].at,
        )
        for row in seed_repositories(w)
        if row.latest_version
    ]


REPOSITORIES = Table("git_repositories", key="repository", seed_rows=seed_repositories)
COMMITS = Table("git_commits", key="commit_id", seed_rows=seed_commits)
BRANCHES = Table("git_branches", key="place", seed_rows=seed_branches)
SOURCES = Table("git_sources", key="place", seed_rows=seed_sources)
PULLS = Table("git_pulls", key="pull_id", seed_rows=seed_pulls)
RELEASES = Table("git_releases", key="place", seed_rows=seed_releases)


def require_branch(w: World, repository: str, branch: str) -> Branch:
    """The branch. Raises NotFound."""
    REPOSITORIES.get(w, repository)
    row = BRANCHES.find(w, f"{repository} {branch}")
    if row is None:
        raise NotFound(f"no branch '{branch[:60]}' in repository '{repository}'; see git_host_branches")
    return row


def sources_of(w: World, repository: str, branch: str) -> list[Source]:
    """The files on a branch."""
    return [row for row in SOURCES.all(w) if (row.repository, row.branch) == (repository, branch)]


def commit(w: World, repository: str, branch: str, texts: dict[str, str], message: str) -> Commit:
    """Write files on a branch; the commit names the last one that changes."""
    changed = [
        path
        for path, text in texts.items()
        if getattr(SOURCES.find(w, f"{repository} {branch} {path}"), "text", None) != text
    ]
    for path, text in texts.items():
        SOURCES.put(
            w, Source(place=f"{repository} {branch} {path}", repository=repository, branch=branch, path=path, text=text)
        )
    author, path = persona(w), (changed or list(texts))[-1]
    row = Commit(
        commit_id=sha_of(w.seed, repository, branch, len(COMMITS.all(w)), w.now), repository=repository, branch=branch,
        message=message, author=author.name, author_email=author.email, at=w.now.isoformat(timespec="minutes"),
        path=path, sha256=hashlib.sha256(texts[path].encode()).hexdigest(),
    )  # fmt: skip
    place = f"{repository} {branch}"
    BRANCHES.put(w, Branch(place=place, repository=repository, branch=branch, head=row.commit_id))
    return COMMITS.put(w, row)
