"""`toolgrad-local bench`"""

import datetime
import json
from pathlib import Path
from typing import Any

import click


@click.command()
@click.argument("figures", nargs=-1, metavar="[FIGURE]...")
@click.option("--teacher", help="Teacher of the figures that need an engine [smollm2-135m].")
@click.option("--samples", type=click.IntRange(1), help="Samples of a repeat [the figure's].")
@click.option("--iterations", type=click.IntRange(1), help="Steps a sample [10].")
@click.option("--width", type=click.IntRange(1), help="Samples in flight [the figure's].")
@click.option("--repeat", type=click.IntRange(1), help="Repeats, each with a seed of its own [the figure's].")
@click.option("--seed", type=click.IntRange(0), default=0, help="Seed of the first repeat [0].")
@click.option("--config", type=click.Path(path_type=Path), help="YAML with a run's settings, as for generate.")
@click.option(
    "--run", "runs", type=click.Path(path_type=Path), multiple=True, help="A finished run, for cost and grammars."
)
@click.option(
    "--add", "added", type=click.Path(path_type=Path), multiple=True, help="JSON that a script of benchmarks/ printed."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("benchmarks/results.json"),
    help="Where results are merged; RESULTS.md is written beside it [benchmarks/results.json].",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was measured as JSON.")
def bench(
    figures: tuple[str, ...],
    runs: tuple[Path, ...],
    added: tuple[Path, ...],
    out: Path,
    as_json: bool,
    **given: Any,
) -> None:
    """Measure FIGUREs of throughput: ideal, schedule, overhead, memory, cache, grammars, cost; all if none is named.

    With --add and no FIGURE nothing is measured.
    """
    from toolgrad_local.bench.figures import FIGURES, check_plan, measure_figure
    from toolgrad_local.bench.machine import describe_machine
    from toolgrad_local.bench.results import find_headlines, read_results, read_script_result
    from toolgrad_local.bench.save import save_results

    names = list(dict.fromkeys(figures or (() if added else FIGURES)))
    plans = make_plans(names, runs, given)
    read_results(out)
    for plan in plans:
        check_plan(plan)
    today = datetime.date.today().isoformat()
    found = {path.stem: read_script_result(path, today, describe_machine()) for path in added}
    if found:
        save_results(out, found)
    for plan in plans:
        found[plan.figure] = measure_figure(plan, tell)
        save_results(out, {plan.figure: found[plan.figure]})
    if as_json:
        figures_json = {name: result.model_dump(mode="json", exclude_defaults=True) for name, result in found.items()}
        click.echo(json.dumps({**find_headlines(found), "figures": figures_json}, indent=2, ensure_ascii=False))
    else:
        print_figures(found, out)


def make_plans(names: list[str], runs: tuple[Path, ...], given: dict[str, Any]) -> list[Any]:
    """A plan for each figure. Raises ConfigError for an unknown one, and for an option that none of them takes."""
    from toolgrad_local.bench.figures import FIGURES
    from toolgrad_local.bench.plan import Plan
    from toolgrad_local.errors import ConfigError
    from toolgrad_local.generation.read_config import SCRIPTED

    unknown = [name for name in names if name not in FIGURES]
    if unknown:
        raise ConfigError(f"no figure '{unknown[0]}'; known are {', '.join(FIGURES)}")
    chosen = {name: FIGURES[name] for name in names}
    if runs and not any(figure.takes_runs for figure in chosen.values()):
        raise ConfigError(f"--run {runs[0]} is of use to cost and grammars alone; leave it out, or name one of these")
    if names and given["teacher"] and all(figure.teacher == SCRIPTED for figure in chosen.values()):
        raise ConfigError(
            f"--teacher {given['teacher']} is of no use to {' and '.join(names)}, which need no engine; leave it out"
        )
    return [
        Plan(
            figure=name,
            teacher=figure.teacher if figure.teacher == SCRIPTED else given["teacher"] or figure.teacher,
            samples=given["samples"] or figure.samples,
            iterations=given["iterations"],
            width=given["width"] or figure.width,
            repeat=given["repeat"] or figure.repeat,
            seed=given["seed"],
            config=given["config"],
            runs=runs if figure.takes_runs else (),
        )
        for name, figure in chosen.items()
    ]


def tell(line: str) -> None:
    """What is going on."""
    click.echo(line, err=True)


def print_figures(found: dict[str, Any], out: Path) -> None:
    """Each figure's metrics and tables."""
    from rich.console import Console
    from rich.table import Table

    from toolgrad_local.bench.render import COLUMNS, TITLES, metric_rows

    console = Console()
    for name, result in found.items():
        shown = [(TITLES.get(name, name), COLUMNS, [row for _, row in metric_rows(result)])]
        for title, columns, rows in [*shown, *((t.title, t.columns, t.rows) for t in result.tables)]:
            table = Table(*columns, title=title, title_justify="left")
            for row in rows:
                table.add_row(*row)
            console.print(table, markup=False)
    click.echo(f"{out}, {out.with_name('RESULTS.md')}: updated")
