"""Rolls and fights that are kept, and what the tabletop tools give back."""

from typing import Annotated

from pydantic import Field

from mock_apis.core import Record, Table
from mock_apis.core.entities import Entity

Notation = Annotated[str, Field(pattern=r"^[0-9d+-]+$"), Entity("dice.notation")]
RollId = Annotated[str, Field(pattern=r"^ROLL-[0-9A-F]{6}$"), Entity("dice_roll.id")]
FightId = Annotated[str, Field(pattern=r"^FGT-[0-9A-F]{6}$"), Entity("fight.id")]
FighterName = Annotated[str, Entity("fighter.name")]
Total = Annotated[int, Field(ge=-2000, le=4000), Entity("dice.total")]


class Roll(Record):
    roll_id: RollId
    notation: Notation
    dice: list[int]
    total: Total


class RollList(Record):
    total: int
    rolls: list[Roll]


class DiceStatistics(Record):
    notation: Notation
    least: int
    most: int
    mean: float
    deviation: float
    likeliest: list[int]
    """The totals with the most throws, at most ten."""
    median: int


class DiceChance(Record):
    notation: Notation
    total: int
    at_least: float
    exactly: float


class AttackChance(Record):
    hit: float
    critical: float
    expected_damage: float
    """A critical hit rolls the dice twice, what is added counts once."""


class Drawn(Record):
    winners: list[str]


class Fighter(Record):
    name: FighterName
    initiative: int
    hit_points: int


class Fight(Record):
    fight_id: FightId
    round: int
    turn: FighterName
    order: list[Fighter]
    """Who acts when; fighters without hit points are passed over."""


class NewFighter(Record):
    name: str
    bonus: Annotated[int, Field(ge=-10, le=20)]
    hit_points: Annotated[int, Field(ge=1, le=1000)]


ROLLS: Table[Roll] = Table("tabletop.rolls", key="roll_id", seed_rows=lambda w: ())
FIGHTS: Table[Fight] = Table("tabletop.fights", key="fight_id", seed_rows=lambda w: ())
