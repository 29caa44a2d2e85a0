"""Dice that are rolled in this world, their chances, and the turns of a fight."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.communication.texts import check_text
from mock_apis.core import Domain, World
from mock_apis.core.entities import Limit
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound
from mock_apis.games.dice import count_totals, parse_dice
from mock_apis.games.tabletop_rows import (
    FIGHTS,
    ROLLS,
    AttackChance,
    DiceChance,
    DiceStatistics,
    Drawn,
    Fight,
    Fighter,
    FighterName,
    FightId,
    NewFighter,
    Notation,
    Roll,
    RollId,
    RollList,
    Total,
)

tabletop = Domain("tabletop", category="games", description="Dice, their chances, and fights in turns.")


@tabletop.tool(example={"notation": "2d6+3"}, writes=True, kind="stateful")
def roll(w: World, notation: Notation) -> Roll:
    """Roll dice given in dice notation and keep the result.

    notation: For example 2d6+3 or d20+1d4-1; at most 20 dice of 2 to 100 sides.
    """
    dice, added = parse_dice(notation)
    key = w.new_id("ROLL")
    draw = w.draw("tabletop.roll", key)
    faces = [draw.between(1, sides) for count, sides in dice for _ in range(count)]
    return ROLLS.put(w, Roll(roll_id=key, notation=notation, dice=faces, total=sum(faces) + added))


@tabletop.tool(
    example={"roll_id": "@tabletop_roll.roll_id", "below": 3}, errors=[NotFound], writes=True, kind="stateful"
)
def reroll(w: World, roll_id: RollId, below: Annotated[int, Field(ge=2, le=100)]) -> Roll:
    """Roll the low dice of an earlier roll once more and keep the others.

    roll_id: The roll, as given by tabletop_roll or tabletop_history.
    below: Dice that show less than this are rolled again.
    """
    old = ROLLS.get(w, roll_id)
    terms, added = parse_dice(old.notation)
    sides = [side for count, side in terms for _ in range(count)]
    key = w.new_id("ROLL")
    draw = w.draw("tabletop.roll", key)
    faces = [draw.between(1, side) if face < below else face for face, side in zip(old.dice, sides, strict=True)]
    return ROLLS.put(w, Roll(roll_id=key, notation=old.notation, dice=faces, total=sum(faces) + added))


@tabletop.tool(example={}, kind="stateful")
def history(w: World, limit: Limit = 5) -> RollList:
    """List the dice that were rolled, latest first.

    limit: At most this many rolls.
    """
    rows = list(reversed(ROLLS.all(w)))
    return RollList(total=len(rows), rolls=rows[:limit])


@tabletop.tool(example={"notation": "3d6"}, kind="stateful")
def statistics(w: World, notation: Notation) -> DiceStatistics:
    """Give the range, mean, deviation and likeliest totals of dice, exactly.

    notation: Dice notation, for example 3d6 or 2d8+2.
    """
    dice, added = parse_dice(notation)
    least, ways = count_totals(dice)
    throws, best, seen = sum(ways), max(ways), 0
    median = least
    for place, count in enumerate(ways):
        seen += count
        if 2 * seen >= throws:
            median = least + place
            break
    variance = sum(count * (sides * sides - 1) for count, sides in dice) / 12
    return DiceStatistics(
        notation=notation,
        least=least + added,
        most=least + added + len(ways) - 1,
        mean=sum(count * (sides + 1) for count, sides in dice) / 2 + added,
        deviation=round(variance**0.5, 4),
        likeliest=[least + added + place for place, count in enumerate(ways) if count == best][:10],
        median=median + added,
    )


@tabletop.tool(example={"notation": "3d6", "total": 15}, kind="stateful")
def chance(w: World, notation: Notation, total: Total) -> DiceChance:
    """Give the chance that dice show a total, exactly or at least.

    notation: Dice notation, for example 3d6.
    total: The total that is wished for.
    """
    dice, added = parse_dice(notation)
    least, ways = count_totals(dice)
    place, throws = total - added - least, sum(ways)
    exactly = ways[place] / throws if 0 <= place < len(ways) else 0.0
    return DiceChance(
        notation=notation,
        total=total,
        at_least=round(sum(ways[max(0, place) :]) / throws, 8),
        exactly=round(exactly, 8),
    )


@tabletop.tool(example={"bonus": 5, "armour_class": 15, "damage": "1d8+3"}, kind="stateful")
def attack_chance(
    w: World,
    bonus: Annotated[int, Field(ge=-10, le=30)],
    armour_class: Annotated[int, Field(ge=1, le=50)],
    damage: Notation,
    mode: Literal["normal", "advantage", "disadvantage"] = "normal",
) -> AttackChance:
    """Work out hit chance and mean damage of a d20 attack; 20 is a critical hit, 1 misses.

    bonus: Added to the d20.
    armour_class: Number that the attack must reach.
    damage: Dice notation of the damage, for example 1d8+3.
    mode: With advantage the better of two d20 counts, with disadvantage the worse.
    """
    dice, added = parse_dice(damage)
    hits = min(19, max(1, 21 - (armour_class - bonus)))
    hit, critical = (_of_two(count / 20, mode) for count in (hits, 1))
    mean = sum(count * (sides + 1) for count, sides in dice) / 2
    expected = hit * max(0.0, mean + added) + critical * (max(0.0, 2 * mean + added) - max(0.0, mean + added))
    return AttackChance(hit=round(hit, 6), critical=round(critical, 6), expected_damage=round(expected, 4))


@tabletop.tool(example={"names": ["Ada", "Ben", "Cleo"], "winners": 1}, writes=True, kind="stateful")
def draw_lots(
    w: World,
    names: Annotated[list[str], Field(min_length=1, max_length=50)],
    winners: Annotated[int, Field(ge=1, le=50)] = 1,
) -> Drawn:
    """Draw some of the names by lot, in drawn order.

    names: Whom or what to draw from.
    winners: How many are drawn; not more than there are names.
    """
    if winners > len(names):
        raise InvalidArgument(f"winners: {winners} is more than the {len(names)} names")
    return Drawn(winners=w.draw("tabletop.lots", w.new_id("LOTS")).sample(names, winners))


@tabletop.tool(
    example={
        "fighters": [
            {"name": "Elf", "bonus": 3, "hit_points": 18},
            {"name": "Orc", "bonus": 1, "hit_points": 15},
        ]
    },
    writes=True,
    kind="stateful",
)
def start_fight(w: World, fighters: Annotated[list[NewFighter], Field(min_length=2, max_length=12)]) -> Fight:
    """Roll d20 initiative for everybody and begin a fight in turns.

    fighters: Different names with initiative bonus and hit points; ties go to the higher bonus.
    """
    names = [check_text("fighters", fighter.name, 40) for fighter in fighters]
    if len({name.casefold() for name in names}) < len(names):
        raise InvalidArgument("fighters: two have the same name")
    key = w.new_id("FGT")
    draw = w.draw("tabletop.initiative", key)
    rolled = [
        (draw.between(1, 20) + one.bonus, one.bonus, name, one.hit_points)
        for one, name in zip(fighters, names, strict=True)
    ]
    rolled.sort(key=lambda row: (-row[0], -row[1], row[2]))
    order = [Fighter(name=name, initiative=initiative, hit_points=points) for initiative, _, name, points in rolled]
    return FIGHTS.put(w, Fight(fight_id=key, round=1, turn=order[0].name, order=order))


@tabletop.tool(
    example={"fight_id": "@tabletop_start_fight.fight_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def next_turn(w: World, fight_id: FightId) -> Fight:
    """Pass the turn of a fight on to the next fighter who stands.

    fight_id: The fight, as given by tabletop_start_fight.
    """
    row = FIGHTS.get(w, fight_id)
    if sum(fighter.hit_points > 0 for fighter in row.order) < 2:
        raise FailedPrecondition(f"fight_id {fight_id} is over: fewer than two fighters stand")
    place, turns = [fighter.name for fighter in row.order].index(row.turn), row.round
    while True:
        place += 1
        if place == len(row.order):
            place, turns = 0, turns + 1
        if row.order[place].hit_points > 0:
            return FIGHTS.put(w, row.model_copy(update={"round": turns, "turn": row.order[place].name}))


@tabletop.tool(
    example={"fight_id": "@tabletop_start_fight.fight_id", "name": "@tabletop_start_fight.turn", "points": 4},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def wound(w: World, fight_id: FightId, name: FighterName, points: Annotated[int, Field(ge=-1000, le=1000)]) -> Fight:
    """Take hit points from a fighter, down to 0, or give some back.

    fight_id: The fight, as given by tabletop_start_fight.
    name: Name of the fighter.
    points: Hit points to take; negative to heal, up to 1000.
    """
    row = FIGHTS.get(w, fight_id)
    if name not in [fighter.name for fighter in row.order]:
        raise NotFound(f"no fighter with name '{name}' in {fight_id}")
    order = [
        one.model_copy(update={"hit_points": min(1000, max(0, one.hit_points - points))}) if one.name == name else one
        for one in row.order
    ]
    return FIGHTS.put(w, row.model_copy(update={"order": order}))


def _of_two(one: float, mode: str) -> float:
    """Chance of an event on the better or worse of two dice, from its chance on one."""
    return {"normal": one, "advantage": 1 - (1 - one) ** 2, "disadvantage": one * one}[mode]
