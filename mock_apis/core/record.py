"""The base of every result and of every row in a table."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen, closed, typed row. Change one with `row.model_copy(update={...})`."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


def money(amount: float) -> float:
    """An amount rounded to cents, half away from zero in the decimal that is printed."""
    return round(amount + (1e-9 if amount >= 0 else -1e-9), 2)
