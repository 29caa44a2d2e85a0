"""Games of chess on the user's board, and questions about positions."""

from mock_apis.communication.texts import check_text
from mock_apis.core import Domain, World
from mock_apis.core.entities import Limit, PersonName
from mock_apis.core.errors import FailedPrecondition, NotFound
from mock_apis.core.persona import persona
from mock_apis.games.chess_rows import (
    GAMES,
    MOST_MOVES,
    NAMES,
    OVER,
    Colour,
    Diagram,
    Fen,
    Game,
    GameId,
    GameList,
    GameRow,
    Material,
    Move,
    MoveList,
    Piece,
    PieceList,
    Score,
    Square,
)
from mock_apis.games.chess_rules import (
    START,
    VALUES,
    apply,
    find_attackers,
    list_legal_moves,
    name_of,
    outcome,
    parse_fen,
    square_of,
    write_fen,
)

chess_game = Domain("chess_game", category="games", description="Chess games between the user and others; FEN.")


@chess_game.tool(
    example={"opponent": "@contacts_search.contacts[0].name"}, errors=[FailedPrecondition], writes=True, kind="stateful"
)
def new(w: World, opponent: PersonName, user_plays: Colour = "white", fen: Fen = START) -> Game:
    """Set up a game of chess between the user and somebody else.

    opponent: Name of the other player, for example a contact.
    user_plays: Colour of the user.
    fen: Position to start from in FEN; the usual one if left out.
    """
    name, user = check_text("opponent", opponent, 80), persona(w).name
    position = parse_fen(fen)
    if outcome(position) in OVER:
        raise FailedPrecondition(f"fen: the game is over in this position ({outcome(position)})")
    white, black = (user, name) if user_plays == "white" else (name, user)
    row = GameRow(
        game_id=w.new_id("CHS"), white=white, black=black, fens=[write_fen(position)], moves=[], resigned=None
    )
    return show(GAMES.put(w, row))


@chess_game.tool(example={"game_id": "@chess_game_list.games[0].game_id"}, errors=[NotFound], kind="stateful")
def status(w: World, game_id: GameId) -> Game:
    """Show a chess game's position, whose turn it is, and whether it is over.

    game_id: The game, as given by chess_game_list.
    """
    return show(GAMES.get(w, game_id))


@chess_game.tool(example={}, kind="stateful")
def list_(w: World, running_only: bool = False, limit: Limit = 5) -> GameList:
    """List the user's chess games, latest first.

    running_only: True for games that are not over.
    limit: At most this many games.
    """
    rows = [show(row) for row in reversed(GAMES.all(w))]
    rows = [row for row in rows if not (running_only and row.standing in OVER)]
    return GameList(total=len(rows), games=rows[:limit])


@chess_game.tool(
    example={"game_id": "@chess_game_new.game_id", "move": "e2e4"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def move(w: World, game_id: GameId, move: Move) -> Game:
    """Make a legal move for the side whose turn it is in a chess game.

    game_id: A game that is not over, as given by chess_game_list.
    move: From and to square, for example e2e4; e7e8q promotes, e1g1 castles.
    """
    row = running(w, game_id)
    position = parse_fen(row.fens[-1])
    if move not in list_legal_moves(position):
        raise FailedPrecondition(f"move {move} is not legal; see chess_game_legal_moves")
    if len(row.moves) >= MOST_MOVES:
        raise FailedPrecondition(f"game_id {game_id} has {MOST_MOVES} moves, which is the most")
    after = write_fen(apply(position, move))
    return show(GAMES.put(w, row.model_copy(update={"fens": [*row.fens, after], "moves": [*row.moves, move]})))


@chess_game.tool(
    example={"game_id": "@chess_game_move.game_id"}, errors=[NotFound, FailedPrecondition], writes=True, kind="stateful"
)
def undo(w: World, game_id: GameId) -> Game:
    """Take back the last move of a chess game in which nobody has resigned.

    game_id: The game, as given by chess_game_list.
    """
    row = GAMES.get(w, game_id)
    if row.resigned or not row.moves:
        raise FailedPrecondition(f"game_id {game_id}: {'has been resigned' if row.resigned else 'no move was made'}")
    return show(GAMES.put(w, row.model_copy(update={"fens": row.fens[:-1], "moves": row.moves[:-1]})))


@chess_game.tool(
    example={"game_id": "@chess_game_list.games[0].game_id", "side": "black"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def resign(w: World, game_id: GameId, side: Colour) -> Game:
    """End a chess game by giving it up for one side.

    game_id: A game that is not over, as given by chess_game_list.
    side: Who gives up.
    """
    return show(GAMES.put(w, running(w, game_id).model_copy(update={"resigned": side})))


@chess_game.tool(example={"game_id": "@chess_game_list.games[0].game_id"}, errors=[NotFound], kind="stateful")
def score_sheet(w: World, game_id: GameId) -> Score:
    """List all moves of a chess game from the first on.

    game_id: The game, as given by chess_game_list.
    """
    row = GAMES.get(w, game_id)
    return Score(game_id=game_id, total=len(row.moves), moves=row.moves)


@chess_game.tool(example={"fen": "@chess_game_status.fen"}, kind="stateful")
def legal_moves(w: World, fen: Fen, from_square: Square | None = None) -> MoveList:
    """List the legal moves of a chess position, all or those of one piece.

    fen: Position in FEN, for example as given by chess_game_status.
    from_square: Only moves of the piece on this square, for example e2.
    """
    position = parse_fen(fen)
    found = [one for one in list_legal_moves(position) if from_square in (None, one[:2])]
    return MoveList.model_validate({"fen": fen, "standing": outcome(position), "total": len(found), "moves": found})


@chess_game.tool(example={"fen": "@chess_game_status.fen", "square": "e5"}, kind="stateful")
def attackers(w: World, fen: Fen, square: Square) -> PieceList:
    """Find the chess pieces of both sides that attack a square.

    fen: Position in FEN.
    square: The square, for example e5.
    """
    board, target = parse_fen(fen).board, square_of(square)
    found = find_attackers(board, target, True) + find_attackers(board, target, False)
    holds = None if board[target] == "." else piece_on(board, target)
    return PieceList(square=square, holds=holds, attackers=[piece_on(board, place) for place in found])


@chess_game.tool(example={"fen": "@chess_game_status.fen"}, kind="stateful")
def material(w: World, fen: Fen) -> Material:
    """Count the material of both sides of a chess position in points.

    fen: Position in FEN.
    """
    board = parse_fen(fen).board
    white, black = (sum(VALUES[c.lower()] for c in board if c != "." and c.isupper() == side) for side in (True, False))
    return Material(white=white, black=black, balance=white - black)


@chess_game.tool(example={"fen": "@chess_game_status.fen"}, kind="stateful")
def diagram(w: World, fen: Fen) -> Diagram:
    """Draw a chess position as eight rows of letters.

    fen: Position in FEN.
    """
    board = parse_fen(fen).board
    return Diagram(fen=fen, rows=[board[start : start + 8] for start in range(0, 64, 8)])


def show(row: GameRow) -> Game:
    """A game as the tools give it."""
    position = parse_fen(row.fens[-1])
    turn: Colour = "white" if position.white else "black"
    same = [" ".join(fen.split()[:4]) for fen in row.fens]
    standing = "resigned" if row.resigned else outcome(position)
    if standing not in OVER and same.count(same[-1]) >= 3:
        standing = "threefold"
    loser = row.resigned or (turn if standing == "checkmate" else None)
    return Game.model_validate(
        {
            "game_id": row.game_id,
            "white": row.white,
            "black": row.black,
            "fen": row.fens[-1],
            "to_move": turn,
            "standing": standing,
            "winner": loser and (row.black if loser == "white" else row.white),
            "moves": len(row.moves),
            "last_move": row.moves[-1] if row.moves else None,
        }
    )


def running(w: World, game_id: str) -> GameRow:
    """The game. Raises NotFound, or FailedPrecondition if it is over."""
    row = GAMES.get(w, game_id)
    if (standing := show(row).standing) in OVER:
        raise FailedPrecondition(f"game_id {game_id} is over ({standing})")
    return row


def piece_on(board: str, square: int) -> Piece:
    """The piece on a square that is not empty."""
    letter = board[square]
    return Piece(square=name_of(square), piece=NAMES[letter.lower()], colour="white" if letter.isupper() else "black")
