"""Sudoku by search over candidates with a bound, mazes, cells of Conway's game."""

from collections import deque

from mock_apis.core import Draw
from mock_apis.core.errors import InvalidArgument, ResourceExhausted

MOST_STEPS = 4000
"""Cells that a sudoku search fills before it gives up; a hard puzzle takes some hundreds."""
UNITS = tuple(
    tuple(unit)
    for unit in (
        *([9 * row + column for column in range(9)] for row in range(9)),
        *([9 * row + column for row in range(9)] for column in range(9)),
        *([27 * (box // 3) + 3 * (box % 3) + 9 * (cell // 3) + cell % 3 for cell in range(9)] for box in range(9)),
    )
)
PEERS = tuple(tuple(sorted({other for unit in UNITS if cell in unit for other in unit} - {cell})) for cell in range(81))


def conflicts(grid: str) -> list[int]:
    """Cells (0 to 80) that share a digit with a cell of their row, column or box."""
    return [
        cell for cell in range(81) if grid[cell] not in ".0" and any(grid[cell] == grid[peer] for peer in PEERS[cell])
    ]


def solve_sudoku(grid: str, wanted: int = 2) -> list[str]:
    """Up to `wanted` solutions. Raises ResourceExhausted after MOST_STEPS."""
    masks = [0x1FF] * 81
    cells = [0] * 81
    for cell, digit in enumerate(grid):
        if digit not in ".0":
            cells[cell] = int(digit)
            for peer in PEERS[cell]:
                masks[peer] &= ~(1 << (int(digit) - 1))
    found: list[str] = []
    _search(cells, masks, found, wanted, [0])
    return found


def candidates(grid: str, cell: int) -> list[int]:
    """Digits that no peer of the cell has."""
    taken = {grid[peer] for peer in PEERS[cell]}
    return [digit for digit in range(1, 10) if str(digit) not in taken]


def live(rows: list[str], generations: int) -> list[str]:
    """Conway's game on a board beyond whose edges nothing lives; # lives."""
    height, width = len(rows), len(rows[0])
    alive = {(y, x) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell == "#"}
    for _ in range(generations):
        near: dict[tuple[int, int], int] = {}
        for y, x in alive:
            for dy in (-1, 0, 1):
                for dx in (-1, 0, 1):
                    if (dy or dx) and 0 <= y + dy < height and 0 <= x + dx < width:
                        near[y + dy, x + dx] = near.get((y + dy, x + dx), 0) + 1
        alive = {place for place, count in near.items() if count == 3 or (count == 2 and place in alive)}
    return ["".join("#" if (y, x) in alive else "." for x in range(width)) for y in range(height)]


def make_maze(draw: Draw, width: int, height: int) -> list[str]:
    """Walls # and ways . of a maze with one way between any two cells; S top left, E bottom right."""
    grid = [["#"] * (2 * width + 1) for _ in range(2 * height + 1)]
    stack, seen = [(0, 0)], {(0, 0)}
    grid[1][1] = "."
    while stack:
        x, y = stack[-1]
        near = [(x + dx, y + dy) for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1))]
        near = [(a, b) for a, b in near if 0 <= a < width and 0 <= b < height and (a, b) not in seen]
        if not near:
            stack.pop()
            continue
        a, b = draw.pick(near)
        grid[y + b + 1][x + a + 1] = grid[2 * b + 1][2 * a + 1] = "."
        seen.add((a, b))
        stack.append((a, b))
    grid[1][1], grid[-2][-2] = "S", "E"
    return ["".join(row) for row in grid]


def shortest_way(rows: list[str]) -> str | None:
    """Letters U, D, L, R from S to E, or None. Raises InvalidArgument for a maze without one S and one E."""
    text = "".join(rows)
    if len({len(row) for row in rows}) != 1 or text.count("S") != 1 or text.count("E") != 1:
        raise InvalidArgument("rows: all must be equally long, with one S and one E among them")
    width = len(rows[0])
    start, end = divmod(text.index("S"), width), divmod(text.index("E"), width)
    came: dict[tuple[int, int], str] = {start: ""}
    waiting = deque([start])
    while waiting:
        y, x = waiting.popleft()
        if (y, x) == end:
            return came[end]
        for letter, dy, dx in (("U", -1, 0), ("D", 1, 0), ("L", 0, -1), ("R", 0, 1)):
            place = (y + dy, x + dx)
            inside = 0 <= place[0] < len(rows) and 0 <= place[1] < width
            if inside and rows[place[0]][place[1]] != "#" and place not in came:
                came[place] = came[y, x] + letter
                waiting.append(place)
    return None


def _search(cells: list[int], masks: list[int], found: list[str], wanted: int, steps: list[int]) -> None:
    cell, choices = _choose(cells, masks)
    if cell is None:
        found.append("".join(map(str, cells)))
        return
    for digit in range(1, 10):
        if not choices >> (digit - 1) & 1:
            continue
        steps[0] += 1
        if steps[0] > MOST_STEPS:
            raise ResourceExhausted(f"grid: no answer within {MOST_STEPS} steps; give more digits")
        bit, touched = 1 << (digit - 1), []
        cells[cell] = digit
        for peer in PEERS[cell]:
            if masks[peer] & bit:
                masks[peer] &= ~bit
                touched.append(peer)
        if all(cells[peer] or masks[peer] for peer in touched):
            _search(cells, masks, found, wanted, steps)
        for peer in touched:
            masks[peer] |= bit
        cells[cell] = 0
        if len(found) >= wanted:
            return


def _choose(cells: list[int], masks: list[int]) -> tuple[int | None, int]:
    """The cell to fill and its digits: one with a single digit, else a digit's only place, else the fewest digits."""
    best, fewest = None, 10
    for cell in range(81):
        if not cells[cell] and (count := masks[cell].bit_count()) < fewest:
            best, fewest = cell, count
            if count <= 1:
                return best, masks[best]
    if best is None:
        return None, 0
    for unit in UNITS:
        once = twice = 0
        for cell in unit:
            mask = (1 << (cells[cell] - 1)) if cells[cell] else masks[cell]
            twice |= once & mask
            once |= mask
        if once != 0x1FF:
            return best, 0
        for cell in unit:
            if not cells[cell] and masks[cell] & ~twice:
                return cell, masks[cell] & ~twice
    return best, masks[best]
