"""`toolgrad-local audit`"""

from pathlib import Path
from typing import Any

import click

from toolgrad_local.cli.options import run_catalog_option


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@run_catalog_option
@click.option("--json", "as_json", is_flag=True, help="Print the funnel and the counts as JSON.")
def audit(run: Path, catalog_folder: Path | None, as_json: bool) -> None:
    """Audit the samples of a finished RUN again: how many came how far, and why the others did not."""
    import json

    from toolgrad_local.generation.assemble import load_run_catalog
    from toolgrad_local.generation.audit import audit_run
    from toolgrad_local.generation.finished import open_finished
    from toolgrad_local.generation.folder import RunFolder

    folder = RunFolder(run)
    catalog = load_run_catalog(folder, catalog_folder)
    report = audit_run(open_finished(folder, catalog), catalog)
    if as_json:
        counts = report.model_dump(exclude={"trajectories", "funnel"})
        click.echo(json.dumps({**report.funnel.model_dump(), **counts}, indent=2))
        return
    print_report(report)


def print_report(report: Any) -> None:
    """The funnel, then what is wrong with the samples that fell out of it, one by one."""
    from rich.console import Console

    from toolgrad_local.cli.funnel import make_funnel_table

    console = Console(highlight=False)
    console.print(make_funnel_table(report.funnel))
    for trajectory in report.trajectories:
        if trajectory.audit is None or not trajectory.audit.findings:
            continue
        faults = "; ".join(f"{f.kind} {f.detail}" for f in trajectory.audit.findings)
        console.print(f"sample {trajectory.sample}: {faults}", markup=False, soft_wrap=True)
    for change in report.changed:
        console.print(f"recorded by another version of the audit: {change}", markup=False)
