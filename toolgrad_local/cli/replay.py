"""`toolgrad-local replay`"""

import asyncio
from pathlib import Path

import click


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A new run folder.")
def replay(run: Path, out: Path) -> None:
    """Rebuild a run's data set from its journal alone; the outputs are the same byte for byte."""
    from toolgrad_local.catalog.loader import load_catalog
    from toolgrad_local.generation.folder import RunFolder
    from toolgrad_local.generation.replay import replay_run

    manifest = asyncio.run(replay_run(RunFolder(run), RunFolder(out), load_catalog()))
    for name, digest in manifest.outputs.items():
        click.echo(f"{out / name}: equal, sha256 {digest[:16]}")
