"""Senses of common English words from WordNet 3.1; rare senses, names and most phrases are not in it."""

from typing import Any

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Limit
from mock_apis.core.errors import FailedPrecondition, NotFound
from mock_apis.language.senses import (
    Part,
    SenseName,
    all_senses,
    distances_up,
    find_sense,
    lower_definitions,
    part_of,
    path_up,
    senses_below,
)
from mock_apis.language.words import Word, all_words, base_of, find_word

dictionary = Domain("dictionary", category="language", description="An English dictionary and thesaurus from WordNet.")

LONGEST_QUERY = 100


class Sense(Record):
    sense: SenseName
    part: Part
    definition: str
    example: str | None


class Definitions(Record):
    word: Word
    total: int
    senses: list[Sense]


class SenseDetails(Record):
    sense: SenseName
    part: Part
    definition: str
    words: list[Word]
    """Words of the word list that have this sense."""
    phrases: list[str]
    """Other words and phrases that have it."""
    broader_count: int
    narrower_count: int


class Synonyms(Record):
    sense: SenseName
    definition: str
    words: list[Word]
    phrases: list[str]


class SynonymList(Record):
    word: Word
    total: int
    """Senses that have a synonym."""
    senses: list[Synonyms]


class Antonym(Record):
    sense: SenseName
    """The sense of the given word."""
    antonym: str
    """A word, seldom a phrase."""


class AntonymList(Record):
    word: Word
    total: int
    antonyms: list[Antonym]


class BriefSense(Record):
    sense: SenseName
    definition: str


class SenseList(Record):
    total: int
    senses: list[BriefSense]


class Similarity(Record):
    first: SenseName
    second: SenseName
    shared: SenseName
    """The sense above both by which the path is shortest."""
    steps: int
    similarity: float
    """1 divided by one more than the steps."""
    path: list[SenseName]


class BaseForm(Record):
    word: Word
    base: Word
    is_base: bool


@dictionary.tool(example={"word": "bank", "part": "noun"}, errors=[NotFound], kind="data")
def define(w: World, word: Word, part: Part | None = None, limit: Limit = 5) -> Definitions:
    """Give the common meanings of an English word, each with an example.

    word: A lower-case word, in its base form or another form of it.
    part: Only meanings as this part of speech.
    limit: At most this many meanings, the most frequent first.
    """
    base, rows = senses_of(word, part)
    return Definitions(word=base, total=len(rows), senses=[describe(row) for row in rows[:limit]])


@dictionary.tool(example={"sense": "dog.n.01"}, errors=[NotFound], kind="data")
def get_sense(w: World, sense: SenseName) -> SenseDetails:
    """Show one meaning with all words and phrases that express it.

    sense: Name of the meaning such as dog.n.01, as given by dictionary_define.
    """
    row = find_sense(sense)
    words, phrases = split_words(row["words"])
    return SenseDetails(
        sense=sense,
        part=part_of(sense),
        definition=row["definition"],
        words=words,
        phrases=phrases,
        broader_count=len(row.get("above", ())),
        narrower_count=len(senses_below().get(sense, ())),
    )


@dictionary.tool(example={"word": "quickly"}, errors=[NotFound], kind="data")
def synonyms(w: World, word: Word, part: Part | None = None, limit: Limit = 5) -> SynonymList:
    """List the synonyms of a word, apart for each of its meanings.

    word: A lower-case word, in its base form or another form of it.
    part: Only meanings as this part of speech.
    limit: At most this many meanings, the most frequent first.
    """
    base, rows = senses_of(word, part)
    found = []
    for row in rows:
        words, phrases = split_words([other for other in row["words"] if other != base])
        if words or phrases:
            found.append(Synonyms(sense=row["sense"], definition=row["definition"], words=words, phrases=phrases))
    return SynonymList(word=base, total=len(found), senses=found[:limit])


@dictionary.tool(example={"word": "hot"}, errors=[NotFound], kind="data")
def antonyms(w: World, word: Word) -> AntonymList:
    """List the direct opposites of a word, each with the meaning it opposes.

    word: A lower-case word, in its base form or another form of it.
    """
    base, rows = senses_of(word, None)
    found = [
        Antonym(sense=row["sense"], antonym=there)
        for row in rows
        for here, there in row.get("antonyms", ())
        if here == base
    ]
    return AntonymList(word=base, total=len(found), antonyms=found)


@dictionary.tool(example={"sense": "dog.n.01"}, errors=[NotFound], kind="data")
def broader(w: World, sense: SenseName) -> SenseList:
    """List the ever more general meanings above one: a dog is a canine, a carnivore.

    sense: Name of a noun or verb meaning; adjectives and adverbs have nothing above them.
    """
    find_sense(sense)
    chain = list(distances_up(sense))[1:]
    return SenseList(total=len(chain), senses=[brief(name) for name in chain[:20]])


@dictionary.tool(
    example={"sense": "@dictionary_broader.senses[0].sense"},
    errors=[NotFound],
    kind="data",
)
def narrower(w: World, sense: SenseName, limit: Limit = 5) -> SenseList:
    """List the more specific meanings directly below one that this dictionary has.

    sense: Name of a noun or verb meaning such as fruit.n.01.
    limit: At most this many, in alphabetical order of their names.
    """
    find_sense(sense)
    below = senses_below().get(sense, [])
    return SenseList(total=len(below), senses=[brief(name) for name in below[:limit]])


@dictionary.tool(
    example={"first": "dog.n.01", "second": "cat.n.01"}, errors=[NotFound, FailedPrecondition], kind="computation"
)
def similarity(w: World, first: SenseName, second: SenseName) -> Similarity:
    """Measure how close two meanings are by their path in the WordNet hierarchy.

    first: Name of a noun or verb meaning such as dog.n.01.
    second: Name of a meaning of the same part of speech.
    """
    find_sense(first)
    find_sense(second)
    up, other = distances_up(first), distances_up(second)
    shared = [name for name in up if name in other]
    if not shared:
        raise FailedPrecondition(f"{first} and {second} have no meaning above both")
    top = min(shared, key=lambda name: (up[name] + other[name], name))
    steps = up[top] + other[top]
    path = [*path_up(first, top), *reversed(path_up(second, top)[:-1])]
    return Similarity(
        first=first, second=second, shared=top, steps=steps, similarity=round(1 / (steps + 1), 4), path=path
    )


@dictionary.tool(example={"query": "measuring temperature"}, kind="data")
def reverse_lookup(w: World, query: str, part: Part | None = None, limit: Limit = 5) -> SenseList:
    """Find meanings whose definition contains every given word.

    query: Words of the definition, at most 100 characters; parts of words count too.
    part: Only meanings as this part of speech.
    limit: At most this many meanings, those with the shortest definitions first.
    """
    wanted = query[:LONGEST_QUERY].lower().split()
    found = [
        all_senses()[name]
        for name, definition in lower_definitions().items()
        if wanted and all(word in definition for word in wanted) and part in (None, part_of(name))
    ]
    found.sort(key=lambda row: (len(row["definition"]), row["sense"]))
    return SenseList(total=len(found), senses=[brief(row["sense"]) for row in found[:limit]])


@dictionary.tool(example={"word": "went"}, errors=[NotFound], kind="data", equivalent_to=["grammar_singularize"])
def base_form(w: World, word: Word) -> BaseForm:
    """Look up the base form of an inflected word, such as go for went.

    word: A lower-case word of the word list.
    """
    base = base_of(word)
    return BaseForm(word=word, base=base, is_base=base == word)


def senses_of(word: str, part: Part | None) -> tuple[str, list[dict[str, Any]]]:
    """The base form and its senses, most frequent first. Raises NotFound."""
    base = base_of(word)
    names = find_word(base).get("senses", [])
    return base, [all_senses()[name] for name in names if part in (None, part_of(name))]


def describe(row: dict[str, Any]) -> Sense:
    """A sense as a dictionary shows it."""
    example = row.get("examples", [None])[0]
    return Sense(sense=row["sense"], part=part_of(row["sense"]), definition=row["definition"], example=example)


def brief(name: str) -> BriefSense:
    """A sense with its definition only."""
    return BriefSense(sense=name, definition=all_senses()[name]["definition"])


def split_words(words: list[str]) -> tuple[list[str], list[str]]:
    """Words of the word list, and the rest."""
    known = [word for word in words if word in all_words()]
    return known, [word for word in words if word not in known]
