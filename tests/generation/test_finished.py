"""A run is opened by what makes something of it only if it is whole."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.errors import ConfigError, JournalError, ToolgradError
from toolgrad_local.generation.audit import audit_run
from toolgrad_local.generation.finished import open_finished
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import Manifest, write_manifest
from toolgrad_local.generation.outputs import mark_duplicates
from toolgrad_local.generation.summary import summarise
from toolgrad_local.journal.store import Journal


def change_manifest(folder: RunFolder, **values: Any) -> None:
    """Other values in the manifest."""
    manifest = json.loads(folder.manifest.read_text())
    write_manifest(folder, Manifest.model_validate(manifest | values))


def test_a_finished_run_has_all_its_samples_in_order(finished_run: RunFolder, catalog: Catalog) -> None:
    run = open_finished(finished_run, catalog)
    assert [trajectory.sample for trajectory in run.trajectories] == list(range(6))
    assert run.released
    assert len(run.released) < 6
    assert all(trajectory.grounded for trajectory in run.released)


@pytest.mark.parametrize(
    ("damage", "error", "said"),
    [
        pytest.param(
            lambda run: change_manifest(run, outputs={}), ConfigError, "is unfinished; resume it", id="unfinished"
        ),
        pytest.param(lambda run: run.rejected.unlink(), JournalError, "is missing; rebuild", id="a file is missing"),
        pytest.param(
            lambda run: run.workflows.write_text(run.workflows.read_text() + "\n"),
            JournalError,
            "was changed after the run had finished",
            id="edited by hand",
        ),
        pytest.param(
            lambda run: change_manifest(run, catalog="0" * 64),
            ConfigError,
            "made with catalog 000000000000",
            id="catalog",
        ),
        pytest.param(lambda run: change_manifest(run, format=1), JournalError, "of format 1", id="an older format"),
        pytest.param(lambda run: run.manifest.unlink(), ConfigError, "manifest.json is missing", id="no manifest"),
    ],
)
def test_a_run_that_is_not_whole_is_refused_in_one_line(
    own_run: RunFolder, catalog: Catalog, damage: Callable[[RunFolder], None], error: type[ToolgradError], said: str
) -> None:
    damage(own_run)
    with pytest.raises(error, match=said) as caught:
        open_finished(own_run, catalog)
    assert "\n" not in str(caught.value)
    assert str(own_run.root) in str(caught.value)


def test_auditing_again_changes_no_verdict_and_gives_the_funnel_of_the_summary(
    finished_run: RunFolder, catalog: Catalog
) -> None:
    run = open_finished(finished_run, catalog)
    report = audit_run(run, catalog)
    assert report.changed == ()
    assert report.trajectories == run.trajectories
    funnel = report.funnel
    assert funnel.started == 6 >= funnel.grown >= funnel.grounded >= funnel.query_ok >= funnel.response_ok
    assert funnel.released == len(run.released) == funnel.unique
    assert funnel.released + sum(report.rejected.values()) == 6
    assert funnel.pass_rate_strict == pytest.approx(funnel.released / 6)
    journal = Journal(finished_run.journal, read_only=True)
    assert summarise(journal).funnel == funnel
    journal.close()


def test_a_verdict_of_another_audit_is_named(finished_run: RunFolder, catalog: Catalog) -> None:
    run = open_finished(finished_run, catalog)
    released = run.released[0]
    spoilt = released.model_copy(update={"response": f"{released.response} for 99.5 euros"})
    others = tuple(spoilt if t.sample == released.sample else t for t in run.trajectories)
    report = audit_run(replace(run, trajectories=others), catalog)
    assert report.changed == (f"sample {released.sample} was released, is response",)
    assert report.findings["invented_figure"] == 1


def ask(samples: tuple[Trajectory, ...], *queries: str | None, rejected: Any = None) -> list[Trajectory]:
    """Samples with these queries."""
    return [
        samples[0].model_copy(update={"sample": number, "query": query, "rejected": rejected})
        for number, query in enumerate(queries)
    ]


def test_a_sample_that_asks_what_an_earlier_one_asks_is_a_duplicate(finished_run: RunFolder, catalog: Catalog) -> None:
    released = open_finished(finished_run, catalog).released
    again = "Please add the task Buy stamps to my list for Monday"
    samples = ask(released, again, "How far is it from DUB to CDG?", again.upper(), again)
    assert [sample.rejected for sample in mark_duplicates(samples)] == [None, None, "duplicate", "duplicate"]
    assert mark_duplicates(mark_duplicates(samples)) == mark_duplicates(samples)


def test_a_rejected_sample_makes_no_duplicates_and_keeps_its_reason(finished_run: RunFolder, catalog: Catalog) -> None:
    released = open_finished(finished_run, catalog).released
    query = "Please add the task Buy stamps to my list for Monday"
    rejected = ask(released, query, rejected="query")
    samples = [*rejected, *ask(released, query, query)]
    assert [sample.rejected for sample in mark_duplicates(samples)] == ["query", None, "duplicate"]


def test_a_duplicate_is_released_once_what_it_repeats_is_gone(finished_run: RunFolder, catalog: Catalog) -> None:
    released = open_finished(finished_run, catalog).released
    (alone,) = mark_duplicates(ask(released, "Please add the task Buy stamps", rejected="duplicate"))
    assert alone.rejected is None


def test_opening_needs_no_catalog(finished_run: RunFolder, tmp_path: Path) -> None:
    assert len(open_finished(finished_run).trajectories) == 6
    with pytest.raises(ConfigError, match="is no run folder"):
        open_finished(RunFolder(tmp_path))
