"""What the puzzle tools take and give back."""

from typing import Annotated

from pydantic import Field

from mock_apis.core import Record
from mock_apis.core.entities import Entity

Sudoku = Annotated[str, Field(pattern=r"^[1-9.0]{81}$"), Entity("sudoku.grid")]
"""81 cells row by row, a dot or 0 for an empty one."""
MazeRow = Annotated[str, Field(pattern=r"^[#.SE]{1,41}$"), Entity("maze.row")]
LifeRow = Annotated[str, Field(pattern=r"^[#.]{1,40}$"), Entity("life.row")]
Square = Annotated[list[list[int]], Entity("number.square")]
Code = Annotated[str, Field(pattern=r"^[A-Z0-9]{2,8}$")]
MAZE_SEEDS = 10**9


class SudokuCheck(Record):
    filled: int
    solved: bool
    conflicts: list[str]
    """Cells such as r1c9 that break a rule."""


class SudokuSolution(Record):
    grid: Sudoku
    unique: bool


class SudokuHint(Record):
    cell: str
    digit: int
    only_candidate: bool
    """True if no other digit fits by the row, column and box alone."""
    grid: Sudoku
    """With the digit filled in."""


class MagicSquare(Record):
    rows: Square
    sum: int


class SquareCheck(Record):
    magic: bool
    normal: bool
    """Holds each of 1 to n² once."""
    sum: int | None
    """Null where the sums differ."""


class Queens(Record):
    columns: list[int]
    """Column of the queen in each row, from 1."""


class Board(Record):
    rows: list[LifeRow]
    alive: int


class Hanoi(Record):
    total_moves: int
    first_moves: list[str]
    """Such as A>C, at most the first 63."""


class Maze(Record):
    rows: list[MazeRow]


class Way(Record):
    steps: int
    path: str
    """U, D, L, R from S to E."""


class Feedback(Record):
    right_place: int
    wrong_place: int


class Tiles(Record):
    solvable: bool
    inversions: int
