"""Trains a model on exported rows, or goes on where a killed training stopped."""

import math
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console

from toolgrad_local.errors import ConfigError
from toolgrad_local.generation.manifest import installed_versions
from toolgrad_local.journal.lock import hold_lock
from toolgrad_local.teacher.command import OFFLINE
from toolgrad_local.teacher.hardware import describe_hardware, gpu_names
from toolgrad_local.training.chat_template import ChatTemplate, choose_template
from toolgrad_local.training.checkpoints import find_checkpoint
from toolgrad_local.training.corpus import Corpus, describe_sources, read_corpus
from toolgrad_local.training.loss_log import NAME as LOG_NAME
from toolgrad_local.training.loss_log import LossLog, draw_loss
from toolgrad_local.training.plan import Base, TrainedData, TrainingPlan, keep_plan, refuse_other, require_folder
from toolgrad_local.training.recipe import Recipe, read_recipe, recipe_files
from toolgrad_local.training.record import Losses, TrainingRecord, read_record
from toolgrad_local.training.save import finish, write_model
from toolgrad_local.training.student import Student, find_student, load_tokenizer
from toolgrad_local.training.tokens import Tokenized, settle_turn_end, tokenize_rows
from toolgrad_local.training.trainer import make_trainer
from toolgrad_local.training.view import TrainingView
from toolgrad_local.training.watch import Watch

TRAINING_PACKAGES = ("accelerate", "datasets", "peft", "trl")


@dataclass(frozen=True)
class Task:
    """All that is known before the model is loaded."""

    student: Student
    template: ChatTemplate
    train: Tokenized
    test: Tokenized
    plan: TrainingPlan


def train_model(
    model: str, data: Sequence[Path], recipe: Recipe, out: Path, limit: int | None, console: Console
) -> TrainingRecord:
    """The record of the model in `out`, trained now, in parts, or before. Raises ToolgradError for what cannot be."""
    refuse_without_gpu(recipe)
    require_folder(out)
    keep_offline()
    task = prepare(model, data, recipe, limit)
    out.mkdir(parents=True, exist_ok=True)
    with hold_lock(out / "training"):
        record = read_record(out)
        if record is None:
            keep_plan(out / "checkpoints" / "plan.json", task.plan)
            return run(task, out, console)
        refuse_other(out, record, task.plan)
        return record


def refuse_without_gpu(recipe: Recipe) -> None:
    """Raises ConfigError for a recipe that this machine would need days for."""
    if recipe.gpu and not gpu_names():
        small = ", ".join(other.name for other in map(read_recipe, recipe_files()) if not other.gpu)
        raise ConfigError(
            f"the recipe {recipe.name} needs {recipe.memory}, and this machine has no GPU; without one there is {small}"
        )


def keep_offline() -> None:
    """No library asks a hub, or says anything that is no error."""
    os.environ.update(OFFLINE)
    import datasets
    import huggingface_hub.constants
    import transformers

    huggingface_hub.constants.HF_HUB_OFFLINE = True  # it may have read the environment before
    datasets.disable_progress_bars()
    logging: Any = transformers.utils.logging
    logging.disable_progress_bar()
    logging.set_verbosity_error()


def prepare(model: str, data: Sequence[Path], recipe: Recipe, limit: int | None) -> Task:
    """Model, template and rows looked at, and the plan made."""
    corpus = read_corpus(data, limit, recipe.seed)
    student = find_student(model)
    tokenizer = load_tokenizer(student.folder)
    template = choose_template(student.name, tokenizer, recipe.chat_template, student.template_arguments)
    context = min(recipe.context, student.context or recipe.context)
    train, test = (tokenize_rows(rows, template, context) for rows in (corpus.train, corpus.test))
    if not train.sequences:
        raise ConfigError(f"no row can be trained on: {describe_left_out(train.left_out)} of {len(corpus.train)}")
    settle_turn_end(template, train.sequences)
    return Task(student, template, train, test, make_plan(student, recipe, template, corpus, train, limit))


def make_plan(
    student: Student, recipe: Recipe, template: ChatTemplate, corpus: Corpus, train: Tokenized, limit: int | None
) -> TrainingPlan:
    """What the folder keeps."""
    sources = describe_sources(corpus, train.rows)
    left_out = train.left_out + Counter(asked_in_test=corpus.asked_in_test)
    return TrainingPlan(
        base=Base(name=student.name, digest=student.digest),
        recipe=recipe,
        chat_template=template.digest,
        data=TrainedData(
            digest=corpus.digest,
            groups=tuple(sorted({group for source in sources for group in source.groups})),
            rows=len(train.rows),
            left_out=dict(sorted(left_out.items())),
            sources=sources,
        ),
        limit=limit,
        steps=count_steps(recipe, len(train.sequences)),
    )


def count_steps(recipe: Recipe, sequences: int) -> int:
    """Optimizer steps of the epochs, or the recipe's bound."""
    in_epoch = math.ceil(math.ceil(sequences / recipe.batch) / recipe.accumulation)
    steps = math.ceil(in_epoch * recipe.epochs)
    return steps if recipe.steps is None else min(steps, recipe.steps)


def run(task: Task, out: Path, console: Console) -> TrainingRecord:
    """Train from the last checkpoint, or from the start, to the end."""
    plan, checkpoints, log = task.plan, out / "checkpoints", LossLog(out / LOG_NAME)
    last = find_checkpoint(checkpoints)
    step, seconds = (last.step, last.seconds) if last else (0, 0.0)
    log.cut(step if last else -1)
    with TrainingView(console, plan.steps, step) as view:
        view.tell(describe_start(task))
        if last:
            view.tell(f"going on after step {step}")
        watch = Watch(log, view, plan.steps, bool(task.test.sequences), step, seconds)
        trainer = make_trainer(
            task.student, task.template.tokenizer, plan.recipe, plan.steps, task.train.sequences, task.test.sequences,
            checkpoints, watch,
        )  # fmt: skip
        trainer.train(resume_from_checkpoint=str(last.folder) if last else None)
        view.tell("writing the model")
        write_model(trainer.model, task.student, task.template, out)
    draw_loss(log)
    record = make_record(plan, log, watch.seconds)
    finish(record, out)
    return record


def make_record(plan: TrainingPlan, log: LossLog, seconds: float) -> TrainingRecord:
    """The plan with what became of it."""
    fields: dict[str, Any] = {name: getattr(plan, name) for name in TrainingPlan.model_fields}
    least = log.least("test_loss")
    return TrainingRecord(
        **fields,
        losses=Losses(
            train_first=log.first("loss") or 0.0,
            train_last=log.last("loss") or 0.0,
            test_first=log.first("test_loss"),
            test_last=log.last("test_loss"),
            test_least=least[0] if least else None,
            test_least_step=least[1] if least else None,
        ),
        tokens=int(log.last("tokens") or 0),
        seconds=round(seconds, 1),
        versions=installed_versions() | {name: version(name) for name in TRAINING_PACKAGES},
        hardware=describe_hardware(),
    )


def describe_start(task: Task) -> str:
    """What is about to be trained, in one line."""
    train, plan = task.train, task.plan
    kind = "LoRA" if plan.recipe.lora else "every weight"
    line = (
        f"{plan.base.name}, {kind}: {len(train.rows)} rows in {len(train.sequences)} sequences, {train.tokens} tokens "
        f"({train.labelled} of the assistant), {plan.steps} steps; {len(task.test.rows)} test rows"
    )
    left_out = describe_left_out(plan.data.left_out)
    return f"{line}; left out: {left_out}" if left_out else line


def describe_left_out(left_out: dict[str, int]) -> str:
    """`3 longer than context, 1 template refuses`"""
    return ", ".join(f"{count} {reason.replace('_', ' ')}" for reason, count in left_out.items() if count)
