"""Whether a text says a code by a name that the catalog knows for it."""

import re

from toolgrad_local.audit.names import longer_names, names_of
from toolgrad_local.audit.ordinary import is_common
from toolgrad_local.audit.tokens import clean, tokenize
from toolgrad_local.audit.wording import find_runs

EXACT_CASE = frozenset(("chemical.formula", "element.symbol", "physical_constant.symbol", "unit.symbol"))
"""Entities whose codes differ by case: Co is no CO."""
WEIGHT = re.compile(r"\bpounds? of\b|\bweigh|\blbs?\b|\bkg\b|\bkilos?\b", re.IGNORECASE)
"""Pounds are no money here."""
BARE_CODES = re.compile(r"\b(?:language|locale|code)\b", re.IGNORECASE)
SIGNS = {"€": "EUR", "£": "GBP", "$": "USD", "₹": "INR", "₩": "KRW", "₽": "RUB"}


def is_code_said(code: str, entity: str, text: str) -> bool:
    """True if a name of the code stands in the text, as a name, and not inside a longer name of another."""
    if entity == "currency.code":
        if is_sign_said(code, text):
            return True
        if code == "GBP" and WEIGHT.search(text):
            return False
    return any(is_name_said(name, entity, text) for name in names_of(entity, code))


def may_stand_bare(entity: str | None, text: str) -> bool:
    """False for a language's code where no word tells that it is one: de is a word of many languages."""
    return entity != "language.code" or BARE_CODES.search(text) is not None


def is_name_said(name: str, entity: str, text: str) -> bool:
    """True if the name stands there whole; a name that is an English word counts only with a capital."""
    for start, end in find_runs(name, text):
        run = tokenize(text)[start:end]
        common = entity not in LOWER_CASE and all(is_common(token.text) for token in run)
        if common and not all(token.raw[0].isupper() for token in run if len(token.raw) > 3):
            continue
        if not is_inside(start, end, entity, text):
            return True
    return False


LOWER_CASE = frozenset(("currency.code", "unit.symbol", "element.symbol", "colour.hex", "icd10.code", "blood.type"))
"""Entities whose names are ordinary words, written small."""


def is_inside(start: int, end: int, entity: str, text: str) -> bool:
    """True if the words are part of a longer name of the entity: Sudan in South Sudan."""
    tokens = tokenize(text)
    words = tuple(token.text for token in tokens)
    cleaned = clean(text)
    for longer in longer_names(entity, words[start:end]):
        for first in range(max(0, end - len(longer)), start + 1):
            last = first + len(longer)
            if words[first:last] == longer and (first, last) != (start, end):
                gaps = [cleaned[tokens[i].end : tokens[i + 1].start] for i in range(first, last - 1)]
                if all(gap in (" ", "-", ". ") for gap in gaps) and tokens[first].raw[0].isupper():
                    return True
    return False


def is_sign_said(code: str, text: str) -> bool:
    """True if the text writes the currency's sign; not the dollar sign of C$."""
    cleaned = clean(text)
    return any(
        wanted == code
        and any(
            c == sign and (at == 0 or not cleaned[at - 1].isalpha() or cleaned[max(0, at - 2) : at] == "US")
            for at, c in enumerate(cleaned)
        )
        for sign, wanted in SIGNS.items()
    )
