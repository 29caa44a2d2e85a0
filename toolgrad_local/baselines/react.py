"""ReAct: a thought, a call, its observation, again and again, until the teacher says that it is done."""

from toolgrad_local.baselines.annotation import Annotation, outcome_of, record_step
from toolgrad_local.baselines.next_step import choose
from toolgrad_local.baselines.path import Path, make_call
from toolgrad_local.data_model.trajectory import Step
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.context import StepContext


async def annotate_in_rounds(first: StepContext, pool: int, start: Path, rounds: int) -> Annotation:
    """At most so many rounds; one whose reply does not fit is a round all the same."""
    path, context, steps = start, first, list[Step]()
    for number in range(rounds):
        if number:
            context = StepContext(first.setting, first.sample, number)
        try:
            move = await choose(context, "react", path)
        except ReplyError:
            steps.append(record_step(context, pool, "no_reply"))
            continue
        if move.call is None:
            steps.append(record_step(context, pool, "finished", move.thought))
            return Annotation(path, True, tuple(steps))
        path = make_call(context, path, 0, move.thought, move.call)
        report = path.reports[-1]
        steps.append(record_step(context, pool, outcome_of(report), move.thought, report))
    return Annotation(path, False, tuple(steps))
