"""All figures of the report."""

from collections import Counter
from collections.abc import Sequence

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.audit import PART_OF, AuditPart, FindingKind
from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.generation.finished import FinishedRun
from toolgrad_local.generation.funnel import Funnel, count_funnel
from toolgrad_local.generation.summary import Summary
from toolgrad_local.report.coverage import Coverage, measure_coverage
from toolgrad_local.report.diversity import Diversity, measure_diversity
from toolgrad_local.report.facts import RunFacts, state_facts
from toolgrad_local.report.paper import PAPER, Paper
from toolgrad_local.report.shape import Shape, measure_shape


class FindingCount(Data):
    """How often an audit found something, in its last draft."""

    kind: FindingKind
    part: AuditPart
    findings: int
    samples: int


class QueryDiversity(Data):
    """The same measures on two sets of queries."""

    written: Diversity | None
    """Of every sample with a query, rejected or not: what the teacher writes."""
    released: Diversity | None
    """Of the released samples: what the data set holds."""


class Comparison(Data):
    """Two runs side by side, on the same number of queries: the first ones of each."""

    other: RunFacts
    other_funnel: Funnel
    other_diversity: QueryDiversity
    diversity: QueryDiversity


class Figures(Data):
    """What the first page of the report shows."""

    run: RunFacts
    funnel: Funnel
    shape: Shape
    coverage: Coverage
    diversity: QueryDiversity
    findings: tuple[FindingCount, ...]
    """Kinds that occur, the most samples first."""
    cost: Summary
    comparison: Comparison | None
    paper: Paper


def measure_run(run: FinishedRun, summary: Summary, catalog: Catalog, other: FinishedRun | None) -> Figures:
    """The figures of a run, beside those of another one if there is one."""
    return Figures(
        run=state_facts(run),
        funnel=count_funnel(run.trajectories),
        shape=measure_shape(run.trajectories),
        coverage=measure_coverage(run.trajectories, catalog, run.manifest.config),
        diversity=measure_queries(run, None, None),
        findings=count_findings(run.trajectories),
        cost=summary,
        comparison=None if other is None else compare_runs(run, other),
        paper=PAPER,
    )


def compare_runs(run: FinishedRun, other: FinishedRun) -> Comparison:
    """Diversity on equally many queries, since most of its measures fall as queries are added."""
    written = min(len(written_queries(run)), len(written_queries(other)))
    released = min(len(released_queries(run)), len(released_queries(other)))
    return Comparison(
        other=state_facts(other),
        other_funnel=count_funnel(other.trajectories),
        other_diversity=measure_queries(other, written, released),
        diversity=measure_queries(run, written, released),
    )


def measure_queries(run: FinishedRun, written: int | None, released: int | None) -> QueryDiversity:
    """The measures over the first so many queries; None for all."""
    return QueryDiversity(
        written=measure_diversity(written_queries(run)[:written]),
        released=measure_diversity(released_queries(run)[:released]),
    )


def written_queries(run: FinishedRun) -> list[str]:
    """The queries of a run in the order of its samples."""
    return [t.query for t in run.trajectories if t.query is not None]


def released_queries(run: FinishedRun) -> list[str]:
    """Those of the released samples."""
    return [t.query for t in run.released if t.query is not None]


def count_findings(trajectories: Sequence[Trajectory]) -> tuple[FindingCount, ...]:
    """The kinds that the samples' audits found."""
    kinds = [[finding.kind for finding in t.audit.findings] for t in trajectories if t.audit is not None]
    every = Counter(kind for found in kinds for kind in found)
    samples = Counter(kind for found in kinds for kind in set(found))
    ranked = sorted(samples, key=lambda kind: (-samples[kind], kind))
    return tuple(
        FindingCount(kind=kind, part=PART_OF[kind], findings=every[kind], samples=samples[kind]) for kind in ranked
    )
