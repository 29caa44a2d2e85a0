"""Units of measurement: what a text calls them, and which one a parameter's name gives."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

TABLE: dict[str, str] = {
    "length": "1/1000000000 nm nanometre|1/1000000 um micrometre|1/1000 mm millimetre|1/100 cm centimetre|1 m metre"
    "|1000 km kilometre|0.0254 in inch|0.3048 ft foot|0.9144 yd yard|1609.344 mi mile|1852 nautical_mile",
    "area": "1/1000000 mm2 square_millimetre|1/10000 cm2 square_centimetre|1 m2 sqm square_metre"
    "|1000000 km2 square_kilometre|10000 ha hectare|0.09290304 ft2 sqft square_foot|4046.8564224 acre"
    "|2589988.110336 mi2 square_mile",
    "volume": "1/1000 ml millilitre|1/1000 cm3 cubic_centimetre|1/100 cl centilitre|1/10 dl decilitre|1 l litre"
    "|1000 m3 cubic_metre",
    "mass": "1/1000000000 ug microgram|1/1000000 mg milligram|1/1000 g gram gramme|1 kg kilo kilogram kilogramme"
    "|1000 tonne metric_ton|0.45359237 lb|0.028349523125 oz ounce|6.35029318 stone",
    "pound": "0.45359237 pound",
    "time": "1/1000 ms millisecond|1 s sec second|60 min minute|3600 h hr hour|86400 d day|604800 wk week"
    "|1209600 fortnight",
    "calendar": "1 month|3 quarter|12 yr year|120 decade|1200 century",
    "energy": "1/3600000 j joule|1/3600 kj kilojoule|1/1000 wh|1 kwh kilowatt_hour|1000 mwh megawatt_hour",
    "food energy": "1 kcal calorie kilocalorie",
    "power": "1 w watt|1000 kw kilowatt|1000000 megawatt",
    "pressure": "1 pa pascal|100 hpa mbar hectopascal millibar|1000 kpa kilopascal|100000 bar",
    "blood pressure": "1 mmhg",
    "frequency": "1 hz hertz|1000 khz kilohertz|1000000 mhz megahertz|1000000000 ghz gigahertz",
    "voltage": "1 v volt|1/1000 mv millivolt|1000 kv kilovolt",
    "current": "1 amp ampere|1/1000 ma milliamp milliampere",
    "resistance": "1 ohm|1000 kohm kiloohm",
    "force": "1 n newton|1000 kn kilonewton",
    "amount": "1 mol mole|1/1000 mmol millimole",
    "celsius": "1 c °c ºc degc celsius centigrade degree_c degree_celsius degree_centigrade",
    "fahrenheit": "1 f °f degf fahrenheit degree_f degree_fahrenheit",
    "kelvin": "1 k kelvin",
    "degree": "1 ° º deg degree",
    "percent": "1 % percent per_cent pct percentage_point",
    "bytes": "1 byte",
    "kilobytes": "1 kb kilobyte",
    "megabytes": "1 mb megabyte",
    "gigabytes": "1 gb gigabyte|1000 tb terabyte",
    "pixels": "1 px pixel",
    "beats": "1 bpm beat_per_minute",
    "gallon": "1 gallon",
    "pint": "1 pint",
    "cup": "1 cup",
    "tablespoon": "1 tbsp tablespoon",
    "teaspoon": "1 tsp teaspoon",
    "people": "1 person people guest adult diner passenger traveller attendee",
    "stars": "1 star",
    "nights": "1 night",
    "money": "1 $ € £ ¥ us$ dollar buck euro pound_sterling quid yen yuan rupee franc peso krona krone zloty forint "
    "baht ringgit usd eur gbp jpy cny inr chf sek nok dkk pln huf thb myr sgd cad aud nzd|1/100 cent",
}
"""Kind to sizes with their names; sizes of one kind are exact multiples of one another."""
IRREGULAR = {"foot": "feet", "inch": "inches", "person": "persons", "century": "centuries", "krona": "kronor"}
NOT_IN_TEXT = frozenset(("in", "d", "ma", "n", "v", "a", "amp", "quarter", "stone", "mi"))
"""Too ordinary as words, or rare beside what else they mean, unless a number is written to them."""
CALENDAR_FIELDS = frozenset(
    ("second", "minute", "hour", "day", "week", "month", "year", "quarter", "star", "min", "max")
)
"""In a parameter's name these say which part of a date is meant, which in order, or how much at most."""
MONEY_WORDS = frozenset((
    "price", "cost", "costs", "budget", "salary", "income", "wages", "fee", "fees", "rent", "revenue", "balance",
    "payment", "principal", "salvage", "spend", "tip", "pay",
))  # fmt: skip
ALIKE = {"degree": ("celsius", "fahrenheit"), "pound": ("mass", "money")}
PARTS = re.compile(r"^(\d*)(.*)$")
Amount = tuple[str, Fraction]
"""A kind, and how much of it: ("length", 1000) is a kilometre."""


@dataclass(frozen=True)
class Measure:
    """A unit, perhaps by another: kilometres per hour. None: not said."""

    unit: Amount | None
    per: Amount | None = None


def spell_american(name: str) -> str:
    """Meter for metre, liter for litre."""
    return name.replace("metre", "meter").replace("litre", "liter")


def build_names() -> dict[str, Amount]:
    """Every name of every unit, lower case, in the singular and the plural."""
    names: dict[str, Amount] = {}
    for kind, line in TABLE.items():
        for entry in line.split("|"):
            size, *aliases = entry.split()
            for alias in aliases:
                first = alias.replace("_", " ")
                plural = plural_of(first)
                for name in (first, plural, spell_american(first), spell_american(plural)):
                    names[name] = (kind, Fraction(size))
    return names


def plural_of(name: str) -> str:
    """The unit's plural; that of its first word in `beat per minute` and `degree celsius`."""
    if name.startswith(("degree ", "beat ")):
        return name.replace("degree", "degrees").replace("beat", "beats")
    head, _, last = name.rpartition(" ")
    return f"{head} {IRREGULAR.get(last, last + 's')}".strip()


NAMES = build_names()
LONGEST_NAME = 3
"""Words."""


@lru_cache(maxsize=8192)
def read_measure(path: str, entity: str | None = None) -> Measure | None:
    """The unit that a parameter's name or else its entity gives; None if neither does."""
    for name in (last_key(path), (entity or "").rpartition(".")[2]):
        measure = read_name(name.split("_"))
        if measure is not None:
            return measure
    return None


@lru_cache(maxsize=8192)
def last_key(path: str) -> str:
    """`distance_km` of `items[0].distance_km`."""
    return re.sub(r"\[\d+\]", "", path).rpartition(".")[2].lower()


def read_name(words: list[str]) -> Measure | None:
    """The unit in a name's words."""
    if "per" in words:
        cut = words.index("per")
        unit, per = find_unit(words[:cut]), read_power("_".join(words[cut + 1 :]))
        return Measure(unit, per) if unit or per else None
    if len(words) > 2 and words[-1] in ("h", "l", "dl", "g", "s") and words[-2] in NAMES:
        return Measure(NAMES[words[-2]], NAMES[words[-1]])
    unit = find_unit(words)
    return Measure(unit) if unit else None


def find_unit(words: list[str]) -> Amount | None:
    """The unit among the words, the last first; else money, where the words speak of it."""
    for word in reversed(words):
        short = len(word) < 3 and (len(words) == 1 or word != words[-1])
        if word in NAMES and word not in CALENDAR_FIELDS and not short:
            return NAMES[word]
    return ("money", Fraction(1)) if MONEY_WORDS & set(words) else None


def read_power(text: str) -> Amount | None:
    """100 kilometres in `100km`."""
    matched = PARTS.match(text)
    if matched is None or matched.group(2) not in NAMES:
        return None
    kind, size = NAMES[matched.group(2)]
    return kind, size * int(matched.group(1) or 1)


def convert(amount: Fraction, said: Measure, wanted: Measure) -> Fraction | None:
    """The amount in the wanted unit; None if it is one of another kind. What is not said counts as wanted."""
    if said.per and not wanted.per and not is_habit(said.per) and not (wanted.unit and wanted.unit[0] == "money"):
        return None
    ratio = Fraction(1)
    for mine, theirs, above in ((said.unit, wanted.unit, True), (said.per, wanted.per, False)):
        if mine and theirs:
            if not same_kind(mine[0], theirs[0]):
                return None
            if (mine[0], theirs[0]) == ("pound", "money"):
                continue
            ratio *= mine[1] / theirs[1] if above else theirs[1] / mine[1]
    return amount * ratio


def is_habit(per: Amount) -> bool:
    """True for a day and longer: 30 minutes a day are 30 minutes."""
    return per[0] == "calendar" or per in (NAMES["day"], NAMES["week"])


def same_kind(said: str, wanted: str) -> bool:
    """Equal kinds; degrees alone may be of any temperature, and pounds weight or money."""
    return said == wanted or wanted in ALIKE.get(said, ())
