"""How alike names and short texts are, by spelling and by sound."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import InvalidArgument
from mock_apis.language.words import is_unicode

fuzzy_matching = Domain(
    "fuzzy_matching", category="language", description="Compare and group names that are misspelled or sound alike."
)

Method = Literal["jaro_winkler", "levenshtein", "damerau", "jaccard_words"]
Algorithm = Literal["soundex", "metaphone", "nysiis", "match_rating"]
PhoneticCode = Annotated[str, Field(pattern=r"^[A-Z0-9 ]*$"), Entity("name.phonetic_code")]
Texts = Annotated[list[str], Field(min_length=1, max_length=50)]
LONGEST = 100


class Similarity(Record):
    method: Method
    similarity: float
    """From 0 to 1."""


class Match(Record):
    text: str
    similarity: float


class Matches(Record):
    total: int
    """Candidates at or above the threshold."""
    matches: list[Match]


class Code(Record):
    name: str
    code: PhoneticCode


class Alike(Record):
    total: int
    names: list[str]


class Group(Record):
    kept: str
    merged: list[str]


class Groups(Record):
    total: int
    groups: list[Group]


class WordDiff(Record):
    added: list[str]
    removed: list[str]
    common: int


@fuzzy_matching.tool(
    example={"first": "Jonathan Smith", "second": "Jonathon Smyth"},
    kind="computation",
    equivalent_to=["text_tools_edit_distance"],
)
def similarity(w: World, first: str, second: str, method: Method = "jaro_winkler") -> Similarity:
    """Score how alike two names are, from 0 to 1, whatever their case.

    first: Text of 1 to 100 characters.
    second: Text of 1 to 100 characters.
    method: damerau also counts a swap of neighbours as one edit; jaccard_words compares sets of words.
    """
    require_texts("first", [first])
    require_texts("second", [second])
    return Similarity(method=method, similarity=rate(first, second, method))


@fuzzy_matching.tool(
    example={"query": "Lisbonn", "candidates": ["London", "Lisbon", "Lille"], "threshold": 0.7}, kind="computation"
)
def best_matches(
    w: World,
    query: str,
    candidates: Texts,
    threshold: Annotated[float, Field(ge=0, le=1)] = 0.6,
    method: Method = "jaro_winkler",
) -> Matches:
    """Pick from a list the entries most similar to a misspelled text.

    query: Text of 1 to 100 characters.
    candidates: One to fifty texts of at most 100 characters.
    threshold: Lowest similarity of a match, 0 to 1.
    method: How similarity is measured; case never matters.
    """
    require_texts("query", [query])
    require_texts("candidates", candidates)
    rated = [Match(text=text, similarity=rate(query, text, method)) for text in dict.fromkeys(candidates)]
    fit = [match for match in rated if match.similarity >= threshold]
    fit.sort(key=lambda match: -match.similarity)
    return Matches(total=len(fit), matches=fit[:10])


@fuzzy_matching.tool(example={"name": "Robert"}, kind="computation")
def phonetic_code(w: World, name: str, algorithm: Algorithm = "soundex") -> Code:
    """Encode a name by its English sound, so that similar names agree.

    name: Name of 1 to 40 letters A-Z.
    algorithm: Which phonetic code.
    """
    return Code(name=name, code=encode(require_name("name", name), algorithm))


@fuzzy_matching.tool(
    example={"code": "@fuzzy_matching_phonetic_code.code", "names": ["Rupert", "Rubin", "Robbert"]}, kind="computation"
)
def names_with_code(w: World, code: PhoneticCode, names: Texts, algorithm: Algorithm = "soundex") -> Alike:
    """Pick from a list the names that have a phonetic code.

    code: Code such as R163, as given by fuzzy_matching_phonetic_code.
    names: One to fifty names; those with other characters than A-Z never match.
    algorithm: Which phonetic code it is.
    """
    require_texts("names", names)
    found = [name for name in names if is_name(name) and encode(name, algorithm) == code]
    return Alike(total=len(found), names=found)


@fuzzy_matching.tool(
    example={"names": ["Acme Ltd", "ACME Ltd.", "Globex", "Acme Limited"], "threshold": 0.9}, kind="computation"
)
def deduplicate(w: World, names: Texts, threshold: Annotated[float, Field(ge=0, le=1)] = 0.9) -> Groups:
    """Group the entries of a list that are spelled almost alike.

    names: One to fifty texts of at most 100 characters.
    threshold: Lowest Jaro-Winkler similarity to the first entry of a group.
    """
    require_texts("names", names)
    groups: list[Group] = []
    for name in names:
        near = [group for group in groups if rate(group.kept, name, "jaro_winkler") >= threshold]
        if near:
            near[0].merged.append(name)
        else:
            groups.append(Group(kept=name, merged=[]))
    return Groups(total=len(groups), groups=groups)


@fuzzy_matching.tool(
    example={"before": "ship two red chairs", "after": "ship three red folding chairs"}, kind="computation"
)
def diff_words(w: World, before: str, after: str) -> WordDiff:
    """List the words that were added to and removed from a text.

    before: Older text, 1 to 100 characters.
    after: Newer text, 1 to 100 characters.
    """
    from difflib import SequenceMatcher

    require_texts("before", [before])
    require_texts("after", [after])
    old, new = before.split(), after.split()
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return WordDiff(
        added=[word for step, _, _, low, high in steps if step in ("insert", "replace") for word in new[low:high]],
        removed=[word for step, low, high, _, _ in steps if step in ("delete", "replace") for word in old[low:high]],
        common=sum(high - low for step, low, high, _, _ in steps if step == "equal"),
    )


def require_texts(name: str, texts: list[str]) -> None:
    """Raises InvalidArgument on an empty text or one that is too long."""
    if any(not text.strip() or len(text) > LONGEST or not is_unicode(text) for text in texts):
        raise InvalidArgument(f"{name}: give texts of 1 to {LONGEST} characters")


def require_name(argument: str, name: str) -> str:
    """The name. Raises InvalidArgument unless it is letters A-Z."""
    if not is_name(name):
        raise InvalidArgument(f"{argument}: '{name[:40]}' is no name of 1 to 40 letters A-Z")
    return name


def is_name(name: str) -> bool:
    """Whether the text is 1 to 40 letters A-Z."""
    return name.isascii() and name.isalpha() and len(name) <= 40


def rate(first: str, second: str, method: Method) -> float:
    """Similarity, whatever the case, to four decimals."""
    import jellyfish

    one, two = first.casefold(), second.casefold()
    if method == "jaro_winkler":
        return round(jellyfish.jaro_winkler_similarity(one, two), 4)
    if method == "jaccard_words":
        words, others = set(one.split()), set(two.split())
        return round(len(words & others) / len(words | others), 4)
    damerau = method == "damerau"
    edits = (jellyfish.damerau_levenshtein_distance if damerau else jellyfish.levenshtein_distance)(one, two)
    return round(1 - edits / max(len(one), len(two)), 4)


def encode(name: str, algorithm: Algorithm) -> str:
    """The phonetic code."""
    import jellyfish

    coders = {
        "soundex": jellyfish.soundex,
        "metaphone": jellyfish.metaphone,
        "nysiis": jellyfish.nysiis,
        "match_rating": jellyfish.match_rating_codex,
    }
    return str(coders[algorithm](name))
