"""Colour spaces: sRGB, linear light, HSL, CIE Lab under D65, and differences between colours."""

import colorsys
import math

Triple = tuple[float, float, float]
WHITE = (0.95047, 1.0, 1.08883)
"""XYZ of the D65 white point, 2° observer."""
BLINDNESS: dict[str, tuple[Triple, Triple, Triple]] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira and Fernandes 2009, severity 1; they apply to linear RGB."""


def parse_hex(colour: str) -> Triple:
    """Red, green and blue between 0 and 1."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def write_hex(rgb: Triple) -> str:
    """#rrggbb of channels, which are first brought between 0 and 1."""
    return "#" + "".join(f"{round_half_up(255 * min(1.0, max(0.0, channel))):02x}" for channel in rgb)


def round_half_up(number: float) -> int:
    """The nearest whole number."""
    return math.floor(number + 0.5 + 1e-9)


def to_linear(channel: float) -> float:
    """Light of an sRGB channel."""
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)


def from_linear(light: float) -> float:
    """sRGB channel of an amount of light."""
    light = min(1.0, max(0.0, light))
    return float(12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    red, green, blue = map(to_linear, parse_hex(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(first: str, second: str) -> float:
    """Contrast by WCAG 2, from 1 to 21."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def to_hsl(colour: str) -> Triple:
    """Hue in degrees, saturation and lightness in percent."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*parse_hex(colour))
    return hue * 360, saturation * 100, lightness * 100


def from_hsl(hue: float, saturation: float, lightness: float) -> str:
    """#rrggbb of a hue in degrees, saturation and lightness in percent."""
    return write_hex(colorsys.hls_to_rgb(hue % 360 / 360, lightness / 100, saturation / 100))


def to_lab(colour: str) -> Triple:
    """CIE L*, a*, b*."""
    red, green, blue = map(to_linear, parse_hex(colour))
    xyz = (
        0.4124564 * red + 0.3575761 * green + 0.1804375 * blue,
        0.2126729 * red + 0.7151522 * green + 0.0721750 * blue,
        0.0193339 * red + 0.1191920 * green + 0.9503041 * blue,
    )
    x, y, z = (_lab_curve(value / white) for value, white in zip(xyz, WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def simulate(colour: str, kind: str) -> str:
    """The colour as it looks to somebody with that colour blindness."""
    light = [to_linear(channel) for channel in parse_hex(colour)]
    red, green, blue = (
        from_linear(sum(factor * value for factor, value in zip(row, light, strict=True))) for row in BLINDNESS[kind]
    )
    return write_hex((red, green, blue))


def difference(first: Triple, second: Triple) -> float:
    """CIEDE2000 of two Lab colours (Sharma, Wu and Dalal 2005)."""
    l1, l2 = first[0], second[0]
    mean = (math.hypot(*first[1:]) + math.hypot(*second[1:])) / 2
    stretch = 1.5 - 0.5 * math.sqrt(mean**7 / (mean**7 + 25**7))
    a1, a2 = first[1] * stretch, second[1] * stretch
    c1, c2 = math.hypot(a1, first[2]), math.hypot(a2, second[2])
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, first[2]), (a2, second[2])))
    turn, hue = h2 - h1, (h1 + h2) / 2
    if c1 * c2 == 0:
        turn, hue = 0.0, h1 + h2
    elif abs(turn) > 180:
        turn -= math.copysign(360, turn)
        hue += 180 if h1 + h2 < 360 else -180
    level, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    spread = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    weight = (
        1
        - 0.17 * math.cos(math.radians(hue - 30))
        + 0.24 * math.cos(math.radians(2 * hue))
        + 0.32 * math.cos(math.radians(3 * hue + 6))
        - 0.20 * math.cos(math.radians(4 * hue - 63))
    )
    by_level = (l2 - l1) / (1 + 0.015 * (level - 50) ** 2 / math.sqrt(20 + (level - 50) ** 2))
    by_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    by_hue = spread / (1 + 0.015 * chroma * weight)
    rotation = -2 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    rotation *= math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2))))
    return math.sqrt(max(0.0, by_level**2 + by_chroma**2 + by_hue**2 + rotation * by_chroma * by_hue))


def _lab_curve(value: float) -> float:
    return value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116
