"""What the model said to each row, word for word, so that it can be scored again without the model."""

from typing import Literal

from toolgrad_local.data_model.base import Data
from toolgrad_local.evaluation.lines import Line

Finish = Literal["stop", "length", "error", "too_long"]
"""length: cut off; error: the engine failed at it; too_long: the prompt leaves no room for a reply."""


class Said(Data):
    """One reply."""

    text: str
    finish: Finish
    prompt_tokens: int = 0
    completion_tokens: int = 0


class Answer(Line):
    """All replies to one row."""

    replies: tuple[Said, ...]
    """More than one where results were given back."""
