"""The words of a text, cleaned of accents, quotes and case, with what counts as one word.

An id, a version, an e-mail address or a date in digits is one word: "LOT-5" holds no word "5".
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

VULGAR = str.maketrans({"½": " 1/2", "¼": " 1/4", "¾": " 3/4"})
LOOKALIKES = str.maketrans({
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "–": "-", "‐": "-", "‑": "-", "−": "-", "—": ";", "⁄": "/", "×": "x",
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i",
})  # fmt: skip
NARROW_SPACE = re.compile(r"(?<=\d)[\u00a0\u2009\u202f'](?=\d{3}(?!\d))")
"""What some put between the thousands."""

TOKEN = re.compile(
    r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?"
    r"|\w+(?:[.:/_'-]\w+)*"
    r"|&"
)
COUNTED = re.compile(r"\d+(?:-[a-z]{3,})+")
"""`15-minute`: two words, not an id."""


@dataclass(frozen=True)
class Token:
    """A word of a cleaned text."""

    text: str
    """Lower case, without a possessive 's."""
    raw: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """The text without accents, with plain quotes, dashes and fractions; case is kept."""
    text = NARROW_SPACE.sub("", text).translate(VULGAR).translate(LOOKALIKES)
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).translate(LOOKALIKES)


@lru_cache(maxsize=4096)
def tokenize(text: str) -> tuple[Token, ...]:
    """The words of a text; their places are places in `clean(text)`."""
    cleaned = clean(text)
    return tuple(token for match in TOKEN.finditer(cleaned) for token in split_cluster(match.group(), match.start()))


def split_cluster(cluster: str, start: int) -> list[Token]:
    """The words of a run without blanks: one, if it is an id, an address or a name with dots."""
    if is_whole(cluster):
        return [make_token(cluster, start)]
    parts = re.finditer(r"[^\W_]+(?:'[^\W_]+)*|&", cluster)
    return [make_token(part.group(), start + part.start()) for part in parts]


def is_whole(cluster: str) -> bool:
    """True for what must not be taken apart."""
    if "@" in cluster or "://" in cluster:
        return True
    if any(c.isdigit() for c in cluster):
        return COUNTED.fullmatch(cluster) is None
    return "." in cluster


def make_token(raw: str, start: int) -> Token:
    """The token of a word."""
    text = raw.casefold().removesuffix("'s").strip("'")
    return Token("and" if text == "&" else text, raw, start, start + len(raw))


def squeeze(text: str) -> str:
    """Letters and digits only, lower case."""
    return "".join(c for c in clean(text).casefold() if c.isalnum())
