"""What a check finds."""

from mock_apis.core import Tool
from mock_apis.core.domain import Problem
from toolgrad_local.data_model.base import Data


class Finding(Data):
    """One thing that is wrong, where, and how to mend it."""

    domain: str
    tool: str
    """Empty if it is the domain or its module."""
    place: str
    """file:line"""
    fault: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.tool or self.domain} {self.fault}; {self.remedy}"


class CheckReport(Data):
    """What `catalog check` reports."""

    tools: int
    domains: int
    said_by_people: tuple[str, ...]
    """Entities that tools take and none gives."""
    findings: tuple[Finding, ...]


def find_in_tool(tool: Tool, fault: str, remedy: str) -> Finding:
    """A finding about a tool."""
    return Finding(domain=tool.domain, tool=tool.name, place=tool.source, fault=fault, remedy=remedy)


def find_in_declaration(problem: Problem) -> Finding:
    """A finding about a declaration that gives no tool."""
    return Finding(
        domain=problem.domain, tool=problem.tool, place=problem.source, fault=problem.fault, remedy=problem.remedy
    )
