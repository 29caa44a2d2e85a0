"""Counting, comparing and rewriting plain text. Readability knows English only."""

import hashlib
import re
import unicodedata
from collections import Counter
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Limit
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, ResourceExhausted

text_tools = Domain("text_tools", category="language", description="Count, hash, compare and rewrite plain text.")

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)")
VOWELS = re.compile(r"[aeiouy]+")
LONGEST_TEXT = 5000
LONGEST_COMPARED = 500
Style = Literal["lower", "upper", "title", "snake", "kebab", "camel", "pascal"]


class Counts(Record):
    characters: int
    words: int
    sentences: int
    lines: int


class Readability(Record):
    words: int
    sentences: int
    syllables: int
    """Estimated from groups of vowels."""
    flesch_reading_ease: float
    """Higher is easier; 60 to 70 is plain English."""
    flesch_kincaid_grade: float
    """US school year."""


class Text(Record):
    text: str


class Digest(Record):
    algorithm: str
    hex: str


class Distance(Record):
    distance: int
    """Insertions, deletions and replacements of one character."""
    similarity: float
    """1 minus the distance divided by the longer length."""


class WordCount(Record):
    word: str
    count: Annotated[int, Field(ge=1)]


class WordCounts(Record):
    total: int
    """Different words."""
    words: list[WordCount]


@text_tools.tool(example={"text": "One fish. Two fish!"}, errors=[ResourceExhausted], kind="computation")
def count(w: World, text: str) -> Counts:
    """Count the characters, words, sentences and lines of a text.

    text: Plain text of at most 5000 characters.
    """
    require_text("text", text, LONGEST_TEXT)
    return Counts(
        characters=len(text),
        words=len(WORD.findall(text)),
        sentences=count_sentences(text),
        lines=len(text.splitlines()),
    )


@text_tools.tool(
    example={"text": "The cat sat on the mat. It was very happy there."},
    errors=[FailedPrecondition, ResourceExhausted],
    kind="computation",
)
def readability(w: World, text: str) -> Readability:
    """Rate how easy an English text is to read, by the Flesch formulas.

    text: English text of at most 5000 characters, with at least one word.
    """
    require_text("text", text, LONGEST_TEXT)
    words, sentences = WORD.findall(text), count_sentences(text)
    if not words:
        raise FailedPrecondition("text has no words")
    syllables = sum(map(count_syllables, words))
    length, weight = len(words) / sentences, syllables / len(words)
    return Readability(
        words=len(words),
        sentences=sentences,
        syllables=syllables,
        flesch_reading_ease=round(206.835 - 1.015 * length - 84.6 * weight, 2),
        flesch_kincaid_grade=round(0.39 * length + 11.8 * weight - 15.59, 2),
    )


@text_tools.tool(example={"text": "Crème Brûlée: 10 Tips"}, errors=[ResourceExhausted], kind="computation")
def slugify(w: World, text: str) -> Text:
    """Turn a title into a lower-case ASCII slug with hyphens for use in URLs.

    text: A title of at most 5000 characters; accents are dropped.
    """
    require_text("text", text, LONGEST_TEXT)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return Text(text="-".join(re.findall(r"[a-z0-9]+", plain.replace("'", ""))))


@text_tools.tool(
    example={"text": "hello", "algorithm": "sha256"},
    errors=[ResourceExhausted],
    kind="computation",
    equivalent_to=["code_utils_hash_text"],
)
def hash_(w: World, text: str, algorithm: Literal["md5", "sha1", "sha256", "sha512"] = "sha256") -> Digest:
    """Hash the UTF-8 bytes of a text and give the digest in hexadecimal.

    text: Plain text of at most 5000 characters.
    algorithm: Which hash function.
    """
    require_text("text", text, LONGEST_TEXT)
    return Digest(algorithm=algorithm, hex=hashlib.new(algorithm, text.encode(), usedforsecurity=False).hexdigest())


@text_tools.tool(
    example={"first": "kitten", "second": "sitting"},
    errors=[ResourceExhausted],
    kind="computation",
    equivalent_to=["fuzzy_matching_similarity"],
)
def edit_distance(w: World, first: str, second: str) -> Distance:
    """Count the single-character edits that turn one text into another.

    first: Plain text of at most 500 characters.
    second: Plain text of at most 500 characters.
    """
    require_text("first", first, LONGEST_COMPARED)
    require_text("second", second, LONGEST_COMPARED)
    distance = levenshtein(first, second)
    longer = max(len(first), len(second))
    return Distance(distance=distance, similarity=round(1 - distance / longer, 4) if longer else 1.0)


@text_tools.tool(
    example={"text": "user profile page", "style": "camel"}, errors=[ResourceExhausted], kind="computation"
)
def convert_case(w: World, text: str, style: Style) -> Text:
    """Rewrite words in another letter case or as an identifier.

    text: Plain text of at most 5000 characters.
    style: lower, upper and title keep everything else; the others join the words.
    """
    require_text("text", text, LONGEST_TEXT)
    words = [word.lower() for word in re.findall(r"[^\W_]+", re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", text))]
    pascal = "".join(word.capitalize() for word in words)
    forms = {
        "lower": text.lower(),
        "upper": text.upper(),
        "title": WORD.sub(capitalize_match, text),
        "snake": "_".join(words),
        "kebab": "-".join(words),
        "pascal": pascal,
        "camel": (words[0] if words else "") + "".join(word.capitalize() for word in words[1:]),
    }
    return Text(text=forms[style])


@text_tools.tool(
    example={"text": "the cat and the hat and the bat", "limit": 2}, errors=[ResourceExhausted], kind="computation"
)
def word_frequency(w: World, text: str, limit: Limit = 5) -> WordCounts:
    """List the most frequent words of a text, regardless of case.

    text: Plain text of at most 5000 characters.
    limit: At most this many words.
    """
    require_text("text", text, LONGEST_TEXT)
    counts = Counter(word.lower() for word in WORD.findall(text))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return WordCounts(total=len(counts), words=[WordCount(word=word, count=number) for word, number in ordered[:limit]])


def require_text(name: str, text: str, longest: int) -> None:
    """Raises ResourceExhausted on a text that is too long, InvalidArgument on one without UTF-8 form."""
    if len(text) > longest:
        raise ResourceExhausted(f"{name} has {len(text)} characters, over {longest}")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise InvalidArgument(f"{name} has half of a surrogate pair")


def count_sentences(text: str) -> int:
    """Ends of sentences; a text with words and no end is one sentence."""
    tail = SENTENCE_END.split(text)[-1]
    return len(SENTENCE_END.findall(text)) + bool(WORD.search(tail))


def count_syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end; at least one."""
    lower = word.lower()
    groups = len(VOWELS.findall(lower))
    silent = lower.endswith("e") and not lower.endswith(("le", "ee"))
    return max(1, groups - silent)


def capitalize_match(match: re.Match[str]) -> str:
    """The word with its first letter in upper case and the others in lower case."""
    return match[0].capitalize()


def levenshtein(first: str, second: str) -> int:
    """The edit distance, one row of the table at a time."""
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, start=1):
        above, row = row, [i]
        for j, b in enumerate(second, start=1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (a != b)))
    return row[-1]
