"""Puzzles that are checked and solved: sudoku, mazes, queens, towers, codes."""

from collections import Counter
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, ResourceExhausted
from mock_apis.games.puzzle_rules import candidates, conflicts, live, make_maze, shortest_way, solve_sudoku
from mock_apis.games.puzzle_types import (
    MAZE_SEEDS,
    Board,
    Code,
    Feedback,
    Hanoi,
    LifeRow,
    MagicSquare,
    Maze,
    MazeRow,
    Queens,
    SquareCheck,
    Sudoku,
    SudokuCheck,
    SudokuHint,
    SudokuSolution,
    Tiles,
    Way,
)

puzzles = Domain("puzzles", category="games", description="Sudoku, mazes and other puzzles, checked and solved.")


@puzzles.tool(
    example={"grid": "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"},
    kind="computation",
)
def sudoku_check(w: World, grid: Sudoku) -> SudokuCheck:
    """Check a sudoku for digits that break the rules, and whether it is solved.

    grid: 81 cells row by row, a dot or 0 for an empty one.
    """
    bad = conflicts(grid)
    filled = sum(digit not in ".0" for digit in grid)
    names = [f"r{cell // 9 + 1}c{cell % 9 + 1}" for cell in bad]
    return SudokuCheck(filled=filled, solved=filled == 81 and not bad, conflicts=names)


@puzzles.tool(
    example={"grid": "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"},
    errors=[FailedPrecondition, ResourceExhausted],
    kind="computation",
)
def sudoku_solve(w: World, grid: Sudoku) -> SudokuSolution:
    """Solve a sudoku and tell whether the solution is the only one.

    grid: 81 cells row by row, a dot or 0 for an empty one; at least 17 digits.
    """
    found = _solutions(grid)
    return SudokuSolution(grid=found[0], unique=len(found) == 1)


@puzzles.tool(
    example={"grid": "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"},
    errors=[FailedPrecondition, ResourceExhausted],
    kind="computation",
)
def sudoku_hint(w: World, grid: Sudoku) -> SudokuHint:
    """Fill in one cell of a sudoku, the one with the fewest candidates.

    grid: 81 cells row by row, a dot or 0 for an empty one; at least 17 digits and not full.
    """
    empty = [cell for cell in range(81) if grid[cell] in ".0"]
    if not empty:
        raise FailedPrecondition("grid: is full already; see puzzles_sudoku_check")
    solution = _solutions(grid)[0]
    cell = min(empty, key=lambda place: (len(candidates(grid, place)), place))
    return SudokuHint(
        cell=f"r{cell // 9 + 1}c{cell % 9 + 1}",
        digit=int(solution[cell]),
        only_candidate=len(candidates(grid, cell)) == 1,
        grid=grid[:cell] + solution[cell] + grid[cell + 1 :],
    )


@puzzles.tool(example={"size": 3}, kind="computation")
def magic_square(w: World, size: Annotated[int, Field(ge=3, le=11)]) -> MagicSquare:
    """Build a magic square of odd or doubly even size from the numbers 1 to n².

    size: Rows and columns: 3, 4, 5, 7, 8, 9 or 11.
    """
    if size % 4 == 2:
        raise InvalidArgument(f"size {size}: is even but no multiple of 4, which this construction cannot do")
    if size % 2:
        half = size // 2
        rows = [
            [size * ((y + x + 1 + half) % size) + (y + 2 * x + 1) % size + 1 for x in range(size)] for y in range(size)
        ]
    else:
        rows = [
            [
                size * size - (size * y + x) if y % 4 == x % 4 or y % 4 + x % 4 == 3 else size * y + x + 1
                for x in range(size)
            ]
            for y in range(size)
        ]
    return MagicSquare(rows=rows, sum=size * (size * size + 1) // 2)


@puzzles.tool(example={"rows": "@puzzles_magic_square.rows"}, kind="computation")
def check_square(
    w: World,
    rows: Annotated[
        list[Annotated[list[Annotated[int, Field(ge=-(10**9), le=10**9)]], Field(min_length=2, max_length=11)]],
        Field(min_length=2, max_length=11),
        Entity("number.square"),
    ],
) -> SquareCheck:
    """Check whether a square of numbers is magic: equal rows, columns and diagonals.

    rows: As many rows as columns, 2 to 11.
    """
    size = len(rows)
    if any(len(row) != size for row in rows):
        raise InvalidArgument(f"rows: {size} rows need {size} numbers each")
    sums = {sum(row) for row in rows} | {sum(column) for column in zip(*rows, strict=True)}
    sums |= {sum(rows[i][i] for i in range(size)), sum(rows[i][-1 - i] for i in range(size))}
    values = sorted(value for row in rows for value in row)
    magic = len(sums) == 1 and len(set(values)) == size * size
    return SquareCheck(
        magic=magic, normal=values == list(range(1, size * size + 1)), sum=min(sums) if len(sums) == 1 else None
    )


@puzzles.tool(example={"size": 8}, kind="computation")
def queens(w: World, size: Annotated[int, Field(ge=4, le=30)]) -> Queens:
    """Place queens on a chessboard so that none attacks another, one in each row.

    size: Rows and columns of the board, 4 to 30.
    """
    even, odd = list(range(2, size + 1, 2)), list(range(1, size + 1, 2))
    if size % 6 == 2:
        odd = [3, 1, *odd[3:], 5]
    elif size % 6 == 3:
        even, odd = [*even[1:], 2], [*odd[2:], 1, 3]
    return Queens(columns=[*even, *odd])


@puzzles.tool(example={"rows": [".....", "..#..", "..#..", "..#..", "....."]}, kind="computation")
def life(
    w: World,
    rows: Annotated[list[LifeRow], Field(min_length=1, max_length=40)],
    generations: Annotated[int, Field(ge=1, le=20)] = 1,
) -> Board:
    """Advance Conway's Game of Life on a board with dead surroundings.

    rows: Equally long rows of # (alive) and . (dead), at most 40 by 40.
    generations: How many steps.
    """
    if len({len(row) for row in rows}) != 1:
        raise InvalidArgument("rows: all must be equally long")
    after = live(rows, generations)
    return Board(rows=after, alive=sum(row.count("#") for row in after))


@puzzles.tool(example={"discs": 3}, kind="computation")
def hanoi(w: World, discs: Annotated[int, Field(ge=1, le=40)]) -> Hanoi:
    """Give the shortest moves that carry the Tower of Hanoi from peg A to peg C.

    discs: How many discs, 1 to 40; at most the first 63 moves are listed.
    """
    total = 2**discs - 1
    pegs = "ABC" if discs % 2 else "ACB"
    moves = [f"{pegs[(n & (n - 1)) % 3]}>{pegs[((n | (n - 1)) + 1) % 3]}" for n in range(1, min(total, 63) + 1)]
    return Hanoi(total_moves=total, first_moves=moves)


@puzzles.tool(example={"width": 8, "height": 5, "number": 1}, kind="computation")
def maze(
    w: World,
    width: Annotated[int, Field(ge=2, le=20)],
    height: Annotated[int, Field(ge=2, le=20)],
    number: Annotated[int, Field(ge=1, le=MAZE_SEEDS)] = 1,
) -> Maze:
    """Build a maze with exactly one way between any two cells.

    width: Cells from left to right.
    height: Cells from top to bottom.
    number: Which maze of this size; the same number gives the same maze.
    """
    return Maze(rows=make_maze(w.draw("puzzles.maze", width, height, number), width, height))


@puzzles.tool(example={"rows": "@puzzles_maze.rows"}, errors=[FailedPrecondition], kind="computation")
def solve_maze(w: World, rows: Annotated[list[MazeRow], Field(min_length=1, max_length=41)]) -> Way:
    """Find a shortest way through a maze of walls from S to E.

    rows: Equally long rows of # (wall), . (way), one S and one E, at most 41 by 41.
    """
    path = shortest_way(rows)
    if path is None:
        raise FailedPrecondition("rows: there is no way from S to E")
    return Way(steps=len(path), path=path)


@puzzles.tool(example={"secret": "RGBY", "guess": "RBGG"}, kind="computation")
def code_feedback(w: World, secret: Code, guess: Code) -> Feedback:
    """Score a guess at a secret code as in Mastermind.

    secret: The code, 2 to 8 capitals or digits.
    guess: The guess, of the same length.
    """
    if len(guess) != len(secret):
        raise InvalidArgument(f"guess: has {len(guess)} signs, the secret {len(secret)}")
    right = sum(one == other for one, other in zip(secret, guess, strict=True))
    common = sum((Counter(secret) & Counter(guess)).values())
    return Feedback(right_place=right, wrong_place=common - right)


@puzzles.tool(example={"tiles": [1, 2, 3, 4, 5, 6, 8, 7, 0]}, kind="computation")
def tiles_solvable(
    w: World, tiles: Annotated[list[Annotated[int, Field(ge=0, le=24)]], Field(min_length=4, max_length=25)]
) -> Tiles:
    """Tell whether a sliding-tile puzzle such as the 15 puzzle can be solved.

    tiles: All tiles row by row, 0 for the gap, of a square board; solved is 1, 2, 3 ... with the gap last.
    """
    size = round(len(tiles) ** 0.5)
    if sorted(tiles) != list(range(size * size)):
        raise InvalidArgument("tiles: needs each of 0 to n²-1 once, for 4, 9, 16 or 25 tiles")
    order = [tile for tile in tiles if tile]
    inversions = sum(one > other for place, one in enumerate(order) for other in order[place + 1 :])
    gap_from_bottom = size - 1 - tiles.index(0) // size
    even = inversions % 2 == 0 if size % 2 else (inversions + gap_from_bottom) % 2 == 0
    return Tiles(solvable=even, inversions=inversions)


def _solutions(grid: str) -> list[str]:
    if conflicts(grid):
        raise FailedPrecondition("grid: breaks the rules; see puzzles_sudoku_check")
    if sum(digit not in ".0" for digit in grid) < 17:
        raise FailedPrecondition("grid: has fewer than 17 digits, so no single solution")
    found = solve_sudoku(grid)
    if not found:
        raise FailedPrecondition("grid: has no solution")
    return found
