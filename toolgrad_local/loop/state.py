"""What a sample has grown to."""

from dataclasses import dataclass, field
from datetime import date

from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.workflow import Workflow


@dataclass(frozen=True)
class State:
    """Between two steps."""

    session: Session
    today: date
    """The date of the untouched world: what a query's "tomorrow" is counted from."""
    workflow: Workflow = field(default_factory=Workflow)
    aim: str = ""
    """The reason behind the first kept call."""
    query: str | None = None
    """None also while the last accepted call is not in the query yet."""
    response: str | None = None
