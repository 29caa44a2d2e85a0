"""`toolgrad-local compare`"""

from pathlib import Path
from typing import Any

import click


@click.command()
@click.argument("runs", metavar="RUN...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Folder for compare.md, compare.json and compare.svg.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def compare(runs: tuple[Path, ...], out: Path | None, as_json: bool) -> None:
    """Put finished RUNs of one catalog and one teacher side by side, each figure with a 95 % interval."""
    from toolgrad_local.compare.compare import compare_runs
    from toolgrad_local.compare.write import write_comparison
    from toolgrad_local.generation.finished import open_finished
    from toolgrad_local.generation.folder import RunFolder

    comparison = compare_runs([open_finished(RunFolder(run)) for run in runs])
    written = write_comparison(comparison, out) if out else ()
    if as_json:
        click.echo(comparison.model_dump_json(indent=2))
        return
    print_comparison(comparison)
    for path in written:
        click.echo(str(path))


def print_comparison(comparison: Any) -> None:
    """The table, and what has to be known to read it."""
    from rich.console import Console
    from rich.table import Table

    from toolgrad_local.compare.tables import list_difference_rows, list_notes, list_rows, title_differences

    names = [run.name for run in comparison.runs]
    table = Table("", *names)
    for row in list_rows(comparison):
        table.add_row(*row)
    differences = Table(title_differences(comparison), *names[1:])
    for row in list_difference_rows(comparison):
        differences.add_row(*row)
    console = Console(highlight=False)
    console.print(table)
    console.print(differences)
    for note in list_notes(comparison):
        console.print(note, markup=False)
