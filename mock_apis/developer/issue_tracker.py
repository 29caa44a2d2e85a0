"""Issues of one fictional software project whose team is the persona and the people they know."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import EmailAddress, Entity, IsoDateTime, Limit, PersonName
from mock_apis.core.errors import FailedPrecondition, NotFound, ResourceExhausted
from mock_apis.core.persona import Person, people, persona

issue_tracker = Domain(
    "issue_tracker", category="developer", description="Issues of the fictional software project 'tidepool'."
)

IssueId = Annotated[str, Field(pattern=r"^ISS-[0-9A-F]{6}$"), Entity("issue.id")]
Label = Literal["bug", "feature", "docs"]
Status = Literal["open", "closed"]
Resolution = Literal["fixed", "duplicate", "not_planned"]
LONGEST_TEXT = 500
MOST_COMMENTS = 8


class Comment(Record):
    author: PersonName
    text: str
    at: IsoDateTime


class Issue(Record):
    issue_id: IssueId
    title: str
    description: str
    label: Label
    status: Status
    resolution: Resolution | None
    assignee: EmailAddress | None
    created_at: IsoDateTime
    comments: list[Comment]


class IssueHead(Record):
    issue_id: IssueId
    title: str
    label: Label
    status: Status
    assignee: EmailAddress | None


class IssueList(Record):
    total: int
    issues: list[IssueHead]


class Team(Record):
    total: int
    members: list[Person]


REPORTS: tuple[tuple[str, str, Label], ...] = (
    ("Export fails on empty tables", "Exporting a table without rows stops with a division by zero.", "bug"),
    ("Dark theme for the dashboard", "Users ask for a dark theme that follows the system setting.", "feature"),
    ("Login page is slow on mobile", "The first paint takes about six seconds on a slow connection.", "bug"),
    ("Describe the retry settings", "The guide does not say how often a failed upload is tried again.", "docs"),
    ("Keyboard shortcut for search", "Pressing / should move the cursor to the search box.", "feature"),
    ("Wrong total after a refund", "The order total still contains the refunded line.", "bug"),
)


def team_of(w: World) -> list[Person]:
    """The persona and four of the people they know."""
    return [persona(w), *people(w)[:4]]


def seed_issues(w: World) -> list[Issue]:
    """Six open issues of the last month, half of them assigned."""
    draw, members = w.draw("issue_tracker"), team_of(w)
    return [
        Issue(
            issue_id=f"ISS-{draw.bits() % 0x1000000:06X}",
            title=title,
            description=description,
            label=label,
            status="open",
            resolution=None,
            assignee=draw.pick(members).email if number % 2 else None,
            created_at=(w.now - timedelta(hours=draw.between(10, 700))).isoformat(timespec="minutes"),
            comments=[],
        )
        for number, (title, description, label) in enumerate(REPORTS)
    ]


ISSUES = Table("issues", key="issue_id", seed_rows=seed_issues)


@issue_tracker.tool(
    example={"title": "Typo on the start page", "description": "It says 'recieve'.", "label": "docs"},
    errors=[ResourceExhausted],
    writes=True,
    kind="stateful",
)
def create(w: World, title: str, description: str, label: Label = "bug") -> Issue:
    """Open a new issue that nobody is assigned to.

    title: One line that says what is wrong or wanted.
    description: Plain text of at most 500 characters.
    label: Which sort of issue it is.
    """
    require_short("title", title)
    require_short("description", description)
    row = Issue(
        issue_id=w.new_id("ISS"),
        title=title,
        description=description,
        label=label,
        status="open",
        resolution=None,
        assignee=None,
        created_at=w.now.isoformat(timespec="minutes"),
        comments=[],
    )
    return ISSUES.put(w, row)


@issue_tracker.tool(example={"issue_id": "@issue_tracker_list.issues[0].issue_id"}, errors=[NotFound], kind="stateful")
def get(w: World, issue_id: IssueId) -> Issue:
    """Show one issue with its description and comments.

    issue_id: The issue, as given by issue_tracker_list.
    """
    return ISSUES.get(w, issue_id)


@issue_tracker.tool(example={"label": "bug"}, kind="stateful")
def list_(
    w: World,
    status: Status = "open",
    label: Label | None = None,
    assignee: EmailAddress | None = None,
    limit: Limit = 5,
) -> IssueList:
    """List the issues of a status, newest first.

    status: Whether to list open or closed issues.
    label: Only issues of this sort.
    assignee: Only issues assigned to the team member with this address.
    limit: At most this many issues.
    """
    rows = [row for row in ISSUES.all(w) if row.status == status and label in (None, row.label)]
    rows = [row for row in rows if assignee in (None, row.assignee)]
    rows.sort(key=lambda row: (row.created_at, row.issue_id), reverse=True)
    heads = [IssueHead(**row.model_dump(include=set(IssueHead.model_fields))) for row in rows[:limit]]
    return IssueList(total=len(rows), issues=heads)


@issue_tracker.tool(example={}, kind="stateful")
def team(w: World) -> Team:
    """List the team members to whom issues can be assigned."""
    members = [Person(name=person.name, email=person.email, phone=person.phone) for person in team_of(w)]
    return Team(total=len(members), members=members)


@issue_tracker.tool(
    example={
        "issue_id": "@issue_tracker_list.issues[0].issue_id",
        "assignee": "@issue_tracker_team.members[1].email",
    },
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def assign(w: World, issue_id: IssueId, assignee: EmailAddress) -> Issue:
    """Assign an open issue to a team member in place of the present one.

    issue_id: An open issue, as given by issue_tracker_list.
    assignee: Address of a member, as given by issue_tracker_team.
    """
    row = require_status(w, issue_id, "open")
    if assignee not in [person.email for person in team_of(w)]:
        raise NotFound(f"no team member with assignee '{assignee}'; see issue_tracker_team")
    return ISSUES.put(w, row.model_copy(update={"assignee": assignee}))


@issue_tracker.tool(
    example={"issue_id": "@issue_tracker_list.issues[0].issue_id", "text": "I can reproduce this."},
    errors=[NotFound, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def comment(w: World, issue_id: IssueId, text: str) -> Issue:
    """Add a comment of the user to an issue, open or closed.

    issue_id: The issue, as given by issue_tracker_list.
    text: Plain text of at most 500 characters.
    """
    row = ISSUES.get(w, issue_id)
    require_short("text", text)
    if len(row.comments) >= MOST_COMMENTS:
        raise ResourceExhausted(f"issue_id {issue_id} has {MOST_COMMENTS} comments, the most that fit")
    added = Comment(author=persona(w).name, text=text, at=w.now.isoformat(timespec="minutes"))
    return ISSUES.put(w, row.model_copy(update={"comments": [*row.comments, added]}))


@issue_tracker.tool(
    example={"issue_id": "@issue_tracker_list.issues[0].issue_id", "resolution": "fixed"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def close(w: World, issue_id: IssueId, resolution: Resolution) -> Issue:
    """Close an open issue with the reason why.

    issue_id: An open issue, as given by issue_tracker_list.
    resolution: Why it is closed.
    """
    row = require_status(w, issue_id, "open")
    return ISSUES.put(w, row.model_copy(update={"status": "closed", "resolution": resolution}))


@issue_tracker.tool(
    example={"issue_id": "@issue_tracker_close.issue_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def reopen(w: World, issue_id: IssueId) -> Issue:
    """Open a closed issue again, without its resolution.

    issue_id: A closed issue.
    """
    row = require_status(w, issue_id, "closed")
    return ISSUES.put(w, row.model_copy(update={"status": "open", "resolution": None}))


def require_status(w: World, issue_id: str, status: Status) -> Issue:
    """The issue. Raises NotFound, or FailedPrecondition if it has the other status."""
    row = ISSUES.get(w, issue_id)
    if row.status != status:
        raise FailedPrecondition(f"issue_id {issue_id} is {row.status}, not {status}")
    return row


def require_short(name: str, text: str) -> None:
    """Raises ResourceExhausted if a text is over the limit."""
    if len(text) > LONGEST_TEXT:
        raise ResourceExhausted(f"{name} has {len(text)} characters, over {LONGEST_TEXT}")
