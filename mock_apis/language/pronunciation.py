"""How common English words sound in North America, from CMUdict; rare words and names are not in it."""

import re
from functools import cache
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity, Limit
from mock_apis.core.errors import InvalidArgument, NotFound
from mock_apis.language.words import Word, all_words, find_word

pronunciation = Domain(
    "pronunciation", category="language", description="North American sounds, stress and rhymes of English words."
)

Stress = Annotated[str, Field(pattern=r"^[012]+$"), Entity("word.stress")]
"""A digit a syllable: 1 main stress, 2 secondary, 0 none."""
IPA = {
    "AA": "ɑ", "AE": "æ", "AH": "ʌ", "AO": "ɔ", "AW": "aʊ", "AY": "aɪ", "B": "b", "CH": "tʃ", "D": "d", "DH": "ð",
    "EH": "ɛ", "ER": "ɝ", "EY": "eɪ", "F": "f", "G": "ɡ", "HH": "h", "IH": "ɪ", "IY": "i", "JH": "dʒ", "K": "k",
    "L": "l", "M": "m", "N": "n", "NG": "ŋ", "OW": "oʊ", "OY": "ɔɪ", "P": "p", "R": "ɹ", "S": "s", "SH": "ʃ",
    "T": "t", "TH": "θ", "UH": "ʊ", "UW": "u", "V": "v", "W": "w", "Y": "j", "Z": "z", "ZH": "ʒ",
    "AH0": "ə", "ER0": "ɚ",
}  # fmt: skip
VOWEL = re.compile(r"[0-2]$")
LINE_WORD = re.compile(r"[a-z]+")
LONGEST_LINE, MOST_WORDS = 300, 40


class Saying(Record):
    phonemes: str
    """ARPAbet, a digit after each vowel for its stress."""
    ipa: str
    """Without stress marks."""
    syllables: int
    stress: Stress


class Sayings(Record):
    word: Word
    pronunciations: list[Saying]


class WordMatches(Record):
    total: int
    words: list[Word]
    """Frequent words first."""


class Homophones(Record):
    word: Word
    homophones: list[Word]


class RhymeCheck(Record):
    first: Word
    second: Word
    perfect_rhyme: bool
    """The same from the last stressed vowel on, and different before it."""
    same_sound: bool
    """Pronounced alike in all."""


class SpokenWord(Record):
    word: Word
    syllables: int
    stress: Stress


class Scansion(Record):
    syllables: int
    stress: Stress
    words: list[SpokenWord]


@pronunciation.tool(example={"word": "tomato"}, errors=[NotFound], kind="data")
def pronounce(w: World, word: Word) -> Sayings:
    """Give the sounds of an English word in ARPAbet and IPA, with its stress.

    word: A lower-case English word.
    """
    return Sayings(word=word, pronunciations=[describe(sounds) for sounds in sounds_of(word)])


@pronunciation.tool(example={"word": "light"}, errors=[NotFound], kind="data")
def rhymes(
    w: World, word: Word, syllables: Annotated[int, Field(ge=1, le=8)] | None = None, limit: Limit = 10
) -> WordMatches:
    """Find words that rhyme perfectly with a word.

    word: A lower-case English word.
    syllables: Only rhymes of this many syllables.
    limit: At most this many rhymes, frequent words first.
    """
    tails = {rhyme_part(sounds) for sounds in sounds_of(word)}
    near = {other for tail in tails for other in words_by_rhyme()[tail] if other != word}
    fit = {other for other in near if any(rhyme(a, b) for a in sounds_of(word) for b in sounds_of(other))}
    return matches([other for other in all_words() if other in fit and has_syllables(other, syllables)], limit)


@pronunciation.tool(example={"word": "sea"}, errors=[NotFound], kind="data")
def homophones(w: World, word: Word) -> Homophones:
    """Find differently spelled words that sound exactly like a word.

    word: A lower-case English word.
    """
    wanted = set(sounds_of(word))
    same = {other for sounds in wanted for other in words_by_rhyme()[rhyme_part(sounds)]} - {word}
    found = [other for other in all_words() if other in same and wanted & set(sounds_of(other))]
    return Homophones(word=word, homophones=found[:20])


@pronunciation.tool(example={"word": "phone"}, errors=[NotFound], kind="data")
def alliterations(
    w: World, word: Word, sounds: Annotated[int, Field(ge=1, le=4)] = 2, limit: Limit = 10
) -> WordMatches:
    """Find words that begin with the same sounds as a word, however spelled.

    word: A lower-case English word.
    sounds: How many sounds at the start must be the same; stress is ignored.
    limit: At most this many words, frequent ones first.
    """
    start = onset(sounds_of(word)[0], sounds)
    return matches([other for other in words_by_onset(sounds)[start] if other != word], limit)


@pronunciation.tool(example={"stress": "@pronunciation_pronounce.pronunciations[0].stress"}, kind="data")
def find_by_stress(w: World, stress: Stress, limit: Limit = 10) -> WordMatches:
    """Find words with a given pattern of stressed and unstressed syllables.

    stress: A digit a syllable: 1 main stress, 2 secondary, 0 none; 10 for table.
    limit: At most this many words, frequent ones first.
    """
    return matches(words_by_stress().get(stress, []), limit)


@pronunciation.tool(
    example={"first": "night", "second": "@pronunciation_rhymes.words[0]"}, errors=[NotFound], kind="computation"
)
def check_rhyme(w: World, first: Word, second: Word) -> RhymeCheck:
    """Tell whether two words rhyme perfectly or sound the same.

    first: A lower-case English word.
    second: A lower-case English word.
    """
    pairs = [(a, b) for a in sounds_of(first) for b in sounds_of(second)]
    return RhymeCheck(
        first=first,
        second=second,
        perfect_rhyme=any(rhyme(a, b) for a, b in pairs),
        same_sound=any(a == b for a, b in pairs),
    )


@pronunciation.tool(example={"line": "Shall I compare thee to a summer day"}, errors=[NotFound], kind="computation")
def scan_line(w: World, line: str) -> Scansion:
    """Count the syllables of a line of verse and give the stress of each word.

    line: English words, at most 300 characters and 40 words; the first pronunciation of each is taken.
    """
    words = LINE_WORD.findall(line.lower().replace("'", ""))
    if not words or len(line) > LONGEST_LINE or len(words) > MOST_WORDS:
        raise InvalidArgument(f"line: give 1 to {MOST_WORDS} English words in at most {LONGEST_LINE} characters")
    spoken = [(word, stress_of(sounds_of(word)[0])) for word in words]
    whole = "".join(stress for _, stress in spoken)
    return Scansion(
        syllables=len(whole),
        stress=whole,
        words=[SpokenWord(word=word, syllables=len(stress), stress=stress) for word, stress in spoken],
    )


def sounds_of(word: str) -> list[str]:
    """Every pronunciation of a word, the usual one first. Raises NotFound."""
    sounds: list[str] = find_word(word)["sounds"]
    return sounds


@cache
def words_by_rhyme() -> dict[str, list[str]]:
    """Words by what rhymes in one of their pronunciations."""
    found: dict[str, list[str]] = {}
    for word in all_words():
        for sounds in sounds_of(word):
            found.setdefault(rhyme_part(sounds), []).append(word)
    return found


@cache
def words_by_stress() -> dict[str, list[str]]:
    """Words by the stress of their usual pronunciation."""
    found: dict[str, list[str]] = {}
    for word in all_words():
        found.setdefault(stress_of(sounds_of(word)[0]), []).append(word)
    return found


@cache
def words_by_onset(count: int) -> dict[str, list[str]]:
    """Words by the first sounds of their usual pronunciation."""
    found: dict[str, list[str]] = {}
    for word in all_words():
        found.setdefault(onset(sounds_of(word)[0], count), []).append(word)
    return found


@cache
def rhyme_part(sounds: str) -> str:
    """The sounds from the last stressed vowel on, without stress; all from the last vowel if none is stressed."""
    phones = sounds.split()
    stressed = [place for place, phone in enumerate(phones) if phone[-1] in "12"]
    vowels = [place for place, phone in enumerate(phones) if VOWEL.search(phone)]
    return plain(phones[(stressed or vowels or [0])[-1] :])


def rhyme(first: str, second: str) -> bool:
    """Whether two pronunciations rhyme: the same ends, and a different sound before them."""
    tail = rhyme_part(first)
    return tail == rhyme_part(second) and sound_before(first, tail) != sound_before(second, tail)


def sound_before(sounds: str, tail: str) -> str:
    """The sound right before the rhyming part; empty if there is none."""
    place = len(sounds.split()) - len(tail.split())
    return sounds.split()[place - 1] if place else ""


def plain(phones: list[str]) -> str:
    """Sounds without stress digits."""
    return " ".join(phone.rstrip("012") for phone in phones)


def onset(sounds: str, count: int) -> str:
    """The first sounds, without stress."""
    return plain(sounds.split()[:count])


def stress_of(sounds: str) -> str:
    """The stress digits."""
    return "".join(phone[-1] for phone in sounds.split() if VOWEL.search(phone))


def has_syllables(word: str, syllables: int | None) -> bool:
    """Whether the usual pronunciation has that many syllables; any number will do if it is None."""
    return syllables in (None, len(stress_of(sounds_of(word)[0])))


def describe(sounds: str) -> Saying:
    """A pronunciation with its IPA and its syllables."""
    stress = stress_of(sounds)
    ipa = "".join(IPA.get(phone) or IPA[phone.rstrip("012")] for phone in sounds.split())
    return Saying(phonemes=sounds, ipa=ipa, syllables=len(stress), stress=stress)


def matches(words: list[str], limit: int) -> WordMatches:
    """The first words of a list."""
    return WordMatches(total=len(words), words=words[:limit])
