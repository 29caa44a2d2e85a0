"""Direct and alternating current circuits."""

import math
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition, InvalidArgument
from mock_apis.science.figures import sig

circuits = Domain("circuits", category="physics", description="Resistors, capacitors, coils and power in circuits.")

Ohms = Annotated[float, Field(ge=0.01, le=1e10), Entity("circuit.resistance_ohm")]
OhmsOut = Annotated[float, Entity("circuit.resistance_ohm")]
Volts = Annotated[float, Field(ge=0, le=1_000_000)]
Farads = Annotated[float, Field(ge=0.000001, le=1_000_000)]
Bands = Annotated[str, Field(pattern=r"^[a-z]+( [a-z]+)*$"), Entity("resistor.bands")]
COLOURS = ("black", "brown", "red", "orange", "yellow", "green", "blue", "violet", "grey", "white")
TOLERANCES = {"brown": 1.0, "red": 2.0, "green": 0.5, "blue": 0.25, "violet": 0.1, "gold": 5.0, "silver": 10.0}
E12 = (10, 12, 15, 18, 22, 27, 33, 39, 47, 56, 68, 82)
E24 = (10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 39, 43, 47, 51, 56, 62, 68, 75, 82, 91)


class Combined(Record):
    resistance_ohm: OhmsOut


class Load(Record):
    amperes: float
    watts: float


class Divider(Record):
    output_volts: float
    current_ma: float


class Resistor(Record):
    resistance_ohm: OhmsOut
    tolerance_percent: float


class Standard(Record):
    resistance_ohm: OhmsOut
    error_percent: float
    bands: Bands
    """Two digits, multiplier and gold for 5 percent or silver for 10."""


class Led(Record):
    resistance_ohm: OhmsOut
    watts: float
    """In the resistor."""


class Charging(Record):
    time_constant_ms: float
    cutoff_hz: float
    charged_to_99_percent_ms: float


class Resonance(Record):
    frequency_hz: float
    quality: float
    bandwidth_hz: float


class Impedance(Record):
    impedance_ohm: OhmsOut
    phase_degrees: float
    """Positive where the current lags."""
    power_factor: float


class Wire(Record):
    resistance_ohm: OhmsOut


@circuits.tool(example={"resistors": [100, 220, 330], "wiring": "parallel"}, kind="computation")
def combine(
    w: World,
    resistors: Annotated[list[Ohms], Field(min_length=2, max_length=10)],
    wiring: Literal["series", "parallel"],
) -> Combined:
    """Combine resistors in series or in parallel into one resistance.

    resistors: Two to ten resistances in ohms.
    wiring: How they are connected.
    """
    total = math.fsum(resistors) if wiring == "series" else 1 / math.fsum(1 / ohms for ohms in resistors)
    return Combined(resistance_ohm=sig(total))


@circuits.tool(example={"volts": 12.0, "resistance_ohm": "@circuits_combine.resistance_ohm"}, kind="computation")
def ohms_law(w: World, volts: Volts, resistance_ohm: Ohms) -> Load:
    """Work out the current through a resistor and the power it takes up.

    volts: Voltage across the resistor.
    resistance_ohm: Resistance in ohms.
    """
    return Load(amperes=sig(volts / resistance_ohm), watts=sig(volts**2 / resistance_ohm))


@circuits.tool(example={"volts": 9.0, "upper_ohm": 1000.0, "lower_ohm": 2000.0}, kind="computation")
def voltage_divider(w: World, volts: Volts, upper_ohm: Ohms, lower_ohm: Ohms) -> Divider:
    """Work out the unloaded output of a voltage divider.

    volts: Voltage across both resistors.
    upper_ohm: Resistor between the supply and the output.
    lower_ohm: Resistor between the output and ground.
    """
    current = volts / (upper_ohm + lower_ohm)
    return Divider(output_volts=sig(current * lower_ohm), current_ma=sig(current * 1000))


@circuits.tool(example={"bands": "yellow violet red gold"}, kind="computation")
def read_bands(w: World, bands: Bands) -> Resistor:
    """Read a resistor's resistance and tolerance from its colour bands.

    bands: Four colours (two digits) or five (three digits), such as yellow violet red gold.
    """
    names = bands.split()
    if len(names) not in (4, 5):
        raise InvalidArgument(f"bands: {len(names)} colours; a resistor has four or five")
    *digits, multiplier, tolerance = names
    power = {"gold": -1, "silver": -2}.get(multiplier, COLOURS.index(multiplier) if multiplier in COLOURS else None)
    if power is None or tolerance not in TOLERANCES or not all(name in COLOURS for name in digits):
        raise InvalidArgument(f"bands: '{bands[:60]}' holds a colour that cannot stand there")
    number = int("".join(str(COLOURS.index(name)) for name in digits))
    if number == 0:
        raise InvalidArgument("bands: digits of zero give no resistance")
    ohms = number * 10**power if power >= 0 else number / 10**-power
    return Resistor(resistance_ohm=float(ohms), tolerance_percent=TOLERANCES[tolerance])


@circuits.tool(
    example={"resistance_ohm": "@circuits_led_resistor.resistance_ohm"}, errors=[FailedPrecondition], kind="computation"
)
def nearest_standard(w: World, resistance_ohm: Ohms, series: Literal["E12", "E24"] = "E12") -> Standard:
    """Find the standard resistor next to a resistance, and its colour bands.

    resistance_ohm: Wanted resistance, 1 ohm to 10 megaohms.
    series: E12 has twelve values a decade, E24 twenty-four.
    """
    if not 1 <= resistance_ohm <= 1e7:
        raise FailedPrecondition(f"resistance_ohm {resistance_ohm} is not between 1 and 10000000")
    values = [(digits, power) for power in range(-1, 7) for digits in (E12 if series == "E12" else E24)]
    digits, power = min(values, key=lambda one: abs(math.log(one[0] * 10.0 ** one[1] / resistance_ohm)))
    value = digits * 10**power if power >= 0 else digits / 10
    multiplier = "gold" if power < 0 else COLOURS[power]
    last = "silver" if series == "E12" else "gold"
    return Standard(
        resistance_ohm=float(value),
        error_percent=round(100 * (value / resistance_ohm - 1), 2),
        bands=f"{COLOURS[digits // 10]} {COLOURS[digits % 10]} {multiplier} {last}",
    )


@circuits.tool(
    example={"supply_volts": 5.0, "led_volts": 2.0, "current_ma": 20.0}, errors=[FailedPrecondition], kind="computation"
)
def led_resistor(
    w: World, supply_volts: Volts, led_volts: Volts, current_ma: Annotated[float, Field(ge=0.001, le=100_000)]
) -> Led:
    """Work out the series resistor for a light-emitting diode.

    supply_volts: Voltage of the supply.
    led_volts: Forward voltage of the diode, below that of the supply.
    current_ma: Wanted current in milliamperes.
    """
    left = supply_volts - led_volts
    if left * 1000 / current_ma < 0.01:
        raise FailedPrecondition(
            f"led_volts {led_volts} leaves too little of supply_volts {supply_volts} for a resistor"
        )
    return Led(resistance_ohm=sig(left / current_ma * 1000), watts=sig(left * current_ma / 1000))


@circuits.tool(example={"resistance_ohm": 10000.0, "microfarads": 1.0}, kind="computation")
def rc_filter(w: World, resistance_ohm: Ohms, microfarads: Farads) -> Charging:
    """Work out the time constant and cut-off frequency of resistor and capacitor.

    resistance_ohm: Resistance in ohms.
    microfarads: Capacitance in microfarads.
    """
    seconds = resistance_ohm * microfarads * 1e-6
    return Charging(
        time_constant_ms=sig(seconds * 1000),
        cutoff_hz=sig(1 / (2 * math.pi * seconds)),
        charged_to_99_percent_ms=sig(seconds * 1000 * math.log(100)),
    )


@circuits.tool(example={"resistance_ohm": 10.0, "millihenries": 1.0, "microfarads": 1.0}, kind="computation")
def resonance(w: World, resistance_ohm: Ohms, millihenries: Farads, microfarads: Farads) -> Resonance:
    """Work out the resonance of resistor, coil and capacitor in series.

    resistance_ohm: Resistance in ohms.
    millihenries: Inductance of the coil in millihenries.
    microfarads: Capacitance in microfarads.
    """
    coil, capacitor = millihenries * 1e-3, microfarads * 1e-6
    frequency = 1 / (2 * math.pi * math.sqrt(coil * capacitor))
    quality = math.sqrt(coil / capacitor) / resistance_ohm
    return Resonance(frequency_hz=sig(frequency), quality=sig(quality), bandwidth_hz=sig(frequency / quality))


@circuits.tool(example={"frequency_hz": 50.0, "resistance_ohm": 100.0, "millihenries": 300.0}, kind="computation")
def impedance(
    w: World,
    frequency_hz: Annotated[float, Field(ge=0.01, le=1e9)],
    resistance_ohm: Ohms,
    millihenries: Farads | None = None,
    microfarads: Farads | None = None,
) -> Impedance:
    """Work out impedance and phase of a series circuit at a frequency.

    frequency_hz: Frequency of the alternating current in hertz.
    resistance_ohm: Resistance in ohms.
    millihenries: Inductance of a coil in series; none if left out.
    microfarads: Capacitance of a capacitor in series; none if left out.
    """
    turn = 2 * math.pi * frequency_hz
    reactance = turn * millihenries * 1e-3 if millihenries else 0.0
    reactance -= 1 / (turn * microfarads * 1e-6) if microfarads else 0.0
    size = math.hypot(resistance_ohm, reactance)
    return Impedance(
        impedance_ohm=sig(size),
        phase_degrees=round(math.degrees(math.atan2(reactance, resistance_ohm)), 3),
        power_factor=sig(resistance_ohm / size),
    )


@circuits.tool(example={"metal": "copper", "length_m": 100.0, "area_mm2": 1.5}, kind="computation")
def wire_resistance(
    w: World,
    metal: Literal["copper", "aluminium", "silver", "gold", "iron", "tungsten"],
    length_m: Annotated[float, Field(ge=0.1, le=1_000_000)],
    area_mm2: Annotated[float, Field(ge=0.001, le=10_000)],
) -> Wire:
    """Work out the resistance of a wire at 20 degrees Celsius.

    metal: What the wire is made of.
    length_m: Length in metres.
    area_mm2: Cross-section in square millimetres.
    """
    resistivity = {"copper": 1.68, "aluminium": 2.65, "silver": 1.59, "gold": 2.44, "iron": 9.71, "tungsten": 5.6}[
        metal
    ]
    return Wire(resistance_ohm=sig(resistivity * 0.01 * length_m / area_mm2))
