"""How positive or negative English text is, by the VADER lexicon and rules."""

import re
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.errors import InvalidArgument, NotFound
from mock_apis.language.words import Word, is_unicode

sentiment = Domain("sentiment", category="language", description="Rate the feeling of English text with VADER rules.")

Label = Literal["positive", "neutral", "negative"]
LONGEST, MOST_SENTENCES = 2000, 20
THRESHOLD = 0.05
"""VADER's own: at or beyond it a text is positive or negative."""


class Feeling(Record):
    label: Label
    compound: float
    """From -1, most negative, to 1."""
    positive: float
    neutral: float
    negative: float
    """Shares of the text; they add up to 1."""


class RatedText(Record):
    text: str
    label: Label
    compound: float


class RatedTexts(Record):
    average: float
    most_positive: int
    """Place in the list, from 0."""
    most_negative: int
    texts: list[RatedText]


class ChargedWord(Record):
    word: Word
    valence: float


class ChargedWords(Record):
    total: int
    words: list[ChargedWord]


class WordValence(Record):
    word: Word
    valence: float
    """Mean human rating from -4, most negative, to 4."""


@cache
def analyzer() -> Any:
    """The rules with their lexicon."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


@sentiment.tool(example={"text": "The room was lovely, but breakfast was terrible!"}, kind="computation")
def score(w: World, text: str) -> Feeling:
    """Rate a whole English text as positive, neutral or negative.

    text: English text of at most 2000 characters.
    """
    rated = rate(text)
    return Feeling(
        label=label_of(rated["compound"]),
        compound=rated["compound"],
        positive=rated["pos"],
        neutral=rated["neu"],
        negative=rated["neg"],
    )


@sentiment.tool(example={"text": "I love the city. The traffic is awful. Trains run hourly."}, kind="computation")
def by_sentence(w: World, text: str) -> RatedTexts:
    """Rate each sentence of an English text and name the extremes.

    text: English text of at most 2000 characters and 20 sentences.
    """
    sentences = [part.strip() for part in re.split(r"(?<=[.!?])\s+", text[: LONGEST + 1]) if part.strip()]
    if len(text) > LONGEST or not 1 <= len(sentences) <= MOST_SENTENCES:
        raise InvalidArgument(f"text: give 1 to {MOST_SENTENCES} sentences in at most {LONGEST} characters")
    return rate_all(sentences)


@sentiment.tool(example={"texts": ["Great service!", "It was fine.", "Never again."]}, kind="computation")
def compare(w: World, texts: Annotated[list[str], Field(min_length=2, max_length=10)]) -> RatedTexts:
    """Rate several short texts, such as reviews, against each other.

    texts: Two to ten English texts of at most 300 characters each.
    """
    if any(len(text) > 300 for text in texts):
        raise InvalidArgument("texts: one of them has over 300 characters")
    return rate_all(texts)


@sentiment.tool(example={"text": "A delightful film with one boring scene."}, kind="computation")
def charged_words(w: World, text: str) -> ChargedWords:
    """List the words of a text that carry feeling, the strongest first.

    text: English text of at most 2000 characters.
    """
    require_text(text)
    lexicon = analyzer().lexicon
    found = [word for word in dict.fromkeys(re.findall(r"[a-z]+", text.lower())) if word in lexicon]
    found.sort(key=lambda word: (-abs(lexicon[word]), word))
    return ChargedWords(total=len(found), words=[ChargedWord(word=word, valence=lexicon[word]) for word in found[:10]])


@sentiment.tool(example={"word": "@sentiment_charged_words.words[0].word"}, errors=[NotFound], kind="data")
def word_valence(w: World, word: Word) -> WordValence:
    """Look up how positive or negative people rate a single word.

    word: A lower-case English word; most words are neutral and not in the lexicon.
    """
    valence = analyzer().lexicon.get(word)
    if valence is None:
        raise NotFound(f"word '{word[:40]}' is not in the lexicon of charged words")
    return WordValence(word=word, valence=valence)


def require_text(text: str) -> None:
    """Raises InvalidArgument on an empty text or one that is too long."""
    if not text.strip() or len(text) > LONGEST or not is_unicode(text):
        raise InvalidArgument(f"text: give 1 to {LONGEST} characters")


def rate(text: str) -> dict[str, float]:
    """VADER's scores. Raises InvalidArgument."""
    require_text(text)
    scores: dict[str, float] = analyzer().polarity_scores(text)
    return scores


def label_of(compound: float) -> Label:
    """The label by VADER's thresholds."""
    return "positive" if compound >= THRESHOLD else "negative" if compound <= -THRESHOLD else "neutral"


def rate_all(texts: list[str]) -> RatedTexts:
    """Each text rated; of equals the first is the extreme one."""
    compounds = [rate(text)["compound"] for text in texts]
    rows = [
        RatedText(text=text, label=label_of(value), compound=value)
        for text, value in zip(texts, compounds, strict=True)
    ]
    return RatedTexts(
        average=round(sum(compounds) / len(compounds), 4),
        most_positive=compounds.index(max(compounds)),
        most_negative=compounds.index(min(compounds)),
        texts=rows,
    )
