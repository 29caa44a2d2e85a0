"""Writes the report of a run."""

from pathlib import Path

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.errors import ConfigError
from toolgrad_local.generation.finished import FinishedRun
from toolgrad_local.generation.folder import write_atomically
from toolgrad_local.generation.summary import Summary, summarise
from toolgrad_local.journal.store import Journal
from toolgrad_local.pages.join import join_page
from toolgrad_local.pages.pack import pack, to_json
from toolgrad_local.report.figures import Figures, measure_run
from toolgrad_local.report.page import SOURCES
from toolgrad_local.report.samples import cut_blocks, index_samples


def write_report(run: FinishedRun, catalog: Catalog, out: Path, other: FinishedRun | None = None) -> Figures:
    """Write the page and give the figures on it; `other` is a run to compare with.

    Raises ConfigError for a run without samples or of another catalog, and for a file that cannot be made.
    """
    require_place(out)
    for each in (run, other):
        if each is not None and not each.trajectories:
            raise ConfigError(f"{each.folder.root} holds no samples; name a run that has some")
    if run.manifest.catalog != catalog.digest:
        raise ConfigError(
            f"{run.folder.root} was made with catalog {run.manifest.catalog[:12]}, this is {catalog.digest[:12]}; "
            "name the run's own with --catalog, or install the toolgrad-local that made it"
        )
    figures = measure_run(run, read_summary(run), catalog, other)
    write_atomically(out, compose_page(run, catalog, figures))
    return figures


def require_place(out: Path) -> None:
    """Raises ConfigError unless a file of that name can be made."""
    if out.is_dir():
        raise ConfigError(f"--out {out} is a folder; name a file, {out / 'report.html'} say")
    if not out.parent.is_dir():
        raise ConfigError(f"--out {out}: there is no folder {out.parent}; make it first")


def read_summary(run: FinishedRun) -> Summary:
    """The run's figures of cost and failures."""
    journal = Journal(run.folder.journal, read_only=True)
    try:
        return summarise(journal)
    finally:
        journal.close()


def compose_page(run: FinishedRun, catalog: Catalog, figures: Figures) -> str:
    """The HTML text."""
    blocks = list(cut_blocks(run.trajectories))
    domains = {name: tool.domain for name, tool in catalog.tools.items()}
    index = index_samples(run.trajectories, domains, [start for start, _ in blocks])
    packed = {"figures": pack(to_json(figures.model_dump(mode="json"))), "index": pack(to_json(index))}
    return join_page(SOURCES, f"{figures.run.name}: toolgrad-local report", packed, [pack(data) for _, data in blocks])
