"""Checks of finished rows: what a row claims is looked at again, however it was made."""

from datetime import date
from itertools import takewhile

from toolgrad_local.audit.leaves import walk_leaves
from toolgrad_local.audit.provenance import is_distinctive, same_value
from toolgrad_local.audit.said import is_said
from toolgrad_local.data_model.example import Example
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.negatives.bench import Bench
from toolgrad_local.negatives.gold import gold_tools


def find_fault(example: Example, trajectory: Trajectory, bench: Bench) -> str | None:
    """What is wrong with a row that was made of the sample, None if nothing is."""
    offered = {tool.name for tool in example.tools}
    gold, judge = set(gold_tools(trajectory)), bench.judge(trajectory)
    with_gold = example.kind in ("positive", "missing_parameter")
    if with_gold and not gold <= offered:
        return "gold_not_offered"
    if not with_gold and gold & offered:
        return "gold_offered"
    if any(judge.serves(name) for name in sorted(offered - gold)):
        return "false_negative_offered"
    if any(name in example.answer for name in bench.catalog.tools if "_" in name and name not in offered):
        return "names_absent_tool"
    return find_value_fault(example, trajectory, bench) if example.kind == "missing_parameter" else None


def find_value_fault(example: Example, trajectory: Trajectory, bench: Bench) -> str | None:
    """Whether the value that should be missing can still be known."""
    omission = trajectory.omission
    assert omission is not None
    link = trajectory.workflow.links[omission.link]
    schema = bench.catalog.tool(link.call.tool).parameters
    leaf = next((leaf for leaf in walk_leaves(link.call.arguments, schema) if leaf.path == omission.path), None)
    entity, today = leaf.entity if leaf else None, date.fromisoformat(example.today)
    if is_said(omission.value, example.query, path=omission.path, entity=entity, today=today):
        return "value_still_said"
    earlier = takewhile(lambda other: other is not link, trajectory.workflow.links)
    given = (found.value for other in earlier for found in walk_leaves(other.result.value, {}))
    if is_distinctive(omission.value) and any(same_value(value, omission.value) for value in given):
        return "value_given_by_result"
    return None
