"""`python -m toolgrad_local.bundle`, run by `make bundle`. No command of `toolgrad-local`: it needs a checkout."""

import sys
from pathlib import Path

import click

from toolgrad_local.bundle.layout import Accel, Target
from toolgrad_local.bundle.make import make_bundle
from toolgrad_local.errors import ToolgradError
from toolgrad_local.teacher.fetch_view import FetchView


@click.command()
@click.option("--accel", type=click.Choice(["cpu", "cuda"]), required=True)
@click.option("--machine", required=True, help="x86_64 or aarch64.")
@click.option("--python", required=True, help="As 3.11.")
@click.option("--teacher", required=True, help="A teacher, a model folder, or scripted for none.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder of the archive.")
def bundle(accel: Accel, machine: str, python: str, teacher: str, out: Path) -> None:
    """Make a bundle of the checkout in the current folder."""
    try:
        with FetchView() as view:
            make_bundle(Path.cwd(), Target(accel=accel, machine=machine, python=python), teacher, out, view)
    except ToolgradError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    bundle()
