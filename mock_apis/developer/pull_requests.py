"""Pull requests of the fictional repositories: asked for, reviewed, merged."""

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import EmailAddress, Limit, PersonName
from mock_apis.core.errors import Conflict, FailedPrecondition, NotFound, ResourceExhausted
from mock_apis.core.persona import persona
from mock_apis.developer.git_rules import (
    COMMITS,
    PULLS,
    REPOSITORIES,
    BranchName,
    Pull,
    PullId,
    PullStatus,
    RepositoryName,
    Review,
    Verdict,
    commit,
    require_branch,
    sources_of,
)
from mock_apis.developer.issue_tracker import ISSUES, IssueId, team_of

pull_requests = Domain(
    "pull_requests", category="developer", description="Pull requests in the fictional repositories of 'tidepool'."
)

API = "tidepool/harbor-api"
PULL = {"pull_id": "@pull_requests_list.pulls[0].pull_id"}


class PullHead(Record):
    pull_id: PullId
    repository: RepositoryName
    title: str
    branch: BranchName
    author: PersonName
    status: PullStatus


class PullList(Record):
    total: int
    pulls: list[PullHead]


@pull_requests.tool(example={}, errors=[NotFound], kind="stateful")
def list_(
    w: World, repository: RepositoryName | None = None, status: PullStatus = "open", limit: Limit = 5
) -> PullList:
    """List pull requests of one or all repositories, oldest first.

    repository: Only those of this repository; all repositories if left out.
    status: Whether open, merged or closed ones are listed.
    limit: At most this many pull requests.
    """
    if repository is not None:
        REPOSITORIES.get(w, repository)
    rows = [row for row in PULLS.all(w) if row.status == status and repository in (None, row.repository)]
    return PullList(
        total=len(rows), pulls=[PullHead(**row.model_dump(include=set(PullHead.model_fields))) for row in rows[:limit]]
    )


@pull_requests.tool(example=PULL, errors=[NotFound], kind="stateful")
def get(w: World, pull_id: PullId) -> Pull:
    """Show a pull request with its reviews, its issue and its merge commit.

    pull_id: The pull request, as given by pull_requests_list.
    """
    return PULLS.get(w, pull_id)


@pull_requests.tool(
    example={"repository": API, "branch": "@git_host_commit_file.branch", "title": "Export empty tables",
             "issue_id": "@issue_tracker_list.issues[0].issue_id"},
    errors=[NotFound, Conflict, FailedPrecondition, ResourceExhausted],
    writes=True,
    kind="stateful",
)  # fmt: skip
def open_(
    w: World, repository: RepositoryName, branch: BranchName, title: str, issue_id: IssueId | None = None
) -> Pull:
    """Ask for a branch to be merged into main, as the user.

    repository: The repository, as given by git_host_repositories.
    branch: The branch with the new commits.
    title: One line of at most 100 characters.
    issue_id: Issue of the issue tracker that it is about.
    """
    head = require_branch(w, repository, branch).head
    if branch == "main" or head == require_branch(w, repository, "main").head:
        raise FailedPrecondition(f"branch '{branch}' has no commit that main lacks; see git_host_commit_file")
    if issue_id is not None:
        ISSUES.get(w, issue_id)
    if any((row.repository, row.branch, row.status) == (repository, branch, "open") for row in PULLS.all(w)):
        raise Conflict(f"branch '{branch}' has an open pull request already; see pull_requests_list")
    if len(title) > 100 or len(PULLS.all(w)) >= 40:
        raise ResourceExhausted("title: is over 100 characters, or there are 40 pull requests already")
    row = Pull(
        pull_id=w.new_id("PULL"), repository=repository, title=title, branch=branch, author=persona(w).name,
        status="open", issue_id=issue_id, requested_reviewer=None, reviews=[], merge_commit=None,
    )  # fmt: skip
    return PULLS.put(w, row)


@pull_requests.tool(
    example={**PULL, "reviewer": "@issue_tracker_team.members[1].email"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def request_review(w: World, pull_id: PullId, reviewer: EmailAddress) -> Pull:
    """Ask a team member to review an open pull request.

    pull_id: The pull request, as given by pull_requests_list.
    reviewer: Address of a member other than the author, as given by issue_tracker_team.
    """
    row = open_one(w, pull_id)
    member = next((person for person in team_of(w) if person.email == reviewer), None)
    if member is None:
        raise NotFound(f"no team member with reviewer '{reviewer[:60]}'; see issue_tracker_team")
    if member.name == row.author:
        raise FailedPrecondition(f"reviewer '{reviewer}' is the author of {pull_id}")
    return PULLS.put(w, row.model_copy(update={"requested_reviewer": reviewer}))


@pull_requests.tool(
    example={"pull_id": "@pull_requests_list.pulls[0].pull_id", "verdict": "approve", "text": "Looks right."},
    errors=[NotFound, FailedPrecondition, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def review(w: World, pull_id: PullId, verdict: Verdict, text: str = "") -> Pull:
    """Review an open pull request as the user.

    pull_id: The pull request, as given by pull_requests_list.
    verdict: Whether it is approved; nobody approves a pull request of their own.
    text: What the review says, at most 200 characters.
    """
    row, name = open_one(w, pull_id), persona(w).name
    if verdict == "approve" and row.author == name:
        raise FailedPrecondition(f"pull_id {pull_id} is the user's own and cannot be approved by them")
    if len(text) > 200 or len(row.reviews) >= 5:
        raise ResourceExhausted(f"text: is over 200 characters, or {pull_id} has five reviews already")
    return PULLS.put(
        w, row.model_copy(update={"reviews": [*row.reviews, Review(reviewer=name, verdict=verdict, text=text)]})
    )


@pull_requests.tool(example=PULL, errors=[NotFound, Conflict, FailedPrecondition], writes=True, kind="stateful")
def merge(w: World, pull_id: PullId) -> Pull:
    """Merge an open pull request into main unless a reviewer wants changes.

    pull_id: The pull request, as given by pull_requests_list.
    """
    row = open_one(w, pull_id)
    verdicts = {review.reviewer: review.verdict for review in row.reviews if review.verdict != "comment"}
    if "request_changes" in verdicts.values():
        raise FailedPrecondition(f"pull_id {pull_id}: a reviewer has requested changes")
    changed = {
        made.path: made.at for made in COMMITS.all(w) if (made.repository, made.branch) == (row.repository, row.branch)
    }
    for made in COMMITS.all(w):
        if (made.repository, made.branch) == (row.repository, "main") and made.at > changed.get(made.path, made.at):
            raise Conflict(f"pull_id {pull_id}: '{made.path}' was changed on main after it was changed on the branch")
    texts = {source.path: source.text for source in sources_of(w, row.repository, row.branch) if source.path in changed}
    merged = commit(w, row.repository, "main", texts, f"Merge {row.branch}")
    return PULLS.put(w, row.model_copy(update={"status": "merged", "merge_commit": merged.commit_id}))


@pull_requests.tool(example=PULL, errors=[NotFound, FailedPrecondition], writes=True, kind="stateful")
def close(w: World, pull_id: PullId) -> Pull:
    """Close an open pull request without merging it.

    pull_id: The pull request, as given by pull_requests_list.
    """
    return PULLS.put(w, open_one(w, pull_id).model_copy(update={"status": "closed"}))


def open_one(w: World, pull_id: str) -> Pull:
    """The pull request. Raises NotFound, or FailedPrecondition if it is not open."""
    row = PULLS.get(w, pull_id)
    if row.status != "open":
        raise FailedPrecondition(f"pull_id {pull_id} is {row.status} already")
    return row
