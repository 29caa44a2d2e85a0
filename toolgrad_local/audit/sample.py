"""The audit of a whole sample."""

from collections.abc import Mapping
from datetime import date

from mock_apis.core import Tool
from toolgrad_local.audit.query import audit_query
from toolgrad_local.audit.response import audit_response
from toolgrad_local.data_model.audit import Audit, Finding
from toolgrad_local.data_model.workflow import Workflow


def audit_sample(
    query: str, response: str, workflow: Workflow, tools: Mapping[str, Tool], today: date | None, language: str
) -> Audit:
    """Every finding; the workflow is settled by this query."""
    return Audit(
        findings=(
            *find_untraced(workflow),
            *audit_query(query, workflow, tools, today, language),
            *audit_response(response, query, workflow, tools, today, language),
        )
    )


def find_untraced(workflow: Workflow) -> list[Finding]:
    """The argument leaves that have no source."""
    return [
        Finding(kind="untraced_argument", detail=f"{leaf.path} = {leaf.value}", link=index)
        for index, link in enumerate(workflow.links)
        for leaf in link.leaves
        if leaf.source == "untraced"
    ]
