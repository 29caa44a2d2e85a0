"""Forms of English words, numbers in words, Roman numerals, stems and hyphens. Rules of spelling, not a dictionary."""

import re
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition, InvalidArgument
from mock_apis.language.words import LONGEST_WORD, Word

grammar = Domain("grammar", category="language", description="Inflect English words, spell numbers, stem, hyphenate.")

RomanNumeral = Annotated[str, Field(pattern=r"^[IVXLCDM]{1,15}$"), Entity("number.roman")]
NumberWords = Annotated[str, Entity("number.english")]
"""twenty-one, two hundred and five"""
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
LARGEST = 10**15 - 1
StemLanguage = Literal[
    "danish", "dutch", "english", "finnish", "french", "german", "hungarian", "italian", "norwegian", "portuguese",
    "romanian", "russian", "spanish", "swedish", "turkish",
]  # fmt: skip
HyphenLanguage = Literal["en-US", "en-GB", "de-DE", "fr", "es", "it-IT", "nl-NL", "pt-PT", "sv"]


class Plural(Record):
    word: Word
    plural: Word


class Singular(Record):
    word: Word
    singular: Word


class Relation(Record):
    relation: Literal["same word", "plural and singular", "singular and plural", "two plurals", "none"]
    """Of the first word to the second one."""


class Phrase(Record):
    text: str


class SpelledNumber(Record):
    number: int
    words: NumberWords
    ordinal_words: str
    ordinal: str
    """Digits with st, nd, rd or th."""


class NumberValue(Record):
    value: int


class Roman(Record):
    number: int
    roman: RomanNumeral


class Stem(Record):
    word: str
    stem: str


class Hyphenated(Record):
    word: str
    hyphenated: str
    parts: int


@cache
def engine() -> Any:
    """The inflection rules."""
    import inflect

    return inflect.engine()


@grammar.tool(example={"word": "knife"}, errors=[FailedPrecondition], kind="computation")
def pluralize(w: World, word: Word) -> Plural:
    """Form the plural of an English singular noun.

    word: A lower-case singular noun of at most 40 letters.
    """
    require_word(word)
    return Plural(word=word, plural=plain_word(word, str(engine().plural_noun(word))))


@grammar.tool(
    example={"word": "@grammar_pluralize.plural"},
    errors=[FailedPrecondition],
    kind="computation",
    equivalent_to=["dictionary_base_form"],
)
def singularize(w: World, word: Word) -> Singular:
    """Form the singular of an English plural noun.

    word: A lower-case plural noun of at most 40 letters.
    """
    require_word(word)
    form = engine().singular_noun(word)
    if not form:
        raise FailedPrecondition(f"word '{word}' does not look like a plural")
    return Singular(word=word, singular=plain_word(word, str(form)))


@grammar.tool(example={"first": "indices", "second": "index"}, kind="computation")
def compare_forms(w: World, first: Word, second: Word) -> Relation:
    """Tell whether two nouns are the singular and plural of one another.

    first: A lower-case noun of at most 40 letters.
    second: A lower-case noun of at most 40 letters.
    """
    require_word(first)
    require_word(second)
    found = engine().compare_nouns(first, second)
    relations: dict[str, Any] = {
        "eq": "same word", "p:s": "plural and singular", "s:p": "singular and plural", "p:p": "two plurals",
    }  # fmt: skip
    return Relation(relation=relations.get(found or "", "none"))


@grammar.tool(example={"phrase": "honest answer"}, kind="computation")
def add_article(w: World, phrase: str) -> Phrase:
    """Put the right indefinite article, a or an, before an English phrase.

    phrase: A noun or noun phrase without an article, at most 100 characters.
    """
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 '-]{0,99}", phrase):
        raise InvalidArgument("phrase: give 1 to 100 letters, digits, spaces, hyphens, a letter or digit first")
    return Phrase(text=str(engine().a(phrase.strip())))


@grammar.tool(example={"number": 1205}, kind="computation")
def spell_number(w: World, number: Annotated[int, Field(ge=-LARGEST, le=LARGEST)]) -> SpelledNumber:
    """Write a whole number in English words, and as an ordinal.

    number: A whole number of at most 15 digits.
    """
    words = str(engine().number_to_words(abs(number))).replace(",", "")
    sign = "minus " if number < 0 else ""
    return SpelledNumber(
        number=number,
        words=sign + words,
        ordinal_words=sign + str(engine().ordinal(words)),
        ordinal=("-" if number < 0 else "") + str(engine().ordinal(abs(number))),
    )


@grammar.tool(example={"words": "@grammar_spell_number.words"}, kind="computation")
def read_number(w: World, words: NumberWords) -> NumberValue:
    """Read a whole number that is written in English words.

    words: Cardinal number below 10^15 such as two hundred and five.
    """
    tokens = re.findall(r"[a-z]+", words[:300].lower())
    negative = tokens[:1] == ["minus"]
    value = read_tokens([token for token in tokens[negative:] if token != "and"])
    if value is None or len(words) > 300:
        raise InvalidArgument(f"words '{words[:60]}' are no English number below 10^15")
    return NumberValue(value=-value if negative else value)


@grammar.tool(example={"number": 1994}, kind="computation")
def to_roman(w: World, number: Annotated[int, Field(ge=1, le=3999)]) -> Roman:
    """Write a number from 1 to 3999 as a Roman numeral.

    number: A whole number from 1 to 3999.
    """
    return Roman(number=number, roman=roman_of(number))


@grammar.tool(example={"roman": "@grammar_to_roman.roman"}, kind="computation")
def from_roman(w: World, roman: RomanNumeral) -> Roman:
    """Read a Roman numeral in its usual form.

    roman: Capital letters such as MCMXCIV; forms such as IIII are refused.
    """
    values = {letters: value for value, letters in ROMAN if len(letters) == 1}
    digits = [values[letter] for letter in roman]
    number = sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True))
    if not 1 <= number <= 3999 or roman_of(number) != roman:
        raise InvalidArgument(f"roman '{roman}' is no Roman numeral in its usual form")
    return Roman(number=number, roman=roman)


@grammar.tool(example={"word": "connections"}, kind="computation")
def stem(w: World, word: str, language: StemLanguage = "english") -> Stem:
    """Cut a word down to its stem with the Snowball algorithm of a language.

    word: One word of at most 40 letters; it is put in lower case.
    language: Language of the word.
    """
    import snowballstemmer

    require_letters(word)
    return Stem(word=word, stem=snowballstemmer.stemmer(language).stemWord(word.lower()))


@grammar.tool(example={"word": "dictionary", "language": "en-GB"}, kind="computation")
def hyphenate(w: World, word: str, language: HyphenLanguage = "en-US") -> Hyphenated:
    """Show where a word may be broken at the end of a line.

    word: One word of at most 40 letters.
    language: Language whose hyphenation patterns are used.
    """
    import pyphen

    require_letters(word)
    text = pyphen.Pyphen(lang=language.replace("-", "_")).inserted(word)
    return Hyphenated(word=word, hyphenated=text, parts=text.count("-") + 1)


def require_word(word: str) -> None:
    """Raises InvalidArgument on a word that is too long."""
    if len(word) > LONGEST_WORD:
        raise InvalidArgument(f"word has {len(word)} letters, over {LONGEST_WORD}")


def require_letters(word: str) -> None:
    """Raises InvalidArgument unless the text is one word."""
    if not word.isalpha() or len(word) > LONGEST_WORD:
        raise InvalidArgument(f"word: give one word of 1 to {LONGEST_WORD} letters")


def plain_word(word: str, form: str) -> str:
    """The form. Raises FailedPrecondition if it is not a single plain word."""
    if not re.fullmatch(r"[a-z]+", form):
        raise FailedPrecondition(f"word '{word}' has no such form of one word")
    return form


def roman_of(number: int) -> str:
    """The usual form."""
    text = ""
    for value, letters in ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def read_tokens(tokens: list[str]) -> int | None:
    """The number, or None where the words are not in the order of a number."""
    small = {word: value for value, word in enumerate(SMALL.split())}
    tens = {word: 10 * value for value, word in enumerate(TENS.split(), start=2)}
    total, group, last_scale = 0, 0, 10**15
    for place, token in enumerate(tokens):
        if token in SCALES and group and SCALES[token] < last_scale:
            total, group, last_scale = total + group * SCALES[token], 0, SCALES[token]
        elif token == "hundred" and 1 <= group <= 9:
            group *= 100
        elif token in tens and group % 100 == 0:
            group += tens[token]
        elif token in small and (
            group % 100 == 0 or (group % 10 == 0 and group % 100 >= 20 and 1 <= small[token] <= 9)
        ):
            if small[token] == 0 and len(tokens) > 1:
                return None
            group += small[token]
        else:
            return None
        if place and tokens[place - 1] == "zero":
            return None
    return total + group if tokens else None
