"""`toolgrad-local doctor`"""

import json
from pathlib import Path

import click

from toolgrad_local.cli.options import catalog_option

MARKS = {"ok": "[green]ok[/green]", "warn": "[yellow]warn[/yellow]", "fail": "[red]fail[/red]"}


@click.command()
@catalog_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def doctor(context: click.Context, catalog_folder: Path | None, as_json: bool) -> None:
    """Say what this machine can run. Exit code 1 only if nothing can run."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from toolgrad_local.cli.checkup import can_run, examine

    console = Console(stderr=True)
    with console.status("measuring"):
        findings = examine(catalog_folder)
    runs = can_run(findings)
    if as_json:
        click.echo(json.dumps({"can_run": runs, "findings": [finding.model_dump() for finding in findings]}, indent=2))
    else:
        table = Table(show_header=False, box=None, pad_edge=False)
        for finding in findings:
            table.add_row(MARKS[finding.state], finding.topic, escape(finding.text))
        Console(highlight=False).print(table)
    context.exit(0 if runs else 1)
