"""Colours of the screen: conversion, contrast, harmony, mixing, names."""

import colorsys
from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import Limit
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound
from mock_apis.design.colour_maths import (
    Triple,
    contrast_ratio,
    difference,
    from_hsl,
    from_linear,
    parse_hex,
    simulate,
    to_hsl,
    to_lab,
    to_linear,
    write_hex,
)
from mock_apis.design.colour_types import (
    Colour,
    ColourName,
    Contrast,
    Difference,
    Hex,
    Named,
    NamedList,
    NearName,
    Palette,
    Readable,
    Seen,
    Values,
)

colours = Domain("colours", category="design", description="Conversion, contrast and harmony of sRGB colours.")

Space = Literal["rgb", "hsl", "hsv"]
Scheme = Literal["complementary", "analogous", "triadic", "split_complementary", "square"]
ANGLES: dict[Scheme, tuple[int, ...]] = {
    "complementary": (180,),
    "analogous": (330, 30),
    "triadic": (120, 240),
    "split_complementary": (150, 210),
    "square": (90, 180, 270),
}
LARGEST: dict[Space, Triple] = {"rgb": (255, 255, 255), "hsl": (360, 100, 100), "hsv": (360, 100, 100)}


@colours.tool(example={"query": "blue"}, kind="data")
def search_names(w: World, query: str, limit: Limit = 5) -> NamedList:
    """Find named colours of CSS by a part of their name, with their hex values.

    query: Part of the name, for example blue; lightgray and other grays are spelled with a.
    limit: At most this many colours, by name.
    """
    wanted = query.strip().casefold().replace(" ", "")
    rows = [Named(name=row["name"], colour=row["hex"]) for row in load_rows("css_colours") if wanted in row["name"]]
    return NamedList(total=len(rows), colours=rows[:limit])


@colours.tool(example={"name": "dodgerblue"}, errors=[NotFound], kind="data")
def from_name(w: World, name: ColourName) -> Colour:
    """Give the hex value of a colour that CSS has a name for.

    name: CSS name without blanks, for example dodgerblue; see colours_search_names.
    """
    wanted = name.strip().casefold().replace(" ", "").replace("grey", "gray")
    for row in load_rows("css_colours"):
        if row["name"] == wanted:
            return Colour(colour=row["hex"])
    raise NotFound(f"no CSS colour with name '{name}'; see colours_search_names")


@colours.tool(example={"colour": "#1e90ff"}, kind="data")
def nearest_name(w: World, colour: Hex) -> NearName:
    """Name the CSS colour that looks most like a colour.

    colour: Colour as #rrggbb.
    """
    own = to_lab(colour)
    gap, name, named = min((difference(own, lab), name, value) for name, value, lab in _named_labs())
    return NearName(name=name, named_colour=named, difference=round(gap, 3), exact=named == colour.lower())


@colours.tool(example={"colour": "#1e90ff"}, kind="computation")
def convert(w: World, colour: Hex) -> Values:
    """Give a hex colour in RGB, HSL, HSV, CMYK and Lab values.

    colour: Colour as #rrggbb.
    """
    rgb = parse_hex(colour)
    black = 1 - max(rgb)
    ink = [(1 - channel - black) / (1 - black) if black < 1 else 0.0 for channel in rgb]
    hue, saturation, value = colorsys.rgb_to_hsv(*rgb)
    return Values(
        colour=colour.lower(),
        rgb=[round(255 * channel) for channel in rgb],
        hsl=_rounded(to_hsl(colour)),
        hsv=_rounded((hue * 360, saturation * 100, value * 100)),
        cmyk_percent=[round(100 * share, 1) for share in (*ink, black)],
        lab=_rounded(to_lab(colour)),
    )


@colours.tool(example={"space": "hsl", "values": [210, 100, 56]}, kind="computation")
def from_values(
    w: World,
    space: Space,
    values: Annotated[list[Annotated[float, Field(ge=0, le=360)]], Field(min_length=3, max_length=3)],
) -> Colour:
    """Make a hex colour from its three RGB, HSL or HSV values.

    space: What the values are.
    values: RGB each 0 to 255; else hue 0 to 360 degrees, then two values of 0 to 100 percent.
    """
    for value, largest in zip(values, LARGEST[space], strict=True):
        if value > largest:
            raise InvalidArgument(f"values: {value} is over {largest} for {space}")
    if space == "hsl":
        return Colour(colour=from_hsl(*values))
    if space == "hsv":
        return Colour(colour=write_hex(colorsys.hsv_to_rgb(values[0] % 360 / 360, values[1] / 100, values[2] / 100)))
    return Colour(colour=write_hex((values[0] / 255, values[1] / 255, values[2] / 255)))


@colours.tool(example={"foreground": "#767676", "background": "#ffffff"}, kind="computation")
def contrast(w: World, foreground: Hex, background: Hex) -> Contrast:
    """Work out the contrast of text on a background and the WCAG 2 levels that it meets.

    foreground: Colour of the text as #rrggbb.
    background: Colour behind it as #rrggbb.
    """
    ratio = contrast_ratio(foreground, background)
    return Contrast(
        ratio=round(ratio, 4),
        aa_text=ratio >= 4.5,
        aa_large_text=ratio >= 3,
        aaa_text=ratio >= 7,
        aaa_large_text=ratio >= 4.5,
    )


@colours.tool(example={"colour": "#1e90ff", "background": "#ffffff"}, errors=[FailedPrecondition], kind="computation")
def make_readable(
    w: World, colour: Hex, background: Hex, ratio: Annotated[float, Field(ge=1, le=21)] = 4.5
) -> Readable:
    """Darken or lighten a text colour just enough to reach a contrast on a background.

    colour: Colour of the text as #rrggbb; its hue and saturation stay.
    background: Colour behind the text as #rrggbb.
    ratio: Contrast to reach, from 1 to 21; 4.5 is WCAG 2 level AA.
    """
    hue, saturation, lightness = to_hsl(colour)
    steps = [(colour.lower(), 0.0)]
    for change in range(1, 201):
        for moved in (lightness - change / 2, lightness + change / 2):
            steps.append((from_hsl(hue, saturation, min(100.0, max(0.0, moved))), float(change)))
    for moved_colour, moved_by in steps:
        reached = contrast_ratio(moved_colour, background)
        if reached >= ratio:
            return Readable(colour=moved_colour, ratio=round(reached, 4), changed=moved_by > 0)
    best = max(contrast_ratio(end, background) for end in ("#000000", "#ffffff"))
    raise FailedPrecondition(
        f"ratio {ratio} cannot be reached on background {background}: black or white give {best:.2f}"
    )


@colours.tool(example={"colour": "#1e90ff", "scheme": "triadic"}, kind="computation")
def harmony(w: World, colour: Hex, scheme: Scheme) -> Palette:
    """Build a palette of hues in fixed angles around the HSL colour wheel.

    colour: Colour to start from as #rrggbb; it comes first.
    scheme: Which angles: complementary 180, analogous 330 and 30, triadic 120 and 240 degrees, and so on.
    """
    hue, saturation, lightness = to_hsl(colour)
    return Palette(
        colours=[colour.lower(), *(from_hsl(hue + angle, saturation, lightness) for angle in ANGLES[scheme])]
    )


@colours.tool(example={"first": "#ff0000", "second": "#0000ff"}, kind="computation")
def mix(
    w: World, first: Hex, second: Hex, share: Annotated[float, Field(ge=0, le=1)] = 0.5, linear_light: bool = False
) -> Colour:
    """Mix two colours in a given proportion.

    first: One colour as #rrggbb.
    second: The other colour as #rrggbb.
    share: Part of the second colour, from 0 to 1.
    linear_light: True mixes amounts of light; else the sRGB values, as CSS gradients do.
    """
    return Colour(colour=_mix(first, second, share, linear_light))


@colours.tool(example={"first": "#1e90ff", "last": "#ffffff"}, kind="computation")
def gradient(w: World, first: Hex, last: Hex, steps: Annotated[int, Field(ge=2, le=20)] = 5) -> Palette:
    """List evenly spaced colours from one colour to another, ends included.

    first: Colour at the start as #rrggbb.
    last: Colour at the end as #rrggbb.
    steps: How many colours, 2 to 20.
    """
    return Palette(colours=[_mix(first, last, step / (steps - 1), False) for step in range(steps)])


@colours.tool(example={"colour": "#1e90ff", "lightness": -10}, kind="computation")
def adjust(
    w: World,
    colour: Hex,
    hue: Annotated[float, Field(ge=-360, le=360)] = 0,
    saturation: Annotated[float, Field(ge=-100, le=100)] = 0,
    lightness: Annotated[float, Field(ge=-100, le=100)] = 0,
) -> Colour:
    """Shift the hue, saturation and lightness of a colour in HSL.

    colour: Colour as #rrggbb.
    hue: Degrees to turn the hue by.
    saturation: Percentage points to add to the saturation; it stays between 0 and 100.
    lightness: Percentage points to add to the lightness; it stays between 0 and 100.
    """
    old = to_hsl(colour)
    ends = [min(100.0, max(0.0, value)) for value in (old[1] + saturation, old[2] + lightness)]
    return Colour(colour=from_hsl(old[0] + hue, *ends))


@colours.tool(example={"colour": "#ff0000", "kind": "deuteranopia"}, kind="computation")
def simulate_blindness(w: World, colour: Hex, kind: Literal["protanopia", "deuteranopia", "tritanopia"]) -> Seen:
    """Show how a colour looks to somebody who is colour-blind (Machado 2009).

    colour: Colour as #rrggbb.
    kind: Colour blindness: red, green or blue cones that do not work.
    """
    seen = simulate(colour, kind)
    return Seen(kind=kind, colour=seen, difference=round(difference(to_lab(colour), to_lab(seen)), 3))


@colours.tool(example={"first": "#1e90ff", "second": "#00bfff"}, kind="computation")
def compare(w: World, first: Hex, second: Hex) -> Difference:
    """Measure how different two colours look, by CIEDE2000.

    first: One colour as #rrggbb.
    second: The other colour as #rrggbb.
    """
    gap = difference(to_lab(first), to_lab(second))
    closeness: Literal["not noticeable", "slight", "clear", "different colours"] = "different colours"
    if gap < 10:
        closeness = "not noticeable" if gap < 1 else "slight" if gap < 3 else "clear"
    return Difference(ciede2000=round(gap, 3), closeness=closeness)


def _rounded(values: Triple) -> list[float]:
    return [round(value, 1) + 0.0 for value in values]


def _mix(first: str, second: str, share: float, linear: bool) -> str:
    ends = zip(parse_hex(first), parse_hex(second), strict=True)
    if linear:
        red, green, blue = (from_linear((1 - share) * to_linear(a) + share * to_linear(b)) for a, b in ends)
    else:
        red, green, blue = ((1 - share) * a + share * b for a, b in ends)
    return write_hex((red, green, blue))


@cache
def _named_labs() -> tuple[tuple[str, str, Triple], ...]:
    return tuple((row["name"], row["hex"], to_lab(row["hex"])) for row in load_rows("css_colours"))
