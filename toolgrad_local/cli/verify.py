"""`toolgrad-local verify`"""

import json
import sys
from pathlib import Path

import click

from toolgrad_local.cli.options import run_catalog_option


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--run", type=click.Path(path_type=Path), help="The run that a data set was made of.")
@run_catalog_option
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def verify(path: Path, run: Path | None, catalog_folder: Path | None, as_json: bool) -> None:
    """Check a run, or a data set that export made. Exit 1 if anything differs.

    Of a run every kept call is executed and every sample audited again. Of a data set every row is read and every
    figure of the card worked out again, and, with --run, every row made anew.
    """
    is_dataset = (path / "dataset.json").is_file()
    problems, checked = check_dataset(path, run, catalog_folder) if is_dataset else check_run(path, catalog_folder)
    if as_json:
        click.echo(json.dumps({"checked": checked, "problems": problems}, indent=2))
    else:
        for problem in problems:
            click.echo(problem)
        click.echo(f"{checked}: {f'{len(problems)} problems' if problems else 'all verified'}")
    sys.exit(1 if problems else 0)


def check_run(path: Path, catalog_folder: Path | None) -> tuple[tuple[str, ...], str]:
    """Problems of a run, and what was checked."""
    from toolgrad_local.generation.assemble import load_run_catalog
    from toolgrad_local.generation.folder import RunFolder
    from toolgrad_local.generation.verify import verify_run

    folder = RunFolder(path)
    verdict = verify_run(folder, load_run_catalog(folder, catalog_folder))
    return verdict.problems, f"{verdict.samples} samples, {verdict.calls} kept calls executed again"


def check_dataset(path: Path, run: Path | None, catalog_folder: Path | None) -> tuple[tuple[str, ...], str]:
    """Problems of a data set, and what was checked."""
    from toolgrad_local.catalog.loader import load_catalog
    from toolgrad_local.export.verify_dataset import verify_dataset
    from toolgrad_local.generation.assemble import load_run_catalog
    from toolgrad_local.generation.finished import open_finished
    from toolgrad_local.generation.folder import RunFolder

    if run is None:
        problems = verify_dataset(path, None, load_catalog(catalog_folder))
        return problems, "digests, rows and figures checked; name --run to make the rows anew"
    folder = RunFolder(run)
    catalog = load_run_catalog(folder, catalog_folder)
    return verify_dataset(path, open_finished(folder, catalog), catalog), "digests, figures, and every row made anew"
