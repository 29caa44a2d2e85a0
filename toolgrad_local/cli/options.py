"""Options that several commands share."""

from pathlib import Path

import click

catalog_option = click.option(
    "--catalog",
    "catalog_folder",
    type=click.Path(path_type=Path),
    help="The folder of a catalog package of your own [the bundled one].",
)

run_catalog_option = click.option(
    "--catalog",
    "catalog_folder",
    type=click.Path(path_type=Path),
    help="Where the run's catalog package lies now [where it lay].",
)
