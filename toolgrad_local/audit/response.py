"""Does the response state only what the results and the query hold, and does each call serve it?"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from mock_apis.core import Tool
from toolgrad_local.audit.figures import find_figures, find_names, is_backed, is_named
from toolgrad_local.audit.leaves import Leaf, Scalar, walk_leaves
from toolgrad_local.audit.query import DRAFT_TALK, SNAKE_CASE, TECHNICAL, count_calls, without_texts
from toolgrad_local.audit.said import is_said
from toolgrad_local.audit.words import content_words, drop_back_references
from toolgrad_local.data_model.audit import Finding, FindingKind
from toolgrad_local.data_model.workflow import Link, Workflow

NOTHING_FOUND = re.compile(r"\b(?:no|none|not|any|empty|zero|nothing|0|without|couldn't|don't|isn't|aren't)\b", re.I)
OUTSIDE_VOICE = re.compile(rf"\bthe (?:user|assistant|query)\b|\b(?:as an ai|language model)\b|{DRAFT_TALK}", re.I)
SCALES = {"thousands": 10**3, "millions": 10**6, "billions": 10**9}
"""Words at the end of a field's name that say what it counts."""
KIND_OF_FIGURE: dict[str, FindingKind] = {
    "number": "invented_figure",
    "date": "invented_date",
    "time": "invented_date",
}


def audit_response(
    response: str, query: str, workflow: Workflow, tools: Mapping[str, Tool], today: date | None, language: str
) -> Iterator[Finding]:
    """What is wrong with the response."""
    yield from find_inventions(response, query, workflow, today, language)
    yield from find_wording(response, workflow, tools)
    if language == "English":
        yield from find_unused_calls(response, workflow, tools, today)


def find_inventions(
    text: str, query: str, workflow: Workflow, today: date | None, language: str = "English"
) -> Iterator[Finding]:
    """Figures, dates and names that neither the query nor an argument or result of the workflow gives."""
    values: list[Scalar] = [value for link in workflow.links for value in values_of(link)]
    values += count_calls(workflow)
    texts = (query,)
    for figure in find_figures(drop_back_references(text), today=today):
        if not is_backed(figure, values, texts, today=today):
            yield Finding(kind=KIND_OF_FIGURE[figure.kind], detail=figure.text)
    if language == "English":
        described = (query, *(value for value in values if isinstance(value, str)))
        for name in find_names(text):
            if not is_named(name, values, described):
                yield Finding(kind="invented_name", detail=name)


def values_of(link: Link) -> list[Scalar]:
    """Every scalar of a call's arguments and result, in full where it counts millions, and how long each list is."""
    given = (link.call.arguments, link.result.value)
    leaves = [leaf for value in given for leaf in walk_leaves(value, {})]
    scaled = [in_full(leaf) for leaf in leaves if last_scale(leaf.path)]
    return [leaf.value for leaf in leaves] + scaled + [length for value in given for length in list_lengths(value)]


def in_full(leaf: Leaf) -> Scalar:
    """124 of `population_millions` is 124,000,000."""
    if isinstance(leaf.value, bool) or not isinstance(leaf.value, int | float):
        return leaf.value
    return leaf.value * SCALES[last_scale(leaf.path)]


def last_scale(path: str) -> str:
    """`millions` for `population_millions`; nothing for a field that counts ones."""
    word = path.rpartition("_")[2]
    return word if word in SCALES else ""


def list_lengths(value: Any) -> Iterator[int]:
    """The length of every list at any depth: a response may count."""
    if isinstance(value, list):
        yield len(value)
        for child in value:
            yield from list_lengths(child)
    elif isinstance(value, dict):
        for child in value.values():
            yield from list_lengths(child)


def find_wording(response: str, workflow: Workflow, tools: Mapping[str, Tool]) -> Iterator[Finding]:
    """Names of tools, words of a programmer, and talk about the user instead of to the user."""
    known = {value for link in workflow.links for value in values_of(link) if isinstance(value, str)}
    bare = without_texts(response, known)
    for word in dict.fromkeys(SNAKE_CASE.findall(bare)):
        yield Finding(kind="response_wording", detail=word)
    for pattern in (TECHNICAL, OUTSIDE_VOICE):
        for found in dict.fromkeys(match.group(0) for match in pattern.finditer(bare)):
            yield Finding(kind="response_wording", detail=found)


def find_unused_calls(
    response: str, workflow: Workflow, tools: Mapping[str, Tool], today: date | None
) -> Iterator[Finding]:
    """Calls of which nothing is in the response, neither of their own nor through a call that they feed."""
    used = {i for i, link in enumerate(workflow.links) if is_used(response, link, tools[link.call.tool], today)}
    for index in reversed(range(len(workflow.links))):
        if index in used:
            used |= {edge.link for edge in workflow.links[index].edges}
    for index, link in enumerate(workflow.links):
        if index not in used:
            yield Finding(kind="call_not_used", detail=link.call.tool, link=index)


def is_used(response: str, link: Link, tool: Tool, today: date | None) -> bool:
    """True if the response says a value of the result, that a search found nothing, or, for a yes or no and for a
    write, speaks of what the tool does."""
    echoed = {leaf.value for leaf in walk_leaves(link.call.arguments, {})}
    leaves = list(walk_leaves(link.result.value, tool.result))
    figures = find_figures(response, today=today)
    for leaf in leaves:
        if leaf.value in echoed or isinstance(leaf.value, bool) or leaf.value is None:
            continue
        if is_said(leaf.value, response, path=leaf.path, entity=leaf.entity, today=today):
            return True
        if any(is_backed(figure, [leaf.value], today=today) for figure in figures if figure.kind == "number"):
            return True
    if any(is_backed(figure, list(list_lengths(link.result.value))) for figure in figures):
        return True
    speaks = bool(content_words(response) & content_words(f"{tool.name.replace('_', ' ')} {tool.description}"))
    found_nothing = any(leaf.path.endswith("total") and leaf.value == 0 for leaf in leaves) or not leaves
    if found_nothing and NOTHING_FOUND.search(response):
        return True
    answers_yes_or_no = any(isinstance(leaf.value, bool) for leaf in leaves)
    return speaks and (tool.writes or answers_yes_or_no)
