import re

import pytest

from toolgrad_local.negatives.no_tool import read_chats
from toolgrad_local.negatives.wording import IRRELEVANCE, MISSING_PARAMETER, MISSING_TOOL, ask_for, say_lacking


@pytest.mark.parametrize("wordings", [IRRELEVANCE, MISSING_TOOL, MISSING_PARAMETER], ids=["far", "near", "value"])
def test_there_are_a_dozen_wordings_of_each_kind(wordings: tuple[str, ...]) -> None:
    assert len(set(wordings)) == len(wordings) >= 12


def test_all_begin_with_one_token_and_then_differ() -> None:
    first, second = zip(
        *(re.findall(r"\w+", text)[:2] for text in IRRELEVANCE + MISSING_TOOL + MISSING_PARAMETER), strict=True
    )
    assert set(first) == {"I"}
    assert len(set(second)) >= 12


def test_every_wording_says_what_is_lacking() -> None:
    assert all("{or}" in wording or "{and}" in wording for wording in IRRELEVANCE + MISSING_TOOL)
    assert all("{what}" in wording for wording in MISSING_PARAMETER)


def test_at_most_two_things_are_named_and_each_once() -> None:
    said = {say_lacking(MISSING_TOOL, ["park", "park", "fly", "swim"], seed) for seed in range(60)}
    assert len(said) == len(MISSING_TOOL)
    assert all("swim" not in text and text.count("park") == 1 for text in said)
    assert any("park or fly" in text for text in said)


def test_the_seed_picks_the_wording() -> None:
    assert ask_for("the day", 1, "w1") == ask_for("the day", 1, "w1")
    assert len({ask_for("the day", seed, "w1") for seed in range(60)}) == len(MISSING_PARAMETER)


def test_the_bundled_chats_are_many_different_and_short() -> None:
    chats = read_chats()
    assert len({chat.query.casefold() for chat in chats}) == len({chat.answer for chat in chats}) == len(chats) >= 120
    assert all(len(chat.query) <= 120 and len(chat.answer) <= 200 for chat in chats)
