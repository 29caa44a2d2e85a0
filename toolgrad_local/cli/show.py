"""`toolgrad-local show`"""

from pathlib import Path
from typing import Any

import click

from toolgrad_local.errors import ConfigError


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("sample", type=int, required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the record as it is.")
def show(run: Path, sample: int | None, as_json: bool) -> None:
    """Print the samples of a RUN in a line each, or one SAMPLE whole."""
    from toolgrad_local.generation.folder import RunFolder
    from toolgrad_local.generation.manifest import read_manifest
    from toolgrad_local.generation.outputs import read_outputs

    folder = RunFolder(run)
    folder.require()
    read_manifest(folder)
    trajectories = read_outputs(folder)
    if sample is None:
        for number in sorted(trajectories):
            click.echo(trajectories[number].model_dump_json() if as_json else one_line(trajectories[number]))
        return
    if sample not in trajectories:
        raise ConfigError(
            f"{run} has no finished sample {sample}; it has {len(trajectories)}: {sorted(trajectories)[:10]}"
        )
    if as_json:
        click.echo(trajectories[sample].model_dump_json(indent=2))
    else:
        print_sample(trajectories[sample])


def one_line(trajectory: Any) -> str:
    """Sample, state, number of calls, query."""
    calls = len(trajectory.workflow.links)
    return f"{trajectory.sample:5d}  {state_word(trajectory):16s} {calls:2d} calls  {trajectory.query or ''}"


def state_word(trajectory: Any) -> str:
    """Why it was rejected, else that it is released."""
    return str(trajectory.rejected or "released")


def print_sample(trajectory: Any) -> None:
    """Query, chains with calls and results, edges, response."""
    from rich.console import Console
    from rich.markup import escape

    from mock_apis.core import canonical_json
    from toolgrad_local.prompting.brief import shorten_result

    console = Console(highlight=False)
    console.print(
        f"[bold]Sample {trajectory.sample}[/]  {state_word(trajectory)}  teacher {escape(trajectory.teacher)}"
    )
    console.print(f"\n[bold]Query[/]     {escape(trajectory.query or '-')}")
    links = trajectory.workflow.links
    for number, chain in enumerate(trajectory.workflow.chains):
        console.print(f"\n[bold]Chain {'ABCDEFGHIJ'[number]}[/]")
        for index in chain:
            link = links[index]
            console.print(f"  [cyan]{index + 1} {link.call.tool}[/] {escape(canonical_json(link.call.arguments))}")
            for leaf in link.leaves:
                source = leaf.source
                if leaf.edge is not None:
                    need = "" if leaf.edge.needed else ", also said in the query"
                    source = f"from call {leaf.edge.link + 1}: {leaf.edge.path}{need}"
                elif source == "query":
                    source = "said in the query"
                style = "red" if source == "untraced" else "dim"
                console.print(f"      [{style}]{escape(f'{leaf.path} = {leaf.value!r}: {source}')}[/]")
            console.print(f"      [green]→[/] {escape(shorten_result(link.result.value, 120))}")
    print_rest(console, trajectory)


def print_rest(console: Any, trajectory: Any) -> None:
    """Turns, thoughts, response, findings, round trip, omission."""
    from rich.markup import escape

    turns = " → ".join(", ".join(str(index + 1) for index in turn) for turn in trajectory.turns)
    console.print(f"\n[bold]Turns[/]     {turns or '-'}")
    for thought in trajectory.thoughts or ():
        console.print(f"[bold]Thought[/]   {escape(thought)}")
    console.print(f"[bold]Response[/]  {escape(trajectory.response or '-')}")
    if trajectory.omission is not None:
        console.print(f"[bold]Without {escape(trajectory.omission.path)}[/]  {escape(trajectory.omission.query)}")
    if trajectory.round_trip is not None:
        calls = ", ".join(attempt.call.tool for attempt in trajectory.round_trip.attempts) or "no call"
        verdict = "agrees" if trajectory.round_trip.agrees else "differs"
        console.print(f"[bold]Round trip[/] {verdict}: {escape(calls)}")
    for finding in trajectory.audit.findings if trajectory.audit else ():
        where = "" if finding.link is None else f" (call {finding.link + 1})"
        console.print(f"[red]{finding.kind}[/] {escape(finding.detail)}{where}")
