"""What decides which rows are made of a run's samples."""

import math
from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from toolgrad_local.data_model.base import Data
from toolgrad_local.errors import ConfigError

Distractors = Literal["random", "similar", "mixed"]
"""similar: nearest to the gold tools, these taken in turn; mixed: half of each."""


class KindShares(Data):
    """How the negatives are divided; only the proportions count."""

    irrelevance: float = Field(default=1, ge=0)
    missing_tool: float = Field(default=1, ge=0)
    missing_parameter: float = Field(default=1, ge=0)
    no_tool: float = Field(default=1, ge=0)


class ExampleOptions(Data):
    """The same samples and options give the same rows."""

    offered: int = Field(default=10, ge=2)
    """Tools offered in a row, gold ones included."""
    distractors: Distractors = "mixed"
    negatives: int = Field(default=50, ge=0, le=100)
    """Negative rows for each 100 positive ones: 50 makes one third of all rows negative."""
    kinds: KindShares = KindShares()
    seed: int = 0


def read_shares(given: Sequence[str]) -> KindShares:
    """Shares out of `KIND=SHARE`s; a kind that is not named keeps 1. Raises ConfigError, one line."""
    shares: dict[str, float] = {}
    for text in given:
        kind, _, number = text.partition("=")
        if kind not in KindShares.model_fields:
            raise ConfigError(f"--kind {text}: give KIND=SHARE with one of {', '.join(KindShares.model_fields)}")
        try:
            shares[kind] = float(number)
        except ValueError:
            shares[kind] = math.nan
        if not 0 <= shares[kind] < math.inf:
            raise ConfigError(f"--kind {text}: a share is a number of 0 or more, such as {kind}=2")
    found = KindShares(**shares)
    if not any(found.model_dump().values()):
        raise ConfigError("--kind: every share is 0; for a data set without negatives use --negatives 0")
    return found


def tell_shares(kinds: KindShares) -> list[str]:
    """The shares that are not 1, as `read_shares` takes them."""
    return [f"{kind}={share:g}" for kind, share in kinds.model_dump().items() if share != 1]
