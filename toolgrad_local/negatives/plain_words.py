"""What a tool does, and what a parameter is, in words for a person."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

PARENTHESIS = re.compile(r" \([^)]*\)")
CLAUSE_END = re.compile(r"; |: |\. |\.$|, which |, in which |, at most |, so that |, the latest first| - ")
ORDER_TAIL = re.compile(r", (?:by name(?: in order)?|(?:[\w-]+ ){1,3}(?:first|last|apart|allowed))$")
FORMAT_HINT = re.compile(
    r"[ ,]*(?:\b(?:as|such as|for example|given by|found by|when) )?(?:one of |those of )?"
    r"\b[a-z][a-z0-9]*_[a-z0-9_]+.*$"
    r"|[ ,]+(?:as given when|see|[Ss]uch as|[Ff]or example) .*$|[ ,]+(?:YYYY|\d{4}-\d\d).*$"
    r"|,?(?: of)? at most \d.*$|, (?:in any|in lower|in upper) case.*$"
)
"""What only says how a value is spelt, or which other tool gives it."""
LOOSE_END = re.compile(r"[ ,]+(?:as|of|and|or|by|in|the|to|a|with|from)$")
VERBS = {
    "has": "have", "is": "are", "holds": "hold", "teaches": "teach", "takes": "take", "follows": "follow",
    "means": "mean", "needs": "need", "exchanges": "exchange", "knows": "know",
}  # fmt: skip
PERSON = (
    (re.compile(r"\bon behalf of the user\b"), "on your behalf"),
    (re.compile(r"\bof the user(?:'s$|(?!')\b)"), "of yours"),
    (re.compile(r"\bthe user's\b"), "your"),
    (re.compile(rf"\bthe user ({'|'.join(VERBS)})\b"), r"you \1"),
    (re.compile(r"\bthe user\b"), "you"),
)
UNITS = {
    "m": "in metres", "cm": "in centimetres", "mm": "in millimetres", "km": "in kilometres", "kg": "in kilograms",
    "g": "in grams", "px": "in pixels", "c": "in degrees Celsius", "percent": "in percent", "kwh": "in kilowatt-hours",
    "ohm": "in ohms", "litres": "in litres", "ml": "in millilitres", "l": "in litres", "s": "in seconds",
    "years": "in years", "minutes": "in minutes", "hours": "in hours", "days": "in days", "hz": "in hertz",
    "bpm": "in beats a minute", "usd": "in US dollars", "m2": "in square metres", "mg_dl": "in mg/dL",
    "g_dl": "in g/dL", "ms": "in milliseconds", "nm": "in nanometres",
    "kw": "in kilowatts", "kpa": "in kilopascals", "hpa": "in hectopascals", "kmh": "in kilometres an hour",
    "deg": "in degrees", "degrees": "in degrees", "mmhg": "in millimetres of mercury", "k": "in kelvin",
}  # fmt: skip
COUNTED = frozenset((
    "minutes", "days", "hours", "months", "years", "nights", "people", "seats", "servings", "units", "shares", "weeks",
    "pages", "adults", "guests", "players", "rounds", "points", "grams", "litres", "seconds", "passengers",
))  # fmt: skip
UNCLEAR = frozenset((
    "at", "by", "on", "to", "from", "a", "b", "c", "x", "y", "n", "first", "second", "third", "fourth", "after",
    "before", "key", "value", "values", "type", "kind", "size", "items", "number", "text", "query", "name", "with",
    "until", "since", "for", "of", "source", "measure", "due", "given", "high", "low", "last",
    "observed", "verdict",
    "recombinant", "rows", "column", "columns", "target", "base", "other", "start", "end", "code", "body",
))  # fmt: skip
"""Parameter names that say nothing without their description."""
CAPITALS = re.compile(r"[A-Z](?![a-z])(?! )|[A-Z]\w*[A-Z]|English|Greek|Hipparcos")
"""Beginnings that keep their capital letter."""
ACRONYMS = frozenset((
    "gtin", "iban", "bic", "isin", "doi", "imei", "sql", "url", "hdl", "ldl", "html", "json", "csv", "inr", "fen",
    "lei", "isbn", "issn", "ismn", "uuid", "xml", "ip", "vat", "led", "orcid", "cusip", "sedol", "wkn", "ean", "gpa",
))  # fmt: skip
MOST_CHOICES = 6
UNNAMED = "one detail"


def tell_ability(description: str) -> str:
    """`park a car from now on for some minutes`: what a tool does, to follow "can" or "to"."""
    clause = first_clause(description)
    return address_user(f"{clause[:1].lower()}{clause[1:]}")


def address_user(text: str) -> str:
    """The text with "you" for "the user"."""
    for pattern, words in PERSON:
        text = pattern.sub(words, text)
    return re.sub(r"\byou (\w+)", say_plainly, text)


def say_plainly(match: re.Match[str]) -> str:
    """`you have` for `you has`."""
    return f"you {VERBS.get(match[1], match[1])}"


def first_clause(text: str) -> str:
    """The text up to what only qualifies it."""
    text = PARENTHESIS.sub("", text)
    end = CLAUSE_END.search(text)
    return ORDER_TAIL.sub("", text[: end.start()] if end else text).strip(" .,")


def join_words(words: Iterable[str], last: str) -> str:
    """`a, b or c`."""
    *others, final = words
    return f"{', '.join(others)} {last} {final}" if others else final


def tell_parameter(name: str, schema: Mapping[str, Any]) -> str:
    """`the number of minutes`, `the height in centimetres`, with what the schema says where the name is not enough."""
    choices, label = schema.get("enum", ()), label_parameter(name)
    if 1 < len(choices) <= MOST_CHOICES:
        return f"{label} ({join_words((str(choice).replace('_', ' ') for choice in choices), 'or')})"
    gloss = FORMAT_HINT.sub("", f" {first_clause(str(schema.get('description', '')))}")
    gloss = LOOSE_END.sub("", gloss).strip(" ,")
    gloss = address_user(gloss if CAPITALS.match(gloss) else gloss[:1].lower() + gloss[1:])
    words = set(re.findall(r"[a-z]{3,}", gloss.lower()))
    if not words or (label != UNNAMED and words <= {*label.split(), "how", "many", "long"}):
        return f"the {name}" if label == UNNAMED else label
    if label != UNNAMED and gloss.lower().startswith(f"{label.lower().split()[1]} "):
        return f"the {gloss}"
    return f"{label} ({gloss})"


def label_parameter(name: str) -> str:
    """The name in words, its unit spelt out."""
    words = [word.upper() if word in ACRONYMS else word for word in name.lower().split("_")]
    if words[0] in UNCLEAR and (len(words) == 1 or words[-1] in UNITS):
        return UNNAMED
    for size in (2, 1):
        unit = UNITS.get("_".join(words[-size:]))
        if unit and len(words) > size and words[-size - 1] != "per":
            return f"the {' '.join(words[:-size])} {unit}"
    return f"the number of {words[0]}" if len(words) == 1 and words[0] in COUNTED else f"the {' '.join(words)}"
