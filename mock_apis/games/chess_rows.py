"""Chess games that are played, and what the chess tools give back."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.communication.texts import draw_id
from mock_apis.core import Record, Table, World
from mock_apis.core.entities import Entity, PersonName
from mock_apis.core.persona import people, persona
from mock_apis.games.chess_rules import (
    START,
    apply,
    parse_fen,
    write_fen,
)

GameId = Annotated[str, Field(pattern=r"^CHS-[0-9A-F]{6}$"), Entity("chess_game.id")]
Fen = Annotated[
    str, Field(pattern=r"^[1-8pnbrqkPNBRQK/]+ [wb] [KQkq-]+ [a-h1-8-]+ [0-9]+ [0-9]+$"), Entity("chess.fen")
]
Move = Annotated[str, Field(pattern=r"^[a-h][1-8][a-h][1-8][qrbn]?$"), Entity("chess.move")]
Square = Annotated[str, Field(pattern=r"^[a-h][1-8]$"), Entity("chess.square")]
Colour = Literal["white", "black"]
Standing = Literal[
    "to_play", "check", "checkmate", "stalemate", "insufficient_material", "fifty_moves", "threefold", "resigned"
]
OVER = {"checkmate", "stalemate", "insufficient_material", "fifty_moves", "threefold", "resigned"}
MOST_MOVES = 400
OPENING = ("e2e4", "e7e5", "g1f3", "b8c6", "f1b5", "a7a6")


class Game(Record):
    game_id: GameId
    white: PersonName
    black: PersonName
    fen: Fen
    to_move: Colour
    standing: Standing
    winner: PersonName | None
    moves: int
    """Half moves made in this game."""
    last_move: Move | None


class GameRow(Record):
    game_id: GameId
    white: PersonName
    black: PersonName
    fens: list[Fen]
    moves: list[Move]
    resigned: Colour | None


class GameList(Record):
    total: int
    games: list[Game]


class MoveList(Record):
    fen: Fen
    standing: Standing
    total: int
    moves: list[Move]


class Piece(Record):
    square: Square
    piece: Literal["pawn", "knight", "bishop", "rook", "queen", "king"]
    colour: Colour


class PieceList(Record):
    square: Square
    holds: Piece | None
    attackers: list[Piece]
    """Of both colours; pins are not looked at."""


class Material(Record):
    white: int
    """Points: pawn 1, knight and bishop 3, rook 5, queen 9."""
    black: int
    balance: int
    """White minus black."""


class Diagram(Record):
    fen: Fen
    rows: list[str]
    """From the eighth row down; capitals are white, dots empty squares."""


class Score(Record):
    game_id: GameId
    total: int
    moves: list[Move]


NAMES: dict[str, Literal["pawn", "knight", "bishop", "rook", "queen", "king"]] = {
    "p": "pawn", "n": "knight", "b": "bishop", "r": "rook", "q": "queen", "k": "king",
}  # fmt: skip


def seed_games(w: World) -> list[GameRow]:
    """One game that has just begun."""
    fens = [START]
    for move in OPENING:
        fens.append(write_fen(apply(parse_fen(fens[-1]), move)))
    friend = people(w)[0].name
    key = draw_id(w.draw("chess_game"), "CHS")
    return [GameRow(game_id=key, white=persona(w).name, black=friend, fens=fens, moves=list(OPENING), resigned=None)]


GAMES = Table("chess_game.games", key="game_id", seed_rows=seed_games)
