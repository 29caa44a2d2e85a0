"""The base of every record: frozen, closed, typed."""

from pydantic import BaseModel, ConfigDict


class Data(BaseModel):
    """A record. Change one with `record.model_copy(update={...})`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
