"""Decks of flashcards that the persona learns with the SM-2 algorithm (P. Wozniak, 1987)."""

import math
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.communication.texts import check_text, draw_id
from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import Entity, IsoDate, Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, NotFound, ResourceExhausted

flashcards = Domain("flashcards", category="education", description="The user's flashcards, repeated by SM-2.")

DeckId = Annotated[str, Field(pattern=r"^DECK-[0-9A-F]{6}$"), Entity("deck.id")]
FlashcardId = Annotated[str, Field(pattern=r"^FCRD-[0-9A-F]{6}$"), Entity("flashcard.id")]
MOST_CARDS = 200
LONGEST_INTERVAL = 3650
"""Days."""


class Deck(Record):
    deck_id: DeckId
    title: str


class DeckSummary(Deck):
    cards: int
    due: int


class DeckList(Record):
    total: int
    decks: list[DeckSummary]


class Flashcard(Record):
    card_id: FlashcardId
    deck_id: DeckId
    front: str
    back: str
    due: IsoDate
    repetitions: int
    """Successful ones in a row."""
    interval_days: int
    easiness: float


class CardList(Record):
    total: int
    cards: list[Flashcard]


class Question(Record):
    card_id: FlashcardId
    deck_id: DeckId
    front: str
    due: IsoDate


class QuestionList(Record):
    total: int
    questions: list[Question]


class DeckStats(Record):
    deck_id: DeckId
    cards: int
    new: int
    due: int
    learned: int
    """With an interval of three weeks or more."""
    mean_easiness: float | None


SEEDS = (
    (
        "Capitals",
        (("Norway", "Oslo"), ("Kenya", "Nairobi"), ("Peru", "Lima"), ("Vietnam", "Hanoi"), ("Portugal", "Lisbon")),
    ),
    (
        "French verbs",
        (("to eat", "manger"), ("to sing", "chanter"), ("to choose", "choisir"), ("to sell", "vendre")),
    ),
)


def seed_decks(w: World) -> list[Deck]:
    """Two decks."""
    draw = w.draw("flashcards.decks")
    return [Deck(deck_id=draw_id(draw, "DECK"), title=title) for title, _ in SEEDS]


def seed_cards(w: World) -> list[Flashcard]:
    """Their cards: the first of each deck is due, others are new or wait."""
    draw = w.draw("flashcards.cards")
    rows = []
    for deck, (_, pairs) in zip(DECKS.all(w), SEEDS, strict=True):
        for place, (front, back) in enumerate(pairs):
            repetitions = 0 if place == 1 else draw.between(1, 3)
            interval = (0, 1, 6, 15)[repetitions]
            ahead = -1 if place == 0 else 0 if not repetitions else draw.between(0, interval)
            row = Flashcard(
                card_id=draw_id(draw, "FCRD"),
                deck_id=deck.deck_id,
                front=front,
                back=back,
                due=(w.today + timedelta(days=ahead)).isoformat(),
                repetitions=repetitions,
                interval_days=interval,
                easiness=2.5,
            )
            rows.append(row)
    return rows


DECKS = Table("flashcards.decks", key="deck_id", seed_rows=seed_decks)
CARDS = Table("flashcards.cards", key="card_id", seed_rows=seed_cards)


@flashcards.tool(example={}, kind="stateful")
def decks(w: World, limit: Limit = 5) -> DeckList:
    """List the user's flashcard decks with how many cards are due today.

    limit: At most this many decks.
    """
    rows, today = DECKS.all(w), w.today.isoformat()
    summaries = []
    for row in rows[:limit]:
        cards = cards_of(w, row.deck_id)
        due = sum(card.due <= today for card in cards)
        summaries.append(DeckSummary(deck_id=row.deck_id, title=row.title, cards=len(cards), due=due))
    return DeckList(total=len(rows), decks=summaries)


@flashcards.tool(example={"title": "Bones of the hand"}, errors=[Conflict], writes=True, kind="stateful")
def create_deck(w: World, title: str) -> Deck:
    """Create an empty deck of flashcards.

    title: At most 80 characters; no other deck has it.
    """
    title = check_text("title", title, 80)
    if any(row.title.casefold() == title.casefold() for row in DECKS.all(w)):
        raise Conflict(f"title '{title}' is taken by another deck")
    return DECKS.put(w, Deck(deck_id=w.new_id("DECK"), title=title))


@flashcards.tool(
    example={"deck_id": "@flashcards_create_deck.deck_id", "front": "wrist bone like a moon", "back": "lunate"},
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def add_card(w: World, deck_id: DeckId, front: str, back: str) -> Flashcard:
    """Add a flashcard to a deck; it is due at once.

    deck_id: The deck, as given by flashcards_decks.
    front: The question, at most 200 characters; no other card of the deck has it.
    back: The answer, at most 200 characters.
    """
    DECKS.get(w, deck_id)
    front, back, today = check_text("front", front, 200), check_text("back", back, 200), w.today.isoformat()
    cards = cards_of(w, deck_id)
    if any(card.front == front for card in cards):
        raise Conflict(f"front '{front}' is on another card of {deck_id}")
    if len(cards) >= MOST_CARDS:
        raise ResourceExhausted(f"deck_id {deck_id} has {MOST_CARDS} cards, the most that fit")
    row = Flashcard(
        card_id=w.new_id("FCRD"),
        deck_id=deck_id,
        front=front,
        back=back,
        due=today,
        repetitions=0,
        interval_days=0,
        easiness=2.5,
    )
    return CARDS.put(w, row)


@flashcards.tool(example={}, errors=[NotFound], kind="stateful")
def due(w: World, deck_id: DeckId | None = None, limit: Limit = 5) -> QuestionList:
    """List the questions of the flashcards that are due today, most overdue first.

    deck_id: Only cards of this deck, as given by flashcards_decks.
    limit: At most this many questions.
    """
    rows = CARDS.all(w) if deck_id is None else cards_of(w, DECKS.get(w, deck_id).deck_id)
    rows = sorted((row for row in rows if row.due <= w.today.isoformat()), key=lambda row: (row.due, row.card_id))
    questions = [Question(**row.model_dump(include=set(Question.model_fields))) for row in rows[:limit]]
    return QuestionList(total=len(rows), questions=questions)


@flashcards.tool(
    example={"card_id": "@flashcards_due.questions[0].card_id", "quality": 4},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def review(w: World, card_id: FlashcardId, quality: Annotated[int, Field(ge=0, le=5)]) -> Flashcard:
    """Record how well a due flashcard was known, which sets when it is due again.

    card_id: A card that is due, as given by flashcards_due.
    quality: 5 perfect, 4 after hesitation, 3 with difficulty, 2 to 0 wrong.
    """
    row = CARDS.get(w, card_id)
    if row.due > w.today.isoformat():
        raise FailedPrecondition(f"card_id {card_id} is not due before {row.due}")
    repetitions, interval, easiness = sm2(row.repetitions, row.interval_days, row.easiness, quality)
    due = (w.today + timedelta(days=interval)).isoformat()
    changes = {"repetitions": repetitions, "interval_days": interval, "easiness": easiness, "due": due}
    return CARDS.put(w, row.model_copy(update=changes))


@flashcards.tool(example={"query": "to "}, kind="stateful")
def search(w: World, query: str, limit: Limit = 5) -> CardList:
    """Find flashcards of all decks by a part of the question or the answer.

    query: Part of the front or back, in any case.
    limit: At most this many cards.
    """
    rows = [row for row in CARDS.all(w) if query.casefold() in f"{row.front}\n{row.back}".casefold()]
    return CardList(total=len(rows), cards=rows[:limit])


@flashcards.tool(example={"deck_id": "@flashcards_decks.decks[0].deck_id"}, errors=[NotFound], kind="stateful")
def stats(w: World, deck_id: DeckId) -> DeckStats:
    """Count the new, due and learned flashcards of a deck.

    deck_id: The deck, as given by flashcards_decks.
    """
    rows, today = cards_of(w, DECKS.get(w, deck_id).deck_id), w.today.isoformat()
    return DeckStats(
        deck_id=deck_id,
        cards=len(rows),
        new=sum(row.interval_days == 0 for row in rows),
        due=sum(row.due <= today for row in rows),
        learned=sum(row.interval_days >= 21 for row in rows),
        mean_easiness=round(sum(row.easiness for row in rows) / len(rows), 3) if rows else None,
    )


@flashcards.tool(
    example={"card_id": "@flashcards_search.cards[0].card_id"}, errors=[NotFound], writes=True, kind="stateful"
)
def delete_card(w: World, card_id: FlashcardId) -> Flashcard:
    """Remove a flashcard from its deck and return it.

    card_id: The card, as given by flashcards_search or flashcards_due.
    """
    return CARDS.remove(w, card_id)


def cards_of(w: World, deck_id: str) -> list[Flashcard]:
    """The cards of a deck, oldest first."""
    return [row for row in CARDS.all(w) if row.deck_id == deck_id]


def sm2(repetitions: int, interval: int, easiness: float, quality: int) -> tuple[int, int, float]:
    """Repetitions, interval in days and easiness after an answer; a wrong one leaves the easiness as it is."""
    if quality < 3:
        return 0, 1, easiness
    easiness = round(max(1.3, easiness + 0.1 - (5 - quality) * (0.08 + (5 - quality) * 0.02)), 4)
    if repetitions < 2:
        return repetitions + 1, (1, 6)[repetitions], easiness
    return repetitions + 1, min(LONGEST_INTERVAL, math.ceil(interval * easiness)), easiness
