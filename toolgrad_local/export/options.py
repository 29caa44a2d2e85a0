"""What a data set is made with, besides the run."""

from pydantic import Field

from toolgrad_local.data_model.base import Data
from toolgrad_local.negatives.options import Distractors, ExampleOptions, KindShares


class ExportOptions(Data):
    """The same run and options give the same bytes."""

    format: str
    split: float = Field(default=0.1, ge=0, le=1)
    """Share of the workflows that go to test; those of held-out domains come on top."""
    seed: int = Field(default=0, ge=0, lt=2**31)
    limit: int | None = Field(default=None, ge=1)
    """Workflows taken, drawn by the seed; None for all."""
    hold_out: tuple[str, ...] = ()
    """Domains whose workflows all go to test."""
    single_turn: bool = False
    """Only samples whose query says every argument, and their rows end with the calls."""
    offered: int = Field(default=10, ge=2)
    """Tools offered in a row, gold ones included."""
    distractors: Distractors = "mixed"
    negatives: int = Field(default=50, ge=0, le=100)
    """Negative rows for each 100 positive ones."""
    kinds: KindShares = KindShares()

    @property
    def examples(self) -> ExampleOptions:
        """What the rows are made with."""
        return ExampleOptions(
            offered=self.offered,
            distractors=self.distractors,
            negatives=self.negatives,
            kinds=self.kinds,
            seed=self.seed,
        )
