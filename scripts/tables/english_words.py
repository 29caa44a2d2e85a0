"""Common English words with their forms, pronunciations and senses."""

import re
from collections.abc import Iterator
from typing import Any

from tables._wordnet import (
    CMUDICT,
    CMUDICT_VERSION,
    UNFIT_WORDS,
    WORDNET,
    WORDNET_VERSION,
    common_words,
    pronunciations,
    synsets,
)
from tables.wordnet import sense_name, word_senses

SOURCE = f"CMUdict, from npm {CMUDICT}@{CMUDICT_VERSION}; word choice and senses from npm {WORDNET}@{WORDNET_VERSION}"
LICENCE = "CMUdict: BSD-2-Clause, package ISC; WordNet License (permissive)"
ATTRIBUTION = (
    "CMUdict Copyright (C) 1993-2015 Carnegie Mellon University. All rights reserved. "
    "WordNet 3.1 Copyright 2011 by Princeton University. All rights reserved."
)
NOTE = (
    "Function words, then the common words, those most frequent in WordNet's tagged texts first, then their regular "
    "forms in -s, -ed, -ing, -er, -est and some irregular ones, if CMUdict has them. `base` is the word that a form is "
    "of."
)
FUNCTION_TEXT = (
    "the of and to in that is was he for it with as his on at by they from we say her she or an will my would there "
    "their what about who which when can like no him into your could them than its over how our because any these us "
    "a i you me if this those but did does am are were been being has had having shall should might must may upon "
    "without within toward though although while since until unless whom whose where why each every either neither "
    "both few less least several such another anything everything nothing something someone anyone everyone nobody "
    "himself herself itself themselves myself yourself ourselves yours hers ours theirs mine off onto among amongst "
    "thee thou thy oh"
)
IRREGULAR_TEXT = (
    "went:go gone:go did:do done:do saw:see seen:see came:come took:take taken:take gave:give given:give got:get "
    "made:make said:say told:tell knew:know known:know thought:think felt:feel found:find began:begin begun:begin "
    "kept:keep held:hold wrote:write written:write stood:stand heard:hear ran:run sat:sit spoke:speak spoken:speak "
    "brought:bring bought:buy built:build sent:send spent:spend lost:lose paid:pay met:meet grew:grow grown:grow "
    "drew:draw drawn:draw broke:break broken:break fell:fall fallen:fall flew:fly flown:fly ate:eat eaten:eat "
    "drank:drink drunk:drink sang:sing sung:sing swam:swim wore:wear worn:wear won:win threw:throw thrown:throw "
    "taught:teach caught:catch fought:fight slept:sleep sold:sell rode:ride rose:rise risen:rise drove:drive "
    "driven:drive chose:choose chosen:choose forgot:forget shook:shake stole:steal stolen:steal men:man "
    "women:woman "
    "children:child feet:foot teeth:tooth mice:mouse geese:goose people:person lives:life wives:wife knives:knife "
    "leaves:leaf wolves:wolf halves:half shelves:shelf loaves:loaf better:good best:good worse:bad worst:bad"
)
FUNCTION_WORDS = FUNCTION_TEXT.split()
IRREGULAR = dict(pair.split(":") for pair in IRREGULAR_TEXT.split())


def build() -> Iterator[dict[str, Any]]:
    """The rows, in their order."""
    said, common = pronunciations(), common_words()
    words: dict[str, str] = {word: word for word in FUNCTION_WORDS if word in said}
    words |= {word: word for word in common if word not in words}
    for form in [*IRREGULAR, *sorted(said)]:
        base = IRREGULAR.get(form) or regular_base(form)
        if form not in words and base in common and form not in UNFIT_WORDS:
            words[form] = base
    for word, base in words.items():
        row: dict[str, Any] = {"word": word, "sounds": [tidy(sounds) for sounds in said[word]]}
        names = [sense_name(synsets()[key]) for key in word_senses(word)] if word in common else []
        yield row | ({"base": base} if base != word else {}) | ({"senses": names} if names else {})


def tidy(sounds: str) -> str:
    """One space between sounds."""
    return " ".join(sounds.split())


def regular_base(form: str) -> str | None:
    """The common word of which this is a regular form of the right part of speech, or None."""
    if not re.fullmatch(r"[a-z]{4,}", form):
        return None
    doubled = r"^(.*([bdgklmnprtv]))\2"
    rules = (
        (r"ies$", "y", "nv"), (r"(?<=[sxz])es$|(?<=[cs]h)es$", "", "nv"), (r"(?<=[^su])s$", "", "nv"),
        (r"ied$", "y", "v"), (r"ed$", "", "v"), (r"ed$", "e", "v"), (r"ing$", "", "v"), (r"ing$", "e", "v"),
        (doubled + "ed$", r"\1", "v"), (doubled + "ing$", r"\1", "v"),
        (r"ier$", "y", "a"), (r"iest$", "y", "a"), (r"er$", "", "a"), (r"est$", "", "a"), (r"er$", "e", "a"),
        (r"est$", "e", "a"), (doubled + "er$", r"\1", "a"), (doubled + "est$", r"\1", "a"),
    )  # fmt: skip
    for pattern, end, parts in rules:
        base, hits = re.subn(pattern, end, form)
        if form.endswith("er") and f"{form[:-2]}est" not in pronunciations():
            return None
        if hits and base in common_words() and {key[0] for key in word_senses(base)} & set(parts):
            return base
    return None
