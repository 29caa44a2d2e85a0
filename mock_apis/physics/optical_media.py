"""Transparent media, and formulas of light and sound."""

import math
from typing import Annotated

from mock_apis.core import Record
from mock_apis.core.entities import Entity
from mock_apis.core.errors import NotFound

MediumName = Annotated[str, Entity("optical_medium.name")]
INDEX = {
    "vacuum": 1.0, "air": 1.000293, "ice": 1.31, "water": 1.333, "ethanol": 1.361, "fused quartz": 1.458,
    "glycerol": 1.473, "acrylic glass": 1.49, "crown glass": 1.52, "rock salt": 1.544, "polycarbonate": 1.585,
    "flint glass": 1.62, "sapphire": 1.77, "cubic zirconia": 2.16, "diamond": 2.417,
}  # fmt: skip
"""Refractive index for yellow light, as handbooks print it."""


class Medium(Record):
    name: MediumName
    refractive_index: float


def find_index(argument: str, name: str) -> float:
    """The refractive index. Raises NotFound."""
    if name not in INDEX:
        raise NotFound(f"no {argument} '{name[:40]}'; see waves_optics_media")
    return INDEX[name]


def ratio(above: float, below: float) -> float:
    """The amplitude reflected; all of it where both parts vanish, at grazing light."""
    return above / below if below > 1e-12 else 1.0


def sound_speed(temperature_c: float) -> float:
    """Metres per second in dry air."""
    return 331.3 * math.sqrt(1 + temperature_c / 273.15)
