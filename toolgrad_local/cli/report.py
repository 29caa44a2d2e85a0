"""`toolgrad-local report`"""

from pathlib import Path

import click

from toolgrad_local.cli.options import run_catalog_option


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The page, report.html say.")
@click.option("--compare", type=click.Path(path_type=Path), help="Another run, shown beside this one.")
@run_catalog_option
@click.option("--json", "as_json", is_flag=True, help="Print the page's figures as JSON.")
def report(run: Path, out: Path, compare: Path | None, catalog_folder: Path | None, as_json: bool) -> None:
    """Write one HTML page on a RUN, figures and all samples, that opens without a network."""
    from toolgrad_local.generation.assemble import load_run_catalog
    from toolgrad_local.generation.finished import open_finished
    from toolgrad_local.generation.folder import RunFolder
    from toolgrad_local.report.write import require_place, write_report

    require_place(out)
    finished = open_finished(RunFolder(run))
    other = open_finished(RunFolder(compare)) if compare else None
    figures = write_report(finished, load_run_catalog(RunFolder(run), catalog_folder), out, other)
    if as_json:
        click.echo(figures.model_dump_json(indent=2))
        return
    size = out.stat().st_size / 1e6
    click.echo(f"{out}: {figures.funnel.started} samples, {size:.1f} MB, open it in a browser")
