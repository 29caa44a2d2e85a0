"""`toolgrad-local replay`"""

import asyncio
from pathlib import Path

import click

from toolgrad_local.cli.options import run_catalog_option


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@run_catalog_option
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A new run folder.")
def replay(run: Path, catalog_folder: Path | None, out: Path) -> None:
    """Rebuild a run's data set from its journal alone; the outputs are the same byte for byte."""
    from toolgrad_local.generation.assemble import load_run_catalog
    from toolgrad_local.generation.folder import RunFolder
    from toolgrad_local.generation.replay import replay_run

    folder = RunFolder(run)
    manifest = asyncio.run(replay_run(folder, RunFolder(out), load_run_catalog(folder, catalog_folder)))
    for name, digest in manifest.outputs.items():
        click.echo(f"{out / name}: equal, sha256 {digest[:16]}")
