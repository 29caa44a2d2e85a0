"""Word puzzles over the common English words; a word that is not in the list may still be English."""

import re
from collections import Counter, deque
from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Limit
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound
from mock_apis.language.words import Word, all_words, find_word

word_games = Domain(
    "word_games", category="language", description="Solve word puzzles over some 20,000 common English words."
)

Letters = Annotated[str, Field(pattern=r"^[a-z]+$")]
Marks = Annotated[str, Field(pattern=r"^[gyx]{2,15}$")]
Bonus = Literal["none", "double_word", "triple_word"]
TILES = {1: "aeilnorstu", 2: "dg", 3: "bcmp", 4: "fhvwy", 5: "k", 8: "jx", 10: "qz"}
POINTS = {letter: points for points, letters in TILES.items() for letter in letters}
MOST_LETTERS = 15


class WordMatches(Record):
    total: int
    words: list[Word]


class TileScore(Record):
    word: Word
    points: int
    known: bool
    """Whether the word is in the word list."""


class Ladder(Record):
    steps: int
    words: list[Word]


class GuessMarks(Record):
    guess: Word
    marks: Marks
    """A letter a place: g right place, y elsewhere in the word, x not (or not again) in it."""
    solved: bool


class Guess(Record):
    guess: Word
    marks: Marks


class HangmanLetter(Record):
    candidates: int
    letter: str | None
    """The letter that most candidates hold; null if no letter is left open."""
    share: float
    """Of the candidates."""


class HiveWords(Record):
    total: int
    words: list[Word]
    pangrams: list[Word]
    """Words that use every letter."""


@word_games.tool(example={"letters": "silent"}, kind="data")
def anagrams(w: World, letters: Letters) -> WordMatches:
    """Rearrange all of some letters into English words.

    letters: Lower-case letters, at most 15; a word itself is not listed among its anagrams.
    """
    require_letters("letters", letters)
    found = [word for word in words_by_letters().get("".join(sorted(letters)), ()) if word != letters]
    return WordMatches(total=len(found), words=found)


@word_games.tool(example={"letters": "retains", "shortest": 6}, kind="data")
def from_letters(
    w: World, letters: Letters, shortest: Annotated[int, Field(ge=2, le=15)] = 4, limit: Limit = 10
) -> WordMatches:
    """Find the longest words that some of the given letters can form.

    letters: Lower-case letters, at most 15, each used at most as often as it is given.
    shortest: Fewest letters of a word.
    limit: At most this many words, the longest first.
    """
    require_letters("letters", letters)
    held = Counter(letters)
    found = [word for word in all_words() if shortest <= len(word) <= len(letters) and Counter(word) <= held]
    found.sort(key=lambda word: (-len(word), word))
    return WordMatches(total=len(found), words=found[:limit])


@word_games.tool(example={"pattern": "c?oss*"}, kind="data")
def match_pattern(w: World, pattern: Annotated[str, Field(pattern=r"^[a-z?*]+$")], limit: Limit = 10) -> WordMatches:
    """Find words that fit a pattern with wildcards, as for a crossword.

    pattern: Letters, ? for any one letter and at most three * for any letters; at most 20 characters.
    limit: At most this many words, frequent ones first.
    """
    if len(pattern) > 20 or pattern.count("*") > 3:
        raise InvalidArgument("pattern: at most 20 characters and three * are allowed")
    regex = re.compile(re.sub(r"\*+", "*", pattern).replace("?", "[a-z]").replace("*", "[a-z]*"))
    found = [word for word in all_words() if regex.fullmatch(word)]
    return WordMatches(total=len(found), words=found[:limit])


@word_games.tool(example={"word": "quartz", "bonus": "double_word"}, kind="computation")
def tile_score(w: World, word: Word, bonus: Bonus = "none") -> TileScore:
    """Score a word by the usual English letter tiles, from 1 for e to 10 for q.

    word: A lower-case word of at most 15 letters; no bonus is added for its length.
    bonus: What the square multiplies the whole word by.
    """
    require_letters("word", word)
    times = {"none": 1, "double_word": 2, "triple_word": 3}[bonus]
    return TileScore(word=word, points=times * sum(POINTS[letter] for letter in word), known=word in all_words())


@word_games.tool(example={"start": "cold", "goal": "warm"}, errors=[NotFound, FailedPrecondition], kind="computation")
def ladder(w: World, start: Word, goal: Word) -> Ladder:
    """Find a shortest word ladder that changes one letter at each step.

    start: A word of the word list.
    goal: A word of the word list, as long as the first one.
    """
    find_word(start)
    find_word(goal)
    if len(start) != len(goal):
        raise FailedPrecondition(f"start '{start}' and goal '{goal}' differ in length")
    before: dict[str, str | None] = {start: None}
    queue = deque([start])
    while queue and goal not in before:
        word = queue.popleft()
        for other in one_letter_away(word):
            if other not in before:
                before[other] = word
                queue.append(other)
    if goal not in before:
        raise FailedPrecondition(f"no ladder leads from '{start}' to '{goal}' in this word list")
    path, word_at = [goal], before[goal]
    while word_at is not None:
        path.append(word_at)
        word_at = before[word_at]
    return Ladder(steps=len(path) - 1, words=path[::-1])


@word_games.tool(example={"secret": "crane", "guess": "cargo"}, errors=[FailedPrecondition], kind="computation")
def mark_guess(w: World, secret: Word, guess: Word) -> GuessMarks:
    """Mark a guess against a secret word, letter by letter.

    secret: The word to be guessed, 2 to 15 letters.
    guess: A word of the same length.
    """
    require_letters("secret", secret)
    require_letters("guess", guess)
    if len(secret) != len(guess) or len(secret) < 2:
        raise FailedPrecondition(f"guess '{guess}' and secret must have the same length, at least 2")
    return GuessMarks(guess=guess, marks=marks_of(secret, guess), solved=secret == guess)


@word_games.tool(
    example={"guesses": [{"guess": "@word_games_mark_guess.guess", "marks": "@word_games_mark_guess.marks"}]},
    errors=[FailedPrecondition],
    kind="computation",
)
def guess_candidates(
    w: World, guesses: Annotated[list[Guess], Field(min_length=1, max_length=8)], limit: Limit = 10
) -> WordMatches:
    """List the words that agree with every marked guess so far.

    guesses: Words of one length with their marks, g right place, y elsewhere, x not in the word.
    limit: At most this many words, frequent ones first.
    """
    length = len(guesses[0].guess)
    if any(len(guess.guess) != length or len(guess.marks) != length for guess in guesses):
        raise FailedPrecondition("guesses: every guess and its marks must have one and the same length")
    found = [
        word
        for word in all_words()
        if len(word) == length and all(marks_of(word, guess.guess) == guess.marks for guess in guesses)
    ]
    return WordMatches(total=len(found), words=found[:limit])


@word_games.tool(example={"pattern": "_a_an_", "wrong": "e"}, kind="computation")
def hangman_letter(
    w: World,
    pattern: Annotated[str, Field(pattern=r"^[a-z_]{2,15}$")],
    wrong: Annotated[str, Field(pattern=r"^[a-z]*$")] = "",
) -> HangmanLetter:
    """Suggest the best next letter in a game of hangman.

    pattern: The word with _ for each unknown letter, 2 to 15 characters.
    wrong: Letters that were guessed and are not in the word.
    """
    shut = set(wrong) | set(pattern) - {"_"}
    hidden = "[a-z]" if not shut else f"[^{''.join(sorted(shut))}]"
    regex = re.compile(pattern.replace("_", hidden))
    found = [word for word in all_words() if regex.fullmatch(word)]
    counts = Counter(letter for word in found for letter in set(word) - shut)
    if not counts:
        return HangmanLetter(candidates=len(found), letter=None, share=0)
    best = min(counts, key=lambda letter: (-counts[letter], letter))
    return HangmanLetter(candidates=len(found), letter=best, share=round(counts[best] / len(found), 4))


@word_games.tool(example={"centre": "t", "others": "aeinrs"}, kind="data")
def letter_hive(
    w: World,
    centre: Annotated[str, Field(pattern=r"^[a-z]$")],
    others: Annotated[str, Field(pattern=r"^[a-z]{2,10}$")],
    limit: Limit = 10,
) -> HiveWords:
    """Find words of four or more letters that use a centre letter and others, repeats allowed.

    centre: The letter that every word must hold.
    others: The other letters that words may hold.
    limit: At most this many words, the longest first.
    """
    allowed = {centre, *others}
    found = [word for word in all_words() if len(word) >= 4 and centre in word and set(word) <= allowed]
    found.sort(key=lambda word: (-len(word), word))
    pangrams = [word for word in found if set(word) == allowed]
    return HiveWords(total=len(found), words=found[:limit], pangrams=pangrams[:10])


def require_letters(name: str, letters: str) -> None:
    """Raises InvalidArgument on too many letters."""
    if len(letters) > MOST_LETTERS:
        raise InvalidArgument(f"{name} has {len(letters)} letters, over {MOST_LETTERS}")


@cache
def words_by_letters() -> dict[str, list[str]]:
    """Words by their sorted letters."""
    found: dict[str, list[str]] = {}
    for word in all_words():
        found.setdefault("".join(sorted(word)), []).append(word)
    return found


@cache
def words_by_gap(length: int) -> dict[str, list[str]]:
    """Words of a length by themselves with one letter left open."""
    found: dict[str, list[str]] = {}
    for word in (word for word in all_words() if len(word) == length):
        for place in range(len(word)):
            found.setdefault(f"{word[:place]}_{word[place + 1 :]}", []).append(word)
    return found


def one_letter_away(word: str) -> list[str]:
    """Words that differ in one letter, by place and then by frequency."""
    gaps = (f"{word[:place]}_{word[place + 1 :]}" for place in range(len(word)))
    return [other for gap in gaps for other in words_by_gap(len(word))[gap] if other != word]


def marks_of(secret: str, guess: str) -> str:
    """g, y or x for each letter of the guess; a letter is marked y only as often as the secret has it left."""
    left = Counter(a for a, b in zip(secret, guess, strict=True) if a != b)
    marks = []
    for a, b in zip(secret, guess, strict=True):
        if a == b:
            marks.append("g")
        elif left[b] > 0:
            left[b] -= 1
            marks.append("y")
        else:
            marks.append("x")
    return "".join(marks)
