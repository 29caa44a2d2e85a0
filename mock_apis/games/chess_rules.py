"""Rules of chess: positions in FEN, legal moves, and how a game ends. Squares are 0 (a8) to 63 (h1)."""

from dataclasses import dataclass

from mock_apis.core.errors import InvalidArgument

START = "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1"
VALUES = {"p": 1, "n": 3, "b": 3, "r": 5, "q": 9, "k": 0}
STRAIGHT, DIAGONAL = ((0, 1), (0, -1), (1, 0), (-1, 0)), ((1, 1), (1, -1), (-1, 1), (-1, -1))
SLIDES = {"r": STRAIGHT, "b": DIAGONAL, "q": (*STRAIGHT, *DIAGONAL)}
STEPS = {
    "n": ((1, 2), (2, 1), (-1, 2), (-2, 1), (1, -2), (2, -1), (-1, -2), (-2, -1)),
    "k": (*STRAIGHT, *DIAGONAL),
}
CORNERS = {0: "q", 7: "k", 56: "Q", 63: "K"}
"""Squares whose rook, moved or taken, ends a right to castle."""


@dataclass(frozen=True)
class Position:
    """All that the rules look at."""

    board: str
    """64 letters, a dot for an empty square, white in capitals."""
    white: bool
    castling: str
    passing: int | None
    """Square behind a pawn that has just moved two."""
    quiet: int
    """Half moves since a pawn moved or a piece was taken."""
    number: int


def parse_fen(fen: str) -> Position:
    """Raises InvalidArgument unless the FEN is a position that can be played on."""
    fields = fen.split()
    if len(fields) != 6 or not (fields[4].isdecimal() and fields[5].isdecimal() and len(fields[4] + fields[5]) < 8):
        raise InvalidArgument("fen: needs six fields: pieces, side, castling, en passant, two counters")
    pieces, side, castling, passing, quiet, number = fields
    rows = ["".join("." * int(c) if c in "12345678" else c for c in row) for row in pieces.split("/")]
    board = "".join(rows)
    if len(rows) != 8 or any(len(row) != 8 for row in rows) or set(board) - set(".pnbrqkPNBRQK"):
        raise InvalidArgument("fen: the first field needs eight rows of eight squares")
    if board.count("k") != 1 or board.count("K") != 1 or set(board[:8] + board[56:]) & set("pP"):
        raise InvalidArgument("fen: each side needs one king, and no pawn stands on the first or last row")
    if side not in ("w", "b"):
        raise InvalidArgument(f"fen: the side to move is w or b, not {side}")
    homes = {"K": (60, 63), "Q": (60, 56), "k": (4, 7), "q": (4, 0)}
    rights = "".join(
        right
        for right, (king, rook) in homes.items()
        if right in castling
        and board[king] == ("K" if right.isupper() else "k")
        and board[rook] == ("R" if right.isupper() else "r")
    )
    behind = square_of(passing) if len(passing) == 2 and passing[0] in "abcdefgh" and passing[1] in "36" else None
    if behind is not None:
        pawn = behind + (8 if side == "w" else -8)
        right_row = behind // 8 == (2 if side == "w" else 5)
        if not right_row or board[behind] != "." or board[pawn] != ("p" if side == "w" else "P"):
            behind = None
    position = Position(board, side == "w", rights, behind, int(quiet), max(1, int(number)))
    if in_check(position, not position.white):
        raise InvalidArgument("fen: the side that has moved is in check")
    return position


def write_fen(position: Position) -> str:
    """The position in FEN."""
    rows = []
    for start in range(0, 64, 8):
        row = position.board[start : start + 8]
        for run in range(8, 0, -1):
            row = row.replace("." * run, str(run))
        rows.append(row)
    behind = "-" if position.passing is None else name_of(position.passing)
    side = "w" if position.white else "b"
    return f"{'/'.join(rows)} {side} {position.castling or '-'} {behind} {position.quiet} {position.number}"


def square_of(name: str) -> int:
    """Number of a square such as e4."""
    return (8 - int(name[1])) * 8 + "abcdefgh".index(name[0])


def name_of(square: int) -> str:
    """Name of a square, such as e4."""
    return "abcdefgh"[square % 8] + str(8 - square // 8)


def list_legal_moves(position: Position) -> list[str]:
    """The legal moves such as e2e4 or e7e8q, sorted."""
    return sorted(move for move in _moves(position) if not in_check(apply(position, move), position.white))


def apply(position: Position, move: str) -> Position:
    """The position after a move that the pieces can make."""
    start, end = square_of(move[:2]), square_of(move[2:4])
    board = list(position.board)
    piece, taken = board[start], board[end]
    pawn = piece.lower() == "p"
    board[start], board[end] = ".", piece
    if pawn and end == position.passing:
        board[end + (8 if position.white else -8)] = "."
    if len(move) == 5:
        board[end] = move[4].upper() if position.white else move[4]
    if piece.lower() == "k" and abs(start - end) == 2:
        rook, place = (end + 1, end - 1) if end > start else (end - 2, end + 1)
        board[place], board[rook] = board[rook], "."
    lost = {CORNERS.get(start), CORNERS.get(end)} | (set("KQ" if position.white else "kq") if piece in "kK" else set())
    return Position(
        board="".join(board),
        white=not position.white,
        castling="".join(right for right in position.castling if right not in lost),
        passing=(start + end) // 2 if pawn and abs(start - end) == 16 else None,
        quiet=0 if pawn or taken != "." else position.quiet + 1,
        number=position.number + (not position.white),
    )


def in_check(position: Position, white: bool) -> bool:
    """Whether that side's king is attacked."""
    king = position.board.index("K" if white else "k")
    return bool(find_attackers(position.board, king, by_white=not white))


def find_attackers(board: str, target: int, by_white: bool) -> list[int]:
    """Squares of the pieces of one side that attack a square."""
    found = []
    for kind, steps in STEPS.items():
        letter = kind.upper() if by_white else kind
        found += [square for step in steps if (square := _step(target, step)) is not None and board[square] == letter]
    for step in (*STRAIGHT, *DIAGONAL):
        kinds = "rq" if step in STRAIGHT else "bq"
        square = _step(target, step)
        while square is not None and board[square] == ".":
            square = _step(square, step)
        if square is not None and board[square] in (kinds.upper() if by_white else kinds):
            found.append(square)
    for side in (-1, 1):
        square = _step(target, (1 if by_white else -1, side))
        if square is not None and board[square] == ("P" if by_white else "p"):
            found.append(square)
    return sorted(found)


def outcome(position: Position) -> str:
    """How things stand: to_play, check, checkmate, stalemate, or a draw by material or fifty moves."""
    check = in_check(position, position.white)
    if not list_legal_moves(position):
        return "checkmate" if check else "stalemate"
    left = sorted(letter.lower() for letter in position.board if letter not in ".kK")
    if left in ([], ["b"], ["n"]):
        return "insufficient_material"
    if position.quiet >= 100:
        return "fifty_moves"
    return "check" if check else "to_play"


def _moves(position: Position) -> list[str]:
    board, found = position.board, list[str]()
    for start, piece in enumerate(board):
        if piece == "." or piece.isupper() != position.white:
            continue
        kind = piece.lower()
        if kind == "p":
            found += _pawn_moves(position, start)
            continue
        for step in SLIDES.get(kind) or STEPS[kind]:
            end = _step(start, step)
            while end is not None and (board[end] == "." or board[end].isupper() != position.white):
                found.append(name_of(start) + name_of(end))
                if board[end] != "." or kind not in SLIDES:
                    break
                end = _step(end, step)
    return found + _castling_moves(position)


def _pawn_moves(position: Position, start: int) -> list[str]:
    board, forward, ends = position.board, -1 if position.white else 1, list[int]()
    ahead = start + 8 * forward
    if board[ahead] == ".":
        ends.append(ahead)
        if start // 8 == (6 if position.white else 1) and board[ahead + 8 * forward] == ".":
            ends.append(ahead + 8 * forward)
    for side in (-1, 1):
        end = _step(start, (forward, side))
        if end is not None and (
            end == position.passing or (board[end] != "." and board[end].isupper() != position.white)
        ):
            ends.append(end)
    return [
        name_of(start) + name_of(end) + piece
        for end in ends
        for piece in (("q", "r", "b", "n") if end // 8 in (0, 7) else ("",))
    ]


def _castling_moves(position: Position) -> list[str]:
    home, found = (60 if position.white else 4), list[str]()
    for right, between, path, end in (("k", (1, 2), (0, 1, 2), 2), ("q", (-1, -2, -3), (0, -1, -2), -2)):
        if (right.upper() if position.white else right) not in position.castling:
            continue
        free = all(position.board[home + step] == "." for step in between)
        if free and not any(find_attackers(position.board, home + step, not position.white) for step in path):
            found.append(name_of(home) + name_of(home + end))
    return found


def _step(square: int, step: tuple[int, int]) -> int | None:
    row, column = square // 8 + step[0], square % 8 + step[1]
    return row * 8 + column if 0 <= row < 8 and 0 <= column < 8 else None
