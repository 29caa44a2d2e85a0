"""Decks of playing cards that are drawn from, and the value of hands."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition, NotFound
from mock_apis.games.card_rules import (
    CATEGORIES,
    DECK,
    RANKS,
    SUITS,
    best_five,
    blackjack_total,
    check_cards,
)

cards = Domain("cards", category="games", description="Decks of 52 playing cards, drawn hands and their value.")

DeckId = Annotated[str, Field(pattern=r"^PACK-[0-9A-F]{6}$"), Entity("card_deck.id")]
Card = Annotated[str, Field(pattern=r"^[2-9TJQKA][SHDC]$"), Entity("playing_card.face")]
"""Rank and suit: TH is the ten of hearts."""
Category = Literal[
    "high card", "pair", "two pairs", "three of a kind", "straight", "flush", "full house", "four of a kind",
    "straight flush",
]  # fmt: skip


class DeckState(Record):
    deck_id: DeckId
    left: int
    drawn: list[Card]
    """In the order in which they were drawn."""


class DeckRow(Record):
    deck_id: DeckId
    order: list[Card]
    position: int
    shuffles: int


class Drawn(Record):
    deck_id: DeckId
    cards: list[Card]
    left: int


class Hand(Record):
    player: int
    cards: list[Card]


class Dealt(Record):
    deck_id: DeckId
    hands: list[Hand]
    left: int


class PokerHand(Record):
    category: Category
    cards: list[Card]
    """The five that count."""
    royal: bool


class Comparison(Record):
    winner: Literal["first", "second", "tie"]
    first: Category
    second: Category


class RiverChances(Record):
    rivers: int
    """Unseen cards that can come."""
    first_wins: int
    second_wins: int
    ties: int
    first_equity: float


class Blackjack(Record):
    total: int
    soft: bool
    """An ace counts 11."""
    blackjack: bool
    bust: bool


class BridgeHand(Record):
    high_card_points: int
    length_points: int
    """One for each card over four in a suit."""
    shape: str
    """Cards in spades, hearts, diamonds, clubs."""
    balanced: bool


DECKS: Table[DeckRow] = Table("cards.decks", key="deck_id", seed_rows=lambda w: ())


@cards.tool(example={}, writes=True, kind="stateful")
def new_deck(w: World) -> DeckState:
    """Open and shuffle a new deck of 52 playing cards."""
    key = w.new_id("PACK")
    order = w.draw("cards.shuffle", key, 0).sample(DECK, 52)
    return state(DECKS.put(w, DeckRow(deck_id=key, order=order, position=0, shuffles=0)))


@cards.tool(example={"deck_id": "@cards_new_deck.deck_id"}, errors=[NotFound], kind="stateful")
def deck(w: World, deck_id: DeckId) -> DeckState:
    """Show how many cards are left in a deck and which have been drawn.

    deck_id: The deck, as given by cards_new_deck.
    """
    return state(DECKS.get(w, deck_id))


@cards.tool(
    example={"deck_id": "@cards_new_deck.deck_id", "count": 5},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def draw(w: World, deck_id: DeckId, count: Annotated[int, Field(ge=1, le=52)] = 1) -> Drawn:
    """Draw cards from the top of a deck.

    deck_id: The deck, as given by cards_new_deck.
    count: How many cards; that many must be left.
    """
    row, found = take(w, deck_id, count)
    return Drawn(deck_id=deck_id, cards=found, left=52 - row.position)


@cards.tool(
    example={"deck_id": "@cards_new_deck.deck_id", "players": 4, "each": 5},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def deal(
    w: World,
    deck_id: DeckId,
    players: Annotated[int, Field(ge=2, le=10)],
    each: Annotated[int, Field(ge=1, le=26)],
) -> Dealt:
    """Deal hands from a deck, one card at a time around the table.

    deck_id: The deck, as given by cards_new_deck.
    players: How many hands.
    each: Cards in each hand; that many must be left for all.
    """
    row, found = take(w, deck_id, players * each)
    hands = [Hand(player=number + 1, cards=found[number::players]) for number in range(players)]
    return Dealt(deck_id=deck_id, hands=hands, left=52 - row.position)


@cards.tool(example={"deck_id": "@cards_new_deck.deck_id"}, errors=[NotFound], writes=True, kind="stateful")
def reshuffle(w: World, deck_id: DeckId, drawn_too: bool = True) -> DeckState:
    """Shuffle a deck again, with the drawn cards or only what is left of it.

    deck_id: The deck, as given by cards_new_deck.
    drawn_too: True puts the drawn cards back first.
    """
    row = DECKS.get(w, deck_id)
    start = 0 if drawn_too else row.position
    left = w.draw("cards.shuffle", deck_id, row.shuffles + 1).sample(row.order[start:], 52 - start)
    after = {"order": [*row.order[:start], *left], "position": start, "shuffles": row.shuffles + 1}
    return state(DECKS.put(w, row.model_copy(update=after)))


@cards.tool(example={"hand": "@cards_draw.cards"}, kind="stateful")
def poker_hand(w: World, hand: Annotated[list[Card], Field(min_length=5, max_length=7)]) -> PokerHand:
    """Find the best five-card poker hand in five to seven cards.

    hand: Different cards such as AS (ace of spades) or TH (ten of hearts).
    """
    (category, order), five = best_five(check_cards("hand", hand))
    return PokerHand.model_validate(
        {"category": CATEGORIES[category], "cards": list(five), "royal": category == 8 and order[0] == 14}
    )


@cards.tool(example={"first": "@cards_deal.hands[0].cards", "second": "@cards_deal.hands[1].cards"}, kind="stateful")
def compare_poker(
    w: World,
    first: Annotated[list[Card], Field(min_length=5, max_length=7)],
    second: Annotated[list[Card], Field(min_length=5, max_length=7)],
) -> Comparison:
    """Tell which of two poker hands of five to seven cards wins.

    first: Different cards of the first player, the shared ones among them.
    second: Different cards of the second player, the shared ones among them.
    """
    one, two = best_five(check_cards("first", first))[0], best_five(check_cards("second", second))[0]
    winner = "tie" if one == two else "first" if one > two else "second"
    return Comparison.model_validate({"winner": winner, "first": CATEGORIES[one[0]], "second": CATEGORIES[two[0]]})


@cards.tool(example={"first": ["AS", "AH"], "second": ["KS", "KD"], "board": ["2C", "7D", "9H", "KC"]}, kind="stateful")
def river_chances(
    w: World,
    first: Annotated[list[Card], Field(min_length=2, max_length=2)],
    second: Annotated[list[Card], Field(min_length=2, max_length=2)],
    board: Annotated[list[Card], Field(min_length=4, max_length=4)],
) -> RiverChances:
    """Count which last cards let either of two Texas hold'em hands win.

    first: The two cards of the first player.
    second: The two cards of the second player.
    board: The four shared cards on the table.
    """
    seen = check_cards("first, second, board", [*first, *second, *board])
    wins, losses, ties = 0, 0, 0
    rivers = [card for card in DECK if card not in seen]
    for card in rivers:
        one, two = best_five([*first, *board, card])[0], best_five([*second, *board, card])[0]
        wins, losses, ties = wins + (one > two), losses + (one < two), ties + (one == two)
    equity = round((wins + ties / 2) / len(rivers), 4)
    return RiverChances(rivers=len(rivers), first_wins=wins, second_wins=losses, ties=ties, first_equity=equity)


@cards.tool(example={"hand": "@cards_draw.cards"}, kind="stateful")
def blackjack_value(w: World, hand: Annotated[list[Card], Field(min_length=1, max_length=12)]) -> Blackjack:
    """Count a blackjack hand at its best: aces 1 or 11, court cards 10.

    hand: Cards such as AS or TH; the same card may come from two decks.
    """
    total, soft = blackjack_total(hand)
    return Blackjack(total=total, soft=soft, blackjack=total == 21 and len(hand) == 2, bust=total > 21)


@cards.tool(
    example={"hand": ["AS", "KS", "QS", "2S", "3S", "AH", "KH", "4H", "5D", "6D", "7D", "8C", "9C"]}, kind="stateful"
)
def bridge_points(w: World, hand: Annotated[list[Card], Field(min_length=13, max_length=13)]) -> BridgeHand:
    """Count the high-card and length points of a bridge hand.

    hand: Thirteen different cards such as AS or TH.
    """
    check_cards("hand", hand)
    lengths = [sum(card[1] == suit for card in hand) for suit in SUITS]
    return BridgeHand(
        high_card_points=sum(max(0, RANKS.index(card[0]) - 8) for card in hand),
        length_points=sum(max(0, length - 4) for length in lengths),
        shape="-".join(map(str, lengths)),
        balanced=sorted(lengths, reverse=True) in ([4, 3, 3, 3], [4, 4, 3, 2], [5, 3, 3, 2]),
    )


def state(row: DeckRow) -> DeckState:
    """What is left of a deck."""
    return DeckState(deck_id=row.deck_id, left=52 - row.position, drawn=row.order[: row.position])


def take(w: World, deck_id: str, count: int) -> tuple[DeckRow, list[str]]:
    """The deck after drawing, and the cards. Raises NotFound, FailedPrecondition."""
    row = DECKS.get(w, deck_id)
    if count > 52 - row.position:
        raise FailedPrecondition(f"deck_id {deck_id} has {52 - row.position} cards left, {count} are asked for")
    found = row.order[row.position : row.position + count]
    return DECKS.put(w, row.model_copy(update={"position": row.position + count})), found
