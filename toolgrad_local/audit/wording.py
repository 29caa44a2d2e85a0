"""Whether a text holds the words of a value, whole and in order."""

import re
from functools import lru_cache

from toolgrad_local.audit.ordinary import FUNCTION_WORDS, is_common, noun_forms
from toolgrad_local.audit.tokens import Token, clean, squeeze, tokenize

SYMBOLS = re.compile(r"[+*^=<>%~|\\\[\]{}]|(?<=\w)#|-$|^-\d|^[^\w\s]+$")
"""Signs that mean something: C++, A-, x^2."""
JOINING = re.compile(r"[\w)]\s*[+*/^=<>|-]\s*[\w(]")
PHONE = re.compile(r"\+?[\d\s().-]{7,}")
DIGIT_RUN = re.compile(r"\+?\d[\d\s().-]{5,}\d")
DECIMAL = re.compile(r"\d+\.\d+")
PLACE_PREFIXES = frozenset((
    "New", "San", "Santa", "Santo", "Saint", "St", "Los", "Las", "El", "Port", "Fort", "Nova", "Novi", "Mount",
    "Nueva", "Puerto",
))  # fmt: skip
"""Before a name they make another one: New York does not say York."""
SIGNED = re.compile(r"\+\+|\+(?!\w)|#")
"""What makes C another thing: C++, C#, A+."""
SHORT_CODE = 3
ARTICLES = frozenset(("a", "an", "the"))


def are_words_said(value: str, text: str, *, exact_case: bool = False) -> bool:
    """True if the value's words stand in the text as whole words; signs that mean something count."""
    if PHONE.fullmatch(value) and sum(c.isdigit() for c in value) > 6:
        return is_digit_run_said(value, text)
    if SYMBOLS.search(clean(value).strip()):
        return is_literal_said(value, text)
    return bool(find_runs(value, text, exact_case=exact_case)) or is_squeezed_said(value, text)


def find_runs(value: str, text: str, *, exact_case: bool = False) -> list[tuple[int, int]]:
    """Where the value's words stand: index of the first token, and of the one behind the last."""
    words, tokens = tokenize(value), tokenize(text)
    if not words:
        return []
    forms = [word_forms(word) for word in words]
    runs = []
    skips = "_" in value
    for at in range(len(tokens) - len(words) + 1):
        if not skips and tokens[at].text not in forms[0]:
            continue
        end = match_run(forms, tokens, at, skips)
        if not end or is_longer_name(tokens, at, text) or SIGNED.match(clean(text), tokens[end - 1].end):
            continue
        if is_proper_run(words, tokens[at:end], at, text, exact_case):
            runs.append((at, end))
    return runs


def word_forms(word: Token) -> frozenset[str]:
    """The word in the singular and the plural; a name only as it is."""
    is_name = word.raw[0].isupper() and not is_common(word.text)
    return frozenset({word.text}) if is_name else noun_forms(word.text)


def match_run(forms: list[frozenset[str]], tokens: tuple[Token, ...], at: int, skip_articles: bool) -> int:
    """The token behind the run that starts there; 0 if the words do not stand there."""
    for form in forms:
        if skip_articles and at < len(tokens) and tokens[at].text in ARTICLES and tokens[at].text not in form:
            at += 1
        if at >= len(tokens) or tokens[at].text not in form:
            return 0
        at += 1
    return at


def is_proper_run(words: tuple[Token, ...], run: tuple[Token, ...], at: int, text: str, exact_case: bool) -> bool:
    """False for a word that stands in every text by chance: a function word, a code in lower case that is a word."""
    if len(words) > 1:
        return not exact_case or [word.raw for word in words] == [token.raw.removesuffix("'s") for token in run]
    value, said = words[0].raw, run[0].raw.removesuffix("'s")
    if is_quoted(run[0], text):
        return True
    if exact_case:
        return value == said and not (said.lower() in FUNCTION_WORDS and at == 0)
    if value.isupper() and len(value) <= SHORT_CODE and value.isalpha():
        if value == said:
            return not (value == "I" or (value == "A" and at == 0) or is_shouted(text))
        return len(value) == SHORT_CODE and not is_common(value.lower()) and not said.istitle()
    if len(value) == 1 and value.isalpha():
        return said == value and value not in ("a", "I")
    return words[0].text not in FUNCTION_WORDS


def is_shouted(text: str) -> bool:
    """True if the whole text is in capitals."""
    return text.isupper() and len(tokenize(text)) > 3


def is_quoted(token: Token, text: str) -> bool:
    """True if the word alone stands in quotes."""
    cleaned = clean(text)
    before, after = cleaned[max(token.start - 1, 0) : token.start], cleaned[token.end : token.end + 1]
    return before in ("'", '"') and before == after


def is_longer_name(tokens: tuple[Token, ...], at: int, text: str) -> bool:
    """True if a place prefix before the capitalised word makes it another name."""
    if at == 0 or not tokens[at].raw[0].isupper() or tokens[at - 1].raw not in PLACE_PREFIXES:
        return False
    return clean(text)[tokens[at - 1].end : tokens[at].start].strip(".") in (" ", "-")


def is_literal_said(value: str, text: str) -> bool:
    """True if the value stands there sign by sign, blanks around signs aside."""
    return any(
        re.search(rf"(?<![\w+*/^=<>.-]){re.escape(strip(value))}(?![\w+*/^=<>#]|-\w|\.\d)", strip(text))
        for strip in ((fold_blanks, strip_blanks) if JOINING.search(value) else (fold_blanks,))
    )


@lru_cache(maxsize=4096)
def fold_blanks(text: str) -> str:
    """Lower case, one blank between words."""
    return " ".join(clean(text).casefold().split())


@lru_cache(maxsize=4096)
def strip_blanks(text: str) -> str:
    """Lower case, one blank between words and none around signs that join."""
    return re.sub(r"\s*([+*/^=<>|-])\s*", r"\1", fold_blanks(text))


def is_digit_run_said(value: str, text: str) -> bool:
    """True if the digits stand in one run, however they are grouped; the plus sign may be left out."""
    wanted = "".join(c for c in value if c.isdigit())
    runs = [run for run in DIGIT_RUN.findall(clean(text)) if not DECIMAL.fullmatch(run)]
    words = [token.text for token in tokenize(text) if not DECIMAL.fullmatch(token.text)]
    return wanted in {"".join(c for c in run if c.isdigit()) for run in runs} | {squeeze(word) for word in words}


def is_squeezed_said(value: str, text: str) -> bool:
    """True if the value is said with other joints: BA117 and BA 117, round_trip and roundtrip."""
    joined = squeeze(value)
    has_digit, has_letter = any(map(str.isdigit, joined)), any(map(str.isalpha, joined))
    parts = [part for part in re.split(r"[\W_]+", clean(value)) if part]
    if not has_letter or not (has_digit or len(parts) > 1) or (" " in value.strip() and not has_digit):
        return False
    tokens = tokenize(text)
    if any(squeeze(token.text) == joined for token in tokens):
        return True
    return has_digit and len(joined) >= 4 and any(is_joined_run(joined, tokens, at, text) for at in range(len(tokens)))


def is_joined_run(joined: str, tokens: tuple[Token, ...], at: int, text: str) -> bool:
    """True if the words from there on make up the value, apart by single blanks or hyphens."""
    built, cleaned = "", clean(text)
    for index in range(at, min(at + 8, len(tokens))):
        token = tokens[index]
        if index > at and cleaned[tokens[index - 1].end : token.start] not in (" ", "-"):
            return False
        if token.raw in FUNCTION_WORDS or (len(token.raw) == 1 and token.raw.islower()):
            return False
        built += squeeze(token.text)
        if built == joined:
            return True
        if not joined.startswith(built):
            return False
    return False
