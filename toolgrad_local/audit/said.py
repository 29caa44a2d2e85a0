"""Whether a text says a value: whole, and by meaning where that is mechanical."""

import re
from datetime import date
from functools import lru_cache

from toolgrad_local.audit.amounts import says_amount
from toolgrad_local.audit.booleans import is_switch_said
from toolgrad_local.audit.codes import EXACT_CASE, is_code_said, is_inside, may_stand_bare
from toolgrad_local.audit.dates import ENGLISH
from toolgrad_local.audit.leaves import Scalar
from toolgrad_local.audit.moments import is_field_said, is_moment, is_moment_said
from toolgrad_local.audit.reading import read_text
from toolgrad_local.audit.tokens import clean, tokenize
from toolgrad_local.audit.units import last_key
from toolgrad_local.audit.wording import are_words_said, find_runs

PATHS = frozenset(("git.branch", "repository.name"))
"""Entities whose parts are no value."""
NUMERAL = re.compile(r"-?(?:0|[1-9]\d{0,5})(?:\.\d+)?")
"""A number kept as a string; longer ones, and those with leading zeros, are said digit by digit."""


@lru_cache(maxsize=16_384, typed=True)
def is_said(
    value: Scalar,
    text: str,
    *,
    path: str = "",
    entity: str | None = None,
    today: date | None = None,
    language: str = ENGLISH,
) -> bool:
    """True if the text says the value. None is never said.

    path: of the parameter, `items[0].distance_km`: its name gives the unit. entity: its x-entity mark, by which a code
    has names. today: what `tomorrow` is counted from. language: of the text, by its English name, for month names.
    """
    if value is None or not text:
        return False
    if isinstance(value, bool):
        return is_switch_said(value, path, text)
    if isinstance(value, int | float):
        return is_number_said(value, text, path, entity, today, language)
    return is_string_said(value.strip(), text, path, entity, today, language)


def is_number_said(
    value: int | float, text: str, path: str, entity: str | None, today: date | None, language: str
) -> bool:
    """True if a number of the text is the value, or a date of it has the field that the parameter names."""
    reading = read_text(text, today, language)
    if any(says_amount(value, quantity, path, entity) for quantity in reading.quantities):
        return True
    return isinstance(value, int) and is_field_said(value, last_key(path).rpartition("_")[2], reading)


def is_string_said(value: str, text: str, path: str, entity: str | None, today: date | None, language: str) -> bool:
    """True if the words stand there, or the date, the number or the code that they are is said."""
    if not value:
        return False
    if is_moment(value):
        return is_moment_said(value, read_text(text, today, language))
    if NUMERAL.fullmatch(value):
        return is_number_said(float(value) if "." in value else int(value), text, path, entity, today, language)
    if entity and is_code_said(value, entity, text):
        return True
    if not may_stand_bare(entity, text) or not are_words_said(value, text, exact_case=entity in EXACT_CASE):
        return False
    runs = find_runs(value, text)
    if entity in PATHS:
        return any(not is_in_path(start, end, text) for start, end in runs)
    return entity is None or not runs or not all(is_inside(start, end, entity, text) for start, end in runs)


def is_in_path(start: int, end: int, text: str) -> bool:
    """True if the words are only a part of a path: login in feature/login."""
    tokens, cleaned = tokenize(text), clean(text)
    before, after = cleaned[: tokens[start].start], cleaned[tokens[end - 1].end :]
    return before.endswith("/") or (after.startswith("/") and after[1:2].isalnum())
