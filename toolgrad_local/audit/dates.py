"""Dates that a text states: in digits, or with a month's name."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

ENGLISH = "English"
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: number for name, number in tuple(MONTHS.items())} | {"sept": 9}
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
ORDER = r"(?:st|nd|rd|th)?"
END = r"(?![\w%:]|\.\d)"
YEAR = r"(?P<year>(?:19|20)\d\d)(?![\w-])"
ISO = re.compile(
    rf"(?<![\w.-])(?P<year>(?:19|20)\d\d)(?P<sep>[-/])(?P<month>1[0-2]|0[1-9])(?:(?P=sep)(?P<day>{DAY}))?(?:(?=T\d\d:)|(?![\w-]))"
)
DIGITS = re.compile(r"(?<![\w./-])(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d)(?![\w/-])")
AMBIGUOUS = frozenset(("may", "march", "mar", "dec", "jan", "sep", "jun", "jul", "apr", "feb", "nov", "oct", "aug"))
"""Without a day or a year these are months only behind `in`, `of` and the like."""
BEFORE_MONTH = re.compile(
    r"\b(?:in|of|this|next|last|since|until|by|for|from|to|during|between|through|late|early|mid)\s+$", re.IGNORECASE
)


@dataclass(frozen=True)
class Day:
    """A date, as far as a text states it; None for a part that it leaves open."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None


@cache
def month_names(language: str) -> dict[str, int]:
    """Names and short names of the months, lower case and without accents: English ones, and those of the language."""
    from babel import Locale

    from toolgrad_local.audit.tokens import clean

    code = next((code for code, name in Locale("en").languages.items() if name == language), "en")
    if language == ENGLISH or code == "en":
        return MONTHS
    months = Locale.parse(code).months
    names = {
        clean(name).lower().strip("."): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in months[context][width].items()
    }
    return MONTHS | {name: number for name, number in names.items() if len(name) > 2 and not name.isdigit()}


@cache
def month_patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Day before month, month before day, and the month alone or with a year."""
    names = "|".join(sorted(map(re.escape, month_names(language)), key=lambda name: (-len(name), name)))
    month = rf"(?P<month>{names})(?![^\W_])\.?"
    more = rf"(?:\s*(?:-|to|and|or|until|through)\s*(?:the\s+)?(?P<more>{DAY}){ORDER}{END}(?!\s*[ap]\.?m))?"
    day_first = (
        rf"(?<![\w.,:/$€£-])(?P<day>{DAY}){ORDER}\.?(?:\s*(?:-|to|and|or)\s*(?P<more>{DAY}){ORDER}\.?)?"
        rf"\s+(?:of\s+|de\s+)?{month}(?:(?:,|\s+of|\s+de)?\s+{YEAR})?"
    )
    month_first = rf"(?<![\w-]){month}\s+(?:the\s+)?(?P<day>{DAY}){ORDER}{END}{more}(?:,?\s+{YEAR})?"
    alone = rf"(?<![\w-]){month}(?:(?:,|\s+of|\s+de)?\s+{YEAR})?(?!-)"
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in (day_first, month_first, alone))  # type: ignore[return-value]


@lru_cache(maxsize=4096)
def find_days(text: str, language: str = ENGLISH) -> tuple[Day, ...]:
    """The dates of a cleaned text, in order; not those counted from today."""
    found: list[Day] = []
    for day in candidates(text, language):
        if all(day.end <= other.start or day.start >= other.end or same_place(day, other) for other in found):
            found.append(day)
    return tuple(sorted(found, key=lambda day: (day.start, day.day or 0)))


def same_place(left: Day, right: Day) -> bool:
    """True for the two days of `May 9 to 12`."""
    return (left.start, left.end) == (right.start, right.end)


def candidates(text: str, language: str) -> Iterator[Day]:
    """Dates that may overlap, the surest first."""
    for match in ISO.finditer(text):
        yield from make_days(match, int(match["month"]), match["day"], match["year"])
    for match in DIGITS.finditer(text):
        yield from read_digits(match)
    names = month_names(language)
    day_first, month_first, alone = month_patterns(language)
    for pattern in (month_first, day_first):
        for match in pattern.finditer(text):
            month = names[match["month"].lower()]
            yield from make_days(match, month, match["day"], match["year"])
            yield from make_days(match, month, match["more"], match["year"]) if match["more"] else ()
    for match in alone.finditer(text):
        if is_month(match, text):
            yield from make_days(match, names[match["month"].lower()], None, match["year"])


def make_days(match: re.Match[str], month: int, day: str | None, year: str | None) -> Iterator[Day]:
    """The date that was matched, if the calendar has it."""
    number = int(day) if day else None
    if number and number > calendar.monthrange(int(year) if year else 2024, month)[1]:
        return
    yield Day(match.start(), match.end(), int(year) if year else None, month, number)


def read_digits(match: re.Match[str]) -> Iterator[Day]:
    """5/13/2024 and 13/5/2024; with dots the day is first; 5/9/2024 could be two days and states none."""
    first, second = int(match["a"]), int(match["b"])
    if match["sep"] == "." or first > 12 or first == second:
        day, month = first, second
    elif second > 12:
        day, month = second, first
    else:
        yield Day(match.start(), match.end(), int(match["year"]), None, None)
        return
    if 1 <= month <= 12 and day >= 1:
        yield from make_days(match, month, str(day), match["year"])


def is_month(match: re.Match[str], text: str) -> bool:
    """True if a month's name without a day is one: not the verb may, not a march, not a short form in a sentence."""
    if match["year"]:
        return True
    name = match["month"]
    if not name[0].isupper():
        return False
    return (
        name.lower() not in AMBIGUOUS
        or BEFORE_MONTH.search(text[max(0, match.start() - 12) : match.start()]) is not None
    )
