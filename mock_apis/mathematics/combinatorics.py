"""Counting and listing arrangements, exactly."""

import itertools
import math
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.errors import FailedPrecondition, ResourceExhausted

combinatorics = Domain("combinatorics", category="mathematics", description="Count and list arrangements exactly.")

Small = Annotated[int, Field(ge=0, le=1000)]
MOST_DIGITS = 300


class Count(Record):
    count: str
    """All digits of the number."""


class Listing(Record):
    total: int
    arrangements: list[list[str]]


class Position(Record):
    position: int
    """Counted from 1 in dictionary order."""
    total: int
    following: str | None
    """The next arrangement; null for the last one."""


@combinatorics.tool(example={"things": 52, "chosen": 5}, errors=[ResourceExhausted], kind="computation")
def choose(w: World, things: Small, chosen: Small, ordered: bool = False, repeated: bool = False) -> Count:
    """Count the ways to choose some of many things.

    things: How many different things there are, 0 to 1000.
    chosen: How many are chosen, 0 to 1000.
    ordered: Whether their order counts.
    repeated: Whether a thing may be chosen more than once.
    """
    if ordered:
        number = things**chosen if repeated else math.perm(things, chosen)
    elif repeated:
        number = math.comb(things + chosen - 1, chosen) if things else int(chosen == 0)
    else:
        number = math.comb(things, chosen)
    return Count(count=write("chosen", number))


@combinatorics.tool(example={"kind": "catalan", "size": 5}, errors=[ResourceExhausted], kind="computation")
def special_number(
    w: World,
    kind: Literal["factorial", "derangements", "catalan", "bell", "partitions", "fibonacci"],
    size: Annotated[int, Field(ge=0, le=150)],
) -> Count:
    """Give a famous counting number, such as Catalan's or Bell's.

    kind: Which numbers; derangements leave nothing in place, partitions split a number into a sum.
    size: Index, 0 to 150.
    """
    return Count(
        count=write(
            "size",
            {
                "factorial": math.factorial,
                "derangements": derangements,
                "catalan": lambda n: math.comb(2 * n, n) // (n + 1),
                "bell": bell,
                "partitions": partitions,
                "fibonacci": fibonacci,
            }[kind](size),
        )
    )


@combinatorics.tool(example={"letters": "banana"}, errors=[ResourceExhausted], kind="computation")
def anagram_count(w: World, letters: Annotated[str, Field(pattern=r"^[a-z]+$")]) -> Count:
    """Count the different orders of the letters of a word.

    letters: Lower-case letters, at most 100.
    """
    if len(letters) > 100:
        raise ResourceExhausted(f"letters: {len(letters)} letters are over 100")
    number = math.factorial(len(letters))
    for letter in sorted(set(letters)):
        number //= math.factorial(letters.count(letter))
    return Count(count=write("letters", number))


@combinatorics.tool(example={"letters": "bca"}, errors=[ResourceExhausted], kind="computation")
def arrangement_rank(w: World, letters: Annotated[str, Field(pattern=r"^[a-z]+$")]) -> Position:
    """Find where an order of letters stands among all orders of them.

    letters: Lower-case letters, at most 16; the same letter may stand more than once.
    """
    if len(letters) > 16:
        raise ResourceExhausted(f"letters: {len(letters)} letters are over 16")
    rank, left = 1, sorted(letters)
    for letter in letters:
        for smaller in sorted(set(left)):
            if smaller < letter:
                rest = list(left)
                rest.remove(smaller)
                rank += orders_of(rest)
        left.remove(letter)
    return Position(position=rank, total=orders_of(sorted(letters)), following=next_order(letters))


@combinatorics.tool(
    example={"items": ["red", "green", "blue"], "size": 2}, errors=[FailedPrecondition], kind="computation"
)
def list_choices(
    w: World,
    items: Annotated[list[str], Field(min_length=1, max_length=8)],
    size: Annotated[int, Field(ge=1, le=8)],
    ordered: bool = False,
    limit: Annotated[int, Field(ge=1, le=20)] = 10,
) -> Listing:
    """List the choices of a fixed size from a few items.

    items: One to eight different items.
    size: How many to choose, at most as many as there are.
    ordered: Whether each order is listed.
    limit: At most this many choices.
    """
    if size > len(items) or len(set(items)) != len(items) or any(len(item) > 40 for item in items):
        raise FailedPrecondition("items must differ, have at most 40 characters and be no fewer than size")
    total = (math.perm if ordered else math.comb)(len(items), size)
    found = (itertools.permutations if ordered else itertools.combinations)(items, size)
    return Listing(total=total, arrangements=[list(choice) for choice in itertools.islice(found, limit)])


def write(argument: str, number: int) -> str:
    """The digits. Raises ResourceExhausted."""
    if number >= 10**MOST_DIGITS:
        raise ResourceExhausted(f"{argument}: the count has over {MOST_DIGITS} digits")
    return str(number)


def derangements(size: int) -> int:
    """Permutations without a fixed point."""
    value = 1
    for at in range(1, size + 1):
        value = value * at + (-1) ** at
    return value


def bell(size: int) -> int:
    """Partitions of a set, by Bell's triangle."""
    row = [1]
    for _ in range(size):
        row = list(itertools.accumulate(row, initial=row[-1]))
    return row[0]


def partitions(size: int) -> int:
    """Ways to write a number as a sum of positive ones, in no order."""
    ways = [1] + [0] * size
    for part in range(1, size + 1):
        for total in range(part, size + 1):
            ways[total] += ways[total - part]
    return ways[size]


def fibonacci(size: int) -> int:
    """F(0) = 0, F(1) = 1."""
    one, two = 0, 1
    for _ in range(size):
        one, two = two, one + two
    return one


def orders_of(letters: list[str]) -> int:
    """Different orders of the letters."""
    number = math.factorial(len(letters))
    for letter in sorted(set(letters)):
        number //= math.factorial(letters.count(letter))
    return number


def next_order(letters: str) -> str | None:
    """The next order of the letters in the dictionary."""
    row = list(letters)
    for at in range(len(row) - 2, -1, -1):
        if row[at] < row[at + 1]:
            other = next(place for place in range(len(row) - 1, at, -1) if row[place] > row[at])
            row[at], row[other] = row[other], row[at]
            return "".join(row[: at + 1] + row[:at:-1])
    return None
