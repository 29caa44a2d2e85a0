"""What an audit of a sample found: is every argument sourced, the query a user's, the response true?"""

from typing import Literal

from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.stages import Attempt

AuditPart = Literal["grounded", "query", "response"]
FindingKind = Literal[
    "untraced_argument",
    "leaked_id",
    "names_tool",
    "names_parameter",
    "technical_wording",
    "not_user_voice",
    "unused_figure",
    "call_not_asked",
    "invented_figure",
    "invented_date",
    "invented_name",
    "call_not_used",
    "response_wording",
]
PART_OF: dict[FindingKind, AuditPart] = {
    "untraced_argument": "grounded",
    "leaked_id": "query",
    "names_tool": "query",
    "names_parameter": "query",
    "technical_wording": "query",
    "not_user_voice": "query",
    "unused_figure": "query",
    "call_not_asked": "query",
    "invented_figure": "response",
    "invented_date": "response",
    "invented_name": "response",
    "call_not_used": "response",
    "response_wording": "response",
}
"""untraced_argument: an argument leaf without a source; leaked_id: the query holds an id that only a result could
give; unused_figure: a number or date of the query that no call was given; call_not_asked: the query would be fully
answered without the call; call_not_used: nothing of the call's result is in the response, nor of what it led to."""


class Finding(Data):
    """One thing that is wrong with a sample."""

    kind: FindingKind
    detail: str
    """The value or word at fault, or the tool's name."""
    link: int | None = None
    """Index of the link that it is about."""

    @property
    def part(self) -> AuditPart:
        return PART_OF[self.kind]


class Audit(Data):
    """All findings of a sample that has a query and a response."""

    findings: tuple[Finding, ...] = ()

    def passes(self, part: AuditPart) -> bool:
        """True if there is no finding of that part."""
        return all(finding.part != part for finding in self.findings)


class RoundTrip(Data):
    """What a solver that knew only the query, the offered tools and the results as it went did."""

    attempts: tuple[Attempt, ...]
    """Its calls in order, those that failed too."""
    same_tools: bool
    """The same tools, each as often as in the workflow."""
    same_arguments: bool
    """The same calls; an optional argument counts only where the query or an earlier result gives it."""
    same_state: bool
    """With these calls its world ends as the workflow's does."""

    @property
    def agrees(self) -> bool:
        return self.same_tools and self.same_arguments and self.same_state


class Omission(Data):
    """The query without one value that a call needs: the seed of a missing-parameter negative."""

    query: str
    link: int
    path: str
    """The argument leaf that the query no longer gives."""
    value: str | int | float | bool | None
