"""Matrices with exact fractions inside and decimals outside."""

import math
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, ResourceExhausted
from mock_apis.mathematics.expressions import Expression
from mock_apis.mathematics.polynomials import real_roots_of

matrices = Domain("matrices", category="mathematics", description="Arithmetic with matrices of up to six rows.")

Number = Annotated[float, Field(ge=-1_000_000, le=1_000_000)]
Row = Annotated[list[Number], Field(min_length=1, max_length=6)]
Matrix = Annotated[list[Row], Field(min_length=1, max_length=6)]
Whole = Annotated[int, Field(ge=-1000, le=1000)]
WholeMatrix = Annotated[
    list[Annotated[list[Whole], Field(min_length=1, max_length=4)]], Field(min_length=1, max_length=4)
]


class Table(Record):
    rows: list[list[float]]


class Determinant(Record):
    value: float


class Echelon(Record):
    rank: int
    pivot_columns: list[int]
    """Counted from 1."""
    rows: list[list[float]]
    """Reduced row echelon form."""


class Vector(Record):
    values: list[float]


class Characteristic(Record):
    polynomial: Expression
    """det(x I - A); its roots are the eigenvalues."""
    trace: int
    determinant: int


class Eigenvalues(Record):
    real: list[float]
    """Each once, smallest first."""
    complex_count: int


class Fit(Record):
    coefficients: list[float]
    residual: float
    """Root of the sum of squared errors."""


@matrices.tool(example={"first": [[1, 2], [3, 4]], "second": [[0, 1], [1, 0]]}, kind="computation")
def multiply(w: World, first: Matrix, second: Matrix) -> Table:
    """Multiply two matrices.

    first: Rows of the left matrix, as long as the right one has rows.
    second: Rows of the right matrix.
    """
    one, two = read("first", first), read("second", second)
    if len(one[0]) != len(two):
        raise InvalidArgument(f"second has {len(two)} rows; first asks for {len(one[0])}")
    return Table(rows=decimals(product(one, two)))


@matrices.tool(example={"matrix": [[2, 1], [5, 3]]}, kind="computation")
def determinant(w: World, matrix: Matrix) -> Determinant:
    """Work out the determinant of a square matrix.

    matrix: As many rows as columns, one to six.
    """
    return Determinant(value=float(determinant_of(read_square("matrix", matrix))))


@matrices.tool(example={"matrix": [[2, 1], [5, 3]]}, errors=[FailedPrecondition], kind="computation")
def inverse(w: World, matrix: Matrix) -> Table:
    """Invert a square matrix.

    matrix: As many rows as columns, one to six, with a determinant that is not zero.
    """
    rows = read_square("matrix", matrix)
    size = len(rows)
    wide = [[*row, *(Fraction(at == column) for column in range(size))] for at, row in enumerate(rows)]
    if reduce(wide)[:size] != list(range(size)):
        raise FailedPrecondition("matrix is singular and has no inverse")
    return Table(rows=decimals([row[size:] for row in wide]))


@matrices.tool(example={"matrix": [[1, 2, 3], [4, 5, 6], [7, 8, 9]]}, kind="computation")
def row_reduce(w: World, matrix: Matrix) -> Echelon:
    """Bring a matrix to reduced row echelon form and give its rank.

    matrix: One to six rows of equal length.
    """
    rows = read("matrix", matrix)
    pivots = reduce(rows)
    return Echelon(rank=len(pivots), pivot_columns=[column + 1 for column in pivots], rows=decimals(rows))


@matrices.tool(
    example={"matrix": [[2, 1], [1, 3]], "right_side": [3, 5]}, errors=[FailedPrecondition], kind="computation"
)
def solve(w: World, matrix: Matrix, right_side: Row) -> Vector:
    """Solve A x = b for a square matrix A with one solution.

    matrix: Rows of A, as many as columns.
    right_side: The vector b, one number a row.
    """
    rows = read_square("matrix", matrix)
    if len(right_side) != len(rows):
        raise InvalidArgument(f"right_side has {len(right_side)} numbers; matrix has {len(rows)} rows")
    wide = [[*row, Fraction(number)] for row, number in zip(rows, right_side, strict=True)]
    if reduce(wide)[: len(rows)] != list(range(len(rows))):
        raise FailedPrecondition("matrix is singular: no solution or more than one")
    return Vector(values=decimals([[row[-1] for row in wide]])[0])


@matrices.tool(example={"matrix": [[2, 1], [1, 2]]}, kind="computation")
def characteristic_polynomial(w: World, matrix: WholeMatrix) -> Characteristic:
    """Write the characteristic polynomial of a square matrix in x.

    matrix: Whole numbers, as many rows as columns, one to four.
    """
    rows = read_square("matrix", [[float(number) for number in row] for row in matrix])
    numbers = characteristic(rows)
    size = len(rows)
    parts = []
    for power, number in zip(range(size, -1, -1), numbers, strict=True):
        factor = "" if power and abs(number) == 1 else f"{abs(number)}{'*' if power else ''}"
        letter = "" if not power else "x" if power == 1 else f"x^{power}"
        if number:
            parts.append(f"{'- ' if number < 0 else '+ '}{factor}{letter}")
    return Characteristic(
        polynomial=" ".join(parts).removeprefix("+ "),
        trace=-int(numbers[1]),
        determinant=int(numbers[-1]) * (-1) ** size,
    )


@matrices.tool(example={"matrix": [[2, 1], [1, 2]]}, kind="computation")
def eigenvalues(w: World, matrix: WholeMatrix) -> Eigenvalues:
    """Find the real eigenvalues of a square matrix and count the others.

    matrix: Whole numbers, as many rows as columns, one to four.
    """
    import sympy

    rows = read_square("matrix", [[float(number) for number in row] for row in matrix])
    poly = sympy.Poly([int(number) for number in characteristic(rows)], sympy.Symbol("x"))
    real: list[float] = []
    unreal = 0
    for part, _ in poly.factor_list()[1]:
        found = real_roots_of(part)
        real += found
        unreal += part.degree() - len(found)
    return Eigenvalues(real=sorted(real), complex_count=unreal)


@matrices.tool(example={"matrix": [[1, 1], [1, 0]], "exponent": 10}, errors=[ResourceExhausted], kind="computation")
def power(w: World, matrix: Matrix, exponent: Annotated[int, Field(ge=0, le=100)]) -> Table:
    """Raise a square matrix to a whole power.

    matrix: As many rows as columns, one to six.
    exponent: Power from 0 to 100; 0 gives the identity.
    """
    rows = [[float(number) for number in row] for row in read_square("matrix", matrix)]
    result = [[float(at == column) for column in range(len(rows))] for at in range(len(rows))]
    for _ in range(exponent):
        result = [
            [math.fsum(a * b for a, b in zip(row, column, strict=True)) for column in zip(*rows, strict=True)]
            for row in result
        ]
        if any(abs(number) > 1e200 for row in result for number in row):
            raise ResourceExhausted(f"exponent {exponent}: the numbers grow over 1e200")
    return Table(rows=result)


@matrices.tool(
    example={"matrix": [[1, 0], [1, 1], [1, 2]], "right_side": [6, 0, 0]},
    errors=[FailedPrecondition],
    kind="computation",
)
def least_squares(w: World, matrix: Matrix, right_side: Row) -> Fit:
    """Fit A x to b by least squares where there are more rows than unknowns.

    matrix: Rows of A with independent columns, at least as many rows as columns.
    right_side: The vector b, one number a row.
    """
    rows = read("matrix", matrix)
    if len(right_side) != len(rows):
        raise InvalidArgument(f"right_side has {len(right_side)} numbers; matrix has {len(rows)} rows")
    columns = [list(column) for column in zip(*rows, strict=True)]
    goal = [Fraction(number) for number in right_side]
    wide = [[*(dot(one, two) for two in columns), dot(one, goal)] for one in columns]
    if reduce(wide)[: len(columns)] != list(range(len(columns))):
        raise FailedPrecondition("matrix has columns that depend on each other")
    found = [row[-1] for row in wide]
    errors = [dot(row, found) - number for row, number in zip(rows, goal, strict=True)]
    return Fit(coefficients=decimals([found])[0], residual=math.sqrt(float(dot(errors, errors))))


def read(argument: str, rows: list[list[float]]) -> list[list[Fraction]]:
    """The rows as fractions. Raises InvalidArgument unless they are equally long."""
    if len({len(row) for row in rows}) != 1:
        raise InvalidArgument(f"{argument}: its rows differ in length")
    return [[Fraction(str(number)) for number in row] for row in rows]


def read_square(argument: str, rows: list[list[float]]) -> list[list[Fraction]]:
    """The rows as fractions. Raises InvalidArgument unless there are as many as columns."""
    found = read(argument, rows)
    if len(found) != len(found[0]):
        raise InvalidArgument(f"{argument} has {len(found)} rows and {len(found[0])} columns; it must be square")
    return found


def reduce(rows: list[list[Fraction]]) -> list[int]:
    """Bring the rows to reduced echelon form in place; the pivot columns."""
    pivots: list[int] = []
    for column in range(len(rows[0])):
        top = len(pivots)
        found = next((at for at in range(top, len(rows)) if rows[at][column]), None)
        if found is None:
            continue
        rows[top], rows[found] = rows[found], rows[top]
        head = rows[top][column]
        rows[top] = [number / head for number in rows[top]]
        for at in range(len(rows)):
            if at != top and rows[at][column]:
                times = rows[at][column]
                rows[at] = [number - times * above for number, above in zip(rows[at], rows[top], strict=True)]
        pivots.append(column)
    return pivots


def determinant_of(rows: list[list[Fraction]]) -> Fraction:
    """The determinant, from the characteristic polynomial."""
    last = characteristic(rows)[-1]
    return -last if len(rows) % 2 else last


def characteristic(rows: list[list[Fraction]]) -> list[Fraction]:
    """Coefficients of det(x I - A), highest power first (Faddeev and LeVerrier)."""
    size = len(rows)
    numbers = [Fraction(1)]
    current = [[Fraction(0)] * size for _ in rows]
    for step in range(1, size + 1):
        current = product(rows, current)
        for at in range(size):
            current[at][at] += numbers[-1]
        traced = product(rows, current)
        numbers.append(-sum((traced[at][at] for at in range(size)), Fraction(0)) / step)
    return numbers


def product(one: list[list[Fraction]], two: list[list[Fraction]]) -> list[list[Fraction]]:
    """The matrix product."""
    columns = [list(column) for column in zip(*two, strict=True)]
    return [[dot(row, column) for column in columns] for row in one]


def dot(one: list[Fraction], two: list[Fraction]) -> Fraction:
    """The sum of products."""
    total: Fraction = sum((a * b for a, b in zip(one, two, strict=True)), Fraction(0))
    return total


def decimals(rows: list[list[Fraction]]) -> list[list[float]]:
    """The rows as floats."""
    return [[float(number) for number in row] for row in rows]
