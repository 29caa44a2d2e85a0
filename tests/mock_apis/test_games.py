"""Chess by its rules, cards, dice and puzzles."""

from typing import Any

import pytest

from mock_apis.core import Domain, World
from mock_apis.core.errors import FailedPrecondition, InvalidArgument
from mock_apis.games.cards import cards
from mock_apis.games.chess_game import chess_game
from mock_apis.games.chess_rules import START, Position, apply, list_legal_moves, parse_fen
from mock_apis.games.tabletop import tabletop


def call(w: World, domain: Domain, tool: str, **arguments: Any) -> Any:
    return domain.tools[f"{domain.name}_{tool}"].run(w, arguments)


@pytest.fixture
def w() -> World:
    return World(7)


def count_leaves(position: Position, depth: int) -> int:
    moves = list_legal_moves(position)
    return len(moves) if depth == 1 else sum(count_leaves(apply(position, move), depth - 1) for move in moves)


@pytest.mark.parametrize(
    ("fen", "depth", "leaves"),
    [
        (START, 2, 400),
        ("r3k2r/p1ppqpb1/bn2pnp1/3PN3/1p2P3/2N2Q1p/PPPBBPPP/R3K2R w KQkq - 0 1", 2, 2039),
        ("8/2p5/3p4/KP5r/1R3p1k/8/4P1P1/8 w - - 0 1", 3, 2812),
        ("r3k2r/Pppp1ppp/1b3nbN/nP6/BBP1P3/q4N2/Pp1P2PP/R2Q1RK1 w kq - 0 1", 2, 264),
        ("rnbq1k1r/pp1Pbppp/2p5/8/2B5/8/PPP1NnPP/RNBQK2R w KQ - 1 8", 2, 1486),
    ],
)
def test_legal_moves_are_as_many_as_the_published_perft_counts(fen: str, depth: int, leaves: int) -> None:
    assert count_leaves(parse_fen(fen), depth) == leaves


def test_the_fools_mate_ends_the_game_and_a_move_can_be_taken_back(w: World) -> None:
    game = call(w, chess_game, "new", opponent="Grace Hughes", user_plays="black")["game_id"]
    for move in ("f2f3", "e7e5", "g2g4", "d8h4"):
        shown = call(w, chess_game, "move", game_id=game, move=move)
    assert (shown["standing"], shown["black"]) == ("checkmate", shown["winner"])
    with pytest.raises(FailedPrecondition, match="checkmate"):
        call(w, chess_game, "move", game_id=game, move="e2e3")
    assert call(w, chess_game, "undo", game_id=game)["standing"] == "to_play"
    with pytest.raises(FailedPrecondition, match="e7e6"):
        call(w, chess_game, "move", game_id=game, move="e7e6")
    with pytest.raises(InvalidArgument, match="king"):
        call(w, chess_game, "material", fen="8/8/8/8/8/8/8/K7 w - - 0 1")
    assert call(w, chess_game, "attackers", fen=START, square="f3")["attackers"][-1]["piece"] == "knight"


def test_a_deck_holds_each_card_once_until_it_is_shuffled_again(w: World) -> None:
    key = call(w, cards, "new_deck")["deck_id"]
    dealt = call(w, cards, "deal", deck_id=key, players=4, each=12)
    rest = call(w, cards, "draw", deck_id=key, count=4)
    seen = [card for hand in dealt["hands"] for card in hand["cards"]] + rest["cards"]
    assert (len(set(seen)), rest["left"]) == (52, 0)
    with pytest.raises(FailedPrecondition, match="0 cards left"):
        call(w, cards, "draw", deck_id=key)
    assert call(w, cards, "reshuffle", deck_id=key)["left"] == 52


@pytest.mark.parametrize(
    ("hand", "category"),
    [
        ("AS KS QS JS TS", "straight flush"),
        ("AS 2H 3D 4C 5S 9H 9D", "straight"),
        ("KS KH KD 2C 2S 2H QD", "full house"),
        ("2S 4S 6S 8S TS AH AD", "flush"),
        ("AS KH 9D 7C 5S 3H 2D", "high card"),
    ],
)
def test_poker_hands_are_named(w: World, hand: str, category: str) -> None:
    assert call(w, cards, "poker_hand", hand=hand.split())["category"] == category


def test_hands_are_compared_and_counted(w: World) -> None:
    ace = {"first": ["AS", "AH", "KD", "7C", "2S"], "second": ["AD", "AC", "QD", "JC", "TS"]}
    assert call(w, cards, "compare_poker", **ace)["winner"] == "first"
    chances = call(w, cards, "river_chances", first=["AS", "AH"], second=["KS", "KD"], board=["2C", "7D", "9H", "KC"])
    assert (chances["rivers"], chances["first_wins"], chances["second_wins"]) == (44, 2, 42)
    assert call(w, cards, "blackjack_value", hand=["AS", "6H"]) == {
        "total": 17, "soft": True, "blackjack": False, "bust": False,
    }  # fmt: skip
    assert call(w, cards, "blackjack_value", hand=["AS", "AH", "KD", "9C"])["total"] == 21
    bridge = ["AS", "KS", "QS", "2S", "3S", "AH", "KH", "4H", "5D", "6D", "7D", "8C", "9C"]
    counted = call(w, cards, "bridge_points", hand=bridge)
    assert counted == {"high_card_points": 16, "length_points": 1, "shape": "5-3-3-2", "balanced": True}


def test_dice_have_exact_chances(w: World) -> None:
    shown = call(w, tabletop, "statistics", notation="3d6")
    assert (shown["mean"], shown["deviation"], shown["likeliest"]) == (10.5, 2.9580, [10, 11])
    assert call(w, tabletop, "chance", notation="3d6", total=18)["exactly"] == pytest.approx(1 / 216, abs=1e-8)
    assert call(w, tabletop, "chance", notation="2d6+1", total=8)["at_least"] == pytest.approx(21 / 36, abs=1e-8)
    attack = {"bonus": 5, "armour_class": 15, "damage": "1d8+3"}
    assert call(w, tabletop, "attack_chance", **attack) == {"hit": 0.55, "critical": 0.05, "expected_damage": 4.35}
    assert call(w, tabletop, "attack_chance", **attack, mode="advantage")["hit"] == 0.7975
    rolled = call(w, tabletop, "roll", notation="4d6+2")
    assert rolled["total"] == sum(rolled["dice"]) + 2
    with pytest.raises(InvalidArgument, match="sides"):
        call(w, tabletop, "roll", notation="2d1")


def test_a_fight_goes_round_without_those_who_fell(w: World) -> None:
    fighters = [{"name": name, "bonus": 0, "hit_points": 9} for name in ("Ann", "Bo", "Cy")]
    fight = call(w, tabletop, "start_fight", fighters=fighters)
    key, (first, second, third) = fight["fight_id"], [one["name"] for one in fight["order"]]
    call(w, tabletop, "wound", fight_id=key, name=second, points=20)
    assert call(w, tabletop, "next_turn", fight_id=key)["turn"] == third
    after = call(w, tabletop, "next_turn", fight_id=key)
    assert (after["turn"], after["round"]) == (first, 2)
    call(w, tabletop, "wound", fight_id=key, name=third, points=9)
    with pytest.raises(FailedPrecondition, match="over"):
        call(w, tabletop, "next_turn", fight_id=key)
