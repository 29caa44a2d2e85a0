"""`toolgrad-local experiment`"""

from pathlib import Path
from typing import Any

import click

from toolgrad_local.cli.options import catalog_option


@click.command()
@click.argument("name", metavar="[NAME|FILE]", required=False)
@click.option("--out", type=click.Path(path_type=Path), help="Folder of its runs and results [runs/NAME].")
@click.option("--teacher", help="As for generate.")
@click.option("--student", default="smollm2-135m", help="The model that is trained, where any is [smollm2-135m].")
@click.option("--samples", type=click.IntRange(1), help="Samples of a run [the experiment's].")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, help="Of every run [0].")
@catalog_option
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def experiment(
    name: str | None,
    out: Path | None,
    teacher: str | None,
    student: str,
    samples: int | None,
    seed: int,
    catalog_folder: Path | None,
    as_json: bool,
) -> None:
    """Make the runs of an ablation, or go on with them, and compare; without NAME list the ablations."""
    from toolgrad_local.experiments.plan import list_plans, read_plan

    if name is None:
        for known, plan in list_plans().items():
            click.echo(f"{known:12s} {', '.join(plan.arms)}\n{'':12s} {plan.question}")
        return
    plan, folder = read_plan(name), out or Path("runs") / Path(name).stem
    run_plan(plan, Path(name).stem, folder, (teacher, student, samples, seed), catalog_folder, as_json)


def run_plan(plan: Any, name: str, out: Path, settings: Any, catalog_folder: Path | None, as_json: bool) -> None:
    """Runs first, then what is made of them."""
    import asyncio

    from toolgrad_local.catalog.loader import load_catalog
    from toolgrad_local.experiments.arms import make_runs, make_shared_run
    from toolgrad_local.experiments.results import write_runs

    teacher, student, samples, seed = settings
    catalog = load_catalog(catalog_folder)
    if plan.trains:
        from toolgrad_local.experiments.students import train_students
        from toolgrad_local.generation.finished import open_finished

        folder = asyncio.run(make_shared_run(plan, teacher, samples, seed, catalog, out))
        written = train_students(plan, name, student, open_finished(folder, catalog), catalog, out)
    else:
        made = asyncio.run(make_runs(plan, teacher, samples, seed, catalog, out))
        write_runs(plan, name, made, catalog, out)
        written = out / "compare.md"
    shown = written.with_suffix(".json") if as_json else written
    click.echo(shown.read_text(encoding="utf-8"))
    if not as_json:
        click.echo(f"{out}: {written.name}, with pictures and numbers beside it")
