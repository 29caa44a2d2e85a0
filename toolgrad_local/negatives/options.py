"""What decides which rows are made of a run's samples."""

from typing import Literal

from pydantic import Field

from toolgrad_local.data_model.base import Data

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
