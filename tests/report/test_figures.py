"""The figures of a run: header, shape, coverage, findings, comparison."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.run_config import RunConfig
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.generation.assemble import deal_run_pools
from toolgrad_local.generation.finished import FinishedRun, open_finished
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.report.facts import list_settings, state_facts
from toolgrad_local.report.figures import Figures, measure_run
from toolgrad_local.report.write import read_summary


@pytest.fixture
def finished(varied: list[Trajectory], write_run: Callable[..., Path]) -> FinishedRun:
    """The run of six samples."""
    return open_finished(RunFolder(write_run(varied)))


@pytest.fixture
def figures(finished: FinishedRun, catalog: Catalog) -> Figures:
    """Its figures."""
    return measure_run(finished, read_summary(finished), catalog, None)


def test_distributions_tell_released_samples_from_others(figures: Figures) -> None:
    tools = figures.shape.tools
    assert tools.values == (1, 2, 3, 4, 5)
    assert tools.released == (1, 0, 0, 0, 1)
    assert tools.others == (1, 0, 0, 0, 2)
    assert tools.released_mean == 3
    assert figures.shape.turns.values == (1, 2)
    assert figures.shape.calls_a_turn.values == (1, 2, 3)


def test_coverage_counts_what_was_offered_kept_and_released(
    figures: Figures, finished: FinishedRun, catalog: Catalog
) -> None:
    coverage = figures.coverage
    assert coverage.tools.catalog == len(catalog.tools)
    assert coverage.tools.offered == len(deal_run_pools(catalog, finished.manifest.config)[0].tools)
    assert (coverage.tools.kept, coverage.tools.released) == (5, 5)
    assert (coverage.domains.kept, coverage.domains.released) == (4, 4)
    airports = next(use for use in coverage.by_domain if use.domain == "airports")
    assert (airports.kept, airports.released, airports.tools_kept) == (6, 2, 1)
    assert [use.kept for use in coverage.by_domain] == sorted((use.kept for use in coverage.by_domain), reverse=True)


def test_findings_are_counted_by_sample_and_in_all(figures: Figures) -> None:
    counts = {found.kind: (found.part, found.samples, found.findings) for found in figures.findings}
    assert counts == {
        "names_tool": ("query", 1, 1),
        "leaked_id": ("query", 1, 1),
        "call_not_asked": ("query", 1, 1),
        "untraced_argument": ("grounded", 1, 1),
    }


def test_diversity_is_of_what_was_written_and_of_what_was_released(figures: Figures) -> None:
    assert figures.diversity.written is not None
    assert figures.diversity.released is not None
    assert (figures.diversity.written.queries, figures.diversity.released.queries) == (4, 2)


def test_two_runs_are_compared_on_equally_many_queries(
    finished: FinishedRun, varied: list[Trajectory], write_run: Callable[..., Path], catalog: Catalog
) -> None:
    other = open_finished(RunFolder(write_run(varied[1:4], "other")))
    comparison = measure_run(finished, read_summary(finished), catalog, other).comparison
    assert comparison is not None
    assert comparison.other.name == "other"
    assert comparison.other_funnel.started == 3
    measured = [comparison.diversity, comparison.other_diversity]
    assert [each.written and each.written.queries for each in measured] == [3, 3]
    assert [each.released and each.released.queries for each in measured] == [1, 1]


def test_a_run_in_which_nothing_was_kept_has_figures(
    grow_sample: Callable[..., Trajectory], write_run: Callable[..., Path], catalog: Catalog
) -> None:
    nothing = grow_sample(0, plan=(), turns=(), query=None, rejected="no_accepted_call")
    run = open_finished(RunFolder(write_run([nothing])))
    figures = measure_run(run, read_summary(run), catalog, None)
    assert figures.shape.tools.values == ()
    assert figures.diversity.written is None
    assert figures.coverage.by_domain == ()


def test_the_header_says_how_to_make_the_run_again(finished: FinishedRun) -> None:
    facts = state_facts(finished)
    assert facts.scripted
    assert facts.licence is None
    words = shlex.split(facts.command)
    assert words[:4] == ["toolgrad-local", "generate", "--teacher", "scripted"]
    assert words[words.index("--samples") + 1] == "6"
    assert words[words.index("--iterations") + 1] == "6"
    assert facts.settings is None
    assert "--config" not in words


def test_settings_that_differ_from_the_defaults_are_listed_as_yaml(finished: FinishedRun) -> None:
    config = finished.manifest.config
    changed = RunConfig.model_validate(config.model_dump() | {"loop": {"proposals": 2, "iterations": 9}})
    assert list_settings(changed) == "loop:\n  proposals: 2\n"
    manifest = finished.manifest.model_copy(update={"config": changed})
    facts = state_facts(FinishedRun(finished.folder, manifest, finished.trajectories))
    assert "--config settings.yaml" in facts.command
