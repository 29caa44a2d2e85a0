"""Queries that ask nearly the same as an earlier one of the run."""

import re
from collections import Counter
from collections.abc import Sequence

MOST_SHARED = 0.8
"""Two queries whose word triples overlap by this much (Jaccard) are one."""
WORD = re.compile(r"\w+")


def find_duplicates(queries: Sequence[str]) -> dict[int, int]:
    """Index of each near-duplicate to the index of the earlier query that it repeats.

    Exact: a pair that is similar enough shares one of its rarest triples, so only such pairs are compared.
    """
    shingled = [shingle(query) for query in queries]
    spread = Counter(triple for triples in shingled for triple in triples)
    holders: dict[str, list[int]] = {}
    repeated: dict[int, int] = {}
    for index, triples in enumerate(shingled):
        rare = sorted(triples, key=lambda triple: (spread[triple], triple))
        prefix = rare[: len(rare) - int(MOST_SHARED * len(rare)) + 1]
        earlier = sorted({other for triple in prefix for other in holders.get(triple, ())})
        same = next((other for other in earlier if overlap(triples, shingled[other]) >= MOST_SHARED), None)
        if same is not None:
            repeated[index] = same
            continue
        for triple in prefix:
            holders.setdefault(triple, []).append(index)
    return repeated


def shingle(query: str) -> frozenset[str]:
    """Runs of three words, lower case; a shorter query is one run."""
    words = WORD.findall(query.casefold())
    return frozenset(" ".join(words[i : i + 3]) for i in range(max(1, len(words) - 2)))


def overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """Jaccard similarity."""
    return len(left & right) / max(1, len(left | right))
