"""`toolgrad-local train`"""

from pathlib import Path
from typing import Any

import click


@click.command()
@click.option("--model", required=True, help="What is trained: a profile's name, a .yaml profile or a model folder.")
@click.option(
    "--data",
    "folders",
    type=click.Path(path_type=Path),
    multiple=True,
    required=True,
    help="A data set of `export --format trl`; repeat to mix several.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The trained model's folder.")
@click.option("--recipe", help="A recipe's name or a .yaml file [the one named like the model].")
@click.option("--epochs", type=click.FloatRange(0, min_open=True), help="Passes over the rows [the recipe's].")
@click.option("--steps", type=click.IntRange(1), help="Optimizer steps at most [the recipe's].")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), help="Decides the order of the rows [the recipe's].")
@click.option("--limit", type=click.IntRange(1), help="Rows to train on, drawn by the seed [all].")
@click.option("--json", "as_json", is_flag=True, help="Print training.json.")
def train(
    model: str,
    folders: tuple[Path, ...],
    out: Path,
    recipe: str | None,
    limit: int | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Train a model on exported rows, or go on with the unfinished training in --out."""
    from rich.console import Console

    from toolgrad_local.training.recipe import find_recipe, load_recipe
    from toolgrad_local.training.train import train_model

    chosen = load_recipe(recipe) if recipe else find_recipe(model)
    changed = {name: value for name, value in given.items() if value is not None}
    record = train_model(model, folders, chosen.model_copy(update=changed), out, limit, Console(stderr=True))
    if as_json:
        click.echo(record.model_dump_json(indent=2))
        return
    losses = record.losses
    click.echo(f"{record.steps} steps, {record.tokens} tokens, {record.seconds:.0f} s")
    click.echo(f"loss of the first step {losses.train_first:.4f}, of the last {losses.train_last:.4f}")
    if losses.test_first is not None and losses.test_last is not None:
        click.echo(f"loss of the test split before {losses.test_first:.4f}, after {losses.test_last:.4f}")
    if losses.test_least_step == 0:
        click.echo("it was never less than before: nothing was learnt that serves the test rows")
    elif losses.test_least is not None and losses.test_last is not None and losses.test_least < losses.test_last:
        click.echo(
            f"it was least, {losses.test_least:.4f}, at step {losses.test_least_step}: what came later was learnt by "
            f"heart; try --steps {losses.test_least_step}"
        )
    click.echo(f"{out}: a model folder, with training.json, log.jsonl and loss.svg")
