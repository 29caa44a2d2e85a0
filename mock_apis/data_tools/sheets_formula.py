"""Spreadsheet formulas: parsed against a short whitelist, evaluated without running code."""

import ast
import math
import re
import statistics
from collections.abc import Callable, Iterable
from typing import Any

from mock_apis.core.errors import InvalidArgument
from mock_apis.data_tools.csv_text import number_of

TOKEN = re.compile(
    r"\s+|[A-Z]{1,2}[1-9][0-9]{0,2}(?:\s*:\s*[A-Z]{1,2}[1-9][0-9]{0,2})?|[A-Z]+(?=\s*\()|[0-9]{1,15}(?:\.[0-9]{1,10})?"
    r'|"[^"\\\n]*"|<=|>=|<>|[-+*/^(),=<>]'
)
PLACE = re.compile(r"([A-Z]{1,2})([1-9][0-9]{0,2})")
LONGEST_FORMULA = 120
LAST_COLUMN, LAST_ROW = 26, 100
Value = float | str
FUNCTIONS = ("SUM", "AVERAGE", "MEDIAN", "MIN", "MAX", "COUNT", "ROUND", "ABS", "SQRT", "IF")


class FormulaError(Exception):
    """What a cell shows instead of a value: #DIV/0!, #VALUE!, #NUM!, #CYCLE!"""


def cell_place(name: str, cell: str) -> tuple[int, int]:
    """Column and row of a cell such as B3, counted from 1. Raises InvalidArgument."""
    match = PLACE.fullmatch(cell)
    if match is None or len(match[1]) > 1 or int(match[2]) > LAST_ROW:
        raise InvalidArgument(f"{name}: '{cell}' is no cell from A1 to Z{LAST_ROW}")
    return ord(match[1]) - 64, int(match[2])


def cells_of(name: str, area: str) -> list[list[str]]:
    """The cells of an area such as A1:B3 by rows, or of one cell. Raises InvalidArgument."""
    first, _, last = area.replace(" ", "").partition(":")
    one, two = cell_place(name, first), cell_place(name, last or first)
    columns, rows = sorted((one[0], two[0])), sorted((one[1], two[1]))
    return [[f"{chr(64 + x)}{y}" for x in range(columns[0], columns[1] + 1)] for y in range(rows[0], rows[1] + 1)]


def parse(name: str, formula: str) -> tuple[ast.expr, set[str]]:
    """The tree of a formula that starts with =, and the cells it reads. Raises InvalidArgument."""
    if len(formula) > LONGEST_FORMULA:
        raise InvalidArgument(f"{name}: a formula has at most {LONGEST_FORMULA} characters")
    place, parts, cells = 1, [], set[str]()
    while place < len(formula):
        match = TOKEN.match(formula, place)
        if match is None:
            raise InvalidArgument(f"{name}: cannot read '{formula[place : place + 20]}' in the formula")
        token = match[0].strip()
        if PLACE.match(token):
            found = [cell for row in cells_of(name, token) for cell in row]
            cells.update(found)
            token = "".join(token.split())
            token = f'AREA("{token}")' if ":" in token else f'CELL("{token}")'
        elif token and token[0].isdigit():
            token = repr(float(token))
        parts.append({"^": "**", "=": "==", "<>": "!="}.get(token, token))
        place = match.end()
    try:
        tree = ast.parse(" ".join(parts).strip(), mode="eval").body
        check(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise InvalidArgument(f"{name}: the formula '{formula[:60]}' is not well-formed") from None
    return tree, cells


def check(node: ast.AST) -> None:
    """Raises ValueError for anything but numbers, texts, operators and the functions."""
    for child in ast.walk(node):
        if isinstance(child, ast.Call):
            if (
                not isinstance(child.func, ast.Name)
                or child.keywords
                or child.func.id not in (*FUNCTIONS, "AREA", "CELL")
            ):
                raise ValueError
            if any(isinstance(argument, ast.Starred) for argument in child.args):
                raise ValueError
        elif (isinstance(child, ast.Compare) and len(child.ops) != 1) or not isinstance(
            child,
            ast.Name
            | ast.Constant
            | ast.BinOp
            | ast.UnaryOp
            | ast.Compare
            | ast.Load
            | ast.operator
            | ast.unaryop
            | ast.cmpop,
        ):
            raise ValueError
    names = [child for child in ast.walk(node) if isinstance(child, ast.Name)]
    if len(names) != sum(isinstance(child, ast.Call) for child in ast.walk(node)):
        raise ValueError


def evaluate(node: ast.expr, cells: Callable[[str], Value]) -> Value:
    """The value of a checked tree. Raises FormulaError."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else float(node.value)  # type: ignore[arg-type]
    if isinstance(node, ast.UnaryOp):
        number = as_number(evaluate(node.operand, cells))
        return -number if isinstance(node.op, ast.USub) else number
    if isinstance(node, ast.BinOp):
        return arithmetic(node.op, as_number(evaluate(node.left, cells)), as_number(evaluate(node.right, cells)))
    if isinstance(node, ast.Compare):
        return compare(node.ops[0], evaluate(node.left, cells), evaluate(node.comparators[0], cells))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return call(node.func.id, node.args, cells)
    raise FormulaError("#VALUE!")


def arithmetic(operator: ast.operator, one: float, two: float) -> float:
    """One operation on numbers. Raises FormulaError."""
    try:
        if isinstance(operator, ast.Add):
            result: Any = one + two
        elif isinstance(operator, ast.Sub):
            result = one - two
        elif isinstance(operator, ast.Mult):
            result = one * two
        elif isinstance(operator, ast.Div):
            result = one / two
        else:
            result = one**two
    except ZeroDivisionError:
        raise FormulaError("#DIV/0!") from None
    except OverflowError:
        raise FormulaError("#NUM!") from None
    if not isinstance(result, float) or not math.isfinite(result):
        raise FormulaError("#NUM!")
    return result


def compare(operator: ast.cmpop, one: Value, two: Value) -> float:
    """1 if the comparison is true, else 0; numbers come before texts."""
    left, right = (isinstance(one, str), one), (isinstance(two, str), two)
    results = {
        ast.Eq: left == right, ast.NotEq: left != right, ast.Lt: left < right,
        ast.LtE: left <= right, ast.Gt: left > right, ast.GtE: left >= right,
    }  # fmt: skip
    return float(results[type(operator)])


def call(name: str, arguments: list[ast.expr], cells: Callable[[str], Value]) -> Value:
    """A function's value. Raises FormulaError."""
    if name == "CELL":
        return cells(text_of(arguments[0]))
    if name == "IF" and len(arguments) == 3:
        return evaluate(arguments[1 if as_number(evaluate(arguments[0], cells)) else 2], cells)
    if name in ("ABS", "SQRT", "ROUND"):
        numbers = [as_number(evaluate(argument, cells)) for argument in arguments]
        if len(numbers) != (2 if name == "ROUND" else 1) or (name == "ROUND" and not -10 <= numbers[1] <= 10):
            raise FormulaError("#VALUE!")
        if name == "SQRT" and numbers[0] < 0:
            raise FormulaError("#NUM!")
        if name == "ROUND":
            return round(numbers[0] + math.copysign(1e-9, numbers[0]), int(numbers[1]))
        return abs(numbers[0]) if name == "ABS" else math.sqrt(numbers[0])
    if name not in ("SUM", "AVERAGE", "MEDIAN", "MIN", "MAX", "COUNT"):
        raise FormulaError("#VALUE!")
    found = [value for argument in arguments for value in values_of(argument, cells) if not isinstance(value, str)]
    if name == "COUNT":
        return float(len(found))
    if not found:
        if name in ("AVERAGE", "MEDIAN"):
            raise FormulaError("#DIV/0!")
        return 0.0
    measures: dict[str, Callable[[Iterable[float]], float]] = {
        "SUM": sum, "AVERAGE": statistics.fmean, "MEDIAN": statistics.median, "MIN": min, "MAX": max
    }  # fmt: skip
    return arithmetic(ast.Add(), float(measures[name](found)), 0.0)


def values_of(node: ast.expr, cells: Callable[[str], Value]) -> list[Value]:
    """The values of an argument that may be an area; empty cells are texts."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "AREA":
        return [cells(cell) for row in cells_of("formula", text_of(node.args[0])) for cell in row]
    return [evaluate(node, cells)]


def text_of(node: ast.expr) -> str:
    """The text of an argument that this module wrote itself."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise FormulaError("#VALUE!")


def as_number(value: Value) -> float:
    """A number; an empty text is 0. Raises FormulaError for another text."""
    if isinstance(value, str):
        if value == "":
            return 0.0
        raise FormulaError("#VALUE!")
    return value


def compute(contents: dict[str, str]) -> dict[str, Value]:
    """The values of all cells, in whatever order their formulas need."""
    values: dict[str, Value] = {}
    waiting: dict[str, tuple[ast.expr, set[str]]] = {}
    for cell, content in contents.items():
        if content.startswith("="):
            waiting[cell] = parse("formula", content)
        else:
            number = number_of(content)
            values[cell] = content if number is None else number
    while waiting:
        ready = [cell for cell, (_, read) in waiting.items() if read.isdisjoint(waiting)]
        if not ready:
            return {**values, **dict.fromkeys(waiting, "#CYCLE!")}
        for cell in ready:
            values[cell] = value_of(waiting.pop(cell)[0], values)
    return values


def value_of(tree: ast.expr, values: dict[str, Value]) -> Value:
    """A formula's value, or the error that it shows; an error that is read is passed on."""
    try:
        return evaluate(tree, lambda cell: _read(values, cell))
    except FormulaError as error:
        return str(error)


def _read(values: dict[str, Value], cell: str) -> Value:
    value = values.get(cell, "")
    if value in ("#DIV/0!", "#VALUE!", "#NUM!", "#CYCLE!"):
        raise FormulaError(str(value))
    return value
