"""Whether a number in a text is the value of a parameter of that name."""

from fractions import Fraction
from functools import lru_cache

from toolgrad_local.audit.ordinary import FUNCTION_WORDS, is_common
from toolgrad_local.audit.quantities import Quantity
from toolgrad_local.audit.units import Measure, convert, last_key, read_measure

COUNTS = frozenset((
    "limit", "count", "page", "people", "guests", "seats", "rooms", "servings", "packs", "copies", "tickets",
    "passengers", "adults", "children", "players", "party", "n", "k", "top",
))  # fmt: skip
"""Names of numbers that count things: `5 km` does not say limit 5."""
LISTED = frozenset(("limit", "count", "page", "n", "k", "top"))
"""Those that count results, and neither people nor stars."""
RATES = frozenset(("rate", "share", "ratio", "probability", "fraction", "proportion", "confidence", "chance"))
FEW = frozenset((
    "for", "just", "only", "exactly", "least", "most", "book", "need", "want", "order", "buy", "get", "reserve",
    "add", "to", "by", "with", "and", "of", "send", "show", "in", "is", "than", "",
))  # fmt: skip
"""Words before the number one, which is a pronoun behind others: the best one."""
SOUTH_WEST = frozenset(("s", "w", "south", "west"))


def says_amount(value: int | float, quantity: Quantity, path: str, entity: str | None) -> bool:
    """True if the number, with its unit or without, is the value."""
    wanted, words = read_measure(path, entity), words_of(path)
    if not fits_form(quantity, wanted, words):
        return False
    said = quantity.measure
    if said is None and wanted is not None and is_plural(quantity.after):
        return False
    if said is None:
        return is_equal(quantity.value, value) or (is_southern(quantity, words) and is_equal(-quantity.value, value))
    kind = said.unit[0] if said.unit else ""
    if kind == "percent" and words & RATES and is_equal(quantity.value / 100, value):
        return True
    if kind == "degree" and is_southern(quantity, words):
        return is_equal(-quantity.value, value)
    if wanted is None:
        return not is_other_thing(kind, words) and is_equal(quantity.value, value)
    amount = convert(quantity.value, said, wanted)
    return amount is not None and is_equal(amount, value)


@lru_cache(maxsize=8192)
def words_of(path: str) -> frozenset[str]:
    """The words of the parameter's name."""
    return frozenset(last_key(path).split("_"))


def fits_form(quantity: Quantity, wanted: Measure | None, words: frozenset[str]) -> bool:
    """False for an ordinal, an article or a pronoun that does not state a number here."""
    if quantity.form == "article":
        return wanted is not None
    if quantity.form == "ratio":
        return wanted is None
    if quantity.form == "ordinal":
        return wanted is None and not words & (COUNTS - {"page"})
    if quantity.form == "one":
        return quantity.measure is not None or (
            quantity.before in FEW
            and quantity.after[:1].isalpha()
            and quantity.after not in ("of", "is", "for", "that", "in", "with")
        )
    return True


def is_other_thing(kind: str, words: frozenset[str]) -> bool:
    """True if the unit shows that another thing than the parameter's is counted."""
    if kind == "" or kind.rstrip("s") in {word.rstrip("s") for word in words}:
        return False
    if words & LISTED:
        return True
    return bool(words & COUNTS) and kind not in ("people", "stars", "nights")


def is_plural(word: str) -> bool:
    """True for a noun in the plural, which is what is counted: the bedrooms of two bedrooms."""
    return len(word) > 3 and word.endswith("s") and word not in FUNCTION_WORDS and is_common(word[:-1])


def is_southern(quantity: Quantity, words: frozenset[str]) -> bool:
    """True for `0.1278 W` as a longitude."""
    return bool(words & {"latitude", "longitude"}) and quantity.after in SOUTH_WEST


def is_equal(said: Fraction, value: int | float) -> bool:
    """True if the number is the value, as far as a float can tell."""
    given = exact(value)
    if said.numerator == given.numerator and said.denominator == given.denominator:
        return True
    return isinstance(value, float) and abs(float(said) - value) <= 1e-12 * abs(value)


@lru_cache(maxsize=8192)
def exact(value: int | float) -> Fraction:
    """The value as its digits give it: 1/10 for 0.1. Zero for what is no number."""
    try:
        return Fraction(str(value))
    except ValueError:
        return Fraction(0)
