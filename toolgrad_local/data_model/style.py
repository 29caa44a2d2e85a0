"""Who asks, and how: what makes the queries of a run differ from one another."""

from pydantic import Field

from toolgrad_local.data_model.base import Data


class Style(Data):
    """The style of one sample's query, drawn by its seed; empty texts where the run has no styles."""

    persona: str
    situation: str
    tone: str
    length: str
    explicitness: str
    language: str = "English"


class StyleLists(Data):
    """What styles are drawn from; each list has at least one entry."""

    personas: tuple[str, ...] = Field(min_length=1)
    situations: tuple[str, ...] = Field(min_length=1)
    tones: tuple[str, ...] = Field(min_length=1)
    lengths: tuple[str, ...] = Field(min_length=1)
    explicitness: tuple[str, ...] = Field(min_length=1)
