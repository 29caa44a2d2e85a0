"""Draws who asks, and how, by the sample's seed."""

from toolgrad_local.data_model.style import Style, StyleLists
from toolgrad_local.seeding import derive_seed


def draw_style(lists: StyleLists | None, languages: tuple[str, ...], seed: int, sample: int) -> Style:
    """One entry of each list; a plain style if there are no lists."""
    language = draw(languages, seed, "language", sample)
    if lists is None:
        return Style(persona="", situation="", tone="", length="", explicitness="", language=language)
    return Style(
        persona=draw(lists.personas, seed, "persona", sample),
        situation=draw(lists.situations, seed, "situation", sample),
        tone=draw(lists.tones, seed, "tone", sample),
        length=draw(lists.lengths, seed, "length", sample),
        explicitness=draw(lists.explicitness, seed, "explicitness", sample),
        language=language,
    )


def draw(items: tuple[str, ...], *labels: object) -> str:
    """One item, decided by the labels."""
    return items[derive_seed("style", *labels) % len(items)]
