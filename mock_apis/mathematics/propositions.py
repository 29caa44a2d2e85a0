"""Reading propositional formulas, and minimising them."""

import itertools
from collections.abc import Callable
from typing import Annotated

from pydantic import Field

from mock_apis.core.entities import Entity
from mock_apis.core.errors import InvalidArgument, ResourceExhausted

Proposition = Annotated[str, Field(pattern=r"^[a-z &|~>^()]+$"), Entity("logic.proposition")]
"""Letters with ~ not, & and, | or, ^ either-or, > implies."""
MOST_LETTERS = 6
Tree = Callable[[dict[str, bool]], bool]


def read(argument: str, text: str) -> tuple[list[str], Tree]:
    """The letters and the formula's function. Raises InvalidArgument or ResourceExhausted."""
    if len(text) > 200:
        raise ResourceExhausted(f"{argument} has {len(text)} characters, over 200")
    tree = parse(argument, text.strip())
    letters = sorted({letter for letter in text if letter.isalpha()})
    if len(letters) > MOST_LETTERS:
        raise ResourceExhausted(f"{argument} has {len(letters)} letters, over {MOST_LETTERS}")
    return letters, tree


def parse(argument: str, text: str) -> Tree:
    """The formula's function: > binds weakest and to the right, then |, ^, &, ~."""
    depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if depth < 0 or depth > 20:
            raise InvalidArgument(f"{argument}: brackets of '{text[:60]}' do not match or are nested over 20 deep")
    if depth:
        raise InvalidArgument(f"{argument}: a bracket of '{text[:60]}' is not closed")
    for operator in ">|^&":
        place = find_operator(text, operator)
        if place >= 0:
            return join(operator, parse(argument, text[:place].strip()), parse(argument, text[place + 1 :].strip()))
    if text.startswith("~"):
        return join("~", parse(argument, text[1:].strip()), None)
    if text.startswith("(") and text.endswith(")"):
        return parse(argument, text[1:-1].strip())
    if len(text) == 1 and text.isalpha():
        return lambda values: values.get(text, False)
    raise InvalidArgument(f"{argument}: '{text[:60]}' is no letter or formula; write p & (q | ~r)")


def find_operator(text: str, operator: str) -> int:
    """The first place of the operator outside brackets, or -1."""
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if sign == operator and depth == 0:
            return at
    return -1


def join(operator: str, one: Tree, two: Tree | None) -> Tree:
    """The function of an operator on one or two formulas."""
    if two is None:
        return lambda values: not one(values)
    return {
        ">": lambda values: not one(values) or two(values),
        "|": lambda values: one(values) or two(values),
        "^": lambda values: one(values) != two(values),
        "&": lambda values: one(values) and two(values),
    }[operator]


def tabulate(argument: str, text: str) -> tuple[list[str], list[tuple[tuple[bool, ...], bool]]]:
    """The letters, and the formula's value for each of their values, T before F."""
    letters, tree = read(argument, text)
    rows = itertools.product((True, False), repeat=len(letters))
    return letters, [(row, tree(dict(zip(letters, row, strict=True)))) for row in rows]


Implicant = tuple[bool | None, ...]


def cover(minterms: list[tuple[bool, ...]]) -> list[Implicant]:
    """Prime implicants that cover all minterms, chosen greedily, then thinned out."""
    primes: list[Implicant] = []
    level: list[Implicant] = list(minterms)
    while level:
        merged: dict[Implicant, None] = {}
        used: set[Implicant] = set()
        for one, two in itertools.combinations(level, 2):
            places = [at for at in range(len(one)) if one[at] != two[at]]
            if len(places) == 1 and None not in (one[places[0]], two[places[0]]):
                merged[(*one[: places[0]], None, *one[places[0] + 1 :])] = None
                used |= {one, two}
        primes += [term for term in level if term not in used]
        level = list(merged)
    left = list(minterms)
    chosen: list[Implicant] = []
    while left:
        best = max(primes, key=lambda prime: (sum(covers(prime, row) for row in left), prime.count(None)))
        chosen.append(best)
        left = [row for row in left if not covers(best, row)]
    for prime in list(chosen):
        others = [one for one in chosen if one != prime]
        if all(any(covers(one, row) for one in others) for row in minterms):
            chosen = others
    return chosen


def covers(prime: Implicant, row: tuple[bool, ...]) -> bool:
    """Whether the implicant is true for the row."""
    return all(value in (None, given) for value, given in zip(prime, row, strict=True))


def write_term(letters: list[str], prime: Implicant) -> str:
    """The and of the letters that are fixed."""
    parts = [
        letter if value else f"~{letter}" for letter, value in zip(letters, prime, strict=True) if value is not None
    ]
    return " & ".join(parts)
