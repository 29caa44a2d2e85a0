"""Who asks, and how, is drawn by the sample's seed."""

from collections import Counter

from toolgrad_local.data_model.style import Style, StyleLists
from toolgrad_local.loop.style import draw_style

LISTS = StyleLists(
    personas=("a nurse", "a pupil", "a cook"),
    situations=("at home", "at work"),
    tones=("brisk", "polite"),
    lengths=("short", "long"),
    explicitness=("plain", "woven"),
)


def test_a_style_is_decided_by_seed_and_sample() -> None:
    styles = [draw_style(LISTS, ("English",), 7, sample) for sample in range(300)]
    assert styles == [draw_style(LISTS, ("English",), 7, sample) for sample in range(300)]
    assert styles != [draw_style(LISTS, ("English",), 8, sample) for sample in range(300)]
    assert len(set(map(str, styles))) == 3 * 2 * 2 * 2 * 2
    assert min(Counter(style.persona for style in styles).values()) > 70


def test_lists_are_drawn_from_one_by_one() -> None:
    pairs = Counter((style.tone, style.length) for style in (draw_style(LISTS, ("English",), 7, n) for n in range(400)))
    assert min(pairs.values()) > 60


def test_a_run_without_styles_has_plain_ones() -> None:
    assert draw_style(None, ("English",), 7, 3) == Style(persona="", situation="", tone="", length="", explicitness="")


def test_languages_are_mixed_with_and_without_styles() -> None:
    for lists in (LISTS, None):
        languages = Counter(draw_style(lists, ("English", "French"), 7, sample).language for sample in range(200))
        assert set(languages) == {"English", "French"}
        assert min(languages.values()) > 70
