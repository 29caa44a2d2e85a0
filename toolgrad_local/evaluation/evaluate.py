"""Evaluates a model on a data set: asks what is not answered yet, scores all answers, writes the folder."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.exchange import Sampling
from toolgrad_local.errors import ConfigError
from toolgrad_local.evaluation.answer import Answer
from toolgrad_local.evaluation.asker import Asker
from toolgrad_local.evaluation.dataset import DataSet
from toolgrad_local.evaluation.lines import LineFile
from toolgrad_local.evaluation.progress import View
from toolgrad_local.evaluation.quality import JudgeFiles, JudgeModel, files_of, find_files, judge_all, judgeable
from toolgrad_local.evaluation.question import Question
from toolgrad_local.evaluation.score import Done, RowScore, carry_out, score_row, with_value
from toolgrad_local.evaluation.scorecard import Scorecard, make_scorecard
from toolgrad_local.evaluation.settings import Settings, keep_settings
from toolgrad_local.evaluation.subject import Subject
from toolgrad_local.evaluation.work import do_all, serve_model, width_of

ANSWERS = "answers.jsonl"
TOO_LONG = "its prompt is longer than the model's context"


@dataclass(frozen=True)
class Result:
    """An evaluation that is done."""

    scorecard: Scorecard
    scores: tuple[RowScore, ...]
    done: Mapping[str, Done]
    """What came of each answer, by row."""


def settle_settings(
    subject: Subject, data: DataSet, limit: int | None, turns: int | None, max_tokens: int, seen: tuple[str, ...]
) -> Settings:
    """All that decides the answers."""
    return Settings(
        model=subject.name,
        weights=subject.digest,
        calls=subject.calls,
        template=subject.template,
        parallel=subject.parallel,
        data=data.digest,
        split=data.split,
        limit=limit,
        turns=turns,
        seen=seen,
        sampling=Sampling(temperature=0.0, max_tokens=max_tokens),
    )


def evaluate(
    subject: Subject,
    data: DataSet,
    catalog: Catalog,
    settings: Settings,
    judge: JudgeModel | None,
    out: Path,
    view: View,
) -> Result:
    """One engine at a time: the model's, then the judge's."""
    keep_settings(out, settings)
    asyncio.run(ask_owed(subject, data.questions, catalog, settings, out, view))
    if judge is not None:
        done = carry_out_all(data.questions, read_answers(out), settings, catalog)
        questions = [question for question in judgeable(data.questions) if question.row.id in done]
        if not questions:
            raise ConfigError(f"--judge has nothing to judge: no row of {data.folder} has results and a response")
        files, log = files_of(out, judge.digest), out / "logs" / "judge.log"
        asyncio.run(judge_all(judge, files, questions, done, log, view))
    return score_again(data, catalog, settings, files_of(out, judge.digest) if judge else find_files(out), out)


async def ask_owed(
    subject: Subject, questions: Sequence[Question], catalog: Catalog, settings: Settings, out: Path, view: View
) -> None:
    """Ask the rows without an answer; the model is served only if there are some."""
    file = LineFile(out / ANSWERS, Answer)
    there = file.read()
    owed = [question for question in questions if question.row.id not in there]
    if not owed:
        return
    with file.open() as appender:
        async with serve_model(subject.profile, subject.weights, out / "logs" / "model.log", view) as teacher:
            asker = Asker(teacher, settings.calls, settings.parallel, settings.sampling)
            view.begin("rows", len(questions), len(questions) - len(owed))
            answer = partial(asker.answer, catalog=catalog, turns=settings.turns)
            await do_all(owed, answer, appender, width_of(subject.profile), view)
    there = file.read()
    file.tidy(there[row] for row in sorted(there))


def read_answers(out: Path) -> dict[str, Answer]:
    """By row. Raises ConfigError where there are none."""
    found = LineFile(out / ANSWERS, Answer).read()
    if not found:
        raise ConfigError(f"{out} holds no answers yet; name the model with --model")
    return found


def carry_out_all(
    questions: Sequence[Question], answers: Mapping[str, Answer], settings: Settings, catalog: Catalog
) -> dict[str, Done]:
    """What came of the answers, but for rows that were too long to be asked."""
    return {
        question.row.id: carry_out(answers[question.row.id], question, settings.calls, catalog)
        for question in questions
        if question.row.id in answers and answers[question.row.id].replies[0].finish != "too_long"
    }


def score_again(data: DataSet, catalog: Catalog, settings: Settings, judged: JudgeFiles | None, out: Path) -> Result:
    """From the answers in the folder alone: the same answers give the same scorecard."""
    answers = read_answers(out)
    done = carry_out_all(data.questions, answers, settings, catalog)
    qualities = judged.qualities() if judged else {}
    scores = []
    left_out = dict(data.left_out)
    for question in data.questions:
        if question.row.id not in done:
            reason = TOO_LONG if question.row.id in answers else "it is not answered yet"
            left_out[reason] = left_out.get(reason, 0) + 1
            continue
        score = score_row(question, done[question.row.id], catalog)
        quality = qualities.get(question.row.id)
        scores.append(score if quality is None else with_value(score, "qor", quality))
    if not scores:
        raise ConfigError(f"{out}: no row could be asked; {left_out}")
    scorecard = make_scorecard(settings, scores, (answers[score.id] for score in scores), left_out)
    if judged is not None:
        scorecard = scorecard.model_copy(update={"judge": judged.agreed()})
    return Result(scorecard, tuple(scores), done)
