"""Whether a text asks for what a switch such as `include_tax` is named after, or asks to leave it out."""

import re

from toolgrad_local.audit.ordinary import FUNCTION_WORDS, noun_forms
from toolgrad_local.audit.tokens import Token, clean, tokenize
from toolgrad_local.audit.units import last_key

AUXILIARY = frozenset((
    "include", "includes", "included", "including", "is", "has", "with", "use", "allow", "enable", "enabled", "show",
    "want", "should", "add", "only", "keep", "flag", "on",
))  # fmt: skip
"""Words of a switch's name that carry no content of their own, where there is another."""
NEGATORS = frozenset((
    "no", "not", "without", "never", "exclude", "excluding", "except", "skip", "omit", "ignore", "ignoring", "minus",
    "neither", "nor", "don't", "doesn't", "dont", "isn't", "aren't", "won't", "shouldn't", "non",
))  # fmt: skip
AFFIRMERS = frozenset(("with", "including", "plus", "but"))
NEGATED_AFTER = frozenset(("free", "excluded", "aside", "off", "disabled"))
REACH = 4
"""Words before the named ones among which a negation counts."""


def is_switch_said(value: bool, path: str, text: str) -> bool:
    """True if the named words stand in the text, and (True) somewhere not negated or (False) somewhere negated."""
    words = content_of(path)
    return bool(words) and value in {not negated for negated in find_mentions(words, text)}


def content_of(path: str) -> list[str]:
    """The words of the parameter's name that say what it switches."""
    words = last_key(path).split("_")
    return [word for word in words if word not in AUXILIARY and word not in FUNCTION_WORDS] or (
        words if len(words) == 1 and words[0] not in FUNCTION_WORDS and words[0] else []
    )


def find_mentions(words: list[str], text: str) -> list[bool]:
    """For each place where all words stand close together: is it negated?"""
    tokens = tokenize(text)
    forms = [noun_forms(word) | verb_forms(word) for word in words]
    mentions = []
    for at, token in enumerate(tokens):
        window = tokens[at : at + len(words) + 2]
        if any(token.text in form for form in forms) and all(any(t.text in form for t in window) for form in forms):
            last = max(index for index, t in enumerate(window) if any(t.text in form for form in forms))
            mentions.append(is_negated(tokens, at, at + last, text))
    return mentions


def verb_forms(word: str) -> frozenset[str]:
    """Cancel, cancels, cancelled, canceled, cancelling for any of them."""
    stem = re.sub(r"(?:l?l(?=ed$|ing$))?(?:ed|ing|s|e)$", "", word)
    stem = stem if len(stem) > 2 else word
    return frozenset((word, *(stem + end for end in ("", "e", "s", "es", "ed", "ing", "led", "ling", "ped", "ning"))))


def is_negated(tokens: tuple[Token, ...], first: int, last: int, text: str) -> bool:
    """True if a negation governs the words from first to last."""
    cleaned = clean(text)
    for at in range(first - 1, max(first - 1 - REACH, -1), -1):
        if re.search(r"[,.;:!?]", cleaned[tokens[at].end : tokens[at + 1].start]):
            break
        if tokens[at].text in NEGATORS or (tokens[at].text == "out" and tokens[at - 1].text in ("leave", "leaving")):
            return True
        if tokens[at].text in AFFIRMERS:
            break
    after = tokens[last + 1 : last + 3]
    if after and cleaned[tokens[last].end : after[0].start].strip() in ("", "-"):
        words = [token.text for token in after]
        return (
            words[0] in NEGATED_AFTER or words[0] in ("not", "isn't") or (words[0] in ("is", "are") and "not" in words)
        )
    return False
