"""What the writer of queries is told: the calls as points, and what is wrong with a draft."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from mock_apis.core import Tool
from toolgrad_local.data_model.audit import Finding
from toolgrad_local.data_model.style import Style
from toolgrad_local.data_model.workflow import ArgumentLeaf, Link, Workflow

MOST_FAULTS = 6
"""Faults that a prompt lists at most."""
OWNER = "the user's"
"""Descriptions speak of the user; a point speaks as the user."""
PLACE = re.compile(r"\[\d+\]")


def list_points(workflow: Workflow, tools: Mapping[str, Tool], today: date) -> list[str]:
    """A line a call: what it does, the values that only the query can give, and what comes from earlier calls."""
    return [describe_point(link, tools[link.call.tool], today) for link in workflow.links]


def describe_point(link: Link, tool: Tool, today: date) -> str:
    """`Park a car for some minutes. minutes 15, plate "AB-12"; the lot comes from 1`"""
    said: list[str] = []
    given: list[str] = []
    told = ""
    for leaf in link.leaves:
        name = parameter_words(leaf.path)
        if leaf.edge is not None:
            given.append(f"the {name.removesuffix(' id')} comes from {leaf.edge.link + 1}")
        elif leaf.source in ("untraced", "query"):
            said.append(f"{'' if name == told else name + ' '}{quote(leaf, today)}")
            told = name
    values = " " + ", ".join(said) if said else ""
    sources = "; " + ", ".join(dict.fromkeys(given)) if given else ""
    return f"{tool.description.replace(OWNER, 'my')}{values}{sources}"


def parameter_words(path: str) -> str:
    """`delivery.start_date` is `delivery start date`; places in lists are left out."""
    return PLACE.sub("", path).replace("_", " ").replace(".", " ")


def quote(leaf: ArgumentLeaf, today: date) -> str:
    """A string in quotes, a boolean as yes or no, a number as it is; today's date says that it is today's."""
    if leaf.value == today.isoformat():
        return f'"{leaf.value}" (today)'
    if isinstance(leaf.value, bool):
        return "yes" if leaf.value else "no"
    return f'"{leaf.value}"' if isinstance(leaf.value, str) else str(leaf.value)


def describe_speaker(style: Style) -> str:
    """`a nurse, on the way to work, polite, one sentence`, and the language if it is not English."""
    parts = [style.persona, style.situation, style.tone, style.length, style.explicitness]
    told = ", ".join(part for part in parts if part) or "a user"
    return told if style.language == "English" else f"{told}, writes in {style.language}"


def describe_faults(findings: Iterable[Finding], workflow: Workflow) -> list[str]:
    """What follows "since the draft": `leaves out "Paris" (city)`."""
    return list(dict.fromkeys(describe_fault(finding, workflow) for finding in findings))[:MOST_FAULTS]


def describe_fault(finding: Finding, workflow: Workflow) -> str:
    """One finding as the writer is told of it."""
    point = 0 if finding.link is None else finding.link + 1
    match finding.kind:
        case "untraced_argument":
            path, _, value = finding.detail.partition(" = ")
            return f'leaves out "{value}" ({parameter_words(path)})'
        case "leaked_id":
            return f"says {finding.detail}, which the user cannot know"
        case "call_not_asked":
            return f"asks nothing for point {point}"
        case "call_not_used":
            return f"says nothing of the result of point {point}"
        case "unused_figure":
            return f"says {finding.detail}, which is in no point"
        case "invented_figure" | "invented_date" | "invented_name":
            return f"says {finding.detail}, which is in no result"
        case "not_user_voice":
            return f'says "{finding.detail}", which is not how the user would ask'
        case _:
            return f'says "{finding.detail}", which is no word for a user'
