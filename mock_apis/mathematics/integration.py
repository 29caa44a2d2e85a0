"""Differentiation with a size limit, termwise integration, quadrature."""

from typing import Any

from mock_apis.core.errors import FailedPrecondition, ResourceExhausted
from mock_apis.mathematics.expressions import value_at

MOST_OPERATIONS = 100
NODES = (
    (0.1834346424956498, 0.362683783378362),
    (0.525532409916329, 0.3137066458778873),
    (0.7966664774136267, 0.2223810344533745),
    (0.9602898564975363, 0.1012285362903763),
)
"""Gauss-Legendre points and weights, eight points with their mirror images."""


def differentiate(expression: Any, variable: str, order: int) -> Any:
    """The derivative. Raises ResourceExhausted if it grows too large."""
    import sympy

    for _ in range(order):
        expression = sympy.diff(expression, sympy.Symbol(variable, real=True))
        if expression.count_ops() > MOST_OPERATIONS:
            raise ResourceExhausted("expression: its derivative is too large")
    return expression


def integrate_term(term: Any, symbol: Any) -> Any:
    """An antiderivative of one term. Raises FailedPrecondition."""
    import sympy

    factor, rest = term.as_independent(symbol, as_Add=False)
    if rest == 1:
        return factor * symbol
    base, power = rest.as_base_exp()
    if rest.func in (sympy.sin, sympy.cos):
        inner = rest.args[0]
    else:
        inner = base if power.is_Rational and base.has(symbol) else power
    slope = sympy.diff(inner, symbol)
    if slope.free_symbols & {symbol} or slope == 0:
        raise FailedPrecondition(f"expression: no rule here for the term {str(term)[:60].replace('**', '^')}")
    if rest.func in (sympy.sin, sympy.cos):
        return factor / slope * (-sympy.cos(inner) if rest.func is sympy.sin else sympy.sin(inner))
    if base == sympy.E or not base.has(symbol):
        return factor * rest / (slope * sympy.log(base))
    if power == -1:
        return factor / slope * sympy.log(sympy.Abs(inner))
    return factor / slope * inner ** (power + 1) / (power + 1)


def quadrature(expression: Any, variable: str, low: float, high: float, panels: int) -> float:
    """Gauss-Legendre on equal panels. Raises FailedPrecondition where the expression is not finite."""
    half = (high - low) / panels / 2
    total = 0.0
    for panel in range(panels):
        centre = low + (2 * panel + 1) * half
        for place, weight in NODES:
            for x in (centre - place * half, centre + place * half):
                value = value_at(expression, {variable: x})
                if value is None or abs(value) > 1e100:
                    raise FailedPrecondition(f"expression is not finite at {x:.6g}")
                total += weight * value
    return total * half


def require_variable(expression: Any, variable: str) -> Any:
    """The expression. Raises FailedPrecondition if it has another variable."""
    others = sorted(symbol.name for symbol in expression.free_symbols if symbol.name != variable)
    if others:
        raise FailedPrecondition(f"expression has the variable {others[0]} beside {variable}")
    return expression
