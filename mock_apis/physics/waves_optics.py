"""Light at borders and lenses, sound, and waves."""

import math
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound
from mock_apis.physics.optical_media import INDEX, Medium, MediumName, find_index, ratio, sound_speed
from mock_apis.science.figures import sig

waves_optics = Domain("waves_optics", category="physics", description="Refraction, lenses, gratings, sound, Doppler.")

Wavelength = Annotated[float, Field(ge=0.000001, le=1e9), Entity("wave.wavelength_nm")]
WavelengthOut = Annotated[float, Entity("wave.wavelength_nm")]
AirTemperature = Annotated[float, Field(ge=-50, le=60), Entity("air.temperature_c")]
Degrees = Annotated[float, Field(ge=0, le=90)]
COLOURS = (
    (380, "violet"),
    (450, "blue"),
    (485, "cyan"),
    (500, "green"),
    (565, "yellow"),
    (590, "orange"),
    (625, "red"),
)


class MediumList(Record):
    total: int
    media: list[Medium]


class Refraction(Record):
    refracted_degrees: float | None
    """Null where all light is reflected."""
    critical_degrees: float | None
    """Null where none is."""
    reflected_percent: float


class Image(Record):
    image_distance_cm: float
    """Negative for a virtual image on the object's side."""
    magnification: float
    """Negative for an image upside down."""
    kind: Literal["real", "virtual"]


class LensPower(Record):
    focal_length_cm: float
    dioptres: float


class Light(Record):
    wavelength_nm: WavelengthOut
    frequency_thz: float
    photon_ev: float
    colour: str
    """Rough name of the spectral colour; infrared or ultraviolet outside 380 to 750 nm."""


class Shifted(Record):
    wavelength_nm: WavelengthOut
    redshift: float


class Maxima(Record):
    angles_degrees: list[float]
    """Of the first order and up."""


class Tone(Record):
    frequency_hz: float


class Sound(Record):
    speed_m_per_s: float
    wavelength_m: float


class Level(Record):
    decibels: float


@waves_optics.tool(example={"query": "glass"}, kind="data")
def media(w: World, query: str = "", limit: Annotated[int, Field(ge=1, le=20)] = 5) -> MediumList:
    """Find transparent media with their refractive index, thinnest first.

    query: Part of the name, such as glass; all if left out.
    limit: At most this many media.
    """
    rows = [Medium(name=name, refractive_index=n) for name, n in INDEX.items() if query.strip().casefold() in name]
    return MediumList(total=len(rows), media=rows[:limit])


@waves_optics.tool(
    example={"from_medium": "air", "to_medium": "@waves_optics_media.media[0].name", "angle_degrees": 30.0},
    errors=[NotFound],
    kind="computation",
)
def refract(w: World, from_medium: MediumName, to_medium: MediumName, angle_degrees: Degrees) -> Refraction:
    """Follow a light ray from one medium into another (Snell and Fresnel).

    from_medium: Where the ray comes from, such as air; see waves_optics_media.
    to_medium: Where it goes, such as water.
    angle_degrees: Angle to the perpendicular, 0 to 90.
    """
    one, two = find_index("from_medium", from_medium), find_index("to_medium", to_medium)
    angle = math.radians(angle_degrees)
    sine = math.sin(angle) * one / two
    critical = math.degrees(math.asin(two / one)) if two < one else None
    if sine > 1:
        return Refraction(refracted_degrees=None, critical_degrees=critical, reflected_percent=100.0)
    inner = math.asin(sine)
    cos_in, cos_out = max(math.cos(angle), 0.0), max(math.cos(inner), 0.0)
    across = ratio(one * cos_in - two * cos_out, one * cos_in + two * cos_out)
    along = ratio(one * cos_out - two * cos_in, one * cos_out + two * cos_in)
    return Refraction(
        refracted_degrees=round(math.degrees(inner), 4),
        critical_degrees=None if critical is None else round(critical, 4),
        reflected_percent=round(50 * (across**2 + along**2), 4),
    )


@waves_optics.tool(
    example={"focal_length_cm": 10.0, "object_distance_cm": 30.0}, errors=[FailedPrecondition], kind="computation"
)
def thin_lens(
    w: World,
    focal_length_cm: Annotated[float, Field(ge=-100_000, le=100_000)],
    object_distance_cm: Annotated[float, Field(ge=0.001, le=1e9)],
) -> Image:
    """Work out where a thin lens puts the image and how large.

    focal_length_cm: Focal length in centimetres, negative for a diverging lens, not zero.
    object_distance_cm: Distance of the object in front of the lens in centimetres.
    """
    if abs(focal_length_cm) < 1e-3:
        raise InvalidArgument("focal_length_cm must not be zero")
    gap = object_distance_cm - focal_length_cm
    if abs(gap) < 1e-6 * object_distance_cm:
        raise FailedPrecondition("object_distance_cm equals the focal length, so the image lies at infinity")
    distance = focal_length_cm * object_distance_cm / gap
    return Image(
        image_distance_cm=sig(distance),
        magnification=sig(-distance / object_distance_cm),
        kind="real" if distance > 0 else "virtual",
    )


@waves_optics.tool(
    example={"medium": "crown glass", "front_radius_cm": 20.0, "back_radius_cm": -20.0},
    errors=[NotFound, FailedPrecondition],
    kind="computation",
)
def lens_power(
    w: World,
    medium: MediumName,
    front_radius_cm: Annotated[float, Field(ge=-10_000, le=10_000)],
    back_radius_cm: Annotated[float, Field(ge=-10_000, le=10_000)],
) -> LensPower:
    """Work out the focal length of a thin lens in air from its shape.

    medium: What the lens is made of, such as crown glass; see waves_optics_media.
    front_radius_cm: Radius of the first surface, positive if it bulges to the light; 10000 if flat.
    back_radius_cm: Radius of the second surface, negative if it bulges away from the light.
    """
    if min(abs(front_radius_cm), abs(back_radius_cm)) < 0.01:
        raise InvalidArgument("front_radius_cm or back_radius_cm is zero")
    curvature = (find_index("medium", medium) / INDEX["air"] - 1) * (1 / front_radius_cm - 1 / back_radius_cm)
    if abs(curvature) < 1e-9:
        raise FailedPrecondition(f"medium {medium} with these radii does not bend light")
    return LensPower(focal_length_cm=sig(1 / curvature), dioptres=sig(100 * curvature))


@waves_optics.tool(example={"wavelength_nm": 589.0}, kind="computation")
def light(w: World, wavelength_nm: Wavelength) -> Light:
    """Give frequency, photon energy and colour of light of a wavelength.

    wavelength_nm: Wavelength in vacuum in nanometres.
    """
    named = [name for start, name in COLOURS if wavelength_nm >= start]
    colour = "infrared or longer" if wavelength_nm > 750 else named[-1] if named else "ultraviolet or shorter"
    return Light(
        wavelength_nm=wavelength_nm,
        frequency_thz=sig(299792.458 / wavelength_nm),
        photon_ev=sig(1239.841984 / wavelength_nm),
        colour=colour,
    )


@waves_optics.tool(
    example={"wavelength_nm": "@waves_optics_light.wavelength_nm", "speed_km_per_s": 3000.0}, kind="computation"
)
def doppler_light(
    w: World, wavelength_nm: Wavelength, speed_km_per_s: Annotated[float, Field(ge=-290_000, le=290_000)]
) -> Shifted:
    """Shift light by the relativistic Doppler effect of a moving source.

    wavelength_nm: Wavelength as it is sent out, in nanometres.
    speed_km_per_s: Speed of the source, positive away from the observer.
    """
    beta = speed_km_per_s / 299792.458
    factor = math.sqrt((1 + beta) / (1 - beta))
    return Shifted(wavelength_nm=sig(wavelength_nm * factor, 8), redshift=sig(factor - 1))


@waves_optics.tool(
    example={"wavelength_nm": "@waves_optics_light.wavelength_nm", "lines_per_mm": 500.0},
    errors=[FailedPrecondition],
    kind="computation",
)
def grating(w: World, wavelength_nm: Wavelength, lines_per_mm: Annotated[float, Field(ge=0.1, le=10_000)]) -> Maxima:
    """Find the angles of the bright lines behind a diffraction grating.

    wavelength_nm: Wavelength of the light in nanometres.
    lines_per_mm: Lines of the grating for one millimetre; light falls on it straight.
    """
    step = wavelength_nm * 1e-6 * lines_per_mm
    if step > 1:
        raise FailedPrecondition(f"lines_per_mm {lines_per_mm} is too fine: no line beside the middle one")
    orders = range(1, min(10, int(1 / step)) + 1)
    return Maxima(angles_degrees=[round(math.degrees(math.asin(min(1.0, order * step))), 4) for order in orders])


@waves_optics.tool(
    example={"frequency_hz": 440.0, "source_m_per_s": -30.0}, errors=[FailedPrecondition], kind="computation"
)
def doppler_sound(
    w: World,
    frequency_hz: Annotated[float, Field(ge=0.01, le=1e9)],
    source_m_per_s: Annotated[float, Field(ge=-340, le=340)] = 0.0,
    observer_m_per_s: Annotated[float, Field(ge=-340, le=340)] = 0.0,
    temperature_c: AirTemperature = 20.0,
) -> Tone:
    """Work out the tone heard when source or listener moves through air.

    frequency_hz: Tone that is sent out, in hertz.
    source_m_per_s: Speed of the source away from the listener; negative towards.
    observer_m_per_s: Speed of the listener towards the source; negative away.
    temperature_c: Temperature of the air in degrees Celsius.
    """
    speed = sound_speed(temperature_c)
    if speed + source_m_per_s < 1 or speed + observer_m_per_s < 1:
        raise FailedPrecondition(f"source_m_per_s or observer_m_per_s reaches the speed of sound, {speed:.1f} m/s")
    return Tone(frequency_hz=sig(frequency_hz * (speed + observer_m_per_s) / (speed + source_m_per_s)))


@waves_optics.tool(example={"frequency_hz": 440.0, "temperature_c": 20.0}, kind="computation")
def sound_wave(
    w: World,
    frequency_hz: Annotated[float, Field(ge=0.01, le=1e9)],
    temperature_c: AirTemperature = 20.0,
) -> Sound:
    """Give the speed of sound in dry air and a tone's wavelength.

    frequency_hz: Frequency of the tone in hertz.
    temperature_c: Temperature of the air in degrees Celsius.
    """
    speed = sound_speed(temperature_c)
    return Sound(speed_m_per_s=round(speed, 2), wavelength_m=sig(speed / frequency_hz))


@waves_optics.tool(example={"levels_db": [80.0, 80.0]}, kind="computation")
def add_sound_levels(
    w: World, levels_db: Annotated[list[Annotated[float, Field(ge=-20, le=200)]], Field(min_length=2, max_length=10)]
) -> Level:
    """Add the levels of independent sound sources in decibels.

    levels_db: Two to ten levels at the listener, in decibels.
    """
    return Level(decibels=round(10 * math.log10(math.fsum(10 ** (level / 10) for level in levels_db)), 2))
