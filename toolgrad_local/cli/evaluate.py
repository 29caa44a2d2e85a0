"""`toolgrad-local evaluate`"""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from toolgrad_local.cli.options import catalog_option
from toolgrad_local.errors import ConfigError

PLAIN_WIDTH = 120
"""Characters of a line where there is no terminal to ask."""


@click.command()
@click.option("--model", metavar="PROFILE|FOLDER", help="The model [none: score the answers in --out again].")
@click.option(
    "--data", type=click.Path(path_type=Path), required=True, metavar="EXPORT", help="A data set that export made."
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder for answers, scorecard and page; resumes.")
@click.option("--split", type=click.Choice(["test", "train"]), help="Which rows [test].")
@click.option("--limit", type=click.IntRange(1), help="How many rows, drawn by their ids [all].")
@click.option("--turns", type=click.IntRange(1), help="Replies to a row at most [the gold answer's turns and two].")
@click.option("--max-tokens", type=click.IntRange(16), help="Tokens of a reply at most [512].")
@click.option("--chat-template", metavar="NAME|FILE", help="Another chat template; hermes is bundled [its own].")
@click.option("--calls", metavar="FORMAT", help="How it writes calls: hermes, mistral, json or pythonic [found].")
@click.option("--constrained", is_flag=True, help="Hold each reply to a schema: calls of offered tools, or an answer.")
@click.option("--judge", metavar="PROFILE", help="Measure QoR with this model as judge and writer.")
@click.option("--same-judge", is_flag=True, help="Let the judge be the model that is judged.")
@click.option("--train-data", type=click.Path(path_type=Path), help="What it was trained on: shared rows are refused.")
@click.option("--against", type=click.Path(path_type=Path), help="Another evaluation of the same rows: a paired test.")
@catalog_option
@click.option("--json", "as_json", is_flag=True, help="Print the scorecard as JSON.")
def evaluate(
    model: str | None,
    data: Path,
    out: Path | None,
    against: Path | None,
    catalog_folder: Path | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Let a model answer the test rows of a data set, with real results of its calls, and score it."""
    from toolgrad_local.catalog.loader import load_catalog
    from toolgrad_local.evaluation.against import compare
    from toolgrad_local.evaluation.progress import View
    from toolgrad_local.evaluation.write import write_result

    with ExitStack() as stack:
        folder = out or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="toolgrad-")))
        with View() as view:
            catalog = load_catalog(catalog_folder)
            if model is None:
                opened, result = score_folder(out, data, catalog, given)
            else:
                opened, result = evaluate_model(model, data, catalog, folder, view, given)
        comparison = compare(result.scorecard, result.scores, against) if against else None
        if out is not None:
            write_result(out, result, opened, comparison)
    print_result(result.scorecard, comparison, as_json)
    if out is not None and not as_json:
        click.echo(f"{out}: scorecard.json, answers.jsonl, scorecard.svg; open {out / 'index.html'} in a browser")


def evaluate_model(model: str, data: Path, catalog: Any, out: Path, view: Any, given: dict[str, Any]) -> Any:
    """Ask the model, and the judge if there is one."""
    from toolgrad_local.evaluation.dataset import find_seen, leave_out, open_data
    from toolgrad_local.evaluation.evaluate import evaluate, settle_settings
    from toolgrad_local.evaluation.quality import open_judge
    from toolgrad_local.evaluation.subject import open_subject

    if given["same_judge"] and not given["judge"]:
        raise ConfigError("--same-judge says nothing without --judge; leave it out, or name the judge")
    subject = open_subject(model, given["chat_template"], given["calls"], given["constrained"])
    judge = open_judge(given["judge"], subject.digest, given["same_judge"]) if given["judge"] else None
    opened = open_data(data, given["split"] or "test", given["limit"], catalog)
    seen = find_seen(opened, subject.trained, given["train_data"])
    opened = leave_out(opened, seen)
    settings = settle_settings(subject, opened, given["limit"], given["turns"], given["max_tokens"] or 512, seen)
    return opened, evaluate(subject, opened, catalog, settings, judge, out, view)


def score_folder(out: Path | None, data: Path, catalog: Any, given: dict[str, Any]) -> Any:
    """Score what an evaluation has already. Raises ConfigError for an option that asks for the model."""
    from toolgrad_local.evaluation.dataset import leave_out, open_data
    from toolgrad_local.evaluation.evaluate import score_again
    from toolgrad_local.evaluation.quality import find_files
    from toolgrad_local.evaluation.settings import read_settings

    if out is None:
        raise ConfigError("name a --model, or with --out the folder whose answers are to be scored again")
    for name, value in given.items():
        if value:
            raise ConfigError(
                f"--{name.replace('_', '-')} is of no use without --model; leave it out, or name the model"
            )
    settings = read_settings(out)
    split: Any = settings.split
    opened = leave_out(open_data(data, split, settings.limit, catalog), settings.seen)
    if opened.digest != settings.data:
        raise ConfigError(f"--data {data} is not what {out} was evaluated on ({settings.data[:12]}); name that one")
    return opened, score_again(opened, catalog, settings, find_files(out), out)


def print_result(scorecard: Any, comparison: Any, as_json: bool) -> None:
    """As JSON, or as tables."""
    import json

    from rich.console import Console

    from toolgrad_local.evaluation.tell import comparison_table, find_hints, scorecard_tables

    if as_json:
        told = scorecard.model_dump(mode="json")
        click.echo(json.dumps({**told, "comparison": comparison and comparison.model_dump(mode="json")}, indent=2))
        return
    console = Console()
    if not console.is_terminal:
        console = Console(width=PLAIN_WIDTH)
    for table in scorecard_tables(scorecard):
        console.print(table)
    if comparison is not None:
        console.print(comparison_table(comparison))
    for hint in find_hints(scorecard):
        click.echo(hint)
