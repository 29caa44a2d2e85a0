"""Train and test: whole workflows, decided by a keyed hash of the group and the seed."""

import re
from collections.abc import Iterable, Mapping, Sequence

from toolgrad_local.data_model.example import Split
from toolgrad_local.errors import ConfigError
from toolgrad_local.export.row import Row, group_of, kind_of
from toolgrad_local.seeding import shuffle

SPLITS: tuple[Split, ...] = ("train", "test")
NO_WORD = re.compile(r"[\W_]+")


def assign_splits(groups: Iterable[str], held_out: Iterable[str], share: float, seed: int) -> dict[str, Split]:
    """Each group's side: the held-out groups in test, and of the others the share, at least one unless it is 0.

    Small talk, which has no workflow, is divided by itself: how much of it there is moves no workflow to the other
    side. Raises ConfigError if a side that was asked for would be empty.
    """
    test = set(held_out)
    left = [group for group in sorted(groups) if group not in test]
    chats = [group for group in left if kind_of(group) == "no_tool"]
    sides = divide([group for group in left if kind_of(group) != "no_tool"], share, seed)
    sides |= divide(chats, share, seed) | dict.fromkeys(sorted(test), "test")
    require_sides(sides, share)
    return sides


def divide(groups: Sequence[str], share: float, seed: int) -> dict[str, Split]:
    """The share of the groups in test, at least one of several unless it is 0."""
    ordered = shuffle(groups, "split", seed)
    count = round(share * len(ordered))
    if 0 < share < 1 and len(ordered) > 1:
        count = min(max(count, 1), len(ordered) - 1)
    return {group: "test" if place < count else "train" for place, group in enumerate(ordered)}


def require_sides(sides: Mapping[str, Split], share: float) -> None:
    """Raises ConfigError if train or test is empty but was asked for."""
    if share < 1 and "train" not in sides.values():
        raise ConfigError(f"--split {share:g} leaves no workflow to train of {len(sides)}; hold out fewer domains")
    if share > 0 and "test" not in sides.values():
        raise ConfigError(
            f"--split {share:g} leaves no workflow to test of {len(sides)}; use --split 0, or more samples"
        )


def normalise_query(query: str) -> str:
    """What two queries share that differ in case, punctuation and spaces alone."""
    return NO_WORD.sub(" ", query.casefold()).strip()


def find_overlap(train: Iterable[Row], test: Iterable[Row]) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of the train rows whose query is in test too, and groups that are in both."""
    tested = list(test)
    queries = {normalise_query(row.query) for row in tested}
    groups = {group_of(row.id) for row in tested}
    same_query, same_group = set(), set()
    for row in train:
        if normalise_query(row.query) in queries:
            same_query.add(row.id)
        if group_of(row.id) in groups:
            same_group.add(group_of(row.id))
    return frozenset(same_query), frozenset(same_group)
