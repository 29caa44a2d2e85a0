"""The phase in which the judge is asked: first what it thinks of answers whose worth is known, then of the model's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolgrad_local.data_model.call import ToolCall, ToolResult
from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.errors import ConfigError
from toolgrad_local.evaluation.judge import REFUSAL, Judge
from toolgrad_local.evaluation.lines import Line, LineFile
from toolgrad_local.evaluation.progress import View
from toolgrad_local.evaluation.question import Question
from toolgrad_local.evaluation.score import Done
from toolgrad_local.evaluation.scorecard import Agreed
from toolgrad_local.evaluation.work import do_all, serve_model, width_of
from toolgrad_local.intervals import mean_interval
from toolgrad_local.teacher.cache import require_weights
from toolgrad_local.teacher.digest import digest_weights
from toolgrad_local.teacher.profiles import load_profile

MOST_PLANTED = 20
"""Queries for which answers of known worth are judged."""


class Judged(Line):
    """One row."""

    requests: tuple[str, ...]
    answer: str
    """As the writer wrote it."""
    scores: tuple[int, ...]
    """Of each request; empty if the judge gave none."""


class Planted(Line):
    """Answers of known worth to one query."""

    requests: tuple[str, ...]
    good: tuple[int, ...]
    """Scores of the answer that the writer wrote from the gold results."""
    bad: tuple[int, ...]
    """Scores of a refusal, or of the right answer to another query."""


@dataclass(frozen=True)
class JudgeFiles:
    """Where the judge's words are kept; another judge has other files."""

    judged: LineFile[Judged]
    planted: LineFile[Planted]

    def agreed(self) -> Agreed | None:
        """What the planted answers show; None while there are none."""
        lines = self.planted.read().values()
        good = mean_interval([sum(line.good) / len(line.good) for line in lines if line.good])
        bad = mean_interval([1 - sum(line.bad) / len(line.bad) for line in lines if line.bad])
        return Agreed(good=good, bad=bad) if good and bad else None

    def qualities(self) -> dict[str, float]:
        """Share of the requests that are served, by row."""
        return {line.id: sum(line.scores) / len(line.scores) for line in self.judged.read().values() if line.scores}


@dataclass(frozen=True)
class JudgeModel:
    """Who judges."""

    profile: TeacherProfile
    weights: Path
    digest: str


def open_judge(name: str, model: str, same: bool) -> JudgeModel:
    """Raises ConfigError if the judge is the model that is judged (`model`: its digest), unless `same` says so."""
    profile = load_profile(name)
    weights = require_weights(profile)
    digest = digest_weights(weights)
    if digest == model and not same:
        raise ConfigError(f"--judge {name} is the model that is judged; name another, or add --same-judge")
    return JudgeModel(profile, weights, digest)


def files_of(out: Path, judge: str) -> JudgeFiles:
    """`judge`: the digest of its weights."""
    mark = judge[:12]
    return JudgeFiles(LineFile(out / f"judged-{mark}.jsonl", Judged), LineFile(out / f"planted-{mark}.jsonl", Planted))


def find_files(out: Path) -> JudgeFiles | None:
    """Those of the judge that was asked before; None if none was, or several."""
    marks = [path.stem.partition("-")[2] for path in out.glob("judged-*.jsonl")]
    return files_of(out, marks[0]) if len(marks) == 1 else None


def gold_results(question: Question) -> list[tuple[ToolCall, ToolResult]]:
    """The gold calls with what they gave."""
    calls = [call for turn in question.row.turns for call in turn.calls]
    return [(ToolCall(tool=c.tool, arguments=c.arguments), ToolResult(ok=True, value=c.result)) for c in calls]


def judgeable(questions: Sequence[Question]) -> list[Question]:
    """Rows with a gold response that is drawn from results."""
    return [question for question in questions if question.goes_on]


async def judge_all(
    model: JudgeModel, files: JudgeFiles, questions: Sequence[Question], done: Mapping[str, Done], log: Path, view: View
) -> None:
    """Judge what is not judged yet; the judge is served only if there is some."""
    planted, judged = files.planted.read(), files.judged.read()
    chosen = questions[:MOST_PLANTED]
    pairs = [(q, other) for q, other in zip(chosen, [*chosen[1:], chosen[0]], strict=True) if q.row.id not in planted]
    owed = [question for question in questions if question.row.id not in judged]
    if not pairs and not owed:
        return
    async with serve_model(model.profile, model.weights, log, view) as teacher:
        judge, width = Judge(teacher), width_of(model.profile)
        with files.planted.open() as file:
            view.begin("planted answers", len(chosen), len(chosen) - len(pairs))
            await do_all(pairs, Planter(judge).judge, file, width, view)
        with files.judged.open() as file:
            view.begin("judged", len(questions), len(questions) - len(owed))
            await do_all(owed, Answers(judge, done).judge, file, width, view)


@dataclass(frozen=True)
class Planter:
    """Judges answers of known worth."""

    judge_of: Judge

    async def judge(self, pair: tuple[Question, Question]) -> Planted:
        """Of the first query: its own results, and the other's answer, or a refusal for every second row."""
        (question, other), judge = pair, self.judge_of
        right, number = question.row.answer or "", question.number
        requests = await judge.list_requests(number, question.row.query)
        good = await judge.write_answer(number, question.row.query, gold_results(question), slot=3)
        is_refused = question.number % 2 == 1 or other is question
        bad = REFUSAL if is_refused else other.row.answer or REFUSAL
        return Planted(
            id=question.row.id,
            requests=requests,
            good=await judge.score(number, requests, right, good, slot=4),
            bad=await judge.score(number, requests, right, bad, slot=5),
        )


@dataclass(frozen=True)
class Answers:
    """Judges what the model found out."""

    judge_of: Judge
    done: Mapping[str, Done]

    async def judge(self, question: Question) -> Judged:
        """One row."""
        judge, number, made = self.judge_of, question.number, self.done[question.row.id].made
        requests = await judge.list_requests(number, question.row.query)
        answer = await judge.write_answer(number, question.row.query, made, slot=1)
        scores = await judge.score(number, requests, question.row.answer or "", answer, slot=2)
        return Judged(id=question.row.id, requests=requests, answer=answer, scores=scores)
