"""Genes as letter pairs, capital dominant."""

import itertools
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from mock_apis.core.entities import Entity
from mock_apis.core.errors import InvalidArgument

Genotype = Annotated[str, Field(pattern=r"^[A-Za-z]{2,6}$"), Entity("genetics.genotype")]


def read_genes(argument: str, text: str) -> list[str]:
    """The letter pairs, capital first. Raises InvalidArgument."""
    pairs = ["".join(sorted(text[at : at + 2])) for at in range(0, len(text), 2)]
    letters = [pair.casefold() for pair in pairs]
    if any(len(pair) != 2 or pair[0] != pair[1] for pair in letters) or len(set(letters)) != len(letters):
        raise InvalidArgument(f"{argument} {text} must be pairs of one letter, each gene once, such as AaBb")
    return pairs


def combine_pairs(one: str, two: str) -> dict[str, Fraction]:
    """Offspring of one gene, with their chances."""
    found: dict[str, Fraction] = {}
    for a, b in itertools.product(one, two):
        child = "".join(sorted(a + b))
        found[child] = found.get(child, Fraction(0)) + Fraction(1, 4)
    return found


def traits_of(pair: str) -> str:
    """A_ for AA and Aa, aa for aa."""
    return f"{pair[0]}_" if pair[0].isupper() else pair
