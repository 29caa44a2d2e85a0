"""Chapters, blocks, categories and codes of ICD-10-CM from the package simple-icd-10-cm."""

import re
from collections.abc import Iterator
from typing import Any

import simple_icd_10_cm as cm

SOURCE = "simple-icd-10-cm 1.5.0, which carries the ICD-10-CM of the US National Center for Health Statistics"
LICENCE = "Public domain (a work of the US government); the package is MIT"
ATTRIBUTION = ""
NOTE = (
    "Every chapter, block and category, every code of four characters, and the longer codes, but those with a seventh "
    "character, of the categories of DEEP_CATEGORIES. `left_out` counts direct children that are not in the table. A "
    "block of one category is written with both ends, B99-B99, to tell it from the category."
)
RANGE = re.compile(r" \([A-Z][0-9A-Z]{2}(-[A-Z][0-9A-Z]{2})?\)$")
DEEP_CATEGORIES = (
    "E10 E11 F10 F17 F32 F33 F43 G40 G43 G47 H10 H60 H65 H66 I25 I48 I50 I83 J01 J18 J20 J44 J45 K21 K57 K58 K64 "
    "L20 L40 L50 M16 M17 M19 M25 M54 M79 M81 N18 N39 R05 R07 R09 R10 R11 R19 R42 R50 R51 R53 Z00 Z01 Z12 Z23 Z30 Z79"
)
DEEP = frozenset(DEEP_CATEGORIES.split())


def build() -> Iterator[dict[str, Any]]:
    """Every item in the order of the classification, a block before its categories."""
    seen: set[str] = set()
    for code in cm.get_all_codes(with_dots=True):
        if cm.is_chapter(code):
            yield row_of(code, "chapter", None, cm.get_children(code))
        elif cm.is_block(code) and code not in seen:
            children = cm.get_children(code, prioritize_blocks=True)
            if children:
                yield row_of(code, "block", cm.get_parent(code, prioritize_blocks=True), children, block=True)
        elif kept(code):
            parent = cm.get_parent(code)
            spelled = block_of(parent) if cm.is_category(code) else parent
            yield row_of(code, "category" if cm.is_category(code) else "code", spelled, cm.get_children(code))
        seen.add(code)


def kept(code: str) -> bool:
    """Whether the table has this category or code."""
    return len(code) <= 5 or (code[:3] in DEEP and not cm.is_extended_subcategory(code))


def block_of(code: str) -> str:
    """A block's code, with both ends."""
    return code if "-" in code else f"{code}-{code}"


def row_of(code: str, level: str, parent: str | None, children: list[str], block: bool = False) -> dict[str, Any]:
    """The table's row."""
    return {
        "code": block_of(code) if block else code,
        "name": RANGE.sub("", cm.get_description(code, prioritize_blocks=block)),
        "level": level,
        "parent": parent,
        "billable": level in ("category", "code") and bool(cm.is_leaf(code)),
        "left_out": 0 if level in ("chapter", "block") else sum(not kept(child) for child in children),
    }
