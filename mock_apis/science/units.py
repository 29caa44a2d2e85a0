"""Conversion between units of measurement by exact factors."""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound

units = Domain("units", category="science", description="Convert between metric, imperial and US units.")

UnitSymbol = Annotated[str, Entity("unit.symbol")]
Dimension = Literal[
    "length", "area", "volume", "mass", "temperature", "speed", "time", "energy", "power", "pressure", "data"
]
Number = Annotated[float, Field(ge=-1e15, le=1e15)]


class Unit(Record):
    symbol: UnitSymbol
    name: str
    dimension: Dimension


class UnitFacts(Unit):
    base: UnitSymbol
    factor: float
    """How many base units one unit is; for temperatures, the size of one degree."""
    offset: float
    """What is added to a value in base units of size; zero but for temperatures."""


class UnitList(Record):
    total: int
    units: list[Unit]


class Converted(Record):
    value: float
    unit: UnitSymbol
    dimension: Dimension


TABLE: dict[Dimension, str] = {
    "length": "m metre 1|km kilometre 1000|cm centimetre 1/100|mm millimetre 1/1000|um micrometre 1/1000000"
    "|in inch 0.0254|ft foot 0.3048|yd yard 0.9144|mi mile 1609.344|nmi nautical mile 1852",
    "area": "m2 square metre 1|km2 square kilometre 1000000|cm2 square centimetre 1/10000|ha hectare 10000"
    "|ft2 square foot 0.09290304|ac acre 4046.8564224|mi2 square mile 2589988.110336",
    "volume": "L litre 1|mL millilitre 1/1000|dL decilitre 1/10|m3 cubic metre 1000|cm3 cubic centimetre 1/1000"
    "|gal_us US gallon 3.785411784|qt_us US quart 0.946352946|pt_us US pint 0.473176473|cup_us US cup 0.2365882365"
    "|floz_us US fluid ounce 0.0295735295625|tbsp_us US tablespoon 0.01478676478125"
    "|tsp_us US teaspoon 0.00492892159375|gal_uk imperial gallon 4.54609|pt_uk imperial pint 0.56826125",
    "mass": "kg kilogram 1|g gram 1/1000|mg milligram 1/1000000|t tonne 1000|lb pound 0.45359237"
    "|oz ounce 0.028349523125|st stone 6.35029318|ton_us short ton 907.18474",
    "temperature": "K kelvin 1 0|degC degree Celsius 1 273.15|degF degree Fahrenheit 5/9 45967/180",
    "speed": "m/s metre per second 1|km/h kilometre per hour 5/18|mph mile per hour 0.44704"
    "|kn knot 463/900|ft/s foot per second 0.3048",
    "time": "s second 1|ms millisecond 1/1000|min minute 60|h hour 3600|d day 86400|wk week 604800",
    "energy": "J joule 1|kJ kilojoule 1000|cal calorie 4.184|kcal kilocalorie 4184|Wh watt hour 3600"
    "|kWh kilowatt hour 3600000|eV electronvolt 1.602176634e-19",
    "power": "W watt 1|kW kilowatt 1000|MW megawatt 1000000|hp_metric metric horsepower 735.49875",
    "pressure": "Pa pascal 1|kPa kilopascal 1000|hPa hectopascal 100|bar bar 100000"
    "|atm standard atmosphere 101325|torr torr 101325/760",
    "data": "B byte 1|bit bit 1/8|kB kilobyte 1000|MB megabyte 1000000|GB gigabyte 1000000000"
    "|TB terabyte 1000000000000|KiB kibibyte 1024|MiB mebibyte 1048576|GiB gibibyte 1073741824"
    "|TiB tebibyte 1099511627776|Mbit megabit 125000|Gbit gigabit 125000000",
}
"""Symbol, name, factor to the first unit of the line; for temperatures also the offset in kelvins."""
PLURALS = {"feet": "ft", "inches": "in", "degrees celsius": "degC", "degrees fahrenheit": "degF", "celsius": "degC"}
PLURALS |= {"fahrenheit": "degF", "stone": "st", "knots": "kn"}


def read_table() -> tuple[dict[str, Unit], dict[str, tuple[Fraction, Fraction]]]:
    """The units and their factors and offsets, by symbol."""
    rows: dict[str, Unit] = {}
    scales: dict[str, tuple[Fraction, Fraction]] = {}
    for dimension, line in TABLE.items():
        for item in line.split("|"):
            words = item.split()
            offset = Fraction(words.pop()) if dimension == "temperature" else Fraction(0)
            rows[words[0]] = Unit(symbol=words[0], name=" ".join(words[1:-1]), dimension=dimension)
            scales[words[0]] = (Fraction(words[-1]), offset)
    return rows, scales


UNITS, SCALES = read_table()


@units.tool(
    example={"value": 26.2, "from_unit": "mi", "to_unit": "km"},
    errors=[NotFound, FailedPrecondition],
    kind="computation",
)
def convert(w: World, value: Number, from_unit: UnitSymbol, to_unit: UnitSymbol) -> Converted:
    """Convert a value from one unit into another of the same dimension.

    value: The number to convert.
    from_unit: Unit of the value, a symbol such as mi, lb, degF or cup_us; see units_list.
    to_unit: Unit to convert into, of the same dimension, by its symbol.
    """
    source, target = find_unit("from_unit", from_unit), find_unit("to_unit", to_unit)
    if source.dimension != target.dimension:
        raise FailedPrecondition(f"from_unit {from_unit} is a {source.dimension}, to_unit {to_unit} {target.dimension}")
    factor, offset = SCALES[source.symbol]
    base = Fraction(value) * factor + offset
    if source.dimension == "temperature" and base < Fraction(-1, 10**9):
        raise InvalidArgument(f"value {value} {source.symbol} lies below absolute zero")
    factor, offset = SCALES[target.symbol]
    return Converted(value=float((base - offset) / factor), unit=target.symbol, dimension=target.dimension)


@units.tool(example={"dimension": "mass"}, kind="data")
def list_(w: World, dimension: Dimension) -> UnitList:
    """List the units of a dimension with their symbols and names.

    dimension: What the units measure.
    """
    rows = [unit for unit in UNITS.values() if unit.dimension == dimension]
    return UnitList(total=len(rows), units=rows)


@units.tool(example={"unit": "nmi"}, errors=[NotFound], kind="data")
def get(w: World, unit: UnitSymbol) -> UnitFacts:
    """Show a unit's name, dimension and size in the base unit used here.

    unit: Symbol of the unit, for example nmi; see units_list.
    """
    row = find_unit("unit", unit)
    factor, offset = SCALES[row.symbol]
    base = next(iter(item.symbol for item in UNITS.values() if item.dimension == row.dimension))
    return UnitFacts(**row.model_dump(), base=base, factor=float(factor), offset=float(offset))


def find_unit(argument: str, text: str) -> Unit:
    """The unit of a symbol, or of an English name in singular or plural. Raises NotFound."""
    if text in UNITS:
        return UNITS[text]
    name = text.casefold()
    if name in PLURALS:
        return UNITS[PLURALS[name]]
    for unit in UNITS.values():
        if name in (unit.name.casefold(), unit.name.casefold() + "s"):
            return unit
    raise NotFound(f"no {argument} '{text}'; see units_list for the symbols")
