"""The senses of WordNet 3.1 that the dictionary has, and the hierarchy that they form."""

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field

from mock_apis.core.data import load_rows
from mock_apis.core.entities import Entity
from mock_apis.core.errors import NotFound

SenseName = Annotated[str, Field(pattern=r"^[a-z0-9_'./-]+\.[nvar]\.[0-9]{2}$"), Entity("word.sense")]
"""dog.n.01: a word, n(oun), v(erb), a(djective) or r (adverb), and a number."""
Part = Literal["noun", "verb", "adjective", "adverb"]
PARTS: dict[str, Part] = {"n": "noun", "v": "verb", "a": "adjective", "r": "adverb"}


@cache
def all_senses() -> dict[str, dict[str, Any]]:
    """Every sense by its name."""
    return {row["sense"]: row for row in load_rows("wordnet")}


@cache
def lower_definitions() -> dict[str, str]:
    """Every definition in lower case, by the name of its sense."""
    return {name: row["definition"].lower() for name, row in all_senses().items()}


@cache
def senses_below() -> dict[str, list[str]]:
    """The senses right below each sense, by name."""
    below: dict[str, list[str]] = {}
    for name, row in all_senses().items():
        for above in row.get("above", ()):
            below.setdefault(above, []).append(name)
    return below


def find_sense(name: str) -> dict[str, Any]:
    """The row of a sense. Raises NotFound."""
    row = all_senses().get(name)
    if row is None:
        raise NotFound(f"no sense '{name[:60]}'; see dictionary_define")
    return row


def part_of(sense: str) -> Part:
    """The part of speech in a sense's name."""
    return PARTS[sense[-4]]


def distances_up(sense: str) -> dict[str, int]:
    """Each sense at or above this one and how many steps it is away, nearest first."""
    found, edge = {sense: 0}, [sense]
    while edge:
        higher = [name for low in edge for name in all_senses()[low].get("above", ())]
        edge = [name for name in dict.fromkeys(higher) if name not in found]
        steps = max(found.values()) + 1
        found.update(dict.fromkeys(edge, steps))
    return found


def path_up(sense: str, top: str) -> list[str]:
    """A shortest way from a sense up to one above it, both included."""
    if sense == top:
        return [sense]
    ways = [name for name in all_senses()[sense].get("above", ()) if top in distances_up(name)]
    nearest = min(ways, key=lambda name: (distances_up(name)[top], name))
    return [sense, *path_up(nearest, top)]
