"""What one request has been through, and when it is the request that is to blame and not the server."""

from dataclasses import dataclass

from toolgrad_local.data_model.exchange import Reply, Usage
from toolgrad_local.teacher.answer import AnswerSpoilt, ConnectionLost

MOST_RESENDS = 8
"""Answers of a living server that may be spoilt before it is asked whether it is the request."""
SUSPECT_DEATHS = 2
MOST_DEATHS = 4
"""Servers that may die of a request, or stand still over it. Less than the restarts that a run is given."""


@dataclass
class Trial:
    """One request until it has a reply.

    Requests that are under way when a server dies are all sent again. Those that saw `SUSPECT_DEATHS` go alone from
    then on: the one that kills has its later deaths for itself, and the others have their replies soon.
    """

    lost: int = 0
    """Times that it was sent in vain since the last server was started."""
    spoilt: int = 0
    """Those of them at which the server had it."""
    deaths: int = 0
    held_by: object = None
    """The connection to the last server that had it and failed."""
    replies_before: int = 0
    """Replies that there were, to any request, when this one was first sent in vain."""
    last: str = ""
    """How it failed last."""

    @property
    def suspect(self) -> bool:
        return self.deaths >= SUSPECT_DEATHS

    @property
    def deadly(self) -> bool:
        return self.deaths >= MOST_DEATHS

    @property
    def worn_out(self) -> bool:
        return self.spoilt >= MOST_RESENDS

    def count_loss(self, lost: ConnectionLost, client: object, replies: int) -> None:
        """Sent in vain over this connection."""
        if not self.last:
            self.replies_before = replies
        if not self.last or isinstance(lost, AnswerSpoilt):
            self.last = str(lost)
        self.lost += 1
        if isinstance(lost, AnswerSpoilt):
            self.spoilt += 1
            self.held_by = client

    def count_death(self, client: object) -> None:
        """If the server that had it is gone, as another connection shows, this was a death with it under way."""
        if self.held_by is not None and self.held_by is not client:
            self.deaths += 1
            self.lost, self.spoilt, self.held_by = 0, 0, None


def failed_reply() -> Reply:
    """Stands for a reply that the engine cannot give; the loop counts it as a failure of that request."""
    return Reply(text="", finish_reason="error", usage=Usage(prompt_tokens=0, completion_tokens=0))
