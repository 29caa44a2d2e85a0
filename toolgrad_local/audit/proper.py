"""The proper names that a text states, and whether values or other texts have them."""

import re
from collections.abc import Sequence
from functools import lru_cache

from toolgrad_local.audit.dates import MONTHS
from toolgrad_local.audit.leaves import Scalar
from toolgrad_local.audit.names import names_of
from toolgrad_local.audit.ordinary import FUNCTION_WORDS, is_common
from toolgrad_local.audit.relative import WEEKDAYS
from toolgrad_local.audit.tokens import Token, clean, tokenize
from toolgrad_local.audit.units import NAMES
from toolgrad_local.audit.wording import find_runs

QUOTED = re.compile(r"\"([^\"\n]{2,80})\"|(?<!\w)'([^'\n]{2,80})'(?!\w)")
JOINERS = frozenset(("of", "de", "del", "der", "la", "le", "van", "von", "da", "di", "al", "du", "the"))
NEVER = frozenset(
    ("mr", "mrs", "ms", "dr", "ok", "am", "pm", "a.m", "p.m", "id", "etc", "e.g", "i.e", "n/a", "asap", "faq")
)
CODED = (
    "country.code", "airport.iata", "currency.code", "airline.iata", "us_state.code", "language.code",
    "timezone.name", "element.symbol", "unit.symbol", "colour.hex",
)  # fmt: skip
"""Entities whose codes a response may spell out."""
CODE = re.compile(r"[A-Z0-9]{2,4}|[a-z]{2,3}|[A-Z][a-z]?|\w+/[\w/]+|#[0-9a-f]{6}")
START = re.compile(r"(?:^|[.!?:;\n]|[-*]|\d\.)[\s\"'(*_#>-]*$")


@lru_cache(maxsize=4096)
def find_names(text: str) -> tuple[str, ...]:
    """Runs of capitalised words, and quoted texts, each once, in order; places are lost.

    Not: the ordinary word that starts a sentence, I, months and weekdays, units, titles.
    """
    cleaned, tokens = clean(text), tokenize(text)
    names = [match.group(1) or match.group(2) for match in QUOTED.finditer(cleaned)]
    quoted = [match.span() for match in QUOTED.finditer(cleaned)]
    tokens = tuple(token for token in tokens if not any(start < token.start < end for start, end in quoted))
    at = 0
    while at < len(tokens):
        if not starts_name(tokens[at], cleaned):
            at += 1
            continue
        end = end_of_run(tokens, at, cleaned)
        names.append(strip_possessive(cleaned[tokens[at].start : tokens[end - 1].end]))
        at = end
    return tuple(dict.fromkeys(names))


def is_named(name: str, values: Sequence[Scalar], texts: Sequence[str]) -> bool:
    """True if the name stands in a text or a value, ordinary words at its ends aside, or is that of a code there."""
    given = [*texts, *(value for value in values if isinstance(value, str))]
    for shorter in shorten(name):
        if any(find_runs(shorter, text) for text in given):
            return True
    return any(is_name_of(name, value) for value in values if isinstance(value, str)) or is_spelt_out(name, given)


def starts_name(token: Token, cleaned: str) -> bool:
    """True for a capitalised word that a name may start with."""
    if not is_capitalised(token):
        return False
    if not START.search(cleaned[max(0, token.start - 12) : token.start]):
        return True
    return (
        not is_common(token.text) and not is_common(token.text.rstrip("s")) and "'" not in token.raw.removesuffix("'s")
    )


def is_capitalised(token: Token) -> bool:
    """True for a capitalised word that is no pronoun, month, weekday, unit or title."""
    text, head = token.text, token.text.partition("'")[0]
    if not token.raw[0].isupper() or head == "i" or text in NEVER or text in MONTHS or text.rstrip("s") in WEEKDAYS:
        return False
    return (
        text not in NAMES
        or (NAMES[text][0] == "money" and len(text) == 3)
        or (len(text) > 2 and not token.raw.isupper() and text not in ("fahrenheit", "celsius"))
    )


def end_of_run(tokens: tuple[Token, ...], at: int, cleaned: str) -> int:
    """The token behind a run of capitalised words, joined by blanks, hyphens, & and words such as `of`."""
    end = at + 1
    while end < len(tokens):
        step = 2 if tokens[end].raw in JOINERS and end + 1 < len(tokens) else 1
        last = tokens[end + step - 1]
        gaps = {cleaned[tokens[i].end : tokens[i + 1].start].strip(" ") for i in range(end - 1, end + step - 1)}
        if tokens[end - 1].raw.endswith(("'s", "'")) or not gaps <= {"", "-", "&"}:
            break
        if not (is_capitalised(last) and last.text not in FUNCTION_WORDS - JOINERS):
            break
        end += step
    return end


def strip_possessive(name: str) -> str:
    """Without the 's at its end."""
    return name.removesuffix("'s").removesuffix("'")


def shorten(name: str) -> list[str]:
    """The name, and without the ordinary words at its ends, if anything else is left."""
    words = name.split()
    while words and is_common(words[0].lower()):
        words = words[1:]
    while words and is_common(words[-1].lower()):
        words = words[:-1]
    return list(dict.fromkeys([name, " ".join(words)])) if words else [name]


def is_name_of(name: str, code: str) -> bool:
    """True if the code's names in one of the catalog's tables have this one."""
    if not CODE.fullmatch(code):
        return False
    common = all(is_common(token.text) for token in tokenize(name))
    return any(
        find_runs(name, known) and (not common or len(tokenize(known)) == len(tokenize(name)))
        for entity in CODED
        for known in names_of(entity, code)
    )


def is_spelt_out(name: str, given: Sequence[str]) -> bool:
    """True if the name is a code, and a text has a name of it."""
    if not CODE.fullmatch(name):
        return False
    return any(find_runs(known, text) for entity in CODED for known in names_of(entity, name) for text in given)
