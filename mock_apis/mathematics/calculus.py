"""Derivatives, integrals, limits and what follows from them."""

import math
from typing import Annotated, Any, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, ResourceExhausted
from mock_apis.mathematics.expressions import (
    Expression,
    Variable,
    read,
    read_polynomial,
    value_at,
    write,
)
from mock_apis.mathematics.integration import differentiate, integrate_term, quadrature, require_variable
from mock_apis.mathematics.polynomials import real_roots_of

calculus = Domain("calculus", category="mathematics", description="Derivatives, integrals and limits of expressions.")

Point = Annotated[float, Field(ge=-1e6, le=1e6)]
WholePoint = Annotated[int, Field(ge=-1000, le=1000)]
ERRORS = [FailedPrecondition, ResourceExhausted]


class Derived(Record):
    expression: Expression


class Integral(Record):
    value: float


class Tangent(Record):
    line: Expression
    slope: float


class Limit(Record):
    kind: Literal["finite", "plus_infinity", "minus_infinity", "does_not_exist"]
    value: Expression | None


class Critical(Record):
    x: float
    value: float
    kind: Literal["minimum", "maximum", "inflection"]


class CriticalPoints(Record):
    total: int
    points: list[Critical]


class Part(Record):
    variable: Variable
    derivative: Expression


class Gradient(Record):
    parts: list[Part]


class RootFound(Record):
    x: float


@calculus.tool(example={"expression": "x^3*sin(x)"}, errors=ERRORS, kind="computation")
def derivative(
    w: World, expression: Expression, variable: Variable = "x", order: Annotated[int, Field(ge=1, le=3)] = 1
) -> Derived:
    """Differentiate an expression, once or up to three times.

    expression: For example x^3*sin(x); powers are written with ^.
    variable: Variable to differentiate by, one letter.
    order: How many times to differentiate.
    """
    return Derived(expression=write(differentiate(read("expression", expression), variable, order)))


@calculus.tool(example={"expression": "3*x^2 + cos(2*x)"}, errors=ERRORS, kind="computation")
def antiderivative(w: World, expression: Expression, variable: Variable = "x") -> Derived:
    """Integrate a sum of powers, exponentials, sines and cosines, without + C.

    expression: Sum of terms such as 3*x^2, 1/x, exp(2*x), sin(x), each with a linear argument.
    variable: Variable to integrate over, one letter.
    """
    import sympy

    symbol = sympy.Symbol(variable, real=True)
    terms = sympy.Add.make_args(sympy.expand(read("expression", expression)))
    return Derived(expression=write(sum((integrate_term(term, symbol) for term in terms), sympy.Integer(0))))


@calculus.tool(example={"expression": "x^2", "low": 0.0, "high": 3.0}, errors=ERRORS, kind="computation")
def definite_integral(w: World, expression: Expression, low: Point, high: Point, variable: Variable = "x") -> Integral:
    """Integrate an expression numerically between two bounds.

    expression: In one variable, smooth and finite between the bounds, such as x^2.
    low: Lower bound.
    high: Upper bound; below the lower one the sign turns.
    variable: Variable to integrate over, one letter.
    """
    given = require_variable(read("expression", expression), variable)
    coarse, fine = (quadrature(given, variable, low, high, panels) for panels in (12, 24))
    if abs(fine - coarse) > 1e-7 * max(1.0, abs(fine)):
        raise FailedPrecondition("expression is too rough or grows too fast between low and high for a sure value")
    return Integral(value=float(f"{fine:.8g}"))


@calculus.tool(example={"expression": "x^2", "at": 3}, errors=ERRORS, kind="computation")
def tangent_line(w: World, expression: Expression, at: WholePoint, variable: Variable = "x") -> Tangent:
    """Find the line that touches a curve at a point.

    expression: The curve's height, in one variable, such as x^2.
    at: Where the line touches, a whole number.
    variable: The variable, one letter.
    """
    import sympy

    given = require_variable(read("expression", expression), variable)
    symbol = sympy.Symbol(variable, real=True)
    slope = differentiate(given, variable, 1).subs(symbol, at)
    height = given.subs(symbol, at)
    line = sympy.expand(height + slope * (symbol - at))
    text, decimal = write(line), value_at(slope, {})
    if decimal is None:
        raise FailedPrecondition(f"expression has no finite slope at {at}")
    return Tangent(line=text, slope=decimal)


@calculus.tool(example={"expression": "(x^2 - 4)/(x - 2)", "at": 2}, errors=ERRORS, kind="computation")
def limit(w: World, expression: Expression, at: WholePoint | None = None, variable: Variable = "x") -> Limit:
    """Find the limit of a fraction of polynomials at a point or at infinity.

    expression: Fraction of polynomials of degree at most 12, such as (x^2 - 4)/(x - 2).
    at: Whole number that the variable tends to; plus infinity if left out.
    variable: The variable, one letter.
    """
    import sympy

    symbol = sympy.Symbol(variable, real=True)
    above, below = sympy.fraction(sympy.cancel(require_variable(read("expression", expression), variable)))
    top = read_polynomial("expression", above, variable, 12)
    bottom = read_polynomial("expression", below, variable, 12)
    if at is None:
        return limit_at_infinity(top, bottom)
    value = bottom.eval(at)
    if value != 0:
        return Limit(kind="finite", value=write(top.eval(at) / value))
    order = next(n for n in range(1, 14) if bottom.diff((symbol, n)).eval(at) != 0)
    positive = (top.eval(at) > 0) == (bottom.diff((symbol, order)).eval(at) > 0)
    if order % 2:
        return Limit(kind="does_not_exist", value=None)
    return Limit(kind="plus_infinity" if positive else "minus_infinity", value=None)


@calculus.tool(example={"expression": "exp(x)", "order": 4}, errors=ERRORS, kind="computation")
def taylor_polynomial(
    w: World,
    expression: Expression,
    order: Annotated[int, Field(ge=1, le=4)],
    at: WholePoint = 0,
    variable: Variable = "x",
) -> Derived:
    """Write the Taylor polynomial of an expression around a point.

    expression: In one variable, such as exp(x).
    order: Highest power, 1 to 4.
    at: Whole number to expand around.
    variable: The variable, one letter.
    """
    import sympy

    symbol = sympy.Symbol(variable, real=True)
    current = require_variable(read("expression", expression), variable)
    total = current.subs(symbol, at)
    for power in range(1, order + 1):
        current = differentiate(current, variable, 1)
        total += current.subs(symbol, at) / math.factorial(power) * (symbol - at) ** power
    return Derived(expression=write(total))


@calculus.tool(example={"expression": "x^3 - 3*x"}, errors=ERRORS, kind="computation")
def critical_points(w: World, expression: Expression, variable: Variable = "x") -> CriticalPoints:
    """Find where a polynomial's slope is zero: minima, maxima, saddles.

    expression: Polynomial of degree 2 to 8 in one variable, such as x^3 - 3*x.
    variable: The variable, one letter.
    """
    poly = read_polynomial("expression", read("expression", expression), variable, 8)
    slope = poly.diff()
    found: list[Critical] = []
    for part, times in slope.factor_list()[1]:
        for x in real_roots_of(part):
            height = value_at(poly.as_expr(), {variable: x})
            if height is not None and abs(height) < 1e100:
                found.append(Critical(x=x, value=height, kind=kind_of(slope, part, x, times)))
    found.sort(key=lambda point: point.x)
    return CriticalPoints(total=len(found), points=found)


@calculus.tool(example={"expression": "x^2*y + y^3"}, errors=ERRORS, kind="computation")
def gradient(w: World, expression: Expression) -> Gradient:
    """Give the partial derivative by every variable of an expression.

    expression: In at most four variables, such as x^2*y + y^3.
    """
    given = read("expression", expression)
    names = sorted(symbol.name for symbol in given.free_symbols)
    if not 1 <= len(names) <= 4:
        raise FailedPrecondition(f"expression has {len(names)} variables; one to four are asked for")
    return Gradient(parts=[Part(variable=name, derivative=write(differentiate(given, name, 1))) for name in names])


@calculus.tool(example={"expression": "cos(x) - x", "low": 0.0, "high": 1.0}, errors=ERRORS, kind="computation")
def find_root(w: World, expression: Expression, low: Point, high: Point, variable: Variable = "x") -> RootFound:
    """Find numerically where a continuous expression crosses zero.

    expression: In one variable, such as cos(x) - x.
    low: Lower end; the sign there must differ from that at the upper end.
    high: Upper end of the interval to search.
    variable: The variable, one letter.
    """
    given = require_variable(read("expression", expression), variable)
    if low >= high:
        raise InvalidArgument(f"low {low} must be below high {high}")
    left, right = (value_at(given, {variable: end}) for end in (low, high))
    if left is None or right is None or ((left > 0) == (right > 0) and left * right != 0):
        raise FailedPrecondition("expression does not change its sign between low and high")
    if left == 0 or right == 0:
        return RootFound(x=low if left == 0 else high)
    for _ in range(100):
        middle = (low + high) / 2
        value = value_at(given, {variable: middle})
        if value is None:
            raise FailedPrecondition(f"expression is not finite at {middle}")
        low, high = (middle, high) if (value > 0) == (left > 0) else (low, middle)
    near = value_at(given, {variable: low})
    if near is None or abs(near) > 1e-3 * max(1.0, abs(left), abs(right)):
        raise FailedPrecondition(f"expression jumps at {low:.6g} and does not cross zero there")
    return RootFound(x=float(f"{high:.9g}"))


def limit_at_infinity(top: Any, bottom: Any) -> Limit:
    """The limit of a fraction of polynomials for large arguments."""
    ratio = top.LC() / bottom.LC()
    if top.is_zero or top.degree() <= bottom.degree():
        return Limit(kind="finite", value=write(ratio if top.degree() == bottom.degree() else ratio * 0))
    return Limit(kind="plus_infinity" if ratio > 0 else "minus_infinity", value=None)


def kind_of(slope: Any, part: Any, x: float, times: int) -> Literal["minimum", "maximum", "inflection"]:
    """What lies where the slope has a root of that multiplicity."""
    if times % 2 == 0:
        return "inflection"
    rest = slope.quo(part**times).as_expr()
    rising = float(part.diff().as_expr().subs(part.gen, x)) > 0
    positive = float(rest.subs(part.gen, x)) > 0
    return "minimum" if rising == positive else "maximum"
