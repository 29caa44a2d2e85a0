"""Expressions such as `x^2 + 3*x`: read through a whitelist into bounded sympy objects, written and evaluated."""

import ast
import math
import re
from typing import Annotated, Any

from pydantic import Field

from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, ResourceExhausted

Expression = Annotated[str, Field(pattern=r"^[a-z0-9 +*/^().-]+$"), Entity("math.expression")]
"""Numbers, one-letter variables, pi, e, + - * / ^, brackets and the functions below."""
Variable = Annotated[str, Field(pattern=r"^[a-df-z]$")]

FUNCTIONS = (
    "sqrt",
    "exp",
    "log",
    "ln",
    "sin",
    "cos",
    "tan",
    "asin",
    "acos",
    "atan",
    "sinh",
    "cosh",
    "tanh",
    "abs",
    "sign",
)
LONGEST_TEXT = 200
MOST_NODES = 60
MOST_TERMS = 150
"""Terms that an expression may have when it is multiplied out."""
MOST_DIGITS = 40
LARGEST_POWER = 12
LONGEST_RESULT = 1500


def read(argument: str, text: str) -> Any:
    """The sympy expression, its variables real. Raises InvalidArgument or ResourceExhausted."""
    if len(text) > LONGEST_TEXT:
        raise ResourceExhausted(f"{argument} has {len(text)} characters, over {LONGEST_TEXT}")
    joined = re.search(r"[0-9][a-z]|[0-9] +[a-z0-9]", text)
    if joined:
        raise InvalidArgument(f"{argument}: '{joined[0]}' lacks an operator; write 2*x, not 2x")
    try:
        tree = ast.parse(text.strip().replace("^", "**"), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise InvalidArgument(f"{argument}: '{text[:60]}' is no expression such as x^2 + 3*x") from None
    if sum(isinstance(node, ast.expr) for node in ast.walk(tree)) > MOST_NODES:
        raise ResourceExhausted(f"{argument} has over {MOST_NODES} parts")
    try:
        expression = build(argument, tree)
    except RecursionError:
        raise ResourceExhausted(f"{argument} is nested too deep") from None
    require_real(argument, expression)
    measure(argument, expression)
    return expression


def build(argument: str, node: ast.expr) -> Any:
    """The sympy expression of a syntax tree that holds nothing but arithmetic. Raises InvalidArgument."""
    import sympy

    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        text = ast.unparse(node)
        if len(text) > 12 or "e" in text:
            raise ResourceExhausted(f"{argument}: the number {text[:20]} is too long")
        return sympy.Rational(text)
    if isinstance(node, ast.Name):
        if node.id in ("pi", "e"):
            return sympy.pi if node.id == "pi" else sympy.E
        if len(node.id) == 1:
            return sympy.Symbol(node.id, real=True)
        raise InvalidArgument(f"{argument}: '{node.id[:20]}' is no variable of one letter; write a*b, not ab")
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        inner = build(argument, node.operand)
        return -inner if isinstance(node.op, ast.USub) else inner
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div | ast.Pow):
        return combine(argument, node.op, build(argument, node.left), build(argument, node.right))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 1 and not node.keywords:
        if node.func.id not in FUNCTIONS:
            raise InvalidArgument(f"{argument}: no function '{node.func.id[:20]}'; there are {', '.join(FUNCTIONS)}")
        inner = build(argument, node.args[0])
        measure(argument, inner)
        return getattr(sympy, {"ln": "log", "abs": "Abs"}.get(node.func.id, node.func.id))(inner)
    raise InvalidArgument(f"{argument}: '{ast.unparse(node)[:40]}' is not allowed in an expression")


def combine(argument: str, operator: ast.operator, left: Any, right: Any) -> Any:
    """The operation's value. Raises InvalidArgument or ResourceExhausted."""
    if isinstance(operator, ast.Add):
        return left + right
    if isinstance(operator, ast.Sub):
        return left - right
    if isinstance(operator, ast.Mult):
        return left * right
    if isinstance(operator, ast.Div):
        if right == 0:
            raise InvalidArgument(f"{argument} divides by zero")
        return left / right
    if right.is_Rational:
        if abs(right) > LARGEST_POWER or right.q > LARGEST_POWER:
            raise ResourceExhausted(f"{argument}: the power {right} is over {LARGEST_POWER}")
    elif right.is_number or not (left.is_number and left.is_positive) or right.count_ops() > 10:
        raise InvalidArgument(f"{argument}: a power must be a number, or its base a positive number")
    if left == 0 and not right.is_positive:
        raise InvalidArgument(f"{argument}: 0 to the power {right} is not defined")
    measure(argument, left)
    result = left**right
    measure(argument, result)
    return result


def measure(argument: str, expression: Any) -> None:
    """Raises ResourceExhausted if the expression, multiplied out, would be too large."""
    terms, digits = size_of(expression)
    if terms > MOST_TERMS or digits > MOST_DIGITS:
        raise ResourceExhausted(f"{argument} is too large: {MOST_TERMS} terms multiplied out, {MOST_DIGITS} digits")


def size_of(expression: Any) -> tuple[float, float]:
    """At most how many terms when multiplied out, and digits of their coefficients."""
    if expression.is_Rational:
        return 1, math.log10(max(abs(expression.p), expression.q, 1))
    parts = [size_of(part) for part in expression.args]
    if expression.is_Add:
        return sum(part[0] for part in parts), max(part[1] for part in parts) + 1
    if expression.is_Mul:
        return math.prod(part[0] for part in parts), sum(part[1] for part in parts)
    if expression.is_Pow and expression.exp.is_Rational:
        power = max(1.0, abs(float(expression.exp)))
        return min(parts[0][0] ** power, 1e9), (parts[0][1] + math.log10(parts[0][0])) * power
    return 1, max((part[1] for part in parts), default=0)


def require_real(argument: str, expression: Any) -> None:
    """Raises InvalidArgument if the expression is infinite, undefined or complex."""
    import sympy

    if expression.has(sympy.zoo, sympy.nan, sympy.oo, -sympy.oo, sympy.I):
        raise InvalidArgument(f"{argument} is not a real, finite expression")


def write(expression: Any) -> str:
    """The text. Raises ResourceExhausted, or FailedPrecondition if it is no real expression."""
    try:
        require_real("expression", expression)
    except InvalidArgument:
        raise FailedPrecondition("the result is not real and finite") from None
    text = str(expression).replace("**", "^").lower()
    if len(text) > LONGEST_RESULT:
        raise ResourceExhausted(f"expression: the result has {len(text)} characters, over {LONGEST_RESULT}")
    return text


def read_polynomial(argument: str, expression: Any, variable: str, degree: int) -> Any:
    """A sympy Poly with rational coefficients. Raises FailedPrecondition or ResourceExhausted."""
    import sympy

    symbol = sympy.Symbol(variable, real=True)
    if not expression.is_polynomial(symbol) or not expression.free_symbols <= {symbol}:
        raise FailedPrecondition(f"{argument} is no polynomial in {variable} alone")
    poly = sympy.Poly(expression, symbol)
    if not all(number.is_Rational for number in poly.all_coeffs()):
        raise FailedPrecondition(f"{argument} has coefficients that are no fractions")
    if poly.degree() > degree:
        raise ResourceExhausted(f"{argument} has degree {poly.degree()}, over {degree}")
    return poly


def value_at(expression: Any, values: dict[str, float]) -> float | None:
    """The number at a point; None where the expression is not real and finite there."""
    try:
        result = compute(expression, values)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    return result if math.isfinite(result) else None


def compute(node: Any, values: dict[str, float]) -> float:
    """The value of a sympy tree of the functions above."""
    if node.is_Symbol:
        return values[node.name]
    if not node.args:
        return float(node)
    parts = [compute(part, values) for part in node.args]
    if node.is_Add:
        return math.fsum(parts)
    if node.is_Mul:
        return math.prod(parts)
    if node.is_Pow:
        return math.pow(parts[0], parts[1])
    name = type(node).__name__.lower()
    if name == "sign":
        return float((parts[0] > 0) - (parts[0] < 0))
    return abs(parts[0]) if name == "abs" else float(getattr(math, name)(parts[0]))
