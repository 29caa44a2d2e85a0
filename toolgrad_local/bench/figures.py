"""The figures by name: what each takes where nothing is said, and how it is measured."""

import datetime
from dataclasses import dataclass
from importlib import import_module

from toolgrad_local.bench.machine import describe_machine
from toolgrad_local.bench.plan import Plan, Tell, require_teacher
from toolgrad_local.bench.results import FigureResult, ResultTable
from toolgrad_local.errors import ConfigError
from toolgrad_local.generation.manifest import installed_versions
from toolgrad_local.generation.read_config import SCRIPTED

ENGINE_TEACHER = "smollm2-135m"
"""It fits every machine; a GPU wants a larger one."""


@dataclass(frozen=True)
class Figure:
    """What a figure takes unless the command line says otherwise."""

    teacher: str
    samples: int
    width: int | None
    """Samples in flight; None: as many as the engine can take."""
    repeat: int
    fewest_samples: int = 1
    takes_runs: bool = False
    """Whether --run may name finished runs, so that no samples are grown."""


FIGURES: dict[str, Figure] = {
    "ideal": Figure(ENGINE_TEACHER, samples=256, fewest_samples=64, width=None, repeat=3),
    "schedule": Figure(ENGINE_TEACHER, samples=128, fewest_samples=64, width=None, repeat=3),
    "overhead": Figure(SCRIPTED, samples=200, width=64, repeat=5),
    "memory": Figure(SCRIPTED, samples=5000, width=16, repeat=1, fewest_samples=100),
    "cache": Figure(ENGINE_TEACHER, samples=64, width=None, repeat=1),
    "grammars": Figure(ENGINE_TEACHER, samples=64, width=None, repeat=3, takes_runs=True),
    "cost": Figure(ENGINE_TEACHER, samples=64, width=None, repeat=1, takes_runs=True),
}
"""In the order of the page; each is measured by the function measure_NAME of the module of its name."""


def check_plan(plan: Plan) -> None:
    """Raises ConfigError for settings with which the figure means nothing, TeacherError without weights."""
    figure = FIGURES[plan.figure]
    if plan.runs and plan.figure == "cost":
        return
    plan.make_config()
    if plan.samples < figure.fewest_samples:
        raise ConfigError(
            f"bench {plan.figure}: --samples {plan.samples} is too few to fill the caches and the engine; "
            f"give --samples {figure.fewest_samples} or more"
        )
    if plan.width is not None and plan.samples < plan.width and figure.teacher != SCRIPTED:
        raise ConfigError(
            f"bench {plan.figure}: --samples {plan.samples} is fewer than the {plan.width} in flight; "
            f"give --samples {plan.width} or more, or a smaller --width"
        )
    if figure.teacher != SCRIPTED:
        require_teacher(plan)


def measure_figure(plan: Plan, tell: Tell) -> FigureResult:
    """Measure one figure whose plan was checked."""
    measure = getattr(import_module(f"toolgrad_local.bench.{plan.figure}"), f"measure_{plan.figure}")
    found = measure(plan, tell)
    metrics, tables = found if isinstance(found, tuple) else (found, ())
    return describe_result(plan, metrics, tables)


def describe_result(plan: Plan, metrics: dict[str, tuple[float, ...]], tables: tuple[ResultTable, ...]) -> FigureResult:
    """The measurement with what it was made with."""
    return FigureResult(
        date=datetime.date.today().isoformat(),
        machine=describe_machine(),
        versions=installed_versions(),
        command=plan.command,
        settings={} if plan.runs else plan.describe(),
        metrics=metrics,
        tables=tables,
    )
