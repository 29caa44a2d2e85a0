"""Puzzles with known solutions."""

import itertools
from typing import Any

import pytest

from mock_apis.core import World
from mock_apis.core.errors import FailedPrecondition
from mock_apis.games.puzzles import puzzles

SUDOKU = "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"
SOLVED = "534678912672195348198342567859761423426853791713924856961537284287419635345286179"
HARD = "8..........36......7..9.2...5...7.......457.....1...3...1....68..85...1..9....4.."


def call(tool: str, **arguments: Any) -> Any:
    return puzzles.tools[f"puzzles_{tool}"].run(World(7), arguments)


def test_sudokus_are_solved_checked_and_hinted_at() -> None:
    assert call("sudoku_solve", grid=SUDOKU) == {"grid": SOLVED, "unique": True}
    assert call("sudoku_check", grid=SOLVED)["solved"]
    hard = call("sudoku_solve", grid=HARD)
    assert hard["unique"]
    assert hard["grid"].startswith("812753649")
    assert call("sudoku_check", grid="11" + SUDOKU[2:])["conflicts"][:2] == ["r1c1", "r1c2"]
    hint = call("sudoku_hint", grid=SUDOKU)
    assert hint["only_candidate"]
    assert hint["grid"].count(".") == SUDOKU.count(".") - 1
    with pytest.raises(FailedPrecondition, match="17"):
        call("sudoku_solve", grid="." * 81)


@pytest.mark.parametrize("size", [3, 4, 5, 7, 8, 9, 11])
def test_magic_squares_are_magic(size: int) -> None:
    square = call("magic_square", size=size)
    assert call("check_square", rows=square["rows"]) == {"magic": True, "normal": True, "sum": square["sum"]}


@pytest.mark.parametrize("size", range(4, 31))
def test_queens_leave_each_other_alone(size: int) -> None:
    columns = call("queens", size=size)["columns"]
    assert sorted(columns) == list(range(1, size + 1))
    assert all(abs(a - b) != j - i for (i, a), (j, b) in itertools.combinations(enumerate(columns), 2))


@pytest.mark.parametrize("discs", [1, 2, 3, 4, 5])
def test_the_towers_of_hanoi_arrive(discs: int) -> None:
    shown = call("hanoi", discs=discs)
    pegs: dict[str, list[int]] = {"A": list(range(discs, 0, -1)), "B": [], "C": []}
    for move in shown["first_moves"]:
        disc = pegs[move[0]].pop()
        assert not pegs[move[2]] or pegs[move[2]][-1] > disc
        pegs[move[2]].append(disc)
    assert (len(pegs["C"]), shown["total_moves"]) == (discs, 2**discs - 1)


def test_cells_mazes_codes_and_tiles_follow_their_rules() -> None:
    assert call("life", rows=[".....", "..#..", "..#..", "..#..", "....."])["rows"][2] == ".###."
    maze = call("maze", width=8, height=5, number=3)["rows"]
    way = call("solve_maze", rows=maze)
    y = x = 1
    for letter in way["path"]:
        y, x = y + (letter == "D") - (letter == "U"), x + (letter == "R") - (letter == "L")
        assert maze[y][x] != "#"
    assert maze[y][x] == "E"
    assert call("code_feedback", secret="RGBY", guess="RBGG") == {"right_place": 1, "wrong_place": 2}
    assert not call("tiles_solvable", tiles=[*range(1, 14), 15, 14, 0])["solvable"]
    assert call("tiles_solvable", tiles=[*range(1, 12), 0, 13, 14, 15, 12])["solvable"]
