"""`toolgrad-local export`"""

from pathlib import Path

import click

from toolgrad_local.cli.options import run_catalog_option


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--format", "form", required=True, help="openai, trl, sharegpt, hermes, xlam, bfcl, toolgrad or react.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A new folder.")
@click.option("--split", type=click.FloatRange(0, 1), default=0.1, help="Share of the workflows for test [0.1].")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, help="Decides split, distractors, negatives [0].")
@click.option("--limit", type=click.IntRange(1), help="How many workflows, drawn by the seed [all].")
@click.option(
    "--hold-out", multiple=True, metavar="DOMAIN", help="All workflows of this domain go to test; repeatable."
)
@click.option("--single-turn", is_flag=True, help="Rows end with the calls; only samples that allow it.")
@click.option("--offered", type=click.IntRange(2), default=10, help="Tools offered in a row, gold ones included [10].")
@click.option(
    "--distractors",
    type=click.Choice(["random", "similar", "mixed"]),
    default="mixed",
    help="How the other tools are drawn [mixed].",
)
@click.option("--negatives", type=click.IntRange(0, 100), default=50, help="Negative rows a 100 positive ones [50].")
@click.option(
    "--kind",
    "shares",
    multiple=True,
    metavar="KIND=SHARE",
    help="What share of the negatives a kind has [irrelevance, missing_tool, missing_parameter, no_tool: 1 each].",
)
@click.option("--embeddings", metavar="NAME|FOLDER", help="What finds similar tools [the fetched model, else lexical].")
@run_catalog_option
@click.option("--json", "as_json", is_flag=True, help="Print the data set's record as JSON.")
def export(
    run: Path,
    form: str,
    out: Path,
    shares: tuple[str, ...],
    embeddings: str | None,
    catalog_folder: Path | None,
    as_json: bool,
    **given: object,
) -> None:
    """Write a run's released samples as a data set that people train on: JSONL, Parquet and a card."""
    from toolgrad_local.export.export import export_dataset, require_free
    from toolgrad_local.export.formats.table import find_format
    from toolgrad_local.export.options import ExportOptions
    from toolgrad_local.generation.assemble import load_run_catalog
    from toolgrad_local.generation.finished import open_finished
    from toolgrad_local.generation.folder import RunFolder
    from toolgrad_local.negatives.options import read_shares
    from toolgrad_local.negatives.similarity import open_similarity

    options = ExportOptions.model_validate({"format": find_format(form).name, "kinds": read_shares(shares), **given})
    require_free(out)
    folder = RunFolder(run)
    catalog = load_run_catalog(folder, catalog_folder)
    finished = open_finished(folder, catalog)
    record = export_dataset(finished, catalog, options, open_similarity(embeddings), out)
    if as_json:
        click.echo(record.model_dump_json(indent=2))
        return
    for split, kinds in record.statistics.rows.items():
        said = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
        click.echo(f"{split:6s} {sum(kinds.values()):6d} rows: {said}")
    for reason, count in record.made.left_out.items():
        click.echo(f"left out: {count} {reason.replace('_', ' ')}")
    if record.made.similarity is not None:
        click.echo(f"similar tools found by {record.made.similarity}")
    click.echo(f"{out}: README.md, dataset.json, data/ ({len(record.files)} files)")
