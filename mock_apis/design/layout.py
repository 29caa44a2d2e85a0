"""Sizes of pages, pictures, screens and type."""

import math
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, World
from mock_apis.core.errors import InvalidArgument
from mock_apis.design.layout_types import (
    CSS_PX,
    FIRST_MM,
    RATIOS,
    Copies,
    CssUnit,
    Density,
    Dpi,
    Fitted,
    Grid,
    HeightPx,
    Length,
    NearPaper,
    Paper,
    PaperSize,
    Pixels,
    PrintSize,
    Raster,
    Ratio,
    TypeScale,
    WidthPx,
)

layout = Domain("layout", category="design", description="Paper and screen sizes, aspect ratios, grids, type scales.")


@layout.tool(example={"paper": "A4"}, kind="computation")
def paper_size(w: World, paper: Paper) -> PaperSize:
    """Give the width and height of an ISO paper or envelope size.

    paper: A0 to A10, B0 to B10 (ISO 216) or C0 to C10 (ISO 269).
    """
    width, height = paper_mm(paper)
    return PaperSize(
        paper=paper,
        width_mm=width,
        height_mm=height,
        width_in=round(width / 25.4, 2),
        height_in=round(height / 25.4, 2),
    )


@layout.tool(example={"width_mm": 216, "height_mm": 279}, kind="computation")
def nearest_paper(
    w: World,
    width_mm: Annotated[float, Field(ge=1, le=2000)],
    height_mm: Annotated[float, Field(ge=1, le=2000)],
    series: Literal["A", "B", "C"] = "A",
) -> NearPaper:
    """Find the ISO paper size that comes closest to a sheet.

    width_mm: Width of the sheet in millimetres.
    height_mm: Height of the sheet in millimetres.
    series: Which series of paper sizes.
    """
    short, long = sorted((width_mm, height_mm))
    gaps = []
    for number in range(11):
        sides = paper_mm(f"{series}{number}")
        gaps.append((abs(sides[0] - short) + abs(sides[1] - long), number))
    gap, number = min(gaps)
    return NearPaper(paper=f"{series}{number}", landscape=width_mm > height_mm, off_mm=round(gap, 2))


@layout.tool(example={"paper": "A4", "dpi": 300}, kind="computation")
def paper_pixels(w: World, paper: Paper, dpi: Dpi = 300) -> Raster:
    """Give the pixels that fill an ISO paper size, upright, at a resolution.

    paper: Size such as A4.
    dpi: Dots per inch; 300 is usual in print.
    """
    width, height = (max(1, math.floor(side / 25.4 * dpi + 0.5)) for side in paper_mm(paper))
    return Raster(width_px=width, height_px=height)


@layout.tool(example={"sheet": "A3", "paper": "A6"}, kind="computation")
def cut_sheet(w: World, sheet: Paper, paper: Paper) -> Copies:
    """Count how many pieces of a smaller ISO size a sheet of the same series can be cut into.

    sheet: Size of the sheet, for example A3.
    paper: Size of the pieces, of the same series and not larger.
    """
    halvings = int(paper[1:]) - int(sheet[1:])
    if paper[0] != sheet[0] or halvings < 0:
        raise InvalidArgument(f"paper {paper}: must be of the series of {sheet} and not larger")
    return Copies(copies=2**halvings, cuts_in_half=halvings)


@layout.tool(example={"width_px": 4000, "height_px": 3000}, kind="computation")
def print_size(w: World, width_px: WidthPx, height_px: HeightPx, dpi: Dpi = 300) -> PrintSize:
    """Work out how large a picture can be printed at a resolution.

    width_px: Width of the picture in pixels.
    height_px: Height of the picture in pixels.
    dpi: Dots per inch in print.
    """
    sides = sorted(side / dpi * 25.4 for side in (width_px, height_px))
    fills = [f"A{n}" for n in range(11) if all(a >= b - 0.5 for a, b in zip(sides, paper_mm(f"A{n}"), strict=True))]
    return PrintSize(
        width_cm=round(width_px / dpi * 2.54, 2),
        height_cm=round(height_px / dpi * 2.54, 2),
        dpi=dpi,
        largest_paper=fills[0] if fills else None,
    )


@layout.tool(example={"width_px": 1920, "height_px": 1080}, kind="computation")
def aspect_ratio(w: World, width_px: WidthPx, height_px: HeightPx) -> Ratio:
    """Reduce the aspect ratio of a picture or screen to lowest terms.

    width_px: Width in pixels.
    height_px: Height in pixels.
    """
    common = math.gcd(width_px, height_px)
    orientation: Literal["landscape", "portrait", "square"] = "landscape" if width_px > height_px else "portrait"
    if width_px == height_px:
        orientation = "square"
    ratio = f"{width_px // common}:{height_px // common}"
    return Ratio(ratio=ratio, decimal=round(width_px / height_px, 4), orientation=orientation)


@layout.tool(
    example={"width_px": 4000, "height_px": 3000, "box_width_px": 1920, "box_height_px": 1080, "mode": "cover"},
    kind="computation",
)
def fit_picture(
    w: World,
    width_px: WidthPx,
    height_px: HeightPx,
    box_width_px: Pixels,
    box_height_px: Pixels,
    mode: Literal["contain", "cover"] = "contain",
) -> Fitted:
    """Scale a picture into a box without distortion, whole or filling it.

    width_px: Width of the picture in pixels.
    height_px: Height of the picture in pixels.
    box_width_px: Width of the box in pixels.
    box_height_px: Height of the box in pixels.
    mode: Contain shows all of the picture, cover fills all of the box.
    """
    scales = (box_width_px / width_px, box_height_px / height_px)
    scale = min(scales) if mode == "contain" else max(scales)
    width, height = (max(1, math.floor(side * scale + 0.5 + 1e-9)) for side in (width_px, height_px))
    if max(width, height) > 100_000:
        raise InvalidArgument("box_width_px, box_height_px: the scaled picture has a side over 100000 pixels")
    rest = max(abs(width - box_width_px), abs(height - box_height_px))
    return Fitted(width_px=width, height_px=height, scale=round(scale, 5), bars_or_crop_px=rest)


@layout.tool(example={"width_px": 2560, "height_px": 1440, "diagonal_in": 27.0}, kind="computation")
def screen_density(
    w: World, width_px: WidthPx, height_px: HeightPx, diagonal_in: Annotated[float, Field(ge=0.5, le=500)]
) -> Density:
    """Work out the pixels per inch of a screen.

    width_px: Pixels from left to right.
    height_px: Pixels from top to bottom.
    diagonal_in: Diagonal in inches.
    """
    density = math.hypot(width_px, height_px) / diagonal_in
    return Density(
        pixels_per_inch=round(density, 2),
        pixel_pitch_mm=round(25.4 / density, 4),
        megapixels=round(width_px * height_px / 1e6, 3),
    )


@layout.tool(example={"width_px": 1200, "columns": 12, "gutter_px": 24, "margin_px": 24}, kind="computation")
def column_grid(
    w: World,
    width_px: WidthPx,
    columns: Annotated[int, Field(ge=1, le=24)],
    gutter_px: Annotated[float, Field(ge=0, le=1000)] = 0,
    margin_px: Annotated[float, Field(ge=0, le=1000)] = 0,
) -> Grid:
    """Divide a page into equal columns with gutters and outer margins.

    width_px: Width of the page in pixels.
    columns: How many columns.
    gutter_px: Space between two columns in pixels.
    margin_px: Space left and right of all columns in pixels.
    """
    column = (width_px - 2 * margin_px - (columns - 1) * gutter_px) / columns
    if column <= 0:
        raise InvalidArgument(f"width_px {width_px}: gutters and margins leave nothing for {columns} columns")
    starts = [round(margin_px + number * (column + gutter_px), 3) for number in range(columns)]
    return Grid(column_px=round(column, 3), starts_px=starts)


@layout.tool(example={"base_px": 16.0, "ratio": "major third"}, kind="computation")
def type_scale(
    w: World,
    base_px: Annotated[float, Field(ge=4, le=200)],
    ratio: Literal[
        "minor second",
        "major second",
        "minor third",
        "major third",
        "perfect fourth",
        "augmented fourth",
        "perfect fifth",
        "golden",
    ],
    steps_down: Annotated[int, Field(ge=0, le=5)] = 2,
    steps_up: Annotated[int, Field(ge=0, le=8)] = 5,
) -> TypeScale:
    """Build a modular scale of font sizes around a base size.

    base_px: Size of body text in pixels.
    ratio: Factor between two steps, named after musical intervals (just intonation).
    steps_down: Sizes below the base.
    steps_up: Sizes above the base.
    """
    return TypeScale(sizes_px=[round(base_px * RATIOS[ratio] ** step, 3) for step in range(-steps_down, steps_up + 1)])


@layout.tool(example={"value": 24.0, "unit": "px", "to": "rem"}, kind="computation")
def css_length(
    w: World,
    value: Annotated[float, Field(ge=0, le=1e6)],
    unit: CssUnit,
    to: CssUnit,
    root_px: Annotated[float, Field(ge=1, le=200)] = 16,
) -> Length:
    """Convert a CSS length between pixels, points, rem and absolute units.

    value: The length in the given unit.
    unit: Unit of the value.
    to: Unit to convert to; CSS counts 96 pixels to the inch.
    root_px: Font size of the root element in pixels, which is 1rem.
    """
    sizes = {**CSS_PX, "rem": root_px}
    return Length(value=round(value * sizes[unit] / sizes[to], 4), unit=to)


def paper_mm(paper: str) -> tuple[int, int]:
    """Width and height: halving the long side, rounded down, as the standards do."""
    width, height = FIRST_MM[paper[0]]
    for _ in range(int(paper[1:])):
        width, height = height // 2, width
    return width, height
