"""Numbers that a text says, in digits or in words."""

import re
from dataclasses import dataclass
from fractions import Fraction

from toolgrad_local.audit.units import NAMES

SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {"hundred": 100, "dozen": 12, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
SUFFIXES = {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
FRACTIONS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5}
BEFORE_ORDINAL = frozenset(("the", "my", "our", "his", "her", "their", "your", "every", "each"))

PLAIN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
PAIR = re.compile(r"(\d+(?:\.\d+)?)([-/:])(\d+(?:\.\d+)?)([a-z%]*)")
TAILED = re.compile(r"(\d[\d,]*(?:\.\d+)?)-?([a-z]+(?:[2-9](?!\d))?(?:/\d*[a-z]+[23]?)?)(?:-[a-z]+)*")
ATOM = re.compile(
    r"[°º]\s?[CF]\b|US\$|\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?(?:-?[a-zA-Z]+[23]?\b)?"
    r"|[^\W_]+(?:[.:/_-][^\W_]+)*(?:'\w+)?|\S"
)
DURATION = re.compile(r"\d+h\d+m(?:in)?")
SIMPLE_DIVISORS = frozenset((2, 3, 4, 5, 6, 8))
"""3/4 is a fraction; 120/80 is two numbers."""


@dataclass(frozen=True)
class Atom:
    """A word, number or sign of a text."""

    text: str
    """Lower case."""
    raw: str
    start: int
    end: int


@dataclass(frozen=True)
class Number:
    """A number that stands in atoms `first` to before `after`."""

    value: Fraction
    step: Fraction
    """What its last digit counts: 1/100 for 12.35."""
    first: int
    after: int
    form: str = "plain"
    """plain, one (the word), ordinal, ratio (`16:9`), share (`half`), or article (the `an` of `an hour`)."""
    tail: str = ""
    """The letters written to it: `km` of `5km`."""


def split_atoms(text: str) -> tuple[Atom, ...]:
    """The words, numbers and signs of a cleaned text; words with hyphens come apart, ids do not."""
    atoms = []
    for match in ATOM.finditer(text):
        raw, start = match.group(), match.start()
        if DURATION.fullmatch(raw):
            parts = [(part.group(), start + part.start()) for part in re.finditer(r"\d+[a-z]+", raw)]
        elif "-" in raw and not any(c.isdigit() for c in raw):
            parts = [(part.group(), start + part.start()) for part in re.finditer(r"[^-]+", raw)] or [(raw, start)]
        else:
            parts = [(raw, start)]
        atoms += [Atom(part.casefold().replace(" ", ""), part, at, at + len(part)) for part, at in parts]
    return tuple(atoms)


def read_numbers(atoms: tuple[Atom, ...], at: int) -> list[Number]:
    """The number that starts at an atom; two for a pair such as 120/80; none if there is no number."""
    pair = PAIR.fullmatch(atoms[at].text)
    if pair:
        return read_pair(pair, at)
    number = read_digits(atoms, at) or read_fraction(atoms, at) or read_ordinal(atoms, at) or read_words(atoms, at)
    return [number] if number else []


def read_pair(pair: re.Match[str], at: int) -> list[Number]:
    """A fraction, or two numbers of a range, a ratio or a reading; no number if it looks like a phone number."""
    low, sign, high, tail = pair.groups()
    if sign == "/" and int(float(low)) < float(high) and float(high) in SIMPLE_DIVISORS and "." not in low + high:
        value = Fraction(int(low), int(high))
        return [Number(value, Fraction(1, 100), at, at + 1, "share", tail)]
    if sign == "-" and (float(low) >= float(high) or (len(low) != len(high) and len(high) > 3)):
        return []
    form = "ratio" if sign == ":" else "plain"
    return [Number(Fraction(text), step_of(text), at, at + 1, form, tail) for text in (low, high)]


def read_digits(atoms: tuple[Atom, ...], at: int) -> Number | None:
    """A number in digits, with its scale (`1.5k`, `2 million`) and sign; None for an id or a version."""
    text = atoms[at].text
    tailed = TAILED.fullmatch(text)
    digits, tail = tailed.groups() if tailed else (text, "")
    if not PLAIN.fullmatch(digits) or follows_letters(atoms, at):
        return None
    plain = digits.replace(",", "")
    value, step, after, form = Fraction(plain), step_of(plain), at + 1, "plain"
    if at and atoms[at - 1].text == "." and atoms[at - 1].end == atoms[at].start and "." not in plain:
        plain = f"0.{plain}"
        value, step = Fraction(plain), step_of(plain)
    if tail in ("st", "nd", "rd", "th"):
        return Number(value, step, at, after, "ordinal")
    known = not tail or tail in SUFFIXES or is_unit_tail(text, tail)
    if not known or is_decade(atoms, at, tail, plain):
        return None
    if tail in SUFFIXES and not (tail == "m" and not is_money(atoms, at)):
        value, step, tail = value * SUFFIXES[tail], step * SUFFIXES[tail], ""
    if not tail and after < len(atoms) and atoms[after].text in SCALES and atoms[after].text != "hundred":
        scale = SCALES[atoms[after].text]
        value, step, after = value * scale, step * scale, after + 1
    elif not tail and after < len(atoms) and re.fullmatch(r"[1-7]/[2-8]", atoms[after].text) and value < 100:
        value, step, after = value + Fraction(atoms[after].text), Fraction(1, 100), after + 1
    sign = -1 if is_negative(atoms, at) else 1
    return add_half(atoms, Number(sign * value, step, at, after, form, tail))


def read_words(atoms: tuple[Atom, ...], at: int) -> Number | None:
    """A number in words: two hundred and fifty, a dozen, twenty-five."""
    total, current, here = 0, -1, at
    if atoms[at].text in ("a", "an") and text_at(atoms, at + 1) in SCALES:
        current, here = 1, at + 1
    while here < len(atoms):
        word = atoms[here].text
        small = SMALL.get(word, TENS.get(word))
        if small is not None and (current < 0 or can_add(current, small)):
            current = max(current, 0) + small
        elif word in ("hundred", "dozen") and 0 < current < 100:
            current *= SCALES[word]
        elif word in SCALES and SCALES[word] > 100 and current > 0:
            total, current = total + current * SCALES[word], -1
        elif not (word == "and" and is_and_inside(atoms, here, at)):
            break
        here += 1
    if here == at:
        return None
    value = Fraction(total + max(current, 0))
    form = "one" if atoms[at].text == "one" and here == at + 1 else "plain"
    sign = -1 if is_negative(atoms, at) else 1
    return add_half(atoms, Number(sign * value, Fraction(1), at, here, form))


def can_add(current: int, small: int) -> bool:
    """True for twenty + five and two hundred + fifty."""
    if current % 100 == 0:
        return current > 0 and small > 0
    return current % 10 == 0 and current % 100 >= 20 and 0 < small < 10


def is_and_inside(atoms: tuple[Atom, ...], here: int, at: int) -> bool:
    """True for the `and` of two hundred and fifty."""
    after = text_at(atoms, here + 1)
    return here > at and atoms[here - 1].text in SCALES and (after in SMALL or after in TENS)


def read_fraction(atoms: tuple[Atom, ...], at: int) -> Number | None:
    """Half, half a million, a third, two thirds, a quarter."""
    word, following = atoms[at].text, text_at(atoms, at + 1)
    if word == "half":
        if following in ("a", "an") and text_at(atoms, at + 2) in SCALES:
            return Number(Fraction(SCALES[text_at(atoms, at + 2)], 2), Fraction(1), at, at + 3)
        return Number(Fraction(1, 2), Fraction(1, 100), at, at + 1 + (following in ("a", "an", "of")), "share")
    top = 1 if word in ("a", "one") else SMALL.get(word, 0)
    if top and top < 6 and following in FRACTIONS and (following.endswith("s") or top == 1):
        after = at + 2 + (text_at(atoms, at + 2) == "of") * (1 + (text_at(atoms, at + 3) in ("a", "an")))
        return Number(Fraction(top, FRACTIONS[following]), Fraction(1, 100), at, after, "share")
    return None


def read_ordinal(atoms: tuple[Atom, ...], at: int) -> Number | None:
    """The third; not what only orders a sentence (first, do this) or counts (the first three)."""
    value = ORDINALS.get(atoms[at].text)
    following = text_at(atoms, at + 1)
    if (
        value is None
        or not at
        or atoms[at - 1].text not in BEFORE_ORDINAL
        or following in SMALL
        or following[:1].isdigit()
    ):
        return None
    return Number(Fraction(value), Fraction(1), at, at + 1, "ordinal")


def add_half(atoms: tuple[Atom, ...], number: Number) -> Number:
    """Two and a half."""
    if text_at(atoms, number.after) == "and" and text_at(atoms, number.after + 1) == "a":
        parts = FRACTIONS.get(text_at(atoms, number.after + 2))
        if parts and not number.tail:
            after = number.after + 3
            scale = SCALES.get(text_at(atoms, after), 1)
            value = (number.value + Fraction(1, parts)) * scale
            return Number(value, Fraction(scale, 100), number.first, after + (scale > 1))
    return number


def step_of(digits: str) -> Fraction:
    """1/100 for 12.35, 1 for 12."""
    return Fraction(1, 10 ** len(digits.partition(".")[2]))


def text_at(atoms: tuple[Atom, ...], at: int) -> str:
    """The atom's text; empty beyond the end."""
    return atoms[at].text if 0 <= at < len(atoms) else ""


def is_money(atoms: tuple[Atom, ...], at: int) -> bool:
    """True after a currency sign."""
    return text_at(atoms, at - 1) in ("$", "€", "£", "¥", "us$")


def is_negative(atoms: tuple[Atom, ...], at: int) -> bool:
    """True after minus, negative, or a minus sign that is written to the number and to nothing before it."""
    if is_money(atoms, at):
        at -= 1
    before = text_at(atoms, at - 1)
    if before in ("minus", "negative"):
        return True
    if before != "-" or atoms[at - 1].end != atoms[at].start:
        return False
    return (
        at < 2 or atoms[at - 2].end != atoms[at - 1].start or atoms[at - 2].text in ("(", "[", "=", ",", ":", '"', "'")
    )


def is_unit_tail(text: str, tail: str) -> bool:
    """True for the km of 5km and the bedroom of 4-bedroom; not for the A of 7A."""
    return tail.partition("/")[0] in NAMES or ("-" in text and len(tail) > 2)


def is_decade(atoms: tuple[Atom, ...], at: int, tail: str, digits: str) -> bool:
    """True for the 1990s and the '80s, which are no seconds."""
    return tail == "s" and digits.endswith("0") and (len(digits) == 4 or text_at(atoms, at - 1) in ("the", "'"))


def follows_letters(atoms: tuple[Atom, ...], at: int) -> bool:
    """True for the rest of an id that a sign cuts: the 5 of `LOT/5` and `x*5`."""
    return at > 1 and atoms[at - 1].text in ("@", "\\") and atoms[at - 1].end == atoms[at].start
