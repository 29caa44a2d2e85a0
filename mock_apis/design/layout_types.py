"""Paper and picture sizes as types, and what the layout tools give back."""

import math
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Record
from mock_apis.core.entities import Entity

Paper = Annotated[str, Field(pattern=r"^[ABC]([0-9]|10)$"), Entity("paper.size")]
"""A4"""
Pixels = Annotated[int, Field(ge=1, le=100_000)]
WidthPx = Annotated[int, Field(ge=1, le=100_000), Entity("picture.width_px")]
HeightPx = Annotated[int, Field(ge=1, le=100_000), Entity("picture.height_px")]
Dpi = Annotated[int, Field(ge=30, le=2400)]
FIRST_MM = {"A": (841, 1189), "B": (1000, 1414), "C": (917, 1297)}
RATIOS = {
    "minor second": 16 / 15, "major second": 9 / 8, "minor third": 6 / 5, "major third": 5 / 4,
    "perfect fourth": 4 / 3, "augmented fourth": math.sqrt(2), "perfect fifth": 3 / 2, "golden": (1 + math.sqrt(5)) / 2,
}  # fmt: skip
CSS_PX: dict[str, float] = {"px": 1, "pt": 96 / 72, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4}
CssUnit = Literal["px", "pt", "pc", "in", "cm", "mm", "rem"]


class PaperSize(Record):
    paper: Paper
    width_mm: int
    height_mm: int
    width_in: float
    height_in: float


class NearPaper(Record):
    paper: Paper
    landscape: bool
    off_mm: float
    """Sum of both sides' differences."""


class Raster(Record):
    width_px: WidthPx
    height_px: HeightPx


class Copies(Record):
    copies: int
    cuts_in_half: int


class PrintSize(Record):
    width_cm: float
    height_cm: float
    dpi: int
    largest_paper: Paper | None
    """Of the A series that the picture fills at that resolution, to half a millimetre; null if not even A10."""


class Ratio(Record):
    ratio: str
    """In lowest terms, such as 16:9."""
    decimal: float
    orientation: Literal["landscape", "portrait", "square"]


class Fitted(Record):
    width_px: WidthPx
    height_px: HeightPx
    scale: float
    bars_or_crop_px: int
    """Pixels of the box left empty (contain) or of the picture cut away (cover), along one side."""


class Density(Record):
    pixels_per_inch: float
    pixel_pitch_mm: float
    megapixels: float


class Grid(Record):
    column_px: float
    starts_px: list[float]


class TypeScale(Record):
    sizes_px: list[float]
    """Smallest first."""


class Length(Record):
    value: float
    unit: CssUnit
