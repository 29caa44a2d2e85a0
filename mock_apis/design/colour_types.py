"""What the colour tools give back."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Record
from mock_apis.core.entities import Entity

Hex = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$"), Entity("colour.hex")]
"""#1e90ff; results have lower case."""
ColourName = Annotated[str, Entity("colour.css_name")]


class Colour(Record):
    colour: Hex


class Named(Record):
    name: ColourName
    colour: Hex


class NamedList(Record):
    total: int
    colours: list[Named]


class Values(Record):
    colour: Hex
    rgb: list[int]
    hsl: list[float]
    hsv: list[float]
    cmyk_percent: list[float]
    """Without a printer's profile."""
    lab: list[float]
    """CIE L*a*b* under D65."""


class NearName(Record):
    name: ColourName
    named_colour: Hex
    difference: float
    """CIEDE2000."""
    exact: bool


class Contrast(Record):
    ratio: float
    """From 1 to 21."""
    aa_text: bool
    aa_large_text: bool
    aaa_text: bool
    aaa_large_text: bool


class Palette(Record):
    colours: list[Hex]


class Readable(Record):
    colour: Hex
    ratio: float
    changed: bool


class Seen(Record):
    kind: str
    colour: Hex
    difference: float
    """From the colour as most people see it, CIEDE2000."""


class Difference(Record):
    ciede2000: float
    closeness: Literal["not noticeable", "slight", "clear", "different colours"]
    """Below 1, 3 and 10."""
