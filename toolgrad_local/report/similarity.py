"""How much each query resembles the query of the same run that is most like it."""

from collections.abc import Sequence

from toolgrad_local.report.text import ngrams


def nearest_neighbours(queries: Sequence[tuple[str, ...]]) -> list[float]:
    """For each query, given as words, the highest Jaccard index of its set of word pairs with any other query's.

    0 means that no other query shares two adjacent words with it, 1 that another has the same pairs. A query of
    fewer than two words counts as one pair of its own. Exact, not sampled; one query alone gives 0.
    """
    import numpy

    shingles = [sorted(set(ngrams(words, 2)) or {words}) for words in queries]
    holders: dict[tuple[str, ...], list[int]] = {}
    for index, found in enumerate(shingles):
        for shingle in found:
            holders.setdefault(shingle, []).append(index)
    posting = {shingle: numpy.array(where) for shingle, where in holders.items() if len(where) > 1}
    sizes = numpy.array([len(found) for found in shingles])
    nearest = []
    for index, found in enumerate(shingles):
        shared = [posting[shingle] for shingle in found if shingle in posting]
        if not shared:
            nearest.append(0.0)
            continue
        common = numpy.bincount(numpy.concatenate(shared), minlength=len(shingles))
        common[index] = 0
        nearest.append(float((common / (sizes + sizes[index] - common)).max()))
    return nearest
