"""Is the query one that a user would write, and does it ask for every call?"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from mock_apis.core import Tool
from toolgrad_local.audit.figures import find_figures, is_backed
from toolgrad_local.audit.leaves import Scalar, walk_leaves
from toolgrad_local.audit.words import content_words, drop_back_references
from toolgrad_local.catalog.readiness import OPAQUE_SUFFIX
from toolgrad_local.data_model.audit import Finding
from toolgrad_local.data_model.workflow import Link, Workflow

SNAKE_CASE = re.compile(r"\b[A-Za-z][a-z0-9]*(?:_[a-z0-9]+)+\b")
TECHNICAL = re.compile(
    r"\b(?:APIs?|endpoints?|JSON|null|tool calls?|function calls?|parameters?|the tools?|this tool)\b|[{}]|\[\"", re.I
)
ASSISTANT_OPENING = re.compile(
    r"^(?:sure|certainly|of course|here (?:is|are)|here's|i can|i will|i'll|i have found|as an|you can|you could"
    r"|the user|user:|assistant:|query:|to (?:do|get|find|answer) (?:this|that|the)|this (?:query|request|call))\b",
    re.I,
)
DRAFT_TALK = r"\bearlier try was refused\b"
"""What the prompts tell a writer of its last draft, copied."""
OUTSIDE_VOICE = re.compile(
    r"\bthe (?:user|assistant)\b|\bfor the user\b|\bwhat (?:do|will|can) you (?:want|recommend)\b"
    rf"|{DRAFT_TALK}",
    re.I,
)
STATEMENT_OPENING = re.compile(r"^(?:the|this|it|there|these|a|an)\b", re.I)
REQUEST_MARK = re.compile(
    r"\?|\b(?:please|need|want|wonder|like to|help|let me|(?:can|could|would) you|(?:tell|show|give) me|curious)\b",
    re.I,
)
OWNED = re.compile(r"\bthe user's (?:own |present |open )?(\w+(?: \w+)?)")


def audit_query(
    query: str, workflow: Workflow, tools: Mapping[str, Tool], today: date | None, language: str
) -> Iterator[Finding]:
    """What is wrong with the query of a settled workflow."""
    yield from find_leaks(query, workflow, tools)
    yield from find_technical_words(query, workflow, tools)
    if language == "English":
        yield from find_foreign_voice(query, workflow, tools)
    yield from find_unused_figures(query, workflow, tools, today)
    if language == "English":
        yield from find_unasked_calls(query, workflow, tools)


def find_leaks(query: str, workflow: Workflow, tools: Mapping[str, Tool]) -> Iterator[Finding]:
    """Ids in the query that stand in a result: no user can know them. Each once, with the first call that gave it."""
    given = {
        value: index for index, link in reversed(list(enumerate(workflow.links))) for value in opaque_ids(link, tools)
    }
    text = query.casefold()
    for value in sorted(given):
        if value.casefold() in text and re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", query, re.I):
            yield Finding(kind="leaked_id", detail=value, link=given[value])


def opaque_ids(link: Link, tools: Mapping[str, Tool]) -> set[str]:
    """The ids in the result of a call."""
    return {
        leaf.value
        for leaf in walk_leaves(link.result.value, tools[link.call.tool].result)
        if isinstance(leaf.value, str) and leaf.entity is not None and leaf.entity.endswith(OPAQUE_SUFFIX)
    }


def find_technical_words(query: str, workflow: Workflow, tools: Mapping[str, Tool]) -> Iterator[Finding]:
    """Names of tools and parameters, and words of a programmer, outside of what the user quotes."""
    bare = without_values(query, workflow)
    for word in dict.fromkeys(SNAKE_CASE.findall(bare)):
        if word.lower() in tools:
            yield Finding(kind="names_tool", detail=word)
        elif any(word.lower() in tools[link.call.tool].parameters["properties"] for link in workflow.links):
            yield Finding(kind="names_parameter", detail=word)
        else:
            yield Finding(kind="technical_wording", detail=word)
    for name in dict.fromkeys(link.call.tool for link in workflow.links):
        if "_" not in name and re.search(rf"\b{re.escape(name)}\(", bare):
            yield Finding(kind="names_tool", detail=name)
    for found in dict.fromkeys(match.group(0) for match in TECHNICAL.finditer(bare)):
        yield Finding(kind="technical_wording", detail=found)


def without_values(text: str, workflow: Workflow) -> str:
    """The text without the string arguments that it has to quote."""
    values = {leaf.value for link in workflow.links for leaf in link.leaves if isinstance(leaf.value, str)}
    return without_texts(text, values)


def without_texts(text: str, quoted: set[str]) -> str:
    """The text without what it quotes: whole words, longest first, and nothing of two letters or less."""
    for quote in sorted(quoted, key=lambda quote: (-len(quote), quote)):
        if len(quote) > 2:
            text = re.sub(rf"(?<!\w){re.escape(quote)}(?!\w)", " ", text, flags=re.I)
    return text


def find_foreign_voice(query: str, workflow: Workflow, tools: Mapping[str, Tool]) -> Iterator[Finding]:
    """Wording of an assistant or an onlooker, a statement that asks for nothing, and `your` for what is the user's."""
    for pattern in (ASSISTANT_OPENING, OUTSIDE_VOICE):
        found = pattern.search(query.strip())
        if found:
            yield Finding(kind="not_user_voice", detail=found.group(0))
    opening = STATEMENT_OPENING.match(query.strip())
    if opening and not REQUEST_MARK.search(query):
        yield Finding(kind="not_user_voice", detail=f"{opening.group(0)} … states, asks nothing")
    for owned in sorted(owned_things(workflow, tools)):
        found = re.search(rf"\byour (?:\w+ )?{re.escape(owned)}\b", query, re.I)
        if found:
            yield Finding(kind="not_user_voice", detail=found.group(0))


def owned_things(workflow: Workflow, tools: Mapping[str, Tool]) -> set[str]:
    """What descriptions call `the user's …`: a user says `my`. One word each, the last of a pair and the first."""
    return {
        word
        for link in workflow.links
        for owned in OWNED.findall(tools[link.call.tool].description)
        for word in owned.split()
        if len(word) > 3 and word not in ("with", "that", "from", "first", "which", "were", "have")
    }


def find_unused_figures(
    query: str, workflow: Workflow, tools: Mapping[str, Tool], today: date | None
) -> Iterator[Finding]:
    """Numbers, dates and times that no call was given: the query asks for more than the workflow does.

    A figure of a parameter's name or a tool's description (`per 100 km`) says nothing that a call would have to know.
    """
    values: list[Scalar] = [leaf.value for link in workflow.links for leaf in link.leaves]
    values += count_calls(workflow)
    texts = [tools[link.call.tool].description for link in workflow.links]
    texts += [leaf.path.replace("_", " ") for link in workflow.links for leaf in link.leaves]
    for figure in find_figures(drop_back_references(query), today=today):
        if not is_backed(figure, values, texts, today=today):
            yield Finding(kind="unused_figure", detail=figure.text)


def count_calls(workflow: Workflow) -> list[int]:
    """How often each tool is called: `two tasks` for two that are made."""
    return list(Counter(link.call.tool for link in workflow.links).values())


def find_unasked_calls(query: str, workflow: Workflow, tools: Mapping[str, Tool]) -> Iterator[Finding]:
    """Calls without which the query would be answered just as fully.

    A call is asked for if it alone was given a value that the query says, if the query holds a word of its tool's
    description that the others do not explain, or if a call that is asked for needs its result.
    """
    asked = {i for i in range(len(workflow.links)) if is_asked_itself(i, query, workflow, tools)}
    for index in reversed(range(len(workflow.links))):
        if index in asked:
            asked |= {edge.link for edge in workflow.links[index].edges if edge.needed}
    for index, link in enumerate(workflow.links):
        if index not in asked:
            yield Finding(kind="call_not_asked", detail=link.call.tool, link=index)


def is_asked_itself(index: int, query: str, workflow: Workflow, tools: Mapping[str, Tool]) -> bool:
    """True if something in the query speaks for this call and for no other."""
    others = [i for i in range(len(workflow.links)) if i != index]
    mine = said_values(workflow.links[index]) - {v for i in others for v in said_values(workflow.links[i])}
    if mine:
        return True
    here = topic_words(tools[workflow.links[index].call.tool])
    elsewhere = {word for i in others for word in topic_words(tools[workflow.links[i].call.tool])}
    return bool(content_words(query) & (here - elsewhere))


def said_values(link: Link) -> set[Scalar]:
    """The argument values that the query says."""
    return {leaf.value for leaf in link.leaves if leaf.source == "query"}


def topic_words(tool: Tool) -> frozenset[str]:
    """The content words of a tool's name and description."""
    return content_words(f"{tool.name.replace('_', ' ')} {tool.description}")
