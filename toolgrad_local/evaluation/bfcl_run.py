"""Evaluates a model on the leaderboard: asks, has the answers checked, and makes the same kind of scorecard."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.evaluation.answer import Answer
from toolgrad_local.evaluation.asker import Asker
from toolgrad_local.evaluation.bfcl import IRRELEVANCE, LIVE, NON_LIVE, RELEVANCE, BfclQuestion, check_answers
from toolgrad_local.evaluation.evaluate import ANSWERS, TOO_LONG
from toolgrad_local.evaluation.lines import LineFile
from toolgrad_local.evaluation.page_rows import describe_row, write_page
from toolgrad_local.evaluation.progress import View
from toolgrad_local.evaluation.reading import HARMLESS, Taken
from toolgrad_local.evaluation.score import RowScore
from toolgrad_local.evaluation.scorecard import Figures, Scorecard, make_scorecard
from toolgrad_local.evaluation.settings import Settings, keep_settings
from toolgrad_local.evaluation.subject import Subject
from toolgrad_local.evaluation.work import do_all, serve_model, width_of
from toolgrad_local.intervals import ratio_interval


@dataclass(frozen=True)
class BfclResult:
    """An evaluation on the leaderboard."""

    scorecard: Scorecard
    scores: tuple[RowScore, ...]
    verdicts: Mapping[str, str | None]
    taken: Mapping[str, Taken]
    answers: Mapping[str, Answer]


def evaluate_bfcl(
    subject: Subject, python: Path, questions: Sequence[BfclQuestion], settings: Settings, out: Path, view: View
) -> BfclResult:
    """Ask what is not answered yet, then check all answers."""
    keep_settings(out, settings)
    file = LineFile(out / ANSWERS, Answer)
    there = file.read()
    owed = [question for question in questions if question.id not in there]
    if owed:
        asyncio.run(ask_owed(subject, owed, len(questions), settings, file, out / "logs" / "model.log", view))
        there = file.read()
        file.tidy(there[row] for row in sorted(there))
    return score_bfcl(python, questions, there, settings)


async def ask_owed(
    subject: Subject,
    owed: Sequence[BfclQuestion],
    total: int,
    settings: Settings,
    file: LineFile[Answer],
    log: Path,
    view: View,
) -> None:
    """One reply to each."""
    with file.open() as appender:
        async with serve_model(subject.profile, subject.weights, log, view) as teacher:
            asker = Asker(teacher, settings.calls, settings.parallel, settings.sampling)
            view.begin("questions", total, total - len(owed))
            await do_all(owed, Once(asker).answer, appender, width_of(subject.profile), view)


@dataclass(frozen=True)
class Once:
    """Asks a question once."""

    asker: Asker

    async def answer(self, question: BfclQuestion) -> Answer:
        """The reply."""
        said = await self.asker.ask(question.number, 0, question.messages, question.tools)
        return Answer(id=question.id, replies=(said,))


def score_bfcl(
    python: Path, questions: Sequence[BfclQuestion], answers: Mapping[str, Answer], settings: Settings
) -> BfclResult:
    """The checker's verdicts as scores, one a question."""
    asked = [question for question in questions if answers[question.id].replies[0].finish != "too_long"]
    verdicts, taken = check_answers(python, asked, answers, settings.calls)
    scores = [score_question(question, verdicts[question.id], taken[question.id]) for question in asked]
    left_out = {TOO_LONG: len(questions) - len(asked)} if len(asked) < len(questions) else {}
    scorecard = make_scorecard(settings, scores, (answers[question.id] for question in asked), left_out)
    figures = {**sum_up(scores), **{name: scorecard.figures[name] for name in ("well_formed",)}}
    return BfclResult(scorecard.model_copy(update={"figures": figures}), tuple(scores), verdicts, taken, answers)


def score_question(question: BfclQuestion, verdict: str | None, taken: Taken) -> RowScore:
    """Right or not, as the checker says. Whether arguments fit says nothing: 199 of its gold answers do not."""
    kinds = sorted(set(taken.errors) - {"arguments_do_not_fit"})
    errors: dict[str, int] = {error: taken.errors.count(error) for error in kinds}
    return RowScore(
        id=question.id,
        kind=question.category,
        domains=(),
        held_out=False,
        values={"right": float(verdict is None), "well_formed": float(not set(errors) - HARMLESS)},
        errors=errors,
    )


def sum_up(scores: Sequence[RowScore]) -> Figures:
    """The leaderboard's figures, of the categories that were asked.

    Non-live is the mean of its categories, live the mean over its questions, as the leaderboard has them; the headline
    is the mean of the two, as the paper gives it.
    """
    counts = {kind: sum(score.kind == kind for score in scores) for kind in {score.kind for score in scores}}
    non_live = [kind for kind in NON_LIVE if kind in counts]
    live = sum(counts.get(kind, 0) for kind in LIVE)
    even = {kind: 1 / len(non_live) / counts[kind] for kind in non_live}
    flat = {kind: 1 / live for kind in LIVE if kind in counts}
    weights: dict[str, Mapping[str, float]] = {
        "headline": {**{kind: w / 2 for kind, w in even.items()}, **{kind: w / 2 for kind, w in flat.items()}},
        "non_live": even,
        "live": flat,
        "relevance": dict.fromkeys(RELEVANCE, 1.0),
        "irrelevance": dict.fromkeys(IRRELEVANCE, 1.0),
    }
    if not even or not flat:
        del weights["headline"]
    figures = {name: weigh(scores, by_kind) for name, by_kind in weights.items()}
    return {name: figure for name, figure in figures.items() if figure is not None}


def weigh(scores: Sequence[RowScore], weights: Mapping[str, float]) -> Any:
    """The weighted share of right answers; None without questions."""
    chosen = [score for score in scores if score.kind in weights]
    below = [weights[score.kind] for score in chosen]
    return ratio_interval([score.values["right"] * w for score, w in zip(chosen, below, strict=True)], below)


def write_bfcl_page(out: Path, result: BfclResult, questions: Sequence[BfclQuestion]) -> None:
    """The questions as rows of the page; the verdict stands where other rows have the gold answer."""
    scores = {score.id: score for score in result.scores}
    rows = [
        describe_row(
            score=scores[question.id],
            query="\n".join(str(message["content"]) for message in question.messages),
            tools=question.tools,
            gold=(),
            gold_answer=f"The checker says: {result.verdicts[question.id] or 'right'}.",
            answer=result.answers[question.id],
            made=[(ToolCall(tool=c.tool, arguments=c.arguments), None) for c in result.taken[question.id].calls],
        )
        for question in questions
        if question.id in scores
    ]
    write_page(out / "index.html", result.scorecard, rows)
