"""ReAct: a thought, a call, its observation, again and again, until the teacher says that it is done."""

from toolgrad_local.baselines.annotation import Annotation, outcome_of, record_step
from toolgrad_local.baselines.next_step import choose
from toolgrad_local.baselines.path import Path, make_call
from toolgrad_local.data_model.stages import Report
from toolgrad_local.data_model.trajectory import Step
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.context import StepContext


async def annotate_in_rounds(first: StepContext, pool: int, start: Path, rounds: int) -> Annotation:
    """At most so many rounds; one whose reply does not fit, or repeats a call, is a round all the same.

    A repeated call is no part of the path: shown what it did, a small teacher does it again. It is only told so.
    """
    path, context, steps = start, first, list[Step]()
    repeated: tuple[Report, ...] = ()
    for number in range(rounds):
        if number:
            context = StepContext(first.setting, first.sample, number)
        try:
            move = await choose(context, "react", path, repeated)
        except ReplyError:
            steps.append(record_step(context, pool, "no_reply"))
            continue
        if move.call is None:
            steps.append(record_step(context, pool, "finished", move.thought))
            return Annotation(path, True, tuple(steps))
        made = make_call(context, path, 0, move.thought, move.call)
        report = made.reports[-1]
        path, repeated = (path, (report,)) if report.outcome == "repeated" else (made, ())
        steps.append(record_step(context, pool, outcome_of(report), move.thought, report))
    return Annotation(path, False, tuple(steps))
