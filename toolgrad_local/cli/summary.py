"""`toolgrad-local summary`, and the end of `generate`."""

from pathlib import Path

import click

from toolgrad_local.generation.folder import RunFolder


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def summary(run: Path, as_json: bool) -> None:
    """Print a run's figures."""
    from toolgrad_local.generation.manifest import read_manifest

    folder = RunFolder(run)
    folder.require()
    read_manifest(folder)
    print_summary(folder, as_json)


def print_summary(folder: RunFolder, as_json: bool) -> None:
    """The figures of the samples that are done."""
    from rich.console import Console
    from rich.table import Table

    from toolgrad_local.cli.funnel import make_funnel_table
    from toolgrad_local.generation.summary import summarise
    from toolgrad_local.journal.store import Journal

    journal = Journal(folder.journal, read_only=True)
    figures = summarise(journal)
    journal.close()
    if as_json:
        click.echo(figures.model_dump_json(indent=2))
        return
    console = Console()
    console.print(f"{folder.root}", highlight=False, markup=False)
    console.print(make_funnel_table(figures.funnel))
    table = Table(show_header=False)
    table.add_row("tools a sample", f"{figures.tools_a_sample:.1f} ({figures.tools_a_released_sample:.1f} of released)")
    edge_share = figures.with_edge / max(1, figures.funnel.released)
    table.add_row("released with a real data-flow edge", f"{figures.with_edge} ({edge_share:.0%})")
    table.add_row("steps that added a call", f"{figures.steps_accepted} of {figures.steps}")
    table.add_row("teacher calls a sample", f"{figures.teacher_calls_a_sample:.1f}")
    table.add_row(
        "tokens a sample",
        f"{figures.prompt_tokens_a_sample:.0f} prompt, {figures.generated_tokens_a_sample:.0f} generated",
    )
    table.add_row("prompt tokens from the prefix cache", f"{figures.cached_share:.0%}")
    for kind, count in figures.failures.items():
        table.add_row(f"  {kind}", str(count))
    for tool, kinds in figures.tools_at_fault.items():
        table.add_row("tool at fault", f"{tool} ({', '.join(f'{count} {kind}' for kind, count in kinds.items())})")
    table.add_row("files", "workflows.jsonl, rejected.jsonl, journal.sqlite, manifest.json")
    console.print(table)
    click.echo(f"read one with: toolgrad-local show {folder.root} 0")
