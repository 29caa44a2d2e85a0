"""Dice notation such as 2d6+1d4-1, and the exact chances of its totals."""

import re

from mock_apis.core.errors import InvalidArgument

Terms = tuple[tuple[int, int], ...]
TERM = re.compile(r"([+-])(?:([0-9]{0,2})d([0-9]{1,3})|([0-9]{1,3}))")
MOST_DICE, MOST_SIDES = 20, 100


def parse_dice(notation: str) -> tuple[Terms, int]:
    """Dice as (count, sides), and what is added. Raises InvalidArgument."""
    text = notation if notation.startswith("-") else f"+{notation}"
    dice, added, place = [], 0, 0
    while place < len(text):
        match = TERM.match(text, place)
        if match is None:
            raise InvalidArgument(f"notation '{notation}': cannot read '{text[place:]}'")
        sign, count, sides, number = match.groups()
        place = match.end()
        if number is not None:
            added += int(sign + number)
        elif sign == "-":
            raise InvalidArgument(f"notation '{notation}': dice cannot be subtracted")
        else:
            dice.append((int(count or 1), int(sides)))
    if not 1 <= sum(count for count, _ in dice) <= MOST_DICE:
        raise InvalidArgument(f"notation '{notation}': needs 1 to {MOST_DICE} dice")
    if any(not 2 <= sides <= MOST_SIDES or not count for count, sides in dice):
        raise InvalidArgument(f"notation '{notation}': a die has 2 to {MOST_SIDES} sides, and there is at least one")
    return tuple(dice), added


def count_totals(dice: Terms) -> tuple[int, tuple[int, ...]]:
    """The smallest total, and how many throws give it and each total above."""
    ways = [1]
    for count, sides in dice:
        for _ in range(count):
            running, after = 0, []
            for place in range(len(ways) + sides - 1):
                running += ways[place] if place < len(ways) else 0
                running -= ways[place - sides] if place >= sides else 0
                after.append(running)
            ways = after
    return sum(count for count, _ in dice), tuple(ways)
