"""Propositional logic over a handful of letters, by truth tables."""

import itertools
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.errors import InvalidArgument, ResourceExhausted
from mock_apis.mathematics.propositions import MOST_LETTERS, Proposition, Tree, cover, read, tabulate, write_term

logic = Domain("logic", category="mathematics", description="Truth tables and forms of propositional formulas.")


class Assignment(Record):
    letter: str
    value: bool


class TruthTable(Record):
    letters: list[str]
    rows: list[str]
    """Values of the letters as T and F, a space, value of the formula."""
    kind: Literal["tautology", "contradiction", "contingent"]


class Model(Record):
    satisfiable: bool
    model_count: int
    model: list[Assignment]
    """The first one, T before F; empty if there is none."""


class Verdict(Record):
    holds: bool
    counterexample: list[Assignment]


class Form(Record):
    proposition: Proposition
    tautology: bool
    contradiction: bool


class Value(Record):
    value: bool


@logic.tool(example={"proposition": "p & (q | ~r)"}, errors=[ResourceExhausted], kind="computation")
def truth_table(w: World, proposition: Proposition) -> TruthTable:
    """Write the truth table of a propositional formula.

    proposition: Formula such as p & (q | ~r) in at most six letters; > is implies, ^ either-or.
    """
    letters, rows = tabulate("proposition", proposition)
    values = [value for _, value in rows]
    lines = ["".join("FT"[one] for one in row) + " " + "FT"[value] for row, value in rows]
    kind: Literal["tautology", "contradiction", "contingent"]
    kind = "tautology" if all(values) else "contingent" if any(values) else "contradiction"
    return TruthTable(letters=letters, rows=lines, kind=kind)


@logic.tool(example={"proposition": "(p | q) & ~p"}, errors=[ResourceExhausted], kind="computation")
def satisfy(w: World, proposition: Proposition) -> Model:
    """Find values of the letters that make a formula true, and count them.

    proposition: Formula such as (p | q) & ~p in at most six letters.
    """
    letters, rows = tabulate("proposition", proposition)
    models = [row for row, value in rows if value]
    first = assign(letters, models[0]) if models else []
    return Model(satisfiable=bool(models), model_count=len(models), model=first)


@logic.tool(example={"first": "p > q", "second": "~p | q"}, errors=[ResourceExhausted], kind="computation")
def equivalent(w: World, first: Proposition, second: Proposition) -> Verdict:
    """Tell whether two formulas are true in the same cases.

    first: Formula such as p > q.
    second: Formula such as ~p | q; at most six letters in both together.
    """
    (one, left), (two, right) = read("first", first), read("second", second)
    return prove([(lambda values: left(values) != right(values), True)], sorted({*one, *two}))


@logic.tool(
    example={"premises": ["p > q", "p"], "conclusion": "@logic_simplify.proposition"},
    errors=[ResourceExhausted],
    kind="computation",
)
def entails(
    w: World, premises: Annotated[list[Proposition], Field(min_length=1, max_length=6)], conclusion: Proposition
) -> Verdict:
    """Tell whether a conclusion follows from premises.

    premises: One to six formulas that are taken to be true.
    conclusion: Formula that is to follow; at most six letters in all.
    """
    given = [read("premises", premise) for premise in premises]
    last, goal = read("conclusion", conclusion)
    letters = sorted({letter for names, _ in given for letter in names} | set(last))
    return prove([*((tree, True) for _, tree in given), (goal, False)], letters)


@logic.tool(example={"proposition": "(p & q) | (~p & q)"}, errors=[ResourceExhausted], kind="computation")
def simplify(w: World, proposition: Proposition) -> Form:
    """Minimise a formula to a short or of ands (Quine and McCluskey).

    proposition: Formula such as (p & q) | (~p & q) in at most six letters.
    """
    letters, rows = tabulate("proposition", proposition)
    return minimise(letters, [row for row, value in rows if value])


@logic.tool(example={"letters": ["p", "q"], "true_rows": ["TF", "FT"]}, kind="computation")
def from_rows(
    w: World,
    letters: Annotated[list[Annotated[str, Field(pattern=r"^[a-z]$")]], Field(min_length=1, max_length=6)],
    true_rows: Annotated[list[Annotated[str, Field(pattern=r"^[TF]+$")]], Field(max_length=64)],
) -> Form:
    """Write a short formula that is true in just the given rows.

    letters: One to six different letters, in the order of the rows.
    true_rows: Values of the letters in each true row, such as TF.
    """
    if len(set(letters)) != len(letters):
        raise InvalidArgument("letters: a letter is given twice")
    if any(len(row) != len(letters) for row in true_rows):
        raise InvalidArgument(f"true_rows: every row must have {len(letters)} values, one a letter")
    return minimise(letters, sorted({tuple(sign == "T" for sign in row) for row in true_rows}, reverse=True))


@logic.tool(
    example={"proposition": "@logic_simplify.proposition", "true_letters": ["q"]},
    errors=[ResourceExhausted],
    kind="computation",
)
def evaluate(
    w: World,
    proposition: Proposition,
    true_letters: Annotated[list[Annotated[str, Field(pattern=r"^[a-z]$")]], Field(max_length=6)],
) -> Value:
    """Evaluate a formula with some letters true and all others false.

    proposition: Formula such as p & (q | ~r).
    true_letters: The letters that are true.
    """
    _, tree = read("proposition", proposition)
    return Value(value=tree(dict.fromkeys(true_letters, True)))


def minimise(letters: list[str], minterms: list[tuple[bool, ...]]) -> Form:
    """A short or of ands that is true for just these values."""
    if len(minterms) in (0, 2 ** len(letters)):
        always = bool(minterms)
        text = f"{letters[0]} {'|' if always else '&'} ~{letters[0]}"
        return Form(proposition=text, tautology=always, contradiction=not always)
    terms = [write_term(letters, implicant) for implicant in cover(minterms)]
    shown = [f"({term})" if "&" in term and len(terms) > 1 else term for term in terms]
    return Form(proposition=" | ".join(shown), tautology=False, contradiction=False)


def prove(trees: list[tuple[Tree, bool]], letters: list[str]) -> Verdict:
    """Whether no values give every formula the value beside it; else the first such values."""
    if len(letters) > MOST_LETTERS:
        raise ResourceExhausted(f"the formulas have {len(letters)} letters together, over {MOST_LETTERS}")
    for row in itertools.product((True, False), repeat=len(letters)):
        values = dict(zip(letters, row, strict=True))
        if all(tree(values) == wanted for tree, wanted in trees):
            return Verdict(holds=False, counterexample=assign(letters, row))
    return Verdict(holds=True, counterexample=[])


def assign(letters: list[str], row: tuple[bool, ...]) -> list[Assignment]:
    """The letters with their values."""
    return [Assignment(letter=letter, value=value) for letter, value in zip(letters, row, strict=True)]
