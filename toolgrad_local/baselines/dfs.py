"""DFS: ToolBench's depth-first decision tree (arXiv 2307.16789, section 2.3), with give-up and backtracking."""

from dataclasses import dataclass, field

from toolgrad_local.baselines.annotation import Annotation, outcome_of, record_step
from toolgrad_local.baselines.next_step import choose
from toolgrad_local.baselines.path import Path, make_call
from toolgrad_local.data_model.stages import Report
from toolgrad_local.data_model.trajectory import Step, StepOutcome
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.context import StepContext

CHILDREN = 2
"""Of a node at most: ToolBench's `tree_beam_size`."""


@dataclass
class Search:
    """What the branches of one tree share."""

    first: StepContext
    pool: int
    rounds: int
    """Depth of a branch at most."""
    budget: int
    """Steps in all."""
    steps: list[Step] = field(default_factory=list)

    @property
    def spent(self) -> bool:
        return len(self.steps) >= self.budget

    def next_context(self) -> StepContext:
        """For the next step, whichever branch takes it."""
        number = len(self.steps)
        return StepContext(self.first.setting, self.first.sample, number) if number else self.first


async def annotate_as_tree(first: StepContext, pool: int, start: Path, rounds: int, budget: int) -> Annotation:
    """The first branch that finishes; without one nothing is kept."""
    search = Search(first, pool, rounds, budget)
    found = await explore(search, start)
    kept = found.kept_steps if found else frozenset()
    steps = tuple(
        step.model_copy(update={"outcome": "abandoned", "selection": None})
        if step.outcome == "accepted" and step.index not in kept
        else step
        for step in search.steps
    )
    return Annotation(found or start, found is not None, steps)


async def explore(search: Search, path: Path) -> Path | None:
    """The path that finishes, of those that begin with this one; None if all that were tried lead nowhere.

    A branch ends in failure when the teacher gives it up, when it is too deep, and when a call repeats one that it has.
    Then another child of the node above is asked for, with those tried so far shown. A call that fails is an
    observation like any other.
    """
    tried: tuple[Report, ...] = ()
    for _ in range(CHILDREN):
        if search.spent or len(path.reports) >= search.rounds:
            return None
        context = search.next_context()
        try:
            move = await choose(context, "dfs", path, tried)
        except ReplyError:
            search.steps.append(record_step(context, search.pool, "no_reply"))
            continue
        if move.call is None:
            outcome: StepOutcome = "finished" if move.finishes else "gave_up"
            search.steps.append(record_step(context, search.pool, outcome, move.thought))
            return path if move.finishes else None
        child = make_call(context, path, 0, move.thought, move.call)
        report = child.reports[-1]
        search.steps.append(record_step(context, search.pool, outcome_of(report), move.thought, report))
        tried = (*tried, report)
        if report.outcome != "repeated":
            found = await explore(search, child)
            if found is not None:
                return found
    return None
