"""Playing cards: names, poker hands, points."""

from collections import Counter
from itertools import combinations

from mock_apis.core.errors import InvalidArgument

RANKS, SUITS = "23456789TJQKA", "SHDC"
DECK = tuple(rank + suit for suit in SUITS for rank in RANKS)
CATEGORIES = (
    "high card", "pair", "two pairs", "three of a kind", "straight", "flush", "full house", "four of a kind",
    "straight flush",
)  # fmt: skip
Strength = tuple[int, tuple[int, ...]]


def check_cards(name: str, cards: list[str]) -> list[str]:
    """Raises InvalidArgument if a card is there twice."""
    for card in cards:
        if cards.count(card) > 1:
            raise InvalidArgument(f"{name}: {card} is there twice")
    return cards


def strength(cards: tuple[str, ...]) -> Strength:
    """Category and tie-breakers of five cards."""
    ranks = sorted((RANKS.index(card[0]) + 2 for card in cards), reverse=True)
    groups = sorted(Counter(ranks).items(), key=lambda item: (-item[1], -item[0]))
    shape, order = tuple(count for _, count in groups), tuple(rank for rank, _ in groups)
    flush = len({card[1] for card in cards}) == 1
    wheel = ranks == [14, 5, 4, 3, 2]
    if len(order) == 5 and (ranks[0] - ranks[4] == 4 or wheel):
        return 8 if flush else 4, (5,) if wheel else order[:1]
    if shape == (4, 1):
        return 7, order
    if shape == (3, 2):
        return 6, order
    if flush:
        return 5, order
    return {(3, 1, 1): 3, (2, 2, 1): 2, (2, 1, 1, 1): 1}.get(shape, 0), order


def best_five(cards: list[str]) -> tuple[Strength, tuple[str, ...]]:
    """The strongest five of five to seven cards."""
    return max(((strength(five), five) for five in combinations(cards, 5)), key=lambda found: found[0])


def blackjack_total(cards: list[str]) -> tuple[int, bool]:
    """Best total, and whether an ace counts 11 in it."""
    total = sum(1 if card[0] == "A" else 10 if card[0] in "TJQK" else int(card[0]) for card in cards)
    soft = any(card[0] == "A" for card in cards) and total <= 11
    return total + 10 * soft, soft
