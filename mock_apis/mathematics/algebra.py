"""Exact algebra on expressions."""

from typing import Annotated, Any

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, ResourceExhausted
from mock_apis.mathematics.expressions import Expression, Variable, read, read_polynomial, value_at, write
from mock_apis.mathematics.polynomials import real_roots_of

algebra = Domain("algebra", category="mathematics", description="Exact algebra on expressions such as x^2 + 3*x.")

Root = Annotated[float, Field(ge=-1e6, le=1e6)]


class Rewritten(Record):
    expression: Expression


class Simplified(Record):
    expression: Expression
    changed: bool


class Factored(Record):
    expression: Expression
    factor_count: int
    """With their multiplicity, numbers not counted."""


class Assignment(Record):
    variable: Variable
    value: Expression


class Substituted(Record):
    expression: Expression
    decimal: float | None
    """Null if variables are left."""


class Solution(Record):
    exact: Expression | None
    """Null where only decimals are given."""
    decimal: float


class Solutions(Record):
    degree: int
    real: list[Solution]
    """Each root once, smallest first."""
    complex_count: int
    """Different roots that are not real."""


class SystemSolution(Record):
    values: list[Assignment]


class Division(Record):
    quotient: Expression
    remainder: Expression
    common_divisor: Expression


class Verdict(Record):
    equal: bool
    difference: Expression


BOTH = [ResourceExhausted, FailedPrecondition]


@algebra.tool(example={"expression": "(x + 2)*(x - 3)"}, errors=BOTH, kind="computation")
def expand(w: World, expression: Expression) -> Rewritten:
    """Multiply out the brackets of an expression.

    expression: For example (x + 2)*(x - 3); powers are written with ^.
    """
    import sympy

    return Rewritten(expression=write(sympy.expand(read("expression", expression))))


@algebra.tool(example={"expression": "@algebra_expand.expression"}, errors=BOTH, kind="computation")
def factor(w: World, expression: Expression) -> Factored:
    """Factor a polynomial over the fractions.

    expression: Polynomial of at most degree 12, for example x^2 - x - 6.
    """
    import sympy

    given = read("expression", expression)
    symbols = sorted(given.free_symbols, key=str)
    if len(symbols) > 3 or not symbols or not given.is_polynomial(*symbols):
        raise FailedPrecondition("expression is no polynomial in one to three variables")
    poly = sympy.Poly(given, *symbols)
    if not all(number.is_Rational for number in poly.coeffs()):
        raise FailedPrecondition("expression has coefficients that are no fractions")
    if poly.total_degree() > 12 // len(symbols):
        raise ResourceExhausted(f"expression has degree {poly.total_degree()}, over {12 // len(symbols)}")
    count = sum(times for _, times in poly.factor_list()[1])
    return Factored(expression=write(sympy.factor(given)), factor_count=count)


@algebra.tool(example={"expression": "(x^2 - 1)/(x - 1) + sin(x)^2 + cos(x)^2"}, errors=BOTH, kind="computation")
def simplify(w: World, expression: Expression) -> Simplified:
    """Shorten an expression: cancel fractions, use sin^2 + cos^2 = 1.

    expression: For example (x^2 - 1)/(x - 1).
    """
    import sympy
    from sympy.simplify.fu import TR5

    given = read("expression", expression)
    expanded = sympy.expand(given)
    candidates = [given, expanded, sympy.expand(TR5(expanded))]
    symbols = sorted(given.free_symbols, key=str)
    if symbols and len(symbols) <= 3:
        inner = candidates[-1] if candidates[-1].count_ops() < given.count_ops() else given
        candidates += [sympy.cancel(part) for part in (given, inner) if part.is_rational_function(*symbols)]
        candidates.append(
            sum((cancel_fraction(part, symbols) for part in sympy.Add.make_args(given)), sympy.Integer(0))
        )
        candidates.append(sympy.expand(TR5(sympy.expand(candidates[-1]))))
    best = min(candidates, key=lambda one: (one.count_ops(), len(str(one)), str(one)))
    return Simplified(expression=write(best), changed=best != given)


@algebra.tool(
    example={"expression": "@algebra_expand.expression", "values": [{"variable": "x", "value": "1/2"}]},
    errors=BOTH,
    kind="computation",
)
def substitute(
    w: World, expression: Expression, values: Annotated[list[Assignment], Field(min_length=1, max_length=5)]
) -> Substituted:
    """Put values or expressions in place of variables, all at once.

    expression: For example x^2 - x - 6.
    values: Each variable once, with a number or an expression to stand for it.
    """
    import sympy

    given = read("expression", expression)
    if len({one.variable for one in values}) != len(values):
        raise InvalidArgument("values: a variable is given twice")
    pairs = {sympy.Symbol(one.variable, real=True): read("values", one.value) for one in values}
    # Undefined points make sympy build zoo or nan, which `write` refuses.
    result = given.subs(pairs, simultaneous=True)
    text = write(result)
    return Substituted(expression=text, decimal=None if result.free_symbols else value_at(result, {}))


@algebra.tool(example={"expression": "@algebra_expand.expression"}, errors=BOTH, kind="computation")
def roots(w: World, expression: Expression, equals: Expression = "0", variable: Variable = "x") -> Solutions:
    """Solve a polynomial equation in one variable.

    expression: Left side, a polynomial of degree 1 to 8, such as x^2 - x - 6.
    equals: Right side of the equation.
    variable: The unknown, one letter.
    """
    import sympy

    poly = read_polynomial("expression", read("expression", expression) - read("equals", equals), variable, 8)
    if poly.degree() < 1:
        raise FailedPrecondition(f"expression minus equals has no {variable} in it")
    found: list[Solution] = []
    unreal = 0
    for part, _ in poly.factor_list()[1]:
        if part.degree() <= 2:
            exact = [root for root in sympy.roots(part) if root.is_real]
            found += [Solution(exact=write(root), decimal=float(root)) for root in exact]
            unreal += part.degree() - len(exact)
        else:
            near = real_roots_of(part)
            found += [Solution(exact=None, decimal=root) for root in near]
            unreal += part.degree() - len(near)
    found.sort(key=lambda root: root.decimal)
    return Solutions(degree=poly.degree(), real=found, complex_count=unreal)


@algebra.tool(example={"equations": ["x + y - 10", "2*x - y - 2"]}, errors=BOTH, kind="computation")
def solve_system(w: World, equations: Annotated[list[Expression], Field(min_length=2, max_length=4)]) -> SystemSolution:
    """Solve two to four linear equations that have one solution.

    equations: Expressions that are to be zero, such as x + y - 10 for x + y = 10.
    """
    import sympy

    given = [read("equations", text) for text in equations]
    symbols = sorted(set().union(*(one.free_symbols for one in given)), key=str)
    if len(symbols) != len(given):
        raise FailedPrecondition(f"equations have {len(symbols)} unknowns; {len(given)} equations ask for as many")
    if not all(one.is_polynomial(*symbols) and sympy.Poly(one, *symbols).total_degree() <= 1 for one in given):
        raise FailedPrecondition("equations: one of them is not linear")
    matrix, right = sympy.linear_eq_to_matrix(given, symbols)
    if not all(number.is_Rational for number in (*matrix, *right)):
        raise FailedPrecondition("equations have coefficients that are no fractions")
    if matrix.det() == 0:
        raise FailedPrecondition("equations have no solution or more than one")
    solved = matrix.LUsolve(right)
    rows = [
        Assignment(variable=symbol.name, value=write(value))
        for symbol, value in zip(symbols, solved, strict=True)
        if symbol.name != "e"
    ]
    return SystemSolution(values=rows)


@algebra.tool(example={"dividend": "x^3 - 1", "divisor": "x - 1"}, errors=BOTH, kind="computation")
def divide(w: World, dividend: Expression, divisor: Expression, variable: Variable = "x") -> Division:
    """Divide polynomials with remainder and find their common divisor.

    dividend: Polynomial of at most degree 12, such as x^3 - 1.
    divisor: Polynomial of at most degree 12, not zero.
    variable: The variable of both, one letter.
    """
    import sympy

    one = read_polynomial("dividend", read("dividend", dividend), variable, 12)
    two = read_polynomial("divisor", read("divisor", divisor), variable, 12)
    if two.is_zero:
        raise InvalidArgument("divisor is zero")
    quotient, remainder = sympy.div(one, two)
    common = sympy.gcd(one, two)
    return Division(
        quotient=write(quotient.as_expr()), remainder=write(remainder.as_expr()), common_divisor=write(common.as_expr())
    )


@algebra.tool(example={"expression": "(3*x + 5)/(x^2 - 1)"}, errors=BOTH, kind="computation")
def partial_fractions(w: World, expression: Expression, variable: Variable = "x") -> Rewritten:
    """Split a fraction of polynomials into partial fractions.

    expression: Fraction in one variable, degrees at most 6, such as (3*x + 5)/(x^2 - 1).
    variable: The variable, one letter.
    """
    import sympy

    above, below = sympy.fraction(sympy.together(read("expression", expression)))
    top = read_polynomial("expression", sympy.expand(above), variable, 6)
    bottom = read_polynomial("expression", sympy.expand(below), variable, 6)
    return Rewritten(expression=write(sympy.apart(top.as_expr() / bottom.as_expr(), sympy.Symbol(variable, real=True))))


@algebra.tool(example={"roots": [-2, 3]}, errors=BOTH, kind="computation")
def from_roots(
    w: World, roots: Annotated[list[Annotated[int, Field(ge=-1000, le=1000)]], Field(min_length=1, max_length=6)]
) -> Rewritten:
    """Write the polynomial in x with leading coefficient 1 and given roots.

    roots: One to six whole numbers; a double root is given twice.
    """
    import sympy

    x = sympy.Symbol("x", real=True)
    return Rewritten(expression=write(sympy.expand(sympy.prod([x - root for root in roots]))))


@algebra.tool(example={"first": "(x + 1)^2", "second": "x^2 + 2*x + 1"}, errors=BOTH, kind="computation")
def are_equal(w: World, first: Expression, second: Expression) -> Verdict:
    """Tell whether two rational expressions are the same for every value.

    first: Expression of + - * / and whole powers, such as (x + 1)^2.
    second: Another such expression.
    """
    import sympy

    difference = read("first", first) - read("second", second)
    symbols = sorted(difference.free_symbols, key=str)
    if len(symbols) > 3 or (symbols and not difference.is_rational_function(*symbols)):
        raise FailedPrecondition("first or second is no fraction of polynomials in at most three variables")
    rest = sympy.cancel(difference)
    return Verdict(equal=rest == 0, difference=write(rest))


def cancel_fraction(term: Any, symbols: list[Any]) -> Any:
    """The term, cancelled if it is a fraction of polynomials."""
    import sympy

    return sympy.cancel(term) if term.is_rational_function(*symbols) else term
