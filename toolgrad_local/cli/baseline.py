"""`toolgrad-local baseline`"""

from typing import Any

import click

from toolgrad_local.cli.generate import make_run, run_options
from toolgrad_local.data_model.run_config import BASELINE_METHODS


@click.command()
@click.argument("method", type=click.Choice(BASELINE_METHODS))
@run_options
def baseline(method: Any, **options: Any) -> None:
    """Generate a data set query first, to compare with, or resume the unfinished one in --out.

    The teacher writes a query for tools that are drawn from a pool, then annotates it: standard lists all calls at
    once, react goes thought by thought, dfs searches a tree of these. --iterations only decides how many pools are
    dealt: name the number of the run that it is to be compared with.
    """
    make_run(method, **options)
