"""Which side a workflow is on."""

import pytest

from toolgrad_local.errors import ConfigError
from toolgrad_local.export.row import Row
from toolgrad_local.export.split import assign_splits, find_overlap, normalise_query

GROUPS = [f"w{number:06d}" for number in range(200)]


def count_test(sides: dict[str, str]) -> int:
    """Groups in test."""
    return sum(side == "test" for side in sides.values())


@pytest.mark.parametrize(
    ("groups", "share", "expected"),
    [(200, 0.1, 20), (200, 0.0, 0), (200, 1.0, 200), (2, 0.1, 1), (2, 0.9, 1), (3, 0.1, 1), (1, 0.0, 0), (1, 1.0, 1)],
)
def test_a_share_of_the_groups_goes_to_test_and_one_at_least(groups: int, share: float, expected: int) -> None:
    assert count_test(assign_splits(GROUPS[:groups], (), share, 0)) == expected


def test_the_order_of_the_groups_does_not_matter_and_the_seed_does() -> None:
    sides = assign_splits(GROUPS, (), 0.1, 0)
    assert assign_splits(GROUPS[::-1], (), 0.1, 0) == sides
    assert assign_splits(GROUPS, (), 0.1, 1) != sides


def test_held_out_groups_come_on_top_of_the_share() -> None:
    sides = assign_splits(GROUPS, GROUPS[:50], 0.1, 0)
    assert {sides[group] for group in GROUPS[:50]} == {"test"}
    assert count_test(sides) == 50 + 15


def test_small_talk_moves_no_workflow_to_the_other_side() -> None:
    chats = [f"n{number:04d}" for number in range(30)]
    sides = assign_splits([*GROUPS, *chats], (), 0.3, 0)
    assert {group: sides[group] for group in GROUPS} == assign_splits(GROUPS, (), 0.3, 0)
    assert count_test({chat: sides[chat] for chat in chats}) == 9


@pytest.mark.parametrize(
    ("groups", "held", "share", "message"),
    [
        (GROUPS[:1], (), 0.5, "leaves no workflow to test of 1|leaves no workflow to train of 1"),
        (GROUPS[:5], GROUPS[:5], 0.2, "leaves no workflow to train of 5; hold out fewer domains"),
    ],
)
def test_a_side_that_was_asked_for_and_is_empty_is_refused(
    groups: list[str], held: list[str], share: float, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        assign_splits(groups, held, share, 0)


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("What's up?", "what s UP", True),
        ("Größe: 5", "GRÖSSE 5", True),
        ("a_b", "a b", True),
        ("5 km", "5km", False),
        ("-5", "5", True),
    ],
)
def test_queries_are_compared_without_case_and_punctuation(one: str, other: str, equal: bool) -> None:
    assert (normalise_query(one) == normalise_query(other)) is equal


def make_row(row_id: str, query: str) -> Row:
    """A row of little else."""
    return Row(id=row_id, query=query, today=None, tools=None, turns=(), thought=None, answer=None)


def test_overlap_is_found_by_query_and_by_group() -> None:
    train = [make_row("w000001", "Hi!"), make_row("w000002", "Bye"), make_row("n0001", "So")]
    test = [make_row("w000003", "hi"), make_row("w000002-irrelevance", "No")]
    assert find_overlap(train, test) == ({"w000001"}, {"w000002"})
