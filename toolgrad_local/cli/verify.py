"""`toolgrad-local verify`"""

import sys
from pathlib import Path

import click

from toolgrad_local.cli.options import run_catalog_option


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@run_catalog_option
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def verify(run: Path, catalog_folder: Path | None, as_json: bool) -> None:
    """Check a run: execute every kept call again, compare every byte. Exit 1 if anything differs."""
    from toolgrad_local.generation.assemble import load_run_catalog
    from toolgrad_local.generation.folder import RunFolder
    from toolgrad_local.generation.verify import verify_run

    folder = RunFolder(run)
    verdict = verify_run(folder, load_run_catalog(folder, catalog_folder))
    if as_json:
        click.echo(verdict.model_dump_json(indent=2))
    else:
        for problem in verdict.problems:
            click.echo(problem)
        state = f"{len(verdict.problems)} problems" if verdict.problems else "all verified"
        click.echo(f"{verdict.samples} samples, {verdict.calls} kept calls executed again: {state}")
    sys.exit(1 if verdict.problems else 0)
